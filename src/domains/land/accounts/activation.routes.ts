import { z } from 'zod';
import { type Endpoint, procedure } from '../../../kernel/endpoint.ts';
import { activate, lookAtSlip } from './activation.commands.ts';
import { activationForm, slipForm, slipView } from './activation.model.ts';

const forAnyone = { method: 'POST', access: ['anyone'], lane: 'work', triesPerMinute: 60 } as const;

export const activationRoutes: readonly Endpoint[] = [
  procedure({
    ...forAnyone,
    name: 'activation.look',
    path: '/api/activation/look',
    summary: { zh: '看一张启用单是谁的', en: 'Whose slip this is; leaves it as it is' },
    body: slipForm,
    output: slipView,
    handle: lookAtSlip,
  }),
  procedure({
    ...forAnyone,
    name: 'activation.use',
    path: '/api/activation',
    summary: { zh: '用启用单设自己的密码', en: 'Set one’s own password with a slip' },
    body: activationForm,
    output: z.object({ login: z.string() }),
    handle: activate,
  }),
];
