import { withClient } from '../../src/kernel/database/pools.ts';
import { tables } from '../../src/kernel/tables.ts';
import type { County } from '../harness.ts';

/**
 * One made-up row in every table for realm 1 and for realm 2, so that a table that happens to be empty proves nothing by
 * it. The check constraints of this clone are dropped for it; policies and grants stay as they are.
 */
export async function strewRows(county: County): Promise<void> {
  await county.sql(makesInserts);
  await county.sql(dropsChecks);
  const inserts = Object.keys(tables).flatMap((table) => [1, 2].map((realm) => ({ table, realm })));
  const texts: string[] = [];
  // One after the other: each asks on a connection of its own, and there are more tables than a server has of those.
  for (const { table, realm } of inserts) texts.push(await insertText(county, table, realm));
  await county.sql(`set session_replication_role = replica; ${texts.join('; ')}`);
}

export const insertText = async (county: County, table: string, realm: number): Promise<string> =>
  (await county.sql<{ text: string }>('select made_up_insert($1::regclass, $2::smallint) as text', [table, realm]))[0]
    ?.text ?? '';

const makesInserts = `
  create function made_up_insert(target regclass, realm smallint) returns text language sql stable as $$
    select format('insert into %s (%s) values (%s) on conflict do nothing', target,
      string_agg(quote_ident(a.attname), ', ' order by a.attnum),
      string_agg(format('%L::%s', case
          when a.attname = 'realm' then made_up_insert.realm::text
          when y.typname = 'uuid' then gen_random_uuid()::text
          when y.typname = 'jsonb' then '{}'
          when y.typcategory = 'A' then '{}'
          when y.typcategory = 'R' then 'empty'
          when y.typcategory = 'B' then 'false'
          when y.typcategory = 'N' then '7777'
          when y.typcategory = 'D' then '2026-01-01'
          else left(gen_random_uuid()::text, 8) end, format_type(a.atttypid, null)), ', ' order by a.attnum))
    from pg_attribute a join pg_type y on y.oid = a.atttypid
    where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attnotnull
  $$`;

const dropsChecks = `do $$
  declare k record;
  begin
    for k in select conrelid::regclass as of, conname from pg_constraint
      where contype = 'c' and conrelid <> 0 and connamespace = 'public'::regnamespace
    loop execute format('alter table %s drop constraint %I', k.of, k.conname); end loop;
  end $$`;

/** The five settings of a transaction. */
export interface Settings {
  readonly realm?: string;
  readonly ranges?: string;
  readonly grantees?: string;
  readonly account?: string;
  readonly administers?: string;
}

/** Signs in as jingwei_app with its own password and tries statements one by one; nothing it does is kept. */
export function asApp<T>(county: County, settings: Settings, work: (attempt: Attempt) => Promise<T>): Promise<T> {
  return withClient(county.runtime.pools.app, async (client) => {
    await client.query('begin');
    for (const [name, value] of Object.entries(settings))
      await client.query('select set_config($1, $2, true)', [`jw.${name}`, value]);
    const attempt: Attempt = async (text) => {
      await client.query('savepoint attempt');
      try {
        return (await client.query(text)).rowCount ?? 0;
      } catch (error) {
        return String((error as { code?: string }).code);
      } finally {
        await client.query('rollback to savepoint attempt');
      }
    };
    return work(attempt).finally(() => client.query('rollback'));
  });
}

/** How many rows were seen or touched, or the code of the refusal. */
export type Attempt = (text: string) => Promise<number | string>;

export const DENIED = '42501';
/** A policy that reads a table whose policy reads the first one: the statement never works for anybody. */
export const TANGLED = '42P17';
