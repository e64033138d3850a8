import type { CaseType, FilingCondition } from '../../../src/domains/work/standards/standard.model.ts';
import type { Chance } from '../chance.ts';
import { homeWords } from './homes.ts';
import { streetWords } from './street.ts';
import { villageWords } from './village.ts';

/** How a matter is put into words by those who raise it. {place} is where it is. */
export interface ReportWords {
  readonly residents: readonly string[];
  readonly workers: readonly string[];
}

const all: Readonly<Record<string, ReportWords>> = { ...streetWords, ...homeWords, ...villageWords };

/** For types without sentences of their own: what is seen, as the standard puts it. */
const general: ReportWords = {
  residents: ['{place}的{type}有问题：{when}，麻烦派人来看看', '反映一下，{place}{when}({type}),好几天了'],
  workers: ['巡查发现{place}{type}:{when}', '{place}{type},{when}，请派单'],
};

export function sayReport(
  by: Chance,
  who: keyof ReportWords,
  type: CaseType,
  condition: FilingCondition,
  place: string,
): string {
  const words = by.pick((all[type.code] ?? general)[who]);
  return fillIn(words, { place, type: type.name.zh, when: condition.when.zh });
}

export const fillIn = (words: string, given: Readonly<Record<string, string>>): string =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => given[name] ?? '');
