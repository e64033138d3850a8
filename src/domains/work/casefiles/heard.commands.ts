import type { CommandOf } from './intake.commands.ts';
import { begin, finish } from './step.commands.ts';

/** What became of a case that was sent to a platform of others, and what they say of it; their words are kept sealed. */
export const hear: CommandOf<'hear'> = async (ctx, id, { words, news, bodyId, ...more }) => {
  const step = await begin(ctx, id, 'hear');
  const known = Object.entries(more).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return finish(ctx, step, {
    body: { news, bodyId, ...Object.fromEntries(known) },
    secret: words === undefined ? undefined : { words },
  });
};
