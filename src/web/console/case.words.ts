import type { CasefileCommand } from '../../domains/work/casefiles/casefile.model.ts';
import { dutyWords } from '../../domains/work/obligations/duty.model.ts';
import { movedIn } from '../../domains/work/obligations/moved.model.ts';
import type { Language, Words } from '../../kernel/words.ts';

export const flagWords: Readonly<Record<string, Words>> = {
  urgent: { zh: '紧急', en: 'urgent' },
  confidential: { zh: '保密', en: 'confidential' },
  self_handled: { zh: '自行处置', en: 'on the spot' },
  checking: { zh: '核实中', en: 'field check' },
  returned: { zh: '退回过', en: 'sent back' },
  suspended: { zh: '挂账', en: 'suspended' },
  escalated: { zh: '催到上级', en: 'escalated' },
  supervised: { zh: '督办', en: 'supervised' },
  joint: { zh: '联合处置', en: 'joint' },
  reopened: { zh: '返工', en: 'reopened' },
  merged: { zh: '已并案', en: 'merged' },
  disclosed: { zh: '已公开原话', en: 'words released' },
  unverified: { zh: '未核实', en: 'unverified' },
  joined: { zh: '报事人说同一件', en: 'said to be the same' },
};

/** What a duty waits for: this step stands first and open. */
export const settledBy: Readonly<Record<string, CasefileCommand>> = {
  'casefile.register': 'register',
  'casefile.precheck': 'answer_check',
  'casefile.dispatch': 'dispatch',
  'casefile.acknowledge': 'acknowledge',
  'casefile.handle': 'feed_back',
  'casefile.verify': 'verify',
  'casefile.close': 'close',
  'casefile.answer': 'answer',
  'casefile.report_in': 'report_in',
};

/** What became of a body that was called to a joint handling. */
export const summonsWords: Readonly<Record<string, Words>> = {
  called: { zh: '已召集', en: 'called' },
  arrived: { zh: '已报到', en: 'reported in' },
  refused: { zh: '不能到', en: 'cannot come' },
  released: { zh: '已撤回', en: 'released' },
};

/** A deadline that was counted anew: which, from when to when, and why; null: the entry tells of none. */
export function movedText(
  body: Readonly<Record<string, unknown>>,
  language: Language,
  when: (at: Date) => string,
): string | null {
  const moved = movedIn(body);
  if (!moved) return null;
  const [duty, was, due] = [dutyWords(moved.duty)[language], when(moved.was), when(moved.due)];
  return language === 'zh'
    ? `“${duty}”由 ${was} 改到 ${due}：${moved.because.zh}`
    : `“${duty}” due ${due} instead of ${was}: ${moved.because.en}`;
}
