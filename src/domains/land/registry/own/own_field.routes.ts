import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../../kernel/endpoint.ts';
import { idSchema } from '../../../../kernel/id.ts';
import { anyLedger, ledgerKeepers, ledgerReaders } from '../ledger.model.ts';
import { addField, changeField, requireOwnField, retireField } from './own_field.commands.ts';
import { ownFieldChange, ownFieldForm, ownFieldView, similarView } from './own_field.model.ts';
import { fieldList, readField, similarTo } from './own_field.views.ts';

const byReaders = { access: [{ roles: ledgerReaders }], lane: 'work' } as const;
const byKeepers = { access: [{ roles: ledgerKeepers }], lane: 'work' } as const;
const ofField = z.object({ fieldId: idSchema });
const ledger = anyLedger.default('residents');

export const ownFieldRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'own_field.list',
    path: '/api/areas/:id/own-fields',
    summary: { zh: '一个地方的自建字段', en: 'Own fields of an area, and of those above and within it' },
    params: idParam,
    query: z.strictObject({ ledger }),
    output: z.array(ownFieldView),
    handle: (ctx, { params, query }) => fieldList(ctx, params.id, query.ledger),
  }),
  read({
    ...byReaders,
    name: 'own_field.similar',
    path: '/api/areas/:id/similar-fields',
    summary: { zh: '这个名字的字段是不是已经有了', en: 'What is asked already under a name or one like it' },
    params: idParam,
    query: z.strictObject({ ledger, name: z.string().trim().min(1).max(20) }),
    output: similarView,
    handle: (ctx, { params, query }) => similarTo(ctx, params.id, query),
  }),
  read({
    ...byReaders,
    name: 'own_field.read',
    path: '/api/own-fields/:id',
    summary: { zh: '一个自建字段', en: 'An own field' },
    params: idParam,
    output: ownFieldView,
    handle: (ctx, { params }) => readField(ctx, params.id),
  }),
  write({
    ...byKeepers,
    name: 'own_field.add',
    method: 'POST',
    path: '/api/own-fields',
    summary: { zh: '给台账加一个字段', en: 'Add a field to a ledger' },
    body: ownFieldForm,
    output: ofField,
    handle: (ctx, { body }) => addField(ctx, body),
    recheck: async (ctx, _, { fieldId }) => void (await requireOwnField(ctx, fieldId)),
  }),
  write({
    ...byKeepers,
    name: 'own_field.change',
    method: 'POST',
    path: '/api/own-fields/:id/change',
    summary: { zh: '改字段的名字、别名和说明', en: 'Rename it, add names and choices' },
    params: idParam,
    body: ownFieldChange,
    output: ofField,
    handle: (ctx, { params, body }) => changeField(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireOwnField(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'own_field.retire',
    method: 'POST',
    path: '/api/own-fields/:id/retire',
    summary: { zh: '停用一个字段：填过的留着', en: 'Retire a field: its values stay' },
    params: idParam,
    output: ofField,
    handle: (ctx, { params }) => retireField(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireOwnField(ctx, params.id)),
  }),
];
