import canonicalize from 'canonicalize';
import type { Ctx } from '../../../kernel/context.ts';
import { type Directory, directoryOf } from '../../land/staff/index.ts';
import type { RefusedRow } from '../imports/import.model.ts';
import { slugOf } from '../imports/index.ts';
import { publishStandard, type Standard, standardsOf } from '../standards/index.ts';
import {
  type BodyKind,
  bodyKinds,
  type CaseType,
  caseTypeSchema,
  type FilingCondition,
} from '../standards/standard.model.ts';
import type { CategoryMap } from './category_map.model.ts';
import type { Leaf, Tree } from './category_tree.model.ts';

export interface TakenIn {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: readonly RefusedRow[];
  /** Categories of this source that are here and not in the file: they stay. */
  readonly absent: readonly string[];
  readonly types: number;
  readonly conditions: number;
  /** Nothing is filed under these until somebody sets a limit. */
  readonly withoutLimit: number;
  /** The version of the standard in which they stand; null: a trial. */
  readonly version: number | null;
}

type Verdict = 'created' | 'changed' | 'same';

/**
 * Puts a tree into the next version of the standard, in force from now on. What is here from other sources stays as it
 * is, what the file leaves out stays too, and a category keeps its code whatever happens to its name.
 */
export async function takeCategories(ctx: Ctx, map: CategoryMap, tree: Tree, dryRun: boolean): Promise<TakenIn> {
  const [standards, directory] = await Promise.all([standardsOf(ctx), directoryOf(ctx)]);
  const today = standards.at(ctx.now);
  const refused = [...tree.refused];
  const verdicts = new Map<string, Verdict>();
  const taken = new Map<string, CaseType>();
  for (const leaf of tree.leaves) {
    const type = typeOf(map, leaf, today, directory, refused);
    if (!type) continue;
    taken.set(type.code, type);
    verdicts.set(leaf.key, verdictOf(today.type(type.code), type));
  }
  const leaves = tree.leaves.filter(({ key }) => verdicts.has(key));
  const isNews = [...verdicts.values()].some((verdict) => verdict !== 'same') || lacksMajor(map, leaves, today);
  const version = dryRun ? null : isNews ? await publish(ctx, map, today, leaves, taken) : today.version;
  const types = [...taken.values()];
  return {
    rows: tree.rows,
    ...countRows(tree, leaves, verdicts),
    refused: refused.sort((a, b) => a.row - b.row),
    absent: today.types.map(({ code }) => code).filter((code) => code.startsWith(`${map.source}-`) && !taken.has(code)),
    types: types.length,
    conditions: types.reduce((sum, type) => sum + type.conditions.length, 0),
    withoutLimit: types.filter((type) => type.conditions.length === 0).length,
    version,
  };
}

function countRows(tree: Tree, leaves: readonly Leaf[], verdicts: ReadonlyMap<string, Verdict>) {
  const counts: Record<Verdict, number> = { created: 0, changed: 0, same: 0 };
  for (const { key, rows } of leaves) counts[verdicts.get(key) ?? 'same'] += rows.length;
  for (const branch of tree.branches) {
    const below = branch.leaves.map((key) => verdicts.get(key));
    counts[below.includes('created') ? 'created' : below.includes('changed') ? 'changed' : 'same'] += 1;
  }
  return counts;
}

/** Key order says nothing: what is stored comes back in another. */
const verdictOf = (before: CaseType | undefined, now: CaseType): Verdict =>
  before === undefined ? 'created' : canonicalize(before) === canonicalize(now) ? 'same' : 'changed';

const codeIn = (map: CategoryMap, key: string): string => `${map.source}-${slugOf(key)}`;

function typeOf(
  map: CategoryMap,
  leaf: Leaf,
  today: Standard,
  directory: Directory,
  refused: RefusedRow[],
): CaseType | null {
  const answersTo = kindOfBody(map, leaf, directory);
  const refuse = (row: number, column: string, zh: string, en: string): null => {
    const hint = {
      zh: '请在对照表的 owners 里写明它是哪一类单位，再导入一次。',
      en: 'Say in owners of the map what kind of body it is, and import again.',
    };
    for (const each of leaf.rows) refused.push({ row: each || row, column, says: { zh, en }, hint });
    return null;
  };
  if (answersTo === null) {
    const { row, text } = leaf.owner ?? { row: 0, text: '' };
    return refuse(row, map.owner ?? '', `不知道“${text}”是哪一类单位`, `what kind of body “${text}” is, is not known`);
  }
  const code = codeIn(map, leaf.key);
  const known = today.type(code);
  const told = leaf.conditions.map((one) => conditionOf(map, code, leaf, one));
  const others = (known?.conditions ?? []).filter((one) => !told.some((each) => each.code === one.code));
  const type = {
    ...known,
    code,
    kind: map.kind,
    major: codeIn(map, leaf.top.key),
    name: { zh: leaf.name, en: known?.name.en === known?.name.zh ? leaf.name : (known?.name.en ?? leaf.name) },
    answersTo,
    conditions: [...others, ...told].sort((a, b) => (a.code < b.code ? -1 : 1)),
  };
  const checked = caseTypeSchema.safeParse(type);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const hint = { zh: '请改正后再导入一次。', en: 'Correct it and import again.' };
  for (const row of leaf.rows)
    refused.push({
      row,
      column: issue?.path.join('.') ?? '',
      says: { zh: issue?.message ?? '', en: issue?.message ?? '' },
      hint,
    });
  return null;
}

/** Nobody named: the township takes it first (首接负责). A name that is not known is not guessed at. */
function kindOfBody(map: CategoryMap, { owner }: Leaf, directory: Directory): BodyKind | null {
  if (owner === null) return 'township';
  const { text } = owner;
  const named = Object.hasOwn(map.owners, text) ? map.owners[text] : undefined;
  if (named) return named;
  const kind = directory.bodies.find(({ name }) => name === text)?.kind ?? text;
  return bodyKinds.find((one) => one === kind) ?? null;
}

/** Of another city: what holds there is a proposal here, for the county to settle. */
function conditionOf(
  map: CategoryMap,
  typeCode: string,
  leaf: Leaf,
  { limit, when }: Leaf['conditions'][number],
): FilingCondition {
  const said = when || leaf.name;
  return {
    code: `${typeCode}-${when === '' ? 'any' : slugOf(when)}`,
    when: { zh: said, en: said },
    limit,
    done: { zh: '已按要求处置，现场恢复正常', en: 'Dealt with as required; the place is in order again' },
    evidence: 'photos',
    source: map.title,
    confidence: 'unsure',
  };
}

const majorsOf = (map: CategoryMap, leaves: readonly Leaf[]) =>
  leaves.map(({ top }) => ({ code: codeIn(map, top.key), kind: map.kind, name: { zh: top.name, en: top.name } }));

const lacksMajor = (map: CategoryMap, leaves: readonly Leaf[], today: Standard): boolean =>
  majorsOf(map, leaves).some(
    (one) => canonicalize(one) !== canonicalize(today.majors.find(({ code }) => code === one.code)),
  );

async function publish(
  ctx: Ctx,
  map: CategoryMap,
  today: Standard,
  leaves: readonly Leaf[],
  taken: ReadonlyMap<string, CaseType>,
): Promise<number> {
  const majors = new Map([...today.majors, ...majorsOf(map, leaves)].map((one) => [one.code, one]));
  const types = new Map([...today.types.map((type) => [type.code, type] as const), ...taken]);
  const { version } = await publishStandard(ctx, {
    title: `${map.title}（导入）`,
    source: map.source,
    majors: [...majors.values()],
    types: [...types.values()],
    stages: today.stages,
  });
  return version;
}
