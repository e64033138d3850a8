import { allEndpoints, consequences } from '../../src/domains/index.ts';
import { openSession } from '../../src/domains/land/accounts/index.ts';
import { answer } from '../../src/http/calls.ts';
import { handClock } from '../../src/kernel/clock.ts';
import { execute } from '../../src/kernel/command.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import { asSystem } from '../../src/kernel/entrance.ts';
import type { Id } from '../../src/kernel/id.ts';
import { derivedId, randomIds, seededIds } from '../../src/kernel/ids.ts';
import { Problem } from '../../src/kernel/problem.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { trackingCodeOf } from '../../src/kernel/tracking.ts';
import { id, REALM } from './founding.ts';
import { DAY } from './hours.ts';
import { drawPictures, openDemoRoom } from './pictures.ts';
import type { Act, Target } from './script.ts';
import type { Watch } from './watch.ts';

/** Hands give the commands of the script: by the same endpoints as everybody, each person in a session of their own. */
export interface Hands {
  give(act: Act, commandId: Id): Promise<Refusal | null>;
  close(): Promise<void>;
}

export interface Refusal {
  readonly act: string;
  readonly code: string;
  readonly says: string;
}

/** The same runtime at an instant of its own: several acts are under way at once, each at its time. */
export function runtimeAt(runtime: Runtime, at: number, purpose: string): Runtime {
  const clock = handClock(new Date(at));
  return { ...runtime, clock, ids: seededIds(`安澜县 ${purpose}`, clock) };
}

const site = { realm: REALM, demoAllowed: true } as const;
const device = '演示县';

export async function openHands(runtime: Runtime, watch: Watch, photoFolder: string): Promise<Hands> {
  const room = openDemoRoom(photoFolder);
  const pictures = await drawPictures();
  const endpoints = new Map(allEndpoints(true, room).map((one) => [one.name, one]));
  const tokenOf = openSessions(runtime);
  const files = ({ picture }: Act) =>
    picture === undefined ? [] : [{ name: `${picture}.jpg`, bytes: pictures[picture] ?? Buffer.alloc(0) }];
  return {
    async give(act, commandId) {
      const endpoint = endpoints.get(act.name) as Endpoint;
      const params = paramsOf(runtime, watch, act);
      if (params === null) return { act: act.name, code: 'nothing there', says: JSON.stringify(act.on) };
      const token = act.who === null ? null : await tokenOf(act.who, act.at);
      const call = {
        token,
        params,
        query: {},
        body: { commandId, ...act.body },
        files: files(act),
        address: '127.0.0.1',
        device,
      };
      try {
        return refusedPhoto(act, await answer(runtimeAt(runtime, act.at, commandId), site, endpoint, call));
      } catch (error) {
        if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
        return {
          act: act.name,
          code: error.code,
          says: `${error.title.zh} ${error.faults.map(({ path, says }) => `${path} ${says.zh}`)}`,
        };
      }
    },
    close: () => room.close(),
  };
}

function paramsOf(runtime: Runtime, watch: Watch, { on, name }: Act): object | null {
  switch (on.by) {
    case 'nothing':
      return {};
    case 'id':
      return { id: on.id };
    case 'code':
      return { code: trackingCodeOf(runtime.keys, REALM, on.reportId) };
    default: {
      const found = soughtBy(watch, on, name);
      return found === null ? null : { id: found };
    }
  }
}

const soughtBy = (watch: Watch, on: Extract<Target, { by: 'duty' | 'wish' }>, name: string): Id | null =>
  on.by === 'wish' ? watch.wish(on.casefileId) : watch.duty(on.casefileId, on.duty, name === 'adjustment.ask_appeal');

/** Photos are refused one by one inside an answer that succeeds. */
function refusedPhoto(act: Act, reply: unknown): Refusal | null {
  const { photos = [] } = reply as { photos?: { problem: { code: string; title: { zh: string } } | null }[] };
  const problem = photos.find((photo) => photo.problem !== null)?.problem;
  return problem ? { act: act.name, code: problem.code, says: problem.title.zh } : null;
}

/** Signed in anew every four weeks. Tokens are truly random, in a demo county too: nobody shall work them out. */
function openSessions(runtime: Runtime): (login: string, at: number) => Promise<string> {
  const open = new Map<string, { token: string; until: number }>();
  return async (login, at) => {
    const known = open.get(login);
    if (known && at < known.until) return known.token;
    const clock = handClock(new Date(at - 20_000));
    const own = { ...runtime, clock, ids: randomIds(clock) };
    const opened = { token: '', until: at + 28 * DAY };
    await execute(
      own,
      asSystem(REALM, 'seed'),
      { id: own.ids.newId(), name: 'seed session', input: {} },
      {
        work: async (ctx) => {
          const { sessionId, token } = await openSession(ctx, id('account', login), { device, stay: true });
          opened.token = token;
          return { sessionId };
        },
      },
    );
    open.set(login, opened);
    return opened.token;
  };
}

export const reactionsTo = (kind: string) => consequences.reactions.filter((reaction) => reaction.on.includes(kind));
export const commandIdOf = (story: string, nth: number): Id => derivedId('county', story, String(nth));
