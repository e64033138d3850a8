import type { Interval } from './numbering.model.ts';

/** Numbers that an area bore before, and where they lead today: `from`–`last` to `to` and what follows it. */
export interface Former {
  readonly from: number;
  readonly last: number;
  readonly to: number;
  /** The area that was split: its records go each to a part of its own, and `to` is the area above meanwhile. */
  readonly torn: string | null;
}

/**
 * The first run behind all that was ever given below the parent: a number that a row or the journal may carry is not
 * given to another area. With `needed`, narrower than
 * wished where room is short, never narrower than that; null: no room.
 */
export function freeRun(
  parent: Interval,
  taken: readonly Interval[],
  wished: number,
  needed: number | null = null,
): Interval | null {
  const below = taken.filter(({ no, lastNo }) => parent.no < no && lastNo <= parent.lastNo);
  const no = below.reduce((most, { lastNo }) => Math.max(most, lastNo), parent.no) + 1;
  const room = parent.lastNo - no + 1;
  const fair = Math.min(wished, Math.floor((parent.lastNo - parent.no) / 2));
  const given = needed === null ? fair : Math.max(needed, Math.min(fair, room));
  return given < 1 || given > room ? null : { no, lastNo: no + given - 1 };
}

/** What a number that a row carries is today. */
export function followed(formers: readonly Former[], no: number): number {
  const former = formers.find(({ from, last }) => from <= no && no <= last);
  return former ? former.to + (no - former.from) : no;
}

/** What is left of the old places once `gone` leads to somewhere else: each old number still leads to its place of today. */
export function vacate(formers: readonly Former[], gone: Former): Former[] {
  const retold = formers.flatMap((former) => retarget(former, gone));
  return [...retold, ...newlyVacated(gone, formers)].sort((a, b) => a.from - b.from);
}

/** A former number that led into `gone` leads on to where that went; cut where only part of it did. */
function retarget(former: Former, gone: Former): Former[] {
  const end = former.to + (former.last - former.from);
  const [first, last] = [Math.max(former.to, gone.from), Math.min(end, gone.last)];
  if (first > last) return [former];
  const back = former.from - former.to;
  const before = first > former.to ? [{ ...former, last: first - 1 + back }] : [];
  const behind = last < end ? [{ ...former, from: last + 1 + back, to: last + 1 }] : [];
  const to = gone.to + (first - gone.from);
  return [...before, { from: first + back, last: last + back, to, torn: former.torn ?? gone.torn }, ...behind];
}

/** Of what is vacated now, the numbers that had not been vacated before: rows that carry the others belong elsewhere. */
export function newlyVacated(gone: Former, formers: readonly Former[]): Former[] {
  const earlier = formers
    .filter(({ from, last }) => from <= gone.last && last >= gone.from)
    .sort((a, b) => a.from - b.from);
  const left: Former[] = [];
  let from = gone.from;
  for (const one of earlier) {
    if (one.from > from) left.push({ ...gone, from, last: one.from - 1, to: gone.to + (from - gone.from) });
    from = Math.max(from, one.last + 1);
  }
  if (from <= gone.last) left.push({ ...gone, from, to: gone.to + (from - gone.from) });
  return left;
}

/** The numbers by which an area is read: its own, less those that lead elsewhere, and the former ones that lead into it. */
export function runsOf(formers: readonly Former[], { no, lastNo }: Interval): (readonly [number, number])[] {
  const leaving = formers.filter(({ from, last }) => from <= lastNo && last >= no).sort((a, b) => a.from - b.from);
  const runs: (readonly [number, number])[] = [];
  let at = no;
  for (const { from, last } of leaving) {
    if (from > at) runs.push([at, from - 1]);
    at = Math.max(at, last + 1);
  }
  if (at <= lastNo) runs.push([at, lastNo]);
  for (const { from, last, to } of formers) {
    const back = from - to;
    const [first, end] = [Math.max(to, no), Math.min(to + (last - from), lastNo)];
    if (first <= end) runs.push([first + back, end + back]);
  }
  return runs;
}
