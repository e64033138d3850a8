import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { look, report, step } from '../../test/telling.ts';

/** What clerks type into the bare console, and what they read when it is not right. */
const county = await openCounty();
const { app, as, anyone, settle, sql } = county;
const cookie = `jingwei=${await tokenOf(county, 'hejing')}`;

async function post(path: string, fields: Record<string, string>) {
  const payload = new URLSearchParams({ commandId: randomUUID(), ...fields }).toString();
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  return app.inject({ method: 'POST', url: `/console/cases/${path}`, payload, headers });
}
const textOf = (body: string): string => body.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

describe('并案', () => {
  const mergedInto = async (id: string) =>
    (await sql<{ into: string }>('select merged_into as into from casefile where id = $1', [id]))[0]?.into;

  it.each([
    ['编号', (main: { number: string }) => main.number],
    ['前后有空格、全角的编号', ({ number }: { number: string }) => ` ${number.replace('-', '－')} `],
    ['链接', ({ id }: { id: string }) => `http://localhost:3000/console/cases/${id}?done=register`],
    ['链接里的 id', ({ id }: { id: string }) => id],
  ] as const)('填%s都行', async (_what, typed) => {
    const [copy, main] = [await report(anyone), await report(anyone)];
    const done = await post(`${copy.id}/merge`, { intoId: typed(main as never) });
    expect(done.statusCode, textOf(done.body)).toBe(303);
    expect(await mergedInto(copy.id)).toBe(main.id);
  });

  it('没有这个编号：说哪个编号、去哪里找，没有改动', async () => {
    const { id } = await report(anyone);
    const refused = await post(`${id}/merge`, { intoId: '20000101-999999' });
    expect(refused.statusCode).toBe(422);
    expect(textOf(refused.body)).toContain('没有编号是“20000101-999999”的案卷');
    expect(await mergedInto(id)).toBeNull();
  });

  it('按编号只找得到自己能看的', async () => {
    const { number } = await report(anyone);
    const found = async (name: string) => (await (await as(name)).get(`/api/casefiles?number=${number}`)).body;
    expect(await found('何静')).toMatchObject([{ number }]);
    expect(await found('田青')).toEqual([]);
  });
});

describe('公开报事人的话', () => {
  const released = (body: string): [string, string] => {
    const form = /<form[^>]*\/disclose".*?<\/form>/s.exec(body)?.[0] ?? '';
    return [textOf(form), /<textarea[^>]*name="releasedWords"[^>]*>(.*?)<\/textarea>/s.exec(form)?.[1] ?? '没有'];
  };
  it('旁边写着本案报事人的原话，不是先并进来那件的；框里是上次公开的，没有就空着', async () => {
    const copy = await report(anyone, { words: '并进来的那件说的话' });
    const main = await report(anyone, { words: '本案的人说的话' });
    const him = await as('何静');
    await step(him, main.id, 'register', { conditionCode: 'road-sunken-passable' });
    await step(him, copy.id, 'merge', { intoId: main.id });
    const page = async () => (await app.inject({ url: `/console/cases/${main.id}`, headers: { cookie } })).body;
    const [beside, typed] = released(await page());
    expect(beside).toContain('报事人的原话：本案的人说的话');
    expect(beside).not.toContain('并进来');
    expect(typed).toBe('');
    await step(him, main.id, 'disclose', { releasedWords: '路面塌了一块' });
    expect(released(await page())[1]).toBe('路面塌了一块');
  });
});

describe('立案', () => {
  const registered = { conditionCode: 'road-sunken-cut-off' };
  const isUrgent = async (id: string) =>
    (await sql<{ urgent: boolean }>('select urgent from casefile where id = $1', [id]))[0]?.urgent;

  it('紧急有三种选法：不改、紧急、不紧急', async () => {
    const { id } = await report(anyone);
    const page = await app.inject({ url: `/console/cases/${id}`, headers: { cookie } });
    const select = /<select id="register-urgent".*?<\/select>/.exec(page.body)?.[0] ?? '';
    expect([...select.matchAll(/value="(.*?)"[^>]*>(.*?)</g)].map(([, value, words]) => [value, words])).toEqual([
      ['', '不改（按立案条件）'],
      ['true', '紧急'],
      ['false', '不紧急'],
    ]);
  });

  it.each([
    ['误报的紧急可以去掉', 'road-sunken-cut-off', 'false', false],
    ['不选就按立案条件', 'road-sunken-cut-off', '', true],
    ['也可以改成紧急', 'road-sunken-passable', 'true', true],
  ])('%s', async (_what, conditionCode, urgent, after) => {
    const { id } = await report(anyone, { urgent: true });
    expect((await post(`${id}/register`, { conditionCode, urgent })).statusCode).toBe(303);
    expect(await isUrgent(id)).toBe(after);
  });

  it('填错的地方用页面上的名字说，不说程序里的名字', async () => {
    const { id } = await report(anyone);
    const empty = await post(`${id}/decline`, { outcome: 'solved' });
    expect(empty.statusCode).toBe(422);
    const told = textOf(/<ul>.*?<\/ul>/s.exec(empty.body)?.[0] ?? '');
    expect(told).toContain('结果 请从这些里选：未发现、');
    expect(told).toContain('给报事人和公众看的话 没有填写');
    expect(told).not.toMatch(/outcome|publicText|not_found/);
  });

  it('地址里同一样写了两遍：说哪里不对，不说程序出错', async () => {
    for (const url of ['/console/cases?status=reported&status=closed', '/console/cases?words=a&words=b']) {
      const reply = await app.inject({ url, headers: { cookie } });
      expect(reply.statusCode, url).toBe(422);
      expect(reply.body, url).toContain('填写不对');
    }
  });

  it('没有这一步的地址：说没有这个地址，不说程序出错', async () => {
    const { id } = await report(anyone);
    for (const command of ['no-such', 'lapse', 'list', 'report', 'constructor']) {
      const reply = await post(`${id}/${command}`, registered);
      expect(reply.statusCode, command).toBe(404);
      expect(reply.body, command).toContain('没有这个地址');
    }
  });
});

it('告诉报事人的期限带日子和星期，不说“今天”', async () => {
  const { id, code } = await report(anyone);
  await step(await as('何静'), id, 'register', { conditionCode: 'road-sunken-cut-off' });
  await settle();
  const { messages } = (await anyone.get(`/api/track/${code}`)).body;
  const received = messages[0].text;
  expect(received.zh).toMatch(/会在 \d\d-\d\d\(周[一二三四五六日]\)\d\d:\d\d 前/);
  expect(received.en).toMatch(/by [A-Z][a-z]{2} \d\d-\d\d \d\d:\d\d whether/);
  expect((await look(await as('何静'), id)).status).toBe('registered');
});
