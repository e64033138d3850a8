import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnotherApp, tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { aReport, area, report } from '../../test/telling.ts';

const county = await openCounty();
const { app, anyone } = county;
const secure = await openAnotherApp(county, { publicUrl: 'https://grid.example.gov.cn' });
afterAll(() => secure.close());
const send = (options: InjectOptions) => app.inject(options);
const json = { 'content-type': 'application/json' };

describe('被拒绝时的回答', () => {
  it('按 RFC 9457:类型、标题、状态、说明、编号、每一处、追踪号', async () => {
    const reply = await send({ method: 'POST', url: '/api/reports', payload: { commandId: randomUUID(), words: '' } });
    expect(reply.statusCode).toBe(422);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(reply.json()).toEqual({
      type: 'urn:jingwei:problem:input.invalid',
      title: '有几处填写不对',
      status: 422,
      detail: expect.stringContaining('请改正'),
      code: 'input.invalid',
      errors: expect.arrayContaining([
        { path: 'words', says: '不能为空' },
        { path: 'casefileId', says: '没有填写' },
        { path: 'place', says: '没有填写' },
      ]),
      traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('每次的追踪号都不一样', async () => {
    const [a, b] = [await anyone.get('/api/nowhere'), await anyone.get('/api/nowhere')];
    expect(a.body.traceId).not.toBe(b.body.traceId);
  });

  it.each([
    ['en', 'Please sign in'],
    ['en-GB,en;q=0.9', 'Please sign in'],
    ['EN', 'Please sign in'],
    ['zh-CN,zh;q=0.9,en;q=0.8', '请先登录'],
    ['fr', '请先登录'],
    [undefined, '请先登录'],
  ])('语言 %s:%s', async (language, title) => {
    const headers = language === undefined ? {} : { 'accept-language': language };
    const reply = await send({ url: '/api/me', headers });
    expect(reply.json()).toMatchObject({ status: 401, title });
    expect(reply.statusCode).toBe(401);
  });

  it('英文界面的每一处毛病也是英文', async () => {
    const reply = await send({
      method: 'POST',
      url: '/api/reports',
      headers: { 'accept-language': 'en' },
      payload: { commandId: randomUUID(), ...aReport({ words: '', urgent: 'yes', channel: 'fax', extra: 1 }) },
    });
    expect(reply.body).not.toMatch(/\p{Script=Han}/u);
    expect(reply.json().errors.length).toBeGreaterThan(3);
  });

  it.each([
    ['不是 JSON', json, '{"a":'],
    ['空的', json, ''],
    ['只有一个词', json, 'hello'],
    ['一个数组', json, '[]'],
    ['一个文本', json, '"x"'],
    ['一个数', json, '3'],
    ['别的格式', { 'content-type': 'text/plain' }, 'words=1'],
    ['XML', { 'content-type': 'application/xml' }, '<a/>'],
    ['格式没有说', { 'content-type': '' }, '{}'],
  ])('内容%s:说读不出来，不说程序出错', async (_what, headers, payload) => {
    const reply = await send({ method: 'POST', url: '/api/reports', headers, payload });
    expect([400, 422]).toContain(reply.statusCode);
    expect(['input.malformed', 'input.command_id_missing']).toContain(reply.json().code);
    expect(reply.json().title).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['没有说分界', 'multipart/form-data', '{"commandId":1}'],
    ['分界是空的', 'multipart/form-data; boundary=', 'x'],
    ['没有结束', 'multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="words"\r\n\r\n塌'],
    [
      '有一部分自称是 JSON',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="place"\r\ncontent-type: application/json\r\n\r\n{"a":1}\r\n--x--\r\n',
    ],
  ])('带文件的表单%s:接口和网页都说没有传完整，不说程序出错', async (_what, type, payload) => {
    for (const url of ['/api/reports', '/', '/console/sign-in']) {
      const headers = { 'content-type': type, ...(url.startsWith('/api') ? {} : { accept: 'text/html' }) };
      const reply = await send({ method: 'POST', url, headers, payload });
      expect([400, 422], `${url}: ${reply.body.slice(0, 200)}`).toContain(reply.statusCode);
      if (url.startsWith('/api'))
        expect(reply.json()).toMatchObject({ code: 'input.form_broken', title: '表单没有传完整' });
    }
  });

  it('网页的地址里同一项说了两遍：按第一遍，不出错', async () => {
    const { code } = await report(anyone);
    const asked = await send({ url: `/track?code=${code}&code=x&code[]=&code=` });
    expect(asked.headers.location).toBe(`/track/${code}`);
    for (const url of [
      '/?area=x&area=y',
      `/track/${code}?sent=1&sent=2&photo=1&photo=2`,
      '/track?code[]=x&__proto__=1',
    ])
      expect((await send({ url })).statusCode, url).toBe(200);
  });

  it('网页的表单里只有文字：别的一概不收，不当作“[object Object]”记下来', async () => {
    const before = await county.sql('select 1 from casefile');
    for (const place of [{ a: 1 }, 3, [null], true]) {
      const payload = { commandId: randomUUID(), words: '路灯不亮', place, areaId: area('east') };
      const reply = await send({ method: 'POST', url: '/', headers: { accept: 'text/html' }, payload });
      expect(reply.statusCode).toBe(400);
      expect(reply.body).toContain('内容读不出来');
    }
    expect(await county.sql('select 1 from casefile')).toHaveLength(before.length);
  });

  it.each([
    ['对象', '{"a":', '}'],
    ['列表', '[', ']'],
  ])('%s套了两万层:说太深，不说程序出错', async (_what, open, close) => {
    const deep = `${open.repeat(20_000)}1${close.repeat(20_000)}`;
    const payload = `{"commandId":"${randomUUID()}","words":${deep}}`;
    const reply = await send({ method: 'POST', url: '/api/reports', headers: json, payload });
    expect(reply.statusCode).toBe(422);
    expect(reply.json().errors).toEqual([{ path: expect.stringMatching(/^words\./), says: '一层套一层，太深了' }]);
  });

  it('超过 1 MB:说太大', async () => {
    const reply = await send({ method: 'POST', url: '/api/reports', payload: { words: 'x'.repeat(1_100_000) } });
    expect(reply).toMatchObject({ statusCode: 413 });
    expect(reply.json()).toMatchObject({ code: 'input.too_large', title: '内容太大' });
  });

  it.each([
    ['GET', '/api/nowhere'],
    ['POST', '/api/nowhere'],
    ['GET', '/api/casefiles'.repeat(3)],
    ['PUT', '/api/reports'],
    ['DELETE', '/api/reports'],
    ['OPTIONS', '/api/reports'],
  ] as const)('没有的地址 %s %s', async (method, url) => {
    const reply = await send({ method, url, ...(method === 'POST' && { payload: {} }) });
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ code: 'http.not_found', title: '没有这个地址' });
  });

  it('地址里有坏的百分号编码，不是程序出错', async () => {
    for (const url of ['/api/areas/%', '/api/areas/%zz', '/api/track/%E0%A4%A', '/api/areas/..%2f..%2fetc%2fpasswd']) {
      const reply = await send({ url });
      expect(reply.statusCode, url).toBeLessThan(500);
      expect(reply.headers['content-type'], url).toMatch(/^application\/problem\+json/);
      expect(reply.json().title, url).toMatch(/\p{Script=Han}/u);
    }
  });

  it('静态文件只给 public 里的', async () => {
    for (const url of ['/assets/..%2f..%2fpackage.json', '/assets/../package.json', '/assets/%2e%2e/package.json'])
      expect((await send({ url })).body, url).not.toContain('dependencies');
    expect((await send({ url: '/assets/' })).statusCode).toBe(404);
  });

  it('打开网页的人得到网页，不是 JSON', async () => {
    const reply = await send({ url: '/no-such-page', headers: { accept: 'text/html,application/xhtml+xml' } });
    expect(reply.statusCode).toBe(404);
    expect(reply.headers['content-type']).toMatch(/^text\/html/);
    expect(reply.body).toContain('没有这个地址');
  });

  it('要过一会儿再来的，说明过多久', async () => {
    const { body } = await anyone.get('/api/openapi.json');
    expect(body.paths).toBeDefined();
    const wait = await openAnotherApp(county, {});
    wait.get('/busy', async () => {
      throw Object.assign(new Error('busy'), { statusCode: 429 });
    });
    const reply = await wait.inject({ url: '/busy' });
    expect(reply.statusCode).toBe(429);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(2);
    expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(8);
    await wait.close();
  });

  it('程序出错：不说里面怎么了，说没有保存和追踪号', async () => {
    const broken = await openAnotherApp(county, {});
    broken.get('/broken', async () => {
      throw new Error('select * from person where phone = 13800001111');
    });
    const reply = await broken.inject({ url: '/broken' });
    expect(reply.json()).toMatchObject({ status: 500, code: 'internal', title: '程序出错了' });
    expect(reply.json().detail).toContain(reply.json().traceId);
    expect(reply.body).not.toMatch(/select|person|1380/);
    await broken.close();
  });
});

describe('跨站', () => {
  const token = tokenOf(county, 'wangxiulan');
  const post = async (headers: Record<string, string>, cookie: boolean) =>
    send({
      method: 'POST',
      url: '/api/casefiles',
      headers: { ...headers, ...(cookie ? { cookie: `jingwei=${await token}` } : {}) },
      payload: { commandId: randomUUID(), ...aReport({ channel: 'field' }) },
    });

  it.each([
    ['别的网站', { origin: 'https://evil.example' }],
    ['同名不同口', { origin: 'http://localhost:4000' }],
    ['看不出哪里', { origin: 'null' }],
    ['浏览器说是跨站', { 'sec-fetch-site': 'cross-site' }],
    ['浏览器说是兄弟站', { 'sec-fetch-site': 'same-site' }],
    ['不成样子的来源', { origin: 'javascript:1' }],
  ])('%s带着我们的登录来：不执行', async (_what, headers) => {
    const reply = await post(headers as Record<string, string>, true);
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ code: 'http.foreign_origin', title: '请求来自另一个网站，没有执行' });
  });

  it.each([
    ['自己的页面', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
    ['没有来源的程序', {}],
    ['地址栏里直接来', { 'sec-fetch-site': 'none' }],
    ['换了名字访问同一台', { origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' }],
  ])('%s带着登录来：照办', async (_what, headers) => {
    expect((await post(headers as Record<string, string>, true)).statusCode).toBe(200);
  });

  it('不带登录的请求，从哪里来都照常（这里是“请先登录”）', async () => {
    expect((await post({ origin: 'https://evil.example' }, false)).json().code).toBe('session.ended');
    const open = await send({
      method: 'POST',
      url: '/api/reports',
      headers: { origin: 'https://evil.example' },
      payload: { commandId: randomUUID(), ...aReport() },
    });
    expect(open.statusCode).toBe(200);
  });

  it('只是看的请求不问来源', async () => {
    const reply = await send({
      url: '/api/me',
      headers: { origin: 'https://evil.example', cookie: `jingwei=${await token}` },
    });
    expect(reply.statusCode).toBe(200);
  });

  it('没有给别的网站开放读取', async () => {
    const reply = await send({ url: '/api/areas', headers: { origin: 'https://evil.example' } });
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('标头', () => {
  it('网页和接口都带内容安全策略，没有 unsafe', async () => {
    for (const url of ['/', '/track', '/notices', '/console', '/api/areas', '/api/nowhere', '/assets/site.css']) {
      const { headers } = await send({ url });
      const policy = String(headers['content-security-policy']);
      expect(policy, url).toContain("default-src 'none'");
      expect(policy, url).toContain("frame-ancestors 'none'");
      expect(policy, url).toContain("base-uri 'none'");
      expect(policy, url).not.toMatch(/unsafe|\*|https?:(?!\/\/localhost)|blob:/);
      expect(headers['x-content-type-options'], url).toBe('nosniff');
      expect(headers['x-powered-by'], url).toBeUndefined();
    }
  });

  it('网页里没有内联的脚本、样式、事件', async () => {
    for (const url of ['/', '/track', '/notices', '/console']) {
      const { body } = await send({ url });
      expect(body, url).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:/i);
      expect(body, url).not.toMatch(/(?:src|href)="https?:/);
    }
  });

  it('含个人内容的回答不许存在中间', async () => {
    const { code } = await report(anyone);
    for (const url of [`/track/${code}`, `/api/track/${code}`, '/', '/api/areas'])
      expect((await send({ url })).headers['cache-control'], url).toBe('no-store');
  });

  it('https 上告诉浏览器以后都用 https,http 上不说', async () => {
    expect((await secure.inject({ url: '/' })).headers['strict-transport-security']).toContain('max-age=');
    expect((await send({ url: '/' })).headers['strict-transport-security']).toBeUndefined();
  });
});
