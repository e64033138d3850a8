import { describe, expect, it } from 'vitest';
import {
  backupPart,
  checkpointPart,
  databasePart,
  diskPart,
  holidaysPart,
  jobsPart,
  journalPart,
  keysPart,
  outboxPart,
  phonesPart,
} from './health.model.ts';

/** From where on a part needs a look, from where on an act, and that it always says what to do then. */
const now = new Date('2026-11-22T08:00:00Z');
const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const quiet = { waiting: 0, oldest: null, failed: 0, failedSince: null };
const DAY = 24 * 60;
const GB = 1024 ** 3;
const backup = (at: Date, whole: boolean | null) => ({
  ...{
    path: '/b/1.jwb',
    at,
    size: 1,
    rows: 1,
    photos: 0,
    checkedAt: whole === null ? null : at,
    restored: false,
    whole,
  },
});

describe('后台任务和发件箱', () => {
  it.each([
    [quiet, 'good'],
    [{ ...quiet, waiting: 3, oldest: minutesAgo(0.5) }, 'good'],
    [{ ...quiet, waiting: 3, oldest: minutesAgo(2) }, 'near'],
    [{ ...quiet, waiting: 3, oldest: minutesAgo(11) }, 'bad'],
    [{ ...quiet, failed: 1, failedSince: minutesAgo(9) }, 'bad'],
  ])('任务 %o：%s', (state, expected) => {
    const found = jobsPart(state, now);
    expect(found.state).toBe(expected);
    if (expected === 'bad') expect(found.act?.zh).toMatch(/。$/);
  });

  it('有停下的：从最早停下的算起', () => {
    const found = jobsPart({ waiting: 1, oldest: minutesAgo(5), failed: 2, failedSince: minutesAgo(90) }, now);
    expect(found).toMatchObject({ since: minutesAgo(90), says: { zh: '排队 1 个，停下 2 个' } });
  });

  it.each([
    [quiet, 'good'],
    [{ ...quiet, waiting: 1, oldest: minutesAgo(9) }, 'good'],
    [{ ...quiet, waiting: 1, oldest: minutesAgo(11) }, 'near'],
    [{ ...quiet, waiting: 1, oldest: minutesAgo(61) }, 'bad'],
    [{ ...quiet, failed: 1, failedSince: minutesAgo(1) }, 'bad'],
  ])('发件箱 %o：%s', (state, expected) => {
    const found = outboxPart(state, now);
    expect(found.state).toBe(expected);
    expect(found.act === null).toBe(expected === 'good');
  });
});

describe('备份和密钥', () => {
  it('从来没有：要处理，写明命令', () => {
    expect(backupPart(null, now)).toMatchObject({
      state: 'bad',
      since: null,
      act: { zh: expect.stringContaining('jingwei backup') },
    });
  });

  it.each([
    [backup(minutesAgo(60), true), 'good'],
    [backup(minutesAgo(60), null), 'near'],
    [backup(minutesAgo(2 * DAY), true), 'near'],
    [backup(minutesAgo(8 * DAY), true), 'bad'],
    [backup(minutesAgo(60), false), 'bad'],
  ])('%#：%o', (last, expected) => {
    const found = backupPart(last, now);
    expect(found.state).toBe(expected);
    expect(found.act === null).toBe(expected === 'good');
  });

  it('没有核对过的，命令里写着是哪个文件', () => {
    expect(backupPart(backup(minutesAgo(1), null), now).act?.zh).toBe(
      '核对它：jingwei backup verify /b/1.jwb --restore',
    );
  });

  it('密钥没有备份：要处理', () => {
    expect(keysPart(false)).toMatchObject({
      state: 'bad',
      act: { zh: expect.stringContaining('jingwei keys backup') },
    });
    expect(keysPart(true)).toMatchObject({ state: 'good', act: null });
  });
});

describe('其余', () => {
  it('磁盘', () => {
    const at = (free: number) => diskPart({ free: free * GB, total: 100 * GB }, true).state;
    expect([at(50), at(4), at(0.1)]).toEqual(['good', 'near', 'bad']);
    expect(diskPart(null, true).state).toBe('near');
  });

  it('断电会丢数据的设置：要处理', () => {
    const told = { version: '18.4', startedAt: minutesAgo(5), bytes: 10_000_000 };
    expect(databasePart({ ...told, durable: true })).toMatchObject({ state: 'good', act: null });
    expect(databasePart({ ...told, durable: false }).state).toBe('bad');
  });

  it('台账：没有核对过、发现不一致、一个月以前', () => {
    const seal = { position: 7, sealedAt: minutesAgo(1) };
    const at = (check: Parameters<typeof journalPart>[0]) => journalPart(check, seal, now).state;
    expect(at(null)).toBe('near');
    expect(at({ at: minutesAgo(60), entries: 7, faults: 1 })).toBe('bad');
    expect(at({ at: minutesAgo(60), entries: 7, faults: 0 })).toBe('good');
    expect(at({ at: minutesAgo(32 * DAY), entries: 7, faults: 0 })).toBe('near');
    expect([checkpointPart(null).state, checkpointPart(minutesAgo(1)).state]).toEqual(['near', 'good']);
  });

  it('节假日：没有公布的年份，十一月起要留意，到了那年要处理', () => {
    const through = now.getFullYear();
    const at = (year: number, month: number) => holidaysPart(new Date(Date.UTC(year, month - 1, 15)), through).state;
    expect([at(through - 1, 12), at(through, 10), at(through, 11), at(through + 1, 1)]).toEqual([
      'good',
      'good',
      'near',
      'bad',
    ]);
  });

  it('手机', () => {
    expect(phonesPart({ inUse: 9, silent: 0, since: null }, 3)).toMatchObject({ state: 'good', act: null });
    expect(phonesPart({ inUse: 9, silent: 2, since: minutesAgo(5 * DAY) }, 3)).toMatchObject({
      state: 'near',
      says: { zh: '在用 9 台，3 天以上没有同步 2 台' },
    });
  });
});
