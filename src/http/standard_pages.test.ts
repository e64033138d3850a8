import { randomUUID } from 'node:crypto';
import { readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { report, step } from '../../test/telling.ts';

/** What an administrator and everybody else see of the standard, and what the forms of its pages do. */
const county = await openCounty();
const { app, as, anyone } = county;
const HOME = '/console/standards';
const cookies = {
  admin: `jingwei=${await tokenOf(county, 'admin')}`,
  hejing: `jingwei=${await tokenOf(county, 'hejing')}`,
};

const get = (path: string, who: keyof typeof cookies = 'admin', language = 'zh') =>
  app.inject({ url: path, headers: { cookie: `${cookies[who]}; lang=${language}`, accept: 'text/html' } });
async function post(path: string, fields: Record<string, string>, file?: Buffer, who: keyof typeof cookies = 'admin') {
  const form = new FormData();
  for (const [name, value] of Object.entries({ commandId: randomUUID(), ...fields })) form.set(name, value);
  if (file) form.append('table', new Blob([new Uint8Array(file)]), '标准.csv');
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const headers = {
    ...{ cookie: cookies[who], accept: 'text/html' },
    'content-type': request.headers.get('content-type') ?? '',
  };
  return app.inject({ method: 'POST', url: path, payload: Buffer.from(await request.arrayBuffer()), headers });
}
const textOf = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const tableOf = async (bytes: Buffer): Promise<string[][]> => {
  const { sheets } = await readXlsx(bytes);
  return (sheets[0]?.rows ?? []).map((cells) => cells.map((cell) => (cell === null ? '' : String(cell))));
};
const csv = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n'));
const exported = async () => tableOf((await get(`${HOME}/export.xlsx`)).rawPayload);
const written = async (code: string, limit: string) =>
  csv((await exported()).map((cells) => (cells[7] === code ? cells.with(6, limit) : cells)));
const code = 'road-sunken-passable';

describe('看标准', () => {
  it('现行的版本、大类、条件和时限；待核的标出来；能查', async () => {
    const first = textOf((await get(HOME)).body);
    expect(first).toContain('立案标准 第 1 版');
    expect(first).toContain('● 现行');
    const roads = textOf((await get(`${HOME}?version=1&major=roads`)).body);
    expect(roads).toMatch(/路面塌陷 road-sunken.*24 紧急工作时/);
    expect(roads).toContain('? 待核');
    const found = textOf((await get(`${HOME}?version=1&words=road-sunken-passable`)).body);
    expect(found).toContain('找到 1 个小类');
    expect(textOf((await get(`${HOME}?words=没有这种事`)).body)).toContain('没有找到“没有这种事”');
    expect((await get(`${HOME}?version=99`)).statusCode).toBe(404);
  });

  it('在办案卷的数点开就是那几件；不办案的人只看数', async () => {
    const file = await report(anyone);
    await step(await as('何静'), file.id, 'register', { conditionCode: code });
    expect((await get(HOME, 'hejing')).body).toContain('<a href="/console/cases?openUnder=1">1</a>');
    const list = textOf((await get('/console/cases?openUnder=1', 'hejing')).body);
    expect(list).toContain('在办，按立案标准第 1 版');
    expect(list).toContain(file.number);
    expect((await get(HOME)).body).not.toContain('openUnder');
  });

  it('办案的人看不到改标准的表单，草稿也打不开', async () => {
    expect((await get(HOME, 'hejing')).body).not.toContain('导入成草稿');
    expect((await get(`${HOME}/draft`, 'hejing')).statusCode).toBe(403);
    expect((await post(`${HOME}/import`, {}, Buffer.from('a'), 'hejing')).statusCode).toBe(403);
  });

  it('工作日历：时段、谁在用、没有公布的年份标暂定', async () => {
    const page = textOf((await get(`${HOME}/calendars`)).body);
    expect(page).toContain('周一、周二、周三、周四、周五 08:00–12:00、14:00–18:00');
    expect(page).toMatch(/用它的单位：.*安澜县/);
    expect(page).toMatch(/2027 年：没有收录国务院的安排；没有自己写全的日历，落到这一年的时限都标“暂定”/);
  });

  it('英文页上的中文只有数据里的名称', async () => {
    const names = await county.sql<{ name: string }>(
      `select name from body union select name from realm union select name from person
       union select spec->>'name' from calendar union select title from standard union select source from standard`,
    );
    const data = names.map(({ name }) => name).sort((a, b) => b.length - a.length);
    for (const path of [HOME, `${HOME}?words=road-sunken`, `${HOME}/draft`, `${HOME}/calendars`]) {
      const { body } = await get(path, 'admin', 'en');
      const own = data.reduce((text, name) => text.replaceAll(name, ''), textOf(body));
      expect(own.match(/[一-鿿]+/g) ?? [], path).toEqual([]);
    }
  });
});

describe('改标准', () => {
  it('导出、写坏一格导入、下载带原因的表、改好再导入、看改了什么、发布', async () => {
    const broken = await post(`${HOME}/import`, {}, await written(code, '种植季节15工作日'));
    expect([broken.statusCode, broken.headers.location]).toEqual([303, `${HOME}/draft`]);
    const page = (await get(`${HOME}/draft`)).body;
    expect(textOf(page)).toMatch(/第 \d+ 行 G 列（时限）：“种植季节15工作日”读不出时限，请写成数字和单位/);
    expect(textOf(page)).toContain('还有没读进来的行，改好才能发布');
    const reasons = await tableOf((await get(`${HOME}/draft.xlsx`)).rawPayload);
    const bad = reasons.find((cells) => cells[7] === code) ?? [];
    expect(bad.at(-1)).toContain('读不出时限');
    expect(reasons.filter((cells) => cells.at(-1) !== '' && cells !== bad)).toHaveLength(1);

    const [, replaces = ''] = /name="replaces" value="([^"]+)"/.exec(page) ?? [];
    const mended = csv(reasons.map((cells) => (cells === bad ? cells.with(6, '6 工作日') : cells)));
    expect((await post(`${HOME}/import`, { replaces }, mended)).statusCode).toBe(303);
    const good = (await get(`${HOME}/draft`)).body;
    expect(textOf(good)).toMatch(/改了什么（1 处）.*时限由“.+”改为“6 工作日”.*依据没有改，请核对/);
    expect(textOf(good)).toContain('其中 1 件的立案条件这次改了时限');

    const [, draftId = ''] = /name="draftId" value="([^"]+)"/.exec(good) ?? [];
    const form = { draftId, title: '夏季修订', source: '县政办〔2026〕3 号' };
    const early = await post(`${HOME}/issue`, { ...form, validFrom: '2020-01-01' });
    expect(early.statusCode).toBe(422);
    expect(textOf(early.body)).toContain('不能用：2020-01-01');
    expect(early.body).toContain('value="夏季修订"');
    const done = await post(`${HOME}/issue`, { ...form, validFrom: '2026-03-05' });
    expect([done.statusCode, done.headers.location]).toEqual([303, `${HOME}?version=2&done=issued`]);
    expect(textOf((await get(String(done.headers.location))).body)).toMatch(/立案标准 第 2 版.*已发布。.*● 现行/);
  });

  it('文件太大、没有选、已有草稿：页面说清楚，原来的草稿还在；扔掉后没有', async () => {
    expect(textOf((await post(`${HOME}/import`, {})).body)).toContain('没有选文件');
    const large = await post(`${HOME}/import`, {}, Buffer.alloc(50 * 1024 * 1024, 'a'));
    expect([large.statusCode, textOf(large.body)]).toEqual([413, expect.stringContaining('文件太大（最多 5 MB')]);
    expect((await post(`${HOME}/import`, {}, await written(code, '7 工作日'))).statusCode).toBe(303);
    expect(textOf((await post(`${HOME}/import`, {}, await written(code, '8 工作日'))).body)).toContain(
      '已经有一份草稿',
    );
    const page = (await get(`${HOME}/draft`)).body;
    expect(textOf(page)).toContain('7 工作日');
    const [, draftId = ''] = /name="draftId" value="([^"]+)"/.exec(page) ?? [];
    expect((await post(`${HOME}/discard`, { draftId })).headers.location).toBe(`${HOME}?done=discarded`);
    expect(textOf((await get(`${HOME}/draft`)).body)).toContain('没有草稿');
    const again = await post(`${HOME}/discard`, { draftId });
    expect([again.statusCode, textOf(again.body)]).toEqual([409, expect.stringContaining('没有这份草稿')]);
  });
});
