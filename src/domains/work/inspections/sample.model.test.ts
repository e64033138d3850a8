import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, type Listed, type LotOf, type Rule, ruleForm, weightOf } from './sample.model.ts';

const lots =
  (seed: string): LotOf =>
  (id) =>
    createHash('sha256').update(`${seed} ${id}`).digest('hex');
const list = fc.uniqueArray(fc.record({ id: fc.uuid(), weight: fc.integer({ min: 0, max: 9 }) }), {
  ...{ selector: ({ id }) => id, maxLength: 60 },
});
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant({ rule: 'all' } as const),
  fc.record({ rule: fc.constant('random' as const), size: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ rule: fc.constant('every' as const), step: fc.integer({ min: 2, max: 20 }) }),
  fc.record({ rule: fc.constant('risk_first' as const), size: fc.integer({ min: 1, max: 40 }) }),
);
const ids = (drawn: readonly Listed[]): string[] => drawn.map(({ id }) => id);

describe('抽样', () => {
  it('同一规则、同一种子、同一名单：不管名单按什么顺序拿来，抽出来的一样，一个不重，都在名单里', () => {
    fc.assert(
      fc.property(rule, list, fc.string(), fc.integer(), (which, all, seed, turn) => {
        const lotOf = lots(seed);
        const drawn = draw(which, all, lotOf);
        const at = all.length === 0 ? 0 : Math.abs(turn) % all.length;
        const turned = [...all.slice(at), ...all.slice(0, at)].reverse();
        expect(ids(draw(which, turned, lotOf))).toEqual(ids(drawn));
        expect(new Set(ids(drawn)).size).toBe(drawn.length);
        expect(all).toEqual(expect.arrayContaining(drawn));
      }),
    );
  });

  it('抽多少有定数：随机和风险先抽按份数，每 k 处抽 1 处差不超过一处', () => {
    fc.assert(
      fc.property(rule, list, fc.string(), (which, all, seed) => {
        const many = draw(which, all, lots(seed)).length;
        if (which.rule === 'all') expect(many).toBe(all.length);
        else if (which.rule === 'every') expect(Math.abs(many - all.length / which.step)).toBeLessThan(1);
        else expect(many).toBe(Math.min(which.size, all.length));
      }),
    );
  });

  it('风险先抽：抽中的没有一个比没抽中的轻', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 40 }), fc.string(), (all, size, seed) => {
        const drawn = draw({ rule: 'risk_first', size }, all, lots(seed));
        const left = all.filter(({ id }) => !ids(drawn).includes(id));
        const lightest = Math.min(...drawn.map(({ weight }) => weight));
        expect(left.every(({ weight }) => weight <= lightest)).toBe(true);
      }),
    );
  });

  it('换个种子就换一批；谁都有机会被抽到', () => {
    const all = Array.from({ length: 40 }, (_, i) => ({ id: `r${String(i).padStart(2, '0')}`, weight: 0 }));
    const of = (seed: string) => ids(draw({ rule: 'random', size: 8 }, all, lots(seed)));
    expect(of('2026-11-23')).not.toEqual(of('2026-11-24'));
    const seen = new Set(Array.from({ length: 60 }, (_, i) => of(`第${i}次`)).flat());
    expect(seen.size).toBe(40);
  });

  it('公开的算法，照着也能抽出来：r1 到 r5 用种子 2026 抽 2 处', () => {
    const all = ['r1', 'r2', 'r3', 'r4', 'r5'].map((id) => ({ id, weight: 0 }));
    const byHand = ids(all).sort((a, b) => (lots('2026')(a) < lots('2026')(b) ? -1 : 1));
    expect(ids(draw({ rule: 'random', size: 2 }, all, lots('2026')))).toEqual(byHand.slice(0, 2));
  });

  it('说不清的规则不收', () => {
    for (const wrong of [{ rule: 'random' }, { rule: 'every', step: 1 }, { rule: 'best' }, { rule: 'all', size: 3 }])
      expect(ruleForm.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  });

  it('风险等级的说法：认得的按轻重，不认得的不算', () => {
    const said = ['重大风险', '较大', '一般', '低风险', '说不清', undefined];
    expect(said.map(weightOf)).toEqual([4, 3, 2, 1, 0, 0]);
  });
});
