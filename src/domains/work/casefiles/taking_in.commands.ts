import type { Ctx } from '../../../kernel/context.ts';
import { workflowActor } from '../../../kernel/context.ts';
import { createDataKeys, type DataKey } from '../../../kernel/data_key.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type DatedEntry, recordAll } from '../../../kernel/journal.ts';
import { granteeOfCode, trackingCodeOf } from '../../../kernel/tracking.ts';
import { decide } from '../../../kernel/workflow.ts';
import { type DatedGrant, insertGrants, type OpenedDuty, type OwedBy, openPastDuties } from '../obligations/index.ts';
import type { Stages } from '../standards/stages.model.ts';
import { stageOf } from '../standards/stages.model.ts';
import { blankFacts, type CasefileFacts, casefileProblems, type ReportForm, summaryOf } from './casefile.model.ts';
import type { CasefileChange } from './casefile.queries.ts';
import { type CasefileProcess, casefileTable, duties } from './casefile.workflow.ts';
import type { Placed } from './place.commands.ts';
import { splitChange, subjectOf } from './step.commands.ts';
import { insertCasefiles, insertReports, nextNumbers } from './taking_in.queries.ts';

/**
 * A case as another system tells of it. `handle`: it has been somebody's work there, until an instant and perhaps done;
 * `register`: it is a message that arrives now and waits for our own desk. No act is made up that the source lacks.
 */
export interface TakenIn {
  readonly form: ReportForm;
  readonly placed: Placed;
  readonly standardVersion: number | null;
  readonly stages: Stages;
  readonly duty: 'handle' | 'register';
  readonly owedBy: OwedBy;
  readonly openedAt: Date;
  /** The day of the opening where the source is, for the number. */
  readonly day: string;
  readonly until: Date | null;
  readonly closedAt: Date | null;
  /** What was written when it was closed; it stays inside. */
  readonly closingWords: string | null;
  /** For the entry: from which file it came. */
  readonly origin: { readonly batchId: Id; readonly source: string };
}

/** Takes many cases in at once, in sets; each has its report, its duty, its grants and its entries. */
export async function takeIn(ctx: Ctx, cases: readonly TakenIn[]): Promise<void> {
  if (cases.length === 0) return;
  const numbers = await nextNumbers(
    ctx,
    cases.map(({ day }) => day),
  );
  const begun = cases.map((one, i) => ({
    one,
    columns: columnsOf(ctx, one, numbers[i] ?? ''),
    ended: ending(ctx, one),
  }));
  insertCasefiles(
    ctx,
    begun.map(({ one, columns, ended }) => ({ ...columns, ...ended, id: one.form.casefileId })),
  );
  const keys = createDataKeys(
    ctx,
    cases.map(({ form }) => ({ kind: 'report', id: form.reportId })),
  );
  const opened = await openPastDuties(
    ctx,
    cases.map((one) => dutyOf(ctx, one)),
  );
  const made = begun.map((it, i): Made => ({ ...it, key: keys[i] as DataKey, duty: opened[i] as OpenedDuty }));
  const reports = made.map(({ one, key }) => reportOf(ctx, one, key));
  insertReports(ctx, reports);
  insertGrants(
    ctx,
    made.flatMap(({ one, duty }, i) => grantsOf(ctx, one, duty, reports[i]?.grantee ?? '')),
  );
  recordAll(ctx, made.flatMap(entriesOf));
}

interface Made {
  readonly one: TakenIn;
  readonly columns: CasefileChange;
  readonly ended: CasefileChange;
  readonly key: DataKey;
  readonly duty: OpenedDuty;
}

const bodyOf = ({ owedBy }: TakenIn): Id | null => (owedBy.kind === 'body' ? owedBy.id : null);

const firstStatus = { handle: 'handling', register: 'reported' } as const;

/** Every column that a case from a file can differ in, so that all rows of a set have the same. */
function columnsOf(ctx: Ctx, one: TakenIn, number: string): CasefileChange {
  const { form, placed, duty } = one;
  return {
    status: firstStatus[duty],
    typeCode: form.typeCode ?? null,
    standardVersion: one.standardVersion,
    lon: null,
    lat: null,
    cell: null,
    accuracyM: null,
    borderM: null,
    datum: null,
    sourceLon: null,
    sourceLat: null,
    ...placed.columns,
    number,
    imported: true,
    urgent: form.urgent,
    confidential: form.confidential,
    summary: form.confidential ? null : summaryOf(form.words),
    bodyId: bodyOf(one),
    reportedAt: arrivedAt(ctx, one),
    changedAt: arrivedAt(ctx, one),
    closedAt: null,
  };
}

/** What the closing changes, as the table says. */
function ending(ctx: Ctx, one: TakenIn): CasefileChange {
  if (one.closedAt === null) return {};
  const { to } = decide(
    casefileTable,
    factsOfNew(one),
    'settle_import',
    workflowActor(ctx.actor),
    casefileProblems['casefile.command_not_allowed'],
  );
  return { status: to, closedAt: one.closedAt, changedAt: changedAt(ctx, one) };
}

const arrivedAt = (ctx: Ctx, { duty, openedAt }: TakenIn): Date => (duty === 'register' ? ctx.now : openedAt);
const changedAt = (ctx: Ctx, one: TakenIn): Date =>
  one.closedAt === null ? arrivedAt(ctx, one) : later(one.openedAt, one.closedAt);
const later = (a: Date, b: Date): Date => (a > b ? a : b);

const factsOfNew = (one: TakenIn): CasefileFacts =>
  importedFacts(
    {
      status: firstStatus[one.duty],
      scopeNo: one.placed.scopeNo,
      confidential: one.form.confidential,
      flags: ['imported'],
    },
    false,
  );

/** As much as the rows of the table for imports look at. */
export const importedFacts = (
  file: Pick<CasefileFacts, 'status' | 'scopeNo' | 'confidential'> & {
    readonly flags: Iterable<CasefileProcess['flag']>;
  },
  touched: boolean,
): CasefileFacts => ({ ...blankFacts, ...file, flags: new Set(file.flags), touched });

const aboutOf = ({ form, placed }: TakenIn) =>
  subjectOf({ id: form.casefileId, scopeNo: placed.scopeNo, confidential: form.confidential });

/** What was late already when it came climbs to nobody; what arrives now has our own desk's time and ladder. */
function dutyOf(ctx: Ctx, one: TakenIn) {
  const { duty, owedBy, until, closedAt, form, stages } = one;
  const about = aboutOf(one);
  const openedAt = arrivedAt(ctx, one);
  if (duty === 'handle')
    return { duty: duties.handle, about, owedBy, limit: null, ladder: [], openedAt, until, settledAt: closedAt };
  const { limit, ladder } = stageOf(stages, form.urgent, 'register');
  return { duty: duties.register, about, owedBy, limit, ladder, openedAt, until: null, settledAt: null };
}

function reportOf(ctx: Ctx, { form, openedAt }: TakenIn, key: DataKey) {
  return {
    id: form.reportId,
    casefileId: form.casefileId,
    channel: form.channel,
    grantee: granteeOfCode(ctx.keys, trackingCodeOf(ctx.keys, ctx.realm, form.reportId)),
    words: form.confidential ? null : form.words,
    sealed: sealedWords(form.reportId, form.words, key),
    keyId: key.id,
    language: form.language,
    // Nobody stands behind it whom we could ask.
    wantsAnswer: false,
    occurredAt: openedAt,
    recordedAt: ctx.now,
  };
}

export const sealedWords = (reportId: Id, words: string, key: DataKey): Buffer =>
  seal(key.bytes, JSON.stringify({ words }), `report ${reportId}`);

function grantsOf(ctx: Ctx, one: TakenIn, { obligation }: OpenedDuty, code: Id): DatedGrant[] {
  const record = {
    recordKind: 'casefile',
    recordId: one.form.casefileId,
    recordChangedAt: changedAt(ctx, one),
  };
  return [
    { ...record, grantee: code, ground: 'code' },
    { ...record, grantee: obligation.owedBy, ground: 'duty' },
  ];
}

/** One entry for each act that the source tells of, dated as it says. */
function entriesOf({ one, columns, ended, key, duty }: Made): DatedEntry[] {
  const { form, origin, closedAt, closingWords, openedAt } = one;
  const about = aboutOf(one);
  const { clear, hidden } = splitChange(columns);
  const came: DatedEntry = {
    kind: 'casefile.imported',
    about,
    occurredAt: openedAt,
    body: { change: clear, duties: [duty.opened], reportId: form.reportId, channel: form.channel, ...origin },
    secret: { key, value: { words: form.words, change: hidden } },
  };
  if (closedAt === null) return [came];
  const change = splitChange(ended).clear;
  return [
    came,
    {
      kind: casefileTable.rows.settle_import.entry,
      about,
      occurredAt: closedAt,
      body: { change, duties: duty.settled === null ? [] : [duty.settled], ...origin },
      ...(closingWords !== null && { secret: { key, value: { words: closingWords } } }),
    },
  ];
}
