import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realOutside } from './outside.ts';

/** A receiver of our own on this machine: what it is sent, and what it answers by path. */
const seen: { url: string; method: string; headers: IncomingMessage['headers']; body: string }[] = [];
let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, body });
      if (request.url === '/slow') return;
      if (request.url === '/moved') response.writeHead(307, { location: `${base}/inside` }).end();
      else if (request.url === '/found') response.writeHead(302, { location: `${base}/inside` }).end();
      else if (request.url === '/bad') response.writeHead(500).end('秘密：别传出去');
      else response.writeHead(request.url === '/created' ? 201 : 200).end('好');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const post = (address: string, privateAllowed = true, timeoutMs = 2000): Promise<string | null> =>
  realOutside(privateAllowed).post(address, { 'idempotency-key': 'x' }, '{"a":"中文"}', timeoutMs);

describe('允许发到内网时', () => {
  it('收下了就是空；内容、标头原样送到', async () => {
    expect(await post(`${base}/ok`)).toBeNull();
    expect(await post(`${base}/created`)).toBeNull();
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"a":"中文"}', headers: { 'idempotency-key': 'x' } });
  });

  it('没收下只说状态码，对方写的话不带回来', async () => {
    expect(await post(`${base}/bad`)).toBe('status 500');
  });

  it('不跟着跳转走：跳转可能把我们带进内网', async () => {
    expect(await post(`${base}/moved`)).toBe('status 307');
    expect(await post(`${base}/found`)).toBe('status 302');
    expect(seen.filter(({ url }) => url === '/inside')).toEqual([]);
  });

  it('等太久就放弃', async () => {
    const started = performance.now();
    expect(await post(`${base}/slow`, true, 300)).toBe('TimeoutError');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('连不上、地址不成样子，都是一个词，不会抛出来', async () => {
    expect(await post('http://127.0.0.1:1/')).toMatch(/^\w+$/);
    expect(await post('not a url')).toMatch(/^\w+$/);
    expect(await post('ftp://127.0.0.1/')).toMatch(/^\w+$/);
  });
});

describe('不允许发到内网时', () => {
  const port = (): string => base.split(':').at(-1) ?? '';
  it.each([
    ['本机', 'http://127.0.0.1'],
    ['本机名', 'http://localhost'],
    ['短写', 'http://127.1'],
    ['十进制', 'http://2130706433'],
    ['八进制', 'http://0177.0.0.1'],
    ['十六进制', 'http://0x7f.0.0.1'],
    ['零地址', 'http://0.0.0.0'],
    ['IPv6 本机', 'http://[::1]'],
    ['IPv6 里藏的 IPv4', 'http://[::ffff:127.0.0.1]'],
    ['IPv6 里藏的 IPv4，十六进制', 'http://[::ffff:7f00:1]'],
    ['IPv6 未定', 'http://[::]'],
    ['私网 10', 'http://10.0.0.1'],
    ['私网 172.16', 'http://172.31.255.255'],
    ['私网 192.168', 'http://192.168.1.1'],
    ['运营商内部', 'http://100.64.0.1'],
    ['链路本地（云主机的元数据）', 'http://169.254.169.254'],
    ['IPv6 里藏的元数据地址', 'http://[::ffff:169.254.169.254]'],
    ['IPv6 私网', 'http://[fd00::1]'],
    ['IPv6 链路本地', 'http://[fe80::1]'],
    ['NAT64 里藏的本机', 'http://[64:ff9b::7f00:1]'],
    ['组播', 'http://224.0.0.1'],
    ['广播', 'http://255.255.255.255'],
  ])('%s(%s)不发', async (_name, address) => {
    const before = seen.length;
    expect(await post(`${address}:${port()}/private`, false, 500)).toBe('private address');
    expect(seen.length).toBe(before);
  });

  it('名字只问一次，连的就是查过的那个地址：域名服务器第二次改口，带不进内网', async () => {
    const before = seen.length;
    const answers = [[{ address: '203.0.114.1', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
    let asked = 0;
    const outside = realOutside(false, async () => answers[asked++] ?? []);
    expect(await outside.post(`http://receiver.invalid:${port()}/private`, {}, '{}', 300)).toMatch(/^\w+$/);
    expect(asked).toBe(1);
    expect(seen.length).toBe(before);
    const pinned = realOutside(true, async () => answers[1] ?? []);
    expect(await pinned.post(`http://receiver.invalid:${port()}/ok`, {}, '{}', 2000)).toBeNull();
    expect(seen.at(-1)?.headers.host).toBe(`receiver.invalid:${port()}`);
    const mixed = realOutside(false, async () => answers.flat());
    expect(await mixed.post(`http://receiver.invalid:${port()}/private`, {}, '{}', 300)).toBe('private address');
  });

  it('查不到的名字不发，也不抛出来', async () => {
    expect(await post('http://no-such-host.invalid/', false, 500)).toMatch(/^\w+$/);
  });
});
