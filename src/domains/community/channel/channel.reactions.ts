import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import { openSecrets } from '../../../kernel/journal.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { type TextCode, tell } from '../../telling/messages/index.ts';
import { reasons } from './channel.model.ts';
import { findAreaMessage } from './channel.queries.ts';

/** Whoever wrote hears what the desk says, on the page of their code and on every way that messages go out. */
async function tellWriter(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const [message, atlas] = await Promise.all([findAreaMessage(ctx, entry.recordId), atlasOf(ctx)]);
  if (!message) return;
  const secret = (await openSecrets(ctx, [entry])).get(entry.id) as { words?: string } | undefined;
  const reason = reasons[message.reason as keyof typeof reasons] ?? reasons.thanks;
  await tell(ctx, {
    about: { kind: 'area_message', id: message.id, scopeNo: message.scopeNo, confidential: false },
    to: { kind: 'reporter', id: message.grantee },
    code: entry.kind as TextCode,
    params: { place: atlas.get(message.areaId)?.name ?? '', reason },
    words: secret?.words,
    key: await openDataKey(ctx, message.keyId),
  });
}

export const channelReactions: readonly Reaction[] = [
  { name: 'channel: tell the writer', on: ['area_message.answered', 'area_message.set_aside'], react: tellWriter },
];
