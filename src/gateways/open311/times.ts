import { Temporal } from 'temporal-polyfill';
import { Problem } from '../../kernel/problem.ts';
import { open311Problems } from './open311.model.ts';

const MOST_MS = 90 * 86_400_000;

/** To the second, with the zone of the county: 2026-03-02T08:01:00+08:00. */
export const w3cTime = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 0 });

/** Ninety days at most: those before the end, or after the start, or up to now. More is refused, not cut short unseen. */
export function spanOf(
  { start_date: start, end_date: end }: { start_date?: Date | undefined; end_date?: Date | undefined },
  now: Date,
): { from: Date; to: Date } {
  const to = end ?? (start ? new Date(Math.min(now.getTime(), start.getTime() + MOST_MS)) : now);
  const from = start ?? new Date(to.getTime() - MOST_MS);
  const span = to.getTime() - from.getTime();
  const isPointless = start !== undefined && end !== undefined && span < 0;
  if (isPointless || span > MOST_MS) throw new Problem(open311Problems['open311.dates']);
  return { from, to };
}
