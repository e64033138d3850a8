import type { Endpoint } from '../kernel/endpoint.ts';
import type { Consequences } from '../kernel/reaction.ts';
import { answerRetention } from '../kernel/retention.ts';
import { accountRetention, accountRoutes } from './land/accounts/index.ts';
import { actRoutes, followSweep, idlePostSweep, zoneRoutes } from './land/acts/index.ts';
import { areaRoutes } from './land/areas/index.ts';
import { staffRoutes } from './land/staff/index.ts';
import { messageRoutes, outboxSweep } from './telling/messages/index.ts';
import { noticeRoutes } from './telling/notices/index.ts';
import { adjustmentRoutes } from './work/adjustments/index.ts';
import { calendarRoutes } from './work/calendars/index.ts';
import { casefileReactions, casefileRoutes, casefileSweeps, trackingRoutes } from './work/casefiles/index.ts';
import { obligationReactions, obligationRoutes, obligationSweeps } from './work/obligations/index.ts';
import { type PhotoRoom, photoRoutes } from './work/photos/index.ts';
import { standardRoutes } from './work/standards/index.ts';

/** All that the domains offer, gathered for http, worker, tests and documents. */
export const allEndpoints = (demoAllowed: boolean, photos: PhotoRoom): readonly Endpoint[] => [
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
  ...trackingRoutes,
  ...photoRoutes(photos),
  ...messageRoutes,
  ...noticeRoutes,
];

export const consequences: Consequences = {
  reactions: [...casefileReactions, ...obligationReactions],
  sweeps: [...obligationSweeps, ...casefileSweeps, outboxSweep, followSweep, idlePostSweep],
  retention: [...accountRetention, answerRetention],
};
