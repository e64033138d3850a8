import { later } from '../../../kernel/clock.ts';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { type DataKey, recordKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, type EntryValue, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { decide, flagsAfter, type Verdict } from '../../../kernel/workflow.ts';
import { type Role, requireDesk } from '../../land/staff/index.ts';
import {
  type DutyAct,
  type Grant,
  holdObligationsOf,
  isOpen,
  type Obligation,
  type OwedBy,
  obligationsOf,
  openDuty,
} from '../obligations/index.ts';
import { type Standard, type Standards, standardsOf } from '../standards/index.ts';
import { type StageName, stageOf } from '../standards/stages.model.ts';
import { type CasefileCommand, type CasefileFacts, casefileProblems, type Flag } from './casefile.model.ts';
import {
  type CasefileChange,
  type CasefileRow,
  dateGrants,
  type ExtraFacts,
  extraFacts,
  findCasefile,
  holdCasefile,
  noteLeft,
  updateCasefile,
} from './casefile.queries.ts';
import { type CasefileProcess, casefileTable } from './casefile.workflow.ts';

/** What every command on a case begins and ends with: lock, load the facts, ask the table — write, record. */
export interface Step {
  readonly command: CasefileCommand;
  readonly file: CasefileRow;
  readonly facts: CasefileFacts;
  readonly open: readonly Obligation[];
  readonly all: readonly Obligation[];
  readonly standard: Standard;
  readonly verdict: Verdict<CasefileProcess>;
  /** The instant of the step: never before the last change, however long the lock was waited for. */
  readonly at: Date;
}

export async function begin(ctx: Ctx, id: Id, command: CasefileCommand): Promise<Step> {
  // Sent in this order, in one trip: what is read was written by nobody after the lock.
  const [isHeld, file, loaded] = await Promise.all([
    holdCasefile(ctx, id),
    findCasefile(ctx, id),
    loadFacts(ctx, id, holdObligationsOf),
  ]);
  if (!isHeld || !file) throw new Problem(casefileProblems['casefile.not_found']);
  const { facts, all, standard } = factsFrom(ctx, file, loaded);
  const verdict = decide(
    casefileTable,
    facts,
    command,
    workflowActor(ctx.actor),
    casefileProblems['casefile.command_not_allowed'],
  );
  const open = all.filter(isOpen);
  return { command, file, facts, open, all, standard, verdict, at: later(ctx.now, file.changedAt) };
}

export async function requireCasefile(ctx: Ctx, id: Id): Promise<CasefileRow> {
  const file = await findCasefile(ctx, id);
  if (!file) throw new Problem(casefileProblems['casefile.not_found']);
  return file;
}

interface Loaded {
  readonly all: Obligation[];
  readonly extra: ExtraFacts;
  readonly standards: Standards;
}

async function loadFacts(ctx: Ctx, id: Id, duties: typeof obligationsOf): Promise<Loaded> {
  const [all, extra, standards] = await Promise.all([duties(ctx, id), extraFacts(ctx, id), standardsOf(ctx)]);
  return { all, extra, standards };
}

interface Known {
  readonly facts: CasefileFacts;
  readonly all: Obligation[];
  readonly standard: Standard;
}

export const factsOf = async (ctx: Ctx, file: CasefileRow): Promise<Known> =>
  factsFrom(ctx, file, await loadFacts(ctx, file.id, obligationsOf));

function factsFrom(ctx: Ctx, file: CasefileRow, { all, extra, standards }: Loaded): Known {
  // What is not on file yet is put there under the version of that day: it is the one whose conditions the desk is shown.
  const standard = file.standardVersion === null ? standards.at(ctx.now) : standards.version(file.standardVersion);
  const objectionMs = standard.stages.objectionDays * 86_400_000;
  const facts: CasefileFacts = {
    status: file.status,
    flags: flagsOf(file),
    scopeNo: file.scopeNo,
    confidential: file.confidential,
    duties: all.filter(isOpen),
    circle: extra.circle,
    round: file.round,
    mostRounds: standard.stages.mostRounds,
    handledBy: file.handledBy,
    foundBy: extra.foundBy,
    finderCodes: extra.finderCodes,
    evidence: file.conditionCode === null ? null : (standard.condition(file.conditionCode)?.condition.evidence ?? null),
    photosAfter: extra.photosAfter,
    objectionOpen: file.closedAt !== null && ctx.now.getTime() <= file.closedAt.getTime() + objectionMs,
    hasCondition: file.conditionCode !== null,
    hasCopies: extra.hasCopies,
    joinedCodes: extra.joinedCodes,
  };
  return { facts, all, standard };
}

const flagColumns = {
  checking: 'checking',
  returned: 'returned',
  suspended: 'suspended',
  escalated: 'escalated',
  supervised: 'supervised',
  joint: 'joint',
  reopened: 'reopened',
  confidential: 'confidential',
  urgent: 'urgent',
  self_handled: 'selfHandled',
  imported: 'imported',
  joined: 'joined',
  unverified: 'unverified',
  disclosed: 'disclosed',
} as const satisfies Record<Exclude<Flag, 'merged'>, keyof CasefileRow>;
const columnFlags = Object.entries(flagColumns) as [
  Exclude<Flag, 'merged'>,
  (typeof flagColumns)[Exclude<Flag, 'merged'>],
][];

export function flagsOf(file: CasefileRow): Set<Flag> {
  const raised: Flag[] = columnFlags.filter(([, column]) => file[column]).map(([flag]) => flag);
  return new Set(file.mergedInto === null ? raised : [...raised, 'merged']);
}

export interface Outcome {
  /** Columns that change besides status and flags. */
  readonly change?: CasefileChange;
  readonly duties?: readonly DutyAct[];
  /** More for the entry, nothing sensitive. */
  readonly body?: EntryBody;
  /** Words and other sensitive things; sealed under the case's key unless another is given. */
  readonly secret?: EntryBody | undefined;
  readonly secretKey?: DataKey;
}

/** Columns that may say something about a person: the journal holds them sealed. */
export const sensitive: ReadonlySet<string> = new Set([
  'summary',
  'placeWords',
  'publicText',
  'lon',
  'lat',
  'sourceLon',
  'sourceLat',
]);

export async function finish(
  ctx: Ctx,
  step: Omit<Step, 'standard'>,
  outcome: Outcome = {},
): Promise<{ casefileId: Id; status: string }> {
  const { file, verdict, at } = step;
  const flags = flagsAfter(casefileTable.rows[step.command], step.facts.flags);
  const flagChange = Object.fromEntries(
    columnFlags
      .filter(([flag]) => flags.has(flag) !== step.facts.flags.has(flag))
      .map(([flag, column]) => [column, flags.has(flag)]),
  );
  const statusChange = verdict.to === file.status ? {} : { status: verdict.to };
  const change: CasefileChange = { ...statusChange, ...flagChange, ...outcome.change, changedAt: at };
  const { clear, hidden } = splitChange(change);
  const value = { ...outcome.secret, ...(Object.keys(hidden).length > 0 && { change: hidden }) };
  const secret =
    Object.keys(value).length === 0
      ? {}
      : { secret: { key: outcome.secretKey ?? (await recordKey(ctx, subjectOf(file))), value } };
  updateCasefile(ctx, file.id, change);
  dateGrants(ctx, file.id, at);
  const entryId = record(ctx, {
    kind: casefileTable.rows[step.command].entry,
    about: subjectOf({ ...file, ...(change as Partial<CasefileRow>) }),
    postId: verdict.postId ?? undefined,
    body: { ...outcome.body, change: clear, duties: outcome.duties ?? [] },
    ...secret,
  });
  if (leavesArea(file, change)) noteLeft(ctx, file, entryId);
  return { casefileId: file.id, status: verdict.to };
}

const leavesArea = (file: CasefileRow, { scopeNo = file.scopeNo, confidential }: CasefileChange): boolean =>
  scopeNo !== file.scopeNo || (confidential === true && !file.confidential);

export function splitChange(change: CasefileChange): { clear: EntryBody; hidden: EntryBody } {
  const plain = Object.entries(change).map(
    ([column, value]) => [column, value instanceof Date ? value.toISOString() : (value as EntryValue)] as const,
  );
  return {
    clear: Object.fromEntries(plain.filter(([column]) => !sensitive.has(column))),
    hidden: Object.fromEntries(plain.filter(([column]) => sensitive.has(column))),
  };
}

export const subjectOf = (file: Pick<CasefileRow, 'id' | 'scopeNo' | 'confidential'>) => ({
  kind: 'casefile',
  id: file.id,
  scopeNo: file.scopeNo,
  confidential: file.confidential,
});

/** Opens the duty of one of our desks on a case, with that stage's limit. */
export async function openDeskDuty(
  ctx: Ctx,
  file: Pick<CasefileRow, 'id' | 'scopeNo' | 'confidential' | 'areaId' | 'urgent'>,
  standard: Standard,
  stage: StageName,
  duty: string,
  role: Role,
  at: Date,
  alsoRead?: readonly Grant[],
): Promise<DutyAct> {
  const desk = await requireDesk(ctx, file.areaId, role);
  const { limit, ladder } = stageOf(standard.stages, file.urgent, stage);
  const owedBy: OwedBy = { kind: 'post', id: desk.id };
  const { act } = await openDuty(ctx, { duty, about: subjectOf(file), owedBy, limit, ladder, alsoRead }, at);
  return act;
}

export async function openStageDuty(
  ctx: Ctx,
  file: Pick<CasefileRow, 'id' | 'scopeNo' | 'confidential' | 'urgent'>,
  standard: Standard,
  stage: StageName,
  duty: string,
  owedBy: OwedBy,
  at: Date,
  calendarId?: Id,
): Promise<DutyAct> {
  const { limit, ladder } = stageOf(standard.stages, file.urgent, stage);
  const { act } = await openDuty(ctx, { duty, about: subjectOf(file), owedBy, limit, ladder, calendarId }, at);
  return act;
}
