import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, type Party, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { trackingCodeOf } from '../../../kernel/tracking.ts';
import { atlasOf, requireArea, runsOf } from '../../land/areas/index.ts';
import { type Role, staffRoles } from '../../land/staff/staff.model.ts';
import { type CasefileCommand, flagNames, onTheSpotForm, reportForm, statusNames } from './casefile.model.ts';
import { findCasefiles, listCasefiles, NEXT_NUMBER, NEXT_NUMBER_OF_STAFF } from './casefile.queries.ts';
import { lineOf, lookAt, peopleFor } from './casefile.views.ts';
import { casefileTable } from './casefile.workflow.ts';
import {
  admit,
  contactsOf,
  contactView,
  dismiss,
  readContact,
  release,
  reply,
  say,
  supervise,
  urge,
} from './circle.commands.ts';
import { answer, close, object, rework, takeOver, verify } from './closing.commands.ts';
import { conceal, disclose } from './disclosing.commands.ts';
import { acknowledge, assign, dispatch, feedBack, measure, sendBack, sendToRegistrar } from './handling.commands.ts';
import { answerCheck, type CommandOf, contest, decline, orderCheck, register, relocate } from './intake.commands.ts';
import { refuseSummons, reportIn, standDown, summon, visit } from './joint.commands.ts';
import { merge, unmerge } from './merging.commands.ts';
import { casefileLine, casefileView } from './page.model.ts';
import { reportCasefile, reportHandledOnTheSpot } from './report.commands.ts';
import { requireCasefile } from './step.commands.ts';

/**
 * The commands a person may give here; what the clock does, a platform of others or an import has no address, and joining
 * has its own domain.
 */
type Given = Exclude<
  CasefileCommand,
  'lapse' | 'escalate' | 'rest' | 'wake' | 'hear' | 'ask_to_join' | 'settle_import' | 'amend_import' | 'withdraw_import'
>;

const casefileCommands: { readonly [C in Given]: CommandOf<C> } = {
  order_check: orderCheck,
  answer_check: answerCheck,
  register,
  decline,
  relocate,
  dispatch,
  send_to_registrar: sendToRegistrar,
  acknowledge,
  assign,
  send_back: sendBack,
  measure,
  feed_back: feedBack,
  verify,
  rework,
  take_over: takeOver,
  close,
  answer,
  object,
  contest,
  urge,
  supervise,
  release,
  admit,
  dismiss,
  merge,
  unmerge,
  summon,
  report_in: reportIn,
  refuse_summons: refuseSummons,
  visit,
  stand_down: standDown,
  disclose,
  conceal,
  say,
  reply,
  read_contact: readContact,
};

/** Made from the report's id and a key each time, so that a lost answer can be asked for again. */
const tellCode = async (ctx: Ctx, _call: unknown, { reportId }: { reportId: Id }) => ({
  trackingCode: trackingCodeOf(ctx.keys, ctx.realm, reportId),
});

const done = z.object({ casefileId: idSchema, status: z.enum(statusNames) });
const reported = z.object({ casefileId: idSchema, reportId: idSchema, number: z.string(), trackingCode: z.string() });
const recheck = async (ctx: Ctx, { params }: { params: { id: Id } }) => void (await requireCasefile(ctx, params.id));

const showContacts = async (ctx: Ctx, { params }: { params: { id: Id } }) => ({
  contacts: await contactsOf(ctx, params.id),
});

/** One endpoint per row of the table, for the posts the row names. */
const commandRoutes: Endpoint[] = (Object.keys(casefileCommands) as Given[]).flatMap((command) => {
  const { by, words, form, offline = false } = casefileTable.rows[command];
  const roles = new Set<Role>(by.flatMap((who) => (typeof who === 'string' ? [] : who.roles)));
  const access: Party[] = roles.size > 0 ? [{ roles: [...roles] }] : [];
  const carryOut = casefileCommands[command] as (ctx: Ctx, id: Id, form: unknown) => ReturnType<CommandOf<Given>>;
  const common = {
    name: `casefile.${command}`,
    method: 'POST',
    summary: words,
    lane: 'work',
    output: done,
    recheck,
  } as const;
  const handle = (ctx: Ctx, call: { params: { id: Id }; body: unknown }) => carryOut(ctx, call.params.id, call.body);
  // Who reported is shown, not answered: an answer is stored, a name is not.
  const shown =
    command === 'read_contact' ? { output: done.extend({ contacts: z.array(contactView) }), show: showContacts } : {};
  return roles.size === 0
    ? []
    : [
        write({
          ...common,
          ...shown,
          path: `/api/casefiles/:id/${command.replaceAll('_', '-')}`,
          access,
          params: idParam,
          body: form,
          fromDevice: offline,
          handle,
        }),
      ];
});

const asList = (text: string): string[] => text.split(',');

export const casefileRoutes: readonly Endpoint[] = [
  write({
    name: 'casefile.report',
    method: 'POST',
    path: '/api/casefiles',
    summary: { zh: '上报', en: 'Report a matter' },
    access: [{ roles: staffRoles }, { apiKey: 'report' }],
    lane: 'urgent',
    fromDevice: true,
    body: reportForm,
    output: reported,
    ahead: [NEXT_NUMBER_OF_STAFF],
    handle: (ctx, { body }) => reportCasefile(ctx, body),
    show: tellCode,
  }),
  write({
    name: 'report.send',
    method: 'POST',
    path: '/api/reports',
    summary: { zh: '群众报事', en: 'A resident reports a matter' },
    access: ['anyone'],
    lane: 'urgent',
    body: reportForm.extend({ channel: z.enum(['portal', 'qr']) }),
    output: reported,
    // Behind the router of a village everybody has one address: nobody is refused for what the others send.
    triesPerMinute: 20,
    aboveTries: 'told',
    ahead: [NEXT_NUMBER],
    handle: (ctx, { body, isCrowded }) => reportCasefile(ctx, body, isCrowded),
    show: tellCode,
  }),
  write({
    name: 'casefile.report_handled',
    method: 'POST',
    path: '/api/casefiles/handled',
    summary: { zh: '自行处置上报', en: 'Report a matter settled on the spot' },
    access: [{ roles: ['grid_worker', 'grid_leader', 'community_head'] }],
    lane: 'work',
    fromDevice: true,
    body: onTheSpotForm,
    output: reported,
    ahead: [NEXT_NUMBER_OF_STAFF],
    handle: (ctx, { body }) => reportHandledOnTheSpot(ctx, body),
    show: tellCode,
  }),
  read({
    name: 'casefile.list',
    path: '/api/casefiles',
    summary: { zh: '我能看的案卷', en: 'Cases I may read' },
    access: [{ roles: staffRoles }],
    lane: 'read',
    query: z.strictObject({
      number: z.string().max(40).optional(),
      status: z.enum(statusNames).optional(),
      flag: z.enum(flagNames).optional(),
      areaId: idSchema.optional(),
      typeCode: z.string().max(80).optional(),
      bodyId: idSchema.optional(),
      openUnder: z.coerce
        .number()
        .int()
        .min(0)
        .max(100_000)
        .optional()
        .describe('Open cases under this version of the standard; 0: those not on file yet'),
      beforeAt: z.iso.datetime({ offset: true }).optional(),
      beforeId: idSchema.optional(),
      most: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.array(casefileLine),
    handle: async (ctx, { query }) => {
      const area = query.areaId === undefined ? null : await requireArea(ctx, query.areaId);
      const before =
        query.beforeAt && query.beforeId ? { changedAt: new Date(query.beforeAt), id: query.beforeId } : undefined;
      const rows = await listCasefiles(ctx, {
        ...query,
        status: query.status && [query.status],
        numbers: area && runsOf((await atlasOf(ctx)).formers, area),
        before,
      });
      return Promise.all(rows.map((row) => lineOf(ctx, row)));
    },
  }),
  read({
    name: 'casefile.lines',
    path: '/api/casefiles/lines',
    summary: { zh: '指定案卷的一行摘要', en: 'A line each for the cases named' },
    access: [{ roles: staffRoles }],
    lane: 'read',
    query: z.strictObject({ ids: z.string().transform(asList).pipe(z.array(idSchema).min(1).max(200)) }),
    output: z.array(casefileLine),
    handle: async (ctx, { query }) => Promise.all((await findCasefiles(ctx, query.ids)).map((row) => lineOf(ctx, row))),
  }),
  read({
    name: 'casefile.read',
    onPhone: true,
    path: '/api/casefiles/:id',
    summary: { zh: '案卷', en: 'One case' },
    access: [{ roles: staffRoles }],
    lane: 'read',
    params: idParam,
    output: casefileView,
    handle: async (ctx, { params }) => lookAt(ctx, await requireCasefile(ctx, params.id)),
  }),
  read({
    name: 'person.choices',
    path: '/api/casefiles/:id/people',
    summary: { zh: '可以指派或告知的人', en: 'People a case may be given to or told' },
    access: [{ roles: staffRoles }],
    lane: 'read',
    params: idParam,
    output: z.array(z.object({ personId: idSchema, name: z.string() })),
    handle: async (ctx, { params }) => peopleFor(ctx, await requireCasefile(ctx, params.id)),
  }),
  ...commandRoutes,
];
