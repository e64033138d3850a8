import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Op } from '../engine/contract.ts';

/** What a step of a case is called: by its command, as the buttons are. */
export function titleOf({ name }: Pick<Op, 'name'>): Words {
  if (name === 'casefile.report') return { zh: '上报', en: 'Report' };
  if (name === 'casefile.report_handled') return { zh: '自行处置上报', en: 'Settled on the spot' };
  const rows: Readonly<Record<string, { readonly words: Words }>> = casefileTable.rows;
  return rows[name.replace(/^casefile\./, '')]?.words ?? { zh: name, en: name };
}

/** Its own words, as far as it has any. */
export function summaryOf(op: Pick<Op, 'name' | 'body'>): string {
  const field = wordsField(op);
  return field === null ? '' : String(op.body[field]);
}

/** Where its own words stand, if it has any. */
export const wordsField = ({ name, body }: Pick<Op, 'name' | 'body'>): string | null =>
  (/^patrol\.|take_back$/.test(name) ? ['reason'] : ['words', 'did', 'publicText', 'what']).find(
    (field) => typeof body[field] === 'string',
  ) ?? null;
