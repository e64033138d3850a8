import type { Finding, Lab } from './frame.ts';
import { undescribed } from './fuzz/addresses.ts';
import { control } from './fuzz/control.ts';
import { type Document, operationsOf } from './fuzz/document.ts';
import { servedProgram, withHouse } from './fuzz/house.ts';
import { openJudge } from './fuzz/judge.ts';
import { settle } from './fuzz/settle.ts';
import { storm } from './fuzz/storm.ts';
import { openTally, type Tally } from './fuzz/tally.ts';

const SMALL = 3000;
/** After so many it begins again with a fresh county: one that is a million acts old is no longer the one that is tried. */
const ONE_COUNTY = 50_000;
const MOST_MEMORY_MB = 768;
/** Of what was asked in earnest, so much must work, or the storm only ever meets the door. */
const LEAST_GOOD = 0.4;

export const fuzz: Lab = {
  name: 'fuzz',
  claim: 'whatever is sent, the answer is one that the document allows, and what is refused changes nothing',
  async run({ seed, size = SMALL }, tell) {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const tally = openTally();
    const start = performance.now();
    let died = false;
    const broken: string[] = [];
    for (let [sent, round] = [0, 0]; sent < size && !died; sent += ONE_COUNTY, round += 1) {
      const requests = Math.min(ONE_COUNTY, size - sent);
      await withHouse(async (house) => {
        await house.serve(servedProgram, async (server) => {
          const document = (await (await fetch(`http://127.0.0.1:${server.port}/api/openapi.json`)).json()) as Document;
          const operations = [...operationsOf(document), ...undescribed];
          const judge = openJudge(document, operations);
          await settle(server.port, house.viewers);
          await storm({ house, server, operations, judge, seed: seed + round, requests, tally, say });
          died = !server.isAlive();
          // Also what only the storm's own scouts ran into.
          broken.push(
            ...server
              .log()
              .split('\n')
              .filter((line) => line.includes('"what":"request failed"')),
          );
          if (tally.faults.length > 0) say(server.log().slice(-8000));
        });
        if (round === 0) await control(house, seed, tell);
      });
    }
    tell({
      what: 'no request ran into what nobody thought of',
      times: broken.length,
      first: broken[0] ?? '',
      pass: broken.length === 0,
    });
    conclude(tally, { seconds: (performance.now() - start) / 1000, died, say }, tell);
  },
};

interface End {
  readonly seconds: number;
  readonly died: boolean;
  readonly say: (line: string) => void;
}

function conclude(tally: Tally, { seconds, died, say }: End, tell: (finding: Finding) => void): void {
  const { sent, slowestMs, changes, statuses, kinds } = tally.totals();
  const isChange = (what: string): boolean => /and changed by|was changed that/.test(what);
  const [changed, answered] = [true, false].map((wanted) =>
    tally.faults.filter(({ what }) => isChange(what) === wanted),
  );
  const asList = (faults: typeof changed = []) =>
    faults.map(({ operation, what, times }) => `${operation} ×${times}: ${what.slice(0, 160)}`);
  tell({
    ...{ what: 'every answer is one that the document allows', sent, slowestMs, perSecond: Math.round(sent / seconds) },
    ...{ statuses, faults: asList(answered), pass: answered?.length === 0 },
  });
  tell({
    what: 'what was refused changed nothing',
    ...{ changingTransactions: changes, faults: asList(changed), pass: changed?.length === 0 && changes > 0 },
  });
  const most = Math.max(...tally.usages.map(({ memoryMb }) => memoryMb));
  const cpuMs = Math.round(
    (1000 * Math.max(...tally.usages.map(({ cpuSeconds }) => cpuSeconds))) / Math.min(sent, ONE_COUNTY),
  );
  tell({
    what: 'the process lives and its memory is bounded',
    ...{ mostMb: most, cpuMsPerRequest: cpuMs, pass: !died && most > 0 && most <= MOST_MEMORY_MB },
  });
  const shares = tally.shares();
  const [asked, good] = [shares.reduce((n, it) => n + it.sent, 0), shares.reduce((n, it) => n + it.good, 0)];
  const never = shares.filter((it) => it.good === 0);
  for (const it of shares.filter((one) => one.good / one.sent < 0.1))
    say(`${it.good}/${it.sent} ${it.name}: ${it.ways}`);
  tell({
    ...{ what: 'what was asked in earnest often works', kinds, operations: shares.length, askedInEarnest: asked },
    ...{
      share: Number((good / asked).toFixed(2)),
      never: never.map(({ name }) => name),
      pass: good / asked >= LEAST_GOOD,
    },
  });
}
