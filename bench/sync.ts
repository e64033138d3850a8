import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { idOf } from '../seeds/small/plan.ts';
import { allEndpoints } from '../src/domains/index.ts';
import { openPhotoRoom } from '../src/domains/work/photos/index.ts';
import { openApp } from '../src/http/app.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { sequence } from '../src/kernel/sequencer.ts';
import { checkOf } from '../src/web/field/engine/replica.ts';
import { type Bench, inTurns, type Line, manyCasefiles, median, perSecond, ratePerSecond } from './frame.ts';
import { fillGrids } from './grids.ts';

/** What a phone pays for: the bytes on the wire, compressed as they go. */
const LOGIN = 'wangxiulan';
/** Somebody else, with this much. */
const [LITTLE, ROWS_OF_LITTLE] = ['wufang', 300];
const CHANGES = 100;
const MOST_FIRST = 6_000_000;
const MOST_NEWS = 40_000;
const PAGE = 500;

export const sync: Bench = {
  name: 'sync',
  claim:
    'the first sync of 30,000 rows takes at most 6 MB and can be taken up where it broke off; 100 changes at most 40 kB; without news a pull at 30,000 rows costs at most twice one at 300',
  async run(room) {
    const rows = manyCasefiles(30_000);
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-bench-'));
    const photos = openPhotoRoom({ folder });
    const app = await openApp(room.runtime, allEndpoints(true, photos), {
      ...{ realm: 1, demoAllowed: true, demo: null, publicUrl: 'http://localhost' },
      ...{ trustProxy: [], limits: false, version: 'bench' },
    });
    try {
      await fillGrids(room, rows, idOf(1, 'area', 'station-1'));
      await fillGrids(room, ROWS_OF_LITTLE, idOf(1, 'area', 'station-2'));
      const device = await openDevice(app, await room.tokenOf(LOGIN));
      const first = await device.pullAll({}, true);
      if (first.marks.size < rows) throw new Error(`only ${first.marks.size} rows arrived`);
      await device.measure([...first.marks.keys()].slice(-CHANGES));
      while ((await sequence(room.runtime, 1, () => [])).length > 0);
      const news = await device.pullAll(first.cursors, false);
      if (news.marks.size !== CHANGES) throw new Error(`${news.marks.size} rows were told anew`);
      const little = await openDevice(app, await room.tokenOf(LITTLE));
      const held = await little.pullAll({}, false);
      const all = await device.look(news.cursors, new Map([...first.marks, ...news.marks]));
      const few = await little.look(held.cursors, held.marks);
      const ratio = await quiet(
        () => device.rest(all),
        () => little.rest(few),
      );
      return [
        ratio,
        line(`first sync of ${first.marks.size.toLocaleString('en')} rows`, first, MOST_FIRST * (rows / 30_000)),
        line(`${CHANGES} changes`, news, MOST_NEWS),
      ];
    } finally {
      await app.close();
      await photos.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** As when every phone asks and nothing happened, in turns; the sum over what is held was looked at before. */
async function quiet(large: () => Promise<unknown>, small: () => Promise<unknown>): Promise<Line> {
  const each = (ask: () => Promise<unknown>) => () => ratePerSecond(2, 1, ask);
  const rates = await inTurns(5, { large: each(large), small: each(small) });
  const ratio = median(rates.small.map((rate, i) => rate / (rates.large[i] ?? 1)));
  const ms = (all: readonly number[]): string => `${(1000 / median(all)).toFixed(1)} ms, ${perSecond(median(all))}`;
  return {
    ...{ name: 'a pull without news at 30,000 rows of scope against 300', ratio, goal: '≤ 2.00', pass: ratio <= 2 },
    ...{ product: ms(rates.large), ceiling: ms(rates.small) },
  };
}

interface Pulled {
  readonly bytes: number;
  readonly pages: number;
  readonly seconds: number;
  /** By id, as the server calls it. */
  readonly marks: ReadonlyMap<string, string>;
  readonly cursors: Record<string, string>;
}

const line = (name: string, { bytes, pages, seconds }: Pulled, most: number): Line => ({
  ...{ name, ratio: bytes / most, goal: '≤ 1.00', pass: bytes <= most },
  product: `${Math.round(bytes / 1000).toLocaleString('en')} kB in ${pages} answers, ${seconds.toFixed(1)} s`,
  ceiling: `${Math.round(most / 1000).toLocaleString('en')} kB`,
});

async function openDevice(app: FastifyInstance, token: string) {
  const deviceId = randomUUID();
  const ask = async (url: string, payload: object) => {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
    const answer = await app.inject({ method: 'POST', url, headers, payload });
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.payload.slice(0, 300)}`);
    return answer;
  };
  await ask('/api/devices', { commandId: randomUUID(), deviceId, model: 'bench', appVersion: '1' });
  return {
    /** The sum over what it holds, as a phone sends it when it is asked. The cursors that say so. */
    async look(cursors: Record<string, string>, marks: ReadonlyMap<string, string>): Promise<Record<string, string>> {
      const check = checkOf([...marks].map(([id, mark]) => ({ id, mark, leaving: false })));
      const deviceAt = machineClock.now().toISOString();
      const answer = await ask('/api/sync/pull', { deviceId, deviceAt, cursors, limit: PAGE, check });
      const told = JSON.parse(gunzipSync(answer.rawPayload).toString());
      if (told.recheck) throw new Error(`${told.differing.length} buckets differ`);
      return told.cursors;
    },
    /** Nothing new, as a phone asks that has looked through what it holds today. */
    async rest(cursors: Record<string, string>): Promise<void> {
      const deviceAt = machineClock.now().toISOString();
      const answer = await ask('/api/sync/pull', { deviceId, deviceAt, cursors, limit: PAGE });
      const told = JSON.parse(gunzipSync(answer.rawPayload).toString());
      if (told.upserts.length + told.whole.length > 0 || told.recheck || told.more)
        throw new Error('this pull was to have nothing to tell');
    },
    async measure(ids: readonly string[]): Promise<void> {
      for (const id of ids)
        await ask(`/api/casefiles/${id}/measure`, { commandId: randomUUID(), words: '已到现场，先围起来' });
    },
    /** `breaksOff`: every tenth answer is lost and asked for again; what was lost is paid for too. */
    async pullAll(from: Record<string, string>, breaksOff: boolean): Promise<Pulled> {
      const start = performance.now();
      const marks = new Map<string, string>();
      let [bytes, pages, cursors, more] = [0, 0, from, true];
      while (more) {
        const deviceAt = machineClock.now().toISOString();
        const answer = await ask('/api/sync/pull', { deviceId, deviceAt, cursors, limit: PAGE });
        pages += 1;
        bytes += answer.rawPayload.length;
        if (breaksOff && pages % 10 === 0) continue;
        const told = JSON.parse(gunzipSync(answer.rawPayload).toString());
        for (const { id, mark } of told.upserts) marks.set(id, mark);
        ({ cursors, more } = told);
      }
      return { bytes, pages, cursors, marks, seconds: (performance.now() - start) / 1000 };
    },
  };
}
