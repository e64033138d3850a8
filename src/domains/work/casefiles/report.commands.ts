import { defineConstraints } from '../../../kernel/constraints.ts';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import { createDataKey } from '../../../kernel/data_key.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { granteeOfCode, trackingCodeOf } from '../../../kernel/tracking.ts';
import type { DutyAct, Grant } from '../obligations/index.ts';
import { type Standard, standardsOf } from '../standards/index.ts';
import type { CaseType } from '../standards/standard.model.ts';
import { casefileProblems, type OnTheSpotForm, type ReportForm, summaryOf } from './casefile.model.ts';
import { type CasefileChange, insertCasefile, insertReport, nextNumber } from './casefile.queries.ts';
import { duties } from './casefile.workflow.ts';
import { type Placed, putInPlace } from './place.commands.ts';
import { openDeskDuty, splitChange, subjectOf } from './step.commands.ts';

defineConstraints({ casefile_pkey: 'command.id_taken', report_pkey: 'command.id_taken' });

interface Begun {
  readonly id: Id;
  readonly scopeNo: number;
  readonly areaId: Id;
  readonly confidential: boolean;
  readonly urgent: boolean;
}

/**
 * Somebody says it. From here on a clock runs until whoever said it agrees that it is solved. `isCrowded`: their address
 * has sent more than its share; it is kept all the same.
 */
export async function reportCasefile(
  ctx: Ctx,
  form: ReportForm,
  isCrowded = false,
): Promise<{ casefileId: Id; reportId: Id; number: string }> {
  const [placed, standards, day] = await Promise.all([putInPlace(ctx, form.place), standardsOf(ctx), today(ctx)]);
  const standard = standards.at(ctx.now);
  const type = typeOf(standard, form.typeCode);
  const begun: Begun = {
    id: form.casefileId,
    areaId: placed.areaId,
    scopeNo: placed.scopeNo,
    confidential: form.confidential || type?.confidential === true,
    urgent: form.urgent || type?.urgent === true,
  };
  // What is urgent passes whoever it comes from.
  const unverified = isCrowded && !begun.urgent;
  const columns: CasefileChange = { status: 'reported', typeCode: type?.code ?? null, unverified };
  const number = await nextNumber(ctx, day);
  return writeReport(ctx, form, { begun, placed, columns, number }, (at, readers) =>
    openDeskDuty(ctx, begun, standard, 'register', duties.register, 'registrar', at, readers),
  );
}

/** An unknown kind is refused rather than ignored: with it the confidentiality of a dispute would be lost. */
function typeOf(standard: Standard, code: string | undefined): CaseType | undefined {
  if (code === undefined) return undefined;
  const type = standard.type(code);
  if (!type) throw new Problem(casefileProblems['casefile.no_such_type']);
  return type;
}

/**
 * The finder has settled it on the spot (自行处置); the community looks at it, since nobody checks their own work, and the
 * verifier where it was the community's head who did it.
 */
export async function reportHandledOnTheSpot(
  ctx: Ctx,
  form: OnTheSpotForm,
): Promise<{ casefileId: Id; reportId: Id; number: string }> {
  const [placed, standards, day] = await Promise.all([putInPlace(ctx, form.place), standardsOf(ctx), today(ctx)]);
  const standard = standards.at(ctx.now);
  const found = standard.condition(form.conditionCode);
  if (!found) throw new Problem(casefileProblems['casefile.no_such_condition']);
  const begun: Begun = {
    id: form.casefileId,
    areaId: placed.areaId,
    scopeNo: placed.scopeNo,
    confidential: found.type.confidential === true,
    urgent: false,
  };
  const columns: CasefileChange = {
    status: 'handled',
    selfHandled: true,
    typeCode: found.type.code,
    conditionCode: found.condition.code,
    standardVersion: standard.version,
    handledBy: ctx.actor.kind === 'account' ? ctx.actor.personId : null,
    registeredAt: ctx.now,
    dispatchedAt: ctx.occurredAt,
    handledAt: ctx.now,
  };
  const checker = postsOf(ctx.actor).some(({ role }) => role === 'community_head') ? 'verifier' : 'community_head';
  const number = await nextNumber(ctx, day);
  return writeReport(
    ctx,
    form,
    { begun, placed, columns, number },
    (at, readers) => openDeskDuty(ctx, begun, standard, 'verify', duties.verify, checker, at, readers),
    form.did,
  );
}

interface Writing {
  readonly begun: Begun;
  readonly placed: Placed;
  readonly columns: CasefileChange;
  readonly number: string;
}

async function writeReport(
  ctx: Ctx,
  form: ReportForm,
  { begun, placed, columns, number }: Writing,
  openFirstDuty: (at: Date, alsoRead: readonly Grant[]) => Promise<DutyAct>,
  did?: string,
): Promise<{ casefileId: Id; reportId: Id; number: string }> {
  const change: CasefileChange = {
    ...columns,
    ...placed.columns,
    number,
    urgent: begun.urgent,
    confidential: begun.confidential,
    summary: begun.confidential ? null : summaryOf(form.words),
    reportedAt: ctx.now,
    changedAt: ctx.now,
  };
  // Sent in this order on one connection: the rows first, then what points at them.
  insertCasefile(ctx, begun.id, change);
  const key = createDataKey(ctx, { kind: 'report', id: form.reportId });
  const grantee = granteeOfCode(ctx.keys, trackingCodeOf(ctx.keys, ctx.realm, form.reportId));
  const personId = ctx.actor.kind === 'account' ? ctx.actor.personId : null;
  const onBehalf = personId !== null && form.channel !== 'field';
  const secret: EntryBody = {
    words: form.words,
    ...(form.contact && { contact: { ...form.contact } as EntryBody }),
    ...(did !== undefined && { did }),
  };
  const { clear, hidden } = splitChange(change);
  insertReport(ctx, {
    id: form.reportId,
    casefileId: begun.id,
    channel: form.channel,
    grantee,
    personId,
    onBehalf,
    words: begun.confidential ? null : form.words,
    sealed: seal(key.bytes, JSON.stringify(secret), `report ${form.reportId}`),
    keyId: key.id,
    language: form.language,
    occurredAt: ctx.occurredAt,
    recordedAt: ctx.now,
  });
  const author = personId === null ? [] : [{ grantee: personId, ground: 'author' }];
  const duty = await openFirstDuty(ctx.now, [{ grantee, ground: 'code' }, ...author]);
  record(ctx, {
    kind: 'casefile.reported',
    about: subjectOf(begun),
    body: { change: clear, duties: [duty], reportId: form.reportId, channel: form.channel, onBehalf },
    secret: { key, value: { ...secret, change: hidden } },
  });
  return { casefileId: begun.id, reportId: form.reportId, number };
}
