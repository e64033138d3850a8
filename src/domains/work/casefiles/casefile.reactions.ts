import type { Ctx } from '../../../kernel/context.ts';
import { openDataKeys } from '../../../kernel/data_key.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { openSecrets } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import { realmOf } from '../../../kernel/realm.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { type Sweep, sweepEach } from '../../../kernel/sweep.ts';
import type { FillParams, Words } from '../../../kernel/words.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { type TextCode, tell } from '../../telling/messages/index.ts';
import { dayAndTimeWords } from '../calendars/index.ts';
import { dutyWords, movedIn, type Obligation, obligationsOf } from '../obligations/index.ts';
import { standardsOf } from '../standards/index.ts';
import { answers, declineOutcomes, importOutcomes, outcomes } from './casefile.model.ts';
import { answersDue, type CasefileRow, extraFacts, findCasefile, reportsBehind } from './casefile.queries.ts';
import { duties } from './casefile.workflow.ts';
import { lapse } from './closing.commands.ts';
import { merge } from './merging.commands.ts';
import { begin, finish, subjectOf } from './step.commands.ts';
import { urgingReaction } from './urging.reactions.ts';

/** What follows from a step of a case: whoever reported it hears of every stage, and the clock takes its own steps. */
const toldOf: Readonly<Record<string, TextCode>> = {
  'casefile.reported': 'casefile.received',
  'casefile.check_ordered': 'casefile.being_checked',
  'casefile.registered': 'casefile.registered',
  'casefile.declined': 'casefile.declined',
  'casefile.dispatched': 'casefile.dispatched',
  'casefile.acknowledged': 'casefile.acknowledged',
  'casefile.sent_back': 'casefile.sent_back',
  'casefile.fed_back': 'casefile.fed_back',
  'casefile.reworked': 'casefile.reworked',
  'casefile.verified': 'casefile.verified',
  'casefile.closed': 'casefile.closed',
  'casefile.objected': 'casefile.objected',
  'casefile.contested': 'casefile.contested',
  'casefile.answered': 'casefile.answered',
  'casefile.lapsed': 'casefile.lapsed',
  'casefile.merged': 'casefile.merged',
  'casefile.unmerged': 'casefile.unmerged',
  'casefile.suspended': 'casefile.suspended',
  'casefile.resumed': 'casefile.resumed',
  'casefile.said': 'casefile.said',
  'casefile.disclosed': 'casefile.disclosed',
};

async function tellReporters(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const code = toldOf[entry.kind];
  const [file, duties, words, reports] = await Promise.all([
    findCasefile(ctx, entry.recordId),
    obligationsOf(ctx, entry.recordId),
    wordsFor(ctx, entry),
    reportsBehind(ctx, entry.recordId),
  ]);
  if (!file || !code) return;
  const params = await paramsOf(ctx, file, duties, entry);
  const keys =
    words === undefined
      ? new Map()
      : await openDataKeys(
          ctx,
          reports.flatMap(({ keyId }) => keyId ?? []),
        );
  // What a desk writes to whoever reported is not for those who came along by saying that it is the same.
  const aside = entry.kind === 'casefile.said' ? (await extraFacts(ctx, file.id)).joinedCodes : [];
  // What was released is one reporter's; those who came along by a merge said something else.
  const isMeant = ({ id, grantee }: (typeof reports)[number]): boolean =>
    !aside.includes(grantee) && (entry.kind !== 'casefile.disclosed' || entry.body.reportId === id);
  for (const { grantee, keyId } of reports.filter(isMeant)) {
    const key = keys.get(keyId ?? '') ?? null;
    await tell(ctx, { about: subjectOf(file), to: { kind: 'reporter', id: grantee }, code, params, words, key });
  }
}

/** The public text of a closing or refusal, and a message meant for the reporter; nothing else that was written inside. */
async function wordsFor(ctx: Ctx, entry: PositionedEntry): Promise<string | undefined> {
  if (!['casefile.closed', 'casefile.declined', 'casefile.said'].includes(entry.kind)) return undefined;
  const secret = (await openSecrets(ctx, [entry])).get(entry.id) as
    | { words?: string; change?: { publicText?: string } }
    | undefined;
  return entry.kind === 'casefile.said' ? secret?.words : secret?.change?.publicText;
}

async function paramsOf(
  ctx: Ctx,
  file: CasefileRow,
  owed: readonly Obligation[],
  entry: PositionedEntry,
): Promise<FillParams> {
  const [directory, standards, due] = await Promise.all([
    directoryOf(ctx),
    standardsOf(ctx),
    dueWords(ctx, owed, entry),
  ]);
  const { body } = entry;
  const otherId = body.intoId ?? body.fromId;
  const other = otherId === undefined ? file : await findCasefile(ctx, String(otherId));
  const allOutcomes: Readonly<Record<string, Words>> = { ...outcomes, ...declineOutcomes, ...importOutcomes };
  const allAnswers: Readonly<Record<string, Words>> = answers;
  return {
    number: other?.number ?? file.number,
    body: directory.body(String(body.bodyId ?? file.bodyId ?? ''))?.name ?? {
      zh: '承办单位',
      en: 'the body in charge',
    },
    outcome: allOutcomes[String(body.outcome)] ?? '',
    answer: allAnswers[String(body.answer)] ?? '',
    round: file.round,
    days: (file.standardVersion === null ? standards.at(file.reportedAt) : standards.version(file.standardVersion))
      .stages.objectionDays,
    desk: { zh: '受理岗', en: 'The registrar' },
    due,
  };
}

/** Of which duties whoever reported was told the date. */
const isPromised = (duty: string): boolean => duty === duties.handle || duty === duties.register;

/** The deadline of the duty that the step started, in the realm's own time. */
async function dueWords(ctx: Ctx, all: readonly Obligation[], entry: PositionedEntry): Promise<Words | string> {
  const started = new Set(
    (entry.body.duties as readonly { act: string; id: string }[])
      .filter(({ act }) => act === 'open' || act === 'resume')
      .map(({ id }) => id),
  );
  const owed = all.find(({ id, duty }) => started.has(id) && isPromised(duty));
  if (!owed?.dueAt) return '';
  return dayAndTimeWords(owed.dueAt, (await realmOf(ctx)).zone);
}

/** A date that was promised moved with the calendar: whoever waits for it hears until when, and why. */
async function tellMoved(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const moved = movedIn(entry.body);
  if (entry.recordKind !== 'casefile' || !moved || !isPromised(moved.duty)) return;
  const [file, reports, { zone }] = await Promise.all([
    findCasefile(ctx, entry.recordId),
    reportsBehind(ctx, entry.recordId),
    realmOf(ctx),
  ]);
  if (!file) return;
  const params = {
    duty: dutyWords(moved.duty),
    was: dayAndTimeWords(moved.was, zone),
    due: dayAndTimeWords(moved.due, zone),
    because: moved.because,
  };
  for (const { grantee } of reports)
    await tell(ctx, {
      about: subjectOf(file),
      to: { kind: 'reporter', id: grantee },
      code: 'casefile.due_moved',
      params,
    });
}

/** A rung above the owner marks the case; whoever was told finds it among what was escalated to them. */
async function markEscalated(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  if (entry.recordKind !== 'casefile' || entry.body.tell === 'owner') return;
  await bySystem(ctx, entry, 'escalate');
}

async function markResting(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  if (entry.recordKind !== 'casefile' || entry.body.kind !== 'suspension') return;
  await bySystem(ctx, entry, 'rest');
}

async function markWoken(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  if (entry.recordKind === 'casefile') await bySystem(ctx, entry, 'wake');
}

/** The earlier one may be done by now, or merged itself: then this one goes its own way. */
async function joinThem(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  try {
    await merge(ctx, entry.recordId, { intoId: String(entry.body.intoId) });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** The case may have moved on since: then there is nothing left to mark. */
async function bySystem(ctx: Ctx, entry: PositionedEntry, command: 'escalate' | 'rest' | 'wake'): Promise<void> {
  try {
    await finish(ctx, await begin(ctx, entry.recordId, command));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

export const casefileReactions: readonly Reaction[] = [
  { name: 'casefile: tell reporters', on: Object.keys(toldOf), react: tellReporters },
  urgingReaction,
  { name: 'casefile: tell of a moved date', on: ['obligation.recounted'], react: tellMoved },
  { name: 'casefile: join what is the same', on: ['casefile.join_asked'], react: joinThem },
  { name: 'casefile: mark escalated', on: ['obligation.climbed'], react: markEscalated },
  { name: 'casefile: mark resting', on: ['adjustment.granted'], react: markResting },
  { name: 'casefile: mark woken', on: ['obligation.woken'], react: markWoken },
];

/** Whoever was asked and did not answer in time: the case is filed as unanswered, which is never counted as satisfied. */
export const casefileSweeps: readonly Sweep[] = [
  sweepEach({
    name: 'casefile: lapse unanswered',
    find: answersDue,
    command: ({ id }) => ({ id: derivedId('lapse', id), input: { id } }),
    deal: async (ctx, { recordId }) => {
      await lapse(ctx, recordId, {});
    },
  }),
];
