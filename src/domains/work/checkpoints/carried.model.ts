import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { gateRuleForm } from './checkpoint.model.ts';
import { checkpointKinds, modes } from './kind.model.ts';
import { travellers } from './passage.model.ts';

/** A gate as a telephone carries it along. Instants are ISO 8601 texts. */
const span = { since: z.string(), until: z.string().nullable() };
const shift = z.object({
  ...{ id: idSchema, name: z.string() },
  whose: z.enum(['mine', 'theirs', 'anybody']).describe('Who may take it up: of somebody without an account, anybody'),
  ...{ from: z.string(), to: z.string(), takenAt: z.string().nullable() },
  left: z.string().nullable().describe('What those before left open'),
});
const passage = z.object({
  ...{ id: idSchema, at: z.string(), traveller: z.enum(travellers), count: z.number(), passed: z.boolean() },
  reason: z.string().nullable(),
  by: z.string().nullable().describe('Null: by the holder of the telephone'),
  isChief: z.boolean(),
  shiftEndsAt: z.string(),
  takenBack: z.string().nullable().describe('Why; null: it counts'),
});

export const carriedGate = z.object({
  ...{ name: z.string(), kind: z.enum(checkpointKinds), opens: z.string(), closes: z.string(), areaId: idSchema },
  rules: z.array(z.object({ mode: z.enum(modes), rule: gateRuleForm, ...span })),
  alerts: z.array(z.object(span)),
  shifts: z.array(shift),
  ...{ dayFrom: z.string(), dayTo: z.string() },
  passed: z.number().describe('On that day'),
  ...{ refused: z.number(), cleanedAt: z.string().nullable() },
  lately: z.array(passage),
});
export type CarriedGateBody = z.output<typeof carriedGate>;
