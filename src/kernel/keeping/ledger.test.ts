import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { KeptLine } from './kept.ts';
import { noteKept, readKept } from './ledger.ts';

/** What was done to keep the data, noted beside it. */
const folder = mkdtempSync(join(tmpdir(), 'jingwei-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = '2026-11-22T08:00:00.000Z';
const journal = (entries: number): KeptLine => ({ is: 'journal', at, realm: 1, entries, faults: 0 });

describe('做过什么', () => {
  it('一行一件，按写下的先后', async () => {
    await noteKept(folder, journal(1));
    await noteKept(folder, journal(2));
    expect(readKept(folder)).toEqual([journal(1), journal(2)]);
  });

  it('断电留下的半行、别人写的行：跳过，其余照读', async () => {
    appendFileSync(join(folder, 'keeping.jsonl'), '{"is":"journal","at"\n{"is":"something"}\n\n');
    await noteKept(folder, journal(3));
    expect(readKept(folder)).toEqual([journal(1), journal(2), journal(3)]);
  });

  it('没有数据目录的机器上只核对备份：什么也不写', async () => {
    const nowhere = join(folder, 'nowhere');
    await noteKept(nowhere, journal(1));
    expect(existsSync(nowhere)).toBe(false);
    expect(readKept(nowhere)).toEqual([]);
  });
});
