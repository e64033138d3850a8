import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { directoryOf } from '../domains/land/staff/index.ts';
import { checkNeighbour } from '../gateways/neighbours/check.outside.ts';
import { retrySending, setNeighbour } from '../gateways/neighbours/neighbour.commands.ts';
import { neighbourForm, neighbourProblems } from '../gateways/neighbours/neighbour.model.ts';
import { sendingsIn } from '../gateways/neighbours/neighbour.queries.ts';
import { neighbours, sendingLines } from '../gateways/neighbours/neighbour.views.ts';
import type { Ctx } from '../kernel/context.ts';
import { asSystem } from '../kernel/entrance.ts';
import { idSchema } from '../kernel/id.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import { checked } from './checked.ts';
import { readForm } from './form.outside.ts';
import { byOperator, requireRealm } from './operator.ts';
import { cliProblems } from './problems.ts';
import { withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** `neighbour …`: bodies with a platform of their own, what was sent to them, what failed. */
interface InRealm {
  readonly realm?: string;
}
interface SetOptions extends InRealm {
  readonly url: string;
  readonly services: string;
  readonly jurisdiction?: string;
  readonly keyFile?: string;
  readonly format: string;
  readonly contact?: string;
  readonly off?: boolean;
}

const within = <T>(terminal: Terminal, { realm }: InRealm, work: (runtime: Runtime, realm: number) => Promise<T>) =>
  withRuntime(terminal, async (runtime, { config }) =>
    work(runtime, await requireRealm(runtime, realm ?? String(config.realm))),
  );

async function set(terminal: Terminal, named: string, options: SetOptions): Promise<void> {
  const { url, services, jurisdiction = null, keyFile, format, contact = null, off = false } = options;
  const given = {
    ...{ url, jurisdiction, format, contactPurpose: contact, enabled: !off, services: readForm(services) },
    // From a file: what stands on a command line is seen by everybody on the machine.
    ...(keyFile !== undefined && { apiKey: keyIn(keyFile) }),
  };
  await within(terminal, options, async (runtime, realm) => {
    const done = await byOperator(runtime, realm, 'neighbour.set', async (ctx) =>
      setNeighbour(ctx, checked(neighbourForm, { ...given, bodyId: await bodyNamed(ctx, named) })),
    );
    terminal.say({ zh: `已保存：${named} → ${url}`, en: `Saved: ${named} → ${url}` });
    terminal.result(done);
  });
}

function keyIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Problem(cliProblems['cli.file_unreadable'], { file, says: (error as NodeJS.ErrnoException).code ?? '' });
  }
}

async function bodyNamed(ctx: Ctx, named: string): Promise<string> {
  const found = (await directoryOf(ctx)).bodies.find(({ id, name }) => id === named || name === named);
  if (!found) throw new Problem(neighbourProblems['neighbour.no_such_body']);
  return found.id;
}

async function list(terminal: Terminal, options: InRealm): Promise<void> {
  await within(terminal, options, async (runtime, realm) => {
    const rows = await transact(runtime, asSystem(realm, 'operator'), neighbours);
    for (const { body, url, enabled, hasKey } of rows)
      terminal.line(`${enabled ? '+' : '-'} ${body}  ${url}${hasKey ? '  api_key' : ''}`);
    if (rows.length === 0) terminal.say({ zh: '还没有设置。', en: 'None is set.' });
    terminal.result(rows);
  });
}

async function failed(terminal: Terminal, options: InRealm): Promise<void> {
  await within(terminal, options, async (runtime, realm) => {
    const rows = await transact(runtime, asSystem(realm, 'operator'), async (ctx) =>
      sendingLines(ctx, await sendingsIn(ctx, 'failed', 500)),
    );
    for (const { id, number, body, faultWords } of rows)
      terminal.line(`${id}  ${number}  ${body}  ${faultWords?.[terminal.language] ?? ''}`);
    if (rows.length === 0) terminal.say({ zh: '没有失败的发送。', en: 'Nothing has failed.' });
    terminal.result(rows);
  });
}

async function retry(terminal: Terminal, ids: readonly string[], options: InRealm): Promise<void> {
  await within(terminal, options, async (runtime, realm) => {
    for (const id of ids) {
      if (!idSchema.safeParse(id).success) throw new Problem(neighbourProblems['neighbour.no_such_sending']);
      const done = await byOperator(runtime, realm, 'neighbour.retry', (ctx) => retrySending(ctx, id));
      terminal.line(`${id}  ${done.state}`);
    }
    terminal.result({ retried: ids.length });
  });
}

/** Asks for their list of services and compares it with the codes that were set. */
const check = (terminal: Terminal, named: string, options: InRealm): Promise<number> =>
  within(terminal, options, async (runtime, realm) => {
    const bodyId = await transact(runtime, asSystem(realm, 'operator'), (ctx) => bodyNamed(ctx, named));
    const { says, ...found } = await checkNeighbour(runtime, realm, bodyId);
    for (const words of says) terminal.say(words);
    terminal.result(found);
    return found.fault === null && found.missing.length === 0 ? exitCodes.done : exitCodes.found;
  });

type CarryOut = <G extends unknown[]>(
  work: (terminal: Terminal, ...given: G) => Promise<number> | Promise<void>,
) => (...given: G) => Promise<void>;

export function addNeighbours(program: Command, carryOut: CarryOut, inRealm: readonly [string, string]): void {
  const neighbour = program
    .command('neighbour')
    .description('有自己平台的单位（Open311） / bodies with a platform of their own');
  neighbour
    .command('set <body>')
    .description('设置：派给它的案卷发到哪里 / where cases given to it are sent')
    .requiredOption('--url <url>', 'what stands before /requests.json')
    .requiredOption('--services <file>', 'JSON: [{"of": "road-sunken", "serviceCode": "001"}, {"of": "*", …}]')
    .option('--jurisdiction <id>', 'their jurisdiction_id, if they ask for one')
    .option('--key-file <file>', 'a file with their api_key; left out, the key it has stays')
    .addOption(new Option('--format <format>', 'what they speak').choices(['json', 'xml']).default('json'))
    .option('--contact <purpose>', 'send the reporter’s contact along, for this purpose; without it, it stays here')
    .option('--off', 'send nothing, ask nothing')
    .option(...inRealm)
    .action(carryOut((terminal, named: string, options: SetOptions) => set(terminal, named, options)));
  neighbour
    .command('list')
    .description('列出 / list them')
    .option(...inRealm)
    .action(carryOut((terminal, options: InRealm) => list(terminal, options)));
  neighbour
    .command('check <body>')
    .description('问对方的服务清单，核对代码 / ask for their services and compare the codes')
    .option(...inRealm)
    .action(carryOut((terminal, named: string, options: InRealm) => check(terminal, named, options)));
  neighbour
    .command('failed')
    .description('没有送到的 / what could not be delivered')
    .option(...inRealm)
    .action(carryOut((terminal, options: InRealm) => failed(terminal, options)));
  neighbour
    .command('retry <ids...>')
    .description('重新发送 / send again')
    .option(...inRealm)
    .action(carryOut((terminal, ids: string[], options: InRealm) => retry(terminal, ids, options)));
}
