import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../../kernel/endpoint.ts';
import { idSchema } from '../../../../kernel/id.ts';
import { moveMembers } from '../households/household.commands.ts';
import { moveForm } from '../households/household.model.ts';
import { requireRecord } from '../ledger.commands.ts';
import { ledgerKeepers } from '../ledger.model.ts';
import { askAgain, keepApart, mergeRecords, unmergeRecords } from './merge.commands.ts';
import {
  besideQuery,
  besideView,
  duplicatesQuery,
  duplicatesView,
  mergeForm,
  mergesView,
  otherForm,
  unmergeForm,
} from './merge.model.ts';
import { besideOf, duplicatesIn, mergeList } from './merge.views.ts';

const byKeepers = { access: [{ roles: ledgerKeepers }], lane: 'work' } as const;
const ofRecord = z.object({ recordId: idSchema });

export const mergeRoutes: readonly Endpoint[] = [
  read({
    ...byKeepers,
    name: 'resident.duplicates',
    path: '/api/areas/:id/duplicates',
    summary: { zh: '像是登记了两次的', en: 'What may be registered twice in a ledger' },
    params: idParam,
    query: duplicatesQuery,
    output: duplicatesView,
    handle: (ctx, { params, query }) => duplicatesIn(ctx, params.id, query.ledger),
  }),
  read({
    ...byKeepers,
    name: 'resident.beside',
    path: '/api/residents/:id/beside',
    summary: {
      zh: '两条并排看：谁填的、什么时候、从哪里来',
      en: 'Two records side by side, with where each fact is from',
    },
    params: idParam,
    query: besideQuery,
    output: besideView,
    handle: (ctx, { params, query }) => besideOf(ctx, params.id, query.other),
  }),
  read({
    ...byKeepers,
    name: 'resident.merges',
    path: '/api/residents/:id/merges',
    summary: { zh: '这个人的合并和拆开', en: 'Merges of a record, and what came of them' },
    params: idParam,
    output: mergesView,
    handle: (ctx, { params }) => mergeList(ctx, params.id),
  }),
  write({
    ...byKeepers,
    name: 'resident.merge',
    method: 'POST',
    path: '/api/residents/:id/merge',
    summary: { zh: '把另一条并进来', en: 'Merge another record into this one' },
    params: idParam,
    body: mergeForm,
    output: ofRecord.extend({ mergeId: idSchema }),
    handle: (ctx, { params, body }) => mergeRecords(ctx, params.id, body),
    recheck: async (ctx, { params, body }) => {
      await requireRecord(ctx, params.id);
      await requireRecord(ctx, body.other);
    },
  }),
  write({
    ...byKeepers,
    name: 'resident.keep_apart',
    method: 'POST',
    path: '/api/residents/:id/apart',
    summary: { zh: '不是同一条，以后不再提示', en: 'They are two: do not suggest it again' },
    params: idParam,
    body: otherForm,
    output: ofRecord,
    handle: (ctx, { params, body }) => keepApart(ctx, params.id, body.other),
    recheck: async (ctx, { params, body }) => {
      await requireRecord(ctx, params.id);
      await requireRecord(ctx, body.other);
    },
  }),
  write({
    ...byKeepers,
    name: 'resident.ask_again',
    method: 'POST',
    path: '/api/residents/:id/apart/undo',
    summary: { zh: '认定错了，重新提示', en: 'It was a mistake to call them two: suggest it again' },
    params: idParam,
    body: otherForm,
    output: ofRecord,
    handle: (ctx, { params, body }) => askAgain(ctx, params.id, body.other),
    recheck: async (ctx, { params, body }) => {
      await requireRecord(ctx, params.id);
      await requireRecord(ctx, body.other);
    },
  }),
  write({
    ...byKeepers,
    name: 'household.move',
    method: 'POST',
    path: '/api/residents/:id/household',
    summary: { zh: '分户、并户、换户', en: 'Split a household, join two, or move somebody' },
    params: idParam,
    body: moveForm,
    output: ofRecord.extend({ moved: z.number() }),
    handle: (ctx, { params, body }) => moveMembers(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireRecord(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'resident.unmerge',
    method: 'POST',
    path: '/api/residents/:id/unmerge',
    summary: { zh: '把并进来的一条拆开', en: 'Undo a merge' },
    params: idParam,
    body: unmergeForm,
    output: ofRecord.extend({ mergeId: idSchema, otherId: idSchema }),
    handle: (ctx, { params, body }) => unmergeRecords(ctx, params.id, body.merge),
    recheck: async (ctx, { params }) => void (await requireRecord(ctx, params.id)),
  }),
];
