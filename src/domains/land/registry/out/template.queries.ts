import { type Insertable, sql } from 'kysely';
import type { Ctx } from '../../../../kernel/context.ts';
import { insertion } from '../../../../kernel/database/rows.ts';
import type { DB } from '../../../../kernel/db.generated.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type AnyLedgerCode, ledgerKeepers } from '../ledger.model.ts';
import { heldAs } from '../ledger.queries.ts';

export interface Template {
  readonly id: Id;
  readonly ledger: AnyLedgerCode;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly keyId: Id;
  readonly sealedName: Buffer;
  readonly sealedShape: Buffer;
  readonly signature: Buffer;
  readonly version: number;
  readonly keptBy: Id;
  readonly keptAt: Date;
  readonly boundBy: Id;
  readonly boundAt: Date;
}

const templates = sql`(select *, false as confidential from ledger_template where dropped_at is null) t`;
const columns = { scopeNo: 't.scope_no', confidential: 't.confidential', recordId: 't.id' };
/** Everything but the file itself. */
const slim = sql`t.id, t.ledger, t.area_id, t.scope_no, t.key_id, t.sealed_name, t.sealed_shape, t.signature, t.version,
  t.kept_by, t.kept_at, t.bound_by, t.bound_at`;
const kept = (ctx: Ctx) => sql`${ctx.scope.inMyAreas(ctx, columns)} and ${heldAs(ctx, ledgerKeepers, 't.scope_no')}`;

export function insertTemplate(ctx: Ctx, row: Template & { readonly sealed: Buffer }): void {
  ctx.send(insertion('ledgerTemplate', { realm: ctx.realm, ...row } as unknown as Insertable<DB['ledgerTemplate']>));
}

export async function findTemplate(ctx: Ctx, id: Id): Promise<Template | undefined> {
  const { rows } = await sql<Template>`
    select ${slim} from ${templates} where t.realm = ${ctx.realm} and t.id = ${id} and ${kept(ctx)}`.execute(ctx.db);
  return rows[0];
}

/** Also one that was put away meanwhile. */
export async function isTemplateKept(ctx: Ctx, id: Id): Promise<boolean> {
  const { rows } = await sql`
    select 1 from (select *, false as confidential from ledger_template) t
    where t.realm = ${ctx.realm} and t.id = ${id} and ${kept(ctx)}`.execute(ctx.db);
  return rows.length > 0;
}

/** Two who bind it come one after the other. */
export async function holdTemplate(ctx: Ctx, id: Id): Promise<Template | undefined> {
  await sql`select 1 from ledger_template where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
  return findTemplate(ctx, id);
}

export async function listTemplates(ctx: Ctx, most: number): Promise<Template[]> {
  const { rows } = await sql<Template>`
    select ${slim} from ${templates} where t.realm = ${ctx.realm} and ${kept(ctx)}
    order by t.kept_at desc, t.id desc limit ${most}`.execute(ctx.db);
  return rows;
}

/** The newest with the same labels. */
export async function templateAlike(ctx: Ctx, signature: Buffer): Promise<Template | undefined> {
  const { rows } = await sql<Template>`
    select ${slim} from ${templates} where t.realm = ${ctx.realm} and t.signature = ${signature} and ${kept(ctx)}
    order by t.bound_at desc, t.id desc limit 1`.execute(ctx.db);
  return rows[0];
}

export async function sealedTemplate(ctx: Ctx, id: Id): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select t.sealed from ${templates} where t.realm = ${ctx.realm} and t.id = ${id} and ${kept(ctx)}`.execute(ctx.db);
  return rows[0]?.sealed;
}

export function saveShape(
  ctx: Ctx,
  {
    id,
    ledger,
    sealedShape,
    version,
    boundBy,
  }: Pick<Template, 'id' | 'ledger' | 'sealedShape' | 'version' | 'boundBy'>,
): void {
  ctx.send({
    sql: `update ledger_template set sealed_shape = $3, version = $4, bound_by = $5, bound_at = $6, ledger = $7
      where realm = $1 and id = $2`,
    parameters: [ctx.realm, id, sealedShape, version, boundBy, ctx.now, ledger],
  });
}

export function saveDropped(ctx: Ctx, id: Id): void {
  ctx.send({
    sql: 'update ledger_template set dropped_at = $3 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, ctx.now],
  });
}

export interface Export {
  readonly id: Id;
  readonly ledger: string;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly templateId: Id | null;
  readonly version: number | null;
  readonly rows: number;
  readonly cells: number | null;
  readonly personId: Id;
  readonly madeAt: Date;
  readonly keyId: Id;
  readonly fileKeyId: Id;
  readonly sealedName: Buffer | null;
}

export function insertExport(ctx: Ctx, row: Export & { readonly sealed: Buffer }): void {
  ctx.send(insertion('ledgerExport', { realm: ctx.realm, ...row } as unknown as Insertable<DB['ledgerExport']>));
}

const ofExports = { scopeNo: 'e.scope_no', confidential: 'e.confidential', recordId: 'e.id' };

/** Only one's own: it holds what somebody gave their reason for. */
export async function findExport(
  ctx: Ctx,
  id: Id,
  personId: Id,
): Promise<(Export & { readonly sealed: Buffer | null }) | undefined> {
  const { rows } = await sql<Export & { readonly sealed: Buffer | null }>`
    select e.* from (select *, false as confidential from ledger_export) e
    where e.realm = ${ctx.realm} and e.id = ${id} and e.person_id = ${personId} and ${ctx.scope.inMyAreas(ctx, ofExports)}`.execute(
    ctx.db,
  );
  return rows[0];
}

export async function exportsToForget(ctx: Ctx, before: Date, most: number): Promise<{ id: Id; fileKeyId: Id }[]> {
  const { rows } = await sql<{ id: Id; fileKeyId: Id }>`
    select id, file_key_id from ledger_export where realm = ${ctx.realm} and sealed is not null and made_at < ${before}
    order by made_at limit ${most} for update skip locked`.execute(ctx.db);
  return rows;
}

export function emptyExport(ctx: Ctx, id: Id): void {
  ctx.send({
    sql: 'update ledger_export set sealed = null, sealed_name = null where realm = $1 and id = $2',
    parameters: [ctx.realm, id],
  });
}
