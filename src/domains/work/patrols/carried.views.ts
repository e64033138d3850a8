import { createHash } from 'node:crypto';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { namesOf } from '../../land/staff/index.ts';
import { patrolWalkers } from './patrol.model.ts';
import { type PlanRow, placesOf, plansToWalk, rulesOf, walkersOf } from './patrol.queries.ts';
import { lastTicks, underWay } from './walk.queries.ts';

/** A patrol as a device carries it along: when it is due the device works out itself. */
export interface CarriedPatrol {
  readonly id: Id;
  /** Follows from all that is shown. */
  readonly mark: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Of the viewer: those that are open where they walk, and not named for somebody else. They are few. */
export async function patrolsCarried(ctx: Ctx): Promise<CarriedPatrol[]> {
  const open = await plansToWalk(ctx, patrolWalkers);
  const walkers = (await walkersOf(ctx, idsOf(open))).filter(({ until }) => until === null);
  const { personId } = me(ctx);
  const mine = open.filter(({ id }) => {
    const named = walkers.filter(({ planId }) => planId === id);
    return named.length === 0 || named.some((walker) => walker.personId === personId);
  });
  const ids = idsOf(mine);
  const [rules, places, last, walks, atlas] = await Promise.all([
    ...([
      rulesOf(ctx, ids),
      placesOf(ctx, ids),
      lastTicks(ctx, ids),
      underWay(ctx, ids, personId),
      atlasOf(ctx),
    ] as const),
  ]);
  const others = [...last.values()].filter((tick) => tick.personId !== personId);
  const names = await namesOf(
    ctx,
    others.map((tick) => tick.personId),
  );
  /** When, and by which colleague; one's own needs no name. */
  const lastOf = (placeId: Id) => {
    const tick = last.get(placeId);
    const lastBy = tick === undefined || tick.personId === personId ? null : (names.get(tick.personId) ?? '');
    return { lastAt: tick?.at.toISOString() ?? null, lastBy };
  };
  return mine.map((plan) => {
    const rule = rules.find(({ planId, until }) => planId === plan.id && until === null);
    const spots = places.filter(({ planId, until }) => planId === plan.id && until === null);
    const walk = walks.find(({ planId }) => planId === plan.id);
    const { id, title, kind, positionDays, areaId, scopeNo } = plan;
    const body = {
      ...{ title, kind, positionDays, areaId: atlas.areaOf({ scopeNo, areaId })?.id ?? areaId },
      ...{ rule: rule?.rule ?? null, since: rule?.since.toISOString() ?? null },
      places: spots.map(({ id: placeId, name, lon, lat, radiusM }) => ({
        ...{ id: placeId, name, lon, lat, radiusM, ...lastOf(placeId) },
      })),
      walk: walk ? { patrolId: walk.id, startedAt: walk.startedAt.toISOString() } : null,
    };
    const mark = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16);
    return { id, mark, body };
  });
}

const idsOf = (plans: readonly PlanRow[]): Id[] => plans.map(({ id }) => id);
