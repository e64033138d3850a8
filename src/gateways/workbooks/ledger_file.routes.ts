import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  anyLedger,
  keepBatch,
  ledgerKeepers,
  ledgerProblems,
  type SentFile,
} from '../../domains/land/registry/index.ts';
import { execute } from '../../kernel/command.ts';
import { type Endpoint, procedure, type UploadedFile } from '../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import { ledgerMarkedRoute } from './ledger_marked.routes.ts';
import { understandBytes } from './workbook.outside.ts';

/** What a file is called, as far as it can be written. */
export const nameOfFile = (name: string): string => name.replace(/[\p{Cc}\p{Surrogate}]/gu, '').slice(0, 120) || '—';

/** A file as the ledger takes it: its tables and rows, beside its name and bytes. */
export async function fileForLedger(given: {
  readonly ledger: SentFile['ledger'];
  readonly areaId: Id;
  readonly toldOn: string;
  readonly name: string;
  readonly bytes: Buffer;
}): Promise<SentFile> {
  const { ledger, areaId, toldOn, name, bytes } = given;
  const { tables, rows } = await understandBytes(bytes);
  return {
    ...{ ledger, areaId, toldOn, bytes },
    fileName: nameOfFile(name),
    tables: tables.map(({ sheet, range, rows: n, columns }) => ({ sheet, range, rows: n, columns })),
    rows: rows.flatMap((content, table) => content.rows.map(({ row, cells }) => ({ table, row, cells }))),
  };
}

/** A part that is longer than this came cut off at its end, and would be read as a damaged file. */
const LARGEST_SENT = 20 * 1024 * 1024;

export function requireWholeFile(file: UploadedFile | undefined): asserts file is UploadedFile {
  if (!file?.name && !file?.bytes.length) throw new Problem(ledgerProblems['ledger.no_file']);
  if (file.bytes.length === 0) throw new Problem(ledgerProblems['ledger.empty_file']);
  if (file.bytes.length > LARGEST_SENT) throw new Problem(ledgerProblems['ledger.file_too_large']);
}

/** Workbooks come in for the ledgers: read in a process of their own, between transactions. */
export const ledgerFileRoutes: readonly Endpoint[] = [
  ledgerMarkedRoute,
  procedure({
    name: 'ledger_batch.send',
    method: 'POST',
    path: '/api/ledger-batches',
    summary: { zh: '传一个台账表格：先核对，再入账', en: 'Send a workbook for a ledger: looked over first' },
    access: [{ roles: ledgerKeepers }],
    lane: 'bulk',
    body: z.strictObject({
      ledger: z
        .union([anyLedger, z.literal('best')])
        .default('residents')
        .describe('best: whichever has a place for most of its columns'),
      areaId: idSchema,
      toldOn: z.iso.date().describe('The day of which the file tells'),
    }),
    files: 1,
    output: z.object({ batchId: idSchema, rows: z.number() }),
    handle: async (runtime, { entrance, commandId, occurredAt, body, files: [file] }) => {
      requireWholeFile(file);
      const sent = await fileForLedger({ ...body, ...file });
      const sha256 = createHash('sha256').update(file.bytes).digest('hex');
      const command = { id: commandId, name: 'ledger_batch.send', input: { ...body, sha256 }, occurredAt };
      const { answer } = await execute(runtime, entrance, command, {
        work: (ctx) => keepBatch(ctx, sent),
      });
      return answer;
    },
  }),
];
