import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { area } from '../../../../test/telling.ts';
import { verifyTold } from '../retelling/index.ts';
import { hazardRetelling } from './index.ts';

/* Charging posts stand in a ledger that a community made itself: places to be looked over are drawn from it like from any other. */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [hazardRetelling])).faults).toEqual([]));
const { as, clock, settle } = county;
const [head, other, leader] = [await as('孙丽'), await as('高明'), await as('蒋涛')];
const station = area('station');

const said = { areaId: station, name: '充电桩台账', unit: '处', called: '桩号', usedFor: '消防检查' };
const { body: made } = await head.post('/api/own-ledgers', said);
const ledger = `own-${made.ledgerId}`;
const { body: added } = await head.post('/api/own-fields', {
  ...{ areaId: station, ledger, kind: 'whole', sensitive: false, name: '插口数', usedFor: '消防检查' },
  ...{ aliases: [], help: '', choices: [], freshMonths: null },
});
const { code } = (await head.get(`/api/own-fields/${added.fieldId}`)).body;
for (let i = 1; i <= 6; i += 1) {
  const values = { 'thing.name': `${i}号桩`, 'place.address': `站前路${i}号`, [code]: String(i * 2) };
  expect(await head.post('/api/residents', { areaId: station, ledger, values })).toMatchObject({ status: 200 });
}
const item = { code: 'i1', text: '插座完好', counts: '不符合就算', grade: 'general', basis: '自拟' };
const items = [{ ...item, limit: { amount: 3, unit: 'natural_days' } }];
const list = (await leader.post('/api/checklists', { sector: 'fire', title: '充电桩检查', items })).body.checklistId;
const big = [{ field: code, is: 'at_least', value: '8' }];
const given = (sample: object, areaId = station) => ({
  ...{ title: '充电桩消防检查', areaId, checklistId: list, announced: true, members: [] },
  ...{ onDay: clock.now().toISOString().slice(0, 10), sample: { ledger, rule: { rule: 'all' }, ...sample } },
});

it('按自建字段选，从自建台账里抽；名单、重抽、台账的名字都对', async () => {
  const sample = { ledger, choice: big, rule: { rule: 'random', size: 2 } };
  const look = await head.post('/api/inspections/preview', { areaId: station, sample });
  expect(look.body).toMatchObject({ population: 3, drawn: 2 });
  expect(look.body.places.map(({ name }: { name: string }) => name).sort()).toEqual(
    [4, 5, 6].map((i) => `${i}号桩 · 站前路${i}号`),
  );
  const { body } = await head.post('/api/inspections', given(sample));
  await settle();
  const seen = (await head.get(`/api/inspections/${body.inspectionId}`)).body;
  expect(seen.draw).toMatchObject({ ledger: { zh: '充电桩台账' }, population: 3 });
  expect((await head.get(`/api/inspections/${body.inspectionId}/redraw`)).body).toMatchObject({ drawn: 2, same: true });
});

it('填不进去的条件、别处的台账、没有的台账、停用的台账，都说清楚不能抽', async () => {
  const wrong = await head.post('/api/inspections', given({ choice: [{ ...big[0], value: '很多' }] }));
  expect(wrong).toMatchObject({ status: 422, body: { code: 'inspection.wrong_choice' } });
  expect(JSON.stringify(wrong.body.errors)).toMatch(/sample\.choice\.0.*不是数/);
  expect(await other.post('/api/inspections', given({}, area('park')))).toMatchObject({
    ...{ status: 404, body: { code: 'own_ledger.not_found' } },
  });
  expect(await leader.post('/api/inspections', given({}, area('east')))).toMatchObject({
    ...{ status: 422, body: { code: 'own_ledger.elsewhere' } },
  });
  expect(await head.post('/api/inspections', given({ ledger: `own-${randomUUID()}` }))).toMatchObject({
    ...{ status: 404, body: { code: 'own_ledger.not_found' } },
  });
  expect(await head.post(`/api/own-ledgers/${made.ledgerId}/retire`)).toMatchObject({ status: 200 });
  expect(await head.post('/api/inspections', given({}))).toMatchObject({
    ...{ status: 409, body: { code: 'own_ledger.retired' } },
  });
});
