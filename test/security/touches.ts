import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { transact } from '../../src/kernel/transaction.ts';
import { type Finding, inTurn, summary } from './asking.ts';
import { extraRows, type Rows, type Seen } from './rows.ts';
import { entranceOf, type Viewer } from './viewers.ts';
import type { World } from './world.ts';

/** What a statement without any condition changes or removes: never more than its writer may see. */
const UNDONE = new Error('everything is undone');

interface Statement {
  readonly name: string;
  readonly text: string;
}

async function statementsOf({ county }: World): Promise<Statement[]> {
  const may = (privilege: string) =>
    county.sql<{ name: string }>(
      `select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and has_table_privilege('jingwei_app', c.oid, '${privilege}') order by 1`,
    );
  const updates = (await may('update')).map(({ name }) => ({
    name,
    text: `update ${name} set realm = realm returning *`,
  }));
  const deletes = (await may('delete')).map(({ name }) => ({ name, text: `delete from ${name} returning *` }));
  return [...updates, ...deletes];
}

/** Each in a transaction of its own: after a statement that is refused nothing more is carried out. */
async function touchAll({ county }: World, statements: readonly Statement[], viewer: Viewer): Promise<Seen> {
  const rows: Rows = {};
  for (const { name, text } of statements) {
    const work = transact(county.runtime, entranceOf(county, viewer), async ({ db }) => {
      const asked = sql.raw<Rows[string][number]>(text).execute(db);
      rows[name] = [...(rows[name] ?? []), ...(await asked.then((done) => done.rows, refusedAsForbidden))];
      throw UNDONE;
    });
    await work.catch((error: unknown) => {
      if (error !== UNDONE) throw error;
    });
  }
  return { viewer, rows };
}

/** Only the policies may refuse; another error would hide what they let through. */
function refusedAsForbidden(error: unknown): [] {
  if ((error as { code?: string }).code !== '42501') throw error;
  return [];
}

const destroys = (viewer: Viewer): boolean => viewer.seats.some(([role]) => role === 'admin');

export async function tellTouches(world: World): Promise<void> {
  const statements = await statementsOf(world);

  test('不带条件的改和删，谁都只动得了自己看得到的行', async () => {
    const touched = await inTurn(world.viewers, (viewer) => touchAll(world, statements, viewer), 1);
    expect(summary(touched.flatMap((seen): Finding[] => extraRows(world, seen)))).toEqual([]);
    expect(statements.length).toBeGreaterThan(15);
    const keys = touched.filter(({ rows }) => (rows.data_key ?? []).length > 0).map(({ viewer }) => viewer);
    expect(keys.map(({ name }) => name)).toEqual(world.viewers.filter(destroys).map(({ name }) => name));
    const cases = touched.filter(({ rows }) => (rows.casefile ?? []).length > 0);
    expect(cases.length).toBeGreaterThan(8);
  });
}
