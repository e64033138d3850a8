import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnotherApp, tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';
import { allEndpoints } from '../domains/index.ts';
import { type Lane, lanes } from '../kernel/endpoint.ts';
import { Problem } from '../kernel/problem.ts';
import { refuseForeignOrigin, shedLoad, watchLoad } from './guards.ts';

const shed = (lane: Lane, delayMs: number, waiting: number): string | null => {
  try {
    shedLoad({ delayMs, waiting: () => waiting, stop: () => undefined }, lane);
    return null;
  } catch (error) {
    return error instanceof Problem ? error.code : 'bug';
  }
};

describe('忙不过来时先让谁等', () => {
  it('闲着的时候谁都不拦', () => {
    for (const lane of lanes) expect(shed(lane, 0, 0), lane).toBeNull();
  });

  it.each([150, 400, 1500, 5000])('转一圈要 %i 毫秒：谁办得到，排在他前面的都办得到', (delayMs) => {
    const served = lanes.filter((lane) => shed(lane, delayMs, 0) === null);
    expect(served).toEqual(lanes.slice(0, served.length));
  });

  it('排队的人越多，从导出、列表、日常到紧急，一类一类地拦', () => {
    const served = [10, 50, 200, 1000, 3000].map(
      (waiting) => lanes.filter((lane) => shed(lane, 0, waiting) === null).length,
    );
    expect(served).toEqual([4, 3, 2, 1, 0]);
    const slow = [50, 200, 500, 2000, 6000].map(
      (delayMs) => lanes.filter((lane) => shed(lane, delayMs, 0) === null).length,
    );
    expect(slow).toEqual([4, 3, 2, 1, 0]);
  });

  it('拦的时候说清楚：紧急优先，过几秒再来', () => {
    expect(shed('bulk', 150, 0)).toBe('http.overloaded');
    expect(new Problem('http.overloaded').kind.status).toBe(503);
    expect(new Problem('http.overloaded').hint.zh).toContain('紧急上报优先');
  });

  it('上报走紧急道，列表不走', () => {
    const laneOf = new Map(allEndpoints(true, county.photos).map(({ name, lane }) => [name, lane]));
    for (const name of ['report.send', 'casefile.report', 'area.locate', 'notice.issue'])
      expect(laneOf.get(name), name).toBe('urgent');
    for (const name of ['casefile.list', 'casefile.read', 'area.list']) expect(laneOf.get(name), name).toBe('read');
    for (const [name, lane] of laneOf)
      if (/\.(list|read)$/.test(name) && !/^(message|notice|inbox)\./.test(name)) expect(lane, name).not.toBe('urgent');
  });
});

const county = await openCounty();
const limited = await openAnotherApp(county, { limits: true });
afterAll(() => limited.close());

/** The form of the public page, as a browser posts it. */
const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
const onPage = (): string =>
  new URLSearchParams({ words: '路灯不亮', place: '东街口', areaId: area('east'), commandId: randomUUID() }).toString();

describe('真的忙起来', () => {
  it('等连接的人多了，列表被挡住，紧急上报照收', async () => {
    const headers = { authorization: `Bearer ${await tokenOf(county, 'hejing')}` };
    const held = await Promise.all(Array.from({ length: 6 }, () => county.runtime.pools.app.connect()));
    const waiting = Array.from({ length: 150 }, () =>
      county.runtime.pools.app.connect().then((client) => client.release()),
    );
    const list = await limited.inject({ url: '/api/areas' });
    expect(list.statusCode).toBe(503);
    expect(list.json()).toMatchObject({ code: 'http.overloaded', title: '现在访问的人太多' });
    expect(Number(list.headers['retry-after'])).toBeGreaterThan(0);
    for (const url of ['/api/live', '/console/cases', '/notices', '/track/0000-0000-0000']) {
      const turned = await limited.inject({ url, headers });
      expect(turned.statusCode, url).toBe(503);
    }
    // The public form comes without its list of areas, and what it sends is taken.
    const urgent = limited.inject({ url: '/api/locate?lon=112.902&lat=28.103' });
    const asked = limited.inject({ url: '/' });
    const sent = limited.inject({ method: 'POST', url: '/', payload: onPage(), headers: asForm });
    for (const client of held) client.release();
    await Promise.all(waiting);
    expect((await urgent).statusCode).toBe(200);
    expect((await asked).statusCode).toBe(200);
    expect((await sent).headers.location).toMatch(/^\/track\/.*sent=1/);
    expect((await limited.inject({ url: '/api/areas' })).statusCode).toBe(200);
  });

  /** One after the other, as over a wire. */
  const codesOf = async (times: number, url: string, remoteAddress: string, more: object = {}): Promise<number[]> => {
    const codes: number[] = [];
    for (let i = 0; i < times; i += 1)
      codes.push((await limited.inject({ method: 'GET', url, remoteAddress, ...more })).statusCode);
    return codes;
  };
  const wrongCode = '/api/track/0000-0000-0000';

  it('猜得出来的地方，一分钟里试多了就得等；别的地址不受影响', async () => {
    const codes = await codesOf(33, wrongCode, '203.0.113.9');
    expect(codes.slice(0, 30)).toEqual(Array(30).fill(404));
    expect(codes.slice(30)).toEqual([429, 429, 429]);
    const refused = await limited.inject({ url: wrongCode, remoteAddress: '203.0.113.9' });
    expect(refused.json()).toMatchObject({ code: 'http.too_many_tries', title: '试得太快了' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await codesOf(1, wrongCode, '203.0.113.10')).toEqual([404]);
  });

  it('从网页上猜查询码，也一样要等', async () => {
    expect(await codesOf(40, '/track/0000-0000-0000', '203.0.113.11')).toContain(429);
  });

  it('没有信得过的代理时，自称的来路不算：换 X-Forwarded-For 躲不过', async () => {
    const codes = [];
    for (let i = 0; i < 32; i += 1)
      codes.push(
        ...(await codesOf(1, wrongCode, '203.0.113.12', { headers: { 'x-forwarded-for': `198.51.100.${i}` } })),
      );
    expect(codes.slice(30)).toEqual([429, 429]);
  });
});

describe('量一量有多忙', () => {
  it('停下以后不再量', async () => {
    const load = watchLoad(county.runtime);
    expect(load.delayMs).toBe(0);
    expect(load.waiting()).toBe(0);
    load.stop();
  });
});

describe('跨站的请求', () => {
  const refused = (
    headers: Record<string, string>,
    withCookie = true,
    publicUrl = 'https://grid.example.gov.cn',
  ): boolean => {
    try {
      refuseForeignOrigin(headers, publicUrl, withCookie);
      return false;
    } catch (error) {
      return (error as Problem).code === 'http.foreign_origin';
    }
  };
  it.each([
    [{ origin: 'https://grid.example.gov.cn' }, false],
    [{ origin: 'http://grid.example.gov.cn' }, true],
    [{ origin: 'https://grid.example.gov.cn.evil.example' }, true],
    [{ origin: 'https://evil.example/grid.example.gov.cn' }, true],
    [{ origin: 'null' }, true],
    [{ origin: '' }, true],
    [{}, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://grid.example.gov.cn' }, true],
  ] as const)('%j:拒绝 %s', (headers, expected) => {
    expect(refused(headers as Record<string, string>)).toBe(expected);
    expect(refused(headers as Record<string, string>, false)).toBe(false);
  });
});
