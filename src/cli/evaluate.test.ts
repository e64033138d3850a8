import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { evaluateDuplicates } from './evaluate.ts';
import type { Terminal } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'jingwei-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, lines.join('\n'));
  return file;
};

/** The columns that `seeds/maps/boston.json` names; every row below is invented. */
const header =
  'CASE_ENQUIRY_ID,OPEN_DT,TARGET_DT,CLOSED_DT,OnTime_Status,CASE_STATUS,CLOSURE_REASON,CASE_TITLE,REASON,TYPE,QUEUE,Location,neighborhood,precinct,LATITUDE,LONGITUDE,Source';
const two = (n: number): string => String(n).padStart(2, '0');
const row = (key: string, day: number, hour: number, type: string, at: [number, number], place: string): string =>
  `${key},${two(1 + Math.floor(day / 28))}/${two(1 + (day % 28))}/2015 ${two(hour)}:00:00 AM,,,,Open,,${type} at ${place},Streets,${type},Q,${place},North,1,${at[0]},${at[1]},Self Service`;

/** Two reports a day; each fifth day a third that says the first again, on the spot. */
const rows: string[] = [];
const labels: string[] = ['case_id,duplicate_of'];
for (let day = 0; day < 140; day += 1) {
  const at: [number, number] = [42.3 + (day % 12) * 0.004, -71.05 - (day % 11) * 0.004];
  rows.push(row(`a${day}`, day, 2, 'Lamp', at, `${day} Mill Lane`));
  rows.push(row(`b${day}`, day, 3, 'Bench', [at[0] + 0.001, at[1]], `${day} Weir Street`));
  if (day % 5 !== 0) continue;
  rows.push(row(`c${day}`, day, 8, 'Lamp', at, `${day} Mill Lane`));
  labels.push(`c${day},a${day}`);
}
const cases = write('cases.csv', [header, ...rows]);

async function evaluated(files: { cases: string; labels: string }) {
  const results: unknown[] = [];
  const terminal: Terminal = {
    language: 'zh',
    json: true,
    say: () => undefined,
    line: () => undefined,
    result: (value) => void results.push(value),
    progress: () => ({ to: () => undefined, done: () => undefined }),
  };
  await evaluateDuplicates(terminal, files);
  return results[0] as {
    pairs: number;
    reports: number;
    months: string[];
    ours: { recall1: number; recall3: number; shown: number };
    baseline: { recall1: number };
  };
}

describe('试算重复上报', () => {
  it('学头三个月，考后面的：原地再说一遍的，找得到', async () => {
    const trial = await evaluated({ cases, labels: write('labels.csv', labels) });
    expect(trial.months).toEqual(['2015-04', '2015-05']);
    expect(trial.pairs).toBe(11);
    expect(trial.reports).toBe(rows.length - 3 * (28 * 2) - 17);
    expect(trial.ours.recall1).toBeGreaterThan(0.9);
    expect(trial.ours.recall3).toBeGreaterThanOrEqual(trial.ours.recall1);
    expect(trial.ours.shown).toBeLessThanOrEqual(3);
  });

  it('答案是别的案卷，就找不到：不是碰巧', async () => {
    const wrong = labels.map((line) => line.replace(/,a(\d+)$/, (_, day) => `,b${Math.max(0, Number(day) - 9)}`));
    const trial = await evaluated({ cases, labels: write('wrong.csv', wrong) });
    expect(trial.ours.recall1).toBeLessThan(0.2);
  });

  it('缺列、没有对照表、没有文件，各说清楚', async () => {
    const good = write('labels.csv', labels);
    await expect(evaluated({ cases, labels: write('bad.csv', ['a,b', '1,2']) })).rejects.toMatchObject({
      code: 'import.columns_missing',
    });
    await expect(evaluated({ cases: write('other.csv', ['x,y', '1,2']), labels: good })).rejects.toMatchObject({
      code: 'import.no_map_fits',
    });
    await expect(evaluated({ cases: join(folder, 'none.csv'), labels: good })).rejects.toMatchObject({
      code: 'import.no_map_fits',
    });
    await expect(evaluated({ cases, labels: join(folder, 'none.csv') })).rejects.toMatchObject({
      code: 'import.no_file',
    });
  });
});
