import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRoom, withRoom } from '../bench/frame.ts';
import { allEndpoints } from '../src/domains/index.ts';
import { openPhotoRoom } from '../src/domains/work/photos/index.ts';
import { openApp } from '../src/http/app.ts';
import { between, chanceOf, type Finding, type Lab } from './frame.ts';
import { type Answer, aReport, type Place, send } from './reporting.ts';

const AT_ONCE = 12;
const SMALL = 300;

export const retry: Lab = {
  name: 'retry',
  claim: 'a command sent one to ten times in parallel, cut off or altered, has one effect and one answer',
  async run({ seed, size = SMALL }, tell) {
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-lab-'));
    const photos = openPhotoRoom({ folder });
    try {
      await withRoom(async (room) => {
        const app = await openApp(room.runtime, allEndpoints(true, photos), {
          realm: 1,
          demoAllowed: true,
          demo: null,
          publicUrl: 'http://localhost',
          trustProxy: [],
          limits: false,
          version: 'lab',
        });
        await app.listen({ host: '127.0.0.1', port: 0 });
        const agent = new Agent({ keepAlive: true, maxSockets: 4 * AT_ONCE });
        const { port } = app.server.address() as AddressInfo;
        const place = { agent, port, token: await room.tokenOf('wangxiulan') };
        try {
          await storm(room, place, { seed, size, sameId: true }, tell);
          await storm(room, place, { seed, size: Math.ceil(size / 10), sameId: false }, tell);
        } finally {
          agent.destroy();
          await app.close();
        }
      });
    } finally {
      await photos.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Storm {
  readonly seed: number;
  readonly size: number;
  /** False is the control: every try goes under an id of its own, as where ids count for nothing. */
  readonly sameId: boolean;
}

interface Outcome {
  readonly words: string;
  readonly answers: readonly Answer[];
  readonly altered: readonly boolean[];
}

async function storm(room: BenchRoom, place: Place, { seed, size, sameId }: Storm, tell: (finding: Finding) => void) {
  const chance = chanceOf(seed);
  const mark = randomUUID().slice(0, 8);
  const outcomes: Outcome[] = [];
  let [next, sent] = [0, 0];
  const lane = async (): Promise<void> => {
    while (next < size) {
      const number = next;
      next += 1;
      const words = `${mark} ${number}`;
      const first = aReport(words);
      const tries = Array.from({ length: between(chance, 1, 10) }, (_, i) => {
        const altered = sameId && i > 0 && chance() < 0.2;
        const body = sameId ? first : { ...aReport(words) };
        return { altered, cut: chance() < 0.1, body: altered ? { ...body, words: `${words} altered` } : body };
      });
      sent += tries.length;
      const answers = await Promise.all(
        tries.map(({ body, cut }) => send(place, body, cut ? between(chance, 1, 15) : null)),
      );
      outcomes.push({ words, answers, altered: tries.map(({ altered }) => altered) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const effects = await countEffects(room, mark);
  const twice = [...effects.values()].filter((n) => n > 1).length;
  if (!sameId) {
    tell({ what: 'control: ids that count for nothing', commands: size, sent, recordedTwice: twice, pass: twice > 0 });
    return;
  }
  const faults = outcomes.flatMap(judge);
  tell({
    what: 'every command at most once',
    commands: size,
    sent,
    recorded: effects.size,
    recordedTwice: twice,
    pass: twice === 0,
  });
  const answered = outcomes.filter(({ answers }) => answers.some(({ status }) => status === 200));
  const lost = answered.filter(({ words }) => !effects.has(words)).length;
  tell({ what: 'every command that was answered is there', answered: answered.length, lost, pass: lost === 0 });
  tell({
    what: 'one content and one answer for an id, others refused',
    faults: faults.slice(0, 5),
    pass: faults.length === 0,
  });
}

/** Either the first content or an altered one won; nobody with the other got an answer, and all answers are the same. */
function judge({ answers, altered }: Outcome): string[] {
  const good = answers.flatMap((answer, i) =>
    answer.status === 200 ? [{ ...answer, altered: altered[i] ?? false }] : [],
  );
  const faults: string[] = [];
  if (new Set(good.map((it) => it.altered)).size > 1) faults.push('two contents were accepted under one id');
  if (new Set(good.map((it) => it.body.number)).size > 1) faults.push('one command got different answers');
  for (const { status, body } of answers) {
    const isRefusal = status === 409 && ['command.id_taken', 'command.still_running'].includes(String(body.code));
    if (status !== 200 && status !== 0 && !isRefusal) faults.push(`${status} ${body.code}`);
  }
  return faults;
}

/** What lies in the tables, by the words of the report: cases, reports and entries are as many. */
async function countEffects(room: BenchRoom, mark: string): Promise<Map<string, number>> {
  return room.asSuperuser(async (client) => {
    const { rows } = await client.query<{ words: string; n: number }>(
      `select replace(r.words, ' altered', '') as words, greatest(count(distinct r.id), count(distinct c.id), count(e.id))::int as n
       from report r join casefile c on c.realm = r.realm and c.id = r.casefile_id
       join entry e on e.realm = c.realm and e.record_id = c.id and e.kind = 'casefile.reported'
       where r.words like $1 group by 1`,
      [`${mark} %`],
    );
    return new Map(rows.map(({ words, n }) => [words, n]));
  });
}
