import { defineConstraints } from '../../../kernel/constraints.ts';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { createDataKey, type DataKey, dataKeysOf, destroyDataKey, openDataKey } from '../../../kernel/data_key.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { granteeOfCode, trackingCodeOf } from '../../../kernel/tracking.ts';
import { decide, type Verdict } from '../../../kernel/workflow.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../land/areas/index.ts';
import { deskFor, directoryOf, requireDesk } from '../../land/staff/index.ts';
import { type ForgetReason, reportCasefile } from '../../work/casefiles/index.ts';
import {
  actOnDuty,
  type DutyAct,
  grantTo,
  holdObligationsOf,
  isOpen,
  type Obligation,
  openDuty,
  settleAt,
} from '../../work/obligations/index.ts';
import { standardsOf } from '../../work/standards/index.ts';
import { apartStage } from '../../work/standards/stages.model.ts';
import {
  channelLevels,
  channelProblems,
  type Facts,
  type FormOf,
  type MessageCommand,
  type SendForm,
} from './channel.model.ts';
import {
  findAreaMessage,
  holdAreaMessage,
  insertAreaMessage,
  type MessageRow,
  messageByGrantee,
  updateAreaMessage,
} from './channel.queries.ts';
import { answerDuty, answering, type MessageProcess, messageTable } from './channel.workflow.ts';

defineConstraints({ area_message_pkey: 'command.id_taken' });

/** Whatever only the desk and the writer read; the phone only by an act that is recorded. */
export interface MessageSecret {
  readonly words: string;
  readonly phone?: string;
}

/**
 * A resident writes to the people of a grid. The key is that of a report with the same id: should it become one, whoever
 * wrote is forgotten with both. `isCrowded`: their address has sent more than its share; it is kept all the same.
 */
export async function sendMessage(ctx: Ctx, form: SendForm, isCrowded = false): Promise<{ messageId: Id }> {
  const area = await requireArea(ctx, form.areaId);
  if (!channelLevels.includes(area.level)) throw new Problem(channelProblems['area_message.no_channel']);
  const { id } = form;
  const key = createDataKey(ctx, { kind: 'report', id });
  const grantee = granteeOfCode(ctx.keys, trackingCodeOf(ctx.keys, ctx.realm, id));
  const secret: MessageSecret = { words: form.words, ...(form.contact?.phone && { phone: form.contact.phone }) };
  insertAreaMessage(ctx, {
    ...{ id, areaId: area.id, scopeNo: area.no, grantee, status: 'waiting', unverified: isCrowded },
    ...{ sealed: seal(key.bytes, JSON.stringify(secret), boundTo(id)), keyId: key.id },
    ...{ language: form.language, sentAt: ctx.now },
  });
  grantTo(ctx, { kind: 'area_message', id }, [{ grantee, ground: 'code' }], ctx.now);
  const duty = await openAnswerDuty(ctx, id, area);
  record(ctx, {
    kind: 'area_message.sent',
    about: subjectOf({ id, scopeNo: area.no }),
    body: { areaId: area.id, unverified: isCrowded, status: 'waiting', duties: [duty] },
    secret: { key, value: { ...secret } },
  });
  return { messageId: id };
}

const boundTo = (id: Id): string => `area message ${id}`;

const subjectOf = ({ id, scopeNo }: Pick<MessageRow, 'id' | 'scopeNo'>) => ({
  ...{ kind: 'area_message', id, scopeNo, confidential: false },
});

async function openAnswerDuty(ctx: Ctx, id: Id, area: Area): Promise<DutyAct> {
  const [standards, postId] = await Promise.all([standardsOf(ctx), nearestDesk(ctx, area)]);
  const { limit, ladder } = apartStage(standards.at(ctx.now).stages, 'channelAnswer');
  const about = subjectOf({ id, scopeNo: area.no });
  const { act } = await openDuty(ctx, { duty: answerDuty, about, owedBy: { kind: 'post', id: postId }, limit, ladder });
  return act;
}

/** The grid's own worker before its leader, the community's head before the registrar: the first that somebody holds. */
async function nearestDesk(ctx: Ctx, area: Area): Promise<Id> {
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  const desks = answering.flatMap((role) => deskFor(directory, atlas, area.id, role) ?? []);
  return (desks.find(({ held }) => held) ?? (await requireDesk(ctx, area.id, 'registrar'))).id;
}

export async function requireMessage(ctx: Ctx, id: Id): Promise<MessageRow> {
  const message = await findAreaMessage(ctx, id);
  if (!message) throw new Problem(channelProblems['area_message.not_found']);
  return message;
}

/** Null: the key was destroyed because whoever wrote asked to be forgotten. */
export const openMessage = (key: DataKey | null | undefined, { id, sealed }: MessageRow): MessageSecret | null =>
  key ? (JSON.parse(unseal(key.bytes, sealed, boundTo(id)).toString()) as MessageSecret) : null;

interface Step {
  readonly message: MessageRow;
  readonly open: readonly Obligation[];
  readonly verdict: Verdict<MessageProcess>;
  readonly key: DataKey | null;
}

async function begin(ctx: Ctx, id: Id, command: MessageCommand): Promise<Step> {
  await holdAreaMessage(ctx, id);
  const message = await requireMessage(ctx, id);
  const open = (await holdObligationsOf(ctx, id)).filter(isOpen);
  const facts = factsOf(message, open);
  const problem = channelProblems['area_message.not_allowed'];
  const verdict = decide(messageTable, facts, command, workflowActor(ctx.actor), problem);
  return { message, open, verdict, key: await openDataKey(ctx, message.keyId) };
}

export const factsOf = ({ status, unverified, scopeNo }: MessageRow, open: readonly Obligation[]): Facts => ({
  ...{ status, scopeNo, confidential: false, circle: [] },
  flags: new Set(unverified ? (['unverified'] as const) : []),
  duties: open,
});

interface Outcome {
  readonly change?: { readonly casefileId?: Id; readonly reason?: string };
  /** The duty to answer ends with it. */
  readonly settles?: boolean;
  readonly secret?: EntryBody;
}

/** Writes the row and the entry; whoever acts has also seen it. */
async function finish(
  ctx: Ctx,
  command: MessageCommand,
  step: Step,
  outcome: Outcome,
): Promise<{ messageId: Id; status: string }> {
  const { message, verdict, open, key } = step;
  const row = messageTable.rows[command];
  const { personId } = me(ctx);
  const duties = outcome.settles ? await actOnDuty(ctx, open, answerDuty, settleAt(ctx.now)) : [];
  const changed = {
    ...(verdict.to !== message.status && { status: verdict.to }),
    ...outcome.change,
    ...(row.lowers?.includes('unverified') && message.unverified && { unverified: false }),
  };
  updateAreaMessage(ctx, message.id, {
    ...changed,
    ...(message.seenAt === null && { seenAt: ctx.now, seenBy: personId }),
    ...(outcome.settles && { settledAt: ctx.now, settledBy: personId }),
  });
  record(ctx, {
    kind: row.entry,
    about: subjectOf(message),
    postId: verdict.postId ?? undefined,
    body: { ...changed, duties },
    ...(outcome.secret && key && { secret: { key, value: outcome.secret } }),
  });
  return { messageId: message.id, status: verdict.to };
}

type Done = Promise<{ messageId: Id; status: string }>;

/** Noted once; again is no fault and changes nothing. */
export async function see(ctx: Ctx, id: Id): Done {
  const step = await begin(ctx, id, 'see');
  const { message } = step;
  return message.seenAt === null ? finish(ctx, 'see', step, {}) : { messageId: id, status: message.status };
}

/** The writer reads it by their code; it goes out like every other message to a reporter. */
export async function answer(ctx: Ctx, id: Id, { words }: FormOf<'answer'>): Done {
  const step = await begin(ctx, id, 'answer');
  if (step.key === null) throw new Problem(channelProblems['area_message.forgotten']);
  return finish(ctx, 'answer', step, { settles: true, secret: { words } });
}

export async function setAside(ctx: Ctx, id: Id, { reason, words }: FormOf<'set_aside'>): Done {
  const step = await begin(ctx, id, 'set_aside');
  return finish(ctx, 'set_aside', step, { settles: true, change: { reason }, ...(words && { secret: { words } }) });
}

/**
 * By the same command as every report. It bears the id of the message: the writer's code now follows the case, and the
 * phone goes along without having been shown.
 */
export async function makeReport(ctx: Ctx, id: Id, form: FormOf<'report'>): Done {
  const step = await begin(ctx, id, 'report');
  const secret = openMessage(step.key, step.message);
  if (secret === null) throw new Problem(channelProblems['area_message.forgotten']);
  const contact = secret.phone === undefined ? {} : { contact: { phone: secret.phone } };
  const language = step.message.language === 'en' ? 'en' : 'zh';
  await reportCasefile(ctx, { ...form, ...contact, reportId: id, channel: 'area', language });
  return finish(ctx, 'report', step, { settles: true, change: { casefileId: form.casefileId } });
}

/** Reading a phone is an act with a reason, recorded; what is read is not stored in the answer. */
export async function readPhone(ctx: Ctx, id: Id, { reason }: FormOf<'read_contact'>): Done {
  const step = await begin(ctx, id, 'read_contact');
  return finish(ctx, 'read_contact', step, { secret: { reason } });
}

export async function phoneOf(ctx: Ctx, id: Id): Promise<{ phone: string }> {
  const message = await requireMessage(ctx, id);
  const phone = openMessage(await openDataKey(ctx, message.keyId), message)?.phone;
  if (phone === undefined) throw new Problem(channelProblems['area_message.no_phone']);
  return { phone };
}

/** Forgets whoever wrote a message that is no case; null: there is none by this code, or it has become a case. */
export async function forgetWriter(
  ctx: Ctx,
  grantee: Id,
  reason: ForgetReason,
): Promise<{ messageId: Id; keys: number } | null> {
  const message = await messageByGrantee(ctx, grantee);
  if (!message || message.status === 'reported') return null;
  const keys = await dataKeysOf(ctx, message.id);
  for (const key of keys) await destroyDataKey(ctx, key, reason);
  if (keys.length > 0)
    record(ctx, { kind: 'area_message.writer_forgotten', about: subjectOf(message), body: { reason, duties: [] } });
  return { messageId: message.id, keys: keys.length };
}
