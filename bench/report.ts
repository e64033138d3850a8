import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import Fastify from 'fastify';
import pg from 'pg';
import { inside } from '../seeds/small/plan.ts';
import { allEndpoints } from '../src/domains/index.ts';
import { openPhotoRoom } from '../src/domains/work/photos/index.ts';
import { openApp } from '../src/http/app.ts';
import { type Bench, inTurns, median, ratePerSecond, spread } from './frame.ts';

/**
 * A report over HTTP, the whole way: session, role, validation, idempotency, placing, obligation, journal, commit to
 * disk. The ceiling is the harmonic mean of what the two halves can do alone: a bare HTTP POST of the same body, and a
 * bare transaction of two inserts. Client, server and database share the machine's cores in all three.
 */
const AT_ONCE = 16;
const SECONDS = 4;
const ROUNDS = 5;
const WARM = 3000;

const reportBody = (): string =>
  JSON.stringify({
    commandId: randomUUID(),
    casefileId: randomUUID(),
    reportId: randomUUID(),
    words: '二运巷口路面塌了一块',
    place: { ...inside(0, 0), words: '二运巷口' },
    channel: 'field',
  });

export const report: Bench = {
  name: 'report',
  claim: 'a report over HTTP reaches 0.40 of the harmonic ceiling of a bare POST and a bare two-insert transaction',
  async run({ runtime, connection, tokenOf, asSuperuser }) {
    const token = await tokenOf('wangxiulan');
    const app = await openApp(runtime, allEndpoints(true, openPhotoRoom({ folder: tmpdir() })), {
      realm: 1,
      demoAllowed: true,
      demo: null,
      publicUrl: 'http://localhost',
      trustProxy: [],
      limits: true,
      version: 'bench',
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const bare = Fastify();
    bare.post('/', async () => ({ done: true }));
    await bare.listen({ host: '127.0.0.1', port: 0 });
    await asSuperuser((client) =>
      client.query(
        'create table if not exists bare_a (id uuid primary key, body jsonb); create table if not exists bare_b (id uuid primary key, a uuid, body jsonb)',
      ),
    );
    const pool = new pg.Pool({ ...connection, max: AT_ONCE });
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const to = (server: typeof app | typeof bare, path: string) => {
      const { port } = server.server.address() as AddressInfo;
      return () => post(agent, port, path, token, reportBody());
    };
    // A county that is at work has rows, and a planner that knows of them; a process that serves has long been compiled,
    // which takes so many reports and not so many seconds. The two of the ceiling get as many.
    const warmUp = async (work: () => Promise<void>): Promise<void> => {
      let left = WARM;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (; left > 0; left -= 1) await work();
        }),
      );
    };
    await warmUp(to(app as never, '/api/casefiles'));
    await warmUp(to(bare, '/'));
    await warmUp(() => twoInserts(pool));
    await asSuperuser((client) => client.query('analyze'));
    const rates = await inTurns(ROUNDS, {
      product: () => ratePerSecond(SECONDS, AT_ONCE, to(app as never, '/api/casefiles')),
      http: () => ratePerSecond(SECONDS, AT_ONCE, to(bare, '/')),
      database: () => ratePerSecond(SECONDS, AT_ONCE, () => twoInserts(pool)),
    });
    agent.destroy();
    await Promise.all([app.close(), bare.close(), pool.end()]);
    const harmonic = rates.http.map((http, i) => 1 / (1 / http + 1 / (rates.database[i] ?? 1)));
    const ratio = median(rates.product.map((rate, i) => rate / (harmonic[i] ?? 1)));
    return [
      {
        name: 'report over HTTP',
        ratio,
        goal: '≥ 0.40',
        pass: ratio >= 0.4,
        product: spread(rates.product),
        ceiling: `${spread(harmonic)} of POST ${spread(rates.http)} and two inserts ${spread(rates.database)}`,
      },
    ];
  },
};

async function twoInserts(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  const [a, body] = [randomUUID(), reportBody()];
  await client.query('begin');
  await client.query({ name: 'a', text: 'insert into bare_a values ($1, $2)', values: [a, body] });
  await client.query({ name: 'b', text: 'insert into bare_b values ($1, $2, $3)', values: [randomUUID(), a, body] });
  await client.query('commit');
  client.release();
}

function post(agent: Agent, port: number, path: string, token: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const call = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}
