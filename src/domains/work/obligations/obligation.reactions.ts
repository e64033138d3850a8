import type { Ctx } from '../../../kernel/context.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import { realmOf } from '../../../kernel/realm.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { callNames } from '../../land/staff/index.ts';
import { type Recipient, type TextCode, tell } from '../../telling/messages/index.ts';
import { dayAndTimeWords } from '../calendars/index.ts';
import { isOpen } from './clock.model.ts';
import { dutyWords } from './duty.model.ts';
import { subjectOf } from './ladder.commands.ts';
import { movedIn } from './moved.model.ts';
import { lockObligation } from './obligation.queries.ts';

/** Tells whoever a rung of the ladder names. */
async function tellRung(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const told = entry.body.told as unknown as readonly Recipient[];
  const [act] = entry.body.duties as unknown as readonly { id: string }[];
  const obligation = act ? await lockObligation(ctx, act.id) : undefined;
  if (!obligation) return;
  const owner =
    (await callNames(ctx, [{ kind: obligation.owedByKind, id: obligation.owedBy }])).get(obligation.owedBy) ?? '';
  const { zone } = await realmOf(ctx);
  const due = entry.body.dueAt === null ? '' : dayAndTimeWords(new Date(String(entry.body.dueAt)), zone);
  const about = {
    kind: entry.recordKind,
    id: entry.recordId,
    scopeNo: entry.scopeNo,
    confidential: entry.confidential,
  };
  const params = { duty: dutyWords(obligation.duty), due, owner };
  for (const to of told) await tell(ctx, { about, to, code: codeFor(entry, to), params });
}

/** A deadline that comes sooner is told to whoever owes it; one that comes later stands in their list with its reason. */
async function tellSooner(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const moved = movedIn(entry.body);
  if (!moved || moved.due >= moved.was) return;
  const [act] = entry.body.duties as unknown as readonly { id: string }[];
  const owed = act ? await lockObligation(ctx, act.id) : undefined;
  if (!owed || !isOpen(owed) || owed.owedByKind === 'reporter') return;
  const { zone } = await realmOf(ctx);
  const params = {
    duty: dutyWords(owed.duty),
    was: dayAndTimeWords(moved.was, zone),
    due: dayAndTimeWords(moved.due, zone),
    because: moved.because,
  };
  const to: Recipient[] = [{ kind: owed.owedByKind, id: owed.owedBy }];
  if (owed.assigneeId !== null) to.push({ kind: 'person', id: owed.assigneeId });
  for (const one of to) await tell(ctx, { about: subjectOf(owed), to: one, code: 'obligation.sooner', params });
}

/** A reporter is asked again in other words than a desk is reminded. */
function codeFor(entry: PositionedEntry, to: Recipient): TextCode {
  if (to.kind === 'reporter') return 'casefile.asked_again';
  if (entry.body.late) return 'obligation.late';
  return entry.body.tell === 'owner' ? 'obligation.near' : 'obligation.unattended';
}

export const obligationReactions: readonly Reaction[] = [
  { name: 'obligation: tell a rung', on: ['obligation.climbed'], react: tellRung },
  { name: 'obligation: tell sooner', on: ['obligation.recounted'], react: tellSooner },
];
