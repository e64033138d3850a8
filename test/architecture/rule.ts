import { isIn, isTest } from './parts.ts';
import { type Source, sourceOf, type Tree } from './source.ts';

/** One sentence of ARCHITECTURE.md as a test, with planted breaches that it must catch. */
export interface Rule {
  readonly name: string;
  readonly says: string;
  /** The folders it holds for; without it, for all. */
  readonly where?: readonly string[];
  /** Whether it holds for tests as well. */
  readonly testsToo?: boolean;
  /** Breaches, as `line: what is wrong`. */
  readonly check: (file: Source, tree: Tree) => readonly string[];
  /** Files that may break the rule, each with its reason. One that no longer breaks it has to leave this list. */
  readonly except?: Readonly<Record<string, string>>;
  readonly caught: readonly Plant[];
  readonly passes: Plant;
}

/** Fake files by path; the first is the one that is looked at. */
export type Plant = Readonly<Record<string, string>>;

export function breachesOf(rule: Rule, file: Source, among: Tree): string[] {
  const isMeant = !rule.where || rule.where.some((folder) => isIn(folder, file.path));
  if (!isMeant || (isTest(file.path) && !rule.testsToo)) return [];
  return rule.check(file, among).map((breach) => `${file.path}:${breach}`);
}

/** The same for a plant, standing in the midst of the real tree. */
export function breachesIn(rule: Rule, plant: Plant, tree: Tree): string[] {
  const planted = Object.entries(plant).map(([path, text]) => sourceOf(path, text));
  const among = new Map([...tree, ...planted.map((file) => [file.path, file] as const)]);
  return planted.slice(0, 1).flatMap((file) => breachesOf(rule, file, among));
}
