import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { openPhone, type Phone } from '../../../../test/phone.ts';
import { area, body } from '../../../../test/telling.ts';
import type { InspectionBody } from '../../../web/field/engine/inspection.ts';
import { hazardRetelling } from '../inspections/index.ts';
import { verifyTold } from '../retelling/index.ts';

/*
 * Whoever was named goes round without network: nothing found here, nobody there, a hazard with its line of the checklist. It
 * arrives later, and the desk sees when it was.
 */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [hazardRetelling])).faults).toEqual([]));
const { as, clock, settle, sql } = county;
const [leader, wang, wu] = [await as('蒋涛'), await as('王秀兰'), await as('吴芳')];
const HOUR = 3_600_000;
const item = (code: string, text: string) => ({
  ...{ code, text, counts: '不符合就算', grade: 'major', limit: { amount: 2, unit: 'working_days' }, basis: '自拟' },
});
const list = {
  sector: 'workplace',
  title: '企业十查',
  items: [item('i1', '消防器材有效'), item('i2', '消防通道畅通')],
};
const checklistId: string = (await leader.post('/api/checklists', list)).body.checklistId;
const dayIn = (hours: number): string =>
  new Date(clock.now().getTime() + (8 + hours) * HOUR).toISOString().slice(0, 10);
async function open(over: object = {}): Promise<string> {
  const { status, body: said } = await leader.post('/api/inspections', {
    ...{ title: '夜查', areaId: area('east'), checklistId, announced: false, onDay: dayIn(0), members: ['王秀兰'] },
    ...{ places: ['东街烧烤店', '老仓库', '站前旅馆'], ...over },
  });
  if (status !== 200) throw new Error(JSON.stringify(said));
  return said.inspectionId;
}
const sync = async ({ engine }: Phone) => {
  await settle();
  return engine.sync();
};
const onPhone = async ({ engine }: Phone, id: string): Promise<InspectionBody | undefined> =>
  (await engine.one('inspection', id))?.body as unknown as InspectionBody | undefined;
const say = ({ engine }: Phone, name: 'look' | 'find', id: string | undefined, said: object) =>
  engine.submit({
    ...{ name: `inspection.${name}`, params: { id: id ?? '' }, target: id ?? '', urgent: false, files: [] },
    body: { early: false, ...said },
  });
const found = (over: object = {}) => ({
  ...{
    hazardId: randomUUID(),
    what: '灭火器过期',
    where: '一楼',
    grade: 'major',
    sector: 'workplace',
    bodyId: body('works'),
  },
  ...{ limit: { amount: 2, unit: 'working_days' }, item: { checklistId, version: 1, code: 'i1' }, ...over },
});
const results = async (id: string) => (await leader.get(`/api/inspections/${id}/targets`)).body;

test('去的人手机上有要看的地方和检查表，别人没有；断网记的，联网后按当时的时间入账', async () => {
  const id = await open();
  const [hers, other] = [await openPhone(county, wang), await openPhone(county, wu)];
  for (const phone of [hers, other]) expect(await sync(phone)).toMatchObject({ trouble: null });
  expect(await onPhone(other, id)).toBeUndefined();
  const held = await onPhone(hers, id);
  expect(held).toMatchObject({
    ...{
      title: '夜查',
      announced: false,
      list: { version: 1, items: [{ code: 'i1', grade: 'major' }, { code: 'i2' }] },
    },
    places: [{ name: '东街烧烤店', result: null }, { name: '老仓库' }, { name: '站前旅馆' }],
  });
  const [grill, store, inn] = (held?.places ?? []).map((place) => place.id);
  hers.now.online = false;
  clock.advance(HOUR);
  const then = clock.now().toISOString();
  await say(hers, 'look', grill, { result: 'clean' });
  await say(hers, 'look', store, { result: 'absent' });
  const first = found();
  await say(hers, 'find', inn, first);
  await say(hers, 'find', inn, found({ what: '消防通道堆了货', item: { checklistId, version: 1, code: 'i2' } }));
  const before = (await onPhone(hers, id))?.places.map(({ result, lookedAt }) => [result, lookedAt]);
  expect(before).toEqual([
    ['clean', then],
    ['absent', then],
    ['found', then],
  ]);
  expect((await results(id)).map(({ result }: { result: string | null }) => result)).toEqual([null, null, null]);
  clock.advance(5 * HOUR);
  hers.now.online = true;
  expect(await sync(hers)).toMatchObject({ waiting: 0, refused: 0 });
  expect((await results(id)).map((one: { result: string; lookedAt: string }) => [one.result, one.lookedAt])).toEqual(
    before,
  );
  expect((await onPhone(hers, id))?.places.map(({ result, lookedAt }) => [result, lookedAt])).toEqual(before);
  const hazard = (await wang.get(`/api/hazards/${first.hazardId}`)).body;
  expect(hazard).toMatchObject({ what: '灭火器过期', grade: 'major', foundAt: then });
  expect((await leader.get(`/api/inspections/${id}`)).body.hazards.all).toBe(2);
  // The same id again is somebody's already.
  await say(hers, 'find', inn, first);
  expect(await sync(hers)).toMatchObject({ waiting: 0, refused: 1 });
});

test('断网时检查结束了：之前记的照收，之后的退回；没到日子要说是提前去的', async () => {
  const id = await open({ title: '要结束的' });
  const hers = await openPhone(county, wang);
  await sync(hers);
  const [grill, store, inn] = ((await onPhone(hers, id))?.places ?? []).map((place) => place.id);
  hers.now.online = false;
  clock.advance(HOUR);
  await say(hers, 'look', grill, { result: 'clean' });
  clock.advance(HOUR);
  expect((await leader.post(`/api/inspections/${id}/close`)).status).toBe(200);
  clock.advance(HOUR);
  await say(hers, 'look', store, { result: 'clean' });
  hers.now.online = true;
  expect(await sync(hers)).toMatchObject({ waiting: 0, refused: 1 });
  const codes = (await hers.engine.outbox()).flatMap(({ state }) => (state.is === 'refused' ? [state.code] : []));
  expect(codes).toEqual(['inspection.closed']);
  expect((await results(id)).map(({ result }: { result: string | null }) => result)).toEqual(['clean', null, null]);
  expect(await onPhone(hers, id)).toBeUndefined();
  expect(await sql('select 1 from inspection_target where id = $1 and result is not null', [inn])).toEqual([]);

  const later = await open({ title: '后天的', onDay: dayIn(48) });
  await sync(hers);
  const [place] = (await onPhone(hers, later))?.places ?? [];
  await say(hers, 'look', place?.id, { result: 'clean' });
  expect(await sync(hers)).toMatchObject({ refused: 2 });
  await say(hers, 'look', place?.id, { result: 'clean', early: true });
  expect(await sync(hers)).toMatchObject({ refused: 2, waiting: 0 });
  expect((await results(later))[0].result).toBe('clean');
});
