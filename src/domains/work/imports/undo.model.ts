import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { importProblems } from './import.model.ts';

/** Taking an import back: first what would go is looked over, then it is done; both behind the page, part by part. */
export const undoStages = ['looking', 'looked', 'undoing'] as const;
export type UndoStage = (typeof undoStages)[number];

/** Why, in words: they stand beside the batch, which stays on the list. */
export const undoForm = z.strictObject({ words: z.string().trim().min(2).max(200) });

const words = z.object({ zh: z.string(), en: z.string() });

export const undoView = z.object({
  stage: z.enum(undoStages).nullable().describe('null: nobody has asked at the console'),
  since: z.date().nullable(),
  of: z.number().nullable().describe('Cases that are looked at, or taken back'),
  gone: z.number().nullable().describe('Withdrawn so far; while it is looked over: would be'),
  stays: z.number().nullable().describe('Stay, because somebody has worked on them'),
  words: z.string().nullable(),
});

export const keptView = z.object({
  key: z.string().describe('Its number at the source'),
  number: z.string().nullable().describe('null: confidential'),
  says: words,
});

export const undoCan = z.object({
  command: z.enum(['look', 'undo']),
  words,
  allowed: z.boolean(),
  reason: words.nullable(),
});

/** As many are listed at the console; the command line tells all of them. */
export const MOST_KEPT = 5000;

interface Standing {
  readonly undoneAt: Date | null;
  readonly undoStage: UndoStage | null;
  readonly undoGone: number | null;
  readonly brought: number;
}

type Fault = 'import.undone_already' | 'import.undo_runs' | 'import.nothing_goes' | 'import.look_first';

export const whyNotLook = ({ undoneAt, undoStage, brought }: Standing): Fault | null => {
  if (undoneAt !== null) return 'import.undone_already';
  if (undoStage === 'looking' || undoStage === 'undoing') return 'import.undo_runs';
  return brought === 0 ? 'import.nothing_goes' : null;
};

/** Nobody takes back what was not looked over: the form tells its numbers. */
export const whyNotUndo = (batch: Standing): Fault | null => {
  const fault = whyNotLook(batch);
  if (fault !== null) return fault;
  if (batch.undoStage !== 'looked') return 'import.look_first';
  return batch.undoGone === 0 ? 'import.nothing_goes' : null;
};

const commands = {
  look: { words: { zh: '看看会撤回什么', en: 'Look what would go' }, why: whyNotLook },
  undo: { words: { zh: '撤回这个批次', en: 'Take this import back' }, why: whyNotUndo },
} as const satisfies Record<string, { words: Words; why: (batch: Standing) => Fault | null }>;

export const undoCans = (batch: Standing): z.input<typeof undoCan>[] =>
  (['look', 'undo'] as const).map((command) => {
    const { words: said, why } = commands[command];
    const fault = why(batch);
    return {
      command,
      words: said,
      allowed: fault === null,
      reason: fault === null ? null : new Problem(importProblems[fault]).kind.title,
    };
  });
