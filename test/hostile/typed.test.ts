import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openCounty, type Reply } from '../harness.ts';
import { aReport, body, DAY, look, report, step } from '../telling.ts';

/** What people and programs type that they should not: refused in words a clerk understands, or kept and harmless. */
const county = await openCounty();
const { as, anyone, app, clock, settle, sql } = county;

const cases = () => sql('select 1 from casefile where realm = 1').then((rows) => rows.length);
/** Refused: in Chinese, with something to do about it, and nothing is kept. */
async function expectRefused(form: object, code: string): Promise<Reply['body']> {
  const before = await cases();
  const { status, body: said } = await anyone.post('/api/reports', form);
  expect(said.code, JSON.stringify(said)).toBe(code);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(said.title).toMatch(/\p{Script=Han}/u);
  expect(said.detail).toMatch(/\p{Script=Han}/u);
  expect(await cases()).toBe(before);
  return said;
}
const at = (place: object) => aReport({ place: { words: '路口', ...place } });

describe('位置', () => {
  const here = inside(0, 0);
  it.each([
    ['北京', { lon: 116.39, lat: 39.9 }],
    ['零度', { lon: 0, lat: 0 }],
    ['南极', { lon: 0, lat: -90 }],
    ['日期变更线', { lon: 180, lat: 28 }],
  ])('在%s:说不在本县，可以不带位置', async (_where, point) => {
    expect((await expectRefused(at(point), 'area.point_outside')).detail).toContain('不带位置');
  });

  it('经纬度写反了：说写反了，给出对的次序', async () => {
    // A latitude beyond 90 is no latitude; a county further west could be swapped unseen by the form.
    const swapped = await anyone.get(`/api/locate?lon=${here.lat}&lat=${here.lon}`);
    expect(swapped.body).toMatchObject({ code: 'area.point_swapped', title: '经度和纬度好像写反了' });
    const said = await expectRefused(at({ lon: here.lat, lat: here.lon }), 'input.invalid');
    expect(said.errors).toEqual([{ path: 'place.lat', says: expect.stringContaining('经度和纬度好像写反了') }]);
  });

  it.each([
    ['只有一半', { lon: 112.9 }],
    ['是文字', { lon: '112.9', lat: '28.1' }],
    ['不存在的区域', { areaId: 'park' }],
  ])('%s', async (_what, place) => {
    expect((await expectRefused(at(place), 'input.invalid')).errors.length).toBeGreaterThan(0);
  });

  it('没有的区域编号：说没有', async () => {
    await expectRefused(at({ areaId: randomUUID() }), 'area.not_found');
  });
});

describe('文字', () => {
  it('4000 个字收下，4001 个字说最多几个', async () => {
    const words = '塌'.repeat(4000);
    expect((await anyone.post('/api/reports', aReport({ words }))).status).toBe(200);
    expect((await expectRefused(aReport({ words: `${words}了` }), 'input.invalid')).errors).toEqual([
      { path: 'words', says: '太长了，最多 4000 个字' },
    ]);
  });

  it.each([
    ['说的话', { words: '塌\u0000了' }, 'words'],
    ['地点', { place: { words: '巷\u0000口' } }, 'place.words'],
    ['名字', { contact: { name: '王\u0000' } }, 'contact.name'],
    ['小类', { typeCode: 'road\u0000' }, 'typeCode'],
  ])('%s里有空字符：说是哪一处', async (_what, changes, path) => {
    expect(
      (await expectRefused(aReport(changes), 'input.invalid')).errors.map((one: { path: string }) => one.path),
    ).toEqual([path]);
  });

  it.each(['/api/track/%00', '/api/casefiles?typeCode=%00', '/api/areas?parentId=%00', '/track/%00', '/?area=%00'])(
    '地址里有空字符也不出错:%s',
    async (url) => {
      const he = await as('何静');
      for (const who of [anyone, he]) expect((await who.get(url)).status, url).toBeLessThan(500);
    },
  );

  it('只有空格、只有半个字符，都不出错', async () => {
    await expectRefused(aReport({ words: ' \n\t ' }), 'input.invalid');
    await expectRefused(aReport({ words: '塌\ud83d了' }), 'input.invalid');
  });

  it('网页标签照原样收下，在网页上只是文字', async () => {
    const words = `<script>alert(1)</script><img src=x onerror="alert(2)">&lt;b&gt;'"\`$` + '{7*7}';
    const { id, code } = await report(anyone, { words, place: { ...inside(0, 0), words } });
    await settle();
    const he = await as('何静');
    expect((await look(he, id)).reports[0].words).toBe(words);
    const cookie = { cookie: `jingwei=${await tokenCookie()}` };
    for (const [url, headers] of [
      [`/track/${code}`, {}],
      [`/console/cases/${id}`, cookie],
      ['/console', cookie],
      ['/console/cases', cookie],
    ] as const) {
      const page = await app.inject({ url, headers });
      expect(page.statusCode, url).toBe(200);
      expect(page.body, url).not.toMatch(/<script>alert|<img src=x|onerror="alert/);
    }
  });

  async function tokenCookie(): Promise<string> {
    const { tokenOf } = await import('../fixtures/another.ts');
    return tokenOf(county, 'hejing');
  }
});

describe('手机的钟', () => {
  const sent = async (changes: object) => {
    const { id } = await report(anyone, changes);
    const [row] = await sql<{ occurred_at: Date; reported_at: Date; due_at: Date }>(
      `select r.occurred_at, c.reported_at, o.due_at from report r join casefile c on c.realm = r.realm and c.id = r.casefile_id
       join obligation o on o.realm = c.realm and o.record_id = c.id where c.id = $1`,
      [id],
    );
    return row;
  };
  const later = (ms: number) => new Date(clock.now().getTime() + ms);

  it.each([
    ['快一天', DAY],
    ['慢一天', -DAY],
  ])('%s:按我们的钟改正，时限不受影响', async (_what, error) => {
    const minutes = 10 * 60_000;
    const honest = await sent({});
    const row = await sent({
      occurredAt: later(error - minutes).toISOString(),
      sentAt: later(error).toISOString(),
    });
    expect(row?.occurred_at).toEqual(later(-minutes));
    expect(row?.reported_at).toEqual(clock.now());
    expect(row?.due_at).toEqual(honest?.due_at);
  });

  it('快一天又没说什么时候发的：不会发生在将来', async () => {
    expect((await sent({ occurredAt: later(DAY).toISOString() }))?.occurred_at).toEqual(clock.now());
  });

  it('不成样子的时间：说哪里不对', async () => {
    await expectRefused(aReport({ occurredAt: '昨天下午' }), 'input.invalid');
  });
});

describe('已经并走的案卷', () => {
  it('报事人还能说话，办事的人被告知它已并走', async () => {
    const [he, chen] = [await as('何静'), await as('陈敏')];
    const [copy, main] = [await report(anyone), await report(anyone)];
    await step(he, copy.id, 'merge', { intoId: main.id });
    const replied = await anyone.post(`/api/track/${copy.code}/reply`, { words: '又塌大了' });
    expect(replied.status, JSON.stringify(replied.body)).toBe(200);
    expect(JSON.stringify(await look(he, main.id))).toContain('又塌大了');
    for (const [who, command, form] of [
      [he, 'register', { conditionCode: 'road-sunken-cut-off' }],
      [chen, 'dispatch', { bodyId: body('works') }],
      [he, 'merge', { intoId: main.id }],
    ] as const) {
      const tried = await who.post(`/api/casefiles/${copy.id}/${command}`, form);
      expect(tried.status, command).toBe(409);
      expect(tried.body.title, command).toMatch(/^现在不能“/);
    }
  });
});
