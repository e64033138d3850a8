/** A period cut into whole days, which sums answer for, and its ends, which are read row by row. */
export interface Window {
  readonly begins: Date;
  readonly ends: Date;
  /** Whole days, `from` up to but without `to`. */
  readonly days: readonly (readonly [from: number, to: number])[];
  /** What of the period lies outside the whole days. */
  readonly edges: readonly (readonly [begins: Date, ends: Date])[];
  /** Where no sum covers the place, the whole days are read by the place. */
  readonly byPlace: boolean;
}

const DAY_MS = 86_400_000;
/** A day begins at midnight in China, as `figure_day` in the database has it. */
const DAY_BEGINS_MS = 57_600_000;

const dayOf = (at: Date): number => Math.floor((at.getTime() - DAY_BEGINS_MS) / DAY_MS);
export const dayBegins = (day: number): Date => new Date(day * DAY_MS + DAY_BEGINS_MS);

/** Older than anything a source brings, younger than anything that will be asked. */
export const allTime = { begins: dayBegins(-60_000), ends: dayBegins(60_000) };

/** With an instant of counting, its day is no whole one: some of what is due in it is due already. */
export function cut(begins: Date, ends: Date, asOf: Date | null): Window {
  const from = dayBegins(dayOf(begins)) < begins ? dayOf(begins) + 1 : dayOf(begins);
  const [to, now] = [dayOf(ends), asOf === null ? from - 1 : dayOf(asOf)];
  if (from >= to) return allEdge(begins, ends);
  const parts =
    from <= now && now < to
      ? ([
          [from, now],
          [now + 1, to],
        ] as const)
      : ([[from, to]] as const);
  const days = parts.filter(([first, end]) => first < end);
  const edges: (readonly [Date, Date])[] = [];
  let at = begins;
  for (const [first, end] of days) {
    edges.push([at, dayBegins(first)]);
    at = dayBegins(end);
  }
  edges.push([at, ends]);
  return {
    ...{ begins, ends, days },
    edges: edges.filter(([first, end]) => first < end),
    byPlace: days.length > 0,
  };
}

const SHORT_DAYS = 14;

/** So short that looking through all of its rows, wherever they lie, is no work. */
export const isShort = ({ begins, ends }: { readonly begins: Date; readonly ends: Date }): boolean =>
  ends.getTime() - begins.getTime() <= SHORT_DAYS * DAY_MS;

/** No sums: every row by its time. */
export const allEdge = (begins: Date, ends: Date): Window => ({
  ...{ begins, ends, days: [], byPlace: false },
  edges: [[begins, ends]],
});
/** No sums: every row of the area, by its place. */
export const noEdge = (begins: Date, ends: Date): Window => ({
  ...{ begins, ends, days: [], edges: [], byPlace: true },
});
/** Only what does not rest. */
export const onlyLoose = (begins: Date, ends: Date): Window => ({
  ...{ begins, ends, days: [], edges: [], byPlace: false },
});

export interface Stretch {
  readonly span: 1 | 32;
  readonly from: number;
  readonly to: number;
}

/** Whole days in as few sums as there are: of 32 days where that many lie together, of one day elsewhere. */
export function stretchesOf(from: number, to: number): Stretch[] {
  const [first, end] = [Math.ceil(from / 32), Math.floor(to / 32)];
  if (first >= end) return [{ span: 1, from, to }];
  const around: Stretch[] = [
    { span: 1, from, to: first * 32 },
    { span: 32, from: first, to: end },
    { span: 1, from: end * 32, to },
  ];
  return around.filter((one) => one.from < one.to);
}
