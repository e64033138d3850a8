import { z } from 'zod';
import { type Endpoint, procedure, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { issueLimits, limitsShown } from './desk_limits.commands.ts';
import { limitsForm, limitsIssue, limitsPreview } from './desk_limits.model.ts';
import { discardDraft, issueDraft } from './draft.commands.ts';
import { draftView, issueForm, overviewView, standardView } from './draft.model.ts';
import { draftInFull, overview } from './draft.views.ts';
import { standardsOf } from './standard.commands.ts';
import { takeSheet } from './take_sheet.outside.ts';

const byAdmin = [{ roles: ['admin'] }] as const;

/** How a county changes its standard: look, send a table, look at what it would do, issue it from a day on. */
export const draftRoutes: readonly Endpoint[] = [
  read({
    name: 'standard.overview',
    path: '/api/standard/versions',
    summary: { zh: '立案标准的各版和在办案卷数', en: 'Versions of the standard and their open cases' },
    access: ['account'],
    lane: 'read',
    output: overviewView,
    handle: (ctx) => overview(ctx),
  }),
  read({
    name: 'standard.version',
    path: '/api/standard/version',
    summary: { zh: '某一版立案标准', en: 'One version of the standard' },
    access: ['account'],
    lane: 'read',
    query: z.strictObject({ version: z.coerce.number().int().min(1).optional().describe('Left out: the newest') }),
    output: standardView,
    handle: async (ctx, { query }) => {
      const standards = await standardsOf(ctx);
      return query.version === undefined ? standards.latest() : standards.version(query.version);
    },
  }),
  read({
    name: 'standard.draft',
    path: '/api/standard/draft',
    summary: { zh: '新一版的草稿：没读进去的、改了什么、影响谁', en: 'The draft: refused cells, changes, effect' },
    access: byAdmin,
    lane: 'read',
    output: draftView,
    handle: (ctx) => draftInFull(ctx),
  }),
  procedure({
    name: 'standard.import',
    method: 'POST',
    path: '/api/standard/draft',
    summary: { zh: '导入一张表作为新一版的草稿', en: 'Import a table as the draft of the next version' },
    access: byAdmin,
    lane: 'bulk',
    body: z.strictObject({ replaces: idSchema.optional().describe('The draft of which this is the mended table') }),
    files: 1,
    output: z.object({ draftId: idSchema, rows: z.number(), refused: z.number() }),
    handle: (runtime, { entrance, commandId, occurredAt, body, files }) =>
      takeSheet(runtime, { entrance, commandId, occurredAt, replaces: body.replaces ?? null, file: files[0] }),
  }),
  write({
    name: 'standard.discard',
    method: 'POST',
    path: '/api/standard/draft/discard',
    summary: { zh: '扔掉草稿', en: 'Throw the draft away' },
    access: byAdmin,
    lane: 'work',
    body: z.strictObject({ draftId: idSchema }),
    output: z.object({ draftId: idSchema }),
    handle: (ctx, { body }) => discardDraft(ctx, body.draftId),
  }),
  write({
    name: 'standard.issue',
    method: 'POST',
    path: '/api/standard/draft/issue',
    summary: { zh: '发布草稿，从某一天起施行', en: 'Issue the draft, in force from a day on' },
    access: byAdmin,
    lane: 'bulk',
    body: issueForm,
    output: z.object({ version: z.number() }),
    handle: (ctx, { body }) => issueDraft(ctx, body),
  }),
  write({
    name: 'standard.preview_limits',
    method: 'POST',
    path: '/api/standard/limits/preview',
    summary: { zh: '改各环节的时限：先看改了什么、影响谁', en: 'Set the limits of the desks: what would change' },
    access: byAdmin,
    lane: 'work',
    body: limitsForm,
    output: limitsPreview,
    handle: async () => ({}),
    show: async (ctx, { body }) => ({ ...(await limitsShown(ctx, body)) }),
  }),
  write({
    name: 'standard.set_limits',
    method: 'POST',
    path: '/api/standard/limits',
    summary: { zh: '改各环节的时限，作为新的一版发布', en: 'Set the limits of the desks, as the next version' },
    access: byAdmin,
    lane: 'bulk',
    body: limitsIssue,
    output: z.object({ version: z.number() }),
    handle: (ctx, { body }) => issueLimits(ctx, body),
  }),
];
