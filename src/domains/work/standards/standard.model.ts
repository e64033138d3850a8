import { z } from 'zod';
import { limitSchema } from '../calendars/limit.model.ts';

/**
 * A standard says what is a case and how long it may take. The limit belongs to the filing condition (立案条件), not to
 * the category: a sunken road one can pass and one that cuts a street are the same small class with two limits.
 * A standard is data with a version; a casefile keeps the version it was filed under.
 */
const words = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(300) });
const code = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens');

/** Who a kind of work usually answers to. Which body that is in a place is a matter of its responsibility rules. */
export const bodyKinds = [
  'municipal-works',
  'water',
  'drainage',
  'power',
  'gas',
  'heating',
  'telecom',
  'sanitation',
  'greening',
  'urban-enforcement',
  'traffic-police',
  'transport',
  'housing',
  'property-company',
  'market-supervision',
  'ecology',
  'emergency',
  'fire',
  'forestry',
  'water-affairs',
  'agriculture',
  'civil-affairs',
  'justice',
  'health',
  'education',
  'culture',
  'police',
  'labour',
  'women-children',
  'animal-health',
  'civil-defence',
  'planning',
  'post',
  'township',
  'community',
] as const;

/** `component` 部件: a thing with an owner, owner before territory. `matter` 事件: a happening, territory before owner. */
export const caseKinds = ['component', 'matter'] as const;

/** How sure we are of a limit. `local`: set by this deployment; `common`: the same in several cities' published
 *  tables; `unsure`: one table, or our judgement. What is unsure is shown as such and is for the county to settle. */
export const confidences = ['local', 'common', 'unsure'] as const;

export const conditionSchema = z.strictObject({
  code,
  when: words,
  limit: limitSchema,
  /** Overrides its type: a bridge is urgent when it cracks, not when its paint peels. */
  urgent: z.boolean().optional(),
  /** What "done" means: the state in which a checker may agree. */
  done: words,
  evidence: z.enum(['photos', 'document', 'words']),
  source: z.string().min(1).max(200),
  confidence: z.enum(confidences),
});

export const caseTypeSchema = z.strictObject({
  code,
  kind: z.enum(caseKinds),
  major: code,
  name: words,
  answersTo: z.enum(bodyKinds),
  /** Others who are often needed; the desk sees them first when it calls bodies together. */
  alsoNeeds: z.array(z.enum(bodyKinds)).max(6).optional(),
  /** Fast lane: desks have minutes, the superior is told at once. */
  urgent: z.boolean().optional(),
  /** Only a named circle may read it. */
  confidential: z.boolean().optional(),
  /** None: a type that came with imported cases, whose limits nobody here has set; nothing is filed under it anew. */
  conditions: z.array(conditionSchema).max(8),
});

export const majorClassSchema = z.strictObject({ code, kind: z.enum(caseKinds), name: words });

export type BodyKind = (typeof bodyKinds)[number];
export type FilingCondition = z.infer<typeof conditionSchema>;
export type CaseType = z.infer<typeof caseTypeSchema>;
export type MajorClass = z.infer<typeof majorClassSchema>;
