import type { Lab } from './frame.ts';
import { fuzz } from './fuzz.ts';
import { kill } from './kill.ts';
import { power } from './power.ts';
import { retry } from './retry.ts';
import { tamper } from './tamper.ts';

/** `npm run lab:tamper -- --seed 7 --size 200`, `npm run lab:kill -- --kills 50`: one JSON line a finding, exit code 3 when one is not as it must be. */
const labs: readonly Lab[] = [tamper, retry, kill, power, fuzz];

const [, , name, ...given] = process.argv;
const lab = labs.find((it) => it.name === name);
if (!lab) {
  process.stderr.write(`which laboratory? There are: ${labs.map((it) => it.name).join(', ')}\n`);
  process.exit(2);
}
const numberAfter = (option: string): number | undefined => {
  const at = given.indexOf(option);
  return at < 0 ? undefined : Number(given[at + 1]);
};
const seed = numberAfter('--seed') ?? Math.floor(Math.random() * 1_000_000);
const start = performance.now();
let missed = 0;
process.stdout.write(`${JSON.stringify({ lab: lab.name, claim: lab.claim, seed })}\n`);
await lab.run(
  { seed, size: numberAfter('--size') ?? numberAfter('--kills') ?? numberAfter('--requests') },
  (finding) => {
    if (!finding.pass) missed += 1;
    process.stdout.write(`${JSON.stringify({ lab: lab.name, ...finding })}\n`);
  },
);
const seconds = Math.round((performance.now() - start) / 1000);
process.stdout.write(`${JSON.stringify({ lab: lab.name, seed, missed, seconds })}\n`);
process.exitCode = missed === 0 ? 0 : 3;
