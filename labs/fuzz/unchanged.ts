import type { Shot } from './storm.ts';
import { isGood } from './tally.ts';
import { type Change, isHousekeeping, type Watch } from './watch.ts';
import type { Line } from './wire.ts';

export interface Found {
  readonly shot: Shot;
  readonly what: string;
}

/** Where the program makes the ids of commands itself: signing in, keys of other clients, photos, and what has none in its own language. */
const makesIds = /^(session|account|collect_key|openrosa)\.|photo|^POST (\/$|\/console\/(sign-|account)|\/open311)/;

/**
 * Changes that no accepted request accounts for. What carries the id of a command is laid to the request that sent it;
 * what carries another is nobody's, unless requests were accepted for which the program makes ids.
 */
export function changeFaults(shots: readonly Shot[], changes: readonly Change[]): Found[] {
  const unknown = unknownOf(shots, changes);
  const known = changes.filter((change) => !isHousekeeping(change) && !unknown.includes(change));
  const refused = known.flatMap((change): Found[] => {
    const by = senders(shots, change);
    const [shot] = by;
    if (!shot || by.some(mayChange)) return [];
    return [{ shot, what: `answered ${shot.answer.status}, and changed ${toldOf(change)}` }];
  });
  const accepted = shots.filter((shot) => mayChange(shot) && makesIds.test(shot.operation.name));
  // A submission with photos is one command for the report and one for each photo.
  const most = accepted.reduce((sum, { operation }) => sum + (operation.encoding === 'multipart' ? 8 : 1), 0);
  const [suspect] = shots.filter((shot) => !mayChange(shot));
  if (!suspect || unknown.length <= most) return refused;
  // Which of them is the one too many cannot be told; which requests were accepted says most about it.
  const others = accepted.map(({ operation }) => operation.name).join(', ');
  return [...refused, { shot: suspect, what: `${UNTOLD} ${unknown.map(toldOf).join(' | ')}; accepted: ${others}` }];
}

const UNTOLD = 'something was changed that nobody was told of:';

/** Each refused request once more and alone, until the one is found after which something is changed. */
export async function culprit(
  found: Found,
  shots: readonly Shot[],
  { line, watch }: { line: Line; watch: Watch },
): Promise<Found> {
  if (!found.what.startsWith(UNTOLD)) return found;
  for (const shot of shots.filter((one) => !mayChange(one))) {
    await watch.look();
    const again = { ...shot, answer: await line.send(shot.sent, shot.number) };
    const [change] = unknownOf([again], await watch.look());
    if (change && !mayChange(again)) return { shot, what: `${UNTOLD} ${toldOf(change)}` };
  }
  return found;
}

const senders = (shots: readonly Shot[], { command }: Change): Shot[] =>
  command === null ? [] : shots.filter(({ sent }) => sent.commands.includes(command));

const unknownOf = (shots: readonly Shot[], changes: readonly Change[]): Change[] =>
  changes.filter((change) => !isHousekeeping(change) && senders(shots, change).length === 0);

const toldOf = ({ what }: Change): string => `by ${what.join('; ').slice(0, 200)}`;

/** Accepted, or without an answer: then it is not known what became of it. */
const mayChange = ({ answer }: Shot): boolean => isGood(answer.status) || answer.status === 0;
