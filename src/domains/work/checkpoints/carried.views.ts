import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { namesOf } from '../../land/staff/index.ts';
import { instantOf } from '../patrols/due.model.ts';
import type { carriedGate } from './carried.model.ts';
import { isChief } from './checkpoint.commands.ts';
import { gatekeepers } from './checkpoint.model.ts';
import { alertsOf, type CheckpointRow, listCheckpoints, rulesOf } from './checkpoint.queries.ts';
import { countedByDay, lastCleaned, passagesBetween } from './gate.queries.ts';
import { shiftsBetween } from './roster.queries.ts';

type Body = z.input<typeof carriedGate>;
export interface CarriedGate {
  readonly id: Id;
  readonly body: Body;
}

const MOST_GATES = 40;
/** So many of the last passages can be looked at and taken back on the phone. */
const MOST_PASSAGES = 40;
const DAY_MS = 86_400_000;
const DAYS_BACK = 2;
const DAYS_AHEAD = 8;

/**
 * Gates that stand where the viewer stands guard, for a phone without network: rules and switches since the day before
 * yesterday, by which it decides as the server will; the roster of a week; what was written down lately, without what was asked.
 * Cut at midnights, so that it stays the same as long as nothing happens.
 */
export async function gatesCarried(ctx: Ctx): Promise<CarriedGate[]> {
  const open = (await listCheckpoints(ctx, MOST_GATES, gatekeepers)).filter(({ stage }) => stage === 'open');
  if (open.length === 0) return [];
  const { zone } = await realmOf(ctx);
  const today = dayOf(ctx.now, zone);
  const midnight = instantOf(today, '00:00', zone);
  const from = new Date(midnight - DAYS_BACK * DAY_MS);
  const ids = open.map(({ id }) => id);
  const until = new Date(midnight + DAYS_AHEAD * DAY_MS);
  const [rules, alerts, shifts, counted, cleaned, atlas] = await Promise.all([
    ...([rulesOf(ctx, ids), alertsOf(ctx, ids), shiftsBetween(ctx, ids, from, until)] as const),
    ...([countedByDay(ctx, ids, zone, new Date(midnight)), lastCleaned(ctx, ids), atlasOf(ctx)] as const),
  ]);
  const isLate = ({ until: end }: { until: Date | null }): boolean => end === null || end > from;
  return Promise.all(
    open.map(async (row): Promise<CarriedGate> => {
      const { id, name, kind, areaId, scopeNo, opens, closes } = row;
      const of = <T extends { checkpointId: Id }>(all: readonly T[]): T[] =>
        all.filter((one) => one.checkpointId === id);
      const body: Body = {
        ...{ name, kind, opens, closes, areaId: atlas.areaOf({ scopeNo, areaId })?.id ?? areaId },
        rules: of(rules)
          .filter(isLate)
          .map(({ mode, rule, ...at }) => ({ mode, rule, ...spanOf(at) })),
        alerts: of(alerts).filter(isLate).map(spanOf),
        shifts: of(shifts).map(({ id: shiftId, name: who, personId, startsAt, endsAt, takenAt, openWords }) => ({
          ...{
            id: shiftId,
            name: who,
            whose: personId === me(ctx).personId ? 'mine' : personId ? 'theirs' : 'anybody',
          },
          ...{ from: startsAt.toISOString(), to: endsAt.toISOString() },
          ...{ takenAt: takenAt?.toISOString() ?? null, left: openWords },
        })),
        ...{ dayFrom: new Date(midnight).toISOString(), dayTo: new Date(midnight + DAY_MS).toISOString() },
        passed: of(counted).find(({ day }) => day === today)?.passed ?? 0,
        refused: of(counted).find(({ day }) => day === today)?.refused ?? 0,
        cleanedAt: cleaned.get(id)?.toISOString() ?? null,
        lately: await latelyOf(ctx, row, from, until),
      };
      return { id, body };
    }),
  );
}

const spanOf = ({ since, until }: { since: Date; until: Date | null }) => ({
  ...{ since: since.toISOString(), until: until?.toISOString() ?? null },
});

/** One's own; whoever answers for the gate has those of everybody. */
async function latelyOf(ctx: Ctx, { id, scopeNo }: CheckpointRow, from: Date, until: Date): Promise<Body['lately']> {
  const chief = isChief(ctx, scopeNo);
  const { personId } = me(ctx);
  const rows = await passagesBetween(ctx, id, from, until, MOST_PASSAGES, chief ? null : personId);
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => (row.personId === personId ? [] : [row.personId])),
  );
  return rows.map((row) => ({
    ...{ id: row.id, at: row.madeAt.toISOString(), traveller: row.traveller, count: row.count, passed: row.passed },
    ...{ reason: row.reason, by: row.personId === personId ? null : (names.get(row.personId) ?? '') },
    ...{ isChief: chief, shiftEndsAt: row.shiftEndsAt.toISOString(), takenBack: row.takenBackWhy },
  }));
}
