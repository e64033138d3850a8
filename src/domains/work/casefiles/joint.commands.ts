import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { act, type DutyAct, isOpen, openDuty, settleAt, withdrawAt } from '../obligations/index.ts';
import { stageOf } from '../standards/stages.model.ts';
import { casefileProblems } from './casefile.model.ts';
import {
  answerSummons,
  insertSummons,
  leadBy,
  releaseSummons,
  type SummonsRow,
  summonsOf,
} from './casefile.queries.ts';
import { duties } from './casefile.workflow.ts';
import type { CommandOf } from './intake.commands.ts';
import { begin, finish, type Step, subjectOf } from './step.commands.ts';

defineConstraints({ summons_once: 'casefile.already_summoned' });

/** Whistle and report in (吹哨报到): one case, several bodies called, each with a clock of its own to come. */
export const summon: CommandOf<'summon'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'summon');
  const acts: DutyAct[] = [];
  for (const bodyId of form.bodyIds) acts.push(await call(ctx, step, bodyId));
  await nameLead(ctx, id, form.leadBodyId);
  return finish(ctx, step, {
    duties: acts,
    body: { bodyIds: form.bodyIds, leadBodyId: form.leadBodyId ?? null },
    secret: { words: form.words },
  });
};

async function call(ctx: Ctx, { file, standard, verdict, at }: Step, bodyId: Id): Promise<DutyAct> {
  const body = (await directoryOf(ctx)).body(bodyId);
  if (!body) throw new Problem(casefileProblems['casefile.no_such_body']);
  const { limit, ladder } = stageOf(standard.stages, file.urgent, 'report_in');
  const owedBy = { kind: 'body', id: bodyId } as const;
  const opened = await openDuty(
    ctx,
    { duty: duties.reportIn, about: subjectOf(file), owedBy, limit, ladder, calendarId: body.calendarId },
    at,
  );
  await insertSummons(ctx, {
    casefileId: file.id,
    bodyId,
    obligationId: opened.obligation.id,
    calledBy: verdict.postId ?? '',
    calledAt: at,
  });
  return opened.act;
}

async function nameLead(ctx: Ctx, casefileId: Id, bodyId: Id | undefined): Promise<void> {
  if (bodyId !== undefined && !(await leadBy(ctx, casefileId, bodyId)))
    throw new Problem(casefileProblems['casefile.lead_not_called']);
}

export const reportIn: CommandOf<'report_in'> = async (ctx, id, form) =>
  answerCall(ctx, id, 'report_in', 'arrived', form.words);
export const refuseSummons: CommandOf<'refuse_summons'> = async (ctx, id, form) =>
  answerCall(ctx, id, 'refuse_summons', 'refused', form.words);

async function answerCall(
  ctx: Ctx,
  id: Id,
  command: 'report_in' | 'refuse_summons',
  status: 'arrived' | 'refused',
  words: string | undefined,
) {
  const step = await begin(ctx, id, command);
  const mine = new Set(ctx.actor.kind === 'account' ? ctx.actor.posts.map((post) => post.bodyId) : []);
  const called = (await summonsOf(ctx, id)).filter((row) => row.status === 'called' && mine.has(row.bodyId));
  const acts = await Promise.all(called.map((row) => answerOne(ctx, step, row, status)));
  return finish(ctx, step, {
    duties: acts.flat(),
    body: { bodyIds: called.map((row) => row.bodyId) },
    secret: words === undefined ? undefined : { words },
  });
}

async function answerOne(ctx: Ctx, step: Step, row: SummonsRow, status: 'arrived' | 'refused'): Promise<DutyAct[]> {
  await answerSummons(ctx, row.id, status, step.at);
  const owed = step.open.find((obligation) => obligation.id === row.obligationId && isOpen(obligation));
  return owed ? [await act(ctx, owed, settleAt(step.at))] : [];
}

/** The visit on site decides whose it is: the lead is named there. */
export const visit: CommandOf<'visit'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'visit');
  await nameLead(ctx, id, form.leadBodyId);
  return finish(ctx, step, {
    body: { bodyIds: form.bodyIds, leadBodyId: form.leadBodyId ?? null },
    secret: { words: form.words },
  });
};

export const standDown: CommandOf<'stand_down'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'stand_down');
  await releaseSummons(ctx, id, step.at);
  const waiting = step.open.filter((owed) => owed.duty === duties.reportIn);
  const acts = await Promise.all(waiting.map((owed) => act(ctx, owed, withdrawAt(step.at))));
  return finish(ctx, step, { duties: acts, secret: form.words === undefined ? undefined : { words: form.words } });
};
