import { type Insertable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertions } from '../../../kernel/database/rows.ts';
import type { Casefile, Report } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { CasefileChange, CasefileRow } from './casefile.queries.ts';

/** Many at once; all have the same columns. */
export function insertCasefiles(ctx: Ctx, files: readonly (CasefileChange & { readonly id: Id })[]): void {
  if (files.length === 0) return;
  const rows = files.map((file) => ({ ...(file as Insertable<Casefile>), realm: ctx.realm }));
  ctx.send(insertions('casefile', rows));
}

export function insertReports(ctx: Ctx, reports: readonly Omit<Insertable<Report>, 'realm'>[]): void {
  if (reports.length === 0) return;
  ctx.send(
    insertions(
      'report',
      reports.map((report) => ({ realm: ctx.realm, ...report })),
    ),
  );
}

/** As many as there are days given, each with its day before it. */
export async function nextNumbers(ctx: Ctx, days: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ no: number }>`
    select nextval('casefile_number') as no from generate_series(1, ${days.length}::int)`.execute(ctx.db);
  return days.map((day, i) => `${day.replaceAll('-', '')}-${String(rows[i]?.no ?? 0).padStart(6, '0')}`);
}

/** Cases that came from a file, locked, with what is owed on them and whether somebody here has acted since. */
export interface HeldImport {
  readonly file: CasefileRow;
  readonly touched: boolean;
}

export const holdImported = (ctx: Ctx, ids: readonly Id[]): Promise<HeldImport[]> => imported(ctx, ids, true);

/** The same for looking only: whoever works on one of them is not kept waiting. */
export const lookAtImported = (ctx: Ctx, ids: readonly Id[]): Promise<HeldImport[]> => imported(ctx, ids, false);

async function imported(ctx: Ctx, ids: readonly Id[], hold: boolean): Promise<HeldImport[]> {
  const asked = ctx.db
    .selectFrom('casefile')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', 'in', [...ids])
    .orderBy('id');
  const [files, touched] = await Promise.all([
    (hold ? asked.forUpdate() : asked).execute(),
    ctx.db
      .selectFrom('entry')
      .select('recordId')
      .distinct()
      .where('realm', '=', ctx.realm)
      .where('recordId', 'in', [...ids])
      .where('actorKind', '<>', 'system')
      .execute(),
  ]);
  const worked = new Set(touched.map(({ recordId }) => recordId));
  return (files as CasefileRow[]).map((file) => ({ file, touched: worked.has(file.id) }));
}

/** What the source says now of somebody's report, instead of what it said. */
export function amendReport(ctx: Ctx, id: Id, to: { words: string | null; sealed: Buffer }): void {
  ctx.send(change('report', { realm: ctx.realm, id }, to));
}
