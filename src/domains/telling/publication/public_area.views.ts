import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Atlas } from '../../land/areas/atlas.model.ts';
import { type Area, areaCoded, areaProblems, areaViewOf, atlasOf, runsOf } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { type Role, roles } from '../../land/staff/staff.model.ts';
import { declineOutcomes, outcomes } from '../../work/casefiles/casefile.model.ts';
import { releasedOf } from '../../work/casefiles/index.ts';
import { standardsOf } from '../../work/standards/index.ts';
import {
  CASES_A_PAGE,
  MOST_SHAPES,
  type publicAreaQuery,
  type publicAreaView,
  RESULT_DAYS,
  stageOf,
} from './public_area.model.ts';
import { countPublic, lastSteps, publicCasesWithin } from './public_area.queries.ts';
import type { PublicCaseRow } from './publication.queries.ts';

type View = z.input<typeof publicAreaView>;

export async function publicAreaOf(ctx: Ctx, query: z.output<typeof publicAreaQuery>): Promise<View> {
  const atlas = await atlasOf(ctx);
  const area = query.code === undefined ? atlas.root : await areaCoded(ctx, query.code);
  if (!area) throw new Problem(areaProblems['area.not_found']);
  const closedSince = new Date(ctx.now.getTime() - RESULT_DAYS * 86_400_000);
  const children = atlas.children(area.id);
  const keyed = [area, ...children].map((one) => ({ key: one.id, runs: runsOf(atlas.formers, one) }));
  const paged = {
    status: query.status,
    since: closedSince,
    most: CASES_A_PAGE + 1,
    skip: (query.page - 1) * CASES_A_PAGE,
  };
  const [counts, rows, posts] = await Promise.all([
    countPublic(ctx, keyed, closedSince),
    publicCasesWithin(ctx, { runs: keyed[0]?.runs ?? [], ...paged }),
    postsOver(ctx, atlas, area),
  ]);
  const of = (id: string) => counts.find(({ key }) => key === id) ?? { open: 0, closed: 0 };
  return {
    area: areaViewOf(atlas, area),
    above: atlas.upwards(area.id).slice(1).reverse().map(nameOf),
    below: children.map((child) => ({ ...nameOf(child), open: of(child.id).open })),
    posts,
    counts: { open: of(area.id).open, closed: of(area.id).closed },
    closedSince,
    cases: await caseLines(ctx, rows.slice(0, CASES_A_PAGE)),
    hasMore: rows.length > CASES_A_PAGE,
    shapes: shapesOf(atlas, area),
  };
}

const nameOf = ({ code, name, level }: Area) => ({ code, name, level });

/** Posts, never who holds them: the office answers, and its page changes only when the office does. */
const told: readonly Role[] = ['grid_worker', 'grid_leader', 'community_head', 'registrar', 'dispatcher', 'leader'];

async function postsOver(ctx: Ctx, atlas: Atlas, area: Area): Promise<View['posts']> {
  const directory = await directoryOf(ctx);
  const upwards = atlas.upwards(area.id);
  return told.flatMap((role) => {
    // The nearest that somebody holds.
    const at = upwards.find(({ id }) => directory.at(id, role).some(({ held }) => held));
    return at ? [{ role: roles[role].words, place: at.name }] : [];
  });
}

async function caseLines(ctx: Ctx, rows: readonly PublicCaseRow[]): Promise<View['cases']> {
  const ids = rows.map(({ id }) => id);
  const [atlas, directory, standards, steps, released] = await Promise.all([
    atlasOf(ctx),
    directoryOf(ctx),
    standardsOf(ctx),
    lastSteps(ctx, ids),
    releasedOf(ctx, ids),
  ]);
  const ends: Readonly<Record<string, Words>> = { ...outcomes, ...declineOutcomes };
  return rows.map((row) => {
    const { number, status, requestedAt, updatedAt, dueAt, publicText, lon, lat } = row;
    const standard = row.standardVersion === null ? standards.at(requestedAt) : standards.version(row.standardVersion);
    return {
      ...{ number, status, requestedAt, updatedAt, dueAt, publicText, lon, lat },
      type: standard.type(row.typeCode)?.name ?? { zh: row.typeCode, en: row.typeCode },
      place: atlas.path(row.areaId).slice(-2).reverse().join(' · '),
      stage: stageOf(status, steps.get(row.id)),
      with: directory.bodyName(row.bodyId ?? '') ?? null,
      outcome: ends[row.outcome ?? ''] ?? null,
      ...(released.get(row.id) ?? { words: null, photoIds: [] }),
    };
  });
}

/** The nearest areas below that have a border; of a grid its own. */
function shapesOf(atlas: Atlas, area: Area): View['shapes'] {
  const drawn = (one: Area): Area[] => (one.boundary ? [one] : atlas.children(one.id).flatMap(drawn));
  const below = atlas.children(area.id).flatMap(drawn);
  return (below.length > 0 ? below : drawn(area))
    .slice(0, MOST_SHAPES)
    .flatMap(({ code, name, boundary }) => (boundary ? [{ code, name, boundary }] : []));
}
