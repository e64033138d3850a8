import { z } from 'zod';
import { boundarySchema } from '../../../kernel/geo.ts';
import { idSchema } from '../../../kernel/id.ts';

import { questionView } from '../../land/registry/forms/form_shape.model.ts';
import { anyLedger } from '../../land/registry/ledger.model.ts';
import { results } from '../campaigns/result.model.ts';
import { flagNames, statusNames } from '../casefiles/casefile.model.ts';

import { carriedGate } from '../checkpoints/carried.model.ts';
import { carriedInspection } from '../inspections/carried.model.ts';
import { patrolKinds } from '../patrols/kind.model.ts';
import { ruleForm } from '../patrols/patrol.model.ts';

/** The words of the protocol, as the server reads and answers them; what they mean stands in `web/field/engine/protocol.ts`. */
const instant = z.iso.datetime({ offset: true });
const MOST_OPS = 200;
const MOST_COMPARED = 4000;
const MOST_BUCKETS = 4096;
const mark = z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits');

const op = z.strictObject({
  commandId: idSchema,
  seq: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  name: z.string().min(1).max(80),
  params: z.record(z.string().max(40), z.string().max(200)),
  body: z.record(z.string().max(80), z.unknown()),
  occurredAt: instant,
  target: z.string().min(1).max(100),
});
export type PushedOp = z.infer<typeof op>;

export const pushForm = z.strictObject({
  deviceId: idSchema,
  deviceAt: instant,
  ops: z.array(op).max(MOST_OPS),
  dismissed: z.array(idSchema).max(MOST_OPS).default([]),
  language: z.enum(['zh', 'en']).default('zh').describe('In which a refusal is told'),
  oldestUnsent: instant.nullable().default(null),
});
export type PushForm = z.infer<typeof pushForm>;

const answer = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]),
);
export const verdictView = z.discriminatedUnion('is', [
  z.object({ commandId: idSchema, is: z.literal('applied'), answer }),
  z.object({ commandId: idSchema, is: z.literal('duplicate'), answer }),
  z.object({ commandId: idSchema, is: z.literal('refused'), code: z.string(), title: z.string(), detail: z.string() }),
  z.object({ commandId: idSchema, is: z.literal('held'), code: z.string() }),
]);
export type VerdictView = z.infer<typeof verdictView>;

export const pushView = z.object({
  verdicts: z.array(verdictView),
  acknowledged: z.number(),
  serverTime: z.date(),
});

const buckets = z
  .int()
  .min(1)
  .max(MOST_BUCKETS)
  .refine((n) => (n & (n - 1)) === 0, 'a power of two');

export const pullForm = z.strictObject({
  deviceId: idSchema,
  deviceAt: instant,
  cursors: z.record(z.string().max(20), z.string().max(100)),
  kinds: z
    .array(z.enum(['casefile', 'visit', 'patrol', 'checkpoint', 'inspection']))
    .default(['casefile'])
    .describe('What is told besides the ground'),
  limit: z.int().min(1).max(1000),
  check: z
    .strictObject({ buckets, sums: z.string().regex(/^[0-9a-f]*$/) })
    .nullable()
    .default(null),
  compare: z
    .strictObject({
      buckets,
      numbers: z.array(z.int().min(0)).max(MOST_BUCKETS),
      rows: z.array(z.tuple([idSchema, mark])).max(MOST_COMPARED),
    })
    .nullable()
    .default(null),
  oldestUnsent: instant.nullable().default(null),
  records: z.array(idSchema).max(MOST_OPS).default([]).describe('What the device changed itself, told as it is now'),
});
export type PullForm = z.infer<typeof pullForm>;

const words = z.object({ zh: z.string(), en: z.string() });
const told = z.string().nullable();

const casefile = z.object({
  ...{ number: z.string(), status: z.enum(statusNames), flags: z.array(z.enum(flagNames)), areaId: idSchema },
  ...{ scopeNo: z.number(), typeCode: told, conditionCode: told, placeWords: z.string(), words: z.string() },
  point: z.tuple([z.number(), z.number(), z.number().nullable()]).nullable(),
  ...{ bodyId: told, round: z.number(), mostRounds: z.number(), handledBy: told, outcome: told, publicText: told },
  ...{ reportedAt: z.string(), closedAt: told, changedAt: z.string(), objectionUntil: told, evidence: told },
  ...{ photosAfter: z.number(), foundBy: z.array(idSchema) },
  duties: z.array(
    z.object({
      ...{ id: idSchema, duty: z.string(), owedByKind: z.string(), owedBy: told, assigneeId: told },
      ...{ state: z.string(), dueAt: told },
    }),
  ),
});
const me = z.object({
  ...{ personId: idSchema, name: z.string() },
  posts: z.array(
    z.object({
      ...{ id: idSchema, role: z.string(), areaId: told, bodyId: told, readsArea: z.boolean(), roleWords: words },
      ...{ from: z.number().nullable(), to: z.number().nullable() },
      numbers: z.array(z.tuple([z.number(), z.number()])).nullable(),
    }),
  ),
});
const area = z.object({
  ...{ parentId: told, level: z.string(), code: z.string(), name: z.string(), no: z.number(), lastNo: z.number() },
  mine: z.boolean().describe('In it one works; the others are above it'),
  boundary: boundarySchema.nullable(),
});
const caseType = z.object({
  ...{ kind: z.string(), major: z.string(), name: words, urgent: z.boolean(), confidential: z.boolean() },
  conditions: z.array(z.object({ code: z.string(), when: words, done: words, evidence: z.string() })),
});
const body = z.object({ name: z.string(), kind: z.string() });
const visit = z.object({
  ...{ campaignId: idSchema, title: z.string(), round: z.number(), dueOn: z.string(), formId: idSchema },
  ...{ recordId: idSchema, name: z.string(), home: z.string(), areaId: idSchema, why: z.string() },
  ...{ ledger: anyLedger, unit: words },
  ...{ result: z.enum(results).nullable(), tries: z.number() },
  known: z.record(
    z.string(),
    z.object({ value: z.string(), isMasked: z.boolean(), toldOn: z.string(), isStale: z.boolean() }),
  ),
});
const patrol = z.object({
  ...{ title: z.string(), kind: z.enum(patrolKinds), positionDays: z.number(), areaId: idSchema },
  ...{ rule: ruleForm.nullable(), since: told },
  places: z.array(
    z.object({
      ...{ id: idSchema, name: z.string(), lon: z.number().nullable(), lat: z.number().nullable() },
      ...{ radiusM: z.number(), lastAt: told, lastBy: told },
    }),
  ),
  walk: z.object({ patrolId: idSchema, startedAt: z.string() }).nullable(),
});
const form = z.object({ title: z.string(), questions: z.array(questionView) });

const common = { id: z.string(), position: z.number(), mark: z.string() };
const row = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('casefile'), ...common, body: casefile }),
  z.object({ kind: z.literal('me'), ...common, body: me }),
  z.object({ kind: z.literal('area'), ...common, body: area }),
  z.object({ kind: z.literal('caseType'), ...common, body: caseType }),
  z.object({ kind: z.literal('body'), ...common, body }),
  z.object({ kind: z.literal('visit'), ...common, body: visit }),
  z.object({ kind: z.literal('patrol'), ...common, body: patrol }),
  z.object({ kind: z.literal('checkpoint'), ...common, body: carriedGate }),
  z.object({ kind: z.literal('inspection'), ...common, body: carriedInspection }),
  z.object({ kind: z.literal('form'), ...common, body: form }),
]);
/** As a view makes it; what it may hold says the schema above, to which every answer is cut. */
export interface PulledRow {
  readonly kind: string;
  readonly id: string;
  readonly position: number;
  readonly mark: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const pullView = z.object({
  accountId: idSchema,
  serverTime: z.date(),
  upserts: z.array(row),
  evict: z.array(z.object({ kind: z.string(), id: z.string() })),
  whole: z.array(z.object({ kind: z.string(), rows: z.array(row) })),
  differing: z.array(z.number()),
  recheck: z.boolean().describe('All news are told; the sum over what is held is wanted once'),
  cursors: z.record(z.string(), z.string()),
  more: z.boolean(),
});
export interface PullView extends Omit<z.input<typeof pullView>, 'upserts' | 'whole' | 'evict'> {
  readonly upserts: readonly PulledRow[];
  readonly evict: readonly { readonly kind: string; readonly id: string }[];
  readonly whole: readonly { readonly kind: string; readonly rows: readonly PulledRow[] }[];
}
