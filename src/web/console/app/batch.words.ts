import type { BatchCommand } from '../../../domains/work/desks/board.model.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Verdict } from './board.questions.ts';

export interface Named {
  /** The body, or the number of the case that stays. */
  readonly name: string;
  /** How many of those chosen are gone or not to be seen any more. */
  readonly gone: number;
}

/** What will happen, in words and numbers, before anything does. */
export function summaryOf(command: BatchCommand, verdicts: readonly Verdict[], { name, gone }: Named): Words[] {
  const allowed = verdicts.filter((verdict) => verdict.allowed);
  const n = allowed.length;
  const reporters = allowed.reduce((sum, verdict) => sum + verdict.reporters, 0);
  const doubts = allowed.filter(({ doubt }) => doubt !== null).length;
  const barred = verdicts.length - n;
  const told = allowed.find((verdict) => verdict.told !== null)?.told;
  const lines: (Words | false)[] = [
    n === 0
      ? { zh: '选中的一件也不能办，什么也不会发生。', en: 'None of those chosen is possible; nothing will happen.' }
      : does[command](n, name),
    n > 0 && command === 'dispatch' && limitsOf(allowed),
    doubts > 0 && {
      zh: `其中 ${doubts} 件请再看一眼，原因写在下面。`,
      en: `Look again at ${doubts} of them; the reason stands below.`,
    },
    n > 0 && tellsReporters.has(command) && hear(reporters, told ?? null),
    gone > 0 && {
      zh: `${gone} 件已经不在或不归您看了，不会动。`,
      en: `${gone} are gone or not yours to see any more, and stay as they are.`,
    },
    barred > 0 && {
      zh: `${barred} 件不能办，不会动，原因写在下面。`,
      en: `${barred} cannot be done and stay as they are; the reason stands below.`,
    },
  ];
  return lines.flatMap((line) => line || []);
}

const does: Readonly<Record<BatchCommand, (n: number, name: string) => Words>> = {
  dispatch: (n, name) => ({ zh: `将把 ${n} 件派给${name}。`, en: `${n} will be given to ${name}.` }),
  urge: (n) => ({
    zh: `将催办 ${n} 件：现在该办的单位和人各收到一条提醒，时限不变。`,
    en: `${n} will be urged: whoever owes them now is told; the clocks run as they ran.`,
  }),
  send_to_registrar: (n) => ({ zh: `将把 ${n} 件退回立案岗。`, en: `${n} will go back to the registrar.` }),
  supervise: (n) => ({ zh: `将督办 ${n} 件。`, en: `${n} will be put under supervision.` }),
  merge: (n, name) => ({
    zh: `将把 ${n} 件并入 ${name}：它们的时钟停下，照片和话留着，可以撤销。`,
    en: `${n} will be merged into ${name}: their clocks stand, photos and words stay, it can be undone.`,
  }),
  unmerge: (n) => ({
    zh: `将撤销 ${n} 件的并案：各自接着办，时钟接着走。`,
    en: `${n} will be taken apart again: each goes on by itself, and so does its clock.`,
  }),
};

const tellsReporters: ReadonlySet<BatchCommand> = new Set<BatchCommand>(['dispatch', 'merge', 'unmerge']);

function hear(reporters: number, told: Words | null): Words {
  const zh = `${reporters} 位报事人会收到消息`;
  const en = `${reporters} who reported will hear`;
  return told ? { zh: `${zh}：“${told.zh}”`, en: `${en}: “${told.en}”` } : { zh: `${zh}。`, en: `${en}.` };
}

/** 处置时限：3 件 4 工作时，1 件 5 工作日. */
function limitsOf(allowed: readonly Verdict[]): Words | false {
  const counts = new Map<string, { words: Words; n: number }>();
  for (const { limit } of allowed)
    if (limit) counts.set(limit.zh, { words: limit, n: (counts.get(limit.zh)?.n ?? 0) + 1 });
  if (counts.size === 0) return false;
  const all = [...counts.values()];
  return {
    zh: `处置时限：${all.map(({ words, n }) => `${n} 件 ${words.zh}`).join('，')}。`,
    en: `Time to handle: ${all.map(({ words, n }) => `${n} × ${words.en}`).join(', ')}.`,
  };
}
