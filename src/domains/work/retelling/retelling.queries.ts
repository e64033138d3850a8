import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';

/** Where something told of records lies: its table, the column that names the record, and whether only what holds now is told. */
export interface Place {
  readonly table: string;
  readonly of: string;
  readonly holding?: boolean;
}

export type StoredRow = Readonly<Record<string, unknown>> & { readonly id: Id };

const meant = ({ holding }: Place): RawBuilder<unknown> => (holding ? sql`t.until is null` : sql`true`);
const record = ({ of }: Place): RawBuilder<unknown> => sql`t.${sql.ref(of)}`;

/** All columns of what is stored of these records, with the record each is of. */
export async function storedOf(
  ctx: Ctx,
  place: Place,
  ids: readonly Id[],
): Promise<{ recordId: Id; row: StoredRow }[]> {
  const { rows } = await sql<StoredRow & { toldOf: Id }>`
    select t.*, ${record(place)} as told_of from ${sql.table(place.table)} t
    where t.realm = ${ctx.realm} and ${record(place)} = any (${uuids(ids)}) and ${meant(place)} order by t.id`.execute(
    ctx.db,
  );
  return rows.map((row) => ({ recordId: row.toldOf, row }));
}

/** What is stored of records of which the journal knows nothing. */
export async function untoldIn(ctx: Ctx, place: Place, kind: string): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select t.id from ${sql.table(place.table)} t where t.realm = ${ctx.realm} and not exists (
      select 1 from entry e where e.realm = t.realm and e.record_kind = ${kind} and e.record_id = ${record(place)})
    order by t.id`.execute(ctx.db);
  return rows.map(({ id }) => id);
}
