import type { Ctx } from '../../../kernel/context.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import { realmOf } from '../../../kernel/realm.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { callNames } from '../../land/staff/index.ts';
import { type Recipient, type TextCode, tell } from '../../telling/messages/index.ts';
import { dayAndTimeWords } from '../calendars/index.ts';
import { dutyWords } from './duty.model.ts';
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

/** A reporter is asked again in other words than a desk is reminded. */
function codeFor(entry: PositionedEntry, to: Recipient): TextCode {
  if (to.kind === 'reporter') return 'casefile.asked_again';
  if (entry.body.late) return 'obligation.late';
  return entry.body.tell === 'owner' ? 'obligation.near' : 'obligation.unattended';
}

export const obligationReactions: readonly Reaction[] = [
  { name: 'obligation: tell a rung', on: ['obligation.climbed'], react: tellRung },
];
