import type { z } from 'zod';
import { markChanged } from '../../../kernel/cache_version.ts';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { createDataKey } from '../../../kernel/data_key.ts';
import { keyedHash, seal } from '../../../kernel/envelope.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { calendarsOf } from '../../work/calendars/index.ts';
import { atlasOf, levelWords, requireArea } from '../areas/index.ts';
import { buildDirectory, type Directory, deskFor, type Post } from './directory.model.ts';
import { phoneOf } from './roster.model.ts';
import {
  type bodyForm,
  type holdingForm,
  type personForm,
  type postForm,
  type Role,
  type responsibilityForm,
  roles,
  rootRoles,
  separateRoles,
  staffProblems,
} from './staff.model.ts';
import {
  allBodies,
  allPosts,
  closedBodies,
  endHoldings,
  holdersWithAccount,
  insertBody,
  insertHolding,
  insertPerson,
  insertPost,
  insertResponsibility,
  lockPerson,
  lockPostsOf,
  rolesHeldBy,
} from './staff.queries.ts';

export const CACHE = 'staff';

defineConstraints({
  post_one_seat: 'staff.post_exists',
  holding_once_at_a_time: 'staff.holds_already',
  body_name_taken: 'staff.body_name_taken',
  responsibility_said_once: 'staff.in_charge_already',
  holding_realm_person_id_fkey: 'staff.not_found',
  responsibility_realm_person_id_fkey: 'staff.not_found',
  body_code_taken: 'staff.body_code_taken',
  person_known_already: 'staff.person_known',
  body_pkey: 'command.id_taken',
  post_pkey: 'command.id_taken',
  person_pkey: 'command.id_taken',
  holding_pkey: 'command.id_taken',
  responsibility_pkey: 'command.id_taken',
});

/** Seats and bodies of today, from memory. */
export const directoryOf = (ctx: Ctx): Promise<Directory> =>
  ctx.cache.get(ctx, CACHE, async (own) => {
    const [posts, bodies, closed] = await Promise.all([allPosts(own), allBodies(own), closedBodies(own)]);
    return buildDirectory(posts, bodies, closed);
  });

/** The desk of a role for an area; the seats at the top exist in every realm, so there always is one. */
export async function requireDesk(ctx: Ctx, areaId: string, role: Role): Promise<Post> {
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  const desk = deskFor(directory, atlas, areaId, role);
  if (!desk) throw new Problem(staffProblems['staff.not_found']);
  return desk;
}

export const markStaffChanged = (ctx: Ctx): Promise<void> => markChanged(ctx, CACHE);

export async function addBody(ctx: Ctx, form: z.infer<typeof bodyForm>): Promise<{ bodyId: string }> {
  const area = await requireArea(ctx, form.areaId);
  (await calendarsOf(ctx)).latest(form.calendarId);
  await insertBody(ctx, form);
  await changed(ctx, 'body.added', { kind: 'body', id: form.id, scopeNo: area.no }, form);
  return { bodyId: form.id };
}

export async function addPost(ctx: Ctx, form: z.infer<typeof postForm>): Promise<{ postId: string }> {
  const place = await placeOf(ctx, form);
  const spec = roles[form.role];
  if (!(spec.at as readonly string[]).includes(place.at)) {
    const places = spec.at.map((at) => (at === 'body' ? { zh: '单位', en: 'body' } : levelWords[at]));
    throw new Problem(staffProblems['staff.wrong_place'], {
      role: spec.words.zh,
      roleEn: spec.words.en,
      places: places.map((words) => words.zh).join('、'),
      placesEn: places.map((words) => words.en).join(', '),
    });
  }
  await insertPost(ctx, form);
  await changed(ctx, 'post.added', { kind: 'post', id: form.id, scopeNo: place.scopeNo }, form);
  return { postId: form.id };
}

/** The seats that must exist at the top before the first report can be taken. */
export async function addRootPosts(ctx: Ctx, rootAreaId: string): Promise<void> {
  for (const role of rootRoles) await addPost(ctx, { id: ctx.ids.newId(), role, areaId: rootAreaId, bodyId: null });
}

async function placeOf(
  ctx: Ctx,
  { areaId, bodyId }: z.infer<typeof postForm>,
): Promise<{ at: string; scopeNo: number }> {
  if (areaId !== null && bodyId === null) {
    const area = await requireArea(ctx, areaId);
    return { at: area.level, scopeNo: area.no };
  }
  const body = bodyId === null || areaId !== null ? undefined : (await directoryOf(ctx)).body(bodyId);
  if (!body) throw new Problem(staffProblems['staff.not_found']);
  return { at: 'body', scopeNo: (await requireArea(ctx, body.areaId)).no };
}

/** What a phone is known by, so that somebody is found again by it and nobody's number can be read. */
export const phoneMark = ({ keys, realm }: Pick<Ctx, 'keys' | 'realm'>, phone: string): Buffer =>
  keyedHash(keys.index, `phone ${realm} ${phoneOf(phone)}`);

export async function addPerson(
  ctx: Ctx,
  { id, name, phone }: z.infer<typeof personForm>,
): Promise<{ personId: string }> {
  const key = createDataKey(ctx, { kind: 'person', id });
  const sealed = phone === null ? null : seal(key.bytes, JSON.stringify({ phone }), `person ${id}`);
  await insertPerson(ctx, {
    id,
    name,
    sealed,
    keyId: key.id,
    phoneMark: phone === null ? null : phoneMark(ctx, phone),
  });
  record(ctx, {
    kind: 'person.added',
    about: { kind: 'person', id, scopeNo: 0, confidential: false },
    body: {},
    secret: { key, value: { name, phone } },
  });
  return { personId: id };
}

export async function appoint(ctx: Ctx, form: z.infer<typeof holdingForm>): Promise<{ holdingId: string }> {
  const post = (await directoryOf(ctx)).post(form.postId);
  if (!post) throw new Problem(staffProblems['staff.not_found']);
  if (separateRoles.includes(post.role)) await refuseBoth(ctx, form.personId, post.role);
  await insertHolding(ctx, form);
  await changed(ctx, 'post.appointed', { kind: 'post', id: form.postId, scopeNo: await scopeOfPost(ctx, post) }, form);
  return { holdingId: form.id };
}

export async function refuseBoth(ctx: Ctx, personId: string, role: Role): Promise<void> {
  await lockPerson(ctx, personId);
  await refuseTogether(ctx, personId, role);
}

/** As it stands at this moment; for a preview. */
export async function refuseTogether(ctx: Ctx, personId: string, role: Role): Promise<void> {
  if (!separateRoles.includes(role)) return;
  const held = await rolesHeldBy(ctx, personId);
  if (held.some((other) => other !== role && (separateRoles as readonly string[]).includes(other))) {
    throw new Problem(staffProblems['staff.must_be_separate']);
  }
}

export async function relieve(ctx: Ctx, form: { postId: string; personId: string }): Promise<{ ended: number }> {
  const post = (await directoryOf(ctx)).post(form.postId);
  if (!post) throw new Problem(staffProblems['staff.not_found']);
  if (post.role === 'admin') await lockPostsOf(ctx, post.role);
  const ended = await endHoldings(ctx, form.postId, form.personId);
  if (ended === 0) throw new Problem(staffProblems['staff.not_found']);
  if (post.role === 'admin' && (await holdersWithAccount(ctx, post.role)) === 0)
    throw new Problem(staffProblems['staff.last_admin']);
  await changed(ctx, 'post.relieved', { kind: 'post', id: form.postId, scopeNo: await scopeOfPost(ctx, post) }, form);
  return { ended };
}

export async function putInCharge(
  ctx: Ctx,
  form: z.infer<typeof responsibilityForm>,
): Promise<{ responsibilityId: string }> {
  const area = await requireArea(ctx, form.areaId);
  await insertResponsibility(ctx, form, area.no);
  await changed(ctx, 'area.put_in_charge', { kind: 'area', id: form.areaId, scopeNo: area.no }, form);
  return { responsibilityId: form.id };
}

export async function scopeOfPost(ctx: Ctx, post: Post): Promise<number> {
  const areaId = post.areaId ?? (await directoryOf(ctx)).body(post.bodyId ?? '')?.areaId;
  return areaId === undefined ? 0 : (await requireArea(ctx, areaId)).no;
}

export async function changed(
  ctx: Ctx,
  kind: string,
  about: { kind: string; id: string; scopeNo: number },
  body: EntryBody,
): Promise<void> {
  await markChanged(ctx, CACHE);
  record(ctx, { kind, about: { ...about, confidential: false }, body });
}
