import type { Ctx } from '../../../kernel/context.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { dayOf, realmOf, today } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import {
  type Answers,
  askedOf,
  isToAsk,
  knownAnswers,
  photosIn,
  readAnswers,
} from '../../land/registry/forms/form.model.ts';
import { type Followed, factsOf, knownTo, recordsOpened, requireForm, tellAnswers } from '../../land/registry/index.ts';
import { requireCampaign } from './campaign.commands.ts';
import { campaignProblems, campaignVisitors } from './campaign.model.ts';
import {
  type CampaignRow,
  findTarget,
  holdTarget,
  insertVisit,
  saveTarget,
  type TargetRow,
} from './campaign.queries.ts';
import { isFinal, type Result } from './result.model.ts';

export interface GivenVisit {
  readonly round: number;
  readonly result: Result;
  readonly answers: Answers;
  readonly confirmed: readonly string[];
  /** Questions whose known answers were not at hand: only what was answered decides what else was asked. */
  readonly unseen?: readonly string[];
}

/** Within what the viewer visits. Refused by `campaign.no_target`. */
export async function requireTarget(ctx: Ctx, id: Id, roles: readonly string[] = campaignVisitors): Promise<TargetRow> {
  const target = await findTarget(ctx, id, roles);
  if (!target) throw new Problem(campaignProblems['campaign.no_target']);
  return target;
}

/**
 * What came of a visit, and what was heard. It counts for the round it was made for, however late it arrives; what is told
 * after the end of a campaign counts if it happened before. A second visit in a round is written down and told as well.
 */
export async function makeVisit(ctx: Ctx, id: Id, given: GivenVisit): Promise<{ visitId: Id; targetId: Id }> {
  const found = await requireTarget(ctx, id);
  const { campaignId } = found;
  const campaign = await requireCampaign(ctx, campaignId);
  const late = requireTime(ctx, campaign);
  const target = await holdTarget(ctx, found.id);
  // Merged while this one waited: whoever stands for them is visited.
  if (target?.sameAs) return makeVisit(ctx, target.sameAs, given);
  const person = target?.recordId ? (await recordsOpened(ctx, [target.recordId])).get(target.recordId) : undefined;
  if (!target || !person) throw new Problem(campaignProblems['campaign.no_target']);
  const round = Math.min(given.round, campaign.round);
  const heard = await hear(ctx, campaign, person, given);
  const visitId = ctx.ids.newId();
  insertVisit(ctx, {
    ...{ id: visitId, targetId: target.id, round, result: given.result, personId: me(ctx).personId },
    ...{ visitedAt: ctx.occurredAt, recordedAt: ctx.now, late, formVersion: campaign.formVersion },
    ...{ asked: heard.asked, known: heard.known, photos: heard.photos },
    sealed: seal(
      person.own.bytes,
      JSON.stringify({ answers: heard.answers, confirmed: given.confirmed }),
      `visit ${visitId}`,
    ),
  });
  saveTarget(ctx, { id: target.id, ...after(target, round, given.result) });
  record(ctx, {
    kind: 'campaign.visited',
    about: { kind: 'campaign_target', id: target.id, scopeNo: target.scopeNo, confidential: false },
    body: { campaignId, round, result: given.result, late },
  });
  return { visitId, targetId: target.id };
}

/** How far somebody on a list is. */
export type Reached = Pick<TargetRow, 'doneRound' | 'result' | 'triedRound' | 'tries'>;

/** What is final stays: who was visited is not made absent by somebody who came to the door later. */
export function after({ doneRound, result, triedRound, tries }: Reached, round: number, now: Result): Reached {
  if (isFinal(now)) {
    const isNews = round >= doneRound;
    return { doneRound: Math.max(doneRound, round), result: isNews ? now : result, triedRound, tries };
  }
  if (round < triedRound || round <= doneRound) return { doneRound, result, triedRound, tries };
  return { doneRound, result, triedRound: round, tries: triedRound === round ? tries + 1 : 1 };
}

/** True: told after the end, of before. */
function requireTime(ctx: Ctx, { stage, closedAt }: CampaignRow): boolean {
  if (stage === 'open') return false;
  if (closedAt !== null && ctx.occurredAt <= closedAt) return true;
  throw new Problem(campaignProblems[stage === 'closed' ? 'campaign.closed' : 'campaign.not_now']);
}

interface HeardThere {
  readonly answers: Answers;
  readonly photos: string[];
  readonly asked: number;
  readonly known: number;
}

async function hear(ctx: Ctx, campaign: CampaignRow, person: Followed, given: GivenVisit): Promise<HeardThere> {
  if (given.result !== 'done') return { answers: {}, photos: [], asked: 0, known: 0 };
  const { questions } = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const on = dayOf(ctx.occurredAt, (await realmOf(ctx)).zone);
  const { unseen = [] } = given;
  const seen = questions.filter(({ name }) => !unseen.includes(name));
  const known = knownTo(seen, factsOf(person, await today(ctx)));
  const { answers, faults } = readAnswers(questions, given.answers, on, knownAnswers(known));
  if (faults.length > 0)
    throw new Problem(
      campaignProblems['campaign.wrong_answers'],
      {},
      faults.map(({ path, says }) => ({ path: `answers.${path}`, says })),
    );
  await tellAnswers(ctx, person.row.id, questions, {
    ...{ answers, confirmed: given.confirmed, on },
    source: `走访：${campaign.title}`,
  });
  const asked = askedOf(questions, { ...knownAnswers(known), ...answers }).filter(({ widget }) => widget !== 'note');
  const toAsk = asked.filter((question) => isToAsk(question, known) || answers[question.name] !== undefined);
  const photos = photosIn(questions, answers);
  return { answers, photos, asked: toAsk.length, known: asked.length - toAsk.length };
}
