import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHasty } from './early_answer.ts';
import { killFirstStarts } from './first_start.ts';
import { between, chanceOf, type Finding, type Lab } from './frame.ts';
import { anImport, type ImportFile, importedOf, importToItsEnd, untilBegun } from './importing.ts';
import { judge, lostOf } from './judging.ts';
import { underLoad } from './load.ts';
import type { Moment } from './moments.ts';
import { ended, type Program } from './program.ts';
import { openVictim, type Victim } from './victim.ts';

const SMALL = 5;
/** Several parts, each a transaction. */
const ROWS = 2000;

type Struck = 'server' | 'postmaster' | 'backend' | 'importer';
type Blow = readonly [Struck | 'first start', Moment];

/** The small form is the first five; a longer one goes round. */
const blows: readonly Blow[] = [
  ['server', 'reaction'],
  ['importer', 'import'],
  ['backend', 'sweep'],
  ['postmaster', 'positions'],
  ['first start', 'anywhere'],
  ['server', 'positions'],
  ['postmaster', 'import'],
  ['backend', 'reaction'],
  ['server', 'sweep'],
  ['first start', 'anywhere'],
  ['backend', 'import'],
  ['postmaster', 'sweep'],
  ['server', 'import'],
  ['backend', 'positions'],
  ['postmaster', 'reaction'],
  ['server', 'anywhere'],
  ['backend', 'anywhere'],
  ['postmaster', 'anywhere'],
];

export const kill: Lab = {
  name: 'kill',
  claim: 'whatever is killed under load, what was acknowledged is there exactly once and nothing stays stuck',
  async run({ seed, size = SMALL }, tell) {
    const chance = chanceOf(seed);
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-lab-'));
    const victim = await openVictim(join(folder, 'served'));
    try {
      const all = Array.from({ length: size }, (_, i): Blow => blows[i % blows.length] ?? ['server', 'anywhere']);
      const files: ImportFile[] = [];
      let reached = 0;
      const kept = await underLoad({ ...victim, port: victim.program.port }, async () => {
        for (const [part, moment] of all) {
          if (part === 'first start') continue;
          // At least one report must come through between two kills, or the load was none.
          await sleep(between(chance, 500, 1500));
          const file = moment === 'import' ? anImport(folder, files.length, ROWS) : null;
          if (file) files.push(file);
          if (await strike(victim, [part, moment], file, tell)) reached += 1;
        }
      });
      // What a killed process had taken is free after a minute; meanwhile other folders are hurt.
      const firstStarts = all.filter(([part]) => part === 'first start').length;
      const served = size - firstStarts;
      tell({ what: 'killed at the moment that was meant', kills: served, reached, pass: reached >= 0.75 * served });
      mkdirSync(join(folder, 'fresh'));
      if (firstStarts > 0) await killFirstStarts(join(folder, 'fresh'), { kills: firstStarts, chance }, tell);
      await judge(victim.program, { kept, imported: files.reduce((sum, { rows }) => sum + rows, 0) }, tell);
      await control(victim, chance, tell);
    } finally {
      await victim.end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function strike(
  victim: Victim,
  [part, moment]: readonly [Struck, Moment],
  file: ImportFile | null,
  tell: (finding: Finding) => void,
): Promise<boolean> {
  const { program } = victim;
  const importer = file && program.run(file.words);
  importer?.stdout?.resume();
  if (file) await untilBegun(program, file);
  const struck = await victim.kill(part === 'importer' ? (importer ?? 'server') : part, moment);
  tell({ what: `killed: ${part}`, at: moment, ...struck, pass: struck.backInMs < 60_000 });
  if (importer && file) await finishImport(program, importer, file, tell);
  return struck.reached;
}

async function finishImport(
  program: Program,
  importer: ChildProcess,
  file: ImportFile,
  tell: (finding: Finding) => void,
): Promise<void> {
  await ended(importer);
  const keptByThen = await importedOf(program, file);
  const pass = await importToItsEnd(program, file);
  tell({ what: 'what was being imported is imported again', rows: file.rows, keptByThen, pass });
}

/** In front of the same server stands one that says yes before anything is kept. Sooner or later a kill must show it. */
async function control(victim: Victim, chance: () => number, tell: (finding: Finding) => void): Promise<void> {
  const hasty = await openHasty(victim.program.port);
  let [lost, kills] = [0, 0];
  try {
    for (; lost === 0 && kills < 3; kills += 1) {
      const told = await underLoad({ ...victim, port: hasty.port }, async () => {
        await sleep(between(chance, 500, 1500));
        await victim.kill('server', 'anywhere');
      });
      await hasty.settled();
      lost = await lostOf(victim.program, told);
    }
  } finally {
    await hasty.close();
  }
  tell({ what: 'control: a server that answers before it commits', kills, lost, pass: lost > 0 });
}
