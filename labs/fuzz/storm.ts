import { between, chanceOf } from '../frame.ts';
import type { Operation } from './document.ts';
import { follow } from './follow.ts';
import type { House, Served } from './house.ts';
import type { Judge } from './judge.ts';
import { draftAt, type Kind, kindAt } from './kinds.ts';
import { type Known, openKnown } from './known.ts';
import { curlOf, render, type Sent } from './render.ts';
import { lookAround } from './scout.ts';
import { shrink } from './shrink.ts';
import type { Tally } from './tally.ts';
import { changeFaults, culprit } from './unchanged.ts';
import { usageOf } from './usage.ts';
import { type Answer, type Line, openLine } from './wire.ts';

/** Requests in batches, several at once; after each it is looked what was changed, and by which. */
export interface Storm {
  readonly house: House;
  readonly server: Served;
  readonly operations: readonly Operation[];
  readonly judge: Judge;
  readonly seed: number;
  readonly requests: number;
  readonly tally: Tally;
  readonly say: (line: string) => void;
}

/** One request with its number and seed, from which everything about it follows. */
export interface Shot {
  readonly number: number;
  readonly operation: Operation;
  readonly kind: Kind;
  readonly seed: number;
  readonly sent: Sent;
  readonly answer: Answer;
}

const BATCH = 200;
const LANES = 8;

export async function storm(it: Storm): Promise<void> {
  const { house, server, requests, seed, tally, say } = it;
  const [line, known] = [openLine(server.port), openKnown(house)];
  try {
    for (let [sent, turn] = [0, 0]; sent < requests && server.isAlive(); turn += 1) {
      await house.reviveSessions();
      await known.refresh();
      await lookAround({ line, known, viewers: house.viewers, turn });
      await house.watch.look();
      const plans = planned(it, known, sent, chanceOf(seed + turn * 7919));
      const shots = await shoot(plans, line, known);
      sent += shots.length;
      await take(it, shots, line, known);
      if (turn % 5 === 0) tally.use(await usageOf(server.port));
      if (turn % 25 === 24) say(`${sent} of ${requests} sent, ${tally.faults.length} findings`);
    }
    tally.use(await usageOf(server.port));
  } finally {
    line.end();
  }
}

type Plan = Pick<Shot, 'number' | 'operation' | 'kind' | 'seed'>;

const planned = ({ operations, requests, tally }: Storm, known: Known, sent: number, chance: () => number): Plan[] =>
  Array.from({ length: Math.min(BATCH, requests - sent) }, (_, i) => ({
    number: sent + i,
    ...choose(operations, known.open(), tally, chance),
    seed: between(chance, 1, 2 ** 30),
  }));

/**
 * Any address in any way; or, often enough that cases move on, a step that somebody may take just now: of some, the one
 * that worked least often so far.
 */
function choose(operations: readonly Operation[], open: readonly string[], tally: Tally, chance: () => number) {
  const kind = kindAt(chance());
  const isStep = kind === 'good' && chance() < 0.5 && open.length > 0;
  const some = [0, 1, 2].map(() => open[between(chance, 0, open.length - 1)] ?? '');
  const [step] = some.sort((a, b) => tally.worked(a) - tally.worked(b));
  const chosen = isStep ? operations.find(({ name }) => name === step) : undefined;
  return { kind, operation: chosen ?? (operations[between(chance, 0, operations.length - 1)] as Operation) };
}

async function shoot(plans: readonly Plan[], line: Line, known: Known): Promise<Shot[]> {
  const shots: Shot[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let plan = plans[next]; plan; plan = plans[next]) {
      next += 1;
      const sent = render(draftAt(plan.operation, plan.kind, plan.seed), known);
      shots.push({ ...plan, sent, answer: await line.send(sent, plan.number) });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return shots;
}

/** Judged one by one and all together; what is new is made as small as it gets. */
async function take(it: Storm, shots: readonly Shot[], line: Line, known: Known): Promise<void> {
  const { house, server, judge, tally, say } = it;
  const changes = await house.watch.look();
  for (const shot of shots) {
    tally.count(shot.operation, shot.kind, shot.answer);
    follow(shot, known);
  }
  tally.changed(changes.length);
  const found = [
    ...shots.flatMap((shot) => judge(shot.operation, shot.sent, shot.answer).map((what) => ({ shot, what }))),
    ...changeFaults(shots, changes),
  ];
  for (const one of found) {
    const { shot, what } = await culprit(one, shots, { line, watch: house.watch });
    if (!tally.fault(shot, what)) continue;
    const sent = await shrink(shot, what, { house, line, known, judge });
    say(`${shot.operation.name}, ${shot.kind}, request ${shot.number}, seed ${shot.seed}: ${what}`);
    say(`  ${curlOf(sent, server.port).slice(0, 2000)}`);
  }
}
