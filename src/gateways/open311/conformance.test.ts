import { expect, test } from 'vitest';
import { inside } from '../../../seeds/small/plan.ts';
import { openCounty } from '../../../test/harness.ts';
import { addPhoto, body, DAY, report, step } from '../../../test/telling.ts';
import {
  type Answered,
  asTexts,
  clientOf,
  type Form,
  keyFor,
  point,
  refusedWith,
  stall,
  sunken,
} from './fixtures/client.ts';

/* What a strict reader of GeoReport v2 may rely on: twenty-two assertions, each by its number. */
const county = await openCounty();
const app = clientOf(county, await keyFor(county));
const anyone = clientOf(county);
const { as, clock, settle } = county;
const text = async (path: string, query?: Form) => (await anyone.get(path, query)).text;
const post = async (form: Form): Promise<string> => {
  const made = await app.post('v2/requests', form);
  expect(made.status, made.text).toBe(200);
  return made.body[0].service_request_id ?? made.body[0].token;
};
const one = async (id: string, client = anyone) => (await client.get(`v2/requests/${id}`)).body[0];
const casefileOf = async (number: string) =>
  (await county.sql<{ id: string }>('select id from casefile where number = $1', [number]))[0]?.id ?? '';

test('1 发现文件有两种格式，内容一样', async () => {
  const [json, xml] = [await anyone.get('discovery'), await anyone.get('discovery', {}, 'xml')];
  expect([json.status, xml.status]).toEqual([200, 200]);
  expect(asTexts(json.body)).toEqual(xml.body);
  expect(json.body.endpoints).toEqual([
    expect.objectContaining({
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url: 'http://localhost:3000/open311/v2',
      type: 'production',
      formats: ['text/xml', 'application/json'],
    }),
  ]);
  for (const field of ['changeset', 'contact', 'key_service']) expect(json.body[field]).toMatch(/./);
});

test('2 服务列表、定义、案件、进展、错误：XML 和 JSON 是同一份数据', async () => {
  const id = await post(sunken({ description: '“引号” & <3 ]]> 塌了' }));
  const token = await post(stall());
  await settle();
  const paths = ['v2/services', 'v2/services/bridge', 'v2/requests', `v2/requests/${id}`, `v2/tokens/${token}`];
  for (const path of [...paths, 'v2/servicerequestupdates', 'v2/requests/none', 'v2/services/none', 'v2/nowhere']) {
    const [json, xml] = [await app.get(path), await app.get(path, {}, 'xml')];
    expect(xml.status, path).toBe(json.status);
    expect(xml.body, path).toEqual(asTexts(json.body));
    expect([json.type, xml.type]).toEqual(['application/json; charset=utf-8', 'text/xml; charset=utf-8']);
    expect(xml.text).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>/);
  }
  const roots = { services: 'services', requests: 'service_requests', 'requests/x': 'errors' };
  for (const [path, root] of Object.entries(roots))
    expect((await anyone.get(`v2/${path}`, {}, 'xml')).text).toContain(`<${root}>`);
});

test('3 metadata 为真，当且仅当定义里有 attribute', async () => {
  const rows = {
    ...{ kind: 'matter', major: 'street-order', typeCode: 'one-condition', typeName: '只有一种情形' },
    ...{
      answersTo: 'sanitation',
      conditionCode: 'only-one',
      when: '有人看见',
      limit: '4工作时',
      done: '好了',
      source: '测试',
    },
  };
  const published = await (await as('管理员')).post('/api/standard', { title: '测试', source: '测试', rows: [rows] });
  expect(published.status, JSON.stringify(published.body)).toBe(200);
  const { body: services } = await anyone.get('v2/services');
  expect(services.length).toBeGreaterThan(150);
  const seen = new Set<boolean>();
  for (const { service_code, metadata } of services) {
    const { attributes } = (await anyone.get(`v2/services/${service_code}`)).body;
    expect([service_code, metadata]).toEqual([service_code, attributes.length > 0]);
    seen.add(metadata);
  }
  expect([...seen].sort()).toEqual([false, true]);
});

test('4 attribute 的 order 是不重复的正数；5 列表类的 attribute 都有值', async () => {
  for (const { service_code } of (await anyone.get('v2/services')).body) {
    const { attributes } = (await anyone.get(`v2/services/${service_code}`)).body;
    const orders = attributes.map(({ order }: { order: number }) => order);
    expect(new Set(orders).size).toBe(orders.length);
    for (const { order, datatype, values } of attributes) {
      expect(order).toBeGreaterThan(0);
      if (datatype.endsWith('valuelist')) expect(values.length).toBeGreaterThan(1);
      for (const value of values)
        expect(value).toEqual({ key: expect.stringMatching(/./), name: expect.stringMatching(/./) });
    }
  }
});

test('6 没有密钥、密钥不对、密钥没有这项权：403', async () => {
  const tries = ['', 'jwk_1.wrong', 'nonsense', await keyFor(county, ['report'])];
  for (const key of tries) refusedWith(await clientOf(county, key).post('v2/requests', sunken()), 403);
  refusedWith(await anyone.post('v2/requests', {}), 403);
  refusedWith(await anyone.post('v2/requests', sunken(), 'xml'), 403);
});

test('7 没有的服务 404，没写服务 400', async () => {
  refusedWith(await app.post('v2/requests', sunken({ service_code: 'no-such' })), 404);
  expect(refusedWith(await app.post('v2/requests', { ...point, description: '没说是什么' }), 400)).toContain(
    'service_code',
  );
  refusedWith(await anyone.get('v2/services/no-such'), 404);
  refusedWith(await anyone.get('v2/services', { jurisdiction_id: 'elsewhere.gov' }), 404);
  expect((await anyone.get('v2/services', { jurisdiction_id: '439901' })).status).toBe(200);
});

test('8 没有位置 400，有纬度没有经度 400', async () => {
  const { lat, long } = point;
  expect(refusedWith(await app.post('v2/requests', { service_code: 'road-sunken' }), 400)).toContain('位置');
  refusedWith(await app.post('v2/requests', { service_code: 'road-sunken', lat }), 400);
  refusedWith(await app.post('v2/requests', { service_code: 'road-sunken', long }), 400);
  refusedWith(
    await app.post('v2/requests', { service_code: 'road-sunken', lat: '', long: '', address_string: '' }),
    400,
  );
  for (const place of [{ address_string: '二运巷口' }, { address_id: '439901001001001' }])
    await post({ service_code: 'road-sunken', description: '有地方', ...place });
});

test('9 缺必填的 attribute 400，不在列表里的值 400，可不填的空着也收', async () => {
  const bridge = (more: Form) => ({ ...sunken(more), service_code: 'bridge' });
  expect(refusedWith(await app.post('v2/requests', bridge({})), 400)).toContain('attribute[condition]');
  refusedWith(await app.post('v2/requests', bridge({ 'attribute[condition]': '' })), 400);
  refusedWith(await app.post('v2/requests', bridge({ 'attribute[condition]': 'no-such' })), 400);
  await post(bridge({ 'attribute[condition]': 'bridge-rail' }));
  await post(bridge({ 'attribute[condition]': 'unsure' }));
  refusedWith(await app.post('v2/requests', sunken({ 'attribute[condition]': 'no-such' })), 400);
  await post(sunken({ 'attribute[condition]': '' }));
  await post(sunken({ 'attribute[condition][]': [''] }));
});

test('10 attribute 写成 [] 也读得出；只许一个值的给两个，400', async () => {
  await post(sunken({ 'attribute[condition][]': ['road-sunken-passable'] }));
  const two = { 'attribute[condition][]': ['road-sunken-passable', 'road-sunken-cut-off'] };
  expect(refusedWith(await app.post('v2/requests', sunken(two)), 400)).toContain('attribute[condition]');
});

test('11 中文原样来回，带引号、尖括号、表情也一样', async () => {
  const said = '二运巷口“大坑” <3 & 𠮷 🕳️ 塌了';
  const id = await post(sunken({ description: said, address_string: '二运巷 3 号门口' }));
  expect(await one(id, app)).toMatchObject({ description: said, address: '二运巷 3 号门口', service_name: '路面塌陷' });
  const xml = await app.get(`v2/requests/${id}`, {}, 'xml');
  expect(xml.body[0]).toMatchObject({ description: said });
  // What XML cannot hold is replaced in both.
  const odd = await post(sunken({ description: 'a\u0001b' }));
  for (const format of ['json', 'xml'] as const)
    expect((await app.get(`v2/requests/${odd}`, {}, format)).body[0].description).toBe('a\ufffdb');
});

test('12 四千个字收，四千零一个字 400', async () => {
  const id = await post(sunken({ description: '塌'.repeat(4000) }));
  expect((await one(id, app)).description).toHaveLength(4000);
  expect(refusedWith(await app.post('v2/requests', sunken({ description: '塌'.repeat(4001) })), 400)).toContain(
    'description',
  );
});

test('13 写了编号，别的条件都不算；14 逗号列表', async () => {
  const [a, b] = [await post(sunken()), await post(sunken())];
  const c = await post({ ...sunken(), service_code: 'street-lamp' });
  const ids = async (query: Form) =>
    (await anyone.get('v2/requests', query)).body.map((it: { service_request_id: string }) => it.service_request_id);
  const others = {
    status: 'closed',
    service_code: 'bridge',
    start_date: '2001-01-01T00:00:00Z',
    end_date: '2001-01-02T00:00:00Z',
  };
  expect((await ids({ service_request_id: `${a},${b}`, ...others })).sort()).toEqual([a, b].sort());
  expect(await ids(others)).toEqual([]);
  const both = await ids({ service_code: 'road-sunken,street-lamp', status: 'open,closed' });
  expect(both).toEqual(expect.arrayContaining([a, b, c]));
  expect(await ids({ service_code: 'street-lamp' })).toEqual([c]);
  expect(await ids({ service_code: 'road-sunken', page: 2, page_size: 1 })).toHaveLength(1);
  refusedWith(await anyone.get('v2/requests', { status: 'sleeping' }), 400);
});

test('15 范围超过 90 天 400；16 不写范围就是最近 90 天', async () => {
  const id = await post(sunken());
  const iso = (days: number) => new Date(clock.now().getTime() + days * DAY).toISOString();
  refusedWith(await anyone.get('v2/requests', { start_date: iso(-91), end_date: iso(0) }), 400);
  refusedWith(await anyone.get('v2/requests', { start_date: iso(0), end_date: iso(-1) }), 400);
  for (const day of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-12:00'])
    for (const name of ['start_date', 'end_date'])
      expect((await anyone.get('v2/requests', { [name]: day })).status).toBeLessThan(500);
  refusedWith(await anyone.get('v2/requests', { start_date: '上周' }), 400);
  refusedWith(await anyone.get('v2/requests', { start_date: '2026-03-01T00:00:00' }), 400);
  expect((await anyone.get('v2/requests', { start_date: iso(-90), end_date: iso(0) })).text).toContain(id);
  expect(await text('v2/requests')).toContain(id);
  clock.advance(89 * DAY);
  expect(await text('v2/requests')).toContain(id);
  clock.advance(2 * DAY);
  expect(await text('v2/requests')).not.toContain(id);
  expect(await text('v2/requests', { end_date: iso(-80) })).toContain(id);
  expect(await text('v2/requests', { start_date: iso(-92) })).toContain(id);
});

test('17 时间总带时区；18 办结以后，更新时间就是办结时间', async () => {
  const number = await post(sunken());
  const id = await casefileOf(number);
  await settle();
  const [he, chen, cao, wang] = [await as('何静'), await as('陈敏'), await as('曹路'), await as('王秀兰')];
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, id, 'dispatch', { bodyId: body('works') });
  await settle();
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;
  const open = await one(number);
  expect(open).toMatchObject({ status: 'open', agency_responsible: '安澜县市政养护中心', status_notes: null });
  for (const field of ['requested', 'updated', 'expected']) expect(open[`${field}_datetime`]).toMatch(zoned);
  await step(cao, id, 'acknowledge');
  await addPhoto(cao, id, 'after');
  await step(cao, id, 'feed-back', { words: '填好了' });
  await step(wang, id, 'verify');
  clock.advance(3_600_000);
  const closedAt = clock.now();
  await step(he, id, 'close', { outcome: 'resolved', publicText: '已回填压实' });
  await settle();
  clock.advance(DAY);
  await step(he, id, 'answer', { answer: 'satisfied', words: '电话里说好了' });
  await settle();
  const closed = await one(number);
  expect(closed).toMatchObject({ status: 'closed', status_notes: '已解决：已回填压实', expected_datetime: null });
  expect(new Date(closed.updated_datetime).getTime()).toBe(Math.floor(closedAt.getTime() / 1000) * 1000);
  expect(closed.updated_datetime).toMatch(zoned);
  const { body: news } = await anyone.get('v2/servicerequestupdates', { service_request_id: number });
  expect(news.map(({ status }: { status: string }) => status)).toEqual([
    ...['INVESTIGATING', 'ACTION_SCHEDULED', 'IN_PROGRESS', 'FIXED'],
  ]);
  expect(news.at(-1)).toMatchObject({ service_request_id: number, description: '已解决：已回填压实' });
  for (const { updated_datetime } of news) expect(updated_datetime).toMatch(zoned);
});

test('19 不公开的案件，列表和单件里都没有；20 任何 GET 里都没有报事人', async () => {
  const contact = { name: '暗语名字', phone: '17012345678' };
  const said = { words: '暗语原话', place: { ...inside(0, 0), words: '暗语地点' }, contact };
  const unfiled = await report(county.anyone, { ...said, typeCode: 'road-sunken' });
  const secret = await report(county.anyone, { ...said, typeCode: 'neighbour-leak' });
  const filed = await report(county.anyone, said);
  await settle();
  await step(await as('何静'), filed.id, 'register', { conditionCode: 'road-sunken-passable' });
  const mine = { first_name: '小明', last_name: '暗语', phone: '17012345679', email: 'canary@example.org' };
  const sent = await post(sunken({ ...mine, description: '暗语程序', address_string: '暗语门牌' }));
  await settle();
  for (const { number } of [unfiled, secret]) refusedWith(await anyone.get(`v2/requests/${number}`), 404);
  const all = [
    await text('v2/requests'),
    await text('v2/servicerequestupdates'),
    await text(`v2/requests/${filed.number}`),
  ];
  const whole = [...all, await text(`v2/requests/${sent}`)].join('\n');
  expect(whole).toContain(filed.number);
  for (const { number } of [unfiled, secret]) expect(whole).not.toContain(number);
  expect(whole).not.toMatch(/暗语|小明|1701234567|canary|example\.org/);
  expect(await one(filed.number)).toMatchObject({
    description: expect.stringContaining('路面塌陷'),
    address: '安澜县城东街道二运社区二运第一网格',
  });
  const own = (await app.get(`v2/requests/${sent}`)).text;
  expect(own).toContain('暗语程序');
  expect(own).not.toMatch(/小明|1701234567|canary/);
});

test('21 同一件再发一次：400，说明是哪一件，没有记第二件', async () => {
  const count = async () => (await county.sql<{ n: string }>('select count(*) as n from casefile'))[0]?.n;
  const form = sunken();
  const id = await post(form);
  const before = await count();
  const again = await Promise.all([app.post('v2/requests', form), app.post('v2/requests', form, 'xml')]);
  for (const answer of again) expect(refusedWith(answer, 400)).toContain(id);
  clock.advance(9 * 60_000);
  expect(refusedWith(await app.post('v2/requests', form), 400)).toContain(id);
  expect(await count()).toBe(before);
  // Another key, other words, or a good while later: another request.
  const another = clientOf(county, await keyFor(county));
  expect((await another.post('v2/requests', form)).status).toBe(200);
  await post({ ...form, description: `${form.description}，又大了` });
  clock.advance(60 * 60_000);
  expect(await post(form)).not.toBe(id);
});

test('21 同时发两次，只记一件', async () => {
  const form = sunken();
  const answers: Answered[] = await Promise.all([1, 2, 3].map(() => app.post('v2/requests', form)));
  const taken = answers.filter(({ status }) => status === 200);
  expect(taken).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(2);
});

test('22 别的网站的页面读得到：每个回答都有跨源的头，出错的也有', async () => {
  const answers = [
    await anyone.get('discovery'),
    await anyone.get('v2/requests', {}, 'xml'),
    await anyone.get('v2/requests/none'),
    await anyone.get('v2/nowhere'),
    await anyone.post('v2/requests', sunken()),
    await app.post('v2/requests', sunken()),
  ];
  for (const { headers } of answers) expect(headers['access-control-allow-origin']).toBe('*');
  for (const { headers } of answers) expect(headers['access-control-allow-credentials']).toBeUndefined();
});
