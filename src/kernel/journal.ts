import { sql } from 'kysely';
import { canonical } from './canonical.ts';
import type { Ctx } from './context.ts';
import { type DataKey, openDataKeys } from './data_key.ts';
import { insertions } from './database/rows.ts';
import type { JsonObject } from './db.generated.ts';
import { seal, unseal } from './envelope.ts';
import type { Id } from './id.ts';
import { leafHash } from './merkle.ts';
import { uuids } from './scope.ts';

/** What a journal entry is about, and how far it may be seen. */
export interface Subject {
  readonly kind: string;
  readonly id: Id;
  readonly scopeNo: number;
  readonly confidential: boolean;
}

/** Plain data without anything sensitive: codes, ids, numbers, instants. */
export type EntryBody = { readonly [key: string]: EntryValue };
export type EntryValue = string | number | boolean | null | readonly EntryValue[] | EntryBody;

export interface NewEntry {
  readonly kind: string;
  readonly about: Subject;
  readonly body: EntryBody;
  /** Words, names, phones: sealed under the key of the person or case they belong to, so that they can be forgotten. */
  readonly secret?: { readonly key: DataKey; readonly value: unknown };
  /** The post in which the actor acted. */
  readonly postId?: Id | undefined;
}

/** Appends an entry in the transaction of the write it tells of. Its position in the journal is given after commit. */
export function record(ctx: Ctx, entry: NewEntry): Id {
  if (ctx.commandId === null) throw new Error('only a command writes to the journal');
  return append(ctx, entry, ctx.commandId);
}

/** Notes that somebody looked at what only a few may see. A look is no command, so it stands for itself. */
export function recordLook(ctx: Ctx, entry: NewEntry): Id {
  return append(ctx, entry, ctx.ids.newId());
}

function append(ctx: Ctx, entry: NewEntry, commandId: Id): Id {
  const id = ctx.ids.newId();
  const sealed = entry.secret ? seal(entry.secret.key.bytes, JSON.stringify(entry.secret.value), `entry ${id}`) : null;
  const { kind, about, body, postId, secret } = entry;
  const personId = ctx.actor.kind === 'account' ? ctx.actor.personId : null;
  const parameters = [
    ...[ctx.realm, id, kind, about.kind, about.id, about.scopeNo, about.confidential, ctx.actor.kind, personId],
    ...[postId ?? null, commandId, ctx.occurredAt, ctx.now, JSON.stringify(body), sealed, secret?.key.id ?? null],
  ];
  ctx.send({ sql: APPEND, parameters });
  return id;
}

const APPEND = `
  with written as (
    insert into entry (realm, id, kind, record_kind, record_id, scope_no, confidential, actor_kind, person_id, post_id,
                       command_id, occurred_at, recorded_at, body, sealed, key_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))
  insert into entry_pending (realm, entry_id) values ($1, $2)`;

/** An entry that tells of another instant than that of the command: a file tells what happened when. */
export interface DatedEntry extends NewEntry {
  readonly occurredAt: Date;
}

/** Many entries of one command, in this order; each record still gets its own. */
export function recordAll(ctx: Ctx, entries: readonly DatedEntry[]): void {
  const { commandId } = ctx;
  if (commandId === null) throw new Error('only a command writes to the journal');
  if (entries.length === 0) return;
  const rows = entries.map((entry) => rowOf(ctx, entry, commandId));
  ctx.send(insertions('entry', rows));
  ctx.send(
    insertions(
      'entryPending',
      rows.map(({ realm, id }) => ({ realm, entryId: id })),
    ),
  );
}

function rowOf(ctx: Ctx, { kind, about, body, secret, postId, occurredAt }: DatedEntry, commandId: Id) {
  const id = ctx.ids.newId();
  return {
    realm: ctx.realm,
    id,
    kind,
    recordKind: about.kind,
    recordId: about.id,
    scopeNo: about.scopeNo,
    confidential: about.confidential,
    actorKind: ctx.actor.kind,
    personId: ctx.actor.kind === 'account' ? ctx.actor.personId : null,
    postId: postId ?? null,
    commandId,
    occurredAt,
    recordedAt: ctx.now,
    body: body as JsonObject,
    sealed: secret ? seal(secret.key.bytes, JSON.stringify(secret.value), `entry ${id}`) : null,
    keyId: secret?.key.id ?? null,
  };
}

/** An entry as it lies in the table, before and after it has its position. */
export interface EntryRow {
  readonly realm: number;
  readonly id: Id;
  readonly ord: number;
  readonly kind: string;
  readonly recordKind: string;
  readonly recordId: Id;
  readonly scopeNo: number;
  readonly confidential: boolean;
  readonly actorKind: string;
  readonly personId: Id | null;
  readonly postId: Id | null;
  readonly commandId: Id;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly body: EntryBody;
  readonly sealed: Buffer | null;
  readonly keyId: Id | null;
}

/** The leaf of an entry: the hash of its canonical JSON (RFC 8785), so that anyone can compute it from an export. */
export function leafOf(entry: EntryRow, position: number): Buffer {
  const { realm, id, ord, kind, recordKind, recordId, scopeNo, confidential, actorKind, personId, postId } = entry;
  const { commandId, occurredAt, recordedAt, body, sealed, keyId } = entry;
  // By name: a row may bring along what was joined to it, and a column added later was in no leaf so far.
  const content = {
    actorKind,
    body,
    commandId,
    confidential,
    id,
    keyId,
    kind,
    occurredAt: occurredAt.toISOString(),
    ord,
    personId,
    position,
    postId,
    realm,
    recordId,
    recordKind,
    recordedAt: recordedAt.toISOString(),
    scopeNo,
    sealed: sealed === null ? null : sealed.toString('base64'),
  };
  return leafHash(canonical(content));
}

/** The record was open and becomes confidential: what was told of it so far is from now on read by those named only. */
export async function closeToAreas(ctx: Ctx, recordId: Id): Promise<void> {
  await sql`insert into turned_confidential (realm, record_id, turned_at) values (${ctx.realm}, ${recordId}, ${ctx.now})
            on conflict do nothing`.execute(ctx.db);
}

/** All entries of a record in the order of cause and effect, as far as row security shows them. */
export async function entriesOfRecord(ctx: Ctx, recordId: Id): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select * from entry where realm = ${ctx.realm} and record_id = ${recordId} order by ord`.execute(ctx.db);
  return rows;
}

/** Of several, each in its order. */
export async function entriesOfRecords(ctx: Ctx, recordIds: readonly Id[]): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select * from entry where realm = ${ctx.realm} and record_id = any (${uuids(recordIds)}) order by ord`.execute(
    ctx.db,
  );
  return rows;
}

/** Whether the person has looked at the record since then, as `recordLook` notes it. */
export async function hasLooked(ctx: Ctx, kind: string, recordId: Id, personId: Id, since: Date): Promise<boolean> {
  const { rows } = await sql`
    select 1 from entry where realm = ${ctx.realm} and record_id = ${recordId} and kind = ${kind}
      and person_id = ${personId} and recorded_at > ${since} limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** What entries keep sealed, by entry id. An entry whose key was destroyed is missing from the map: it is forgotten. */
export async function openSecrets(ctx: Ctx, entries: readonly EntryRow[]): Promise<Map<Id, unknown>> {
  const keys = await openDataKeys(
    ctx,
    entries.flatMap((entry) => entry.keyId ?? []),
  );
  const opened = new Map<Id, unknown>();
  for (const { id, keyId, sealed } of entries) {
    const key = keyId === null ? undefined : keys.get(keyId);
    if (key && sealed) opened.set(id, JSON.parse(unseal(key.bytes, sealed, `entry ${id}`).toString()));
  }
  return opened;
}
