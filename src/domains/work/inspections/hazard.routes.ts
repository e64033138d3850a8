import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { publishChecklist, requireChecklist } from './checklist.commands.ts';
import { checklistForm, checklistView } from './checklist.model.ts';
import { listChecklists } from './checklist.queries.ts';
import { recordHazard, requireHazard } from './hazard.commands.ts';
import {
  type FormOf,
  finders,
  forms,
  type HazardCommand,
  hazardForm,
  hazardReaders,
  hazardView,
  registerQuery,
  registerView,
  statusNames,
} from './hazard.model.ts';
import { lookAtHazard, readRegister } from './hazard.views.ts';
import { hazardTable } from './hazard.workflow.ts';
import {
  accept,
  askTime,
  checkOff,
  extend,
  object,
  reassign,
  rectify,
  refer,
  sendBack,
  uphold,
  withdraw,
} from './hazard_step.commands.ts';
import { checklistMakers } from './inspection.model.ts';

type CommandOf<C extends HazardCommand> = (
  ctx: Ctx,
  id: Id,
  form: FormOf<C>,
) => Promise<{ hazardId: Id; status: string }>;
const commands: { readonly [C in HazardCommand]: CommandOf<C> } = {
  ...{ accept, rectify, check_off: checkOff, send_back: sendBack },
  ...{ extend, reassign, refer, withdraw },
  ...{ object, ask_time: askTime, uphold },
};

const rolesOf = (command: HazardCommand): string[] => [
  ...new Set(hazardTable.rows[command].by.flatMap((by) => (typeof by === 'string' ? [] : by.roles))),
];

/** One endpoint per row of the table. */
const commandRoutes: Endpoint[] = (Object.keys(commands) as HazardCommand[]).map((command) => {
  const carryOut = commands[command] as CommandOf<HazardCommand>;
  return write({
    name: `hazard.${command}`,
    method: 'POST',
    path: `/api/hazards/:id/${command.replaceAll('_', '-')}`,
    summary: hazardTable.rows[command].words,
    access: [{ roles: rolesOf(command) }],
    lane: 'work',
    params: idParam,
    body: forms[command],
    output: z.object({ hazardId: idSchema, status: z.enum(statusNames) }),
    handle: (ctx, { params, body }) => carryOut(ctx, params.id, body as never),
    recheck: async (ctx, { params }) => void (await requireHazard(ctx, params.id)),
  });
});

const byReaders = { access: [{ roles: hazardReaders }], lane: 'read' } as const;

export const hazardRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'hazard.list',
    path: '/api/hazards',
    summary: { zh: '隐患台账：多少处、各是哪些', en: 'The register of hazards: how many, and which' },
    query: registerQuery,
    output: registerView,
    handle: (ctx, { query }) => readRegister(ctx, query),
  }),
  read({
    ...byReaders,
    name: 'hazard.read',
    path: '/api/hazards/:id',
    summary: { zh: '一处隐患', en: 'One hazard' },
    params: idParam,
    output: hazardView,
    handle: async (ctx, { params }) => lookAtHazard(ctx, await requireHazard(ctx, params.id)),
  }),
  write({
    name: 'hazard.record',
    method: 'POST',
    path: '/api/hazards',
    summary: { zh: '登记隐患，交单位整改', en: 'Enter a hazard for a body to put right' },
    access: [{ roles: finders }],
    lane: 'work',
    body: hazardForm,
    output: z.object({ hazardId: idSchema }),
    handle: (ctx, { body }) => recordHazard(ctx, body),
    recheck: async (ctx, _call, { hazardId }) => void (await requireHazard(ctx, hazardId)),
  }),
  ...commandRoutes,
  read({
    ...byReaders,
    name: 'checklist.list',
    path: '/api/checklists',
    summary: { zh: '检查表', en: 'Checklists, the newest version of each' },
    output: z.array(checklistView),
    handle: listChecklists,
  }),
  write({
    name: 'checklist.publish',
    method: 'POST',
    path: '/api/checklists',
    summary: { zh: '发布检查表', en: 'Publish a checklist, or its next version' },
    access: [{ roles: checklistMakers }],
    lane: 'work',
    body: checklistForm,
    output: z.object({ checklistId: idSchema, version: z.number() }),
    handle: (ctx, { body }) => publishChecklist(ctx, body),
    recheck: async (ctx, _call, { checklistId, version }) => void (await requireChecklist(ctx, checklistId, version)),
  }),
];
