import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { callNames } from '../../land/staff/index.ts';
import { calendarsOf } from '../calendars/index.ts';
import { isLate } from './clock.model.ts';
import { type Moved, movedIn } from './moved.model.ts';
import type { clockView, Obligation, obligationView } from './obligation.model.ts';
import { recountsOn } from './obligation.queries.ts';

/** The clock of an obligation as it stands at this instant: late and near are comparisons, never stored. */
export function clockOf(obligation: Obligation, now: Date, nearShare = 0.8): z.input<typeof clockView> {
  const { state, dueAt, provisional, exempt, runningSince, budgetMs, usedMs } = obligation;
  const late = isLate(obligation, now);
  const spanMs = dueAt && runningSince ? dueAt.getTime() - runningSince.getTime() : 0;
  // By the share of the clock time still to come, weighted with what was used before: near enough for a colour.
  const usedShare = budgetMs ? usedMs / budgetMs : 0;
  const share =
    spanMs > 0 && runningSince
      ? usedShare + (1 - usedShare) * ((now.getTime() - runningSince.getTime()) / spanMs)
      : usedShare;
  return { state, dueAt, provisional, exempt, late, near: !late && state === 'running' && share >= nearShare };
}

/** Which of these deadlines the calendar moved after they were set, from when and why. */
export async function movedOf(ctx: Ctx, obligations: readonly Obligation[]): Promise<Map<Id, Moved>> {
  const calendars = await calendarsOf(ctx);
  // Only one whose calendar is newer than the duty itself can have been moved: on most days nobody's.
  const behind = obligations.filter(({ calendarId, calendarVersion, openedAt }) => {
    if (calendarId === null || calendarVersion === null) return false;
    return calendars.version(calendarId, calendarVersion).publishedAt >= openedAt;
  });
  if (behind.length === 0) return new Map();
  const bodies = await recountsOn(ctx, [...new Set(behind.map(({ recordId }) => recordId))]);
  return new Map(
    bodies.flatMap((body) => {
      const moved = movedIn(body);
      const [act] = body.duties as unknown as readonly { readonly id: Id }[];
      return moved && act ? [[act.id, moved] as const] : [];
    }),
  );
}

export async function dutyLines(
  ctx: Ctx,
  obligations: readonly Obligation[],
): Promise<z.input<typeof obligationView>[]> {
  const owners = obligations.map(({ owedByKind, owedBy }) => ({ kind: owedByKind, id: owedBy }));
  const assignees = obligations.flatMap(({ assigneeId }) =>
    assigneeId === null ? [] : [{ kind: 'person', id: assigneeId }],
  );
  const names = await callNames(ctx, [...owners, ...assignees]);
  return obligations.map((obligation) => ({
    ...obligation,
    owedByName: names.get(obligation.owedBy) ?? '',
    assigneeName: obligation.assigneeId === null ? null : (names.get(obligation.assigneeId) ?? ''),
    clock: clockOf(obligation, ctx.now),
  }));
}
