import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Runtime } from '../../src/kernel/runtime.ts';
import type { ScopeRule } from '../../src/kernel/scope.ts';
import { transact } from '../../src/kernel/transaction.ts';
import { type Ask, ask, changes, type Finding, finding, inTurn, matrixOf, queryOf, summary } from './asking.ts';
import { formFor } from './bodies.ts';
import { dryRuntime } from './dry.ts';
import { leaksIn } from './leaks.ts';
import { readEverything } from './reading.ts';
import { kindOf } from './relations.ts';
import { extraRows, lookAtAll, readableNames } from './rows.ts';
import { anyone, entranceOf } from './viewers.ts';
import { openWorld } from './world.ts';
import { mustBeRefused, writeEverything } from './writing.ts';

/* Each layer is taken away in turn; what is left still holds. With two away the test must see it leak. */
const world = await openWorld();
const { county } = world;
const { runtime } = county;

const everywhere = () => sql<boolean>`true`;
const noScope: ScopeRule = { inMyAreas: everywhere, grantedToMe: everywhere, readable: everywhere };
const withoutScope: Runtime = { ...runtime, scope: noScope };

/** What a handler gives when nobody stands before it and asks for the post; null: it refuses. */
async function handled({ endpoint, viewer, target }: Ask): Promise<string | null> {
  const kind = kindOf(endpoint);
  const params = kind === null ? {} : { [kind === 'code' ? 'code' : 'id']: target.value };
  const query = endpoint.query.parse(Object.fromEntries(queryOf(endpoint, world)));
  const call = { params, query, body: {} } as never;
  const entrance = entranceOf(county, kind === 'code' ? target.as : viewer);
  try {
    if (endpoint.does === 'procedure') {
      const more = { entrance, realm: viewer.realm, commandId: randomUUID(), files: [], token: viewer.token };
      return JSON.stringify(await endpoint.handle(runtime, { ...more, params, query, body: {} } as never));
    }
    return await transact(
      changes(endpoint) ? dryRuntime(runtime) : runtime,
      entrance,
      async (ctx) => {
        if (endpoint.does === 'read') return JSON.stringify(endpoint.output.parse(await endpoint.handle(ctx, call)));
        if (endpoint.does === 'file')
          return JSON.stringify({ id: target.value, etag: (await endpoint.find(ctx, call)).etag });
        const body = endpoint.body.parse(formFor(endpoint, viewer, world));
        return JSON.stringify(await endpoint.handle(ctx, { params, query: {}, body } as never));
      },
      { commandId: randomUUID() },
    );
  } catch {
    return null;
  }
}

test('没有岗位这一层：直接调用处理函数，谁都还是只拿到自己该看的', async () => {
  const asks = matrixOf(world, (endpoint) => !changes(endpoint));
  const answers = await inTurn(asks, handled);
  const findings = asks.flatMap((one, i): Finding[] => {
    const text = answers[i];
    if (text === null || text === undefined) return [];
    const seenBy = kindOf(one.endpoint) === 'code' ? one.target.as : one.viewer;
    const leaks = leaksIn(world, seenBy, one.endpoint.name, text, one.target.value);
    const opened = one.endpoint.does === 'file' && !one.target.readable ? ['打开了文件'] : [];
    return [...leaks, ...opened].map((leak) => finding('泄露', one, leak));
  });
  expect(summary(findings)).toEqual([]);
});

test('没有岗位这一层：写的处理函数也动不了看不到的记录', async () => {
  const asks = matrixOf(world, (endpoint) => endpoint.does === 'write' && kindOf(endpoint) !== null);
  // Forms name bodies and people of the first county.
  const barred = asks.filter(({ viewer, target }) => !target.readable && viewer.realm === 1);
  const answers = await inTurn(barred, handled);
  const findings = barred.flatMap((one, i) =>
    answers[i] === null || answers[i] === '{"read":0}' ? [] : [finding('办成了', one, String(answers[i]))],
  );
  expect(summary(findings)).toEqual([]);
});

test('重发同一操作时的复核：看不到记录的人得不到当时的回执', async () => {
  const asks = matrixOf(world, (endpoint) => endpoint.does === 'write' && kindOf(endpoint) !== null);
  // A count of what one noted oneself names nothing; nor does the answer that a draft is gone, which is the id one sent: of a
  // draft that was thrown away nobody can say any more whose it was.
  const counting = ['message.read', 'notice.read', 'directive_draft.drop'];
  const barred = asks.filter(
    ({ endpoint, refusal, target }) =>
      refusal === 0 && !target.readable && target.relation !== 'guessed' && !counting.includes(endpoint.name),
  );
  const findings = await inTurn(barred, async (one): Promise<Finding[]> => {
    const { endpoint, viewer, target } = one;
    if (endpoint.does !== 'write') return [];
    const params = { [kindOf(endpoint) === 'code' ? 'code' : 'id']: target.value };
    const call = { params, query: {}, body: formFor(endpoint, viewer, world) } as never;
    const entrance = entranceOf(county, target.as);
    return transact(runtime, entrance, (ctx) => endpoint.recheck(ctx, call, {})).then(
      () => [finding('不复核', one, '没有拒绝')],
      () => [],
    );
  });
  expect(summary(findings.flat())).toEqual([]);
});

test('没有 SQL 里的范围条件：行级安全一层就够，什么也没有多出来', async () => {
  const { findings } = await readEverything(world, await world.appWith(withoutScope), false);
  expect(summary(findings)).toEqual([]);
});

/** Those let in at the door who may not touch the record: what the two locks behind it are for. */
const writeBehindTheDoor = async (of: Runtime) =>
  (await writeEverything(world, await world.appWith(of), (one) => one.refusal === 0 && mustBeRefused(one))).findings;

test('没有 SQL 里的范围条件：不该办的还是办不成', async () => {
  expect(summary(await writeBehindTheDoor({ ...dryRuntime(runtime), scope: noScope }))).toEqual([]);
});

const secured = (action: 'enable' | 'disable') =>
  county.sql(
    `do $$ declare t regclass; begin
       for t in select oid from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relforcerowsecurity
       loop execute format('alter table %s ${action} row level security', t); end loop;
     end $$`,
  );

describe('没有行级安全', () => {
  beforeAll(() => secured('disable').then(() => undefined));
  afterAll(() => secured('enable').then(() => undefined));

  test('SQL 里的范围条件一层就够，什么也没有多出来', async () => {
    const { findings } = await readEverything(world, await world.appWith(), false);
    expect(summary(findings)).toEqual([]);
  });

  test('SQL 里的范围条件一层就够，不该办的还是办不成', async () => {
    expect(summary(await writeBehindTheDoor(dryRuntime(runtime)))).toEqual([]);
  });

  test('对照：不带条件的 SQL 这时看得到不该看的行', async () => {
    const names = (await readableNames(world)).map(({ name }) => name);
    const viewer = world.viewers.find(({ name }) => name.includes('王秀兰')) ?? anyone;
    const tables = extraRows(world, await lookAtAll(world, names, viewer)).map(({ endpoint }) => endpoint);
    expect(tables).toEqual(expect.arrayContaining(['casefile', 'report', 'obligation', 'entry', 'message', 'notice']));
  });

  test('对照：两层都没有时，不该办的办得成', async () => {
    const asks = matrixOf(world, ({ name }) => ['casefile.measure', 'casefile.say', 'photo.add'].includes(name));
    const barred = asks.filter(
      ({ refusal, target }) => refusal === 0 && !target.readable && target.relation === 'sibling',
    );
    const app = await world.appWith({ ...dryRuntime(runtime), scope: noScope });
    const answers = await inTurn(
      barred,
      async (one) => [one.endpoint.name, (await ask(app, world, one)).status] as const,
    );
    const through = answers.filter(([, status]) => ![401, 403, 404].includes(status)).map(([name]) => name);
    expect(new Set(through)).toEqual(new Set(['casefile.measure', 'casefile.say', 'photo.add']));
  });

  test('对照：两层都没有时，这里的检查确实看得见泄露', async () => {
    const few = { ...world, viewers: world.viewers.slice(0, 6) };
    const { findings } = await readEverything(few, await world.appWith(withoutScope), false);
    const caught = new Set(findings.filter(({ rule }) => rule === '泄露').map(({ endpoint }) => endpoint));
    expect([...caught]).toEqual(
      expect.arrayContaining(['casefile.list', 'casefile.read', 'photo.list', 'journal.read', 'obligation.read']),
    );
    const opened = findings.filter(({ rule }) => rule === '不该看的没有拒绝').map(({ endpoint }) => endpoint);
    expect([...new Set(opened)]).toEqual(expect.arrayContaining(['casefile.read', 'photo.open', 'person.choices']));
  });
});
