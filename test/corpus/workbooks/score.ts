import type { Understanding } from '../../../src/gateways/workbooks/workbook.outside.ts';
import type { Made, TrueTable, Truth } from './truth.ts';

/** What came of a file: what was understood, the problem it was refused with, or a fault that is nobody's answer. */
export type Answer = Pick<Understanding, 'tables'> | { readonly refused: string } | { readonly crashed: string };

/** Right of all. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

/** What the truth of a file asks, and what is wrong in words. */
export interface Score {
  readonly name: string;
  readonly headers: Share;
  readonly mappings: Share;
  /** Counts of rows, ends of ranges, totals and continuations. */
  readonly bodies: Share;
  /** Files to be refused that were, with the right problem. */
  readonly refusals: Share;
  readonly wrong: readonly string[];
}

type Found = Understanding['tables'][number];

const same = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/_x000d_/gi, '')
    .replace(/\s+/g, '');
const corners = (range: string): string => {
  const [, left, top, right = left] = /^([A-Z]+)(\d+)(?::([A-Z]+)\d+)?$/.exec(range) ?? [];
  return `${left}${top}:${right}`;
};

function isIt(found: Found, wanted: TrueTable): boolean {
  if (wanted.sheet !== '*' && found.sheet !== wanted.sheet) return false;
  const paths = found.columns.map(({ path }) => same(path));
  if (wanted.range === '*') return wanted.columns.every(({ path }) => paths.includes(same(path)));
  return wanted.range.split('|').some((range) => corners(range) === corners(found.range));
}

/** One table beside its truth. */
function compare(found: Found | undefined, wanted: TrueTable): Omit<Score, 'name' | 'refusals'> {
  const at = `${wanted.sheet} ${wanted.range}`;
  const nothing: Share = { right: 0, of: wanted.columns.length };
  if (!found)
    return {
      headers: { right: 0, of: 1 },
      mappings: nothing,
      bodies: { right: 0, of: 4 },
      wrong: [`${at}: not found`],
    };
  const wrong: string[] = [];
  const columns = wanted.columns.map((column) => ({
    wanted: column,
    found: found.columns.find((one) => one.column === column.column),
  }));
  const paths = columns.filter((one) => same(one.found?.path ?? '') !== same(one.wanted.path));
  for (const one of paths) wrong.push(`${at} ${one.wanted.column}: “${one.found?.path}” is “${one.wanted.path}”`);
  const fields = columns.filter((one) => one.found === undefined || !one.wanted.fields.includes(one.found.field));
  for (const one of fields)
    wrong.push(`${at} “${one.wanted.path}”: ${one.found?.field} is ${one.wanted.fields.join(' or ')}`);
  const goesOn = wanted.continues;
  const checks: [string, boolean][] = [
    [`${found.rows} rows are ${wanted.rows}`, found.rows === wanted.rows],
    [`${found.range} ends elsewhere`, wanted.range === '*' || wanted.range.split('|').includes(found.range)],
    [`totals ${found.totals.join()} are ${wanted.totals.join()}`, found.totals.join() === wanted.totals.join()],
    [
      `continues ${JSON.stringify(found.continues)}`,
      goesOn === null
        ? found.continues === null
        : found.continues?.sheet === goesOn.sheet && goesOn.range.split('|').includes(found.continues.range),
    ],
  ];
  for (const [said, right] of checks) if (!right) wrong.push(`${at}: ${said}`);
  return {
    headers: { right: paths.length === 0 ? 1 : 0, of: 1 },
    mappings: { right: columns.length - fields.length, of: columns.length },
    bodies: { right: checks.filter(([, right]) => right).length, of: checks.length },
    wrong,
  };
}

const sum = (shares: readonly Share[]): Share => ({
  right: shares.reduce((total, { right }) => total + right, 0),
  of: shares.reduce((total, { of }) => total + of, 0),
});
export const total = (scores: readonly Score[], what: 'headers' | 'mappings' | 'bodies' | 'refusals'): Share =>
  sum(scores.map((score) => score[what]));

const nothing: Omit<Score, 'name'> = {
  headers: { right: 0, of: 0 },
  mappings: { right: 0, of: 0 },
  bodies: { right: 0, of: 0 },
  refusals: { right: 0, of: 0 },
  wrong: [],
};

/** A table that is none, or none that was found, weighs as much as a header that is wrong. */
export function score({ name, truth }: Made, answer: Answer): Score {
  if ('crashed' in answer) return { ...missed(truth), name, wrong: [`crashed: ${answer.crashed}`] };
  if ('refused' in truth || 'refused' in answer) {
    const may = 'refused' in truth ? truth.refused : (truth.orRefused ?? []);
    const said = 'refused' in answer ? answer.refused : `${answer.tables.length} tables`;
    return may.includes(said)
      ? { ...nothing, name, refusals: { right: 1, of: 1 } }
      : { ...missed(truth), name, wrong: [`${said}, not ${may.join(' or ') || 'refused'}`] };
  }
  const left = [...answer.tables];
  const compared = truth.tables.map((wanted) => {
    const at = left.findIndex((found) => isIt(found, wanted));
    return compare(at < 0 ? undefined : left.splice(at, 1)[0], wanted);
  });
  const all = [
    ...compared,
    ...left.map((one) => ({
      ...nothing,
      headers: { right: 0, of: 1 },
      wrong: [`${one.sheet} ${one.range} is no table`],
    })),
  ];
  return {
    ...nothing,
    name,
    headers: sum(all.map(({ headers }) => headers)),
    mappings: sum(all.map(({ mappings }) => mappings)),
    bodies: sum(all.map(({ bodies }) => bodies)),
    wrong: all.flatMap(({ wrong }) => wrong),
  };
}

function missed(truth: Truth): Omit<Score, 'name'> {
  if ('refused' in truth) return { ...nothing, refusals: { right: 0, of: 1 } };
  const all = truth.tables.map((wanted) => compare(undefined, wanted));
  return {
    ...nothing,
    headers: sum(all.map(({ headers }) => headers)),
    mappings: sum(all.map(({ mappings }) => mappings)),
    bodies: sum(all.map(({ bodies }) => bodies)),
  };
}
