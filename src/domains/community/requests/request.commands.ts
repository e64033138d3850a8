import type { Updateable } from 'kysely';
import type { z } from 'zod';
import { defineConstraints } from '../../../kernel/constraints.ts';
import { type Ctx, isIn, postsOf, type Seat, workflowActor } from '../../../kernel/context.ts';
import { createDataKey, type DataKey, openDataKey } from '../../../kernel/data_key.ts';
import type { PersonRequest } from '../../../kernel/db.generated.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { decide, type Verdict } from '../../../kernel/workflow.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../land/areas/index.ts';
import { requireRecord } from '../../land/registry/index.ts';
import { deskFor, directoryOf } from '../../land/staff/index.ts';
import {
  actOnDuty,
  type DutyAct,
  holdObligationsOf,
  isOpen,
  type Obligation,
  openDuty,
  settleAt,
  withdrawAt,
} from '../../work/obligations/index.ts';
import { standardsOf } from '../../work/standards/index.ts';
import { apartStage } from '../../work/standards/stages.model.ts';
import {
  type Facts,
  type FormOf,
  type RequestCommand,
  requestDesk,
  requestProblems,
  wishes,
  type writeForm,
} from './request.model.ts';
import { findRequest, holdRequest, insertRequest, type RequestRow, saveRequest } from './request.queries.ts';
import { answerDuty, confirmDuty, type RequestProcess, requestTable } from './request.workflow.ts';

defineConstraints({ person_request_confirmed_by_another: 'person_request.confirmed_by_same' });

/** Who asked for what in which words; the number of a document is in none of it. */
export interface RequestSecret {
  readonly name: string;
  readonly asker?: string | undefined;
  readonly document: z.output<typeof writeForm>['document'];
  readonly words: string;
  readonly contact?: string | undefined;
}
export const boundToRequest = (id: Id): string => `person request ${id}`;

/** Null: it is not kept any more. */
export const openRequest = (key: DataKey | null | undefined, { id, sealed }: RequestRow): RequestSecret | null =>
  key && sealed ? (JSON.parse(unseal(key.bytes, sealed, boundToRequest(id)).toString()) as RequestSecret) : null;

export const subjectOf = ({ id, scopeNo }: Pick<RequestRow, 'id' | 'scopeNo'>) => ({
  ...{ kind: 'person_request', id, scopeNo, confidential: false },
});

/** Written down at the desk; from this moment on somebody owes the answer. */
export async function writeRequest(ctx: Ctx, form: z.output<typeof writeForm>): Promise<{ requestId: Id }> {
  const area = await areaOf(ctx, form);
  const seat = postsOf(ctx.actor).find((one) => isDesk(one) && isIn(one, area.no));
  if (!seat) throw new Problem(requestProblems['person_request.not_here']);
  if (form.askedBy !== 'self' && !form.asker) throw new Problem(requestProblems['person_request.wrong'], {}, [noAsker]);
  const id = ctx.ids.newId();
  const key = createDataKey(ctx, { kind: 'person_request', id });
  const { wanted, askedBy, recordId, name, asker, document, words, contact } = form;
  const secret: RequestSecret = { name, document, words, ...(asker && { asker }), ...(contact && { contact }) };
  const written = { wanted, askedBy, recordId, status: 'open' } as const;
  insertRequest(ctx, {
    ...{ id, areaId: area.id, scopeNo: area.no, ...written },
    ...{ keyId: key.id, sealed: seal(key.bytes, JSON.stringify(secret), boundToRequest(id)) },
    ...{ personId: me(ctx).personId, postId: seat.id, writtenAt: ctx.now },
  });
  const duty = await openAnswer(ctx, { id, scopeNo: area.no }, area, wanted, seat);
  record(ctx, {
    kind: 'person_request.written',
    about: subjectOf({ id, scopeNo: area.no }),
    postId: seat.id,
    body: { areaId: area.id, ...written, duties: [duty] },
    secret: { key, value: { ...secret } },
  });
  return { requestId: id };
}

const isDesk = ({ role }: Seat): boolean => (requestDesk as readonly string[]).includes(role);
const noAsker: FieldFault = { path: 'asker', says: { zh: '请写来的人的姓名', en: 'write who came' } };
const noArea: FieldFault = { path: 'areaId', says: { zh: '请选是哪个地方的', en: 'choose the area' } };

/** Where the record lies today; where there is none, the area of whoever took it. */
async function areaOf(ctx: Ctx, { recordId, areaId }: z.output<typeof writeForm>): Promise<Area> {
  if (recordId === null && areaId === null) throw new Problem(requestProblems['person_request.wrong'], {}, [noArea]);
  if (recordId === null) return requireArea(ctx, areaId ?? '');
  const { row } = await requireRecord(ctx, recordId);
  return (await atlasOf(ctx)).areaOf(row) ?? requireArea(ctx, row.areaId);
}

/** The head of the community owes it; where nobody holds that post, whoever keeps the ledgers of the township. */
async function openAnswer(
  ctx: Ctx,
  request: Pick<RequestRow, 'id' | 'scopeNo'>,
  area: Area,
  wanted: RequestRow['wanted'],
  taker: Seat,
): Promise<DutyAct> {
  const [directory, atlas, standards] = await Promise.all([directoryOf(ctx), atlasOf(ctx), standardsOf(ctx)]);
  const desks = requestDesk.flatMap((role) => deskFor(directory, atlas, area.id, role) ?? []);
  const postId = desks.find(({ held }) => held)?.id ?? taker.id;
  const { limit, ladder } = apartStage(standards.at(ctx.now).stages, 'personRequest');
  const title = `个人信息请求 · ${wishes[wanted].zh} · ${area.name}`;
  const owedBy = { kind: 'post', id: postId } as const;
  return (await openDuty(ctx, { duty: answerDuty, about: subjectOf(request), owedBy, limit, ladder, title })).act;
}

export async function requireRequest(ctx: Ctx, id: Id): Promise<RequestRow> {
  const request = await findRequest(ctx, id);
  if (!request) throw new Problem(requestProblems['person_request.not_found']);
  return request;
}

export const factsOf = (
  { status, scopeNo, wanted, recordId, shownAt, proposedBy }: RequestRow,
  open: readonly Obligation[],
): Facts => ({
  ...{ status, scopeNo, confidential: false, circle: [], flags: new Set<never>(), duties: open },
  ...{ wanted, hasRecord: recordId !== null, wasShown: shownAt !== null, proposedBy },
});

export interface Step {
  readonly request: RequestRow;
  readonly open: readonly Obligation[];
  readonly verdict: Verdict<RequestProcess>;
  readonly key: DataKey | null;
}

export async function begin(ctx: Ctx, id: Id, command: RequestCommand): Promise<Step> {
  await requireRequest(ctx, id);
  await holdRequest(ctx, id);
  const request = await requireRequest(ctx, id);
  const open = (await holdObligationsOf(ctx, id)).filter(isOpen);
  const problem = requestProblems['person_request.not_allowed'];
  const verdict = decide(requestTable, factsOf(request, open), command, workflowActor(ctx.actor), problem);
  return { request, open, verdict, key: await openDataKey(ctx, request.keyId) };
}

interface Outcome {
  readonly change?: Updateable<PersonRequest>;
  readonly body?: EntryBody;
  readonly duties?: readonly DutyAct[];
  readonly words?: string | undefined;
}

export type Done = Promise<{ requestId: Id; status: string }>;

const closing: readonly string[] = ['answered', 'refused', 'withdrawn'];

/** Writes the row and the entry; told, refused or withdrawn, it owes nobody anything any more. */
export async function finish(ctx: Ctx, command: RequestCommand, step: Step, outcome: Outcome = {}): Done {
  const { request, verdict, open, key } = step;
  const isClosed = closing.includes(verdict.to);
  const ended = isClosed
    ? [
        ...(await actOnDuty(ctx, open, answerDuty, settleAt(ctx.now))),
        ...(await actOnDuty(ctx, open, confirmDuty, withdrawAt(ctx.now))),
      ]
    : [];
  const status = verdict.to === request.status ? {} : { status: verdict.to };
  const change = {
    ...status,
    ...(isClosed && { closedBy: me(ctx).personId, closedAt: ctx.now }),
    ...outcome.change,
  };
  if (Object.keys(change).length > 0) saveRequest(ctx, request.id, change);
  record(ctx, {
    kind: requestTable.rows[command].entry,
    about: subjectOf(request),
    postId: verdict.postId ?? undefined,
    body: { ...status, ...outcome.body, duties: [...(outcome.duties ?? []), ...ended] },
    ...(outcome.words && key && { secret: { key, value: { words: outcome.words } } }),
  });
  return { requestId: request.id, status: verdict.to };
}

/** Found later, or another one than was meant at first. */
export async function nameRecord(ctx: Ctx, id: Id, { recordId }: FormOf<'name_record'>): Done {
  const step = await begin(ctx, id, 'name_record');
  const { row } = await requireRecord(ctx, recordId);
  // What was opened of another record was not opened of this one.
  return finish(ctx, 'name_record', step, { change: { recordId: row.id, shownAt: null }, body: { recordId: row.id } });
}

export async function answer(ctx: Ctx, id: Id, { told, words }: FormOf<'answer'>): Done {
  return finish(ctx, 'answer', await begin(ctx, id, 'answer'), { body: { told }, words });
}

export async function handOver(ctx: Ctx, id: Id, { told, words }: FormOf<'hand_over'>): Done {
  return finish(ctx, 'hand_over', await begin(ctx, id, 'hand_over'), { body: { told }, words });
}

export async function nothingKept(ctx: Ctx, id: Id, { told, words }: FormOf<'nothing_kept'>): Done {
  return finish(ctx, 'nothing_kept', await begin(ctx, id, 'nothing_kept'), { body: { told }, words });
}

/** With a reason (第50条), and how the person was told of it and of where to complain. */
export async function refuse(ctx: Ctx, id: Id, { reason, told, words }: FormOf<'refuse'>): Done {
  const step = await begin(ctx, id, 'refuse');
  return finish(ctx, 'refuse', step, { change: { reason }, body: { reason, told }, words });
}

export async function withdraw(ctx: Ctx, id: Id, { words }: FormOf<'withdraw'>): Done {
  return finish(ctx, 'withdraw', await begin(ctx, id, 'withdraw'), { words });
}
