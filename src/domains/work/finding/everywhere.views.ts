import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { recordLook } from '../../../kernel/journal.ts';
import { type Spelling, spell } from '../../../kernel/pinyin.ts';
import { Problem } from '../../../kernel/problem.ts';
import { granteeOfCode, readTrackingCode } from '../../../kernel/tracking.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { directoryOf, peopleNamed, roles } from '../../land/staff/index.ts';
import { casefileProblems } from '../casefiles/casefile.model.ts';
import { findCasefile, lineOf, reportByGrantee, subjectOf } from '../casefiles/index.ts';
import type { casefileLine } from '../casefiles/page.model.ts';
import type { everywhereView } from './find.model.ts';
import { search } from './find.views.ts';
import { bestOf } from './naming.model.ts';

/** A box at the top of a page shows a few of each kind; whoever wants more opens the list. */
const MOST_CASES = 8;
const MOST_NAMED = 5;

export async function searchEverywhere(ctx: Ctx, words: string): Promise<z.input<typeof everywhereView>> {
  const { cases, more } = await search(ctx, { words, most: MOST_CASES });
  const [areas, bodies, people] = await Promise.all([
    areasFor(ctx, words),
    bodiesFor(ctx, words),
    peopleFor(ctx, words),
  ]);
  return { cases, more, areas, people, bodies };
}

async function areasFor(ctx: Ctx, words: string) {
  const atlas = await atlasOf(ctx);
  const spelled = atlas.areas.map((area) => ({ ...spellingOf(area.name), id: area.id, name: area.name, area }));
  const found = bestOf(
    spelled.map((one) => ({ ...one, code: one.area.code })),
    words,
    MOST_NAMED,
  );
  return found.map(({ area: { id, name, code, level } }) => ({ id, name, code, level, path: atlas.path(id) }));
}

async function bodiesFor(ctx: Ctx, words: string) {
  const { bodies } = await directoryOf(ctx);
  const found = bestOf(
    bodies.map(({ id, name }) => ({ ...spellingOf(name), id, name })),
    words,
    MOST_NAMED,
  );
  return found.map(({ id, name }) => ({ id, name }));
}

/** Whoever holds a post now: what everybody who is signed in may read at the area or body in question. */
async function peopleFor(ctx: Ctx, words: string) {
  const [atlas, directory, found] = await Promise.all([
    atlasOf(ctx),
    directoryOf(ctx),
    peopleNamed(ctx, words.trim(), MOST_NAMED),
  ]);
  return found.flatMap(({ personId, name, postId }) => {
    const post = directory.post(postId);
    if (!post) return [];
    const { areaId, bodyId, role } = post;
    const place = atlas.get(areaId ?? '')?.name ?? directory.bodyName(bodyId ?? '') ?? '';
    return [{ personId, name, roleWords: roles[role].words, place, areaId, bodyId }];
  });
}

/** Names repeat from county to county and from version to version of the tree; each is spelled once. */
const spelled = new Map<string, Spelling>();
const MOST_KEPT = 100_000;

function spellingOf(name: string): Spelling {
  const known = spelled.get(name);
  if (known) return known;
  if (spelled.size >= MOST_KEPT) spelled.clear();
  const made = spell(name);
  spelled.set(name, made);
  return made;
}

/**
 * Somebody reads their code out on the telephone. Whoever may read the case anyhow is led to it; to everybody else a
 * code of another is no code at all. That it was looked up is noted on the case, for it ties a case to a caller.
 */
export async function findByCode(ctx: Ctx, typed: string): Promise<z.input<typeof casefileLine>> {
  const code = readTrackingCode(typed);
  const report = code === null ? undefined : await reportByGrantee(ctx, granteeOfCode(ctx.keys, code));
  const file = report && (await findCasefile(ctx, report.casefileId));
  if (!file) throw new Problem(casefileProblems['track.unknown_code']);
  recordLook(ctx, { kind: 'casefile.read', about: subjectOf(file), body: { by: 'code' } });
  return lineOf(ctx, file);
}
