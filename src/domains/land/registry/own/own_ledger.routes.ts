import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../../kernel/endpoint.ts';
import { idSchema } from '../../../../kernel/id.ts';
import { ledgerKeepers, ledgerReaders } from '../ledger.model.ts';
import { addLedger, changeLedger, requireOwnLedger, retireLedger } from './own_ledger.commands.ts';
import { ownLedgerChange, ownLedgerForm, ownLedgerView } from './own_ledger.model.ts';
import { ledgerList, readLedger } from './own_ledger.views.ts';

const byReaders = { access: [{ roles: ledgerReaders }], lane: 'work' } as const;
const byKeepers = { access: [{ roles: ledgerKeepers }], lane: 'work' } as const;
const ofLedger = z.object({ ledgerId: idSchema });

export const ownLedgerRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'own_ledger.list',
    path: '/api/areas/:id/own-ledgers',
    summary: { zh: '一个地方的自建台账', en: 'Own ledgers of an area, and of those above and within it' },
    params: idParam,
    output: z.array(ownLedgerView),
    handle: (ctx, { params }) => ledgerList(ctx, params.id),
  }),
  read({
    ...byReaders,
    name: 'own_ledger.read',
    path: '/api/own-ledgers/:id',
    summary: { zh: '一本自建台账', en: 'An own ledger' },
    params: idParam,
    output: ownLedgerView,
    handle: (ctx, { params }) => readLedger(ctx, params.id),
  }),
  write({
    ...byKeepers,
    name: 'own_ledger.add',
    method: 'POST',
    path: '/api/own-ledgers',
    summary: { zh: '建一本自己的台账', en: 'Add an own ledger' },
    body: ownLedgerForm,
    output: ofLedger,
    handle: (ctx, { body }) => addLedger(ctx, body),
    recheck: async (ctx, _, { ledgerId }) => void (await requireOwnLedger(ctx, ledgerId)),
  }),
  write({
    ...byKeepers,
    name: 'own_ledger.change',
    method: 'POST',
    path: '/api/own-ledgers/:id/change',
    summary: { zh: '改台账的名字和说明', en: 'Rename it, say what it is for' },
    params: idParam,
    body: ownLedgerChange,
    output: ofLedger,
    handle: (ctx, { params, body }) => changeLedger(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireOwnLedger(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'own_ledger.retire',
    method: 'POST',
    path: '/api/own-ledgers/:id/retire',
    summary: { zh: '停用一本台账：记过的留着', en: 'Retire a ledger: what stands in it stays' },
    params: idParam,
    output: ofLedger,
    handle: (ctx, { params }) => retireLedger(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireOwnLedger(ctx, params.id)),
  }),
];
