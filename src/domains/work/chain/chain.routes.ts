import { z } from 'zod';
import { type Endpoint, read } from '../../../kernel/endpoint.ts';
import { chainQuery, chainView, findingView, overseerRoles } from './chain.model.ts';
import { chainOf, openFinding } from './chain.views.ts';

/** Open duties are counted as far as the reader may see them; whoever runs the system only sees none. */
const overseers = {
  access: [{ roles: overseerRoles }],
  lane: 'read',
  query: chainQuery,
} as const;

export const chainRoutes: readonly Endpoint[] = [
  read({
    ...overseers,
    name: 'responsibility.report',
    path: '/api/responsibility',
    summary: { zh: '责任链的缺口和过载', en: 'Gaps and overload in the chain of responsibility' },
    output: chainView,
    handle: (ctx, { query }) => chainOf(ctx, query),
  }),
  read({
    ...overseers,
    name: 'responsibility.open',
    path: '/api/responsibility/:finding',
    summary: { zh: '打开一个数：清单', en: 'What a number of the report was counted from' },
    params: z.strictObject({ finding: z.string().max(60) }),
    output: findingView,
    handle: (ctx, { params, query }) => openFinding(ctx, params.finding, query),
  }),
];
