import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { recordKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { decide, flagsAfter, type Verdict } from '../../../kernel/workflow.ts';
import { me } from '../../land/accounts/index.ts';
import {
  actOnDuty,
  type DutyAct,
  holdObligationsOf,
  isOpen,
  type Obligation,
  openDuty,
  settleAt,
  withdrawAt,
} from '../obligations/index.ts';
import { standardsOf } from '../standards/index.ts';
import { apartStage } from '../standards/stages.model.ts';
import { aboutItem, openCarryOut, requireDirective, titleOf } from './directive.commands.ts';
import { directiveProblems } from './directive.model.ts';
import { findItem, holdItem, type ItemRow, saveItem } from './directive.queries.ts';
import type { Facts, FormOf, ItemCommand } from './item.model.ts';
import { acceptDuty, carryOutDuty, type ItemProcess, itemTable } from './item.workflow.ts';

type Done = Promise<{ itemId: Id; status: string }>;

export async function requireItem(ctx: Ctx, id: Id): Promise<ItemRow> {
  const item = await findItem(ctx, id);
  if (!item) throw new Problem(directiveProblems['directive_item.not_found']);
  return item;
}

export const factsOf = (item: ItemRow, open: readonly Obligation[]): Facts => ({
  ...{ status: item.status, scopeNo: item.scopeNo, confidential: false, doneBy: item.doneBy },
  flags: new Set(item.returned ? (['returned'] as const) : []),
  circle: item.supports.map(({ id }) => id),
  duties: open,
});

interface Step {
  readonly item: ItemRow;
  readonly open: readonly Obligation[];
  readonly verdict: Verdict<ItemProcess>;
}

async function begin(ctx: Ctx, id: Id, command: ItemCommand): Promise<Step> {
  await requireItem(ctx, id);
  await holdItem(ctx, id);
  const item = await requireItem(ctx, id);
  const open = (await holdObligationsOf(ctx, id)).filter(isOpen);
  const problem = directiveProblems['directive_item.not_allowed'];
  return { item, open, verdict: decide(itemTable, factsOf(item, open), command, workflowActor(ctx.actor), problem) };
}

interface Outcome {
  readonly change?: Partial<Pick<ItemRow, 'dueOn' | 'returns' | 'share' | 'toldAt' | 'doneBy' | 'doneAt' | 'endedAt'>>;
  readonly body?: EntryBody;
  readonly duties?: readonly DutyAct[];
  /** Sealed under the key of the item: what people write may name people. */
  readonly words?: string | undefined;
}

async function finish(ctx: Ctx, command: ItemCommand, { item, verdict }: Step, outcome: Outcome): Done {
  const row = itemTable.rows[command];
  const about = aboutItem(item);
  const returned = flagsAfter<ItemProcess>(row, new Set(item.returned ? ['returned'] : [])).has('returned');
  saveItem(ctx, item.id, { status: verdict.to, returned, ...outcome.change });
  const { words } = outcome;
  record(ctx, {
    ...{ kind: row.entry, about, postId: verdict.postId ?? undefined },
    body: { ...outcome.body, status: verdict.to, duties: [...(outcome.duties ?? [])] },
    ...(words !== undefined && { secret: { key: await recordKey(ctx, about), value: { words } } }),
  });
  return { itemId: item.id, status: verdict.to };
}

export async function progress(ctx: Ctx, id: Id, { words, share }: FormOf<'progress'>): Done {
  const step = await begin(ctx, id, 'progress');
  const told = share === undefined ? {} : { share };
  return finish(ctx, 'progress', step, { change: { toldAt: ctx.now, ...told }, body: told, words });
}

/** Its clock stops; whoever sent it has to say whether it is. */
export async function reportDone(ctx: Ctx, id: Id, { words }: FormOf<'report_done'>): Done {
  const step = await begin(ctx, id, 'report_done');
  const settled = await actOnDuty(ctx, step.open, carryOutDuty, settleAt(ctx.now));
  const { postId } = await requireDirective(ctx, step.item.directiveId);
  const { limit, ladder } = apartStage((await standardsOf(ctx)).at(ctx.now).stages, 'directiveAccept');
  const { act } = await openDuty(ctx, {
    ...{ duty: acceptDuty, about: aboutItem(step.item), owedBy: { kind: 'post', id: postId } },
    ...{ limit, ladder, title: titleOf(step.item.content) },
  });
  const change = { doneBy: me(ctx).personId, doneAt: ctx.now, toldAt: ctx.now };
  return finish(ctx, 'report_done', step, { change, duties: [...settled, act], words });
}

export async function accept(ctx: Ctx, id: Id, { words }: FormOf<'accept'>): Done {
  const step = await begin(ctx, id, 'accept');
  const duties = await actOnDuty(ctx, step.open, acceptDuty, settleAt(ctx.now));
  return finish(ctx, 'accept', step, { change: { endedAt: ctx.now }, duties, words });
}

/** The clock runs on to the day it had, or to the one that is given now. */
export async function returnItem(ctx: Ctx, id: Id, { words, dueOn }: FormOf<'return'>): Done {
  const step = await begin(ctx, id, 'return');
  const now = dueOn ?? step.item.dueOn;
  if (dueOn !== undefined) await requireToCome(ctx, dueOn);
  const settled = await actOnDuty(ctx, step.open, acceptDuty, settleAt(ctx.now));
  const opened = await openCarryOut(ctx, { ...step.item, dueOn: now });
  return finish(ctx, 'return', step, {
    change: { dueOn: now, doneBy: null, doneAt: null, returns: step.item.returns + 1 },
    ...{ body: { was: step.item.dueOn, is: now }, duties: [...settled, opened], words },
  });
}

/** The old day stays in the story; a clock that was late by it was late. */
export async function moveDeadline(ctx: Ctx, id: Id, { dueOn, words }: FormOf<'move_deadline'>): Done {
  const step = await begin(ctx, id, 'move_deadline');
  if (dueOn === step.item.dueOn) throw new Problem(directiveProblems['directive_item.same_day']);
  if (dueOn !== null) await requireToCome(ctx, dueOn);
  const ended = await actOnDuty(ctx, step.open, carryOutDuty, withdrawAt(ctx.now));
  const opened = await openCarryOut(ctx, { ...step.item, dueOn });
  return finish(ctx, 'move_deadline', step, {
    ...{ change: { dueOn }, body: { was: step.item.dueOn, is: dueOn }, duties: [...ended, opened], words },
  });
}

async function requireToCome(ctx: Ctx, day: string): Promise<void> {
  if (day < (await today(ctx))) throw new Problem(directiveProblems['directive_item.due_past']);
}

export async function withdrawItem(ctx: Ctx, id: Id, { words }: FormOf<'withdraw'>): Done {
  const step = await begin(ctx, id, 'withdraw');
  const ended = await Promise.all(
    [carryOutDuty, acceptDuty].map((duty) => actOnDuty(ctx, step.open, duty, withdrawAt(ctx.now))),
  );
  return finish(ctx, 'withdraw', step, { change: { endedAt: ctx.now }, duties: ended.flat(), words });
}
