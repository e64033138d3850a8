import { type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { Pledge, PledgeSignature } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { SignerKey, Status } from './pledge.model.ts';

export type PledgeRow = Omit<Selectable<Pledge>, 'realm' | 'articles' | 'signBy' | 'dueOn'> & {
  readonly articles: readonly string[];
  readonly signBy: string | null;
  readonly dueOn: string | null;
};
export type SignatureRow = Omit<Selectable<PledgeSignature>, 'realm' | 'status' | 'signerKind' | 'kept' | 'paperOn'> & {
  readonly status: Status;
  readonly signerKind: SignerKey['kind'];
  readonly kept: readonly boolean[] | null;
  readonly paperOn: string | null;
};

const pledgeColumns = sql`p.id, p.title, p.articles, p.area_id, p.scope_no, p.sign_by::text as sign_by, p.due_on::text as due_on,
  p.person_id, p.post_id, p.opened_at`;
const signatureColumns = sql`s.id, s.pledge_id, s.signer_kind, s.signer_id, s.area_id, s.scope_no, s.status, s.signed_by,
  s.paper_on::text as paper_on, s.signed_at, s.kept, s.redeemed_by, s.redeemed_post, s.redeemed_at`;
/** None of them is confidential. */
const pledges = sql`(select *, false as confidential from pledge) p`;
const signatures = sql`(select *, false as confidential from pledge_signature) s`;
const ofPledge = { scopeNo: 'p.scope_no', confidential: 'p.confidential', recordId: 'p.id' };
const ofSignature = { scopeNo: 's.scope_no', confidential: 's.confidential', recordId: 's.id' };

export function insertPledge(ctx: Ctx, { articles, ...row }: PledgeRow): void {
  ctx.send(insertion('pledge', { realm: ctx.realm, ...row, articles: JSON.stringify(articles) }));
}

export function insertSignature(
  ctx: Ctx,
  row: Pick<SignatureRow, 'id' | 'pledgeId' | 'signerKind' | 'signerId' | 'areaId' | 'scopeNo'>,
): void {
  ctx.send(insertion('pledgeSignature', { realm: ctx.realm, ...row, status: 'asked' }));
}

export function saveSignature(ctx: Ctx, id: Id, to: Updateable<PledgeSignature>): void {
  ctx.send(change('pledgeSignature', { realm: ctx.realm, id }, to));
}

export async function findPledge(ctx: Ctx, id: Id): Promise<PledgeRow | undefined> {
  const { rows } = await sql<PledgeRow>`
    select ${pledgeColumns} from ${pledges}
    where p.realm = ${ctx.realm} and p.id = ${id} and ${ctx.scope.readable(ctx, ofPledge)}`.execute(ctx.db);
  return rows[0];
}

export async function listPledges(ctx: Ctx, most: number): Promise<PledgeRow[]> {
  const { rows } = await sql<PledgeRow>`
    select ${pledgeColumns} from ${pledges}
    where p.realm = ${ctx.realm} and ${ctx.scope.readable(ctx, ofPledge)}
    order by p.opened_at desc, p.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface CountedRow {
  readonly pledgeId: Id;
  readonly status: Status;
  readonly signatures: number;
}

/** Of what the viewer reads. */
export async function countSignatures(ctx: Ctx, ids: readonly Id[]): Promise<CountedRow[]> {
  const { rows } = await sql<CountedRow>`
    select s.pledge_id, s.status, count(*)::integer as signatures from ${signatures}
    where s.realm = ${ctx.realm} and s.pledge_id = any (${uuids(ids)}) and ${ctx.scope.readable(ctx, ofSignature)}
    group by 1, 2`.execute(ctx.db);
  return rows;
}

export async function signaturesOf(ctx: Ctx, pledgeId: Id, only: Status | 'all'): Promise<SignatureRow[]> {
  const { rows } = await sql<SignatureRow>`
    select ${signatureColumns} from ${signatures}
    where s.realm = ${ctx.realm} and s.pledge_id = ${pledgeId} and (${only} = 'all' or s.status = ${only})
      and ${ctx.scope.readable(ctx, ofSignature)} order by s.id`.execute(ctx.db);
  return rows;
}

export async function findSignature(ctx: Ctx, id: Id): Promise<SignatureRow | undefined> {
  const { rows } = await sql<SignatureRow>`
    select ${signatureColumns} from ${signatures}
    where s.realm = ${ctx.realm} and s.id = ${id} and ${ctx.scope.readable(ctx, ofSignature)}`.execute(ctx.db);
  return rows[0];
}

/** Two who act at once come one after the other. */
export async function holdSignature(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from pledge_signature where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}
