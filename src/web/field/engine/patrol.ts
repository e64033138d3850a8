import type { Rule } from '../../../domains/work/patrols/due.model.ts';
import type { PatrolKind } from '../../../domains/work/patrols/kind.model.ts';
import {
  type How,
  judgePosition,
  type PlaceSpot,
  type Position,
  readCode,
} from '../../../domains/work/patrols/tick.model.ts';
import type { Held, Op } from './contract.ts';

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
}

export interface TickBody {
  readonly patrolId: string;
  readonly placeId: string;
  readonly how: How;
  readonly at: Position | null;
  readonly code: string | null;
  readonly reason: string | null;
}

export const isPatrolOp = ({ name }: Pick<Op, 'name'>): boolean => name.startsWith('patrol.');

/** What was walked and ticked, until the server tells. Which number is on a sticker only the server knows. */
export const patrolled = (rows: readonly Held[], ops: readonly Op[]): Held[] =>
  rows.map((row) => {
    const mine = ops.filter(({ target }) => target === row.id);
    const body = mine.reduce(after, row.body as unknown as PatrolBody);
    return mine.length === 0 ? row : { ...row, body: { ...body } };
  });

function after(body: PatrolBody, { name, body: said, occurredAt }: Op): PatrolBody {
  const { patrolId } = said as { patrolId: string };
  if (name === 'patrol.start') return { ...body, walk: { patrolId, startedAt: occurredAt } };
  if (name === 'patrol.end') return body.walk?.patrolId === patrolId ? { ...body, walk: null } : body;
  const tick = said as unknown as TickBody;
  const places = body.places.map((place) => {
    const isLater = place.lastAt === null || place.lastAt < occurredAt;
    return place.id === tick.placeId && isLater && seemsCounted(place, tick) ? { ...place, lastAt: occurredAt } : place;
  });
  return { ...body, places };
}

const seemsCounted = (place: PlaceSpot, { how, at, code }: Pick<TickBody, 'how' | 'at' | 'code'>): boolean =>
  how === 'here' ? judgePosition(place, at).verdict === 'counted' : how === 'code' && readCode(code ?? '') !== null;
