import type { ForgetAgain } from '../kernel/data_key.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import type { Consequences } from '../kernel/reaction.ts';
import { answerRetention } from '../kernel/retention.ts';
import { channelReactions, channelRoutes } from './community/channel/index.ts';
import { forgetRequestAgain, requestRetelling, requestRetention, requestRoutes } from './community/requests/index.ts';
import { accountRetention, accountRoutes } from './land/accounts/index.ts';
import { actRoutes, followSweep, idlePostSweep, zoneRoutes } from './land/acts/index.ts';
import { areaRoutes, wallRoutes } from './land/areas/index.ts';
import {
  batchRetention,
  exportRetention,
  forgetRecordAgain,
  ledgerReactions,
  ledgerRoutes,
  mergeRoutes,
  ownFieldRoutes,
  ownLedgerRoutes,
  templateRoutes,
} from './land/registry/index.ts';
import { staffRoutes } from './land/staff/index.ts';
import { auditRoutes } from './telling/audit/index.ts';
import { figureRoutes, figureSweep, type PackGiven } from './telling/figures/index.ts';
import { messageRoutes, outboxSweep } from './telling/messages/index.ts';
import { noticeRoutes } from './telling/notices/index.ts';
import { publicationReactions, publicationRoutes } from './telling/publication/index.ts';
import { robotReactions, robotRoutes } from './telling/robots/index.ts';
import { type House, noHouse, upkeepRoutes } from './telling/upkeep/index.ts';
import { adjustmentRoutes } from './work/adjustments/index.ts';
import { burdenRoutes } from './work/burden/index.ts';
import { calendarRoutes } from './work/calendars/index.ts';
import { campaignReactions, campaignRoutes, forgetTargetsAgain } from './work/campaigns/index.ts';
import {
  casefileReactions,
  casefileRoutes,
  casefileSweeps,
  forgetAgain as forgetReporterAgain,
  trackingRoutes,
} from './work/casefiles/index.ts';
import { chainRoutes } from './work/chain/index.ts';
import {
  checkpointRetelling,
  checkpointRoutes,
  goodsRetention,
  rosterReactions,
  unmannedSweep,
  writtenRetention,
} from './work/checkpoints/index.ts';
import { deskRoutes } from './work/desks/index.ts';
import { deviceRetention, deviceRoutes } from './work/devices/index.ts';
import { directiveRetellings, directiveRoutes } from './work/directives/index.ts';
import { alikeRoutes, joiningRoutes } from './work/duplicates/index.ts';
import { findRoutes } from './work/finding/index.ts';
import { handoverRoutes } from './work/handovers/index.ts';
import { importReactions, importRoutes } from './work/imports/index.ts';
import {
  forgetPlacesAgain,
  hazardRetelling,
  hazardRoutes,
  inspectionReactions,
  inspectionRoutes,
} from './work/inspections/index.ts';
import { obligationReactions, obligationRoutes, obligationSweeps } from './work/obligations/index.ts';
import { patrolRetelling, patrolRoutes, positionRetention } from './work/patrols/index.ts';
import { peopleRoutes } from './work/people/index.ts';
import { type PhotoRoom, photoRoutes, previewRetention } from './work/photos/index.ts';
import { pledgeRoutes } from './work/pledges/index.ts';
import type { Retelling } from './work/retelling/index.ts';
import { calendarChangeRoutes, draftRoutes, standardRoutes } from './work/standards/index.ts';
import { learningSweep, suggestionRoutes } from './work/suggestions/index.ts';

/** What the journal tells of records that are no cases and no messages; for `journal verify`. */
export const retellings: readonly Retelling[] = [
  hazardRetelling,
  ...directiveRetellings,
  patrolRetelling,
  checkpointRetelling,
  requestRetelling,
];

/** Whatever a restored backup brought back of somebody who had been forgotten. */
export const forgetAgain: ForgetAgain = async (ctx, subject) => {
  await forgetReporterAgain(ctx, subject);
  await forgetRecordAgain(ctx, subject);
  await forgetTargetsAgain(ctx, subject);
  await forgetPlacesAgain(ctx, subject);
  await forgetRequestAgain(ctx, subject);
};

/** All that the domains offer, gathered for http, worker, tests and documents. */
export const allEndpoints = (
  demoAllowed: boolean,
  photos: PhotoRoom,
  figurePacks: readonly PackGiven[] = [],
  house: House = noHouse,
): readonly Endpoint[] => {
  const offered = [...withoutDevices(demoAllowed, photos, figurePacks), ...upkeepRoutes(house)];
  return [...offered, ...deviceRoutes(offered)];
};

const withoutDevices = (
  demoAllowed: boolean,
  photos: PhotoRoom,
  figurePacks: readonly PackGiven[],
): readonly Endpoint[] => [
  ...accountRoutes(demoAllowed),
  ...areaRoutes,
  ...wallRoutes,
  ...actRoutes,
  ...zoneRoutes,
  ...staffRoutes,
  ...calendarRoutes,
  ...calendarChangeRoutes,
  ...standardRoutes,
  ...draftRoutes,
  ...obligationRoutes,
  ...adjustmentRoutes,
  ...casefileRoutes,
  ...deskRoutes,
  ...alikeRoutes,
  ...burdenRoutes,
  ...chainRoutes,
  ...peopleRoutes,
  ...handoverRoutes,
  ...suggestionRoutes,
  ...findRoutes,
  ...trackingRoutes,
  ...joiningRoutes,
  ...photoRoutes(photos),
  ...messageRoutes,
  ...noticeRoutes,
  ...channelRoutes,
  ...requestRoutes,
  ...robotRoutes,
  ...publicationRoutes,
  ...figureRoutes(figurePacks),
  ...auditRoutes,
  ...importRoutes,
  ...ledgerRoutes,
  ...mergeRoutes,
  ...ownFieldRoutes,
  ...ownLedgerRoutes,
  ...campaignRoutes,
  ...patrolRoutes,
  ...checkpointRoutes,
  ...hazardRoutes,
  ...inspectionRoutes,
  ...templateRoutes,
  ...directiveRoutes,
  ...pledgeRoutes,
];

export const consequences: Consequences = {
  reactions: [
    ...casefileReactions,
    ...obligationReactions,
    ...publicationReactions,
    ...channelReactions,
    ...robotReactions,
    ...importReactions,
    ...ledgerReactions,
    ...campaignReactions,
    ...inspectionReactions,
    ...rosterReactions,
  ],
  sweeps: [...obligationSweeps, ...casefileSweeps, outboxSweep, followSweep, idlePostSweep, figureSweep, unmannedSweep],
  retention: [
    ...accountRetention,
    ...deviceRetention,
    ...previewRetention,
    batchRetention,
    exportRetention,
    answerRetention,
    positionRetention,
    writtenRetention,
    goodsRetention,
    requestRetention,
  ],
  nightly: [learningSweep],
};
