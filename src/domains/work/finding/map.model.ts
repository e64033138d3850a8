import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';
import { casefileLine } from '../casefiles/page.model.ts';
import { clockView } from '../obligations/obligation.model.ts';
import { caseKinds } from '../standards/standard.model.ts';

/** What the map and the list beside it tell of open cases. Pure: the map in the browser reads it too. */
export const mapStates = ['late', 'near', 'running', 'standing', 'answering'] as const;
export type MapState = (typeof mapStates)[number];

export const mapStateWords: Readonly<Record<MapState, Words>> = {
  late: { zh: '超期', en: 'late' },
  near: { zh: '快到期', en: 'near its limit' },
  running: { zh: '在办', en: 'under way' },
  standing: { zh: '不计时', en: 'no clock runs' },
  answering: { zh: '等报事人评价', en: 'waits for its reporter' },
};

/** The shape of a case says what kind of thing it is. */
export const mapKinds = [...caseKinds, 'unclassified'] as const;
export type MapKind = (typeof mapKinds)[number];

export const mapKindWords: Readonly<Record<MapKind, Words>> = {
  component: { zh: '部件（设施）', en: 'component (a thing)' },
  matter: { zh: '事件（事情）', en: 'matter (a happening)' },
  unclassified: { zh: '还没分类', en: 'not yet classified' },
};

interface ClockSeen {
  readonly state: string;
  readonly late: boolean;
  readonly near: boolean;
}

export function mapStateOf(status: string, clock: ClockSeen | null): MapState {
  if (status === 'closed') return 'answering';
  if (clock === null) return 'standing';
  if (clock.late) return 'late';
  if (clock.state !== 'running') return 'standing';
  return clock.near ? 'near' : 'running';
}

export const mapCase = casefileLine.pick({ id: true, number: true, title: true, status: true, place: true }).extend({
  kind: z.enum(mapKinds),
  state: z.enum(mapStates),
  clock: clockView.nullable().describe('Of what falls due first'),
  point: z.object({ lon: z.number(), lat: z.number() }).nullable().describe('Null: only the area is known'),
});

/** West, south, east, north. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly();

export const mapAreaQuery = z.strictObject({
  areaId: idSchema.optional().describe('Left out: where the caller works'),
  most: z.coerce.number().int().min(1).max(200).default(100),
});

const counted = z.object({ cases: z.number().int(), late: z.number().int() });

export const mapArea = z.object({
  areaId: idSchema,
  box: box.nullable().describe('Null: neither it nor anything below has a border'),
  total: z.number().int(),
  late: z.number().int(),
  unplaced: z.number().int().describe('Of its cases, those without coordinates: in the list, not on the map'),
  below: z.array(counted.extend({ areaId: idSchema })),
  cases: z.array(mapCase).describe('What falls due first comes first'),
  more: z.boolean(),
});

const MOST_NAMED = 100;

export const mapCasesQuery = z.strictObject({
  ids: z
    .string()
    .transform((list) => list.split(',').slice(0, MOST_NAMED))
    .pipe(z.array(idSchema)),
});

/** Squares along the side of a tile in which cases become one mark: fewer far away, so that marks do not cover each other. */
export const squaresASide = (zoom: number): number => (zoom < 15 ? 8 : zoom < 17 ? 16 : 64);
/** From here on a cluster names its cases: coming nearer may not part them. */
export const NAMED_FROM = 15;
