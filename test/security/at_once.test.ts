import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf, inside } from '../../seeds/small/plan.ts';
import { addApiKey } from '../../src/domains/land/accounts/index.ts';
import type { Id } from '../../src/kernel/id.ts';
import { type Caller, openCounty } from '../harness.ts';
import { aReport, body, DAY, person, report, step } from '../telling.ts';
import { bySystem, openToken } from './viewers.ts';

/* A right that ends is felt in the next request, and what was answered before is not told again to whoever lost it. */
const county = await openCounty();
const { as, anyone, app, clock } = county;
const admin = await as('管理员');

const seats = new Map<string, Id>();
for (const { id, role, place } of await county.sql<{ id: Id; role: string; place: Id }>(
  'select id, role, coalesce(area_id, body_id) as place from post where realm = 1',
))
  seats.set(`${role} ${place}`, id);
const seatIn = (role: string, kind: 'area' | 'body', key: string): Id =>
  seats.get(`${role} ${idOf(1, kind, key)}`) ?? '';
const relieve = async (postId: Id, login: string): Promise<void> => {
  const done = await admin.post('/api/holdings/end', { postId, personId: person(login) });
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 });
};
const appoint = async (postId: Id, login: string): Promise<void> => {
  const done = await admin.post('/api/holdings', { id: randomUUID(), postId, personId: person(login) });
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 });
};
const statusesOf = async (by: Caller, ...paths: string[]): Promise<number[]> => {
  const statuses: number[] = [];
  for (const path of paths) statuses.push((await by.get(path)).status);
  return statuses;
};
const withToken = (token: string) => async (url: string) =>
  (await app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode;

test('免去岗位：下一次请求就看不到，流水里也没有；另一个岗位照旧', async () => {
  const wu = await as('吴芳');
  const [second, third] = [
    await report(anyone, { place: inside(1, 0) }),
    await report(anyone, { place: inside(2, 0) }),
  ];
  await county.settle();
  const paths = [`/api/casefiles/${second.id}`, `/api/casefiles/${third.id}`] as const;
  expect(await statusesOf(wu, ...paths)).toEqual([200, 200]);
  await relieve(seatIn('grid_worker', 'area', 'station-2'), 'wufang');
  expect(await statusesOf(wu, ...paths)).toEqual([404, 200]);
  expect((await wu.get('/api/casefiles')).body.map(({ id }: { id: Id }) => id)).toEqual([third.id]);
  await relieve(seatIn('grid_worker', 'area', 'station-3'), 'wufang');
  expect(await statusesOf(wu, ...paths, '/api/casefiles', '/api/inbox')).toEqual([403, 403, 403, 200]);
  expect((await wu.get('/api/inbox')).body).toEqual([]);
});

test('任命：下一次请求就看得到', async () => {
  const gao = await as('高明');
  const { id } = await report(anyone, { place: inside(0, 0) });
  expect(await statusesOf(gao, `/api/casefiles/${id}`)).toEqual([404]);
  await appoint(seatIn('community_head', 'area', 'station'), 'gaoming');
  expect(await statusesOf(gao, `/api/casefiles/${id}`)).toEqual([200]);
  await relieve(seatIn('community_head', 'area', 'station'), 'gaoming');
  expect(await statusesOf(gao, `/api/casefiles/${id}`)).toEqual([404]);
});

test('撤销岗位（岗位本身关闭）：谁坐在上面都没有用', async () => {
  const luo = await as('罗河');
  const { id } = await report(anyone, { place: inside(0, 3) });
  expect(await statusesOf(luo, `/api/casefiles/${id}`)).toEqual([200]);
  await county.sql('update post set closed_on = $1 where id = $2', [
    '2026-03-05',
    seatIn('community_head', 'area', 'ferry'),
  ]);
  expect(await statusesOf(luo, `/api/casefiles/${id}`)).toEqual([403]);
});

test('移出知情范围：下一次请求就不知道有这件事', async () => {
  const [he, song] = [await as('何静'), await as('宋洁')];
  const { id } = await report(anyone, { place: inside(0, 1), typeCode: 'neighbour-leak' });
  await step(he, id, 'admit', { granteeId: person('songjie') });
  expect(await statusesOf(song, `/api/casefiles/${id}`)).toEqual([200]);
  const measured = randomUUID();
  const form = { words: '去看过一次' };
  expect((await song.post(`/api/casefiles/${id}/measure`, form, measured)).status).toBe(200);
  await step(he, id, 'dismiss', { granteeId: person('songjie') });
  expect(await statusesOf(song, `/api/casefiles/${id}`)).toEqual([404]);
  expect(JSON.stringify((await song.get('/api/casefiles')).body)).not.toContain(id);
  // What she did before is not told to her again either.
  const again = await song.post(`/api/casefiles/${id}/measure`, form, measured);
  expect([again.status, again.body.code]).toEqual([404, 'casefile.not_found']);
});

/** What the next tests do once, loses its ground, and is sent again word for word. */
async function sentTwice(by: Caller, path: string, form: object, lose: () => Promise<void>) {
  const commandId = randomUUID();
  const first = await by.post(path, form, commandId);
  expect(first, JSON.stringify(first.body)).toMatchObject({ status: 200 });
  const repeated = await by.post(path, form, commandId);
  expect(repeated, JSON.stringify(repeated.body)).toMatchObject({ status: 200, body: { repeated: true } });
  await lose();
  return by.post(path, form, commandId);
}

test('失去权限以后重发同一操作：不再给出当时的回执', async () => {
  const [li, zhang] = [await as('李建国'), await as('邵英')];
  const { id } = await report(anyone, { place: inside(0, 0) });
  // No post is left: the endpoint is not theirs any more.
  const grid = seatIn('grid_leader', 'area', 'station-1');
  const measured = await sentTwice(li, `/api/casefiles/${id}/measure`, { words: '拉了围挡' }, () =>
    relieve(grid, 'lijianguo'),
  );
  expect(measured.status).toBe(403);
  // The same role elsewhere: the record is not theirs any more.
  await appoint(seatIn('grid_worker', 'area', 'station-1'), 'louzhang1');
  const again = await sentTwice(zhang, `/api/casefiles/${id}/measure`, { words: '又去看了' }, async () => {
    await relieve(seatIn('grid_worker', 'area', 'station-1'), 'louzhang1');
    await appoint(seatIn('grid_worker', 'area', 'park-1'), 'louzhang1');
  });
  expect([again.status, again.body.code]).toEqual([404, 'casefile.not_found']);
});

test('失去权限以后重发同一申请：不再给出当时的回执', async () => {
  const [he, chen, peng] = [await as('何静'), await as('陈敏'), await as('彭队')];
  const { id } = await report(anyone, { place: inside(0, 0) });
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, id, 'dispatch', { bodyId: body('order') });
  await step(peng, id, 'acknowledge');
  const [owed] = await county.sql<{ id: Id }>(
    `select id from obligation where record_id = $1 and duty = 'casefile.handle'`,
    [id],
  );
  const again = await sentTwice(peng, `/api/obligations/${owed?.id}/ask-extension`, { words: '等材料' }, async () => {
    await relieve(seatIn('body_head', 'body', 'order'), 'pengdui');
    await appoint(seatIn('body_head', 'body', 'water'), 'pengdui');
  });
  expect([again.status, again.body.code]).toEqual([404, 'obligation.not_found']);
});

test('别人拿着同一个操作编号来，得不到回执', async () => {
  const [wang, zhao] = [await as('王秀兰'), await as('赵磊')];
  const { id } = await report(anyone, { place: inside(0, 0) });
  const commandId = randomUUID();
  const form = { words: '巡查看过' };
  expect((await wang.post(`/api/casefiles/${id}/measure`, form, commandId)).status).toBe(200);
  const stolen = await zhao.post(`/api/casefiles/${id}/supervise`, form, commandId);
  expect([stolen.status, stolen.body.code]).toEqual([409, 'command.id_taken']);
});

test('结束一处登录、注销账号、登录到期、停用密钥：令牌当即无效', async () => {
  const account = idOf(1, 'account', 'zhenghai');
  const [here, there] = [await openToken(county, 1, account), await openToken(county, 1, account)];
  const sessions = await app.inject({ url: '/api/sessions', headers: { authorization: `Bearer ${here}` } });
  const other = sessions.json().find(({ isThisOne }: { isThisOne: boolean }) => !isThisOne);
  await app.inject({
    method: 'DELETE',
    url: `/api/sessions/${other.id}`,
    headers: { authorization: `Bearer ${here}` },
  });
  expect([await withToken(here)('/api/me'), await withToken(there)('/api/me')]).toEqual([200, 401]);
  await app.inject({ method: 'DELETE', url: '/api/session', headers: { authorization: `Bearer ${here}` } });
  expect(await withToken(here)('/api/me')).toBe(401);

  const closed = await openToken(county, 1, idOf(1, 'account', 'tianqing'));
  expect(await withToken(closed)('/api/me')).toBe(200);
  await county.sql('update account set closed_at = $1 where id = $2', [clock.now(), idOf(1, 'account', 'tianqing')]);
  expect(await withToken(closed)('/api/me')).toBe(401);

  const key = { text: '' };
  await bySystem(county, 1, async (ctx) => {
    key.text = (await addApiKey(ctx, '平台', ['report'])).key;
    return {};
  });
  const send = async () => {
    const payload = { commandId: randomUUID(), ...aReport({ channel: 'api' }) };
    const headers = { authorization: `Bearer ${key.text}` };
    return (await app.inject({ method: 'POST', url: '/api/casefiles', headers, payload })).statusCode;
  };
  expect(await send()).toBe(200);
  await county.sql('update api_key set ended_at = $1', [clock.now()]);
  expect(await send()).toBe(403);

  const late = await openToken(county, 1, account);
  clock.advance(31 * DAY);
  expect(await withToken(late)('/api/me')).toBe(401);
});
