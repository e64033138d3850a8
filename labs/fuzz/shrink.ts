import fc from 'fast-check';
import type { House } from './house.ts';
import type { Judge } from './judge.ts';
import { draftsOf } from './kinds.ts';
import type { Known } from './known.ts';
import { render, type Sent } from './render.ts';
import type { Shot } from './storm.ts';
import { changeFaults } from './unchanged.ts';
import type { Line } from './wire.ts';

/** The smallest request that shows the same fault, found by sending smaller and smaller ones. */
export async function shrink(
  shot: Shot,
  what: string,
  { house, line, known, judge }: { house: House; line: Line; known: Known; judge: Judge },
): Promise<Sent> {
  const { operation, kind, seed } = shot;
  const sort = sortOf(what);
  let smallest = shot.sent;
  const shows = async (draft: Parameters<typeof render>[0]): Promise<boolean> => {
    const sent = render(draft, known);
    const answer = await line.send(sent, seed);
    const again: Shot = { ...shot, sent, answer };
    const faults = [
      ...judge(operation, sent, answer),
      ...changeFaults([again], await house.watch.look()).map((fault) => fault.what),
    ];
    if (!faults.some((fault) => sortOf(fault) === sort)) return false;
    smallest = sent;
    return true;
  };
  await fc.check(
    fc.asyncProperty(draftsOf(operation, kind), async (draft) => !(await shows(draft))),
    { seed, numRuns: 1, interruptAfterTimeLimit: 10_000 },
  );
  return smallest;
}

/** How it begins tells one kind of fault from another; where in a text something stood does not matter. */
const sortOf = (what: string): string => what.slice(0, 14);
