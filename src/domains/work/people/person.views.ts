import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { type Body, directoryOf, holdersOf, isRole, peopleCalled, placesHeld, roles } from '../../land/staff/index.ts';
import { calendarsOf } from '../calendars/index.ts';
import { seatsAt } from './area.views.ts';
import { ofBody, requireBody, tallyOf } from './duties.views.ts';
import {
  type bodiesQuery,
  type bodiesView,
  type bodyView,
  type foundView,
  PAGE,
  peopleProblems,
  type personView,
  type postView,
} from './people.model.ts';
import { answersOf, holdingsOf, nameOf, peopleLike, purposeOf } from './people.queries.ts';

const MOST_FOUND = 20;

/** By a part of the name; where they sit tells two of one name apart. */
export async function peopleFound(ctx: Ctx, words: string): Promise<z.output<typeof foundView>> {
  const [people, places] = [await peopleLike(ctx, words, MOST_FOUND), await placesHeld(ctx)];
  return people.map((one) => ({ ...one, places: places.get(one.personId) ?? [] }));
}

/** By account, id or a name that only one person has. */
export async function personCalled(ctx: Ctx, typed: string): Promise<{ personId: string }> {
  const people = await peopleCalled(ctx, typed);
  const [one] = people;
  if (!one || people.length > 1) throw new Problem(peopleProblems['people.not_one'], { typed, count: people.length });
  return { personId: one.id };
}

/** Posts and what they answer for, with periods: what is over stays to be seen. */
export async function personOf(ctx: Ctx, id: string): Promise<z.output<typeof personView>> {
  const name = await nameOf(ctx, id);
  if (name === null) throw new Problem(peopleProblems['people.not_found']);
  const [atlas, directory] = [await atlasOf(ctx), await directoryOf(ctx)];
  const [posts, charges] = [await holdingsOf(ctx, id), await answersOf(ctx, id)];
  return {
    id,
    name,
    duties: await tallyOf(ctx, { kind: 'person', personId: id }),
    posts: posts.map(({ role, ...held }) => ({
      ...held,
      roleWords: isRole(role) ? roles[role].words : { zh: role, en: role },
      place: atlas.get(held.areaId ?? '')?.name ?? directory.bodyName(held.bodyId ?? '') ?? '',
    })),
    charges: charges.map((one) => ({ ...one, area: atlas.get(one.areaId)?.name ?? '' })),
  };
}

export async function postOf(ctx: Ctx, id: string): Promise<z.output<typeof postView>> {
  const [atlas, directory] = [await atlasOf(ctx), await directoryOf(ctx)];
  const post = directory.post(id);
  if (!post) throw new Problem(peopleProblems['people.no_post']);
  const { role, areaId, bodyId } = post;
  return {
    ...{ id, role, roleWords: roles[role].words, areaId, bodyId },
    place: atlas.get(areaId ?? '')?.name ?? directory.bodyName(bodyId ?? '') ?? '',
    holders: await holdersOf(ctx, [id]),
  };
}

export async function bodiesOf(ctx: Ctx, asked: z.output<typeof bodiesQuery>): Promise<z.output<typeof bodiesView>> {
  const { bodies } = await directoryOf(ctx);
  const all = asked.only === 'temporary' ? bodies.filter(({ temporaryUntil }) => temporaryUntil) : bodies;
  const lines: z.output<typeof bodiesView>['lines'] = [];
  for (const body of all.slice(asked.from, asked.from + PAGE)) lines.push((await described(ctx, body)).line);
  return { count: all.length, from: asked.from, lines };
}

export async function bodyOf(ctx: Ctx, id: string): Promise<z.output<typeof bodyView>> {
  const { line, posts } = await described(ctx, await requireBody(ctx, id));
  return { ...line, purpose: await purposeOf(ctx, id), posts };
}

async function described(ctx: Ctx, body: Body) {
  const [atlas, directory] = [await atlasOf(ctx), await directoryOf(ctx)];
  const { id, name, areaId, temporaryUntil = null, aboveId = null } = body;
  const posts = (await seatsAt(ctx, directory, new Set([id]))).get(id) ?? [];
  const on = await today(ctx);
  const line = {
    ...{ id, name, temporaryUntil },
    area: { id: areaId, name: atlas.get(areaId)?.name ?? '' },
    hours: await hoursOf(ctx, body, on),
    above: aboveId === null ? null : { id: aboveId, name: directory.bodyName(aboveId) ?? '' },
    pastTerm: temporaryUntil !== null && temporaryUntil < on,
    seats: posts.length,
    people: new Set(posts.flatMap(({ holders }) => holders.map(({ personId }) => personId))).size,
    duties: await tallyOf(ctx, await ofBody(ctx, id)),
  };
  return { line, posts };
}

/** Summer and winter hours are two patterns; the one that holds today. */
async function hoursOf(ctx: Ctx, { calendarId }: Body, on: string) {
  const { name, patterns } = (await calendarsOf(ctx)).latest(calendarId).spec;
  const pattern = patterns.findLast(({ from }) => from <= on) ?? patterns[0];
  return { name, weekdays: pattern?.weekdays ?? [], slots: pattern?.slots.map((slot) => [...slot]) ?? [] };
}
