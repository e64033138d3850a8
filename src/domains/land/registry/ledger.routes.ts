import { z } from 'zod';
import { type Endpoint, idParam, procedure, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { transact } from '../../../kernel/transaction.ts';
import { dropBatch, mapColumns, requireBatch, takeBatch, turnBatch, undoBatch } from './batches/batch.commands.ts';
import { mappingForm, turnForm } from './batches/batch.model.ts';
import { householdPage } from './households/household.views.ts';
import { askForget, covered, disclose, enterFacts, requireRecord } from './ledger.commands.ts';
import {
  anyLedger,
  batchDetail,
  batchView,
  factsForm,
  findForm,
  ledgerKeepers,
  ledgerReaders,
  newRecordForm,
  reasonForm,
} from './ledger.model.ts';
import { batchList, findRecords, ledgerPage, readBatch, recordDetail } from './ledger.views.ts';
import { addRecord } from './new_record.commands.ts';
import { householdLine, recordLine, recordView } from './record.model.ts';

const byReaders = { access: [{ roles: ledgerReaders }], lane: 'work' } as const;
const byKeepers = { access: [{ roles: ledgerKeepers }], lane: 'work' } as const;

const ofRecord = z.object({ recordId: idSchema });
const ofBatch = z.object({ batchId: idSchema });

/** Taken in, taken back, put away: each by its own name. */
const batchActs: readonly Endpoint[] = (
  [
    ['take', { zh: '入账', en: 'Take a file in' }, takeBatch],
    ['undo', { zh: '整批撤回', en: 'Take a file back' }, undoBatch],
    ['drop', { zh: '放下，不入账', en: 'Put a file away' }, dropBatch],
  ] as const
).map(([act, summary, carryOut]) =>
  write({
    ...byKeepers,
    name: `ledger_batch.${act}`,
    method: 'POST',
    path: `/api/ledger-batches/:id/${act}`,
    summary,
    params: idParam,
    output: ofBatch,
    handle: (ctx, { params }) => carryOut(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireBatch(ctx, params.id)),
  }),
);

export const ledgerRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'resident.list',
    path: '/api/areas/:id/residents',
    summary: { zh: '一个地方的台账', en: 'A ledger of an area' },
    params: idParam,
    query: z.strictObject({
      ledger: anyLedger.default('residents'),
      after: idSchema.optional().describe('The last record of the page before'),
      most: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ total: z.number(), rows: z.array(recordLine), next: idSchema.nullable() }),
    handle: (ctx, { params, query }) =>
      ledgerPage(ctx, { areaId: params.id, after: query.after ?? null, most: query.most, ledger: query.ledger }),
  }),
  read({
    ...byReaders,
    name: 'household.list',
    path: '/api/areas/:id/households',
    summary: { zh: '一个地方的各户', en: 'Households of an area' },
    params: idParam,
    query: z.strictObject({
      after: idSchema.optional().describe('What the page before gave as next'),
      most: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ total: z.number(), rows: z.array(householdLine), next: idSchema.nullable() }),
    handle: (ctx, { params, query }) =>
      householdPage(ctx, { areaId: params.id, after: query.after ?? null, most: query.most }),
  }),
  write({
    ...byReaders,
    name: 'resident.add',
    method: 'POST',
    path: '/api/residents',
    summary: { zh: '当面登记一条', en: 'Enter a new record by hand' },
    body: newRecordForm,
    output: ofRecord,
    handle: (ctx, { body }) => addRecord(ctx, body),
    recheck: async (ctx, _, { recordId }) => void (await requireRecord(ctx, recordId)),
  }),
  procedure({
    ...byReaders,
    name: 'resident.find',
    method: 'POST',
    path: '/api/residents/find',
    summary: { zh: '按完整的号码、电话或名称找', en: 'Find a record by a whole number, telephone or name' },
    body: findForm,
    // Guessing at numbers is no way to read the ledger.
    triesPerMinute: 30,
    output: z.object({ rows: z.array(recordLine) }),
    handle: (runtime, { entrance, body }) =>
      transact(runtime, entrance, (ctx) => findRecords(ctx, body.ledger, body.words)),
  }),
  read({
    ...byReaders,
    name: 'resident.read',
    path: '/api/residents/:id',
    summary: { zh: '台账里的一条：每一项从哪里来', en: 'A record of a ledger: each fact and where it comes from' },
    params: idParam,
    output: recordView,
    handle: (ctx, { params }) => recordDetail(ctx, params.id),
  }),
  write({
    ...byReaders,
    name: 'resident.disclose',
    method: 'POST',
    path: '/api/residents/:id/disclose',
    summary: { zh: '看完整号码，写明用途', en: 'See numbers in full, with the reason' },
    params: idParam,
    body: reasonForm,
    triesPerMinute: 30,
    output: ofRecord.extend({ values: z.array(z.object({ field: z.string(), value: z.string() })) }),
    handle: (ctx, { params, body }) => disclose(ctx, params.id, body.reason),
    show: (ctx, { params }) => covered(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireRecord(ctx, params.id)),
  }),
  write({
    ...byReaders,
    name: 'resident.enter',
    method: 'POST',
    path: '/api/residents/:id/facts',
    summary: { zh: '更正或补填', en: 'Correct or add facts' },
    params: idParam,
    body: factsForm,
    output: ofRecord.extend({ fields: z.number() }),
    handle: (ctx, { params, body }) => enterFacts(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireRecord(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'resident.forget',
    method: 'POST',
    path: '/api/residents/:id/forget',
    summary: {
      zh: '删除一条（本人要求、已拆除、已注销）：销毁密钥，不能恢复',
      en: 'Forget a record, as a person asks: its key is destroyed',
    },
    params: idParam,
    body: reasonForm,
    output: ofRecord,
    handle: (ctx, { params, body }) => askForget(ctx, params.id, body.reason),
    recheck: async (ctx, { params }) => void (await requireRecord(ctx, params.id)),
  }),
  read({
    ...byKeepers,
    name: 'ledger_batch.list',
    path: '/api/ledger-batches',
    summary: { zh: '导入台账的文件', en: 'Files sent for the ledgers' },
    output: z.array(batchView),
    handle: (ctx) => batchList(ctx),
  }),
  read({
    ...byKeepers,
    name: 'ledger_batch.read',
    path: '/api/ledger-batches/:id',
    summary: { zh: '一个文件：每一行怎么样', en: 'A file: what is to become of its rows' },
    params: idParam,
    query: z.strictObject({
      after: z.coerce.number().int().min(-1).default(-1).describe('Only rows behind this one'),
      fresh: z.coerce.number().int().min(0).max(1000).optional().describe('Who would be new, from this portion on'),
    }),
    output: batchDetail,
    handle: (ctx, { params, query }) => readBatch(ctx, params.id, query),
  }),
  write({
    ...byKeepers,
    name: 'ledger_batch.map',
    method: 'POST',
    path: '/api/ledger-batches/:id/columns',
    summary: { zh: '改哪一列是什么', en: 'Say what a column holds' },
    params: idParam,
    body: mappingForm,
    output: ofBatch,
    handle: (ctx, { params, body }) => mapColumns(ctx, params.id, body.columns),
    recheck: async (ctx, { params }) => void (await requireBatch(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'ledger_batch.turn',
    method: 'POST',
    path: '/api/ledger-batches/:id/ledger',
    summary: { zh: '改按别的台账核对', en: 'Look a file over for another ledger' },
    params: idParam,
    body: turnForm,
    output: ofBatch,
    handle: (ctx, { params, body }) => turnBatch(ctx, params.id, body.ledger),
    recheck: async (ctx, { params }) => void (await requireBatch(ctx, params.id)),
  }),
  ...batchActs,
];
