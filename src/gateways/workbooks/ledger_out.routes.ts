import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  keepExport,
  keepTemplate,
  ledgerKeepers,
  ledgerReaders,
  namesAsked,
  outForm,
  recheckTemplate,
} from '../../domains/land/registry/index.ts';
import { execute } from '../../kernel/command.ts';
import { type Endpoint, idParam, procedure } from '../../kernel/endpoint.ts';
import { idSchema } from '../../kernel/id.ts';
import { transact } from '../../kernel/transaction.ts';
import { isWord, lookAtWord } from '../wordforms/word.outside.ts';
import { filledTemplate } from './filled_template.outside.ts';
import { lookAtBlank } from './filling.outside.ts';
import { nameOfFile, requireWholeFile } from './ledger_file.routes.ts';
import { madeLedger } from './made_ledger.outside.ts';

const made = z.object({ exportId: idSchema, rows: z.number() });

/** What goes out of the ledgers: read and made between transactions, kept for a day for whoever asked. */
export const ledgerOutRoutes: readonly Endpoint[] = [
  procedure({
    name: 'resident.take_out',
    method: 'POST',
    path: '/api/ledger-exports',
    summary: { zh: '把一个地方的一本台账做成表格', en: 'Make a workbook of a ledger of an area' },
    access: [{ roles: ledgerReaders }],
    lane: 'bulk',
    triesPerMinute: 10,
    body: outForm,
    output: made,
    handle: async (runtime, { entrance, commandId, occurredAt, body }) => {
      const file = await madeLedger(runtime, entrance, body);
      const command = { id: commandId, name: 'resident.take_out', input: body, occurredAt };
      const { answer } = await execute(runtime, entrance, command, {
        work: (ctx) =>
          keepExport(ctx, {
            ...body,
            ...file,
            reason: body.reason,
            cells: null,
            template: null,
          }),
      });
      return answer;
    },
  }),
  procedure({
    name: 'ledger_template.send',
    method: 'POST',
    path: '/api/ledger-templates',
    summary: { zh: '传一张上级的空表', en: 'Send a superior’s blank workbook' },
    access: [{ roles: ledgerKeepers }],
    lane: 'bulk',
    body: z.strictObject({ areaId: idSchema }),
    files: 1,
    output: z.object({ templateId: idSchema, bound: z.number() }),
    handle: async (runtime, { entrance, commandId, occurredAt, body, files: [file] }) => {
      requireWholeFile(file);
      const names = await transact(runtime, entrance, (ctx) => namesAsked(ctx, body.areaId));
      const tables = isWord(file.bytes, file.name)
        ? await lookAtWord(file.bytes)
        : await lookAtBlank(file.bytes, names);
      const sent = { ...body, fileName: nameOfFile(file.name), bytes: file.bytes, tables };
      const sha256 = createHash('sha256').update(file.bytes).digest('hex');
      const command = { id: commandId, name: 'ledger_template.send', input: { ...body, sha256 }, occurredAt };
      const { answer } = await execute(runtime, entrance, command, { work: (ctx) => keepTemplate(ctx, sent) });
      return answer;
    },
  }),
  procedure({
    name: 'ledger_template.fill',
    method: 'POST',
    path: '/api/ledger-templates/:id/fill',
    summary: { zh: '填好一张上级的表', en: 'Fill a superior’s workbook' },
    access: [{ roles: ledgerKeepers }],
    lane: 'bulk',
    triesPerMinute: 10,
    params: idParam,
    body: outForm,
    output: made,
    handle: async (runtime, { entrance, commandId, occurredAt, params: { id }, body }) => {
      const file = await filledTemplate(runtime, entrance, { id, ...body });
      const command = { id: commandId, name: 'ledger_template.fill', input: { id, ...body }, occurredAt };
      const { answer } = await execute(runtime, entrance, command, {
        work: (ctx) => keepExport(ctx, { ...body, ...file, reason: body.reason }),
        recheck: (ctx) => recheckTemplate(ctx, id),
      });
      return answer;
    },
  }),
];
