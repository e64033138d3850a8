import { type Import, places, type Source, type Tree } from './source.ts';

/** The parts of the repository, as the rules speak of them. */

/** `outside` works with files, processes and the network, between transactions and never inside one. */
export const layers = ['model', 'workflow', 'queries', 'commands', 'views', 'routes', 'reactions', 'outside'];
export const domainOf = (path: string): string | null => /^src\/domains\/([^/]+\/[^/]+)\//.exec(path)?.[1] ?? null;
export const isModel = (path: string): boolean => path.endsWith('.model.ts');
export const isPureFile = (path: string): boolean => /\.(model|workflow)\.ts$/.test(path);
export const isTest = (path: string): boolean => /\.(test|story)\.tsx?$|\/fixtures\//.test(path);
export const isIn = (folder: string, path: string | null): boolean => path?.startsWith(`${folder}/`) ?? false;

export const each = (file: Source, isBad: (it: Import) => boolean, why: string): string[] =>
  file.imports.filter(isBad).map(({ line, from }) => `${line}: ${from} ${why}`);

export const browserPackages =
  /^(?:zod|temporal-polyfill|flatbush|gcoord|polygon-clipping|chinese-days|ml-matrix)(?:\/|$)/;
export const nodeGlobals = /\b(?:Buffer|NodeJS|__dirname)\b|(?<![\w$.])process\s*\./;

/** A kernel file that a browser can run: nothing of Node or of the database in it or in anything it imports. */
export function isPureKernel(path: string, among: Tree, onTheWay: readonly string[] = []): boolean {
  const file = among.get(path);
  if (!file || !isIn('src/kernel', path) || places(file, nodeGlobals).length > 0) return false;
  const isPure = ({ target, from }: Import): boolean =>
    target === null
      ? browserPackages.test(from) || from === 'uuid'
      : onTheWay.includes(target) || isPureKernel(target, among, [...onTheWay, path]);
  return file.imports.every(isPure);
}

/** What each part may import of the others; the web and the packs have narrower rules of their own. */
const below: Readonly<Record<string, readonly string[]>> = {
  'src/kernel': [],
  'src/domains': ['src/kernel'],
  'src/packs': ['src/kernel', 'src/domains'],
  'src/gateways': ['src/kernel', 'src/domains', 'src/packs'],
  // pages are rendered by the server too
  'src/http': ['src/kernel', 'src/domains', 'src/packs', 'src/gateways', 'src/web'],
  'src/cli': ['src/kernel', 'src/domains', 'src/packs', 'src/gateways', 'src/http', 'seeds'],
  'src/web': ['src/kernel', 'src/domains', 'src/packs'],
  seeds: ['src/kernel', 'src/domains', 'src/packs'],
};
const partOf = (path: string): string | undefined => Object.keys(below).find((part) => isIn(part, path));

/** From a request to the handler without the framework: demo counties give their commands through it, as everybody does. */
const CALLS = 'src/http/calls.ts';

export function isAbove(target: string, path: string): boolean {
  if (isIn('seeds', path) && target === CALLS) return false;
  const [from, to] = [partOf(path), partOf(target)];
  return from !== undefined && to !== undefined && from !== to && !below[from]?.includes(to);
}

/** The shortest way from one domain to another along imports; null: there is none. */
export function wayBetween(from: string, to: string, among: Tree): string[] | null {
  const ways: string[][] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? '';
    if (last === to) return way;
    for (const next of importedDomains(last, among).filter((domain) => !seen.has(domain))) {
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return null;
}

function importedDomains(domain: string, among: Tree): string[] {
  const files = [...among.values()].filter((file) => domainOf(file.path) === domain && !isTest(file.path));
  const targets = files.flatMap((file) => file.imports.map(({ target }) => domainOf(target ?? '')));
  return [...new Set(targets.filter((target) => target !== null && target !== domain))].sort() as string[];
}
