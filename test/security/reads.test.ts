import { expect, test } from 'vitest';
import { type Endpoint, read } from '../../src/kernel/endpoint.ts';
import { ask, LONG, matrixOf, summary } from './asking.ts';
import { tellCanaries } from './canaries.ts';
import { tellGrounds } from './grounds.ts';
import { tellMask } from './mask.ts';
import { isNamed, type Relation } from './oracle.ts';
import { tellPages } from './pages.ts';
import { readEverything } from './reading.ts';
import { tellRegister } from './register.ts';
import { allReadable, kindOf, noTarget, targetsFor } from './relations.ts';
import { tellRows } from './rows.ts';
import { tellTouches } from './touches.ts';
import { anyone, isBody } from './viewers.ts';
import { openWorld } from './world.ts';

/* Every reading endpoint × every role × every relation of the record, over HTTP, against the oracle. */
const world = await openWorld();
const app = await world.appWith();
const endpointOf = (name: string): Endpoint => world.endpoints.find((one) => one.name === name) as Endpoint;

test('每个岗位都遇到六种关系的案卷，公开的和保密的', () => {
  for (const viewer of world.viewers.filter(({ seats }) => seats.some(([, at]) => !isBody(at)))) {
    const met = new Set(targetsFor(world, 'casefiles', viewer, 'all').map((it) => `${it.relation} ${it.confidential}`));
    const isAtTop = viewer.seats.some(([, at]) => at === 'county');
    const relations: readonly Relation[] = ['own', 'other realm', ...(isAtTop ? [] : (['sibling', 'parent'] as const))];
    for (const relation of viewer.realm === 1 ? relations : (['own', 'other realm'] as const))
      for (const secret of [true, false]) expect([viewer.name, ...met]).toContain(`${relation} ${secret}`);
    expect([...met]).toEqual(expect.arrayContaining(['guessed false']));
    if (viewer.realm === 1) expect([...met]).toEqual(expect.arrayContaining(['deleted false']));
  }
});

test(
  '读：看得到的给 200 和它本身，看不到的、删掉的、猜的编号都一个样地拒绝',
  async () => {
    const { asked, findings } = await readEverything(world, app, true);
    expect(summary(findings)).toEqual([]);
    expect(asked).toBeGreaterThan(2000);
  },
  LONG,
);

test('案卷列表不多也不少', async () => {
  const lists = ['casefile.list', 'casefile.lines'];
  const asks = matrixOf(world, ({ name }) => lists.includes(name)).filter(({ refusal }) => refusal === 0);
  expect(asks.length).toBeGreaterThan(20);
  for (const one of asks) {
    const { json } = await ask(app, world, one);
    const ids = (json as { id: string }[]).map(({ id }) => id).sort();
    expect([one.viewer.name, ids]).toEqual([one.viewer.name, allReadable(world, 'casefiles', one.viewer)]);
  }
});

test('新的地址参数、新的身份没有教给对照，测试就不通过', () => {
  const { name: _name, ...rest } = endpointOf('casefile.read') as ReturnType<typeof read>;
  const unknown = (path: string): Endpoint => read({ ...rest, name: 'x.read', path } as never);
  expect(() => kindOf(unknown('/api/dossiers/:id'))).toThrow('/api/dossiers/:id');
  expect(() => kindOf(unknown('/api/casefiles/:id/photos/:photoId'))).toThrow('photoId');
  expect(() => isNamed({ team: 'x' } as never, anyone, false)).toThrow('an access party');
  expect(() => isNamed({ roles: ['admin'], team: 'x' } as never, anyone, false)).toThrow('an access party');
  for (const endpoint of world.endpoints) expect(() => kindOf(endpoint)).not.toThrow();
});

test('没有登录的人凭别人的登录令牌、改过的令牌都进不来', async () => {
  const endpoint = endpointOf('me.read');
  const [someone] = world.viewers.filter(({ kind }) => kind === 'account');
  const token = someone?.token ?? '';
  const other = {
    1: token.replace(/^1\./, '2.'),
    2: `${token}x`,
    3: token.slice(0, -1),
    4: '1.',
    5: '99999.x',
    6: 'x',
  };
  for (const bad of Object.values(other)) {
    const viewer = { ...anyone, token: bad };
    const { status } = await ask(app, world, { endpoint, viewer, target: noTarget(viewer), refusal: 401 });
    expect([bad.length, status]).toEqual([bad.length, 401]);
  }
});

tellRegister(world);
tellGrounds(world);
await tellRows(world);
await tellTouches(world);
await tellPages(world, app);
tellMask(world);
tellCanaries(world);
