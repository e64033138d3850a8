import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { plantRealm } from '../../../../seeds/planting.ts';
import { openCounty } from '../../../../test/harness.ts';
import { verifyCasefiles } from '../casefiles/index.ts';
import { mapText, openFolder } from './fixtures/hotline.ts';
import { importCasefiles, readMap } from './index.ts';

/** On real tables, which are not part of this project: only where JINGWEI_TRIAL_DATA names their folder. */
const folder = process.env.JINGWEI_TRIAL_DATA ?? '';
const boston = join(folder, 'cases-311', 'boston-311-2015-01_08.csv.gz');
const messages = join(folder, 'cases-zh', 'tipdm2020c-附件3-群众留言-2019年8月前.xlsx');
const isThere = folder !== '' && existsSync(boston) && existsSync(messages);

async function firstLines(file: string, most: number): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    lines.push(line);
    if (lines.length >= most) break;
  }
  return lines.join('\n');
}

describe.skipIf(!isThere)('真实的表（JINGWEI_TRIAL_DATA）', async () => {
  if (!isThere) return;
  const county = await openCounty();
  const { runtime, sql } = county;
  const write = openFolder();

  it('波士顿：一个空的县，全部导入，按期超期与来源的标记一致', async () => {
    const map = readMap(mapText('boston'));
    const file = write('boston.csv', await firstLines(boston, 1501));
    const { name, code, level } = map.realm ?? { name: '', code: '', level: 'county' as const };
    const root = { id: runtime.ids.newId(), level, code, name };
    await plantRealm(runtime, { realm: 5, name, zone: map.zone, root });
    const first = await importCasefiles(runtime, 5, { file, map });
    const flags = readFileSync(file, 'utf8').match(/,(ONTIME|OVERDUE),(Open|Closed),/g) ?? [];
    const flagged = (word: string): number => flags.filter((flag) => flag.includes(word)).length;
    expect(first).toMatchObject({ created: first.rows, refused: [] });
    expect(first).toMatchObject({ onTime: flagged('ONTIME'), late: flagged('OVERDUE') });
    expect(first.noFlag).toBe(first.rows - flags.length);
    expect(first.notes.find(({ kind }) => kind === 'flag_differs')).toBeUndefined();
    // What is stored says the same as what was counted while reading.
    const [stored] = await sql(
      `select count(*)::int as n from obligation o where o.realm = 5 and o.due_at is not null and (o.overran or (o.state = 'running' and o.due_at < $1))`,
      [first.asOf],
    );
    const unflaggedLate = first.notes.find(({ kind }) => kind === 'target_without_flag')?.rows ?? 0;
    expect(Math.abs((stored as { n: number }).n - first.late)).toBeLessThanOrEqual(unflaggedLate);
    expect(await importCasefiles(runtime, 5, { file, map })).toMatchObject({
      created: 0,
      changed: 0,
      same: first.rows,
    });
    expect((await verifyCasefiles(runtime, 5, () => undefined)).faults).toEqual([]);
  });

  it('留言：两种写法的时间都读，全部到指定区域的受理岗', async () => {
    const map = readMap(mapText('citizen-messages'));
    const done = await importCasefiles(runtime, 1, { file: messages, map, area: '439901001' });
    expect(done.rows).toBe(2526);
    expect(done.created + done.refused.length).toBe(done.rows);
    const waiting = `select count(*)::int as n from casefile where imported and status = 'reported' and type_code is null and lon is null`;
    expect(await sql(waiting)).toEqual([{ n: done.created }]);
    expect(done.refused.length).toBeLessThan(26);
  });
});
