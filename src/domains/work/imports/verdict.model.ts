import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';
import { keptView, undoCan, undoView } from './undo.model.ts';

/** What became of a file that was imported, for the administrator. */
export const batchView = z.object({
  id: idSchema,
  source: z.string(),
  begunAt: z.date(),
  finishedAt: z.date().nullable(),
  undoneAt: z.date().nullable(),
  rowCount: z.number().nullable().describe('Rows of the file; null: it was imported before this was noted'),
  done: z.number().nullable().describe('Rows that were looked at so far'),
  created: z.number().nullable(),
  changed: z.number().nullable(),
  same: z.number().nullable(),
  refused: z.number().nullable(),
  brought: z.number().describe('Cases that came with it and have not been withdrawn'),
  undo: undoView,
});

const words = z.object({ zh: z.string(), en: z.string() });

export const verdictView = batchView.extend({
  changedOthers: z.number().describe('Cases of other batches that it changed: a withdrawal leaves those changes'),
  refusals: z.array(z.object({ rowNo: z.number(), columnName: z.string(), says: words, hint: words })),
  kept: z.array(keptView).describe('What would stay when it is taken back, or stayed'),
  can: z.array(undoCan).describe('What may be done with it, and why not'),
});

/** As many refused rows are kept of one file; more of them mean that the map is wrong, not the rows. */
export const MOST_REFUSALS = 5000;

/** What was wrong may be somebody's name in the wrong column: row and column are enough to find it in the file. */
export const withoutValues = ({ zh, en }: Words): Words => ({
  zh: zh.replace(/“[^”]*”/g, '“…”'),
  en: en.replace(/“[^”]*”/g, '“…”'),
});
