import type { ReadForm } from '../../domains/land/registry/forms/read_form.model.ts';
import { workerBeside } from '../../kernel/typescript_loader.ts';
import { askReader, bytesOf } from '../workbooks/workbook.outside.ts';
import { xlsformIn } from './xlsform.model.ts';
import type { SheetsReply } from './xlsform_worker.ts';

/** `readXlsform` of a file on disk. */
export const readXlsformFile = async (file: string): Promise<ReadForm> => readXlsform(await bytesOf(file));

/** An XLSForm of any kind of workbook as a form of ours, and what of it is not. Refuses with a `workbook.*` problem. */
export async function readXlsform(bytes: Buffer): Promise<ReadForm> {
  const { sheets } = await askReader<SheetsReply>(workerBeside(import.meta.url, 'xlsform_worker'), bytes);
  return xlsformIn(sheets);
}
