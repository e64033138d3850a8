import { defineConstraints } from '../../../kernel/constraints.ts';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { recordKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { decide, type Verdict } from '../../../kernel/workflow.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { requireDesk } from '../../land/staff/index.ts';
import {
  act,
  type DutyAct,
  isOpen,
  lockObligation,
  type Obligation,
  obligationProblems,
  obligationsOf,
  openDuty,
  settleAt,
  subjectOf,
} from '../obligations/index.ts';
import { standardsOf } from '../standards/index.ts';
import { stageOf } from '../standards/stages.model.ts';
import { type AdjustmentCommand, type AdjustmentKind, adjustmentProblems } from './adjustment.model.ts';
import { type AdjustmentRow, insertAdjustment, lockAdjustment, saveAdjustment } from './adjustment.queries.ts';
import { factsOf, type Wish } from './adjustment.views.ts';
import { type AdjustmentProcess, adjustmentTable, decideDuty } from './adjustment.workflow.ts';

defineConstraints({
  adjustment_one_open_wish: 'adjustment.asked_already',
  adjustment_appeal_once: 'adjustment.asked_already',
});

type Done = Promise<{ adjustmentId: Id; status: string }>;

export const askExtension = (ctx: Ctx, obligationId: Id, form: { words: string }): Done =>
  ask(ctx, obligationId, 'extension', form.words, null);
export const askSuspension = (ctx: Ctx, obligationId: Id, form: { words: string; until: string }): Done =>
  ask(ctx, obligationId, 'suspension', form.words, new Date(form.until));
export const askAppeal = (ctx: Ctx, obligationId: Id, form: { words: string }): Done =>
  ask(ctx, obligationId, 'appeal', form.words, null);

async function ask(ctx: Ctx, obligationId: Id, kind: AdjustmentKind, words: string, until: Date | null): Done {
  const obligation = await requireObligation(ctx, obligationId);
  const wish = { id: ctx.ids.newId(), kind, status: 'none', until, askedBy: null, secondedBy: null, decidingId: null };
  const verdict = await rule(ctx, `ask_${kind}`, obligation, wish);
  const deciding = await openDeciding(ctx, obligation, 'dispatcher');
  await insertAdjustment(ctx, {
    id: wish.id,
    obligationId,
    kind,
    status: verdict.to,
    until,
    decidingId: deciding.id,
    askedBy: personOf(ctx),
    askedAt: ctx.now,
  });
  await note(
    ctx,
    'adjustment.asked',
    obligation,
    verdict,
    { id: wish.id, kind, until: until?.toISOString() ?? null, duties: [deciding.act] },
    words,
  );
  return { adjustmentId: wish.id, status: verdict.to };
}

/** The first of two who look at an appeal; the leader decides. */
export async function second(ctx: Ctx, id: Id, form: { words?: string | undefined }): Done {
  const { wish, obligation } = await requireWish(ctx, id);
  const verdict = await rule(ctx, 'second', obligation, wish);
  const settled = await settleDeciding(ctx, wish);
  const deciding = await openDeciding(ctx, obligation, 'leader');
  await saveAdjustment(ctx, id, { status: verdict.to, secondedBy: personOf(ctx), decidingId: deciding.id });
  await note(
    ctx,
    'adjustment.seconded',
    obligation,
    verdict,
    { id, kind: wish.kind, duties: [...settled, deciding.act] },
    form.words,
  );
  return { adjustmentId: id, status: verdict.to };
}

export async function grant(ctx: Ctx, id: Id, form: { words?: string | undefined }): Done {
  const { wish, obligation } = await requireWish(ctx, id);
  const verdict = await rule(ctx, 'grant', obligation, wish);
  await saveAdjustment(ctx, id, { status: verdict.to, decidedBy: personOf(ctx), decidedAt: ctx.now });
  const settled = await settleDeciding(ctx, wish);
  const effect = await takeEffect(ctx, wish, obligation);
  await note(
    ctx,
    'adjustment.granted',
    obligation,
    verdict,
    { id, kind: wish.kind, duties: [...settled, effect] },
    form.words,
  );
  return { adjustmentId: id, status: verdict.to };
}

export async function refuse(ctx: Ctx, id: Id, form: { words: string }): Done {
  const { wish, obligation } = await requireWish(ctx, id);
  const verdict = await rule(ctx, 'refuse', obligation, wish);
  await saveAdjustment(ctx, id, { status: verdict.to, decidedBy: personOf(ctx), decidedAt: ctx.now });
  const settled = await settleDeciding(ctx, wish);
  await note(ctx, 'adjustment.refused', obligation, verdict, { id, kind: wish.kind, duties: settled }, form.words);
  return { adjustmentId: id, status: verdict.to };
}

/** More time is the original limit once more; a rest stands until its day; an excuse keeps the raw lateness beside it. */
function takeEffect(ctx: Ctx, wish: AdjustmentRow, obligation: Obligation): Promise<DutyAct> {
  const at = ctx.now.toISOString();
  if (wish.kind === 'suspension')
    return act(ctx, obligation, { act: 'suspend', at, until: (wish.until ?? ctx.now).toISOString() });
  if (wish.kind === 'appeal') return act(ctx, obligation, { act: 'exempt', at });
  if (obligation.timeLimit === null) throw new Problem(obligationProblems['obligation.not_open']);
  return act(ctx, obligation, { act: 'extend', at, by: obligation.timeLimit });
}

export async function requireObligation(ctx: Ctx, id: Id): Promise<Obligation> {
  const obligation = await lockObligation(ctx, id);
  if (!obligation) throw new Problem(obligationProblems['obligation.not_found']);
  return obligation;
}

export async function requireWish(ctx: Ctx, id: Id): Promise<{ wish: AdjustmentRow; obligation: Obligation }> {
  const wish = await lockAdjustment(ctx, id);
  const obligation = wish && (await lockObligation(ctx, wish.obligationId));
  if (!wish || !obligation) throw new Problem(adjustmentProblems['adjustment.not_found']);
  return { wish, obligation };
}

async function rule(
  ctx: Ctx,
  command: AdjustmentCommand,
  obligation: Obligation,
  wish: Wish,
): Promise<Verdict<AdjustmentProcess>> {
  const owed = await obligationsOf(ctx, obligation.recordId);
  return decide(
    adjustmentTable,
    factsOf(ctx, obligation, wish, owed),
    command,
    workflowActor(ctx.actor),
    adjustmentProblems['adjustment.not_allowed'],
  );
}

async function openDeciding(
  ctx: Ctx,
  obligation: Obligation,
  role: 'dispatcher' | 'leader',
): Promise<{ id: Id; act: DutyAct }> {
  const [atlas, standards] = await Promise.all([atlasOf(ctx), standardsOf(ctx)]);
  const { limit, ladder } = stageOf(standards.at(ctx.now).stages, false, 'decide');
  const area = atlas.numbered(obligation.scopeNo) ?? atlas.root;
  const desk = await requireDesk(ctx, area?.id ?? '', role);
  const opened = await openDuty(ctx, {
    duty: decideDuty,
    about: subjectOf(obligation),
    owedBy: { kind: 'post', id: desk.id },
    limit,
    ladder,
  });
  return { id: opened.obligation.id, act: opened.act };
}

async function settleDeciding(ctx: Ctx, wish: AdjustmentRow): Promise<DutyAct[]> {
  const deciding = await lockObligation(ctx, wish.decidingId);
  return deciding && isOpen(deciding) ? [await act(ctx, deciding, settleAt(ctx.now))] : [];
}

/** The table lets in nobody without an account. */
function personOf({ actor }: Ctx): Id {
  if (actor.kind !== 'account') throw new Error(`${actor.kind} has no person`);
  return actor.personId;
}

async function note(
  ctx: Ctx,
  kind: string,
  obligation: Obligation,
  verdict: Verdict<AdjustmentProcess>,
  body: EntryBody,
  words: string | undefined,
): Promise<void> {
  const about = subjectOf(obligation);
  const secret = words === undefined ? {} : { secret: { key: await recordKey(ctx, about), value: { words } } };
  record(ctx, {
    kind,
    about,
    postId: verdict.postId ?? undefined,
    body: { ...body, obligationId: obligation.id, status: verdict.to },
    ...secret,
  });
}
