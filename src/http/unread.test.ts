import { connect } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnotherApp } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';

/** What is turned down before it is a request, over a bare connection. */
const county = await openCounty();
const app = await openAnotherApp(county);
afterAll(() => app.close());
await app.listen({ host: '127.0.0.1', port: 0 });
const place = app.server.address();
const port = typeof place === 'object' && place !== null ? place.port : 0;

/** Everything that comes back until the other side hangs up. */
const sent = (text: string): Promise<{ status: number; body: Record<string, unknown>; whole: string }> =>
  new Promise((resolve, reject) => {
    let whole = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no end of: ${whole}`)));
    socket.on('data', (part) => {
      whole += part;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = whole.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), body: JSON.parse(body || '{}'), whole });
    });
  });
const last = 'Connection: close\r\n';

describe('还没成为请求就被拒绝的', () => {
  it.each([
    ['不是 HTTP', 'hello\r\n\r\n', 400, 'http.unreadable'],
    ['没有 Host', `GET /api/me HTTP/1.1\r\n${last}\r\n`, 400, 'http.unreadable'],
    [
      '长度写了两个',
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx`,
      400,
      'http.unreadable',
    ],
    ['请求头太长', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'http.headers_too_large'],
    ['地址太长', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431, 'http.headers_too_large'],
  ])('%s:按 RFC 9457 说清楚，中文英文都有，连接关掉', async (_what, text, status, code) => {
    const said = await sent(text);
    expect(said.status, said.whole).toBe(status);
    expect(said.whole.toLowerCase()).toContain('content-type: application/problem+json');
    expect(said.body).toMatchObject({ status, code, errors: [], traceId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(said.body.title).toMatch(/\p{Script=Han}/u);
    expect(String(said.body.detail)).toMatch(/没有保存/);
    expect(said.whole).not.toMatch(/HPE_|ERR_|Error/);
  });

  it('读不懂的 Expect 不妨碍回答', async () => {
    const said = await sent(`GET /api/me HTTP/1.1\r\nHost: a\r\nExpect: the-moon\r\n${last}\r\n`);
    expect(said).toMatchObject({ status: 401, body: { code: 'session.ended' } });
  });

  it('请求头再多也一个不漏:总长有限，最后的 Host 还在', async () => {
    const many = Array.from({ length: 2500 }, (_, i) => `${i % 10}:\r\n`).join('');
    const said = await sent(`GET /api/me HTTP/1.1\r\n${many}Host: a\r\n${last}\r\n`);
    expect(said).toMatchObject({ status: 401, body: { code: 'session.ended' } });
  });
});
