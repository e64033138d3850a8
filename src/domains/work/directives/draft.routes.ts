import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { dropDraft, myDrafts, readDraft, saveDraft } from './draft.commands.ts';
import { draftDetail, draftForm, draftView } from './draft.model.ts';
import { directiveIssuers } from './item.model.ts';

const byIssuers = { access: [{ roles: directiveIssuers }], lane: 'work' } as const;

/** Nobody reads another’s draft. */
export const draftRoutes: readonly Endpoint[] = [
  read({
    ...byIssuers,
    name: 'directive_draft.list',
    path: '/api/directive-drafts',
    summary: { zh: '自己没下达的草稿', en: 'One’s own drafts' },
    output: z.array(draftView),
    handle: (ctx) => myDrafts(ctx),
  }),
  write({
    ...byIssuers,
    name: 'directive_draft.save',
    method: 'POST',
    path: '/api/directive-drafts',
    summary: { zh: '存成草稿，或再存一次', en: 'Keep a draft, or keep it anew' },
    body: draftForm,
    output: z.object({ draftId: idSchema, version: z.number() }),
    handle: (ctx, { body }) => saveDraft(ctx, body),
  }),
  read({
    ...byIssuers,
    name: 'directive_draft.read',
    path: '/api/directive-drafts/:id',
    summary: { zh: '一份草稿', en: 'A draft' },
    params: idParam,
    output: draftDetail,
    handle: (ctx, { params }) => readDraft(ctx, params.id),
  }),
  write({
    ...byIssuers,
    name: 'directive_draft.drop',
    method: 'POST',
    path: '/api/directive-drafts/:id/drop',
    summary: { zh: '扔掉一份草稿', en: 'Throw a draft away' },
    params: idParam,
    output: z.object({ draftId: idSchema }),
    handle: (ctx, { params }) => dropDraft(ctx, params.id),
  }),
];
