import { afterAll, describe, expect, it } from 'vitest';
import { openAnother } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { HOUR } from '../../../../test/telling.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { dispatchSome } from './fixtures/dispatches.ts';
import { learnDispatch, learningSweep } from './index.ts';

/** Learning by itself: once a night, by one of several servers, and where the administrator sees it. */
const county = await openCounty();
const { as, anyone, clock, runtime, sql } = county;
const there = await openAnother(county);
afterAll(() => there.close());
const admin = await as('管理员');
const desks = { anyone, registrar: await as('何静'), dispatcher: await as('陈敏') };

const sweep = (on = runtime, signal?: AbortSignal) => learningSweep.run(on, 1, throwFault, signal);
const turns = () =>
  sql<object>(`select to_char(night, 'YYYY-MM-DD') as night, outcome, lessons, version, ended_at is not null as ended
    from dispatch_learning where realm = 1`);
const models = async () => (await sql('select version from dispatch_model')).length;
const line = async () => {
  const { parts } = (await admin.get('/api/operator/health')).body;
  return parts.find(({ part }: { part: string }) => part === 'learning');
};
/** To an hour of the clock in China, later than now. */
function moveTo(hour: number): string {
  const wall = clock.now().getTime() + 8 * HOUR;
  const day = Math.floor(wall / (24 * HOUR));
  const at = (day + 1) * 24 * HOUR + hour * HOUR;
  clock.advance(at - wall);
  return new Date(at).toISOString().slice(0, 10);
}

describe('每晚自己学一次', () => {
  it('还没有几件派遣：记下看过、有几件，不算出错，当晚不再看', async () => {
    expect(await line()).toMatchObject({ state: 'good', since: null, says: { zh: '还没有学过，每晚自己学一次' } });
    const night = moveTo(3);
    await dispatchSome(desks, 1);
    expect(await sweep()).toBe(1);
    expect(await turns()).toEqual([{ night, outcome: 'too_few', lessons: 10, version: null, ended: true }]);
    expect(await line()).toMatchObject({ state: 'good', says: { zh: '能学的派遣只有 10 件，还不够' } });
    expect(await sweep()).toBe(0);
  });

  it('两点以前还算前一夜：没有到时候', async () => {
    await dispatchSome(desks, 4);
    moveTo(1);
    expect(await sweep()).toBe(0);
    expect(await models()).toBe(0);
  });

  it('到了时候，两台服务器同时来：只学一次', async () => {
    const night = moveTo(3);
    const done = await Promise.all([sweep(), sweep(there)]);
    expect(done.toSorted()).toEqual([0, 1]);
    expect(await turns()).toEqual([{ night, outcome: 'learned', lessons: 50, version: 1, ended: true }]);
    expect(await sql(`select 1 from entry where kind = 'dispatch_model.learned'`)).toHaveLength(1);
    expect(await line()).toMatchObject({
      state: 'good',
      since: clock.now().toISOString(),
      says: { zh: '从 50 件派遣学成第 1 版' },
      act: null,
    });
  });

  it('下一夜没有新派遣：看过，还是这一版，流水里什么都没有', async () => {
    moveTo(3);
    expect(await sweep()).toBe(1);
    expect(await turns()).toMatchObject([{ outcome: 'same', lessons: 50, version: 1 }]);
    expect(await sql(`select 1 from entry where kind = 'dispatch_model.learned'`)).toHaveLength(1);
    expect(await line()).toMatchObject({ since: clock.now().toISOString() });
  });

  it('程序停下时正在学：什么都没有写，这一夜留给下一个', async () => {
    const night = moveTo(3);
    expect(await sweep(runtime, AbortSignal.abort())).toBe(0);
    expect(await turns()).not.toMatchObject([{ night }]);
    expect(await sweep(there)).toBe(1);
    expect(await turns()).toMatchObject([{ night, outcome: 'same' }]);
  });

  it('夜里没有开机：白天开机后补上；有人手动学过，当晚就不再学', async () => {
    moveTo(15);
    await learnDispatch(runtime, 1);
    expect(await sweep()).toBe(0);
    moveTo(15);
    expect(await sweep()).toBe(1);
  });

  it('正在学的时候再手动学：说明白，不另学一遍；停下交还的，马上可以再学', async () => {
    moveTo(3);
    const both = await Promise.allSettled([learnDispatch(runtime, 1), learnDispatch(there, 1)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'suggestion.learning_now' },
    });
    expect(await turns()).toMatchObject([{ outcome: 'same', ended: true }]);
    moveTo(3);
    const [first, byHand] = await Promise.allSettled([sweep(), learnDispatch(there, 1)]);
    expect([first.status, byHand.status].filter((it) => it === 'fulfilled').length).toBeGreaterThan(0);
    clock.advance(HOUR);
    expect(await sweep()).toBe(0);
    moveTo(3);
    expect(await sweep(runtime, AbortSignal.abort())).toBe(0);
    await learnDispatch(there, 1);
    expect(await line()).toMatchObject({ state: 'good', since: clock.now().toISOString() });
  });

  it('被杀掉的挡半小时，过后手动学得成', async () => {
    moveTo(3);
    await sql(`update dispatch_learning set begun_at = $1`, [clock.now()]);
    await expect(learnDispatch(runtime, 1)).rejects.toMatchObject({ code: 'suggestion.learning_now' });
    clock.advance(HOUR);
    await learnDispatch(runtime, 1);
    expect(await line()).toMatchObject({ state: 'good' });
  });

  it('学到一半断了，或者几天没有学：管理员看得见，知道做什么', async () => {
    moveTo(3);
    await sql(`update dispatch_learning set begun_at = $1`, [clock.now()]);
    expect(await line()).toMatchObject({ state: 'good' });
    clock.advance(2 * HOUR);
    expect(await line()).toMatchObject({ state: 'near', says: { zh: '上次没有学完' } });
    await sql(`update dispatch_learning set begun_at = ended_at`);
    clock.advance(72 * HOUR);
    const { state, act } = await line();
    expect([state, act.zh]).toEqual(['near', expect.stringContaining('jingwei learn dispatch')]);
  });
});
