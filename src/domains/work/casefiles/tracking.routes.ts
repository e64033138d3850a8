import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { forms, statusNames } from './casefile.model.ts';
import { casefileTable } from './casefile.workflow.ts';
import { reply } from './circle.commands.ts';
import { answer, object } from './closing.commands.ts';
import { conceal } from './disclosing.commands.ts';
import { type CommandOf, contest } from './intake.commands.ts';
import { trackingView } from './tracking.model.ts';
import { tracked, trackingOf } from './tracking.views.ts';

/** By the tracking code, without an account: see where it is, say whether it is solved, add something. */
const byCode = z.strictObject({ code: z.string().min(1).max(40) });
const done = z.object({ casefileId: idSchema, status: z.enum(statusNames) });
const ofReporter = { access: ['reporter'], params: byCode, triesPerMinute: 30 } as const;

function reporterRoute<C extends 'answer' | 'object' | 'contest' | 'reply' | 'conceal'>(
  command: C,
  carryOut: CommandOf<C>,
): Endpoint {
  const body = forms[command];
  return write({
    ...ofReporter,
    name: `track.${command}`,
    method: 'POST',
    path: `/api/track/:code/${command}`,
    summary: casefileTable.rows[command].words,
    lane: 'work',
    body,
    output: done,
    handle: async (ctx: Ctx, call) => carryOut(ctx, (await tracked(ctx)).file.id, call.body as never),
    recheck: async (ctx) => void (await tracked(ctx)),
  });
}

export const trackingRoutes: readonly Endpoint[] = [
  read({
    ...ofReporter,
    name: 'track.read',
    path: '/api/track/:code',
    summary: { zh: '凭查询码看进展', en: 'How it goes, by tracking code' },
    lane: 'read',
    output: trackingView,
    handle: trackingOf,
  }),
  reporterRoute('answer', answer),
  reporterRoute('object', object),
  reporterRoute('contest', contest),
  reporterRoute('reply', reply),
  reporterRoute('conceal', conceal),
];
