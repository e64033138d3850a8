import { z } from 'zod';
import type { Words } from '../../../kernel/words.ts';

/**
 * Which of a list are looked at, by a rule that is stated beforehand. From rule, seed and list follows one draw and no other:
 * whoever has the three draws the same, in whatever order they hold the list.
 */
const size = z.number().int().min(1).max(500);
export const ruleForm = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('all') }),
  z.strictObject({ rule: z.literal('random'), size }),
  z.strictObject({ rule: z.literal('every'), step: z.number().int().min(2).max(500) }),
  z.strictObject({ rule: z.literal('risk_first'), size }),
]);
export type Rule = z.output<typeof ruleForm>;

/** `weight`: how much of a high risk is known of it; 0: nothing. */
export interface Listed {
  readonly id: string;
  readonly weight: number;
}

/** The lot of a record: SHA-256 of `seed id` in hexadecimal, so that any machine can draw again. */
export type LotOf = (id: string) => string;

const byId = (a: Listed, b: Listed): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const byLot =
  (lotOf: LotOf) =>
  (a: Listed, b: Listed): number => {
    const [one, two] = [lotOf(a.id), lotOf(b.id)];
    return one < two ? -1 : one > two ? 1 : byId(a, b);
  };

export function draw<L extends Listed>(rule: Rule, list: readonly L[], lotOf: LotOf): L[] {
  switch (rule.rule) {
    case 'all':
      return list.toSorted(byId);
    case 'random':
      return list.toSorted(byLot(lotOf)).slice(0, rule.size);
    case 'every':
      return list.toSorted(byId).filter((_, i) => i % rule.step === firstOf(rule.step, lotOf));
    case 'risk_first': {
      const lot = byLot(lotOf);
      return list.toSorted((a, b) => b.weight - a.weight || lot(a, b)).slice(0, rule.size);
    }
  }
}

/** With which of the first `step` one begins: the first 32 bits of the lot of the word `start`. */
const firstOf = (step: number, lotOf: LotOf): number => Number.parseInt(lotOf('start').slice(0, 8), 16) % step;

export function ruleWords(rule: Rule): Words {
  switch (rule.rule) {
    case 'all':
      return { zh: '全部检查', en: 'all of them' };
    case 'random':
      return { zh: `随机抽 ${rule.size} 处`, en: `${rule.size} at random` };
    case 'every':
      return { zh: `每 ${rule.step} 处抽 1 处`, en: `one of every ${rule.step}` };
    case 'risk_first':
      return { zh: `风险高的先抽，抽 ${rule.size} 处`, en: `${rule.size}, those of high risk first` };
  }
}

/** What the words of a level come to: 重大 4, 较大 3, 一般 2, 低 1. Words we do not know say nothing. */
export function weightOf(level: string | undefined): number {
  if (level === undefined) return 0;
  const found = levels.findIndex((one) => one.test(level));
  return found < 0 ? 0 : levels.length - found;
}
const levels = [
  /重大|特别|一级|红|^I级?$/,
  /较大|^高|二级|橙|^II级?$/,
  /一般|^中|三级|黄|^III级?$/,
  /^低|较小|四级|蓝|^IV级?$/,
];
