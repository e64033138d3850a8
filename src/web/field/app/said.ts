import { resultWords } from '../../../domains/work/campaigns/result.model.ts';
import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import { type Traveller, travellerWords } from '../../../domains/work/checkpoints/passage.model.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Op } from '../engine/contract.ts';
import { VISIT } from '../engine/predict.ts';

const words: Readonly<Record<string, Words>> = {
  'casefile.report': { zh: '上报', en: 'Report' },
  'casefile.report_handled': { zh: '自行处置上报', en: 'Settled on the spot' },
  [VISIT]: { zh: '走访', en: 'Visit' },
  'checkpoint.take_up': { zh: '卡口接班', en: 'Shift taken up' },
  'checkpoint.pass': { zh: '登记通行', en: 'Passage' },
  'checkpoint.take_back': { zh: '撤掉一笔通行', en: 'Passage taken back' },
  'checkpoint.disinfect': { zh: '登记消杀', en: 'Disinfection' },
  'patrol.start': { zh: '开始巡查', en: 'Patrol started' },
  'patrol.tick': { zh: '巡查打点', en: 'Place ticked' },
  'patrol.end': { zh: '结束巡查', en: 'Patrol ended' },
};

/** What an item of the outbox is called: by its command, as the buttons are. */
export function titleOf({ name }: Pick<Op, 'name'>): Words {
  const rows: Readonly<Record<string, { readonly words: Words }>> = casefileTable.rows;
  return words[name] ?? rows[name.replace(/^casefile\./, '')]?.words ?? { zh: name, en: name };
}

/** Its own words, as far as it has any. */
export function summaryOf({ name, body }: Pick<Op, 'name' | 'body'>): string {
  if (name === VISIT) return resultWords[body.result as keyof typeof resultWords]?.zh ?? '';
  if (name === 'checkpoint.pass') return passageSaid(body as unknown as PassageSaid);
  const field = wordsField({ name, body });
  return field === null ? '' : String(body[field]);
}

interface PassageSaid {
  readonly traveller: Traveller;
  readonly count: number;
  readonly passed: boolean;
  readonly reason: string;
}
/** How many and not who: what they were asked is read nowhere on the phone. */
const passageSaid = ({ traveller, count, passed, reason }: PassageSaid): string =>
  `${travellerWords[traveller].zh} ${count}，${passed ? '放行' : `劝返：${reason}`}`;

/** Where its own words stand, if it has any. */
export const wordsField = ({ name, body }: Pick<Op, 'name' | 'body'>): string | null =>
  (/^patrol\.|take_back$/.test(name) ? ['reason'] : ['words', 'did', 'publicText']).find(
    (field) => typeof body[field] === 'string',
  ) ?? null;
