import { describe, expect, it } from 'vitest';
import type { KeptLine } from '../../../kernel/keeping/kept.ts';
import { backupsIn, journalCheckIn } from './backup.model.ts';

/** What a page may say of backups: never more than was noted. */
const made = (at: string, path: string): KeptLine => ({
  ...{ is: 'backup', at, path, takenAt: at, size: 1000, rows: 10, photos: 1 },
});
const checked = (at: string, path: string, more: object): KeptLine => ({
  ...{ is: 'checked', at, path, takenAt: null, restored: false, whole: true },
  ...more,
});
const [monday, tuesday, friday] = ['2026-11-16T01:00:00.000Z', '2026-11-17T01:00:00.000Z', '2026-11-20T01:00:00.000Z'];

describe('备份清单', () => {
  it('新的在前；没有核对过就说没有核对过', () => {
    const found = backupsIn([made(monday, '/a'), made(tuesday, '/b')]);
    expect(found.map(({ path, whole, checkedAt }) => ({ path, whole, checkedAt }))).toEqual([
      { path: '/b', whole: null, checkedAt: null },
      { path: '/a', whole: null, checkedAt: null },
    ]);
  });

  it('核对按备份的时刻认，文件搬走了也认得', () => {
    const lines = [
      made(monday, '/a'),
      made(tuesday, '/b'),
      checked(friday, '/disk/a', { takenAt: monday, restored: true }),
    ];
    expect(backupsIn(lines)).toMatchObject([
      { path: '/b', whole: null },
      { path: '/a', whole: true, restored: true, checkedAt: new Date(friday) },
    ]);
  });

  it('读不出时刻的损坏按路径认；后来的核对说了算', () => {
    const lines = [
      made(monday, '/a'),
      checked(tuesday, '/a', { takenAt: monday }),
      checked(friday, '/a', { whole: false }),
    ];
    expect(backupsIn(lines)).toMatchObject([{ whole: false, restored: false }]);
  });

  it('一行也没有：没有', () => {
    expect(backupsIn([])).toEqual([]);
    expect(journalCheckIn([], 1)).toBeNull();
  });

  it('台账核对按县分，最后一次算数', () => {
    const check = (at: string, realm: number, faults: number): KeptLine => ({
      is: 'journal',
      at,
      realm,
      entries: 5,
      faults,
    });
    const lines = [check(monday, 1, 2), check(tuesday, 1, 0), check(friday, 2, 9)];
    expect(journalCheckIn(lines, 1)).toEqual({ at: new Date(tuesday), entries: 5, faults: 0 });
  });
});
