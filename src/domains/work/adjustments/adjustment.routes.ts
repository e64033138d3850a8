import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import {
  askAppeal,
  askExtension,
  askSuspension,
  grant,
  refuse,
  requireObligation,
  requireWish,
  second,
} from './adjustment.commands.ts';
import { type AdjustmentCommand, adjustmentsView, forms, statuses } from './adjustment.model.ts';
import { adjustmentsPage } from './adjustment.views.ts';
import { adjustmentTable } from './adjustment.workflow.ts';

const done = z.object({ adjustmentId: idSchema, status: z.enum(Object.keys(statuses) as [keyof typeof statuses]) });

const commands = {
  ask_extension: askExtension,
  ask_suspension: askSuspension,
  ask_appeal: askAppeal,
  second,
  grant,
  refuse,
} as const;

/** Asked about an obligation, decided about the wish: the address says which. */
const paths: Readonly<Record<AdjustmentCommand, string>> = {
  ask_extension: '/api/obligations/:id/ask-extension',
  ask_suspension: '/api/obligations/:id/ask-suspension',
  ask_appeal: '/api/obligations/:id/ask-appeal',
  second: '/api/adjustments/:id/second',
  grant: '/api/adjustments/:id/grant',
  refuse: '/api/adjustments/:id/refuse',
};

const commandRoutes = (Object.keys(commands) as AdjustmentCommand[]).map((command) => {
  const row = adjustmentTable.rows[command];
  const roles = row.by.flatMap((by) => (typeof by === 'string' ? [] : by.roles));
  const carryOut = commands[command] as (ctx: Ctx, id: string, form: unknown) => ReturnType<typeof grant>;
  return write({
    name: `adjustment.${command}`,
    method: 'POST',
    path: paths[command],
    summary: row.words,
    access: [{ roles }],
    lane: 'work',
    params: idParam,
    body: forms[command],
    output: done,
    handle: (ctx, { params, body }) => carryOut(ctx, params.id, body),
    recheck: async (ctx, { params }) =>
      void (await (paths[command].startsWith('/api/obligations') ? requireObligation : requireWish)(ctx, params.id)),
  });
});

export const adjustmentRoutes: readonly Endpoint[] = [
  read({
    name: 'adjustment.list',
    path: '/api/casefiles/:id/adjustments',
    summary: { zh: '延期、挂账、申诉', en: 'Extensions, suspensions and appeals of a case' },
    access: ['account'],
    lane: 'read',
    params: idParam,
    output: adjustmentsView,
    handle: (ctx, { params }) => adjustmentsPage(ctx, params.id),
  }),
  ...commandRoutes,
];
