import { between, chanceOf, type Finding, type Lab } from './frame.ts';
import { judgeCommands, judgeReplica } from './sync/judge.ts';
import { crew, deskActs, moveTowers, pick, somethingToDo } from './sync/life.ts';
import { openLink } from './sync/link.ts';
import { type LabPhone, openLabPhone } from './sync/phone.ts';
import { area, type FreshServer, type LabServer, withServers } from './sync/server.ts';

const DAY_MS = 86_400_000;
const MOST_ROUNDS = 30;
const MOST_CONTROLS = 4;
const towers = ['tower-1', 'tower-2', 'tower-3'];

interface Run {
  readonly seed: number;
  readonly phones: number;
  readonly commands: number;
  /** The control: ids count for nothing. */
  readonly forgetful: boolean;
}

interface Outcome {
  readonly faults: readonly string[];
  readonly figures: {
    readonly saved: number;
    readonly applied: number;
    readonly refused: number;
    readonly deaths: number;
    readonly held: number;
    readonly moved: number;
  };
}

export const sync: Lab = {
  name: 'sync',
  claim:
    'whatever befalls phones, network and server: what was said to be saved is at the server once, and all hold what they may see',
  async run({ seed, option }, tell) {
    const seeds = option('--seeds') ?? 3;
    const from = option('--from') ?? seed;
    const phones = option('--phones') ?? 10;
    const commands = option('--commands') ?? 40;
    const atOnce = option('--at-once') ?? 3;
    await withServers(async (fresh) => {
      const sums = { saved: 0, applied: 0, refused: 0, deaths: 0, held: 0, moved: 0 };
      // Within a seed one thing comes after the other, and half of it is waiting for the database: side by side the
      // seeds fill both cores. Each has a county, phones and chances of its own.
      await inLanes(atOnce, seeds, async (i) => {
        const start = performance.now();
        const { faults, figures } = await simulate(fresh, { seed: from + i, phones, commands, forgetful: false });
        const seconds = Math.round((performance.now() - start) / 1000);
        for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += figures[name];
        const again = `npm run lab:sync -- --seeds 1 --from ${from + i} --phones ${phones} --commands ${commands}`;
        if (faults.length > 0)
          tell({ what: 'a seed that fails', again, faults: faults.length, first: faults.slice(0, 5), pass: false });
        const outcome = faults.length > 0 ? ' FAILED' : '';
        process.stderr.write(`seed ${from + i}: ${seconds} s ${JSON.stringify(figures)}${outcome}\n`);
      });
      // Some find no room, some are taken back.
      const meant = seeds * phones * commands * 0.7;
      tell({
        what: 'once at the server, known to the phone, held by who may see it',
        seeds,
        from,
        phones,
        commands,
        ...sums,
        pass: sums.saved >= meant && sums.deaths > 0 && (sums.moved > 0 || phones * commands < 400),
      });
      await control(fresh, from, tell);
    });
  },
};

async function inLanes(lanes: number, count: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function control(fresh: FreshServer, seed: number, tell: (finding: Finding) => void): Promise<void> {
  let [twice, seeds] = [0, 0];
  // In a county where luck would have it nothing is doubled that could be seen: then the next one is asked.
  for (; twice === 0 && seeds < MOST_CONTROLS; seeds += 1) {
    const run = { seed: seed + seeds, phones: 6, commands: 30, forgetful: true };
    const { faults } = await simulate(fresh, run);
    twice = faults.filter((fault) => /carried out \d+ times/.test(fault)).length;
  }
  tell({ what: 'control: ids that count for nothing', seeds, twice, pass: twice > 0 });
}

async function simulate(fresh: FreshServer, run: Run): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const name = `seed_${run.seed}${run.forgetful ? '_forgetful' : ''}`;
  await fresh(name, async (server) => void outcomes.push(await simulateOn(server, run)));
  return outcomes[0] as Outcome;
}

async function simulateOn(server: LabServer, { seed, phones: count, commands, forgetful }: Run): Promise<Outcome> {
  const chance = chanceOf(seed);
  const weather = { fine: true };
  const aliases = new Map<string, Set<string>>();
  const phones: LabPhone[] = [];
  for (let i = 0; i < count; i += 1) {
    const login = crew[i % crew.length] ?? '';
    const token = await server.tokenOf(login);
    const link = openLink({ app: server.app, token, chance, isPerfect: () => weather.fine, forgetful, aliases });
    phones.push(await openLabPhone(login, link, chance));
  }
  weather.fine = false;
  const moved = await live(server, phones, commands, chance);
  weather.fine = true;
  await heal(server, phones);
  const faults = await judgeCommands(server, phones, aliases);
  // Without ids nothing else can be expected to be right.
  if (!forgetful) for (const phone of phones) faults.push(...(await judgeReplica(server, phone)));
  const states = phones.flatMap((phone) => [...phone.known.values()]);
  const held = (await Promise.all(phones.map(async (phone) => (await phone.engine().held('casefile')).length))).reduce(
    (a, b) => a + b,
    0,
  );
  return {
    faults,
    figures: {
      saved: phones.reduce((sum, { saved }) => sum + saved.size, 0),
      applied: states.filter(({ is }) => is === 'applied').length,
      refused: states.filter(({ is }) => is === 'refused').length,
      deaths: phones.reduce((sum, phone) => sum + phone.deaths(), 0),
      ...{ held, moved },
    },
  };
}

/** One thing after the other, all by chance; halfway the boundary moves. How many cases changed hands by it. */
async function live(
  server: LabServer,
  phones: readonly LabPhone[],
  commands: number,
  chance: () => number,
): Promise<number> {
  const left = new Map(phones.map((phone) => [phone, commands]));
  const all = phones.length * commands;
  let [given, number] = [0, 0];
  let moved: number | null = null;
  while (given < all) {
    const phone = pick(
      chance,
      phones.filter((one) => (left.get(one) ?? 0) > 0),
    );
    if (!phone) break;
    const fate = chance();
    if (fate < 0.5) {
      number += 1;
      given += 1;
      left.set(phone, (left.get(phone) ?? 0) - 1);
      await give(phone, chance, `第${number}件`);
    } else if (fate < 0.7) await trySync(phone, chance);
    else if (fate < 0.78) await changeMind(phone, chance);
    else if (fate < 0.84) await server.settle();
    else if (fate < 0.92) await deskActs(server, chance);
    else if (fate < 0.95) await phone.link.deliverLate();
    else if (fate < 0.97) phone.state.jumpMs = between(chance, -3 * DAY_MS, 3 * DAY_MS);
    else if (fate < 0.99) phone.state.full = true;
    else await server.restart();
    if (moved === null && given > all / 2) moved = await moveBoundary(server);
  }
  return moved ?? 0;
}

async function moveBoundary(server: LabServer): Promise<number> {
  const open = `select count(*)::int as n from casefile where realm = 1 and area_id = any ($1) and status <> 'evaluated'`;
  const [counted] = await server.sql<{ n: number }>(open, [towers.map(area)]);
  await moveTowers(server, towers, 'station-1');
  return counted?.n ?? 0;
}

async function give(phone: LabPhone, chance: () => number, label: string): Promise<void> {
  const op = await somethingToDo(phone, chance, label);
  const fuse = chance() < 0.05 ? 1 : null;
  const id = await phone.run((engine) => engine.submit(op).catch(() => null), fuse);
  if (id !== null && id !== 'died') phone.saved.add(id);
  // Told that there is no room, its holder makes some, sooner or later.
  if (id === null && chance() < 0.5) phone.state.full = false;
}

const trySync = (phone: LabPhone, chance: () => number): Promise<unknown> =>
  phone.run((engine) => engine.sync(), chance() < 0.35 ? between(chance, 1, 14) : null);

/** Takes one back that is still here, says it otherwise, or puts a refused one away. */
async function changeMind(phone: LabPhone, chance: () => number): Promise<void> {
  const item = pick(chance, await phone.engine().outbox());
  if (!item) return;
  const { commandId, body } = item.op;
  if (item.state.is === 'refused') await phone.run((engine) => engine.dismiss(commandId).catch(() => false), null);
  else if (chance() < 0.5) {
    if (await phone.run((engine) => engine.withdraw(commandId).catch(() => false), null)) phone.saved.delete(commandId);
  } else await phone.run((engine) => engine.change(commandId, { ...body }).catch(() => false), null);
}

/** All is well from now on, for as long as it takes. What is still on the way arrives too. */
async function heal(server: LabServer, phones: readonly LabPhone[]): Promise<void> {
  for (const phone of phones) {
    phone.state.full = false;
    await phone.link.deliverLate();
  }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await server.settle();
    let busy = false;
    for (const phone of phones) {
      const { waiting } = await phone.engine().sync();
      const refused = (await phone.engine().outbox()).filter(({ state }) => state.is === 'refused');
      for (const { op } of refused) await phone.engine().dismiss(op.commandId);
      busy ||= waiting > 0 || refused.length > 0;
    }
    if (!busy) break;
  }
  await server.settle();
  for (const phone of phones) await phone.engine().sync();
}
