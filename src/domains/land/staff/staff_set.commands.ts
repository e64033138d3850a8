import { markChanged } from '../../../kernel/cache_version.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { createDataKeys, recordKey } from '../../../kernel/data_key.ts';
import { seal } from '../../../kernel/envelope.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { today } from '../../../kernel/realm.ts';
import { atlasOf } from '../areas/index.ts';
import type { Steps } from './roster_plan.model.ts';
import { CACHE, directoryOf, phoneMark, refuseBoth } from './staff.commands.ts';
import { separateRoles } from './staff.model.ts';
import {
  insertBodies,
  insertHoldings,
  insertPeople,
  insertPosts,
  insertResponsibilities,
  saveBodyName,
  savePhone,
} from './staff_set.queries.ts';

/** What an import writes: many rows of a table in one transaction, each record with an entry of its own. */
export async function addStaff(
  ctx: Ctx,
  rows: readonly Steps[],
): Promise<{ bodies: number; posts: number; people: number; holdings: number; responsibilities: number }> {
  const of = <K extends keyof Steps>(kind: K): NonNullable<Steps[K]>[] =>
    rows.flatMap((row) => row[kind] ?? []) as NonNullable<Steps[K]>[];
  const [bodies, posts, people, holdings, charges] = [
    of('body'),
    of('post'),
    of('person'),
    of('holding'),
    of('responsibility'),
  ];
  const scope = await scopeOf(ctx, bodies, posts);
  const day = await today(ctx);
  insertBodies(ctx, bodies, day);
  for (const { bodyId, name } of of('bodyNamed')) saveBodyName(ctx, bodyId, name);
  insertPosts(ctx, posts, day);
  addPeople(ctx, people);
  for (const phone of of('phone')) await changePhone(ctx, phone);
  insertHoldings(ctx, holdings);
  insertResponsibilities(
    ctx,
    charges.map((charge) => ({ ...charge, scopeNo: scope.area(charge.areaId) })),
  );
  await refuseBothAmong(ctx, rows);
  for (const body of bodies) note(ctx, 'body.added', 'body', body.id, scope.area(body.areaId), { ...body });
  for (const { bodyId, name } of of('bodyNamed'))
    note(ctx, 'body.renamed', 'body', bodyId, scope.body(bodyId), { name });
  for (const post of posts) note(ctx, 'post.added', 'post', post.id, scope.post(post.id), { ...post });
  for (const held of holdings) note(ctx, 'post.appointed', 'post', held.postId, scope.post(held.postId), { ...held });
  for (const charge of charges)
    note(ctx, 'area.put_in_charge', 'area', charge.areaId, scope.area(charge.areaId), { ...charge });
  await markChanged(ctx, CACHE);
  return {
    bodies: bodies.length,
    posts: posts.length,
    people: people.length,
    holdings: holdings.length,
    responsibilities: charges.length,
  };
}

function note(ctx: Ctx, kind: string, recordKind: string, id: string, scopeNo: number, body: EntryBody): void {
  record(ctx, { kind, about: { kind: recordKind, id, scopeNo, confidential: false }, body });
}

/** The number of the area under which each thing is told, those made just now included. */
async function scopeOf(
  ctx: Ctx,
  bodies: readonly NonNullable<Steps['body']>[],
  posts: readonly NonNullable<Steps['post']>[],
) {
  const [atlas, directory] = await Promise.all([atlasOf(ctx), directoryOf(ctx)]);
  const fresh = new Map(bodies.map((one) => [one.id, one]));
  const seats = new Map(posts.map((one) => [one.id, one]));
  const area = (id: string): number => atlas.get(id)?.no ?? 0;
  const body = (id: string): number => area((fresh.get(id) ?? directory.body(id))?.areaId ?? '');
  const post = (id: string): number => {
    const seat = seats.get(id) ?? directory.post(id);
    return seat?.areaId ? area(seat.areaId) : body(seat?.bodyId ?? '');
  };
  return { area, body, post };
}

function addPeople(ctx: Ctx, people: readonly NonNullable<Steps['person']>[]): void {
  const keys = createDataKeys(
    ctx,
    people.map(({ id }) => ({ kind: 'person', id })),
  );
  const rows = people.flatMap((person, i) => {
    const key = keys[i];
    return key ? [{ ...person, key }] : [];
  });
  insertPeople(
    ctx,
    rows.map(({ id, name, phone, key }) => ({
      ...{ id, name, keyId: key.id },
      sealed: phone === null ? null : seal(key.bytes, JSON.stringify({ phone }), `person ${id}`),
      phoneMark: phone === null ? null : phoneMark(ctx, phone),
    })),
  );
  for (const { id, name, phone, key } of rows)
    record(ctx, {
      kind: 'person.added',
      about: { kind: 'person', id, scopeNo: 0, confidential: false },
      body: {},
      secret: { key, value: { name, phone } },
    });
}

async function changePhone(ctx: Ctx, { personId: id, phone }: NonNullable<Steps['phone']>): Promise<void> {
  const key = await recordKey(ctx, { kind: 'person', id });
  const sealed = seal(key.bytes, JSON.stringify({ phone }), `person ${id}`);
  savePhone(ctx, id, { sealed, keyId: key.id, phoneMark: phoneMark(ctx, phone) });
  record(ctx, {
    kind: 'person.phone_changed',
    about: { kind: 'person', id, scopeNo: 0, confidential: false },
    body: {},
    secret: { key, value: { phone } },
  });
}

/** The plan has looked already; whoever was appointed elsewhere meanwhile is seen here. */
async function refuseBothAmong(ctx: Ctx, rows: readonly Steps[]): Promise<void> {
  const directory = await directoryOf(ctx);
  for (const { holding, post } of rows) {
    const role = post?.role ?? directory.post(holding?.postId ?? '')?.role;
    if (holding && role && separateRoles.includes(role)) await refuseBoth(ctx, holding.personId, role);
  }
}
