import { readFile } from 'node:fs/promises';
import { type ImportMap, importProblems, isRefused, readMap, rowsOf } from '../domains/work/imports/index.ts';
import { type Lesson, tryClassification } from '../domains/work/suggestions/index.ts';
import { Problem } from '../kernel/problem.ts';
import { segment } from '../kernel/segment.ts';
import { cliProblems } from './problems.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/**
 * `jingwei evaluate classification`: plays dispatches of the past month by month, each judged by what earlier months
 * taught, and compares with always naming the most frequent. What was written when a case was closed is not even kept.
 */
export async function evaluateClassification(
  terminal: Terminal,
  { cases, map: named }: { cases: string; map: string },
): Promise<number> {
  const map = readMap(await textOf(named));
  const { type, body } = map.columns;
  if (!type || !body) throw new Problem(cliProblems['cli.nothing_to_classify'], { map: map.title });
  const { lessons, unread } = await readLessons(cases, map);
  const month = new Intl.DateTimeFormat('en-CA', { timeZone: map.zone, year: 'numeric', month: '2-digit' });
  const trial = tryClassification(lessons, (at) => month.format(at));
  if (trial.cases === 0) throw new Problem(cliProblems['cli.too_few_months'], { rows: lessons.length });
  const { types, bodies, months } = trial;
  terminal.say({
    zh: `按 ${map.title} 的对照表读了 ${lessons.length} 件（${unread} 行没有分类或单位，或者读不懂），考 ${months[0]} 到 ${months.at(-1)} 的 ${trial.cases} 件。`,
    en: `Read ${lessons.length} cases by the map of ${map.title} (${unread} rows without kind or body, or unreadable); tried on ${trial.cases} from ${months[0]} to ${months.at(-1)}.`,
  });
  terminal.say({
    zh: `分类排第一 ${percent(types.ours.top1)}，在前三 ${percent(types.ours.top3)}；总报最多的：${percent(types.majority.top1)}、${percent(types.majority.top3)}。`,
    en: `Kind first: ${percent(types.ours.top1)}, among three: ${percent(types.ours.top3)}; always the most frequent: ${percent(types.majority.top1)}, ${percent(types.majority.top3)}.`,
  });
  terminal.say({
    zh: `单位排第一 ${percent(bodies.ours.top1)}，在前三 ${percent(bodies.ours.top3)}；总报最多的：${percent(bodies.majority.top1)}、${percent(bodies.majority.top3)}。`,
    en: `Body first: ${percent(bodies.ours.top1)}, among three: ${percent(bodies.ours.top3)}; always the most frequent: ${percent(bodies.majority.top1)}, ${percent(bodies.majority.top3)}.`,
  });
  for (const one of trial.perBody.slice(0, MOST_TOLD))
    terminal.line(`  ${one.body}: ${one.cases} · ${percent(one.top1)} · ${percent(one.top3)}`);
  terminal.result(trial);
  return exitCodes.done;
}

const MOST_TOLD = 10;
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new Problem(importProblems['import.no_file'], { file });
  });
}

async function readLessons(file: string, map: ImportMap): Promise<{ lessons: Lesson[]; unread: number }> {
  const lessons: Lesson[] = [];
  let unread = 0;
  for await (const row of rowsOf(file, map)) {
    if (isRefused(row) || row.type === null || row.body === null) unread += 1;
    else
      lessons.push({
        at: row.openedAt.getTime(),
        words: segment(row.form.words),
        by: row.key,
        areas: pathsOf(row.area),
        type: row.type.name,
        body: row.body,
      });
  }
  return { lessons, unread };
}

/** The smallest area first: `North / 1709`, `North`. */
function pathsOf(area: { by: string; names?: readonly { name: string }[]; code?: string }): string[] {
  const names = area.names?.map(({ name }) => name) ?? (area.code === undefined ? [] : [area.code]);
  return names.map((_, i) => names.slice(0, names.length - i).join(' / '));
}
