import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type Earlier, type Labels, tryOut } from '../domains/work/duplicates/index.ts';
import { type ImportMap, importProblems, isRefused, mapFor, readMap, rowsOf } from '../domains/work/imports/index.ts';
import { type Point, toMetres } from '../kernel/geo.ts';
import { Problem } from '../kernel/problem.ts';
import { packageRoot } from '../kernel/root.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/**
 * `jingwei evaluate duplicates`: plays reports of the past in their order, suggests for each what it may repeat, and
 * compares with what staff said of it later. Only what was known when a report was made is used.
 */
export async function evaluateDuplicates(
  terminal: Terminal,
  files: { cases: string; labels: string },
): Promise<number> {
  const labels = labelsFrom(await textOf(files.labels));
  const map = await mapFor(files.cases, await allMaps());
  const { told, unread } = await readTold(files.cases, map);
  const month = new Intl.DateTimeFormat('en-CA', { timeZone: map.zone, year: 'numeric', month: '2-digit' });
  const trial = tryOut(told, labels, (at) => month.format(at));
  const { ours, baseline, pairs, reports, months } = trial;
  terminal.say({
    zh: `按 ${map.title} 的对照表读了 ${told.length} 件（${unread} 行没有位置或读不懂），考 ${months[0]} 到 ${months.at(-1)} 的 ${reports} 件、${pairs} 对。`,
    en: `Read ${told.length} reports by the map of ${map.title} (${unread} rows without a place or unreadable); tried on ${reports} reports and ${pairs} pairs from ${months[0]} to ${months.at(-1)}.`,
  });
  terminal.say({
    zh: `原件排第一 ${percent(ours.recall1)}，在前三 ${percent(ours.recall3)}，每件平均提示 ${ours.shown} 条；最近的同类件：${percent(baseline.recall1)}、${percent(baseline.recall3)}。`,
    en: `Original first: ${percent(ours.recall1)}, among three: ${percent(ours.recall3)}, ${ours.shown} shown a report; nearest of the same kind: ${percent(baseline.recall1)}, ${percent(baseline.recall3)}.`,
  });
  terminal.result(trial);
  return exitCodes.done;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new Problem(importProblems['import.no_file'], { file });
  });
}

async function allMaps(): Promise<ImportMap[]> {
  const folder = join(packageRoot, 'seeds', 'maps');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => readMap(await readFile(join(folder, name), 'utf8'))));
}

const LABEL_COLUMNS = ['case_id', 'duplicate_of'] as const;

function labelsFrom(text: string): Labels {
  const rows = parse(text, { bom: true, columns: true, skip_empty_lines: true }) as Record<string, string>[];
  const found = Object.keys(rows[0] ?? {});
  const lacking = LABEL_COLUMNS.filter((name) => !found.includes(name));
  if (lacking.length > 0)
    throw new Problem(importProblems['import.columns_missing'], {
      columns: lacking.join('、'),
      found: found.join('、') || '—',
    });
  return new Map(rows.map(({ case_id, duplicate_of }) => [case_id ?? '', duplicate_of || null]));
}

/** Reports that have a place; the words with which they were closed are not even kept. */
async function readTold(file: string, map: ImportMap): Promise<{ told: Earlier[]; unread: number }> {
  const told: Earlier[] = [];
  let unread = 0;
  let origin: Point | null = null;
  for await (const row of rowsOf(file, map)) {
    const { lon, lat } = isRefused(row) ? {} : row.form.place;
    if (isRefused(row) || lon === undefined || lat === undefined) {
      unread += 1;
      continue;
    }
    origin ??= [lon, lat];
    const [x, y] = toMetres([lon, lat], origin);
    const { words, channel, place } = row.form;
    const type = row.type?.name ?? '';
    const major = row.type?.major ?? '';
    const said = {
      key: row.key,
      at: row.openedAt.getTime(),
      spot: { x, y },
      area: { id: '', level: 'grid' as const },
      type,
      major,
      words,
      place: place.words ?? '',
      channel,
    };
    told.push({ said, endedAt: row.closedAt?.getTime() ?? null });
  }
  return { told, unread };
}
