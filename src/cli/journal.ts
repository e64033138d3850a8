import { verifyCasefiles } from '../domains/work/casefiles/index.ts';
import { asKeeper } from '../kernel/entrance.ts';
import { listRealms } from '../kernel/reaction.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import { transact } from '../kernel/transaction.ts';
import { verifyJournal } from '../kernel/verify.ts';
import { withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** `journal verify`: seals and leaves from the beginning, and every case and clock replayed from its entries. */
export async function verify(terminal: Terminal): Promise<number> {
  return withRuntime(terminal, async (runtime) => {
    const realms = await listRealms(runtime);
    const checks = [];
    for (const realm of realms) checks.push(await verifyRealm(terminal, runtime, realm));
    const faults = checks.flatMap((check) => check.faults.map((fault) => ({ realm: check.realm, ...fault })));
    for (const { realm, what, id, says } of faults) terminal.line(`realm ${realm}: ${what} ${id} ${says}`);
    terminal.say(
      faults.length === 0
        ? { zh: '台账与现状一致，封印完好。', en: 'The journal agrees with what is stored, all seals are whole.' }
        : { zh: `发现 ${faults.length} 处不一致。`, en: `${faults.length} disagreements found.` },
    );
    terminal.result({ realms: checks, faults });
    return faults.length === 0 ? exitCodes.done : exitCodes.found;
  });
}

async function verifyRealm(terminal: Terminal, runtime: OpenRuntime, realm: number) {
  const sealed = await transact(runtime, asKeeper(realm), async (ctx) => {
    const bar = terminal.progress({ zh: `台账 ${realm}`, en: `journal ${realm}` }, 100);
    const check = await verifyJournal(ctx, (position, last) => bar.to(last === 0 ? 100 : (position / last) * 100));
    bar.done();
    return check;
  });
  const replayed = await verifyCasefiles(runtime, realm, () => undefined);
  terminal.line(
    `realm ${realm}: ${sealed.entries} entries, ${sealed.seals} seals, ${replayed.casefiles} casefiles, ${replayed.obligations} obligations`,
  );
  return {
    realm,
    ...sealed,
    casefiles: replayed.casefiles,
    obligations: replayed.obligations,
    faults: [...sealed.faults, ...replayed.faults],
  };
}
