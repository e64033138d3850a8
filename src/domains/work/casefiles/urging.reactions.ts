import type { Ctx } from '../../../kernel/context.ts';
import { recordKey } from '../../../kernel/data_key.ts';
import { openSecrets } from '../../../kernel/journal.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import { realmOf } from '../../../kernel/realm.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { type Recipient, tell } from '../../telling/messages/index.ts';
import { dayAndTimeWords } from '../calendars/index.ts';
import { dutyWords, isOpen, type Obligation, obligationsOf } from '../obligations/index.ts';
import { findCasefile } from './casefile.queries.ts';
import { subjectOf } from './step.commands.ts';

/** Each that owes something on the case is told once, of what falls due first; what somebody was given, they are told too. */
async function tellUrged(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const [file, all, secrets, { zone }] = await Promise.all([
    findCasefile(ctx, entry.recordId),
    obligationsOf(ctx, entry.recordId),
    openSecrets(ctx, [entry]),
    realmOf(ctx),
  ]);
  if (!file) return;
  const words = (secrets.get(entry.id) as { words?: string } | undefined)?.words;
  const key = words === undefined ? null : await recordKey(ctx, subjectOf(file));
  for (const [id, { kind, owed }] of owing(all)) {
    const params = {
      duty: dutyWords(owed.duty),
      due: owed.dueAt === null ? { zh: '未定', en: 'not set' } : dayAndTimeWords(owed.dueAt, zone),
    };
    await tell(ctx, { about: subjectOf(file), to: { kind, id }, code: 'casefile.urged', params, words, key });
  }
}

interface Owing {
  readonly kind: Recipient['kind'];
  readonly owed: Obligation;
}

function owing(all: readonly Obligation[]): Map<string, Owing> {
  const due = ({ dueAt }: Obligation): number => dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const told = new Map<string, Owing>();
  const open = all.filter((owed) => isOpen(owed) && owed.owedByKind !== 'reporter').toSorted((a, b) => due(b) - due(a));
  // The last one written is what falls due first.
  for (const owed of open) {
    told.set(owed.owedBy, { kind: owed.owedByKind, owed });
    if (owed.assigneeId !== null) told.set(owed.assigneeId, { kind: 'person', owed });
  }
  return told;
}

export const urgingReaction: Reaction = { name: 'casefile: tell the urged', on: ['casefile.urged'], react: tellUrged };
