import type { Rule } from '../../../domains/work/patrols/due.model.ts';
import type { PatrolKind } from '../../../domains/work/patrols/kind.model.ts';
import {
  type How,
  judgeTick,
  type PlaceSpot,
  type Position,
  readCode,
} from '../../../domains/work/patrols/tick.model.ts';
import type { Held, Op } from './contract.ts';
import { recordOf } from './outbox.ts';

/** A patrol as `carried.views.ts` tells it. */
export interface PatrolBody {
  readonly title: string;
  readonly kind: PatrolKind;
  readonly positionDays: number;
  readonly areaId: string;
  readonly rule: Rule | null;
  readonly since: string | null;
  readonly places: readonly SpotBody[];
  /** One's own that nobody has ended. */
  readonly walk: { readonly patrolId: string; readonly startedAt: string } | null;
}
export interface SpotBody extends PlaceSpot {
  readonly id: string;
  readonly name: string;
  readonly lastAt: string | null;
  /** Null: one's own. */
  readonly lastBy: string | null;
  /** Its sticker's number was typed, and the server has not said yet whether it is the right one. */
  readonly codeAt?: string;
}

export interface TickBody {
  readonly patrolId: string;
  readonly placeId: string;
  readonly how: How;
  readonly at: Position | null;
  readonly code: string | null;
  readonly reason: string | null;
}

/** What was walked and ticked, until the server tells. Which number is on a sticker only the server knows. */
export const patrolled = (rows: readonly Held[], ops: readonly Op[]): Held[] =>
  rows.map((row) => {
    const mine = ops.filter((op) => recordOf(op) === row.id);
    const body = mine.reduce(after, row.body as unknown as PatrolBody);
    return mine.length === 0 ? row : { ...row, body: { ...body } };
  });

function after(body: PatrolBody, { name, body: said, occurredAt }: Op): PatrolBody {
  const { patrolId } = said as { patrolId: string };
  if (name === 'patrol.start') return { ...body, walk: { patrolId, startedAt: occurredAt } };
  if (name === 'patrol.end') return body.walk?.patrolId === patrolId ? { ...body, walk: null } : body;
  const tick = said as unknown as TickBody;
  const places = body.places.map((place) => (place.id === tick.placeId ? ticked(place, tick, occurredAt) : place));
  return { ...body, places };
}

function ticked(place: SpotBody, tick: TickBody, at: string): SpotBody {
  if (judgeTick(place, tick).verdict !== 'counted' || (place.lastAt !== null && place.lastAt >= at)) return place;
  if (tick.how === 'here') return { ...place, lastAt: at, lastBy: null };
  return readCode(tick.code ?? '') === null ? place : { ...place, codeAt: at };
}
