import { addAccount } from '../../src/domains/land/accounts/index.ts';
import { addArea } from '../../src/domains/land/areas/index.ts';
import { addBody, addPerson, addPost, appoint, directoryOf } from '../../src/domains/land/staff/index.ts';
import { addRule } from '../../src/domains/work/standards/index.ts';
import type { Ctx } from '../../src/kernel/context.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { allDayCalendarId, carryOut, officeCalendarId, plantRealm } from '../planting.ts';
import { areas, bodies, type CastMember, cast, idOf, rules } from './plan.ts';

export interface SmallOptions {
  readonly realm: number;
  readonly name: string;
  /** The same hash for all: demo accounts on a machine of one's own. */
  readonly passwordHash: string;
}

/** Plants the small county and its cast; every step is a command with its entry in the journal. */
export async function plantSmall(runtime: Runtime, { realm, name, passwordHash }: SmallOptions): Promise<void> {
  const id = (what: string, key: string): Id => idOf(realm, what, key);
  const [county, ...below] = areas;
  if (!county) throw new Error('the plan has no county');
  await plantRealm(runtime, {
    realm,
    name,
    zone: 'Asia/Shanghai',
    root: { id: id('area', county.key), level: county.level, code: county.code, name },
  });
  await carryOut(runtime, realm, 'areas', async (ctx) => {
    for (const { key, parent, ...area } of below)
      await addArea(ctx, { ...area, id: id('area', key), parentId: id('area', parent ?? '') });
    return {};
  });
  await carryOut(runtime, realm, 'bodies', async (ctx) => {
    for (const { key, area, allDay, ...body } of bodies) {
      const calendarId = allDay ? allDayCalendarId(realm) : officeCalendarId(realm);
      await addBody(ctx, { ...body, id: id('body', key), areaId: id('area', area), calendarId });
    }
    for (const { area, kind, ground, body, basis } of rules) {
      await addRule(ctx, {
        id: ctx.ids.newId(),
        areaId: id('area', area),
        matchesKind: 'body_kind',
        matches: kind,
        ground,
        bodyId: id('body', body),
        basis,
      });
    }
    return {};
  });
  await carryOut(runtime, realm, 'cast', async (ctx) => {
    for (const member of cast) await plantMember(ctx, realm, member, passwordHash);
    return {};
  });
}

async function plantMember(
  ctx: Ctx,
  realm: number,
  { name, login, posts, phone }: CastMember,
  passwordHash: string,
): Promise<void> {
  const personId = idOf(realm, 'person', login);
  await addPerson(ctx, { id: personId, name, phone: phone ?? null });
  await addAccount(ctx, {
    id: idOf(realm, 'account', login),
    login,
    personId,
    passwordHash,
    mustChangePassword: false,
    isDemo: true,
  });
  for (const [role, place] of posts) {
    const bodyId = bodies.some((body) => body.key === place) ? idOf(realm, 'body', place) : null;
    const areaId = bodyId === null ? idOf(realm, 'area', place) : null;
    const seated = (await directoryOf(ctx)).posts.find(
      (post) => post.role === role && post.areaId === areaId && post.bodyId === bodyId,
    );
    const postId = seated?.id ?? (await addPost(ctx, { id: ctx.ids.newId(), role, areaId, bodyId })).postId;
    await appoint(ctx, { id: ctx.ids.newId(), postId, personId });
  }
}
