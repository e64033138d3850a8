import { createHash, randomUUID } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { beforeAll, expect, it } from 'vitest';
import { idOf } from '../../../seeds/small/plan.ts';
import { openCounty } from '../../../test/harness.ts';
import { invented, rowOf, titles } from '../../domains/land/registry/fixtures/people.ts';
import { questionsIn } from '../../domains/land/registry/forms/form_lines.model.ts';
import { residents } from '../../domains/land/registry/ledger.model.ts';

/**
 * What a client of OpenRosa does, step by step over HTTP with no more than the address it was given (field-data §3.1):
 * list, form, manifest, file, HEAD, POST, the same again, another content, a correction, a stale one, twenty at once.
 */
const county = await openCounty();
const { app, as, clock, settle, sql } = county;
const [head, wang, wu] = [await as('孙丽'), await as('王秀兰'), await as('吴芳')];
const station = idOf(1, 'area', 'station');
const lines = ['联系电话*', '有没有人照看', '→ 谁来照看（子女、邻居）', '健康状况（良好、一般、有慢性病）'].join('\n');
const everybody = Array.from({ length: 40 }, (_, i) =>
  rowOf(invented(i, i % 8 < 4 ? '二运第一网格' : '二运第二网格'), i),
);
let [campaign, key, address] = ['', '', ''];

beforeAll(async () => {
  const bytes = Buffer.from([titles, ...everybody].map((row) => row.join(',')).join('\n'));
  const form = { commandId: randomUUID(), areaId: station, toldOn: '2026-01-15' };
  const { body } = await head.upload('/api/ledger-batches', form, [{ name: '居民.csv', bytes }]);
  await settle();
  await head.post(`/api/ledger-batches/${body.batchId}/take`);
  await settle();
  const dueOn = new Date(clock.now().getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
  const opened = await head.post('/api/campaigns', {
    ...{ title: '冬季探访“老人”', purpose: '安排上门', areaId: station, choice: [], rounds: 2, dueOn },
    questions: questionsIn(lines, residents),
  });
  campaign = opened.body.campaignId;
  await settle();
  const made = await wang.post('/api/collect-keys');
  expect(made.status).toBe(200);
  ({ keyId: key, address } = made.body);
  address = new URL(address).pathname;
});

const version = { 'x-openrosa-version': '1.0' };
const get = (path: string, headers: Record<string, string> = version) =>
  app.inject({ url: path.startsWith('http') ? new URL(path).pathname : `${address}${path}`, headers });
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false });
const md5 = (bytes: Buffer): string => `md5:${createHash('md5').update(bytes).digest('hex')}`;

const listed = async () => [parser.parse((await get('/formList')).body).xforms.xform ?? []].flat();
const rowsOf = (csv: string) =>
  csv
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(',')[0] ?? '');

interface Filled {
  readonly person: string;
  readonly name?: string;
  readonly form?: string;
  readonly version?: string;
  readonly corrects?: string;
  readonly answers?: string;
  readonly result?: string;
}
const filled = ({ person, name = `uuid:${randomUUID()}`, result = 'done', ...given }: Filled): string =>
  `<?xml version='1.0' ?><data xmlns:jr="http://openrosa.org/javarosa" id="${given.form ?? campaign}" version="${given.version ?? '1-1'}"><person>${person}</person><result>${result}</result><answers>${given.answers ?? '<q1/><q2>yes</q2><q3>子女</q3><q4>一般</q4>'}</answers><meta><instanceID>${name}</instanceID>${given.corrects ? `<deprecatedID>${given.corrects}</deprecatedID>` : ''}</meta></data>`;

async function send(xml: string, files: Readonly<Record<string, string>> = {}, to = address) {
  const form = new FormData();
  form.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), '冬季探访.xml');
  for (const [name, text] of Object.entries(files)) form.append(name, new Blob([text]), name);
  const request = new Request('http://x', { method: 'POST', body: form });
  const headers = { ...version, 'content-type': request.headers.get('content-type') ?? '' };
  const payload = Buffer.from(await request.arrayBuffer());
  const {
    statusCode,
    body,
    headers: told,
  } = await app.inject({
    ...{ method: 'POST' as const, url: `${to}/submission?deviceID=a`, headers, payload },
  });
  return { status: statusCode, body, told };
}
const visits = async (target: string) => (await sql('select 1 from visit where target_id = $1', [target])).length;
let people: string[] = [];

it('清单、表、名单文件：和写的摘要一样；没有版本的请求不收；名单取走一次记一次', async () => {
  const [one, ...more] = await listed();
  expect(more).toEqual([]);
  expect(one).toMatchObject({ formID: campaign, name: '冬季探访“老人”', version: '1-1' });
  expect((await get('/formList', {})).statusCode).toBe(400);
  const form = await get(one.downloadUrl);
  expect(form.statusCode).toBe(200);
  expect(form.headers).toMatchObject({ 'x-openrosa-version': '1.0', 'content-type': 'text/xml; charset=utf-8' });
  expect(md5(form.rawPayload)).toBe(one.hash);
  const data = parser.parse(form.body)['h:html']['h:head'].model.instance[0].data;
  expect([data['@id'], data['@version']]).toEqual([campaign, '1-1']);
  const { mediaFile } = parser.parse((await get(one.manifestUrl)).body).manifest;
  expect(mediaFile.filename).toBe('people.csv');
  const taken = () => sql(`select 1 from entry where kind = 'campaign.people_taken'`);
  expect(await taken()).toHaveLength(0);
  const csv = await get(mediaFile.downloadUrl);
  expect(md5(csv.rawPayload)).toBe(mediaFile.hash);
  expect(await taken()).toHaveLength(1);
  people = rowsOf(csv.body);
  expect(people).toHaveLength(everybody.filter((row) => row.includes('二运第一网格')).length);
  // What is known is not told, only that it is.
  expect(csv.body.split('\r\n')[0]).toBe('name,label,known_q1,known_q4');
  expect(csv.body).not.toMatch(/1[3-9]\d{9}/);
});

it('HEAD 是 204；交一份成为走访，听到的进台账；同样的再交还是一次，别的内容不收', async () => {
  const ready = await app.inject({ method: 'HEAD', url: `${address}/submission`, headers: version });
  expect([ready.statusCode, ready.headers['x-openrosa-version']]).toEqual([204, '1.0']);
  expect(Number(ready.headers['x-openrosa-accept-content-length'])).toBeGreaterThan(0);
  const [person = ''] = people;
  const name = `uuid:${randomUUID()}`;
  const first = await send(filled({ person, name }));
  expect(first).toMatchObject({ status: 201, body: expect.stringContaining('submit_success') });
  expect((await send(filled({ person, name }))).status).toBe(201);
  expect(await visits(person)).toBe(1);
  const changed = await send(filled({ person, name, answers: '<q2>no</q2>' }));
  expect(changed).toMatchObject({ status: 409, body: expect.stringContaining('nature="error"') });
  expect(await visits(person)).toBe(1);
  const target = (await wang.get(`/api/campaign-targets/${person}`)).body;
  expect(target).toMatchObject({ result: 'done', known: { q4: { value: '一般', isStale: false } } });
});

it('更正：上一份可以，更早的不行，别人的不行', async () => {
  const [, person = '', other = ''] = people;
  const [one, two, three] = [`uuid:${randomUUID()}`, `uuid:${randomUUID()}`, `uuid:${randomUUID()}`];
  expect((await send(filled({ person, name: one }))).status).toBe(201);
  const edit = filled({ person, name: two, corrects: one, answers: '<q2>no</q2><q4>良好</q4>' });
  expect((await send(edit)).status).toBe(201);
  expect((await send(edit)).status).toBe(201);
  expect((await send(filled({ person, name: three, corrects: one }))).status).toBe(409);
  expect((await send(filled({ person: other, name: three, corrects: two }))).status).toBe(409);
  expect((await send(filled({ person, name: three, corrects: 'uuid:none' }))).status).toBe(409);
  expect(await visits(person)).toBe(2);
  const rows = await sql('select corrects is null as first from openrosa_submission where target_id = $1', [person]);
  expect(rows).toEqual(expect.arrayContaining([{ first: true }, { first: false }]));
  expect((await wang.get(`/api/campaign-targets/${person}`)).body.known.q4.value).toBe('良好');
});

it('同样的二十份一起交：都收到，只有一次走访', async () => {
  const [, , person = ''] = people;
  const xml = filled({ person });
  const all = await Promise.all(Array.from({ length: 20 }, () => send(xml)));
  expect(all.map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(await visits(person)).toBe(1);
  expect(await sql('select 1 from openrosa_submission where target_id = $1', [person])).toHaveLength(1);
}, 60_000);

it('不收的都说清楚：没有的表、没有的版本、不在名单、答得不对、多的项、附件、加密、读不了', async () => {
  const [, , , person = ''] = people;
  const cases: [string, number, string][] = [
    [filled({ person, form: '冬季-探访 表' }), 404, '没有这张表'],
    [filled({ person, version: '1-2' }), 404, '没有“1-2”这一版'],
    [filled({ person: randomUUID() }), 404, '这一个不在名单里'],
    [filled({ person: '' }), 400, '走访的人或结果不在名单里'],
    [filled({ person, result: 'gone' }), 400, '走访的人或结果不在名单里'],
    [filled({ person, answers: '<q4>很好</q4>' }), 422, '健康状况：不在可选的里面'],
    [filled({ person, answers: '<q9>1</q9>' }), 400, '表里没有“q9”'],
    [filled({ person }).replace('<data ', '<data encrypted="yes" '), 400, '不收加密的表'],
    ['<data', 400, '读不了'],
    [`<!DOCTYPE a [<!ENTITY b "c">]>${filled({ person })}`, 400, '读不了'],
  ];
  for (const [xml, status, says] of cases)
    expect(await send(xml), says).toMatchObject({ status, body: expect.stringContaining(says) });
  expect(await send(filled({ person }), { '照片.jpg': 'x' })).toMatchObject({
    ...{ status: 400, body: expect.stringContaining('收不了照片') },
  });
  expect(await visits(person)).toBe(0);
});

it('别的网格的人：清单里有同一次走访，名单是自己的，交不了别人名单上的', async () => {
  const made = await wu.post('/api/collect-keys');
  const theirs = new URL(made.body.address).pathname;
  const csv = await app.inject({ url: `${theirs}/campaigns/${campaign}/people.csv`, headers: version });
  expect(rowsOf(csv.body).some((id) => people.includes(id))).toBe(false);
  expect((await send(filled({ person: people[5] ?? '' }), {}, theirs)).status).toBe(404);
});

it('密钥：只显示一次、只开这几个门、只给走访的人；停用以后不再收', async () => {
  const command = randomUUID();
  const made = await wang.post('/api/collect-keys', {}, command);
  const again = await wang.post('/api/collect-keys', {}, command);
  expect([made.status, again.status, again.body.code]).toEqual([200, 409, 'openrosa.key_shown']);
  expect((await head.post('/api/collect-keys')).status).toBe(403);
  const settings = JSON.parse(inflateSync(Buffer.from(made.body.settings, 'base64')).toString());
  expect(settings.general.server_url).toBe(made.body.address);
  const token = made.body.address.split('/key/')[1];
  expect(await sql(`select 1 from command where answer::text like '%' || $1 || '%'`, [token])).toEqual([]);
  for (const path of ['/api/me', '/api/campaigns', '/console/campaigns', '/api/live'])
    expect((await app.inject({ url: path, headers: { authorization: `Bearer ${token}` } })).statusCode, path).toBe(403);
  expect((await app.inject({ url: '/openrosa/key/1.x/formList', headers: version })).statusCode).toBe(401);
  expect((await wang.del(`/api/sessions/${key}`)).status).toBe(200);
  expect((await get('/formList')).statusCode).toBe(401);
  const ended = await send(filled({ person: people[4] ?? '' }));
  expect(ended).toMatchObject({ status: 401, body: expect.stringContaining('手机里的答卷都还在') });
});

it('走访结束：清单里没有了，结束以后走的不收', async () => {
  const { body } = await wang.post('/api/collect-keys');
  address = new URL(body.address).pathname;
  expect(await listed()).toHaveLength(1);
  await head.post(`/api/campaigns/${campaign}/close`);
  clock.advance(60_000);
  expect(await listed()).toEqual([]);
  expect(await send(filled({ person: people[4] ?? '' }))).toMatchObject({
    ...{ status: 409, body: expect.stringContaining('已经结束') },
  });
});
