import type { CarriedInspectionBody } from '../../../domains/work/inspections/carried.model.ts';
import type { Result } from '../../../domains/work/inspections/result.model.ts';
import type { Held, Op } from './contract.ts';
import { recordOf } from './outbox.ts';

/** An inspection as `carried.views.ts` tells it. */
export type InspectionBody = CarriedInspectionBody;
export type PlaceLine = InspectionBody['places'][number];

/** Where one has been, until the server tells. Where something was found, that stays. */
export const lookedOver = (rows: readonly Held[], ops: readonly Op[]): Held[] =>
  rows.map((row) => {
    const inspection = row.body as unknown as InspectionBody;
    const body = { ...inspection, places: inspection.places.map((place) => ops.reduce(after, place)) };
    return { ...row, body };
  });

function after(place: PlaceLine, op: Op): PlaceLine {
  if (recordOf(op) !== place.id || place.result === 'found') return place;
  const result = op.name === 'inspection.find' ? 'found' : (op.body.result as Result);
  return { ...place, result, lookedAt: op.occurredAt };
}
