import type { z } from 'zod';
import {
  type Figure,
  type FigurePack,
  keys,
  type ListFact,
  listFacts,
  ofDuties,
  type PackGiven,
  type PackRead,
  type Parameter,
  type Predicate,
  packSchema,
  type Row,
} from './definition.model.ts';

/** Reads packs as the program starts. Whatever is wrong is said, all of it at once. */
export function readPacks(given: readonly PackGiven[]): FigurePack[] {
  const read = given.map((one) => readPack(one));
  const faults = [
    ...read.flatMap(({ faults: of }) => of),
    ...twice(
      'pack',
      given.map(({ code }) => code),
    ),
  ];
  if (faults.length > 0) throw new Error(`figure packs cannot be used:\n${faults.join('\n')}`);
  return read.flatMap(({ pack }) => pack ?? []);
}

function readPack(given: PackGiven): { pack?: FigurePack; faults: string[] } {
  const parsed = packSchema.safeParse(given);
  const at = `pack ${String(given.code)}`;
  if (!parsed.success) return { faults: parsed.error.issues.flatMap((issue) => shapeFaults(issue, at)) };
  const pack = parsed.data;
  const faults = [...figuresFaults(pack), ...parametersFaults(pack)].map((fault) => `${at}: ${fault}`);
  return faults.length > 0 ? { faults } : { pack: filled(pack), faults };
}

/** Of a choice between shapes, what is wrong with the one that came furthest. */
function shapeFaults(issue: z.core.$ZodIssue, at: string): string[] {
  const here = issue.path.length > 0 ? `${at}: ${issue.path.join('.')}` : at;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [`${here}: ${issue.message}`];
  const alike = issue.errors.filter((errors) => errors.every(({ code }) => code !== 'unrecognized_keys'));
  return (alike[0] ?? issue.errors[0] ?? []).flatMap((inner) => shapeFaults(inner, here));
}

const twice = (what: string, ids: readonly string[]): string[] =>
  [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map((id) => `${what} ${id} is there twice`);

function figuresFaults(pack: PackRead): string[] {
  const ids = pack.figures.map(({ id }) => id);
  return [
    ...twice('figure', ids),
    ...pack.figures.flatMap((row) => {
      const faults = row.unit === 'composite' ? composedFaults(row, pack.figures) : countedFaults(row, pack);
      return faults.map((fault) => `${row.id}: ${fault}`);
    }),
  ];
}

function composedFaults(row: Extract<Row, { unit: 'composite' }>, among: readonly Row[]): string[] {
  const rates = among.filter(({ unit }) => unit === 'rate').map(({ id }) => id);
  return row.parts
    .filter(({ figure }) => !rates.includes(figure))
    .map(({ figure }) => `${figure} is no rate of this pack`);
}

function countedFaults(row: Exclude<Row, { unit: 'composite' }>, pack: PackRead): string[] {
  const left = row.exclusions.map(({ where }) => where);
  const above = row.numerator.map(({ where }) => where);
  const leaves = [row.base, ...left, ...above].flatMap(leavesOf);
  const facts = leaves.map((leaf) => ('is' in leaf ? leaf.is : leaf.fact));
  const strange = row.of === 'casefile' ? facts.filter((fact) => ofDuties.has(fact)) : [];
  const silent = above
    .flatMap(affirmed)
    .some((leaf) => leaf.fact === 'answer' && listOf(leaf, pack).includes('unanswered'));
  const times = row.of === 'casefile' ? row.when !== 'due' : row.when === 'due' || row.when === 'now';
  return [
    ...strange.map((fact) => `${fact} is a fact of a duty, not of a case`),
    ...leaves.flatMap((leaf) => valuesFaults(leaf, pack)),
    ...(silent ? ['who did not answer is never counted as content'] : []),
    ...(times ? [] : [`a ${row.of} has no time “${row.when}”`]),
    ...(row.of === 'duty' && row.when === 'now' && !asksForOpen(row.base)
      ? ['what is counted as it stands asks for clocks that are open']
      : []),
    ...(row.unit === 'count' && row.numerator.length !== 1 ? ['a count has one numerator'] : []),
    ...twice(
      'exclusion',
      row.exclusions.map(({ id }) => id),
    ),
  ];
}

type Leaf = Extract<Predicate<Parameter>, { is: string } | { fact: ListFact }>;

function leavesOf(of: Predicate<Parameter>): Leaf[] {
  if ('not' in of) return leavesOf(of.not);
  if ('all' in of) return of.all.flatMap(leavesOf);
  if ('any' in of) return of.any.flatMap(leavesOf);
  return [of];
}

/** Lists that a row meets by being in them, not by being outside. */
function affirmed(of: Predicate<Parameter>): Extract<Leaf, { fact: ListFact }>[] {
  if ('not' in of || 'is' in of) return [];
  if ('fact' in of) return [of];
  return ('all' in of ? of.all : of.any).flatMap(affirmed);
}

const openClocks = ['running', 'paused', 'suspended'];

/** Whether a base holds of open duties only: what stands is read by an index of those. */
function asksForOpen(base: Predicate<Parameter>): boolean {
  if ('all' in base) return base.all.some(asksForOpen);
  if (!('fact' in base) || base.fact !== 'clock' || 'parameter' in base.in) return false;
  return base.in.every((clock) => openClocks.includes(clock));
}

function listOf(leaf: Leaf, pack: PackRead): readonly string[] {
  if ('is' in leaf) return [];
  if (!('parameter' in leaf.in)) return leaf.in;
  const value = pack.parameters[leaf.in.parameter]?.value;
  return Array.isArray(value) ? value : [];
}

function valuesFaults(leaf: Leaf, pack: PackRead): string[] {
  if ('is' in leaf) return [];
  const known: readonly string[] = listFacts[leaf.fact];
  return listOf(leaf, pack)
    .filter((value) => !known.includes(value))
    .map((value) => `“${value}” is no ${leaf.fact}`);
}

function parametersFaults(pack: PackRead): string[] {
  const used = pack.figures.flatMap((row) => parametersOf(row));
  const wrong = used.flatMap(({ name: wanted, list }) => {
    const value = pack.parameters[wanted]?.value;
    if (value === undefined) return [`there is no parameter ${wanted}`];
    if (list !== Array.isArray(value)) return [`parameter ${wanted} is no ${list ? 'list' : 'number'}`];
    return typeof value === 'number' && (value <= 0 || value > 1)
      ? [`parameter ${wanted} is no weight: above 0, at most 1`]
      : [];
  });
  const idle = keys(pack.parameters).filter((it) => !used.some(({ name: wanted }) => wanted === it));
  return [...new Set(wrong), ...idle.map((it) => `parameter ${it} is used by no figure`)];
}

interface Use {
  readonly name: string;
  readonly list: boolean;
}

function parametersOf(row: Row): Use[] {
  const weights = (row.unit === 'composite' ? row.parts : row.numerator).map(({ weight }) => weight);
  const leaves =
    row.unit === 'composite'
      ? []
      : [row.base, ...[...row.exclusions, ...row.numerator].map(({ where }) => where)].flatMap(leavesOf);
  return [
    ...weights.flatMap((weight) => (typeof weight === 'number' ? [] : [{ name: weight.parameter, list: false }])),
    ...leaves.flatMap((leaf) =>
      'fact' in leaf && 'parameter' in leaf.in ? [{ name: leaf.in.parameter, list: true }] : [],
    ),
  ];
}

/** Every parameter in its place; the pack was checked before. */
function filled(pack: PackRead): FigurePack {
  const number = (weight: number | Parameter): number =>
    typeof weight === 'number' ? weight : Number(pack.parameters[weight.parameter]?.value);
  const fill = (of: Predicate<Parameter>): Predicate => {
    if ('is' in of) return of;
    if ('not' in of) return { not: fill(of.not) };
    if ('all' in of) return { all: of.all.map(fill) };
    if ('any' in of) return { any: of.any.map(fill) };
    return { fact: of.fact, in: listOf(of, pack) };
  };
  const figures = pack.figures.map((row): Figure => {
    const parameters = [...new Set(parametersOf(row).map((use) => use.name))];
    if (row.unit === 'composite')
      return { ...row, parameters, parts: row.parts.map((part) => ({ ...part, weight: number(part.weight) })) };
    return {
      ...row,
      parameters,
      base: fill(row.base),
      exclusions: row.exclusions.map((one) => ({ ...one, where: fill(one.where) })),
      numerator: row.numerator.map((one) => ({ where: fill(one.where), weight: number(one.weight) })),
    };
  });
  return { ...pack, figures };
}
