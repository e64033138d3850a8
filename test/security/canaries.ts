import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { inside } from '../../seeds/small/plan.ts';
import { type Endpoint, read, write } from '../../src/kernel/endpoint.ts';
import { openLog } from '../../src/kernel/log.ts';
import type { County } from '../harness.ts';
import { robotSecret } from './area_messages.ts';
import { secrets } from './belongings.ts';
import { blankName, fileName } from './ledgers.ts';
import { canaryOf, phoneOf } from './matters.ts';
import type { World } from './world.ts';

/** What somebody told of themselves in confidence stands nowhere in clear but where it is meant to. */
interface Spot {
  readonly schema: string;
  readonly name: string;
  readonly row: string;
}

/** Every row of every table, the queue's included, as text; bytes are in it as hex. */
async function everything(county: County): Promise<Spot[]> {
  const tables = await county.sql<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'graphile_worker')`,
  );
  const looks = tables.map(
    ({ schema, name }) => `select '${schema}' as schema, '${name}' as name, t::text as row from ${schema}.${name} t`,
  );
  return county.sql<Spot>(looks.join(' union all '));
}

const hex = (text: string): string => Buffer.from(text).toString('hex');
const holds = (row: string, word: string): boolean => row.includes(word) || row.includes(hex(word));
const tablesWith = (rows: readonly Spot[], words: readonly string[]): string[] =>
  [...new Set(rows.filter(({ row }) => words.some((word) => holds(row, word))).map(({ name }) => name))].sort();

export function tellCanaries(world: World): void {
  const { county, matters, messages, viewers } = world;
  const living = matters.filter(({ gone }) => !gone);

  test('姓名、电话、查询码、令牌、密钥：整个数据库里（连同任务队列）没有一处是明文', async () => {
    const rows = await everything(county);
    const contacts = matters.flatMap(({ key, code }) => [canaryOf(key, 'contact'), phoneOf(key), code]);
    const tokens = viewers.flatMap(({ token }) => (token === null ? [] : [token]));
    expect(tablesWith(rows, [...contacts, ...tokens, ...secrets.staffPhones, secrets.channelSecret])).toEqual([]);
    // The look does see what is there.
    expect(tablesWith(rows, [secrets.passwordHash])).toEqual(['account']);
  });

  test('说的话、地点、办理的话：流水、回执、消息、任务里没有；保密的连案卷里也没有原话', async () => {
    const rows = await everything(county);
    const words = (what: 'words' | 'place' | 'work', secret: boolean) =>
      living.filter(({ confidential }) => confidential === secret).map(({ key }) => canaryOf(key, what));
    expect(tablesWith(rows, words('words', false))).toEqual(['casefile', 'report']);
    expect(tablesWith(rows, words('words', true))).toEqual([]);
    expect(tablesWith(rows, [...words('place', false), ...words('place', true)])).toEqual(['casefile']);
    expect(tablesWith(rows, [...words('work', false), ...words('work', true)])).toEqual([]);
  });

  test('写给网格的留言、电话、答复、查询码，群机器人的地址：整个数据库里没有一处是明文', async () => {
    const rows = await everything(county);
    const said = messages.flatMap(({ words, answer, phone, code }) => [words, answer, phone, code]);
    expect(tablesWith(rows, [...said, robotSecret])).toEqual([]);
    expect(messages.length).toBeGreaterThan(3);
  });

  test('台账：姓名、身份证号、电话、房主、企业、设施、文件名、写错的行，整个数据库里没有一处是明文', async () => {
    const rows = await everything(county);
    const said = world.ledgers.records.flatMap(({ shown, covered }) => [...shown, ...covered]);
    expect(tablesWith(rows, [...said, fileName, blankName, '暗语·错行', '暗语〔用途'])).toEqual([]);
    expect(tablesWith(rows, ['暗Z7Q7Z7', '暗语〔过卡', '暗语〔送货', '暗语〔门牌'])).toEqual([]);
    expect(new Set(world.ledgers.records.map(({ ledger }) => ledger.replace(/^own-.*/, 'own'))).size).toBe(5);
  });

  test('日志和出错的回答：不带人说的话，哪怕数据库和程序的报错里引着', async () => {
    const lines: string[] = [];
    const log = openLog(
      'debug',
      () => county.clock.now(),
      (line) => void lines.push(line),
    );
    const app = await world.appWith({ ...county.runtime, log }, [...world.endpoints, ...breaking]);
    const name = '暗语〔日志·姓名〕';
    const phone = '17099990000';
    const form = () => ({
      ...{ commandId: randomUUID(), casefileId: randomUUID(), reportId: randomUUID(), channel: 'portal' },
      ...{ words: `${name}说的`, place: { ...inside(0, 0), words: `${name}家` }, contact: { name, phone } },
    });
    const send = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
    const first = form();
    const answers = [
      await send('/api/reports', first),
      await send('/api/reports', { ...first, commandId: randomUUID() }),
      await send('/api/reports', { ...form(), channel: name, contact: { name, phone: name } }),
      await send('/api/reports', { ...form(), place: { lon: 0, lat: 0, words: name } }),
      await send('/api/breaks', { commandId: randomUUID(), words: name }),
      await app.inject({ url: `/api/breaks?words=${encodeURIComponent(name)}` }),
      await app.inject({ method: 'POST', url: '/api/reports', payload: `{"words":"${name}`, headers: json }),
      await app.inject({ url: `/api/nowhere/${encodeURIComponent(name)}` }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 409, 422, 422, 500, 500, 400, 404]);
    expect(answers.filter(({ body }) => body.includes(name) || body.includes(phone)).map(({ body }) => body)).toEqual(
      [],
    );
    expect(lines.filter((line) => /暗语|%E6%9A%97|17099990000/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes('request failed'))).toHaveLength(2);
  });

  test('对照：有权的人问联系方式，是给的；问过就记一笔', async () => {
    const id = matters.find(({ key }) => key === 'station-2-open')?.id;
    const desk = await county.as('何静');
    const asked = await desk.post(`/api/casefiles/${id}/read-contact`, { reason: '回访' });
    expect(asked.body.contacts).toEqual([
      expect.objectContaining({ name: canaryOf('station-2-open', 'contact'), phone: phoneOf('station-2-open') }),
    ]);
    expect(await county.sql(`select 1 from entry where record_id = $1 and kind like '%contact%'`, [id])).toHaveLength(
      1,
    );
  });
}

const json = { 'content-type': 'application/json' };
const words = z.strictObject({ words: z.string() });
const plain = {
  path: '/api/breaks',
  summary: { zh: '坏', en: 'breaks' },
  access: ['anyone'],
  lane: 'work',
  output: z.object({}),
} as const;

/** A bug that quotes what it was given, in the program and in a statement. */
const breaking: readonly Endpoint[] = [
  read({
    ...plain,
    name: 'test.breaks',
    query: words,
    handle: async (_ctx, { query }) => {
      throw new Error(`cannot go on with ${query.words}`);
    },
  }),
  write({
    ...plain,
    name: 'test.breaks_in_sql',
    method: 'POST',
    body: words,
    handle: async (ctx, { body }) => {
      await sql`select ${body.words}::text::integer`.execute(ctx.db);
      return {};
    },
  }),
];
