import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHasty } from './early_answer.ts';
import { between, chanceOf, type Finding, type Lab } from './frame.ts';
import { type Answer, aReport, type Place, send } from './reporting.ts';
import { openVictim, type Victim } from './victim.ts';

const LANES = 6;
const SMALL = 5;
/** Jobs of a process that was killed are free again after a minute. */
const PATIENCE_MS = 90_000;
const ways = ['server', 'postmaster', 'backend'] as const;

export const kill: Lab = {
  name: 'kill',
  claim: 'whatever is killed under load, each acknowledged report is there exactly once and nothing stays stuck',
  async run({ seed, size = SMALL }, tell) {
    const chance = chanceOf(seed);
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-lab-'));
    const victim = await openVictim(folder);
    try {
      const kept = await underLoad(victim, victim.port, async () => {
        for (let i = 0; i < size; i += 1) {
          const way = ways[i % ways.length] ?? 'server';
          const after = between(chance, 500, 2500);
          await sleep(after);
          const backIn = await victim.kill(way, chance);
          tell({ what: `killed: ${way}`, afterMs: after, answeredAgainAfterMs: backIn, pass: backIn < 30_000 });
          // At least one report must come through between two kills, or the load was none.
          await sleep(500);
        }
      });
      await judge(victim, kept, tell);
      await control(victim, chance, tell);
    } finally {
      await victim.end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Residents who send until they are answered, always the same command. Returns the ids of what was acknowledged. */
async function underLoad(victim: Victim, port: number, work: () => Promise<void>): Promise<readonly string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * LANES });
  const place: Place = { agent, port, token: victim.token };
  const acknowledged: string[] = [];
  let going = true;
  const lane = async (): Promise<void> => {
    while (going) {
      const report = aReport('路面塌了一块');
      let answer: Answer = { status: 0, body: {} };
      for (; answer.status !== 200 && (going || answer.status === 0); await sleep(answer.status === 200 ? 0 : 100)) {
        answer = await send(place, report);
        if (!going && answer.status !== 200) break;
      }
      if (answer.status === 200) acknowledged.push(report.casefileId);
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  try {
    await work();
  } finally {
    going = false;
    await Promise.all(lanes);
    agent.destroy();
  }
  return acknowledged;
}

async function judge(victim: Victim, kept: readonly string[], tell: (finding: Finding) => void): Promise<void> {
  const { lost, twice } = await compare(victim, kept);
  tell({
    what: 'every acknowledged report is there',
    acknowledged: kept.length,
    lost,
    pass: kept.length > 0 && lost === 0,
  });
  tell({ what: 'none is there twice', twice, pass: twice === 0 });
  const start = performance.now();
  let stuck = await leftToDo(victim);
  while (stuck.pending + stuck.jobs > 0 && performance.now() - start < PATIENCE_MS) {
    await sleep(1000);
    stuck = await leftToDo(victim);
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  tell({
    what: 'no entry without position, no job or lease left',
    ...stuck,
    seconds,
    pass: stuck.pending + stuck.jobs === 0,
  });
  const { code, says } = await victim.verify();
  tell({ what: 'the journal agrees', says, pass: code === 0 });
}

async function compare(victim: Victim, kept: readonly string[]): Promise<{ lost: number; twice: number }> {
  const rows = await victim.sql<{ lost: number; twice: number }>(
    `select count(*) filter (where n = 0)::int as lost, count(*) filter (where n > 1)::int as twice from (
       select k.id, count(e.id) as n from unnest($1::uuid[]) as k (id)
       left join casefile c on c.realm = 1 and c.id = k.id
       left join entry e on e.realm = 1 and e.record_id = c.id and e.kind = 'casefile.reported' group by k.id) t`,
    [kept],
  );
  return rows[0] ?? { lost: -1, twice: -1 };
}

async function leftToDo(victim: Victim): Promise<{ pending: number; jobs: number }> {
  const rows = await victim.sql<{ pending: number; jobs: number }>(
    `select (select count(*)::int from entry_pending) as pending, (select count(*)::int from graphile_worker._private_jobs) as jobs`,
  );
  return rows[0] ?? { pending: -1, jobs: -1 };
}

/** In front of the same server stands one that says yes before anything is kept. Sooner or later a kill must show it. */
async function control(victim: Victim, chance: () => number, tell: (finding: Finding) => void): Promise<void> {
  const hasty = await openHasty(victim.port);
  let [lost, kills] = [0, 0];
  try {
    for (; lost === 0 && kills < 3; kills += 1) {
      const told = await underLoad(victim, hasty.port, async () => {
        await sleep(between(chance, 500, 1500));
        await victim.kill('server', chance);
      });
      await hasty.settled();
      lost = (await compare(victim, told)).lost;
    }
  } finally {
    await hasty.close();
  }
  tell({ what: 'control: a server that answers before it commits', kills, lost, pass: lost > 0 });
}
