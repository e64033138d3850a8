import { expect, test } from 'vitest';
import { inside } from '../../../seeds/small/plan.ts';
import { openCounty } from '../../../test/harness.ts';
import { addPhoto, body, MINUTE, report, step } from '../../../test/telling.ts';
import { publicSteps } from '../../domains/telling/publication/publication.model.ts';
import { casefileTable } from '../../domains/work/casefiles/casefile.workflow.ts';
import { forgetReporter } from '../../domains/work/casefiles/index.ts';
import { execute } from '../../kernel/command.ts';
import { asSystem } from '../../kernel/entrance.ts';
import { granteeOfCode, trackingCodeOf } from '../../kernel/tracking.ts';
import { clientOf, type Form, keyFor, point, refusedWith, stall, sunken } from './fixtures/client.ts';

/* Open311 from end to end: what programs send in, what comes of it, and what nobody else gets to see. */
const county = await openCounty();
const app = clientOf(county, await keyFor(county));
const other = clientOf(county, await keyFor(county));
const anyone = clientOf(county);
const { as, clock, settle, sql } = county;
const he = await as('何静');

interface Row {
  readonly id: string;
  readonly number: string;
  readonly reportId: string;
}
const latest = async (): Promise<Row> => {
  const [row] = await sql<Row>(
    `select c.id, c.number, r.id as "reportId" from casefile c join report r on r.casefile_id = c.id order by c.reported_at desc, c.number desc limit 1`,
  );
  if (!row) throw new Error('no case');
  return row;
};
const post = async (form: Form) => {
  const made = await app.post('v2/requests', form);
  expect(made.status, made.text).toBe(200);
  return { answer: made.body[0], ...(await latest()) };
};
const listed = async () => (await anyone.get('v2/requests')).text + (await anyone.get('v2/servicerequestupdates')).text;

test('部件当场给编号，立刻查得到；事件先给 token，立案以后才有编号', async () => {
  const component = await post(sunken());
  expect(component.answer).toEqual({
    service_request_id: component.number,
    service_notice: expect.stringContaining('查询码'),
    account_id: null,
  });
  expect((await anyone.get(`v2/requests/${component.number}`)).body[0]).toMatchObject({ status: 'open' });

  const matter = await post(stall());
  expect(matter.answer).toMatchObject({ token: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(matter.answer).not.toHaveProperty('service_request_id');
  const { token } = matter.answer;
  const asked = async (client = anyone) => (await client.get(`v2/tokens/${token}`)).body;
  expect(await asked()).toEqual([{ service_request_id: null, token }]);
  refusedWith(await anyone.get(`v2/requests/${matter.number}`), 404);
  await step(he, matter.id, 'register', { conditionCode: 'street-stall-beside' });
  await settle();
  expect(await asked()).toEqual([{ service_request_id: matter.number, token }]);
  expect((await anyone.get(`v2/requests/${matter.number}`)).status).toBe(200);
  for (const bad of ['x', '0197f3a2-5c1e-7b44-9d2a-3f8e6c1b7a90', matter.id, component.id])
    refusedWith(await anyone.get(`v2/tokens/${bad}`), 404);
  // Said again, the token names it, not the number.
  const form = stall();
  const first = await post(form);
  const text = refusedWith(await app.post('v2/requests', form), 400);
  expect(text).toContain(first.answer.token);
  expect(text).not.toContain(first.number);
});

test('收下的是一件普通的报事：渠道是接口，受理岗看得到原话、情形、图片网址和联系方式', async () => {
  const said = { first_name: '小明', last_name: '孙', phone: '17000000001', email: 'sun@example.org' };
  const { id, reportId, answer } = await post(
    sunken({
      ...said,
      description: '巷口塌了',
      address_string: '二运巷口',
      media_url: 'https://example.org/1.jpg',
      'attribute[condition]': 'road-sunken-passable',
      'attribute[unheard-of]': 'x',
      device_id: 'x',
      unheard_of: 'x',
    }),
  );
  await settle();
  const seen = (await he.get(`/api/casefiles/${id}`)).body;
  expect(seen.reports).toEqual([expect.objectContaining({ channel: 'api', hasContact: true })]);
  expect(seen.reports[0].words.split('\n')).toEqual([
    '巷口塌了',
    expect.stringMatching(/^情形：路面下沉/),
    '图片网址：https://example.org/1.jpg',
  ]);
  expect(seen.title.zh).toBe('路面塌陷（二运巷口）');
  const { contacts } = (await he.post(`/api/casefiles/${id}/read-contact`, { reason: '回访' })).body;
  expect(contacts).toEqual([{ reportId, name: '孙小明', phone: '17000000001', email: 'sun@example.org' }]);
  // The code in the notice opens the reporter's own page.
  const code = /查询码 (\S+)：/.exec(answer.service_notice)?.[1];
  expect((await county.anyone.get(`/api/track/${code}`)).body).toMatchObject({ number: seen.number });
});

test('情形紧急的走快车道', async () => {
  const bridge = { ...sunken(), service_code: 'bridge' };
  const { id } = await post({ ...bridge, 'attribute[condition]': 'bridge-unsafe' });
  const { id: calm } = await post({ ...bridge, 'attribute[condition]': 'bridge-wear' });
  const rows = await sql<{ id: string; urgent: boolean }>('select id, urgent from casefile where id = any ($1)', [
    [id, calm],
  ]);
  expect(Object.fromEntries(rows.map((row) => [row.id, row.urgent]))).toEqual({ [id]: true, [calm]: false });
});

test('不该收的都拒绝，说得出哪里不对，什么都没有记下', async () => {
  const count = async () =>
    (
      await sql<{ n: string }>(
        `select (select count(*) from casefile) || ' ' || (select count(*) from entry) || ' ' || (select count(*) from open311_sent) as n`,
      )
    )[0]?.n;
  const before = await count();
  const tries: readonly (readonly [Form, string])[] = [
    [sunken({ description: '塌\u0000了' }), 'description'],
    [sunken({ description: '<b>塌了</b>' }), 'description'],
    [sunken({ description: '<script>alert(1)</script>' }), 'description'],
    [sunken({ address_string: '<img src=x>' }), 'address_string'],
    [sunken({ lat: 10, long: 100 }), '范围'],
    [sunken({ lat: inside(0, 0).lon, long: inside(0, 0).lat }), 'lat'],
    [sunken({ lat: 'abc' }), 'lat'],
    [sunken({ lat: 'NaN' }), 'lat'],
    [sunken({ phone: '打我电话' }), 'phone'],
    [sunken({ email: '不是邮箱' }), 'email'],
    [sunken({ media_url: 'javascript:alert(1)' }), 'media_url'],
    [{ service_code: 'road-sunken', address_id: '#NOTPINPOINTED#' }, '位置'],
    [{ ...sunken(), service_code: '' }, 'service_code'],
    [sunken({ jurisdiction_id: 'elsewhere' }), 'jurisdiction_id'],
  ];
  for (const [form, says] of tries) {
    const answer = await app.post('v2/requests', form);
    expect(refusedWith(answer, says === 'jurisdiction_id' ? 404 : 400), JSON.stringify(form)).toContain(says);
  }
  for (const { service_code } of [{ service_code: 'neighbour-leak' }, { service_code: '__proto__' }])
    refusedWith(await app.post('v2/requests', sunken({ service_code })), 404);
  refusedWith(await app.post('v2/requests', sunken({ 'attribute[__proto__]': 'x', lat: '' })), 400);
  const sent = await county.app.inject({
    method: 'POST',
    url: '/open311/v2/requests.json',
    payload: '--x\r\ncontent-disposition: form-data; name="api_key"\r\n\r\nx\r\n--x--',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  });
  expect([sent.statusCode, sent.json()[0].description]).toEqual([400, expect.stringContaining('urlencoded')]);
  expect(await count()).toBe(before);
  // A place that cannot be pinned down is no reason to refuse where a point is given.
  await post(sunken({ address_id: '#NOTPINPOINTED#' }));
});

test('并案以后两处都不再有副本；变成保密的，提交的那一刻就没有了；撤销并案又回来', async () => {
  const [into, copy, turned] = [await post(sunken()), await post(sunken()), await post(sunken())];
  for (const { number } of [into, copy, turned]) expect(await listed()).toContain(number);
  await step(he, copy.id, 'merge', { intoId: into.id });
  await settle();
  expect(await listed()).not.toContain(copy.number);
  refusedWith(await anyone.get(`v2/requests/${copy.number}`), 404);
  refusedWith(await app.get(`v2/requests/${copy.number}`), 404);
  await step(he, copy.id, 'unmerge', { words: '不是一处' });
  await settle();
  expect((await anyone.get(`v2/requests/${copy.number}`)).status).toBe(200);
  // Nothing has followed from it yet.
  await step(he, turned.id, 'register', { conditionCode: 'neighbour-leak-cause-disputed' });
  for (const client of [anyone, app]) refusedWith(await client.get(`v2/requests/${turned.number}`), 404);
  expect(await listed()).not.toContain(turned.number);
  await settle();
  expect(await listed()).not.toContain(turned.number);
  expect(await sql('select 1 from public_case where id = $1', [turned.id])).toEqual([]);
});

test('不予立案的，用接口报的看得到理由，别处报的不公开', async () => {
  const sent = await post(stall());
  const walked = await report(county.anyone, { typeCode: 'street-stall' });
  await settle();
  for (const { id } of [sent, walked])
    await step(he, id, 'decline', { outcome: 'not_found', publicText: '到场未见摊点' });
  await settle();
  expect((await anyone.get(`v2/requests/${sent.number}`)).body[0]).toMatchObject({
    status: 'closed',
    status_notes: '现场未发现：到场未见摊点',
  });
  refusedWith(await anyone.get(`v2/requests/${walked.number}`), 404);
  const news = (await anyone.get('v2/servicerequestupdates', { service_request_id: sent.number })).body;
  expect(news).toEqual([
    expect.objectContaining({ status: 'NO_FURTHER_ACTION', external_status_code: 'declined not_found' }),
  ]);
});

test('没有人看过的、不是部件的，位置只到百米；自己的密钥看得到自己写的', async () => {
  const { number, id } = await post(sunken({ description: '我写的', lat: 28.10312, long: 112.90241 }));
  const seen = async (client = anyone) => (await client.get(`v2/requests/${number}`)).body[0];
  expect(await seen()).toMatchObject({ lat: 28.103, long: 112.902, description: '路面塌陷' });
  expect(await seen(app)).toMatchObject({ lat: 28.10312, long: 112.90241, description: '我写的' });
  expect(await seen(other)).toEqual(await seen());
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await settle();
  expect(await seen()).toMatchObject({
    lat: 28.10312,
    long: 112.90241,
    description: expect.stringContaining('路面下沉'),
  });
  const matter = await post(stall({ lat: 28.10312, long: 112.90241 }));
  await step(he, matter.id, 'register', { conditionCode: 'street-stall-beside' });
  await settle();
  expect((await anyone.get(`v2/requests/${matter.number}`)).body[0]).toMatchObject({ lat: 28.103, long: 112.902 });
});

test('报事人要求忘记以后，密钥也看不到原话了', async () => {
  const { number, reportId } = await post(sunken({ description: '请忘记我' }));
  expect((await app.get(`v2/requests/${number}`)).text).toContain('请忘记我');
  const grantee = granteeOfCode(county.runtime.keys, trackingCodeOf(county.runtime.keys, 1, reportId));
  const command = { id: crypto.randomUUID(), name: 'forget', input: {} };
  await execute(county.runtime, asSystem(1, 'test'), command, { work: (ctx) => forgetReporter(ctx, grantee, 'asked') });
  const seen = await app.get(`v2/requests/${number}`);
  expect([seen.status, seen.body[0].description]).toEqual([200, '路面塌陷']);
});

test('进展扩展：用自己的密钥补充、要求返工，就像报事人自己说的；别人的密钥、重复的都不算', async () => {
  const { number, id } = await post(sunken());
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  const update = { service_request_id: number, update_id: 'u1', status: 'open', description: '又塌大了' };
  const [first, again] = [
    await app.post('v2/servicerequestupdates', update),
    await app.post('v2/servicerequestupdates', update),
  ];
  expect([first.status, first.body]).toEqual([200, [{ update_id: expect.stringMatching(/./) }]]);
  expect(again.body).toEqual(first.body);
  await settle();
  const story = async () =>
    (await he.get(`/api/casefiles/${id}`)).body.story.filter(
      (line: { kind: string }) => line.kind === 'casefile.replied',
    );
  expect(await story()).toEqual([expect.objectContaining({ words: '又塌大了' })]);
  refusedWith(await other.post('v2/servicerequestupdates', update), 404);
  refusedWith(await anyone.post('v2/servicerequestupdates', update), 403);
  refusedWith(await app.post('v2/servicerequestupdates', { ...update, description: '' }), 400);
  refusedWith(await app.post('v2/servicerequestupdates', { ...update, status: 'SLEEPING' }), 400);
  refusedWith(await app.post('v2/servicerequestupdates', { ...update, description: '塌'.repeat(2001) }), 400);
  expect(await story()).toHaveLength(1);
  // The words of the reporter are not among the public updates.
  expect(await listed()).not.toContain('又塌大了');
});

test('进展扩展：办结以后说 REOPEN，就是“没有解决”，开新的一轮', async () => {
  const { number, id } = await post(stall());
  await step(he, id, 'decline', { outcome: 'not_found', publicText: '没看见' });
  await settle();
  // What was declined is not closed: it stays a word to the desk.
  const update = { service_request_id: number, status: 'REOPEN', description: '还在' };
  expect((await app.post('v2/servicerequestupdates', update)).status).toBe(200);
  expect((await he.get(`/api/casefiles/${id}`)).body.status).toBe('declined');
  const [chen, cao, wang] = [await as('陈敏'), await as('曹路'), await as('王秀兰')];
  const done = await post(sunken());
  await step(he, done.id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, done.id, 'dispatch', { bodyId: body('works') });
  await step(cao, done.id, 'acknowledge');
  await addPhoto(cao, done.id, 'after');
  await step(cao, done.id, 'feed-back', { words: '填好了' });
  await step(wang, done.id, 'verify');
  await step(he, done.id, 'close', { outcome: 'resolved', publicText: '已回填' });
  clock.advance(MINUTE);
  expect((await app.post('v2/servicerequestupdates', { ...update, service_request_id: done.number })).status).toBe(200);
  await settle();
  expect((await anyone.get(`v2/requests/${done.number}`)).body[0]).toMatchObject({ status: 'open' });
  const news = (await anyone.get('v2/servicerequestupdates', { service_request_id: done.number })).body;
  expect(news.at(-1)).toMatchObject({ status: 'REOPEN' });
});

test('改变公开情况的每一步都在名单里，名单里没有别的', () => {
  const entries = new Set(Object.values(casefileTable.rows).map(({ entry }) => entry));
  expect(publicSteps.filter((step) => !entries.has(step))).toEqual([]);
  const moving = Object.values(casefileTable.rows)
    .filter(({ to }) => to !== 'same')
    .map(({ entry }) => entry);
  // Nobody outside need hear that a result waits to be checked, or how a resident answered. What was imported is not
  // public until somebody here acts on it, and from then on follows no file any more.
  const inside = [
    ...['casefile.fed_back', 'casefile.verified', 'casefile.answered', 'casefile.lapsed'],
    ...['casefile.import_settled', 'casefile.import_withdrawn'],
  ];
  expect(moving.filter((entry) => !(publicSteps as readonly string[]).includes(entry)).sort()).toEqual(inside.sort());
});

test('别的网页借不到登录：浏览器里的登录在这里不算', async () => {
  const cookie = { cookie: 'jingwei=1.whatever' };
  const read = await county.app.inject({ url: '/open311/v2/services.json', headers: cookie });
  expect(read.statusCode).toBe(200);
  const form = new URLSearchParams({ service_code: 'road-sunken', lat: String(point.lat), long: String(point.long) });
  const written = await county.app.inject({
    method: 'POST',
    url: '/open311/v2/requests.json',
    payload: form.toString(),
    headers: { ...cookie, 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
  });
  expect(written.statusCode).toBe(403);
});
