import type { Ctx } from '../../../kernel/context.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { deskFor, directoryOf, type Role, requireDesk } from '../../land/staff/index.ts';
import { actOnDuty, type OwedBy, settleAt, withdrawAt } from '../obligations/index.ts';
import { type CasefileChange, holdersAmong, reportsBehind } from './casefile.queries.ts';
import { duties } from './casefile.workflow.ts';
import { handTo } from './handling.commands.ts';
import type { CommandOf } from './intake.commands.ts';
import { begin, finish, openDeskDuty, openStageDuty, type Step } from './step.commands.ts';

/** Check, close, ask, and again if it is not solved (核查结案、综合评价). */
export const verify: CommandOf<'verify'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'verify');
  const settled = await actOnDuty(ctx, step.open, duties.verify, settleAt(step.at));
  const closing = await openDeskDuty(ctx, step.file, step.standard, 'close', duties.close, 'registrar', step.at);
  return finish(ctx, step, {
    duties: [...settled, closing],
    secret: form.words === undefined ? undefined : { words: form.words },
  });
};

/** Not done: a new round of the same case, with the same body and a new limit. */
export const rework: CommandOf<'rework'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'rework');
  const settled = await actOnDuty(ctx, step.open, duties.verify, settleAt(step.at));
  const handed = await handTo(ctx, step, step.file.bodyId ?? '');
  return finish(ctx, step, {
    change: { ...nextRound(step), dispatchedAt: step.at },
    duties: [...settled, ...handed],
    secret: { words: form.words },
  });
};

/** What was said to be settled on the spot is not: it takes the ordinary way from here. */
export const takeOver: CommandOf<'take_over'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'take_over');
  const settled = await actOnDuty(ctx, step.open, duties.verify, settleAt(step.at));
  const again = await openDeskDuty(ctx, step.file, step.standard, 'dispatch', duties.dispatch, 'dispatcher', step.at);
  return finish(ctx, step, { change: nextRound(step), duties: [...settled, again], secret: { words: form.words } });
};

const nextRound = ({ file }: Step): CasefileChange => ({ round: file.round + 1, handledBy: null, handledAt: null });

/** Closed is not the end: whoever said it is asked whether it is solved, and that is a clock of its own. */
export const close: CommandOf<'close'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'close');
  const { file, standard, at } = step;
  const settled = await actOnDuty(ctx, step.open, duties.close, settleAt(at));
  const asked = await openStageDuty(ctx, file, standard, 'answer', duties.answer, await whoIsAsked(ctx, step), at);
  const change: CasefileChange = { outcome: form.outcome, publicText: form.publicText, closedAt: at, answer: null };
  return finish(ctx, step, { change, duties: [...settled, asked], body: { outcome: form.outcome } });
};

/**
 * A resident who reported is asked. What a worker of ours found is confirmed by the community; where the finder sits
 * there alone, by the verifier, never by the registrar who closed it.
 */
async function whoIsAsked(ctx: Ctx, { file, facts }: Step): Promise<OwedBy> {
  const residents = (await reportsBehind(ctx, file.id)).filter((report) => report.personId === null || report.onBehalf);
  const [first] = residents;
  if (first) return { kind: 'reporter', id: first.grantee };
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  // A grid leader would be one more to know of a confidential matter.
  const seats: readonly Role[] = file.confidential ? ['community_head'] : ['community_head', 'grid_leader'];
  for (const role of seats) {
    const desk = deskFor(directory, atlas, file.areaId, role);
    const holders = desk === null ? [] : await holdersAmong(ctx, desk.id);
    if (desk && holders.some((person) => !facts.foundBy.includes(person))) return { kind: 'post', id: desk.id };
  }
  return { kind: 'post', id: (await requireDesk(ctx, file.areaId, 'verifier')).id };
}

export const answer: CommandOf<'answer'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'answer');
  const settled = await actOnDuty(ctx, step.open, duties.answer, settleAt(step.at));
  const secret = form.words === undefined ? undefined : { words: form.words };
  const asked = step.open.find((owed) => owed.duty === duties.answer);
  // Said on the telephone, written down by the desk that called back.
  const onBehalf = ctx.actor.kind !== 'reporter' && asked?.owedByKind === 'reporter';
  const body = { answer: form.answer, onBehalf };
  return finish(ctx, step, { change: { answer: form.answer }, duties: settled, body, secret });
};

/** No answer in time: never counted as satisfied, nor among those asked. */
export const lapse: CommandOf<'lapse'> = async (ctx, id) => {
  const step = await begin(ctx, id, 'lapse');
  const settled = await actOnDuty(ctx, step.open, duties.answer, withdrawAt(step.at));
  return finish(ctx, step, { change: { answer: 'unanswered' }, duties: settled });
};

/** “It is not solved”: a new round, on the dispatcher's desk, with everything that was known before. */
export const object: CommandOf<'object'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'object');
  const asked = await actOnDuty(ctx, step.open, duties.answer, settleAt(step.at));
  const again = await openDeskDuty(ctx, step.file, step.standard, 'dispatch', duties.dispatch, 'dispatcher', step.at);
  const change: CasefileChange = { ...nextRound(step), closedAt: null, outcome: null, publicText: null, answer: null };
  return finish(ctx, step, {
    change,
    duties: [...asked, again],
    body: { lastBodyId: step.file.bodyId },
    secret: form.words === undefined ? undefined : { words: form.words },
  });
};
