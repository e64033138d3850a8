import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertion } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Item } from './checklist.model.ts';
import type { Sector } from './sector.model.ts';

export interface ChecklistRow {
  readonly id: Id;
  readonly version: number;
  readonly sector: Sector;
  readonly title: string;
  readonly items: readonly Item[];
  readonly personId: Id;
  readonly publishedAt: Date;
}

export function insertChecklist(ctx: Ctx, { items, ...row }: ChecklistRow): void {
  ctx.send(insertion('checklist', { realm: ctx.realm, ...row, items: JSON.stringify(items) }));
}

export async function findChecklist(ctx: Ctx, id: Id, version: number | null): Promise<ChecklistRow | undefined> {
  const { rows } = await sql<ChecklistRow>`
    select c.* from checklist c where c.realm = ${ctx.realm} and c.id = ${id}
      and (${version}::integer is null or c.version = ${version}) order by c.version desc limit 1`.execute(ctx.db);
  return rows[0];
}

/** The newest version of each. */
export async function listChecklists(ctx: Ctx): Promise<ChecklistRow[]> {
  const { rows } = await sql<ChecklistRow>`
    select distinct on (c.id) c.* from checklist c where c.realm = ${ctx.realm} order by c.id, c.version desc`.execute(
    ctx.db,
  );
  return rows.sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1));
}
