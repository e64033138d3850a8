import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { openPhone } from '../../../../test/phone.ts';
import { area, HOUR, person, report, step } from '../../../../test/telling.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { deviceRetention } from './retention.commands.ts';

/* What a pull asks for when nothing happened, and what makes it look at everything. */
const county = await openCounty();
const [worker, registrar, admin] = [await county.as('王秀兰'), await county.as('何静'), await county.as('管理员')];

interface Asked {
  readonly check: unknown;
  readonly compare: unknown;
  readonly cursors: Readonly<Record<string, string>>;
  readonly answer: {
    readonly recheck: boolean;
    readonly more: boolean;
    readonly upserts: readonly { id: string }[];
    readonly evict: readonly { id: string }[];
    readonly differing: readonly number[];
    readonly cursors: Readonly<Record<string, string>>;
  };
}

/** A phone with a record of what it asked in its last round. */
async function recorded(caller: Caller) {
  let asked: Asked[] = [];
  const noting: Caller = {
    ...caller,
    post: async (path, form, commandId) => {
      const reply = await caller.post(path, form, commandId);
      if (path === '/api/sync/pull') asked.push({ ...(form as Asked), answer: reply.body as Asked['answer'] });
      return reply;
    },
  };
  const phone = await openPhone(county, noting);
  const sync = async (): Promise<readonly Asked[]> => {
    asked = [];
    await county.settle();
    await phone.engine.sync();
    return asked;
  };
  const ids = async () => (await phone.engine.held('casefile')).map(({ id }) => id);
  return { sync, ids, store: phone.store };
}
const hasLooked = (asked: readonly Asked[]): boolean => asked.some(({ check, compare }) => check !== null || compare);

test('没有新情况：一问一答，不比对；别处再忙也一样', async () => {
  const { sync, ids } = await recorded(worker);
  const { id } = await report(worker, { channel: 'field' }, '/api/casefiles');
  expect(hasLooked(await sync()), 'the first time').toBe(true);
  expect(await ids()).toContain(id);
  await report(registrar, { channel: 'hotline', place: { ...inside(2, 0), words: '' } }, '/api/casefiles');
  const quiet = await sync();
  expect(quiet).toHaveLength(1);
  expect(quiet[0]).toMatchObject({ check: null, answer: { recheck: false, upserts: [], evict: [], differing: [] } });
});

test('有新情况：一次说完，也不比对', async () => {
  const { sync, ids } = await recorded(worker);
  await sync();
  const { id } = await report(worker, { channel: 'field' }, '/api/casefiles');
  const asked = await sync();
  expect([asked.length, hasLooked(asked)]).toEqual([1, false]);
  expect(asked[0]?.answer.upserts.map((row) => row.id)).toEqual([id]);
  expect(await ids()).toContain(id);
});

test('移到别处、转为保密的，照流水让出，不用比对；别人的地方听不到', async () => {
  const [mine, far] = [await recorded(worker), await recorded(await county.as('田青'))];
  const [moved, turned] = [await report(county.anyone), await report(worker, { channel: 'field' }, '/api/casefiles')];
  await Promise.all([mine.sync(), far.sync()]);
  expect(await mine.ids()).toEqual(expect.arrayContaining([moved.id, turned.id]));
  await step(registrar, moved.id, 'relocate', { place: { ...inside(1, 0), words: '' } });
  await step(registrar, turned.id, 'register', { conditionCode: 'neighbour-leak-cause-disputed' });
  const asked = await mine.sync();
  expect([asked.length, hasLooked(asked)]).toEqual([1, false]);
  expect(asked[0]?.answer.evict.map(({ id }) => id).sort()).toEqual([moved.id, turned.id].sort());
  expect(await mine.ids()).not.toEqual(expect.arrayContaining([moved.id]));
  expect((await far.sync())[0]?.answer.evict).toEqual([]);
  const rows = await county.sql('select left_no from casefile_left where casefile_id = any ($1)', [
    [moved.id, turned.id],
  ]);
  expect(rows).toHaveLength(2);
});

test('移走又移回来的留着', async () => {
  const { sync, ids } = await recorded(worker);
  const { id } = await report(county.anyone);
  await sync();
  await step(registrar, id, 'relocate', { place: { ...inside(1, 0), words: '' } });
  await step(registrar, id, 'relocate', { place: { ...inside(0, 0), words: '' } });
  const [asked] = await sync();
  expect(asked?.answer.evict).toEqual([]);
  expect(await ids()).toContain(id);
});

test('免了职，范围变了：比对一次，不该有的让出，以后又安静', async () => {
  const holder = await county.as('李建国');
  const { sync, ids } = await recorded(holder);
  const { id } = await report(county.anyone);
  await sync();
  expect(await ids()).toContain(id);
  const [post] = await county.sql<{ id: string }>(
    `select p.id from post p join holding h on h.realm = p.realm and h.post_id = p.id
     where p.realm = 1 and h.person_id = $1 and upper_inf(h.held)`,
    [person('lijianguo')],
  );
  await admin.post('/api/holdings/end', { postId: post?.id, personId: person('lijianguo') });
  expect(hasLooked(await sync())).toBe(true);
  expect(await ids()).toEqual([]);
  expect(hasLooked(await sync())).toBe(false);
  await admin.post('/api/holdings', { id: randomUUID(), postId: post?.id, personId: person('lijianguo') });
  await sync();
  expect(await ids()).toContain(id);
});

test('楼栋划走：两边下一次都对；随后跟着走的旧案卷也比对一次', async () => {
  const [from, to] = [await recorded(await county.as('郑海')), await recorded(worker)];
  const place = { areaId: area('tower-1'), words: '' };
  const { id } = await report(county.anyone, { place });
  await Promise.all([from.sync(), to.sync()]);
  expect(await from.ids()).toContain(id);
  const moved = await admin.post(`/api/areas/${area('tower-1')}/move`, { parentId: area('station-1') });
  expect(moved.status, JSON.stringify(moved.body)).toBe(200);
  await Promise.all([from.sync(), to.sync()]);
  expect([(await from.ids()).includes(id), (await to.ids()).includes(id)]).toEqual([false, true]);
  expect(hasLooked(await to.sync())).toBe(false);
  county.clock.advance(HOUR);
  await county.settle();
  expect(hasLooked(await to.sync()), 'the rows have followed').toBe(true);
  expect(hasLooked(await to.sync())).toBe(false);
});

test('一天比对一次', async () => {
  const { sync } = await recorded(worker);
  await sync();
  expect(hasLooked(await sync())).toBe(false);
  county.clock.advance(25 * HOUR);
  expect(hasLooked(await sync())).toBe(true);
  expect(hasLooked(await sync())).toBe(false);
});

test('旧手机每次都带着自己的总和：照收，安静时不算；没有这种游标的先比对', async () => {
  const deviceId = randomUUID();
  await worker.post('/api/devices', { deviceId, model: '旧手机', appVersion: '1' });
  const zeros = { buckets: 1, sums: '0'.repeat(16) };
  const ask = async (cursors: object, check: object | null) =>
    (
      await worker.post('/api/sync/pull', {
        ...{ deviceId, deviceAt: county.clock.now().toISOString(), cursors, limit: 500, check },
      })
    ).body as Asked['answer'];
  let told = await ask({}, zeros);
  while (told.more) told = await ask(told.cursors, zeros);
  expect([told.differing, told.recheck], 'it says that it holds nothing').toEqual([[0], true]);
  const { sync, store } = await recorded(worker);
  await sync();
  const { meta } = await store.open();
  expect(await ask(meta?.cursors ?? {}, zeros)).toMatchObject({ differing: [], recheck: false });
  expect(await ask({ ...meta?.cursors, scope: '' }, null)).toMatchObject({ differing: [], recheck: true });
});

test('从哪里移走的，记 180 天', async () => {
  const { id } = await report(county.anyone);
  await step(registrar, id, 'relocate', { place: { ...inside(1, 0), words: '' } });
  const kept = () => county.sql<{ id: string }>('select casefile_id as id from casefile_left where realm = 1');
  const before = await kept();
  expect(before.map((row) => row.id)).toContain(id);
  await county.sql(`update casefile_left set left_at = left_at - interval '181 days' where casefile_id <> $1`, [id]);
  for (const sweep of deviceRetention) await sweep.run(county.runtime, 1, throwFault);
  expect(await kept()).toEqual([{ id }]);
});
