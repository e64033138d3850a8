import type { Ctx } from '../../../kernel/context.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import { realmOf } from '../../../kernel/realm.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { dayAndTimeWords } from '../../work/calendars/index.ts';
import { tellGroup } from '../messages/index.ts';
import { sayTest } from './robot.commands.ts';
import { postedNotice } from './robot.queries.ts';

/** A public notice goes to the groups of the areas that it touches: its public line, and nothing else. */
async function postNotice(ctx: Ctx, { recordId }: PositionedEntry): Promise<void> {
  const [notice, atlas, { zone }] = await Promise.all([postedNotice(ctx, recordId), atlasOf(ctx), realmOf(ctx)]);
  if (!notice) return;
  for (const { id, areaId, no } of notice.robots) {
    const about = { kind: 'notice', id: recordId, scopeNo: no, confidential: false };
    const until = dayAndTimeWords(notice.untilAt, zone);
    const params = { place: atlas.get(areaId)?.name ?? '', words: notice.words, until };
    await tellGroup(ctx, { about, robotId: id, code: 'notice.posted', params });
  }
}

export const robotReactions: readonly Reaction[] = [
  { name: 'robot: post a notice', on: ['notice.issued'], react: postNotice },
  { name: 'robot: say a test line', on: ['robot.tested'], react: (ctx, { recordId }) => sayTest(ctx, recordId) },
];
