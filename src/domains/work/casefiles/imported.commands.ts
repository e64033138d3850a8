import { later } from '../../../kernel/clock.ts';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import type { EntryBody } from '../../../kernel/journal.ts';
import type { Words } from '../../../kernel/words.ts';
import { consider, isVerdict, refusalWords } from '../../../kernel/workflow.ts';
import {
  actOnDuty,
  type DutyAct,
  grantTo,
  isOpen,
  obligationsOf,
  openPastDuties,
  settleAt,
  withdrawAt,
} from '../obligations/index.ts';
import { type CasefileCommand, summaryOf } from './casefile.model.ts';
import { type CasefileChange, type CasefileRow, reportsBehind } from './casefile.queries.ts';
import { casefileTable, duties } from './casefile.workflow.ts';
import { finish, flagsOf, type Step, subjectOf } from './step.commands.ts';
import { importedFacts, sealedWords, type TakenIn } from './taking_in.commands.ts';
import { amendReport, type HeldImport, holdImported, lookAtImported } from './taking_in.queries.ts';

/** What a source says later of a case that came from it, and the taking back of a file. */
export type FromSource = 'settle_import' | 'amend_import' | 'withdraw_import';

export interface Withdrawn {
  readonly id: Id;
  /** Null: confidential, its number is for its circle. */
  readonly number: string | null;
  /** Why it stays; null: it was withdrawn. */
  readonly stays: Words | null;
}

/** What `withdrawImported` would do now, without doing it. */
export async function wouldWithdraw(ctx: Ctx, ids: readonly Id[]): Promise<Withdrawn[]> {
  return (await lookAtImported(ctx, ids)).map((held) => {
    const ruled = rule(ctx, held, 'withdraw_import');
    return { ...named(held), stays: 'refused' in ruled ? ruled.refused : null };
  });
}

/** Takes back what came with a file. What somebody here has worked on since stays, and is told. */
export async function withdrawImported(ctx: Ctx, ids: readonly Id[], batchId: Id): Promise<Withdrawn[]> {
  const withdrawn: Withdrawn[] = [];
  for (const held of await holdImported(ctx, ids)) {
    const told = named(held);
    const step = await stepOf(ctx, held, 'withdraw_import');
    if ('refused' in step) {
      withdrawn.push({ ...told, stays: step.refused });
      continue;
    }
    const acts: DutyAct[] = [];
    for (const duty of new Set(step.open.map((owed) => owed.duty)))
      acts.push(...(await actOnDuty(ctx, step.open, duty, withdrawAt(step.at))));
    await finish(ctx, step, { change: { outcome: 'import_withdrawn' }, duties: acts, body: { batchId } });
    withdrawn.push({ ...told, stays: null });
  }
  return withdrawn;
}

const named = ({ file: { id, number, confidential } }: HeldImport): Pick<Withdrawn, 'id' | 'number'> => ({
  id,
  number: confidential ? null : number,
});

/** What changed at the source, one case: its words, kind, place, deadline or body, and that it was closed. */
export async function amendImported(ctx: Ctx, id: Id, now: TakenIn): Promise<Words | null> {
  const [held] = await holdImported(ctx, [id]);
  if (!held) return goneWords;
  const wasClosed = held.file.closedAt !== null;
  if (wasClosed && now.closedAt?.getTime() !== held.file.closedAt?.getTime()) return closedWords;
  const step = await stepOf(ctx, held, 'amend_import');
  if ('refused' in step) return step.refused;
  const moved = wasClosed ? [] : await dutyAnew(ctx, step, now);
  const words = await amendWords(ctx, id, now);
  await finish(ctx, step, { change: amended(held.file, now), duties: moved, body: { ...now.origin }, ...words });
  return wasClosed || now.closedAt === null ? null : settle(ctx, id, now, now.closedAt);
}

async function settle(ctx: Ctx, id: Id, now: TakenIn, closedAt: Date): Promise<Words | null> {
  const [held] = await holdImported(ctx, [id]);
  const step = held && (await stepOf(ctx, held, 'settle_import'));
  if (!step) return goneWords;
  if ('refused' in step) return step.refused;
  const settled = await actOnDuty(ctx, step.open, duties.handle, settleAt(closedAt));
  const report = await reportKey(ctx, id);
  // The entry is dated as the source says; the change of the row is of today.
  await finish({ ...ctx, occurredAt: closedAt }, step, {
    change: { closedAt },
    duties: settled,
    body: { ...now.origin },
    ...(now.closingWords !== null && {
      secret: { words: now.closingWords },
      ...(report.key && { secretKey: report.key }),
    }),
  });
  return null;
}

const goneWords: Words = { zh: '找不到这个案卷', en: 'the case cannot be found' };
const closedWords: Words = {
  zh: '已按来源办结，来源又改了办结时间或重新打开：不自动改动',
  en: 'it was ended as the source said, and the source now dates that otherwise or reopened it: not taken over',
};

type Refused = { readonly refused: Words };

async function stepOf(ctx: Ctx, held: HeldImport, command: FromSource): Promise<Omit<Step, 'standard'> | Refused> {
  const { file } = held;
  const ruled = rule(ctx, held, command);
  if ('refused' in ruled) return ruled;
  const all = await obligationsOf(ctx, file.id);
  return { command, file, ...ruled, open: all.filter(isOpen), all, at: later(ctx.now, file.changedAt) };
}

function rule(ctx: Ctx, { file, touched }: HeldImport, command: FromSource): Pick<Step, 'facts' | 'verdict'> | Refused {
  const facts = importedFacts({ ...file, flags: flagsOf(file) }, touched);
  const verdict = consider(casefileTable, facts, command satisfies CasefileCommand, workflowActor(ctx.actor));
  if (!isVerdict(verdict)) return { refused: refusalWords(casefileTable, facts, command, verdict) };
  return { facts, verdict };
}

/** Another deadline or another body: the duty that runs is withdrawn and one opened as the source has it now. */
async function dutyAnew(ctx: Ctx, step: Omit<Step, 'standard'>, now: TakenIn): Promise<DutyAct[]> {
  const [owed] = step.open.filter(({ duty }) => duty === duties.handle);
  if (!owed || now.duty !== 'handle') return [];
  const isSame = owed.dueAt?.getTime() === now.until?.getTime() && owed.owedBy === now.owedBy.id;
  if (isSame) return [];
  const withdrawn = await actOnDuty(ctx, step.open, duties.handle, withdrawAt(step.at));
  const about = subjectOf(step.file);
  const { owedBy, openedAt, until } = now;
  const past = { duty: duties.handle, about, owedBy, limit: null, ladder: [], openedAt, until, settledAt: null };
  const opened = await openPastDuties(ctx, [past]);
  grantTo(ctx, about, [{ grantee: owedBy.id, ground: 'duty' }], step.at);
  return [...withdrawn, ...opened.map((one) => one.opened)];
}

/** What is another now; what is the same is not told again. */
function amended(file: CasefileRow, { form, placed, owedBy, standardVersion }: TakenIn): CasefileChange {
  const now = {
    ...placed.columns,
    typeCode: form.typeCode ?? null,
    standardVersion,
    summary: form.confidential ? null : summaryOf(form.words),
    bodyId: owedBy.kind === 'body' ? owedBy.id : null,
  };
  return Object.fromEntries(
    Object.entries(now).filter(([column, value]) => file[column as keyof CasefileRow] !== value),
  );
}

async function reportKey(ctx: Ctx, casefileId: Id) {
  const [report] = await reportsBehind(ctx, casefileId);
  return { report, key: report?.keyId == null ? null : await openDataKey(ctx, report.keyId) };
}

/** The report says what the source says now; what it said before lies sealed in the entry that brought it. */
async function amendWords(
  ctx: Ctx,
  casefileId: Id,
  { form }: TakenIn,
): Promise<{ secret?: EntryBody; secretKey?: NonNullable<Awaited<ReturnType<typeof openDataKey>>> }> {
  const { report, key } = await reportKey(ctx, casefileId);
  if (!report || !key || report.words === form.words) return key ? { secretKey: key } : {};
  amendReport(ctx, report.id, {
    words: form.confidential ? null : form.words,
    sealed: sealedWords(report.id, form.words, key),
  });
  return { secret: { words: form.words }, secretKey: key };
}
