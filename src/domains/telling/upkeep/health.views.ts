import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { queueState } from '../../../kernel/failed_jobs.ts';
import { calendarsOf, holidaysThrough } from '../../work/calendars/index.ts';
import { IDLE_DAYS, idleState } from '../../work/devices/index.ts';
import { lastLearning } from '../../work/suggestions/index.ts';
import { lastSeal } from '../audit/index.ts';
import { unsentState } from '../messages/index.ts';
import { backupsIn, journalCheckIn } from './backup.model.ts';
import {
  backupPart,
  checkpointPart,
  databasePart,
  diskPart,
  holidaysPart,
  jobsPart,
  journalPart,
  keysPart,
  learningPart,
  outboxPart,
  phonesPart,
} from './health.model.ts';
import type { House } from './house.outside.ts';
import type { Part, partView } from './upkeep.model.ts';
import { databaseState } from './upkeep.queries.ts';

/** What the database knows, in one transaction. */
export async function partsOfDatabase(ctx: Ctx) {
  const [database, queue, unsent, phones, learned, seal, { newest }] = [
    await databaseState(ctx),
    await queueState(ctx),
    await unsentState(ctx),
    await idleState(ctx, IDLE_DAYS),
    await lastLearning(ctx),
    await lastSeal(ctx),
    await calendarsOf(ctx),
  ];
  return {
    parts: [
      databasePart(database),
      jobsPart(queue, ctx.now),
      outboxPart(unsent, ctx.now),
      phonesPart(phones, IDLE_DAYS),
      learningPart(learned, ctx.now),
      holidaysPart(ctx.now, holidaysThrough(newest.map(({ spec }) => spec))),
    ],
    seal,
  };
}

/** What lies beside it, asked outside any transaction. */
export async function partsOfHouse(
  house: House,
  realm: number,
  now: Date,
  seal: Awaited<ReturnType<typeof lastSeal>>,
): Promise<Part[]> {
  const [disk, kept] = [await house.disk(), house.kept()];
  return [
    diskPart(disk, house.embedded),
    backupPart(backupsIn(kept)[0] ?? null, now),
    keysPart(house.keysBackedUp()),
    journalPart(journalCheckIn(kept, realm), seal, now),
    checkpointPart(house.checkpoint(realm)),
    {
      ...{ part: 'version', state: 'good', since: null, act: null },
      says: { zh: `经纬 ${house.version}`, en: `Jingwei ${house.version}` },
    },
  ];
}

export type Health = { readonly at: Date; readonly parts: readonly z.input<typeof partView>[] };
