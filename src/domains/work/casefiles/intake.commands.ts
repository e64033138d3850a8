import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { closeToAreas } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { requireDesk } from '../../land/staff/index.ts';
import { messagesTurnConfidential } from '../../telling/messages/index.ts';
import { actOnDuty, pauseAt, resumeAt, settleAt, turnConfidential, withdrawAt } from '../obligations/index.ts';
import { type CasefileCommand, casefileProblems, type FormOf } from './casefile.model.ts';
import { type CasefileChange, sealWords } from './casefile.queries.ts';
import { duties } from './casefile.workflow.ts';
import { putInPlace } from './place.commands.ts';
import { begin, finish, openDeskDuty } from './step.commands.ts';

/** From the report to a registered case (案卷建立). Each command: begin, decide, write, record. */
export type Done = Promise<{ casefileId: Id; status: string }>;
export type CommandOf<C extends CasefileCommand> = (ctx: Ctx, id: Id, form: FormOf<C>) => Done;

/** While a field check is out, the registrar's own clock stands. */
export const orderCheck: CommandOf<'order_check'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'order_check');
  const { file, open, standard, at } = step;
  const paused = await actOnDuty(ctx, open, duties.register, pauseAt(at, 'precheck'));
  const checker = file.confidential ? 'community_head' : 'grid_worker';
  const check = await openDeskDuty(ctx, file, standard, 'precheck', duties.precheck, checker, at);
  return finish(ctx, step, {
    duties: [...paused, check],
    secret: form.words === undefined ? undefined : { words: form.words },
  });
};

export const answerCheck: CommandOf<'answer_check'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'answer_check');
  const settled = await actOnDuty(ctx, step.open, duties.precheck, settleAt(step.at));
  const resumed = await actOnDuty(ctx, step.open, duties.register, resumeAt(step.at));
  return finish(ctx, step, {
    duties: [...settled, ...resumed],
    body: { found: form.found },
    secret: { words: form.words },
  });
};

export const register: CommandOf<'register'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'register');
  const { file, open, standard, at } = step;
  const found = standard.condition(form.conditionCode);
  if (!found) throw new Problem(casefileProblems['casefile.no_such_condition']);
  const urgent = form.urgent ?? found.condition.urgent ?? found.type.urgent ?? file.urgent;
  const confidential = file.confidential || found.type.confidential === true;
  const settled = await actOnDuty(ctx, open, duties.register, settleAt(at));
  if (confidential && !file.confidential) {
    await Promise.all([
      turnConfidential(ctx, id),
      messagesTurnConfidential(ctx, id),
      sealWords(ctx, id),
      closeToAreas(ctx, id),
    ]);
  }
  const dispatch = await openDeskDuty(
    ctx,
    { ...file, urgent, confidential },
    standard,
    'dispatch',
    duties.dispatch,
    'dispatcher',
    at,
  );
  const change: CasefileChange = {
    typeCode: found.type.code,
    conditionCode: found.condition.code,
    standardVersion: standard.version,
    urgent,
    confidential,
    registeredAt: at,
    ...(confidential && { summary: null }),
  };
  return finish(ctx, step, {
    change,
    duties: [...settled, dispatch],
    secret: form.words === undefined ? undefined : { words: form.words },
  });
};

export const decline: CommandOf<'decline'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'decline');
  const settled = await actOnDuty(ctx, step.open, duties.register, settleAt(step.at));
  // The reporter may ask for a second look; for that the closing time counts, as with a case that was closed.
  const change: CasefileChange = { outcome: form.outcome, publicText: form.publicText, closedAt: step.at };
  return finish(ctx, step, { change, duties: settled, body: { outcome: form.outcome } });
};

/** A second look, by the registrar at the top rather than by the desk that declined. */
export const contest: CommandOf<'contest'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'contest');
  const { root } = await atlasOf(ctx);
  const atTop = { ...step.file, areaId: root?.id ?? step.file.areaId };
  const review = await openDeskDuty(ctx, atTop, step.standard, 'register', duties.register, 'registrar', step.at);
  const change: CasefileChange = { outcome: null, publicText: null, closedAt: null };
  return finish(ctx, step, { change, duties: [review], secret: { words: form.words } });
};

/** The duty goes to the desk of the new place; a desk that answers for both keeps it and its time. */
export const relocate: CommandOf<'relocate'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'relocate');
  const { file, standard, at } = step;
  const placed = await putInPlace(ctx, form.place);
  const turn = file.status === 'reported' ? registering : dispatching;
  const desk = await requireDesk(ctx, placed.areaId, turn.role);
  const moving = step.open.filter((owed) => owed.duty === turn.duty && owed.owedBy !== desk.id);
  const withdrawn = await actOnDuty(ctx, moving, turn.duty, withdrawAt(at));
  const opened =
    moving.length === 0
      ? []
      : [await openDeskDuty(ctx, { ...file, ...placed }, standard, turn.stage, turn.duty, turn.role, at)];
  const secret = form.words === undefined ? undefined : { words: form.words };
  return finish(ctx, step, {
    change: placed.columns,
    duties: [...withdrawn, ...opened],
    body: { fromAreaId: file.areaId },
    secret,
  });
};

const registering = { stage: 'register', duty: duties.register, role: 'registrar' } as const;
const dispatching = { stage: 'dispatch', duty: duties.dispatch, role: 'dispatcher' } as const;
