import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { type Area, atlasOf, requireArea } from '../../land/areas/index.ts';
import type { Answers, Question } from '../../land/registry/forms/form.model.ts';
import {
  type Asked,
  askOut,
  type Followed,
  maskedAmong,
  recordsOpened,
  requireForm,
} from '../../land/registry/index.ts';
import { calledIn, ledgerNamed, metIn } from '../../land/registry/ledgers.model.ts';
import { namesOf } from '../../land/staff/index.ts';
import { answerWords } from './answer.model.ts';
import { type SaidRow, visitsToAll } from './answers.queries.ts';
import { heardAt, standing } from './answers.views.ts';
import { type CampaignRow, listTargets } from './campaign.queries.ts';
import { requireReadable } from './campaign.views.ts';
import { isFinal, type Result, resultWordsOf } from './result.model.ts';

/** Everybody on the list of a campaign with what came of each round, to be taken out as a workbook. */
export interface AnswersAsked {
  readonly campaign: CampaignRow;
  readonly area: Area;
  readonly asked: Asked;
  readonly questions: readonly Question[];
  /** Fields of people that stand in it in full. */
  readonly inFull: readonly string[];
}

export interface AnsweredRound {
  readonly name: string;
  readonly home: string;
  readonly place: string;
  readonly round: number;
  readonly result: string;
  readonly absences: number;
  readonly by: string;
  readonly on: string | null;
  /** By question, as it is shown. */
  readonly said: Readonly<Record<string, string>>;
}

/** Whoever reads all of the area, as with a ledger; numbers in full only whoever keeps it, with a reason. */
export async function askAnswers(
  ctx: Ctx,
  id: Id,
  { areaId, reason }: { readonly areaId?: Id | undefined; readonly reason?: string | undefined },
): Promise<AnswersAsked> {
  const campaign = await requireReadable(ctx, id);
  const area = areaId === undefined ? await areaOf(ctx, campaign) : await requireArea(ctx, areaId);
  const asked = await askOut(ctx, area.id, reason);
  const form = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const questions = form.questions.filter(({ widget }) => widget !== 'note');
  const fields = questions.flatMap(({ field, of = [] }) => [field ?? null, ...of.map((one) => one.field ?? null)]);
  return { campaign, area, asked, questions, inFull: asked.inFull ? maskedAmong(fields) : [] };
}

async function areaOf(ctx: Ctx, campaign: CampaignRow): Promise<Area> {
  return (await atlasOf(ctx)).areaOf(campaign) ?? requireArea(ctx, campaign.areaId);
}

/** Targets that are opened in one transaction. */
const PART = 300;

export async function answersPart(
  ctx: Ctx,
  given: AnswersAsked,
  after: Id | null,
): Promise<{ rows: AnsweredRound[]; next: Id | null }> {
  const { campaign, area } = given;
  const targets = await listTargets(ctx, campaign, { span: area, only: 'all', after, most: PART });
  const visits = await visitsToAll(
    ctx,
    targets.map(({ id }) => id),
  );
  const records = await recordsOpened(
    ctx,
    [...targets, ...visits].flatMap(({ recordId }) => recordId ?? []),
  );
  const [atlas, { zone }] = [await atlasOf(ctx), await realmOf(ctx)];
  const names = await namesOf(
    ctx,
    visits.map(({ personId }) => personId),
  );
  const rows = targets.flatMap((target) => {
    const own = visits.filter(({ ofTarget }) => ofTarget === target.id);
    const record = records.get(target.recordId ?? '');
    const about = { ...calledBy(campaign, record), place: atlas.areaOf(target)?.name ?? '' };
    return roundsOf(campaign).map((round): AnsweredRound => {
      const outcome = outcomeOf(own, round);
      const { last } = outcome;
      return {
        ...{ ...about, round, absences: outcome.absences, result: resultSaid(campaign, outcome, round) },
        by: last ? (names.get(last.personId) ?? '') : '',
        on: last ? dayOf(last.visitedAt, zone) : null,
        said: record ? saidIn(given, own, records, round) : {},
      };
    });
  });
  return { rows, next: targets.length === PART ? (targets.at(-1)?.id ?? null) : null };
}

/** Also the one that is going on. */
const roundsOf = ({ round }: CampaignRow): number[] => Array.from({ length: round }, (_, i) => i + 1);

function calledBy({ ledger: code }: CampaignRow, record: Followed | undefined): { name: string; home: string } {
  if (!record) return { name: '（已不在台账里）', home: '' };
  const { values } = record.standing;
  const ledger = ledgerNamed(code);
  return { name: calledIn(ledger, values) || '（没有名字）', home: metIn(ledger, values) };
}

interface Outcome {
  readonly result: Result | null;
  readonly absences: number;
  /** The visit that decided it. */
  readonly last: SaidRow | undefined;
}

/** As the counts take it: what is final stays, and of several the one that was told last. */
function outcomeOf(visits: readonly SaidRow[], round: number): Outcome {
  const there = visits.filter((visit) => visit.round === round);
  const last = there.findLast(({ result }) => isFinal(result)) ?? there.at(-1);
  return { result: last?.result ?? null, absences: there.filter(({ result }) => !isFinal(result)).length, last };
}

/** Nobody went, in a round that is over, is another thing than nobody yet. */
const resultSaid = ({ ledger, round: now, stage }: CampaignRow, { result }: Outcome, round: number): string => {
  if (result !== null) return resultWordsOf(ledger)[result].zh;
  return stage === 'closed' || round < now ? '没有去' : '还没去';
};

/** What was heard in that round; in the last one that was answered also what was known and not asked again. */
function saidIn(
  { questions, asked }: AnswersAsked,
  visits: readonly SaidRow[],
  records: ReadonlyMap<string, Followed>,
  round: number,
): Record<string, string> {
  const answered = visits.filter(({ result }) => result === 'done');
  const visit = answered.findLast((one) => one.round === round);
  const record = records.get(visit?.recordId ?? '');
  if (!visit || !record) return {};
  const isNewest = round === Math.max(...answered.map((one) => one.round));
  const heard = heardAt(record, visit.id, visit.sealed).answers;
  const answers: Answers = isNewest ? { ...standing(questions, record), ...heard } : heard;
  return Object.fromEntries(
    questions.flatMap((question) => {
      const answer = answers[question.name];
      return answer === undefined ? [] : [[question.name, answerWords(question, answer, asked.inFull)] as const];
    }),
  );
}
