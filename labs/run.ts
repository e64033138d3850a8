import type { Lab } from './frame.ts';

/** `npm run lab:tamper -- --seed 7 --size 200`, `npm run lab:kill -- --kills 50`: one JSON line a finding, exit code 3 when one is not as it must be. */
const labs: Readonly<Record<string, () => Promise<Lab>>> = {
  tamper: async () => (await import('./tamper.ts')).tamper,
  retry: async () => (await import('./retry.ts')).retry,
  kill: async () => (await import('./kill.ts')).kill,
  power: async () => (await import('./power.ts')).power,
  fuzz: async () => (await import('./fuzz.ts')).fuzz,
  sync: async () => (await import('./sync.ts')).sync,
  link: async () => (await import('./link.ts')).link,
};

const [, , name, ...given] = process.argv;
const lab = await labs[name ?? '']?.();
if (!lab) {
  process.stderr.write(`which laboratory? There are: ${Object.keys(labs).join(', ')}\n`);
  process.exit(2);
}
const numberAfter = (option: string): number | undefined => {
  const at = given.indexOf(option);
  return at < 0 ? undefined : Number(given[at + 1]);
};
const seed = numberAfter('--seed') ?? Math.floor(Math.random() * 1_000_000);
const start = performance.now();
const missed: string[] = [];
process.stdout.write(`${JSON.stringify({ lab: lab.name, claim: lab.claim, seed })}\n`);
await lab.run(
  {
    seed,
    size: numberAfter('--size') ?? numberAfter('--kills') ?? numberAfter('--requests'),
    option: numberAfter,
  },
  (finding) => {
    const line = JSON.stringify({ lab: lab.name, ...finding });
    if (!finding.pass) missed.push(line);
    process.stdout.write(`${line}\n`);
  },
);
const seconds = Math.round((performance.now() - start) / 1000);
// Once more at the end: of a long record people read the last page.
for (const line of missed) process.stdout.write(`MISSED ${line}\n`);
process.stdout.write(`${JSON.stringify({ lab: lab.name, seed, missed: missed.length, seconds })}\n`);
process.exitCode = missed.length === 0 ? 0 : 3;
