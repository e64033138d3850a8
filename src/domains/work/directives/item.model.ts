import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowRecord } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import { clockView } from '../obligations/obligation.model.ts';

/** An item of a notice: owed by one body or post until a day, helped by others, accepted by whoever sent it. */
export const statuses = {
  sent: { zh: '正在办', en: 'being done' },
  done: { zh: '报了办成，待验收', en: 'reported done' },
  accepted: { zh: '已验收', en: 'accepted' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<string, Words>;
export type Status = keyof typeof statuses;
export const statusNames = Object.keys(statuses) as [Status, ...Status[]];

export const flags = { returned: { zh: '退回过', en: 'returned' } } as const satisfies Record<string, Words>;
export type Flag = keyof typeof flags;

export interface Facts extends WorkflowRecord<Status, Flag> {
  /** Who reported it done. */
  readonly doneBy: string | null;
}

/** Who sends items out and says whether they are done, on land that is theirs; who may owe one. */
export const directiveIssuers = ['community_head', 'registrar', 'dispatcher', 'leader'] as const satisfies Role[];
export const directiveOwners = [
  ...(['body_desk', 'body_head', 'body_worker', 'grid_worker', 'grid_leader'] as const),
  ...directiveIssuers,
] as const satisfies Role[];
export const directiveReaders = [...directiveOwners, 'inspector'] as const satisfies Role[];

const said = z.string().trim().min(2).max(2000);
const share = z.number().int().min(0).max(100);

export const forms = {
  progress: z.strictObject({ words: said, share: share.optional().describe('Percent of what the measure counts') }),
  report_done: z.strictObject({ words: said.describe('By what one sees it') }),
  accept: z.strictObject({ words: said.optional() }),
  return: z.strictObject({ words: said.describe('What is missing'), dueOn: daySchema.optional() }),
  move_deadline: z.strictObject({ dueOn: daySchema.nullable().describe('null: for good'), words: said }),
  withdraw: z.strictObject({ words: said }),
} as const;
export type ItemCommand = keyof typeof forms;
export type FormOf<C extends ItemCommand> = z.infer<(typeof forms)[C]>;

export const unitKey = z.strictObject({ kind: z.enum(['body', 'post']), id: idSchema });
export type UnitKey = z.infer<typeof unitKey>;

/** All of a kind at once (各乡镇街道, 各社区村): each gets an item of its own. */
export const eachLevels = ['town', 'community', 'grid'] as const;
export type EachLevel = (typeof eachLevels)[number];
export const eachKey = z.strictObject({ kind: z.literal('each'), level: z.enum(eachLevels) });
export type EachKey = z.infer<typeof eachKey>;

const words = z.object({ zh: z.string(), en: z.string() });
const unitNamed = z.object({ kind: z.enum(['body', 'post']), id: idSchema, name: z.string() });

export const itemLine = z.object({
  id: idSchema,
  number: z.string(),
  content: z.string(),
  measure: z.string(),
  lead: unitNamed,
  supports: z.array(unitNamed),
  firstDueOn: z.string().nullable(),
  dueOn: z.string().nullable().describe('null: for good'),
  status: z.enum(statusNames),
  returned: z.boolean().describe('It is returned now, and not reported done again'),
  returns: z.number().describe('How often it was returned so far'),
  late: z.boolean(),
  share: z.number().nullable(),
  toldAt: z.date().nullable().describe('When somebody last said how far it is'),
});

export const itemView = itemLine.extend({
  directive: z.object({ id: idSchema, title: z.string(), number: z.string() }),
  clock: clockView.nullable(),
  story: z.array(
    z.object({
      id: idSchema,
      kind: z.string(),
      at: z.date(),
      by: z.string(),
      words: z.string().nullable(),
      share: z.number().nullable(),
      was: z.string().nullable().describe('The day before it was moved'),
      is: z.string().nullable(),
      moved: z.boolean(),
    }),
  ),
  can: z.array(
    z.object({
      command: z.enum(Object.keys(forms) as [ItemCommand]),
      words,
      allowed: z.boolean(),
      reason: words.nullable(),
      lacking: z.boolean(),
    }),
  ),
});
