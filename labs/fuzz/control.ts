import type { Finding } from '../frame.ts';
import { type Document, operationsOf } from './document.ts';
import { type House, plantedProgram } from './house.ts';
import { openJudge } from './judge.ts';
import { storm } from './storm.ts';
import { openTally } from './tally.ts';

/** What each planted endpoint must be found doing. */
const expected: Readonly<Record<string, RegExp>> = {
  'planted.throws': /^answered 500$/,
  'planted.changes_and_refuses': /^answered 409, and changed by .*person insert/,
  'planted.changes_in_secret': /^something was changed that nobody was told of: by .*person insert/,
  'planted.leaks': /^SQL: |^the database: /,
  'planted.speaks_one_language': /^asked in zh-CN, refused with/,
  'planted.says_something_else': /^not as the document says/,
  'planted.hangs': /^no answer within the limit$/,
};
const REQUESTS = 400;

/** The same storm over the program with endpoints that break each rule: every one must be caught. */
export async function control(house: House, seed: number, tell: (finding: Finding) => void): Promise<void> {
  await house.serve(plantedProgram, async (server) => {
    const document = (await (await fetch(`http://127.0.0.1:${server.port}/api/openapi.json`)).json()) as Document;
    const operations = operationsOf(document).filter(({ name }) => name.startsWith('planted.'));
    const [judge, tally] = [openJudge(document, operations), openTally()];
    await storm({ house, server, operations, judge, seed, requests: REQUESTS, tally, say: () => undefined });
    for (const [name, sign] of Object.entries(expected)) {
      // Without a command id of the sender the first of the two that change something does so in secret as well.
      const isIts = (operation: string): boolean =>
        operation === name || (name.endsWith('in_secret') && operation === 'planted.changes_and_refuses');
      const found = tally.faults.filter(({ operation, what }) => isIts(operation) && sign.test(what));
      tell({ what: `control: ${name}`, found: found[0]?.what.slice(0, 120) ?? 'nothing', pass: found.length > 0 });
    }
  });
}
