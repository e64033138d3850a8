import { z } from 'zod';
import { type Endpoint, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { forms, statusNames } from '../casefiles/casefile.model.ts';
import { tracked } from '../casefiles/index.ts';
import { askToJoin } from './joining.commands.ts';
import { alikeForReporter } from './joining.views.ts';
import { publicAlikeView } from './public_alike.model.ts';

const byCode = z.strictObject({ code: z.string().min(1).max(40) });
const ofReporter = { access: ['reporter'], params: byCode, triesPerMinute: 30 } as const;

export const joiningRoutes: readonly Endpoint[] = [
  read({
    ...ofReporter,
    name: 'track.alike',
    path: '/api/track/:code/alike',
    summary: { zh: '附近可能已有人报过的同一件事', en: 'Earlier cases nearby that may be the same matter' },
    lane: 'read',
    output: z.array(publicAlikeView),
    handle: alikeForReporter,
  }),
  write({
    ...ofReporter,
    name: 'track.join',
    method: 'POST',
    path: '/api/track/:code/join',
    summary: { zh: '是同一件，也告诉我', en: 'it is the same, tell me too' },
    lane: 'work',
    body: forms.ask_to_join,
    output: z.object({ casefileId: idSchema, status: z.enum(statusNames) }),
    handle: (ctx, { body }) => askToJoin(ctx, body),
    recheck: async (ctx) => void (await tracked(ctx)),
  }),
];
