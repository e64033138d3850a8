import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Lab } from './frame.ts';
import { type Carrier, openCarrier, phoneWire, wholeWire } from './link/carrier.ts';
import { openRoad, type Road } from './link/road.ts';
import { openProgram, type Program, stop, untilReady } from './program.ts';
import { signIn } from './victim.ts';

const PHOTO_BYTES = 300_000;
const MOST_EXTRA = 5;

/** The small form; by hand `--photos 100 --kbit 1000 --cut 20`: a village, for four minutes. */
const small = { photos: 30, kbit: 4000, cut: 2 };

export const link: Lab = {
  name: 'link',
  claim: 'photos arrive over a link that is cut again and again, whatever is killed, and hardly a byte goes twice',
  async run({ size, option }, tell) {
    const photos = option('--photos') ?? size ?? small.photos;
    const kbit = option('--kbit') ?? small.kbit;
    const cut = option('--cut') ?? small.cut;
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-lab-'));
    const program = await openProgram(join(folder, 'served'));
    const served = serving(program);
    try {
      await untilReady(program.port);
      const token = await signIn(program.port, 'wangxiulan');
      await village({ program, served, token, photos, kbit, cut }, tell);
      await control({ program, token, kbit }, tell);
    } finally {
      await served.end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Serving {
  kill(): Promise<void>;
  end(): Promise<void>;
}

function serving(program: Program): Serving {
  const start = () => {
    const child = program.run(['serve']);
    child.stdout?.resume();
    return child;
  };
  let server = start();
  return {
    async kill() {
      await stop(server, 'SIGKILL');
      server = start();
      await untilReady(program.port);
    },
    end: () => stop(server, 'SIGTERM'),
  };
}

interface Village {
  readonly program: Program;
  readonly served: Serving;
  readonly token: string;
  readonly photos: number;
  readonly kbit: number;
  readonly cut: number;
}

async function village(
  { program, served, token, photos, kbit, cut }: Village,
  tell: (finding: Finding) => void,
): Promise<void> {
  const road = await openRoad({ to: program.port, kbitPerSecond: kbit, cutEveryMs: cut * 1000 });
  const killed = { server: 0, phone: 0 };
  const carrier = await openCarrier(phoneWire(road.port, token), photos, PHOTO_BYTES);
  await carrier.deliver(async (left) => {
    if (killed.server === 0 && left < photos * 0.7) {
      killed.server += 1;
      await served.kill();
    } else if (killed.phone === 0 && left < photos * 0.4) {
      killed.phone += 1;
      await carrier.die();
    }
  });
  await road.close();
  const extra = extraPercent(road, photos);
  tell({
    ...{ what: 'what went over the link besides the photos', photos, kbit, cutEverySeconds: cut, cuts: road.cuts() },
    ...{ serverKilled: killed.server, phoneKilled: killed.phone, bytes: road.sent(), extraPercent: extra },
    pass: extra <= MOST_EXTRA && road.cuts() > 2 && killed.server + killed.phone === 2,
  });
  const there = await arrived(program, carrier);
  tell({ what: 'all photos are there, each once', ...there, pass: there.once === photos && there.more === 0 });
  tell({ what: 'the desk sees every record before the first photo', ...(await order(program)) });
  tell({ what: 'previews visible before any large photo', ...(await ahead(program, photos)) });
}

const extraPercent = (road: Road, photos: number): number =>
  Math.round((road.sent() / (photos * PHOTO_BYTES) - 1) * 1000) / 10;

async function arrived(program: Program, { hashes }: Carrier): Promise<{ once: number; more: number }> {
  const [found] = await program.sql<{ once: number; more: number }>(
    `select count(*) filter (where n = 1)::int as once, count(*) filter (where n > 1)::int as more
     from (select count(*) as n from photo where realm = 1 and encode(sha256, 'hex') = any ($1) group by sha256) t`,
    [hashes],
  );
  return found ?? { once: 0, more: 0 };
}

async function order(program: Program): Promise<{ records: number; pass: boolean }> {
  const [found] = await program.sql<{ records: number; pass: boolean }>(
    `select count(*)::int as records, max(recorded_at) < (select min(recorded_at) from entry where kind = 'casefile.photo_added') as pass
     from entry where realm = 1 and kind = 'casefile.reported' and record_id in (select record_id from photo where realm = 1)`,
  );
  return found ?? { records: 0, pass: false };
}

/** All of them, and none is left when its photo is there. */
async function ahead(program: Program, photos: number): Promise<{ previews: number; left: number; pass: boolean }> {
  const [found] = await program.sql<{ previews: number; left: number; isBefore: boolean | null }>(
    `select count(*)::int as previews, (select count(*)::int from photo_preview) as left,
       max(recorded_at) < (select min(recorded_at) from entry where kind = 'casefile.photo_added') as "isBefore"
     from entry where realm = 1 and kind = 'casefile.preview_added'`,
  );
  const { previews, left, isBefore } = found ?? { previews: 0, left: 0, isBefore: false };
  return { previews, left, pass: isBefore === true && previews === photos && left === 0 };
}

/** The same road, cut every time within the second photo, for a phone that begins each photo from its beginning. */
async function control(
  { program, token, kbit }: Pick<Village, 'program' | 'token' | 'kbit'>,
  tell: (finding: Finding) => void,
): Promise<void> {
  const photos = 8;
  const cutEveryMs = 1.7 * ((PHOTO_BYTES * 8) / kbit);
  const extra: number[] = [];
  for (const wireOn of [phoneWire, wholeWire]) {
    const road = await openRoad({ to: program.port, kbitPerSecond: kbit, cutEveryMs });
    const carrier = await openCarrier(wireOn(road.port, token), photos, PHOTO_BYTES);
    await carrier.deliver(async () => undefined);
    await road.close();
    extra.push(extraPercent(road, photos));
  }
  const [resumed = 0, whole = 0] = extra;
  tell({ what: 'control: resumption switched off', resumed, whole, pass: whole > MOST_EXTRA && whole > 2 * resumed });
}
