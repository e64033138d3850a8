import { createHash } from 'node:crypto';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type Area, atlasOf } from '../../land/areas/index.ts';
import { type Directory, directoryOf, requireDesk } from '../../land/staff/index.ts';
import { amendImported, type Placed, putInArea, putInPlace, type TakenIn, takeIn } from '../casefiles/index.ts';
import { type Standard, standardsOf } from '../standards/index.ts';
import type { Written } from './figures.model.ts';
import { areaFinder, codeOf } from './ground.commands.ts';
import { importProblems, type NoteKind, type RefusedRow } from './import.model.ts';
import { insertKnown, type KnownRow, knownRows, saveChanged } from './import.queries.ts';
import type { ImportMap } from './map.model.ts';
import type { Row } from './row.model.ts';

defineConstraints({ imported_row_pkey: importProblems['import.at_once'] });

/** An import under way: what all its rows have in common. */
export interface Import {
  readonly map: ImportMap;
  readonly batchId: Id;
  /** The standard its kinds of work stand in; null: they arrive unclassified. */
  readonly standardVersion: number | null;
  /** The area named when it was started. */
  readonly areaId: Id | null;
}

export interface Wrote {
  readonly row: Row;
  readonly verdict: Written;
  readonly notes: readonly NoteKind[];
}
export type Outcome = Wrote | RefusedRow;

/** A verdict for every row, in their order; with `isTrial` nothing is written. */
export async function writeRows(ctx: Ctx, it: Import, rows: readonly Row[], isTrial = false): Promise<Outcome[]> {
  const [known, ground] = await Promise.all([
    knownRows(
      ctx,
      it.map.source,
      rows.map(({ key }) => key),
    ),
    groundOf(ctx, it),
  ]);
  const plans: Plan[] = [];
  for (const row of rows) plans.push(await planOf(ctx, it, ground, row, known.get(row.key)));
  if (!isTrial) await create(ctx, it, plans);
  const outcomes: Outcome[] = [];
  for (const plan of plans) outcomes.push('says' in plan || isTrial ? outcomeOf(plan) : await amend(ctx, it, plan));
  return outcomes;
}

interface Planned extends Wrote {
  readonly taken: TakenIn | null;
  readonly known: KnownRow | undefined;
  readonly hash: Buffer;
}
type Plan = Planned | RefusedRow;

const outcomeOf = (plan: Plan): Outcome =>
  'says' in plan ? plan : { row: plan.row, verdict: plan.verdict, notes: plan.notes };

/** What a row is known by when it comes again, in an order of its own; what the source flags is not part of the case. */
function hashOf({ form, type, body, area, openedAt, until, closedAt, closingWords }: Row): Buffer {
  const { words, place, channel, language, urgent, confidential } = form;
  const said = [words, channel, language, urgent, confidential, closingWords];
  const where = [place.lon, place.lat, place.datum, place.words, area.by, pathOf(area), body];
  const when = [openedAt, until, closedAt];
  return createHash('sha256')
    .update(JSON.stringify([said, where, when, type?.name, type?.major]))
    .digest();
}

const pathOf = (area: Row['area']): readonly string[] =>
  area.by === 'names' ? area.names.map(({ name }) => name) : area.by === 'code' ? [area.code] : [];

async function planOf(ctx: Ctx, it: Import, ground: Ground, row: Row, known: KnownRow | undefined): Promise<Plan> {
  const hash = hashOf(row);
  if (known?.rowHash.equals(hash)) return { row, verdict: 'same', notes: [], taken: null, known, hash };
  try {
    const { taken, notes } = await takenFrom(ctx, it, ground, row);
    return { row, verdict: known ? 'changed' : 'created', notes, taken, known, hash };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { row: row.row, column: '', says: error.title, hint: error.hint };
  }
}

async function create(ctx: Ctx, it: Import, plans: readonly Plan[]): Promise<void> {
  const fresh = plans.flatMap((plan) =>
    'says' in plan || plan.verdict !== 'created' || !plan.taken ? [] : [{ plan, taken: plan.taken }],
  );
  await takeIn(
    ctx,
    fresh.map(({ taken }) => taken),
  );
  const { source } = it.map;
  insertKnown(
    ctx,
    fresh.map(({ plan, taken }) => ({
      source,
      key: plan.row.key,
      casefileId: taken.form.casefileId,
      batchId: it.batchId,
      rowHash: plan.hash,
    })),
  );
}

/** Few rows change between two exports; each is a step of its own on its case. */
async function amend(ctx: Ctx, it: Import, plan: Planned): Promise<Outcome> {
  if (plan.verdict !== 'changed' || !plan.known || !plan.taken) return outcomeOf(plan);
  const says = await amendImported(ctx, plan.known.casefileId, plan.taken);
  if (says !== null) return { row: plan.row.row, column: it.map.key, says, hint: byHand };
  await saveChanged(ctx, it.map.source, { key: plan.row.key, rowHash: plan.hash }, it.batchId);
  return outcomeOf(plan);
}

const byHand = {
  zh: '案卷没有改动。需要时请在案卷里由经办岗位办理。',
  en: 'The case was not touched. Where needed, the desk in charge takes the step in the case itself.',
};

interface Ground {
  readonly standard: Standard;
  readonly root: Area | null;
  readonly find: ReturnType<typeof areaFinder>;
  readonly byCode: ReadonlyMap<string, Area>;
  readonly bodies: ReadonlyMap<string, Directory['bodies'][number]>;
}

async function groundOf(ctx: Ctx, it: Import): Promise<Ground> {
  const [atlas, directory, standards] = await Promise.all([atlasOf(ctx), directoryOf(ctx), standardsOf(ctx)]);
  return {
    standard: it.standardVersion === null ? standards.at(ctx.now) : standards.version(it.standardVersion),
    root: it.areaId === null ? atlas.root : (atlas.get(it.areaId) ?? null),
    find: areaFinder(atlas.areas),
    byCode: new Map(atlas.areas.map((area) => [area.code, area])),
    bodies: new Map(directory.bodies.map((body) => [body.name, body])),
  };
}

async function takenFrom(
  ctx: Ctx,
  it: Import,
  ground: Ground,
  row: Row,
): Promise<{ taken: TakenIn; notes: NoteKind[] }> {
  const { map } = it;
  const { placed, isWhole } = await placeOf(ctx, ground, row);
  const duty = map.kind === 'history' ? 'handle' : 'register';
  const body = duty === 'handle' && row.body !== null ? ground.bodies.get(row.body) : undefined;
  const owedBy = body
    ? ({ kind: 'body', id: body.id } as const)
    : { kind: 'post' as const, id: (await requireDesk(ctx, placed.areaId, desks[duty])).id };
  const notes: NoteKind[] = [];
  if (!isWhole) notes.push('area_unknown');
  if (duty === 'handle' && row.body !== null && !body) notes.push('body_unknown');
  const { openedAt, day, until, closedAt, closingWords, type } = row;
  const typed = type === null ? {} : { typeCode: codeOf(map, type.name) };
  const form = { ...row.form, ...typed, casefileId: ctx.ids.newId(), reportId: ctx.ids.newId() };
  const origin = { batchId: it.batchId, source: map.source };
  const acts = { openedAt, day, until, closedAt, closingWords };
  const standing = { standardVersion: it.standardVersion, stages: ground.standard.stages };
  return { taken: { form, placed, duty, owedBy, origin, ...acts, ...standing }, notes };
}

const desks = { handle: 'dispatcher', register: 'registrar' } as const;

async function placeOf(ctx: Ctx, ground: Ground, row: Row): Promise<{ placed: Placed; isWhole: boolean }> {
  const { area, form } = row;
  if (area.by === 'point' && form.place.lon !== undefined)
    return { placed: await putInPlace(ctx, form.place), isWhole: true };
  const { area: found, isWhole } =
    area.by === 'names'
      ? ground.find(area.names)
      : area.by === 'code'
        ? { area: ground.byCode.get(area.code) ?? null, isWhole: true }
        : { area: ground.root, isWhole: true };
  if (!found) throw new Problem(importProblems['import.no_area'], { area: area.by === 'code' ? area.code : '' });
  return { placed: putInArea(found, form.place), isWhole };
}
