import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { openAnother, openAnotherApp, tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { aReport } from '../../test/telling.ts';
import { accessAt } from '../kernel/database/access.ts';

/** A wire to the database that can be cut and joined again: the server itself stays up for everybody else. */
async function openWire({ host, port }: { host: string; port: number }) {
  const ends = new Set<Socket>();
  const join = (one: Socket, other: Socket): void => {
    ends.add(one);
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      ends.delete(one);
      other.destroy();
    });
  };
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    join(near, far);
    join(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    isCut = true;
    for (const end of ends) end.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    rejoin: () => {
      isCut = false;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}

const county = await openCounty();
const place = inject('cluster');
const wire = await openWire(place);
const runtime = await openAnother(county, {
  access: accessAt(
    { host: '127.0.0.1', port: wire.port, database: county.database },
    county.runtime.keys,
    undefined,
    'wire',
  ),
});
const app = await openAnotherApp(county, {}, runtime);
afterAll(async () => {
  wire.rejoin();
  await app.close();
  await runtime.close();
  wire.close();
});

const ready = async () => (await app.inject({ url: '/readyz' })).statusCode;

describe('数据库连不上的时候', () => {
  it('活着、准备好了，是两回事', async () => {
    expect((await app.inject({ url: '/healthz' })).json()).toEqual({ alive: true });
    expect(await ready()).toBe(200);
    wire.cut();
    expect((await app.inject({ url: '/readyz' })).json()).toEqual({ ready: false });
    expect(await ready()).toBe(503);
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
    wire.rejoin();
    await expect.poll(ready, { timeout: 5000 }).toBe(200);
  });

  it('读和写都说“数据库暂时连不上”，请过一会儿再来；回来以后照常', async () => {
    const form = { commandId: runtime.ids.newId(), ...aReport() };
    wire.cut();
    for (const options of [
      { method: 'GET', url: '/api/areas' },
      { method: 'POST', url: '/api/reports', payload: form },
      { method: 'GET', url: '/api/track/K7QD-3XWM-9T2P' },
    ] as const) {
      const reply = await app.inject(options);
      expect(reply.statusCode, options.url).toBe(503);
      expect(reply.json()).toMatchObject({
        code: 'database.away',
        title: '数据库暂时连不上',
        detail: expect.stringContaining('不能确定是否已经保存'),
      });
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
    }
    wire.rejoin();
    await expect.poll(ready, { timeout: 5000 }).toBe(200);
    expect((await app.inject({ method: 'POST', url: '/api/reports', payload: form })).statusCode).toBe(200);
  });

  it('网页也说得明白，而且还是网页', async () => {
    wire.cut();
    const reply = await app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect(reply.statusCode).toBe(503);
    expect(reply.headers['content-type']).toMatch(/^text\/html/);
    expect(reply.body).toContain('数据库暂时连不上');
    wire.rejoin();
    await expect.poll(ready, { timeout: 5000 }).toBe(200);
  });

  it('交到一半断了线：没有保存，同一个编号再交只有一条', async () => {
    const form = { commandId: runtime.ids.newId(), ...aReport() };
    const sending = Array.from({ length: 5 }, () => app.inject({ method: 'POST', url: '/api/reports', payload: form }));
    await sleep(4);
    wire.cut();
    const replies = await Promise.all(sending);
    for (const reply of replies) expect([200, 409, 503]).toContain(reply.statusCode);
    wire.rejoin();
    await expect.poll(ready, { timeout: 5000 }).toBe(200);
    const again = async () => (await app.inject({ method: 'POST', url: '/api/reports', payload: form })).statusCode;
    await expect.poll(again, { timeout: 5000 }).toBe(200);
    const rows = await county.sql('select 1 from casefile where id = $1', [form.casefileId]);
    expect(rows).toHaveLength(1);
  });
});

describe('停下来', () => {
  it('不再接新的，手上的办完才停', async () => {
    const stopping = await openAnotherApp(county, {}, county.runtime);
    stopping.get('/slow', async () => {
      await sleep(400);
      return { done: true };
    });
    await stopping.listen({ host: '127.0.0.1', port: 0 });
    const { port: own } = stopping.server.address() as AddressInfo;
    const slow = ask(own, '/slow');
    await sleep(100);
    const closed = stopping.close();
    expect(await slow).toEqual({ status: 200, body: '{"done":true}' });
    await closed;
    await expect(ask(own, '/healthz')).rejects.toThrow();
  });

  it('有人开着实时消息也停得下来', async () => {
    const token = await tokenOf(county, 'chenmin');
    const stopping = await openAnotherApp(county, {}, county.runtime);
    await stopping.listen({ host: '127.0.0.1', port: 0 });
    const { port: own } = stopping.server.address() as AddressInfo;
    const live = request({ port: own, path: '/api/live', headers: { authorization: `Bearer ${token}` } });
    const opened = new Promise<void>((resolve) =>
      live.on('response', (response) => response.once('data', () => resolve())),
    );
    live.on('error', () => undefined);
    live.end();
    await opened;
    const outcome = await Promise.race([stopping.close().then(() => 'closed'), sleep(4000, 'still open')]);
    live.destroy();
    expect(outcome).toBe('closed');
  });
});

function ask(to: number, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: to, path, agent: false }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}
