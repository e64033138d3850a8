/**
 * What was really changed, seen from below: a trigger on every table notes each committed change, in the transaction
 * that makes it, with the login role and the command it belongs to. What is rolled back notes nothing.
 */
export interface Change {
  readonly tx: string;
  readonly command: string | null;
  /** `table action`, for an update with the columns that differ. */
  readonly what: readonly string[];
}

export interface Watch {
  /** Changes that requests made since the last look; what the program does by itself afterwards is left out. */
  look(): Promise<readonly Change[]>;
}

type Sql = <T extends object>(text: string, values?: unknown[]) => Promise<T[]>;

const SETUP = `
  create schema lab;
  create table lab.change (id bigint generated always as identity, tx xid8 not null, command text, what text not null);
  create function lab.note() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
    declare columns text := '';
    begin
      if session_user <> 'jingwei_app' then return null; end if;
      if tg_op = 'UPDATE' then
        select coalesce(string_agg(n.key, ',' order by n.key), '') into columns
          from jsonb_each(to_jsonb(new)) n where n.value is distinct from to_jsonb(old) -> n.key;
        if columns = '' then return null; end if;
      end if;
      if tg_table_name = 'entry' then columns := columns || coalesce(to_jsonb(new) ->> 'kind', ''); end if;
      insert into lab.change (tx, command, what) values
        (pg_current_xact_id(), nullif(current_setting('jw.command', true), ''), rtrim(tg_table_name || ' ' || lower(tg_op) || ' ' || columns));
      return null;
    end $$;
  grant usage on schema lab to public;`;

const tablesOfProgram = `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`;

export async function openWatch(sql: Sql): Promise<Watch> {
  await sql(SETUP);
  for (const { name } of await sql<{ name: string }>(tablesOfProgram))
    await sql(
      `create trigger lab_note after insert or update or delete on public."${name}" for each row execute function lab.note()`,
    );
  return {
    async look() {
      const rows = await sql<{ tx: string; command: string | null; what: string }>(
        'with seen as (delete from lab.change returning *) select tx::text, command, what from seen order by id',
      );
      const byTx = new Map<string, { tx: string; command: string | null; what: string[] }>();
      for (const { tx, command, what } of rows) {
        const known = byTx.get(tx);
        // The session is noted as seen before the transaction learns which command it carries.
        if (known) {
          known.command ??= command;
          known.what.push(what);
        } else byTx.set(tx, { tx, command, what: [what] });
      }
      return [...byTx.values()];
    },
  };
}

/**
 * Kept whatever the answer is, and meant so: when somebody was last seen, that a password was tried, and that a
 * confidential case or the audit was looked at.
 */
const kept: readonly RegExp[] = [
  /^session update seen_at$/,
  /^sign_in_delay /,
  /^entry insert (casefile|audit)\.read$/,
  /^entry_pending insert$/,
];

export const isHousekeeping = ({ what }: Change): boolean => what.every((one) => kept.some((sign) => sign.test(one)));
