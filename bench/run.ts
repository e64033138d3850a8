import { box } from './box.ts';
import { coverage } from './coverage.ts';
import { fieldStart } from './field_start.ts';
import { figures } from './figures.ts';
import { fill } from './fill.ts';
import { type Bench, type Line, withRoom } from './frame.ts';
import { imports } from './import.ts';
import { inbox } from './inbox.ts';
import { ledger } from './ledger.ts';
import { list } from './list.ts';
import { locate } from './locate.ts';
import { memory } from './memory.ts';
import { phones } from './phones.ts';
import { report } from './report.ts';
import { search } from './search.ts';
import { sync } from './sync.ts';
import { tasks } from './tasks.ts';

const benches: readonly Bench[] = [
  report,
  locate,
  list,
  inbox,
  figures,
  memory,
  imports,
  ledger,
  coverage,
  fill,
  box,
  search,
  sync,
  phones,
  fieldStart,
  tasks,
];

const [, , ...given] = process.argv;
const json = given.includes('--json');
const names = given.filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no bench is called ${unknown.join(', ')}; there are: ${benches.map((bench) => bench.name).join(', ')}\n`,
  );
  process.exit(2);
}

let failed = 0;
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const lines = await withRoom((room) => bench.run(room));
  for (const line of lines) {
    process.stdout.write(`${json ? JSON.stringify({ bench: bench.name, ...line }) : inWords(line)}\n`);
    if (!line.pass) failed += 1;
  }
}
process.exitCode = failed > 0 ? 3 : 0;

function inWords({ name, ratio, goal, pass, product, ceiling }: Line): string {
  const figure = ratio === null ? '' : `ratio ${ratio.toFixed(2)} (goal ${goal}) ${pass ? 'pass' : 'MISSED'}`;
  return `${name}: ${figure}\n  product ${product}\n  ceiling ${ceiling}`;
}
