import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type Can, consider, isVerdict, refusalWords } from '../../../kernel/workflow.ts';
import { isLate, isOpen, type Obligation, obligationsOf } from '../obligations/index.ts';
import { type AdjustmentCommand, type AdjustmentFacts, type AdjustmentKind, kinds } from './adjustment.model.ts';
import { type AdjustmentRow, adjustmentsOf } from './adjustment.queries.ts';
import { type AdjustmentProcess, adjustmentTable, decideDuty, owner } from './adjustment.workflow.ts';

/** As much of a wish as the rules look at; one that is not asked for yet has no row. */
export interface Wish {
  readonly kind: string;
  readonly status: string;
  readonly until: Date | null;
  readonly askedBy: Id | null;
  readonly secondedBy: Id | null;
  readonly decidingId: Id | null;
}

export function factsOf(ctx: Ctx, obligation: Obligation, wish: Wish, owed: readonly Obligation[]): AdjustmentFacts {
  const deciding = owed.filter((one) => one.id === wish.decidingId && isOpen(one));
  return {
    status: wish.status as AdjustmentFacts['status'],
    flags: new Set([wish.kind as AdjustmentKind]),
    scopeNo: obligation.scopeNo,
    confidential: obligation.confidential,
    duties: [
      { duty: owner, owedByKind: obligation.owedByKind, owedBy: obligation.owedBy, assigneeId: obligation.assigneeId },
      ...deciding,
    ],
    circle: [],
    state: obligation.state,
    late: isLate(obligation, ctx.now),
    exempt: obligation.exempt,
    extensionsGranted: obligation.extensions,
    hasLimit: obligation.timeLimit !== null,
    isDecision: obligation.duty === decideDuty,
    askedBy: wish.askedBy,
    secondedBy: wish.secondedBy,
    restDays: wish.until === null ? null : (wish.until.getTime() - ctx.now.getTime()) / DAY_MS,
  };
}

const DAY_MS = 86_400_000;

/** What was asked about the clocks of a record and what of it I may decide; and what I may ask about which clock. */
export async function adjustmentsPage(ctx: Ctx, recordId: Id) {
  const [owed, rows] = await Promise.all([obligationsOf(ctx, recordId), adjustmentsOf(ctx, recordId)]);
  const asks = owed.map((obligation) => ({ obligationId: obligation.id, can: askable(ctx, obligation, owed, rows) }));
  return {
    asks: asks.filter(({ can }) => can.length > 0),
    wishes: rows.flatMap((row) => {
      const obligation = owed.find(({ id }) => id === row.obligationId);
      return obligation ? [{ ...row, can: decidable(ctx, obligation, row, owed) }] : [];
    }),
  };
}

type Step = Can<AdjustmentProcess>;

/** Once for each clock that is open, an appeal once it ended; not again while somebody is deciding. */
function askable(
  ctx: Ctx,
  obligation: Obligation,
  owed: readonly Obligation[],
  rows: readonly AdjustmentRow[],
): Step[] {
  const asked = rows.filter(({ obligationId }) => obligationId === obligation.id);
  if (obligation.duty === decideDuty) return [];
  const isOver = !isOpen(obligation);
  const now = (Object.keys(kinds) as AdjustmentKind[]).filter((kind) => {
    const before = asked.filter((row) => row.kind === kind);
    return kind === 'appeal' ? isOver && before.length === 0 : !isOver && !before.some(isPending);
  });
  return now.flatMap((kind) => {
    // A day is chosen in the form: asked about here as if it were tomorrow.
    const until = new Date(ctx.now.getTime() + DAY_MS);
    const wish = { kind, status: 'none', until, askedBy: null, secondedBy: null, decidingId: null };
    const step = stepOf(ctx, `ask_${kind}`, factsOf(ctx, obligation, wish, owed));
    return step && (step.allowed || kind === 'extension') ? [step] : [];
  });
}

const isPending = ({ status }: AdjustmentRow): boolean => status === 'asked' || status === 'seconded';

const decisions = ['second', 'grant', 'refuse'] as const;

function decidable(ctx: Ctx, obligation: Obligation, row: AdjustmentRow, owed: readonly Obligation[]): Step[] {
  if (!isPending(row)) return [];
  const facts = factsOf(ctx, obligation, row, owed);
  return decisions.flatMap((command) => stepOf(ctx, command, facts) ?? []);
}

/** What is somebody else's, or not at this point, is left out; what a rule forbids says why. */
function stepOf(ctx: Ctx, command: AdjustmentCommand, facts: AdjustmentFacts): Step | null {
  const result = consider(adjustmentTable, facts, command, workflowActor(ctx.actor));
  const { words } = adjustmentTable.rows[command];
  if (isVerdict(result)) return { command, words, allowed: true, reason: null, lacking: false };
  if (result.reason !== 'guard') return null;
  const reason = refusalWords(adjustmentTable, facts, command, result);
  return { command, words, allowed: false, reason, lacking: true };
}
