import { type Choice, chances, learn } from './choice.model.ts';
import { ENDED_LATELY_MS, type Habit, type Pair, pairsOf, signs } from './pairing.model.ts';
import { type Earlier, metresApart, type Said, type Spot } from './said.model.ts';

/** A report that staff closed as a repeat; null: they did not say of which. */
export type Labels = ReadonlyMap<string, string | null>;

export interface Recalls {
  readonly recall1: number;
  readonly recall3: number;
}

export interface Trial {
  /** Pairs whose original was there first, in the months that are reported. */
  readonly pairs: number;
  readonly reports: number;
  readonly months: readonly string[];
  readonly ours: Recalls & { readonly shown: number };
  readonly baseline: Recalls;
  readonly weights: Readonly<Record<string, number>>;
  readonly least: number;
}

/** So many months are only learnt from. */
const MONTHS_TO_LEARN = 3;
/** Of the reports that repeat nothing one in so many is learnt from, and counts for all. */
const ONE_IN = 7;
/** Suggestions a report, on the months learnt from; what is shown later may be a little more. */
const AIM_SHOWN = 1.25;
const MOST_SHOWN = 3;

interface Lesson {
  readonly type: string;
  readonly choice: Choice;
}

/**
 * Plays the reports in the order in which they were made. Each is judged by what was learnt in earlier months, from what
 * was known when it was made; the label is looked at afterwards.
 */
export function tryOut(told: readonly Earlier[], labels: Labels, monthOf: (at: number) => string): Trial {
  const ground = openGround();
  const lessons: Lesson[] = [];
  const habits = openHabits();
  const tally = { pairs: 0, reports: 0, shown: 0, ours: [0, 0], baseline: [0, 0] };
  const months: string[] = [];
  let judge: Judge | null = null;
  let month = '';
  const inOrder = [...told].sort((a, b) => a.said.at - b.said.at);
  for (const [nth, one] of inOrder.entries()) {
    const { said } = one;
    if (monthOf(said.at) !== month) {
      month = monthOf(said.at);
      months.push(month);
      if (months.length > MONTHS_TO_LEARN) judge = judgeFrom(lessons, habits.now());
    }
    const pairs = pairsOf(said, ground.around(said), judge?.habit ?? (() => 0));
    const original = labels.get(said.key);
    if (judge) {
      tally.reports += 1;
      const shown = shownOf(pairs, judge);
      tally.shown += shown.length;
      if (original != null && ground.has(original)) {
        tally.pairs += 1;
        note(tally.ours, shown, original);
        note(tally.baseline, nearestOpen(said, inOrder, nth), original);
      }
    }
    const lesson = lessonFrom(said, pairs, original);
    if (lesson) lessons.push(lesson);
    habits.note(said.type, labels.has(said.key));
    ground.add(one);
  }
  const share = (count: number | undefined): number => round((count ?? 0) / Math.max(1, tally.pairs));
  const last = judge ?? judgeFrom(lessons, habits.now());
  return {
    pairs: tally.pairs,
    reports: tally.reports,
    months: months.slice(MONTHS_TO_LEARN),
    ours: {
      recall1: share(tally.ours[0]),
      recall3: share(tally.ours[1]),
      shown: round(tally.shown / Math.max(1, tally.reports)),
    },
    baseline: { recall1: share(tally.baseline[0]), recall3: share(tally.baseline[1]) },
    weights: Object.fromEntries(signs.map((sign, i) => [sign, round(last.weights[i] ?? 0)])),
    least: last.least,
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function note(recalls: number[], shown: readonly string[], original: string): void {
  const place = shown.indexOf(original);
  if (place === 0) recalls[0] = (recalls[0] ?? 0) + 1;
  if (place >= 0 && place < MOST_SHOWN) recalls[1] = (recalls[1] ?? 0) + 1;
}

interface Judge {
  readonly weights: Float64Array;
  /** Nothing less likely is shown. */
  readonly least: number;
  readonly habit: Habit;
}

function judgeFrom(lessons: readonly Lesson[], habit: Habit): Judge {
  const at = signs.indexOf('habit');
  for (const { type, choice } of lessons) for (const option of choice.options) option[at] = habit(type);
  const choices = lessons.map(({ choice }) => choice);
  const weights = learn(choices.filter(({ options }) => options.length > 0));
  return { weights, least: leastShown(choices, weights), habit };
}

/** The chance from which on a suggestion is shown, so that the reports learnt from get as many as are aimed at. */
function leastShown(choices: readonly Choice[], weights: Float64Array): number {
  const all = choices.reduce((sum, { weight }) => sum + weight, 0);
  const best = choices
    .flatMap(({ options, weight }) =>
      chances(options, weights)
        .sort((a, b) => b - a)
        .slice(0, MOST_SHOWN)
        .map((chance) => ({ chance, weight })),
    )
    .sort((a, b) => b.chance - a.chance);
  let shown = 0;
  for (const { chance, weight } of best) {
    shown += weight;
    if (shown > AIM_SHOWN * all) return chance;
  }
  return 0;
}

function shownOf(pairs: readonly Pair[], { weights, least }: Judge): string[] {
  const chance = chances(
    pairs.map((pair) => pair.signs),
    weights,
  );
  return pairs
    .map((pair, i) => ({ key: pair.earlier.said.key, chance: chance[i] ?? 0 }))
    .filter((one) => one.chance >= least)
    .sort((a, b) => b.chance - a.chance)
    .slice(0, MOST_SHOWN)
    .map(({ key }) => key);
}

/** A repeat of something unnamed teaches nothing: none of the options is known to be wrong. */
function lessonFrom(said: Said, pairs: readonly Pair[], original: string | null | undefined): Lesson | null {
  if (original === null || (original === undefined && !isInSample(said.key))) return null;
  const right = pairs.findIndex(({ earlier }) => earlier.said.key === original);
  const options = pairs.map((pair) => pair.signs);
  const weight = original === undefined ? ONE_IN : 1;
  return { type: said.type, choice: { options, right: right < 0 ? null : right, weight } };
}

/** The same ones each time. */
function isInSample(key: string): boolean {
  let hash = 2_166_136_261;
  for (const letter of key) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 8) % ONE_IN === 0;
}

/** How often reports of a type repeat another; types with few reports lean on all of them. */
function openHabits(): { note(type: string, repeats: boolean): void; now(): Habit } {
  const LEAN = 50;
  const seen = new Map<string, { all: number; repeats: number }>();
  const total = { all: 0, repeats: 0 };
  return {
    note(type, repeats) {
      const of = seen.get(type) ?? { all: 0, repeats: 0 };
      seen.set(type, of);
      for (const count of [of, total]) {
        count.all += 1;
        count.repeats += repeats ? 1 : 0;
      }
    },
    now() {
      const usual = total.repeats / Math.max(1, total.all);
      const known = new Map(
        [...seen].map(([type, { all, repeats }]) => [type, Math.log((repeats + usual * LEAN) / (all + LEAN))]),
      );
      return (type) => known.get(type) ?? Math.log(Math.max(usual, 1e-6));
    },
  };
}

const CELL_M = 300;

/** Earlier reports by place; what ended too long ago to be a candidate is let go whenever a cell has doubled. */
function openGround() {
  const cells = new Map<number, { inside: Earlier[]; swept: number }>();
  const keys = new Set<string>();
  const column = ({ x }: Spot): number => Math.floor(x / CELL_M);
  const row = ({ y }: Spot): number => Math.floor(y / CELL_M);
  const nameOf = (across: number, up: number): number => across * 1_000_003 + up;
  const sweep = (one: Earlier): boolean => one.endedAt === null || latest - one.endedAt <= ENDED_LATELY_MS;
  let latest = 0;
  return {
    has: (key: string): boolean => keys.has(key),
    add(one: Earlier): void {
      latest = one.said.at;
      keys.add(one.said.key);
      const { spot } = one.said;
      if (!spot) return;
      const name = nameOf(column(spot), row(spot));
      const cell = cells.get(name) ?? { inside: [], swept: 16 };
      cells.set(name, cell);
      cell.inside.push(one);
      if (cell.inside.length < 2 * cell.swept) return;
      cell.inside = cell.inside.filter(sweep);
      cell.swept = Math.max(16, cell.inside.length);
    },
    *around({ spot }: Said): Generator<Earlier> {
      if (!spot) return;
      for (const across of [-1, 0, 1])
        for (const up of [-1, 0, 1]) yield* cells.get(nameOf(column(spot) + across, row(spot) + up))?.inside ?? [];
    },
  };
}

/** What a desk does without us: the nearest open one of the same type, the newest of those at one point. */
function nearestOpen(said: Said, inOrder: readonly Earlier[], before: number): string[] {
  const open: { key: string; at: number; metres: number }[] = [];
  for (let i = 0; i < before; i += 1) {
    const { said: other, endedAt } = inOrder[i] as Earlier;
    if (!said.spot || !other.spot || other.type !== said.type) continue;
    if (endedAt === null || endedAt > said.at)
      open.push({ key: other.key, at: other.at, metres: metresApart(said.spot, other.spot) });
  }
  open.sort((a, b) => a.metres - b.metres || b.at - a.at);
  return open.slice(0, MOST_SHOWN).map(({ key }) => key);
}
