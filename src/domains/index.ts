import type { Endpoint } from '../kernel/endpoint.ts';
import type { Consequences } from '../kernel/reaction.ts';
import { accountRoutes } from './land/accounts/index.ts';
import { outboxSweep } from './telling/messages/index.ts';
import { casefileReactions, casefileRoutes, casefileSweeps } from './work/casefiles/index.ts';
import { obligationReactions, obligationSweeps } from './work/obligations/index.ts';

/** All that the domains offer, gathered for http, worker, tests and documents. */
export const allEndpoints = (demoAllowed: boolean): readonly Endpoint[] => [
  ...accountRoutes(demoAllowed),
  ...casefileRoutes,
];

export const consequences: Consequences = {
  reactions: [...casefileReactions, ...obligationReactions],
  sweeps: [...obligationSweeps, ...casefileSweeps, outboxSweep],
};
