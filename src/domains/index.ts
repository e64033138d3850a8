import type { Endpoint } from '../kernel/endpoint.ts';
import type { Consequences } from '../kernel/reaction.ts';
import { answerRetention } from '../kernel/retention.ts';
import { accountRetention, accountRoutes } from './land/accounts/index.ts';
import { actRoutes, followSweep, idlePostSweep, zoneRoutes } from './land/acts/index.ts';
import { areaRoutes } from './land/areas/index.ts';
import { staffRoutes } from './land/staff/index.ts';
import { figureRoutes, figureSweep, type PackGiven } from './telling/figures/index.ts';
import { messageRoutes, outboxSweep } from './telling/messages/index.ts';
import { noticeRoutes } from './telling/notices/index.ts';
import { publicationReactions } from './telling/publication/index.ts';
import { adjustmentRoutes } from './work/adjustments/index.ts';
import { calendarRoutes } from './work/calendars/index.ts';
import { casefileReactions, casefileRoutes, casefileSweeps, trackingRoutes } from './work/casefiles/index.ts';
import { chainRoutes } from './work/chain/index.ts';
import { alikeRoutes, joiningRoutes } from './work/duplicates/index.ts';
import { findRoutes } from './work/finding/index.ts';
import { obligationReactions, obligationRoutes, obligationSweeps } from './work/obligations/index.ts';
import { type PhotoRoom, photoRoutes } from './work/photos/index.ts';
import { standardRoutes } from './work/standards/index.ts';
import { suggestionRoutes } from './work/suggestions/index.ts';

/** All that the domains offer, gathered for http, worker, tests and documents. */
export const allEndpoints = (
  demoAllowed: boolean,
  photos: PhotoRoom,
  figurePacks: readonly PackGiven[] = [],
): readonly Endpoint[] => [
  ...accountRoutes(demoAllowed),
  ...areaRoutes,
  ...actRoutes,
  ...zoneRoutes,
  ...staffRoutes,
  ...calendarRoutes,
  ...standardRoutes,
  ...obligationRoutes,
  ...adjustmentRoutes,
  ...casefileRoutes,
  ...alikeRoutes,
  ...chainRoutes,
  ...suggestionRoutes,
  ...findRoutes,
  ...trackingRoutes,
  ...joiningRoutes,
  ...photoRoutes(photos),
  ...messageRoutes,
  ...noticeRoutes,
  ...figureRoutes(figurePacks),
];

export const consequences: Consequences = {
  reactions: [...casefileReactions, ...obligationReactions, ...publicationReactions],
  sweeps: [...obligationSweeps, ...casefileSweeps, outboxSweep, followSweep, idlePostSweep, figureSweep],
  retention: [...accountRetention, answerRetention],
};
