import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { realmOf, today } from '../../../kernel/realm.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { nameOf } from '../../land/registry/fields/keeping.model.ts';
import { namesOf } from '../../land/staff/index.ts';
import { askedTwice } from '../campaigns/index.ts';
import type { Burden, burdenOpenQuery, burdenOpenView, burdenQuery, burdenView } from './burden.model.ts';
import { filesIn, filledIn, type Month, visitsIn, walkedIn } from './burden.queries.ts';
import { monthBeside } from './month.model.ts';

const none: Burden = { visits: 0, asked: 0, known: 0, files: 0, cells: 0 };

/** What was asked, what was known and what was filled in a month, by whoever did it. */
export async function burdenOf(ctx: Ctx, query: z.output<typeof burdenQuery>): Promise<z.input<typeof burdenView>> {
  const now = (await today(ctx)).slice(0, 7);
  const month = await monthOf(ctx, query.month ?? now);
  const [walked, filled] = [await walkedIn(ctx, month), await filledIn(ctx, month)];
  const byPerson = new Map<Id, Burden>();
  for (const { personId, ...counted } of [...walked, ...filled])
    byPerson.set(personId, { ...none, ...byPerson.get(personId), ...counted });
  const names = await namesOf(ctx, [...byPerson.keys()]);
  const people = [...byPerson].map(([personId, counts]) => ({ personId, name: names.get(personId) ?? '', ...counts }));
  const total = people.reduce(added, none);
  const twice = (await askedTwice(ctx)).map(({ field, campaigns }) => ({ field: nameOf(field), campaigns }));
  return {
    ...{ month: month.month, before: monthBeside(month.month, -1), total, twice, seconds: query.seconds },
    after: month.month < now ? monthBeside(month.month, 1) : null,
    minutes: Math.round(((total.known + total.cells) * query.seconds) / 60),
    people: people.toSorted((a, b) => a.name.localeCompare(b.name, 'zh')),
  };
}

const added = (one: Burden, other: Burden): Burden => ({
  visits: one.visits + other.visits,
  asked: one.asked + other.asked,
  known: one.known + other.known,
  files: one.files + other.files,
  cells: one.cells + other.cells,
});

const monthOf = async (ctx: Ctx, month: string): Promise<Month> => ({ month, zone: (await realmOf(ctx)).zone });

const PAGE = 50;
const MOST_FILES = 200;

/** What the numbers of a month were counted from: all of it, or what one person did. */
export async function openBurden(
  ctx: Ctx,
  { month: asked, personId, after }: z.output<typeof burdenOpenQuery>,
): Promise<z.input<typeof burdenOpenView>> {
  const month = await monthOf(ctx, asked ?? (await today(ctx)).slice(0, 7));
  const visits = await visitsIn(ctx, { month, personId, after, most: PAGE });
  const files = after === undefined ? await filesIn(ctx, { month, personId, most: MOST_FILES }) : [];
  const atlas = await atlasOf(ctx);
  const names = await namesOf(ctx, [
    ...[...visits, ...files].map((line) => line.personId),
    ...(personId === undefined ? [] : [personId]),
  ]);
  const told = ({ scopeNo, personId: by }: { readonly scopeNo: number; readonly personId: Id }) => ({
    ...{ area: atlas.numbered(scopeNo)?.name ?? '', by: names.get(by) ?? '' },
  });
  return {
    ...{ month: month.month, person: personId === undefined ? null : (names.get(personId) ?? '') },
    visits: visits.map((line) => ({ ...line, ...told(line) })),
    next: visits.length === PAGE ? (visits.at(-1)?.id ?? null) : null,
    files: files.map((line) => ({ ...line, ...told(line) })),
  };
}
