import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { atlasOf, runsOf } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { findCasefiles, lineOf } from '../casefiles/index.ts';
import { dutyLines, dutyWords, type Obligation } from '../obligations/index.ts';
import { areaNamed, readsAny, readsWhole } from './area.views.ts';
import { type DutiesQuery, type dutiesView, PAGE, peopleProblems, type Tally } from './people.model.ts';
import { type About, countDuties, listDuties, nameOf } from './people.queries.ts';

type Shown = z.output<typeof dutiesView>;

/** What a number was counted from: the same condition, so that the list is as long as the number says. */
export async function dutiesOf(ctx: Ctx, asked: DutiesQuery): Promise<Shown> {
  const { shown, about } = await aboutWhat(ctx, asked);
  const onlyLate = asked.late !== undefined;
  if (about === null) return { about: shown, late: onlyLate, count: 0, from: asked.from, lines: [] };
  const count = await countDuties(ctx, about);
  const rows = await listDuties(ctx, about, { onlyLate, from: asked.from, most: PAGE });
  const lines = await linesOf(ctx, rows);
  return { about: shown, late: onlyLate, count: onlyLate ? count.late : count.open, from: asked.from, lines };
}

type Told = { readonly shown: Shown['about']; readonly about: About | null };

async function aboutWhat(ctx: Ctx, { area: typed, person, body }: DutiesQuery): Promise<Told> {
  if ([typed, person, body].filter((one) => one !== undefined).length > 1)
    throw new Problem(peopleProblems['people.about_one']);
  if (person !== undefined) {
    const name = await nameOf(ctx, person);
    if (name === null) throw new Problem(peopleProblems['people.not_found']);
    return { shown: { kind: 'person', id: person, name }, about: { kind: 'person', personId: person } };
  }
  if (body !== undefined) {
    const { id, name } = await requireBody(ctx, body);
    return { shown: { kind: 'body', id, name }, about: await ofBody(ctx, id) };
  }
  const atlas = await atlasOf(ctx);
  const area = areaNamed(atlas, typed);
  const runs = runsOf(atlas.formers, area);
  return {
    shown: { kind: 'area', id: area.id, name: area.name },
    about: readsWhole(ctx, area) ? { kind: 'area', runs } : null,
  };
}

export async function requireBody(ctx: Ctx, id: string) {
  const body = (await directoryOf(ctx)).body(id);
  if (!body) throw new Problem(peopleProblems['people.no_body']);
  return body;
}

export const ofBody = async (ctx: Ctx, id: string): Promise<About> => ({
  kind: 'body',
  owners: [id, ...(await directoryOf(ctx)).inBody(id).map((post) => post.id)],
});

/** Of a person or body: as far as the reader sees; nothing is known where they see none. */
export const tallyOf = async (ctx: Ctx, about: About): Promise<Tally> =>
  readsAny(ctx) ? countDuties(ctx, about) : null;

async function linesOf(ctx: Ctx, rows: readonly Obligation[]): Promise<Shown['lines']> {
  const [files, told, atlas] = [
    await findCasefiles(
      ctx,
      rows.map(({ recordId }) => recordId),
    ),
    await dutyLines(ctx, rows),
    await atlasOf(ctx),
  ];
  const titles = new Map<string, { title: Shown['lines'][number]['title']; number: string }>();
  for (const file of files) titles.set(file.id, await lineOf(ctx, file));
  return rows.flatMap(({ id, duty, recordId, scopeNo }, i) => {
    const line = told[i];
    if (!line) return [];
    const { owedByName, assigneeName, clock } = line;
    const file = titles.get(recordId);
    const place = atlas.numbered(scopeNo)?.name ?? '';
    const about = { title: file?.title ?? null, number: file?.number ?? null, place };
    return [{ id, dutyWords: dutyWords(duty), recordId, ...about, owedByName, assigneeName, clock }];
  });
}
