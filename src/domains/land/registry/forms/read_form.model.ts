import { z } from 'zod';
import { type GivenQuestion, questionView } from './form_shape.model.ts';

/** A form as it was read from somebody's workbook: its questions, and what of the workbook is not in them, by cell. */
const remark = z.object({
  sheet: z.string(),
  cell: z.string().describe('As a spreadsheet names it: C7'),
  found: z.string(),
  says: z.object({ zh: z.string(), en: z.string() }),
  stops: z.boolean().describe('Without it another form would be asked: it has to be changed first'),
});
export type Remark = Readonly<z.output<typeof remark>>;

export const readFormView = z.object({
  title: z.string(),
  questions: z.array(questionView),
  remarks: z.array(remark).describe('What of the workbook is not in the questions'),
});

export interface ReadForm {
  readonly title: string;
  readonly questions: readonly GivenQuestion[];
  readonly remarks: readonly Remark[];
}
