import { sql } from 'kysely';
import { execute } from './command.ts';
import type { Ctx } from './context.ts';
import { insertion, insertions } from './database/rows.ts';
import { asSystem } from './entrance.ts';
import { seal, unseal } from './envelope.ts';
import type { Id } from './id.ts';
import { listDestroyedKeys, noteDestroyedKey } from './keys.ts';
import type { Runtime } from './runtime.ts';
import { uuids } from './scope.ts';
import { transact } from './transaction.ts';

/** The key of one person or one case. Whatever is sealed under it is forgotten with it. */
export interface DataKey {
  readonly id: Id;
  readonly bytes: Buffer;
}

interface KeySubject {
  readonly kind: string;
  readonly id: Id;
}

export function createDataKey(ctx: Ctx, subject: KeySubject): DataKey {
  const key = newKey(ctx);
  ctx.send(insertion('dataKey', keyRow(ctx, key, subject)));
  return key;
}

/** One for each subject, in their order. */
export function createDataKeys(ctx: Ctx, subjects: readonly KeySubject[]): DataKey[] {
  const made = subjects.map((subject) => ({ subject, key: newKey(ctx) }));
  if (made.length > 0)
    ctx.send(
      insertions(
        'dataKey',
        made.map(({ subject, key }) => keyRow(ctx, key, subject)),
      ),
    );
  return made.map(({ key }) => key);
}

const newKey = (ctx: Ctx): DataKey => ({ id: ctx.ids.newId(), bytes: ctx.ids.bytes(ctx.keys.wrapping.length) });

const keyRow = (ctx: Ctx, key: DataKey, subject: KeySubject) => ({
  realm: ctx.realm,
  id: key.id,
  subjectKind: subject.kind,
  subjectId: subject.id,
  wrapped: seal(ctx.keys.wrapping, key.bytes, bound(ctx.realm, key.id)),
  createdAt: ctx.now,
});

const bound = (realm: number, id: Id): string => `key ${realm} ${id}`;

/** Null once the key was destroyed: what it sealed is gone, and the reader says so. */
export async function openDataKey(ctx: Ctx, id: Id): Promise<DataKey | null> {
  return (await openDataKeys(ctx, [id])).get(id) ?? null;
}

export async function openDataKeys(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, DataKey>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('dataKey')
    .select(['id', 'wrapped'])
    .where('realm', '=', ctx.realm)
    .where(sql<boolean>`id = any (${uuids([...new Set(ids)])})`)
    .execute();
  return new Map(rows.map((row) => [row.id, unwrap(ctx, row)]));
}

/** The key of a record, made when the first words about it are sealed. Two made at once are both good. */
export async function recordKey(ctx: Ctx, subject: { kind: string; id: Id }): Promise<DataKey> {
  const known = await ctx.db
    .selectFrom('dataKey')
    .select(['id', 'wrapped'])
    .where('realm', '=', ctx.realm)
    .where('subjectId', '=', subject.id)
    .limit(1)
    .executeTakeFirst();
  return known ? unwrap(ctx, known) : createDataKey(ctx, subject);
}

const unwrap = (ctx: Ctx, { id, wrapped }: { id: Id; wrapped: Buffer }): DataKey => ({
  id,
  bytes: unseal(ctx.keys.wrapping, wrapped, bound(ctx.realm, id)),
});

export async function dataKeysOf(ctx: Ctx, subjectId: Id): Promise<Id[]> {
  const rows = await ctx.db
    .selectFrom('dataKey')
    .select('id')
    .where('realm', '=', ctx.realm)
    .where('subjectId', '=', subjectId)
    .execute();
  return rows.map((row) => row.id);
}

/** Forgets what was sealed under the key. The list beside the keys learns of it by `reconcileDestroyedKeys`. */
export async function destroyDataKey(ctx: Ctx, id: Id, reason: string): Promise<void> {
  await ctx.db.deleteFrom('dataKey').where('realm', '=', ctx.realm).where('id', '=', id).execute();
  await sql`insert into destroyed_key (realm, id, reason, destroyed_at) values (${ctx.realm}, ${id}, ${reason}, ${ctx.now})
            on conflict do nothing`.execute(ctx.db);
}

/** Whose key came back with a restored backup: the domain removes what lies beside it in clear, in the same transaction. */
export type ForgetAgain = (ctx: Ctx, subject: { readonly kind: string; readonly id: Id }) => Promise<void>;

/**
 * Brings the list beside the keys and the list in the database to the same length, both ways: what was destroyed since
 * the last time is noted with the keys, and what a restored backup brought back is destroyed again. Runs before
 * serving, and now and then. Returns how many keys were destroyed anew.
 */
export async function reconcileDestroyedKeys(
  runtime: Runtime,
  realm: number,
  forgetAgain: ForgetAgain,
): Promise<number> {
  const noted = new Set(
    listDestroyedKeys(runtime.keys.folder)
      .filter((line) => line.realm === realm)
      .map((line) => line.id),
  );
  const door = asSystem(realm, 'destroyed keys');
  const { fresh, back } = await transact(runtime, door, async (ctx) => {
    const known = await ctx.db.selectFrom('destroyedKey').select('id').where('realm', '=', realm).execute();
    return {
      fresh: known.map((row) => row.id).filter((id) => !noted.has(id)),
      back: noted.size === 0 ? [] : await openAmong(ctx, [...noted]),
    };
  });
  for (const { id, subjectKind, subjectId } of back) {
    const work = async (ctx: Ctx) => {
      await forgetAgain(ctx, { kind: subjectKind, id: subjectId });
      await destroyDataKey(ctx, id, 'restored after its destruction');
      return {};
    };
    await execute(runtime, door, { id: runtime.ids.newId(), name: 'key.destroy_again', input: { id } }, { work });
  }
  for (const id of fresh) noteDestroyedKey(runtime.keys.folder, realm, id);
  return back.length;
}

const openAmong = async (ctx: Ctx, ids: readonly Id[]): Promise<{ id: Id; subjectKind: string; subjectId: Id }[]> =>
  ctx.db
    .selectFrom('dataKey')
    .select(['id', 'subjectKind', 'subjectId'])
    .where('realm', '=', ctx.realm)
    .where('id', 'in', ids)
    .execute();
