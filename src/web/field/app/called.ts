import { resultWords } from '../../../domains/work/campaigns/result.model.ts';
import { type Traveller, travellerWords } from '../../../domains/work/checkpoints/passage.model.ts';
import { results } from '../../../domains/work/inspections/result.model.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Op } from '../engine/contract.ts';
import { VISIT } from '../engine/predict.ts';
import { summaryOf, titleOf } from './said.ts';

/** What is done away from the cases, for the outbox; by itself, so that the first screen does not wait for it. */
const words: Readonly<Record<string, Words>> = {
  [VISIT]: { zh: '走访', en: 'Visit' },
  'checkpoint.take_up': { zh: '卡口接班', en: 'Shift taken up' },
  'checkpoint.pass': { zh: '登记通行', en: 'Passage' },
  'checkpoint.take_back': { zh: '撤掉一笔通行', en: 'Passage taken back' },
  'checkpoint.disinfect': { zh: '登记消杀', en: 'Disinfection' },
  'inspection.look': { zh: '检查：看过了', en: 'Inspection: looked at' },
  'inspection.find': { zh: '检查：发现隐患', en: 'Inspection: something found' },
  'patrol.start': { zh: '开始巡查', en: 'Patrol started' },
  'patrol.tick': { zh: '巡查打点', en: 'Place ticked' },
  'patrol.end': { zh: '结束巡查', en: 'Patrol ended' },
};
export const calledOf = (op: Pick<Op, 'name'>): Words => words[op.name] ?? titleOf(op);

export function saidIn({ name, body }: Pick<Op, 'name' | 'body'>): string {
  if (name === VISIT) return resultWords[body.result as keyof typeof resultWords]?.zh ?? '';
  if (name === 'inspection.look') return results[body.result as keyof typeof results]?.zh ?? '';
  return name === 'checkpoint.pass' ? passageSaid(body as unknown as Passage) : summaryOf({ name, body });
}

interface Passage {
  readonly traveller: Traveller;
  readonly count: number;
  readonly passed: boolean;
  readonly reason: string;
}
/** How many and not who: what they were asked is read nowhere on the phone. */
const passageSaid = ({ traveller, count, passed, reason }: Passage): string =>
  `${travellerWords[traveller].zh} ${count}，${passed ? '放行' : `劝返：${reason}`}`;
