import { areaLevels } from '../domains/land/areas/area.model.ts';
import type { Feature } from '../domains/land/areas/border_doubt.model.ts';
import { planBorders } from '../domains/land/areas/border_plan.model.ts';
import { compare, type NewArea, type Proposal } from '../domains/land/areas/comparison.model.ts';
import { planConfirmed, readConfirmed } from '../domains/land/areas/confirmation.model.ts';
import { isStatisticalZone, readDivisions, wantedCodes } from '../domains/land/areas/division.model.ts';
import { readCollection, readCorners } from '../domains/land/areas/feature.model.ts';
import { isCount, type Numbered, numberAsListed, numberEvery } from '../domains/land/areas/grid_plan.model.ts';
import {
  type Amendment,
  type Area,
  type AreaLevel,
  addAreas,
  amendAreas,
  atlasOf,
} from '../domains/land/areas/index.ts';
import type { Refusal } from '../domains/land/areas/intake.model.ts';
import { asSystem } from '../kernel/entrance.ts';
import type { Datum } from '../kernel/geo.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import { noVerdicts, tell, type Verdicts } from './import_verdicts.ts';
import { byOperator, requireRealm } from './operator.ts';
import { cliProblems } from './problems.ts';
import { withRuntime } from './station.ts';
import { type FileRow, readJson, readTable } from './table_file.ts';
import type { Progress, Terminal } from './terminal.ts';

export interface ImportAreasOptions {
  readonly divisions?: string[];
  readonly county?: string[];
  readonly polygons?: string[];
  readonly codeProperty?: string;
  readonly nameProperty?: string;
  readonly corners?: string[];
  readonly grids?: string;
  readonly microGrids?: string;
  readonly datum: Datum;
  readonly compare?: boolean;
  readonly confirm?: string;
  readonly takeQuestioned?: boolean;
  readonly dryRun?: boolean;
  readonly realm?: string;
}

/** Divisions, borders and grids out of files; everything is read before the database is opened. */
export async function importAreas(terminal: Terminal, options: ImportAreasOptions): Promise<void> {
  const given = readFiles(options);
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    tell(terminal, await takeIn({ terminal, runtime, realm, options }, given), options.dryRun ?? false);
  });
}

/**
 * Each part is planned against the land that stands and written in packs. What stands already is left alone, so that a
 * run that was broken off goes on where it stopped.
 */
export async function takeIn(
  at: Pick<Job, 'terminal' | 'runtime' | 'realm' | 'options'>,
  given: Given,
): Promise<Verdicts> {
  const newId = (): string => at.runtime.ids.newId();
  const job: Job = { ...at, newId, verdicts: noVerdicts(), land: await landNow(at.runtime, at.realm) };
  if (given.divisions) await takeDivisions(job, given.divisions);
  if (given.confirmed) await takeConfirmed(job, at.options.confirm ?? '', given.confirmed);
  if (given.grids !== null) await takeGrids(job, 'community', given.grids);
  if (given.microGrids !== null) await takeGrids(job, 'grid', given.microGrids);
  if (given.borders) await takeBorders(job, given.borders);
  return job.verdicts;
}

interface Given {
  readonly divisions: readonly FileRow[] | null;
  readonly confirmed: unknown;
  readonly grids: number | readonly FileRow[] | null;
  readonly microGrids: number | readonly FileRow[] | null;
  readonly borders: { readonly features: readonly Feature[]; readonly refused: readonly Refusal[] } | null;
}

export function readFiles(options: ImportAreasOptions): Given {
  const { divisions, confirm, grids, microGrids, polygons = [], corners = [] } = options;
  if (!divisions && !confirm && !grids && !microGrids && polygons.length + corners.length === 0)
    throw new Problem(cliProblems['cli.nothing_to_import']);
  const read = [
    ...polygons.map((file) => readCollection(readJson(file), { ...options, file })),
    ...corners.map((file) => readCorners(readTable(file))),
  ];
  const features = read.flatMap((one) => one.features);
  const refused = read.flatMap((one) => one.refused);
  return {
    divisions: divisions ? divisions.flatMap(readTable) : null,
    confirmed: confirm ? readJson(confirm) : null,
    grids: readCount(grids),
    microGrids: readCount(microGrids),
    borders: read.length > 0 ? { features, refused } : null,
  };
}

/** `--grids 4`: so many in each; `--grids table.csv`: as the table says. */
function readCount(typed: string | undefined): number | readonly FileRow[] | null {
  if (typed === undefined) return null;
  if (!/^-?[\d.]+$/.test(typed)) return readTable(typed);
  if (!isCount(Number(typed))) throw new Problem(cliProblems['cli.count_invalid'], { count: typed });
  return Number(typed);
}

interface Job {
  readonly terminal: Terminal;
  readonly runtime: Runtime;
  readonly realm: number;
  readonly options: ImportAreasOptions;
  readonly verdicts: Verdicts;
  readonly newId: () => string;
  /** As it stands now; in a trial also what would have been made. */
  land: readonly Area[];
}

const landNow = (runtime: Runtime, realm: number): Promise<readonly Area[]> =>
  transact(runtime, asSystem(realm, 'operator'), async (ctx) => (await atlasOf(ctx)).areas);

const rootOf = ({ land }: Job): Area => {
  const root = land.find(({ parentId }) => parentId === null);
  if (!root) throw new Error('a realm has a root area');
  return root;
};

async function takeDivisions(job: Job, rows: readonly FileRow[]): Promise<void> {
  const { verdicts, options, newId, land: standing } = job;
  const covers = wantedCodes(rootOf(job), options.county ?? []);
  const { divisions, refused, outside } = readDivisions(rows, rootOf(job), options.county ?? []);
  const compared = compare({ divisions, standing, covers, newId });
  verdicts.rows += divisions.length + refused.length;
  verdicts.outside += outside;
  verdicts.same += compared.same;
  verdicts.refused.push(...refused, ...compared.refused);
  // A list that speaks for a part of a county only says nothing of the rest: what is gone is told when asked for.
  verdicts.proposed.push(...compared.proposed.filter(({ what }) => options.compare || what !== 'gone'));
  if (options.compare) verdicts.proposed.push(...proposalsOf(compared.fresh, standing));
  else await make(job, compared.fresh);
}

function proposalsOf(fresh: readonly NewArea[], land: readonly Area[]): Proposal[] {
  const codes = new Map([...land, ...fresh].map(({ id, code }) => [id, code]));
  return fresh.map(({ level, code, name, parentId }) => {
    const now = { code, name, parentCode: codes.get(parentId) ?? null };
    return { what: 'added', level, areaId: null, was: null, now };
  });
}

async function takeConfirmed(job: Job, file: string, json: unknown): Promise<void> {
  const { verdicts, newId, land: standing } = job;
  const list = readConfirmed(json);
  const plan = planConfirmed(list, { standing, file, newId });
  verdicts.rows += list.length;
  verdicts.same += plan.same;
  verdicts.refused.push(...plan.refused);
  verdicts.proposed.push(...plan.left);
  await amend(job, plan.amend);
  verdicts.changed += plan.amend.length;
  await make(job, plan.fresh);
}

async function takeGrids(job: Job, below: AreaLevel, wished: number | readonly FileRow[]): Promise<void> {
  const { verdicts, options, land, newId } = job;
  const covers = wantedCodes(rootOf(job), options.county ?? []);
  const parents = land.filter(({ level, code }) => level === below && covers.some((one) => code.startsWith(one)));
  const plan: Numbered =
    typeof wished === 'number' ? numberEvery(parents, wished, land, newId) : numberAsListed(wished, land, newId);
  verdicts.rows += plan.fresh.length + plan.same + plan.refused.length;
  verdicts.same += plan.same;
  verdicts.refused.push(...plan.refused);
  await make(job, plan.fresh);
}

async function takeBorders(job: Job, { features, refused }: NonNullable<Given['borders']>): Promise<void> {
  const { options, land } = job;
  const { polygons } = job.verdicts;
  const { datum, takeQuestioned = false } = options;
  const plan = planBorders({ features, areas: land, datum, takeQuestioned });
  polygons.features += features.length + refused.length;
  polygons.taken += plan.taken.length;
  polygons.same += plan.same;
  polygons.repairs.push(...plan.repairs);
  polygons.refused.push(...refused, ...plan.refused);
  polygons.questioned.push(...plan.questioned);
  await amend(
    job,
    plan.taken.map(({ area, boundary, source }) => ({ areaId: area.id, border: { boundary, source } })),
  );
  polygons.without.push(...withoutBorder(land, features, new Set(plan.taken.map(({ area }) => area.id))));
}

/** A list of borders that leaves out a neighbour is worth knowing of: the area is there, the map has a hole. */
function withoutBorder(land: readonly Area[], features: readonly Feature[], taken: ReadonlySet<string>) {
  const named = new Set(features.flatMap(({ code, name }) => [code, name]));
  const touched = land.filter(({ code, name, id }) => taken.has(id) || named.has(code) || named.has(name));
  const groups = new Set(touched.map(({ parentId, level }) => `${parentId} ${level}`));
  return land
    .filter(({ id, parentId, level, boundary }) => !boundary && !taken.has(id) && groups.has(`${parentId} ${level}`))
    .map(({ code, name }) => ({ code, name, statistical: isStatisticalZone({ code }) }));
}

const PACK = 400;

async function make(job: Job, fresh: readonly NewArea[]): Promise<void> {
  job.verdicts.created += fresh.length;
  if (job.options.dryRun) {
    job.land = [...job.land, ...fresh.map((area) => ({ ...area, no: 0, lastNo: 0, boundary: null }))];
    return;
  }
  await inPacks(job, packsOf(fresh), async (pack) => {
    await byOperator(job.runtime, job.realm, 'area.import', (ctx) => addAreas(ctx, pack));
  });
}

/** Level by level, the children of one parent never apart: they share its numbers. */
function packsOf(fresh: readonly NewArea[]): NewArea[][] {
  const packs: NewArea[][] = [];
  for (const level of areaLevels) {
    const families = new Map<string, NewArea[]>();
    for (const area of fresh.filter((one) => one.level === level)) {
      const family = families.get(area.parentId);
      if (family) family.push(area);
      else families.set(area.parentId, [area]);
    }
    let pack: NewArea[] = [];
    for (const family of families.values()) {
      if (pack.length === 0 || pack.length + family.length > PACK) {
        pack = [];
        packs.push(pack);
      }
      pack.push(...family);
    }
  }
  return packs;
}

async function amend(job: Job, list: readonly Amendment[]): Promise<void> {
  if (job.options.dryRun) return;
  const packs = Array.from({ length: Math.ceil(list.length / PACK) }, (_, i) => list.slice(i * PACK, (i + 1) * PACK));
  await inPacks(job, packs, async (pack) => {
    await byOperator(job.runtime, job.realm, 'area.amend', (ctx) => amendAreas(ctx, pack));
  });
}

/** One transaction a pack: what is written stays written when a later one fails or the machine stops. */
async function inPacks<T>(
  job: Job,
  packs: readonly T[][] | readonly (readonly T[])[],
  write: (pack: readonly T[]) => Promise<void>,
): Promise<void> {
  if (packs.length === 0) return;
  const progress: Progress = job.terminal.progress({ zh: '写入', en: 'Writing' }, packs.length);
  for (const [i, pack] of packs.entries()) {
    await write(pack);
    progress.to(i + 1);
  }
  progress.done();
  job.land = await landNow(job.runtime, job.realm);
}
