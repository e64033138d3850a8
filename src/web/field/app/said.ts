import { resultWords } from '../../../domains/work/campaigns/result.model.ts';
import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Op } from '../engine/contract.ts';
import { VISIT } from '../engine/predict.ts';

const patrolWords = {
  'patrol.start': { zh: '开始巡查', en: 'Patrol started' },
  'patrol.tick': { zh: '巡查打点', en: 'Place ticked' },
  'patrol.end': { zh: '结束巡查', en: 'Patrol ended' },
} as const;

/** What an item of the outbox is called: by its command, as the buttons are. */
export function titleOf({ name }: Pick<Op, 'name'>): Words {
  if (name === 'casefile.report') return { zh: '上报', en: 'Report' };
  if (name === 'casefile.report_handled') return { zh: '自行处置上报', en: 'Settled on the spot' };
  if (name === VISIT) return { zh: '走访', en: 'Visit' };
  if (Object.hasOwn(patrolWords, name)) return patrolWords[name as keyof typeof patrolWords];
  const rows: Readonly<Record<string, { readonly words: Words }>> = casefileTable.rows;
  return rows[name.replace(/^casefile\./, '')]?.words ?? { zh: name, en: name };
}

/** Its own words, as far as it has any. */
export function summaryOf({ name, body }: Pick<Op, 'name' | 'body'>): string {
  if (name === VISIT) return resultWords[body.result as keyof typeof resultWords]?.zh ?? '';
  const field = wordsField({ name, body });
  return field === null ? '' : String(body[field]);
}

/** Where its own words stand, if it has any. */
export const wordsField = ({ name, body }: Pick<Op, 'name' | 'body'>): string | null =>
  (name.startsWith('patrol.') ? ['reason'] : ['words', 'did', 'publicText']).find(
    (field) => typeof body[field] === 'string',
  ) ?? null;
