import { verifyChannel } from '../domains/community/channel/index.ts';
import { retellings } from '../domains/index.ts';
import { verifyCasefiles } from '../domains/work/casefiles/index.ts';
import { verifyTold } from '../domains/work/retelling/index.ts';
import { noteCheckpoints, openWitness, publicKeyOf, type ReadLine, readCheckpoints } from '../kernel/checkpoint.ts';
import { machineClock } from '../kernel/clock.ts';
import { asKeeper } from '../kernel/entrance.ts';
import { noteKept } from '../kernel/keeping/ledger.ts';
import { listRealms } from '../kernel/reaction.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import { transact } from '../kernel/transaction.ts';
import { type Fault, verifyJournal } from '../kernel/verify.ts';
import type { Words } from '../kernel/words.ts';
import { withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/**
 * `journal verify`: seals and leaves from the beginning, what the checkpoints outside the database saw, and every case,
 * message of a channel, hazard, notice, patrol, gate and clock replayed from its entries.
 */
export async function verify(terminal: Terminal, { against }: { against?: string }): Promise<number> {
  return withRuntime(terminal, async (runtime, { config }) => {
    const lines = [config.checkpointsFolder, ...(against === undefined ? [] : [against])].flatMap(readCheckpoints);
    const checked = await checkJournal(terminal, runtime, lines);
    const at = machineClock.now().toISOString();
    for (const { realm, entries, faults } of checked.realms)
      await noteKept(config.dataFolder, { is: 'journal', at, realm, entries, faults: faults.length });
    const code = sayChecked(terminal, checked);
    terminal.result(checked);
    return code;
  });
}

/** `journal checkpoint PLACE`: where each journal stands now, signed; to be carried away. */
export async function checkpoint(terminal: Terminal, place: string): Promise<void> {
  await withRuntime(terminal, async (runtime, { keys }) => {
    const made = await noteCheckpoints(runtime, place, machineClock.now());
    for (const { realm, position, root } of made) terminal.line(`realm ${realm}: ${position} ${root}`);
    terminal.say(
      made.length === 0
        ? { zh: '台账没有新内容，检查点没有增加。', en: 'The journals have not grown, no checkpoint was added.' }
        : { zh: `已写入 ${made.length} 个检查点：${place}`, en: `${made.length} checkpoints written to ${place}` },
    );
    const checkpoints = made.map(({ realm, position, root, at }) => ({ realm, position, root, at }));
    terminal.result({ place, checkpoints, publicKey: publicKeyOf(keys) });
  });
}

export interface Checked {
  readonly realms: readonly Awaited<ReturnType<typeof verifyRealm>>[];
  readonly faults: readonly (Fault & { readonly realm: number })[];
}

export async function checkJournal(
  terminal: Terminal,
  runtime: OpenRuntime,
  lines: readonly ReadLine[],
): Promise<Checked> {
  const checks = [];
  for (const realm of await listRealms(runtime)) checks.push(await verifyRealm(terminal, runtime, realm, lines));
  return { realms: checks, faults: checks.flatMap(({ realm, faults }) => faults.map((it) => ({ realm, ...it }))) };
}

export function sayChecked(terminal: Terminal, { realms, faults }: Checked): number {
  for (const { realm, what, id, says } of faults) terminal.line(`realm ${realm}: ${what} ${id} ${says}`);
  if (realms.length > 0 && realms.every(({ checkpoints }) => checkpoints === 0))
    terminal.say({
      zh: '没有可以对照的检查点（见 JINGWEI_CHECKPOINTS):整库重写并重新封印的，这次看不出来。',
      en: 'There were no checkpoints to compare with (JINGWEI_CHECKPOINTS): a journal rewritten and sealed anew as a whole would not show.',
    });
  terminal.say(
    faults.length === 0
      ? { zh: '台账与现状一致，封印完好。', en: 'The journal agrees with what is stored, all seals are whole.' }
      : { zh: `发现 ${faults.length} 处不一致。`, en: `${faults.length} disagreements found.` },
  );
  return faults.length === 0 ? exitCodes.done : exitCodes.found;
}

async function verifyRealm(terminal: Terminal, runtime: OpenRuntime, realm: number, lines: readonly ReadLine[]) {
  const witness = openWitness(lines, realm, runtime.keys);
  const start = performance.now();
  const sealed = await withBar(terminal, { zh: `台账 ${realm}`, en: `journal ${realm}` }, (progress) =>
    transact(runtime, asKeeper(realm), (ctx) => verifyJournal(ctx, progress, witness)),
  );
  const replayed = await withBar(terminal, { zh: `案卷 ${realm}`, en: `casefiles ${realm}` }, (progress) =>
    verifyCasefiles(runtime, realm, progress),
  );
  const channel = await verifyChannel(runtime, realm);
  const told = await verifyTold(runtime, realm, retellings);
  const records = Object.values(told.records).reduce((sum, n) => sum + n, 0);
  const seconds = Math.max(0.1, Math.round((performance.now() - start) / 100) / 10);
  const obligations = replayed.obligations + channel.obligations + told.obligations;
  const perSecond = Math.round(sealed.entries / seconds);
  terminal.line(
    `realm ${realm}: ${sealed.entries} entries, ${sealed.seals} seals, ${witness.lines} checkpoints, ${replayed.casefiles} casefiles, ${channel.messages} messages, ${records} other records, ${obligations} obligations in ${seconds} s (${perSecond} entries/s)`,
  );
  for (const { position, reached, at } of witness.givenUp)
    terminal.line(
      `realm ${realm}: restored at ${at} to position ${position}; ${position + 1}–${reached} were given up`,
    );
  const unsigned = witness.unsigned.map((line) => ({
    what: 'checkpoint',
    id: `line ${line}`,
    says: 'is not signed by these keys',
  }));
  return {
    realm,
    ...sealed,
    checkpoints: witness.lines,
    givenUp: witness.givenUp,
    casefiles: replayed.casefiles,
    messages: channel.messages,
    records: told.records,
    obligations,
    seconds,
    perSecond,
    faults: [...sealed.faults, ...unsigned, ...replayed.faults, ...channel.faults, ...told.faults],
  };
}

async function withBar<T>(
  terminal: Terminal,
  title: Words,
  work: (progress: (done: number, all: number) => void) => Promise<T>,
): Promise<T> {
  const bar = terminal.progress(title, 100);
  try {
    return await work((done, all) => bar.to(all === 0 ? 100 : (100 * done) / all));
  } finally {
    bar.done();
  }
}
