import jsqr from 'jsqr';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { areas } from '../../seeds/small/plan.ts';
import { tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';

/** Codes on walls: what they lead to, who may print them, what is read out of the printed square. */
const county = await openCounty();
const { app, as, sql, anyone } = county;
const code = (key: string): string => areas.find((one) => one.key === key)?.code ?? '';
const html = { accept: 'text/html' };
const open = (url: string) => app.inject({ url, headers: html });
const printed = async (login: string, url: string) =>
  app.inject({ url, headers: html, cookies: { jingwei: await tokenOf(county, login) } });

// Bundlers and node disagree on how this package exports itself.
const readQr = 'default' in jsqr ? jsqr.default : (jsqr as unknown as typeof import('jsqr').default);

const fieldsIn = (body: string): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );

async function sendFrom(body: string, changes: Record<string, string> = {}) {
  const { commandId = '', casefileId = '', reportId = '', scanned = '' } = fieldsIn(body);
  const areaId = /<option value="([^"]+)" selected>/.exec(body)?.[1] ?? '';
  const fields = { commandId, casefileId, reportId, scanned, areaId, words: '单元门坏了', place: '', ...changes };
  const payload = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...html };
  const sent = await app.inject({ method: 'POST', url: '/', payload, headers });
  return { sent, casefileId };
}

describe('扫墙上的码', () => {
  it('网格已经填好；打开几次都没有记下什么；提交后记在这个网格，渠道是二维码', async () => {
    const before = await sql('select 1 from entry');
    const page = await open(`/g/${code('park-1')}`);
    await open(`/g/${code('park-1')}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('青园第一网格');
    expect((await sql('select 1 from entry')).length).toBe(before.length);
    const { sent, casefileId } = await sendFrom(page.body);
    expect(sent.headers.location).toMatch(/^\/track\/.*sent=1/);
    const [row] = await sql<object>(
      'select c.area_id as area, r.channel from casefile c join report r on r.casefile_id = c.id where c.id = $1',
      [casefileId],
    );
    expect(row).toEqual({ area: area('park-1'), channel: 'qr' });
  });

  it('不在这里可以改；填错了重来，码和网格还在', async () => {
    const page = await open(`/g/${code('park-1')}`);
    const { sent, casefileId } = await sendFrom(page.body, { areaId: area('station-2') });
    expect(sent.statusCode).toBe(303);
    const [row] = await sql<{ area: string }>('select area_id as area from casefile where id = $1', [casefileId]);
    expect(row?.area).toBe(area('station-2'));
    const again = (await sendFrom((await open(`/g/${code('park-1')}`)).body, { words: '' })).sent;
    expect(again.statusCode).toBe(422);
    expect(fieldsIn(again.body).scanned).toBe(code('park-1'));
    expect(again.body).toContain('青园第一网格');
  });

  it.each(['999', 'abc', '%3Cscript%3E', '9'.repeat(40)])('没有的编码 %s：说清楚，仍可以报事', async (typed) => {
    const page = await open(`/g/${typed}`);
    expect([404, 422]).toContain(page.statusCode);
    expect(page.body).toContain('name="words"');
    expect(page.body).not.toContain('<script>');
    expect((await sendFrom(page.body, { words: '还是要报', areaId: '' })).sent.statusCode).toBe(303);
  });

  it('网格并掉以后，墙上的老码仍找得到地方', async () => {
    const admin = await as('管理员');
    const into = { intoId: area('ferry-1'), areaIds: [area('ferry-2')] };
    const merged = await admin.post('/api/areas/merge', into);
    expect(merged.status, JSON.stringify(merged.body)).toBe(200);
    const page = await open(`/g/${code('ferry-2')}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('渡口第一网格');
  });
});

describe('打印二维码', () => {
  it('社区书记：一份里本社区每个网格一张，每张的码扫得出本网格的地址', async () => {
    const sheet = await printed('sunli', `/console/posters/${code('station')}?size=a3`);
    expect(sheet.statusCode).toBe(200);
    expect(sheet.body).toContain('class="a3"');
    const squares = sheet.body.match(/<svg.*?<\/svg>/gs) ?? [];
    const read = await Promise.all(squares.map(readSquare));
    expect(read).toEqual([1, 2, 3].map((no) => `http://localhost:3000/g/${code(`station-${no}`)}`));
    for (const address of read) expect(sheet.body).toContain(`>${address}<`);
  });

  it('网格员只有自己的；别人的网格不给；不管网格的岗位没有这一页', async () => {
    const list = await printed('wangxiulan', '/console/posters');
    expect(list.body).toContain('二运第一网格');
    expect(list.body).not.toContain('二运第二网格');
    expect((await printed('wangxiulan', `/console/posters/${code('park-1')}`)).headers.location).toBe(
      '/console/posters',
    );
    expect((await printed('xushifu', '/console/posters')).statusCode).toBe(403);
    expect((await anyone.get('/api/posters')).status).toBe(401);
    expect((await printed('sunli', '/console/posters/999')).statusCode).toBe(404);
  });
});

async function readSquare(svg: string): Promise<string | undefined> {
  const { data, info } = await sharp(Buffer.from(svg), { density: 300 })
    .resize(600, 600, { kernel: 'nearest' })
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return readQr(new Uint8ClampedArray(data), info.width, info.height)?.data;
}
