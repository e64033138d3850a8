import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { directoryOf, holdersOf } from '../../land/staff/index.ts';
import {
  act,
  actOnDuty,
  assignDuty,
  type DutyAct,
  type Obligation,
  openDuty,
  pauseAt,
  resumeAt,
  settleAt,
  withdrawAt,
} from '../obligations/index.ts';
import { stageOf } from '../standards/stages.model.ts';
import { casefileProblems } from './casefile.model.ts';
import { duties } from './casefile.workflow.ts';
import { dropDutyGrants } from './circle.commands.ts';
import type { CommandOf } from './intake.commands.ts';
import { begin, finish, openDeskDuty, openStageDuty, type Step, subjectOf } from './step.commands.ts';

/** From dispatch to feedback (任务派遣、任务处理、处理反馈). */
export const dispatch: CommandOf<'dispatch'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'dispatch');
  const settled = await actOnDuty(ctx, step.open, duties.dispatch, settleAt(step.at));
  const handed = await handTo(ctx, step, form.bodyId);
  return finish(ctx, step, {
    change: { bodyId: form.bodyId, dispatchedAt: step.at, handledBy: null },
    duties: [...settled, ...handed],
    body: { bodyId: form.bodyId },
    secret: form.words === undefined ? undefined : { words: form.words },
  });
};

/**
 * Two clocks start for a body: to acknowledge, and to handle. A case that was sent back and returns to the same body
 * goes on with the time that was left; another body gets the whole limit and the first one's clock is withdrawn.
 */
export async function handTo(ctx: Ctx, step: Step, bodyId: Id): Promise<DutyAct[]> {
  const { file, open, standard, at } = step;
  const body = (await directoryOf(ctx)).body(bodyId);
  if (!body) throw new Problem(casefileProblems['casefile.no_such_body']);
  const owedBy = { kind: 'body', id: body.id } as const;
  const waiting = open.filter((owed) => owed.duty === duties.handle);
  const same = waiting.find((owed) => owed.owedBy === body.id);
  const others = await Promise.all(
    waiting.filter((owed) => owed !== same).map((owed) => act(ctx, owed, withdrawAt(at))),
  );
  const found = file.conditionCode === null ? undefined : standard.condition(file.conditionCode);
  const { ladder, limit } = stageOf(standard.stages, file.urgent, 'handle');
  const handling = {
    duty: duties.handle,
    about: subjectOf(file),
    owedBy,
    limit: found?.condition.limit ?? limit,
    ladder,
    calendarId: body.calendarId,
  };
  const handle = same ? await act(ctx, same, resumeAt(at)) : (await openDuty(ctx, handling, at)).act;
  const receipt = await openStageDuty(
    ctx,
    file,
    standard,
    'acknowledge',
    duties.acknowledge,
    owedBy,
    at,
    body.calendarId,
  );
  return [...others, handle, receipt];
}

export const sendToRegistrar: CommandOf<'send_to_registrar'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'send_to_registrar');
  const settled = await actOnDuty(ctx, step.open, duties.dispatch, settleAt(step.at));
  const again = await openDeskDuty(ctx, step.file, step.standard, 'register', duties.register, 'registrar', step.at);
  return finish(ctx, step, {
    duties: [...settled, again],
    body: { reason: form.reason },
    secret: { words: form.words },
  });
};

export const acknowledge: CommandOf<'acknowledge'> = async (ctx, id) => {
  const step = await begin(ctx, id, 'acknowledge');
  return finish(ctx, step, { duties: await actOnDuty(ctx, step.open, duties.acknowledge, settleAt(step.at)) });
};

export const assign: CommandOf<'assign'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'assign');
  const mine = step.open.filter((owed) => owed.duty === duties.handle && isMine(ctx, owed));
  for (const owed of mine) await requireOfBody(ctx, owed.owedBy, form.personId);
  const acts = await Promise.all(mine.map((owed) => assignDuty(ctx, owed, form.personId)));
  return finish(ctx, step, { duties: acts, body: { personId: form.personId } });
};

/** Whoever is given the work may read the case: only somebody of the body that has it. */
async function requireOfBody(ctx: Ctx, bodyId: Id, personId: Id): Promise<void> {
  const posts = (await directoryOf(ctx)).inBody(bodyId).map((post) => post.id);
  const isThere = (await holdersOf(ctx, posts)).some((holder) => holder.personId === personId);
  if (!isThere) throw new Problem(casefileProblems['casefile.not_of_body']);
}

const isMine = (ctx: Ctx, owed: Obligation): boolean =>
  ctx.actor.kind === 'account' &&
  ctx.actor.posts.some((post) => post.bodyId === owed.owedBy || post.id === owed.owedBy);

/**
 * Back to the dispatcher, the only receiver a body may send to. Its clock stands while the case is not with it. Of a
 * confidential matter that is not theirs at all they read no more: it does not come back to the time that was left.
 */
export const sendBack: CommandOf<'send_back'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'send_back');
  const { file, open, standard, at } = step;
  const leaves = file.confidential && form.reason === 'not_ours';
  const stopped = await actOnDuty(ctx, open, duties.handle, leaves ? withdrawAt(at) : pauseAt(at, 'returned'));
  const unreceived = await actOnDuty(ctx, open, duties.acknowledge, withdrawAt(at));
  const again = await openDeskDuty(ctx, file, standard, 'dispatch', duties.dispatch, 'dispatcher', at);
  const done = await finish(ctx, step, {
    change: { bodyId: null },
    duties: [...stopped, ...unreceived, again],
    body: { reason: form.reason, bodyId: file.bodyId },
    secret: { words: form.words },
  });
  if (leaves) await leaveCircle(ctx, step);
  return done;
};

function leaveCircle(ctx: Ctx, { file, open }: Step): Promise<void> {
  const isTheirs = ({ duty }: Obligation): boolean => duty === duties.handle || duty === duties.acknowledge;
  const leaving = open.filter(isTheirs).flatMap(({ owedBy, assigneeId }) => [owedBy, assigneeId ?? owedBy]);
  return dropDutyGrants(
    ctx,
    file.id,
    leaving,
    open.filter((owed) => !isTheirs(owed)),
  );
}

/** Anything done meanwhile: barriers, a detour, a look at the place. The clock runs on. */
export const measure: CommandOf<'measure'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'measure');
  return finish(ctx, step, { secret: { words: form.words } });
};

/** The body confirms that it is done; that stops its clock, not the worker's laying down of the shovel. */
export const feedBack: CommandOf<'feed_back'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'feed_back');
  const { file, open, standard, at } = step;
  const settled = await actOnDuty(ctx, open, duties.handle, settleAt(at));
  const check = await openDeskDuty(
    ctx,
    file,
    standard,
    'verify',
    duties.verify,
    file.confidential ? 'community_head' : 'grid_worker',
    at,
  );
  const handledBy = ctx.actor.kind === 'account' ? ctx.actor.personId : null;
  return finish(ctx, step, {
    change: { handledBy, handledAt: at },
    duties: [...settled, check],
    secret: { words: form.words },
  });
};
