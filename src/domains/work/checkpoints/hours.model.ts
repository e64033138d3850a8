import { roundsIn } from '../patrols/due.model.ts';

/** When a gate is open, and who stands there when. Pure, and the same on the phone. */
/** So long before its beginning a shift can be taken up. */
const EARLY_MS = 2 * 3_600_000;
export const isTimeToTake = (
  { startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date },
  at: Date,
): boolean => startsAt.getTime() - EARLY_MS <= at.getTime() && at < endsAt;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When the gate is open between two instants. */
export function openIn(
  { opens, closes }: { readonly opens: string; readonly closes: string },
  zone: string,
  from: number,
  to: number,
): Span[] {
  const rule = {
    everyMin: 1440,
    windows: [{ from: opens, to: closes }],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    season: null,
  };
  const DAY = 86_400_000;
  return roundsIn([{ rule, since: 0, until: null }], zone, from - DAY, to)
    .map(({ start, end }) => ({ from: Math.max(start, from), to: Math.min(end, to) }))
    .filter((span) => span.from < span.to);
}

/** Hours in which the gate is open and nobody is down for it; what joins is one gap. */
export function gapsIn(open: readonly Span[], shifts: readonly Span[]): Span[] {
  const sorted = [...shifts].sort((a, b) => a.from - b.from);
  const gaps: Span[] = [];
  const add = (from: number, to: number): void => {
    const last = gaps.at(-1);
    if (last?.to === from) gaps[gaps.length - 1] = { from: last.from, to };
    else gaps.push({ from, to });
  };
  for (const span of open) {
    let at = span.from;
    for (const { from, to } of sorted) {
      if (to <= at || from >= span.to) continue;
      if (from > at) add(at, from);
      at = Math.max(at, to);
    }
    if (at < span.to) add(at, span.to);
  }
  return gaps;
}
