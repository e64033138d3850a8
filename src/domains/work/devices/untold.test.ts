import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf, inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { openPhone } from '../../../../test/phone.ts';
import { aReport, area, body, report, step } from '../../../../test/telling.ts';

/* Positions are given after the commit, later where much goes on. A phone that asks before hears what it did itself. */
const county = await openCounty();
const [worker, head, registrar] = [await county.as('王秀兰'), await county.as('孙丽'), await county.as('何静')];
const about = (name: string, id: string, form: object, target = id) => ({
  ...{ name, params: { id }, target, urgent: false, files: [], body: { ...form } },
});

test('流水还没排到：签收的案卷按服务器的样子回来，不退回待签收', async () => {
  const { id } = await report(worker, { channel: 'field', typeCode: 'road-sunken' }, '/api/casefiles');
  await step(registrar, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(await county.as('陈敏'), id, 'dispatch', { bodyId: body('works') });
  await county.settle();
  const { engine } = await openPhone(county, await county.as('谢工'));
  await engine.sync();
  expect((await engine.one('casefile', id))?.body).toMatchObject({ status: 'dispatched' });
  await engine.submit(about('casefile.acknowledge', id, {}));
  await engine.sync();
  const held = await engine.one('casefile', id);
  expect(held?.body).toMatchObject({ status: 'handling', duties: [{ duty: 'casefile.handle' }] });
  expect(held?.body.unsent).toBeUndefined();
});

test('流水还没排到：刚上报的有编号，巡查正在走', async () => {
  const walk = { title: '后山护林', kind: 'forest', areaId: area('station-1'), positionDays: 30, pledgedOn: null };
  const rule = { everyMin: 1440, windows: [{ from: '00:00', to: '00:00' }], weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const places = [{ name: '一号点', point: { lon: 112.9, lat: 28.1 }, radiusM: 50 }];
  const { planId } = (
    await head.post('/api/patrols', { ...walk, walkers: [], places, rule: { ...rule, season: null } })
  ).body;
  await county.settle();
  const { engine } = await openPhone(county, worker);
  await engine.sync();
  const form = aReport({ channel: 'field' });
  await engine.submit({ ...about('casefile.report', form.casefileId, form), params: {} });
  const patrolId = randomUUID();
  await engine.submit(about('patrol.start', planId, { patrolId }, patrolId));
  await engine.sync();
  const held = await engine.one('casefile', form.casefileId);
  expect(held?.body).toMatchObject({ status: 'reported', number: expect.stringMatching(/\d/) });
  expect((await engine.one('patrol', planId))?.body).toMatchObject({ walk: { patrolId } });
});

test('问的只能是自己该有的：别处的、没有的，都说不在', async () => {
  const { id } = await report(
    registrar,
    { channel: 'hotline', place: { ...inside(2, 0), words: '' } },
    '/api/casefiles',
  );
  const deviceId = randomUUID();
  await worker.post('/api/devices', { deviceId, model: '测试机', appVersion: '1' });
  const records = [id, idOf(1, 'casefile', 'nowhere')];
  const at = { deviceId, deviceAt: county.clock.now().toISOString(), limit: 500 };
  const { cursors } = (await worker.post('/api/sync/pull', { ...at, cursors: {} })).body;
  const { body: told } = await worker.post('/api/sync/pull', { ...at, cursors, records });
  expect(told.upserts.map((row: { id: string }) => row.id)).not.toContain(id);
  expect(told.evict).toEqual(expect.arrayContaining(records.map((one) => ({ kind: 'casefile', id: one }))));
});
