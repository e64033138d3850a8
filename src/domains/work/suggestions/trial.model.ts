import { type Learned, type Lesson, learnFrom, rankBodiesOfAll, rankTypes } from './lesson.model.ts';

export interface Hits {
  readonly top1: number;
  readonly top3: number;
}

export interface Compared {
  readonly ours: Hits;
  /** Whatever was most frequent in the months learned from. */
  readonly majority: Hits;
}

export interface Tried {
  readonly cases: number;
  readonly types: Compared;
  readonly bodies: Compared;
  /** Bodies with the most cases first. */
  readonly perBody: readonly ({ readonly body: string; readonly cases: number } & Hits)[];
}

export interface Trial extends Tried {
  readonly rows: number;
  readonly months: readonly string[];
}

/** So many months are only learned from. */
const MONTHS_TO_LEARN = 3;

/** Each month is judged by what the months before it taught; nothing of the month itself is known yet. */
export function tryOut(lessons: readonly Lesson[], monthOf: (at: number) => string): Trial {
  const byMonth = new Map<string, Lesson[]>();
  for (const lesson of [...lessons].sort((a, b) => a.at - b.at)) {
    const month = monthOf(lesson.at);
    byMonth.set(month, [...(byMonth.get(month) ?? []), lesson]);
  }
  const months = [...byMonth.keys()];
  const count = openCount();
  for (const [nth, month] of months.entries()) {
    if (nth < MONTHS_TO_LEARN) continue;
    count.judge(
      months.slice(0, nth).flatMap((before) => byMonth.get(before) ?? []),
      byMonth.get(month) ?? [],
    );
  }
  return { rows: lessons.length, months: months.slice(MONTHS_TO_LEARN), ...count.tried() };
}

/** The newest fifth is judged by what the others taught. */
export function holdOut(lessons: readonly Lesson[]): Tried {
  const inOrder = [...lessons].sort((a, b) => a.at - b.at);
  const split = Math.floor(inOrder.length * 0.8);
  const count = openCount();
  count.judge(inOrder.slice(0, split), inOrder.slice(split));
  return count.tried();
}

function openCount() {
  const types = { ours: [0, 0], majority: [0, 0] };
  const bodies = { ours: [0, 0], majority: [0, 0] };
  const perBody = new Map<string, { cases: number; hits: number[] }>();
  let cases = 0;
  const judgeOne = (learned: Learned, usual: Usual, lesson: Lesson): void => {
    const ranked = rankTypes(learned, lesson);
    const answering = rankBodiesOfAll(learned, lesson, ranked);
    cases += 1;
    note(types.ours, labelsOf(ranked), lesson.type);
    note(types.majority, usual.types, lesson.type);
    note(bodies.ours, labelsOf(answering), lesson.body);
    note(bodies.majority, usual.bodies, lesson.body);
    const of = perBody.get(lesson.body) ?? { cases: 0, hits: [0, 0] };
    of.cases += 1;
    note(of.hits, labelsOf(answering), lesson.body);
    perBody.set(lesson.body, of);
  };
  return {
    judge(before: readonly Lesson[], after: readonly Lesson[]): void {
      const learned = learnFrom(before);
      const usual = {
        types: mostOften(before.map(({ type }) => type)),
        bodies: mostOften(before.map(({ body }) => body)),
      };
      for (const lesson of after) judgeOne(learned, usual, lesson);
    },
    tried: (): Tried => ({
      cases,
      types: { ours: hits(types.ours, cases), majority: hits(types.majority, cases) },
      bodies: { ours: hits(bodies.ours, cases), majority: hits(bodies.majority, cases) },
      perBody: [...perBody]
        .map(([body, of]) => ({ body, cases: of.cases, ...hits(of.hits, of.cases) }))
        .sort((a, b) => b.cases - a.cases || (a.body < b.body ? -1 : 1)),
    }),
  };
}

interface Usual {
  readonly types: readonly string[];
  readonly bodies: readonly string[];
}

const labelsOf = (ranked: readonly { readonly label: string }[]): string[] =>
  ranked.slice(0, 3).map(({ label }) => label);

function note(counts: number[], shown: readonly string[], right: string): void {
  const place = shown.indexOf(right);
  if (place === 0) counts[0] = (counts[0] ?? 0) + 1;
  if (place >= 0) counts[1] = (counts[1] ?? 0) + 1;
}

const hits = ([first = 0, among = 0]: readonly number[], cases: number): Hits => ({
  top1: round(first / Math.max(1, cases)),
  top3: round(among / Math.max(1, cases)),
});
const round = (share: number): number => Math.round(share * 1000) / 1000;

function mostOften(labels: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([label]) => label);
}
