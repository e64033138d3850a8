import { setTimeout as sleep } from 'node:timers/promises';
import { openSession } from '../../src/domains/land/accounts/index.ts';
import { answer } from '../../src/http/calls.ts';
import { execute } from '../../src/kernel/command.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import { asSystem } from '../../src/kernel/entrance.ts';
import type { Id } from '../../src/kernel/id.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import { Problem } from '../../src/kernel/problem.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { areaId, id, REALM, survey } from './founding.ts';
import { holdingFiles, type LedgerFile, smallHoldings } from './holdings.ts';
import { foundedOn } from './index.ts';
import { communities } from './land.ts';
import { people } from './people.ts';
import { residentFiles } from './residents.ts';

/**
 * The secretaries send the spreadsheets of their residents and the townships those of houses, shops and risk points, one
 * after the other, as they would by hand: the file, a look, and in it goes. It takes a minute or two beside a running
 * server, and goes on where it was broken off.
 */
export async function sendLedgers(
  runtime: Runtime,
  endpoints: readonly Endpoint[],
  signal: AbortSignal,
): Promise<number> {
  const toldOn = await foundedOn(runtime);
  if (toldOn === null) return 0;
  const year = Number(toldOn.slice(0, 4));
  const ground = survey();
  // The few rows of the townships first: whoever looks at once finds something in every ledger.
  return sendAll(runtime, endpoints, signal, toldOn, [holdingFiles(ground, year), residentFiles(ground, year)]);
}

/** The small county has a few houses, shops and risk points, and nobody who lives there. */
export const sendSmallLedgers = (
  runtime: Runtime,
  endpoints: readonly Endpoint[],
  signal: AbortSignal,
): Promise<number> => sendAll(runtime, endpoints, signal, '2025-01-01', [smallHoldings()]);

async function sendAll(
  runtime: Runtime,
  endpoints: readonly Endpoint[],
  signal: AbortSignal,
  toldOn: string,
  files: readonly Iterable<LedgerFile>[],
): Promise<number> {
  let sent = 0;
  for (const some of files)
    for (const file of some) {
      if (signal.aborted) return sent;
      const call = await callsOf(runtime, endpoints, file.area);
      const batch = await sendOne(call, file, toldOn);
      if (batch !== null && (await takeIn(call, file, batch, signal))) sent += 1;
      // Whoever looks at the county meanwhile comes first.
      await sleep(200);
    }
  return sent;
}

type Call = (
  name: string,
  given: { params?: object; body?: object; files?: readonly { name: string; bytes: Buffer }[] },
) => Promise<unknown>;

async function callsOf(runtime: Runtime, endpoints: readonly Endpoint[], area: string): Promise<Call> {
  const token = await tokenOf(runtime, loginFor(area));
  return (name, { params = {}, body = {}, files = [] }) => {
    const endpoint = endpoints.find((one) => one.name === name) as Endpoint;
    const call = { token, params, query: {}, body, files, address: '127.0.0.1', device: '演示县' };
    return answer(runtime, { realm: REALM, demoAllowed: true }, endpoint, call);
  };
}

/** null: a file of that name came from another version of the program, and stays as it is. */
async function sendOne(call: Call, { ledger, area, name, bytes }: LedgerFile, toldOn: string): Promise<Id | null> {
  const body = { commandId: derivedId(`demo ${ledger}`, area), areaId: areaId(area), toldOn, ledger };
  try {
    const sent = (await call('ledger_batch.send', { body, files: [{ name, bytes }] })) as { batchId: Id };
    return sent.batchId;
  } catch (error) {
    if (error instanceof Problem && error.code === 'command.id_taken') return null;
    throw error;
  }
}

/** True: it was taken in now; false: it was already, or somebody did something else with it. */
async function takeIn(call: Call, { ledger, area }: LedgerFile, batchId: Id, signal: AbortSignal): Promise<boolean> {
  const stage = async () => ((await call('ledger_batch.read', { params: { id: batchId } })) as { stage: string }).stage;
  const settled = async (going: string): Promise<string> => {
    for (;;) {
      const now = await stage();
      if (now !== going || signal.aborted) return now;
      await sleep(250);
    }
  };
  if ((await settled('looking')) !== 'looked') return false;
  await call('ledger_batch.take', {
    params: { id: batchId },
    body: { commandId: derivedId(`demo ${ledger} taken`, area) },
  });
  return (await settled('taking')) === 'taken';
}

/** The secretary where one has an account, else the desk of the town. */
function loginFor(area: string): string {
  const of = (role: string, place: string | undefined) =>
    people.find((one) => one.hasAccount && one.seats.some(([seat, at]) => seat === role && at === place));
  const town = communities.find(({ key }) => key === area)?.town ?? area;
  const person = of('community_head', area) ?? of('registrar', town);
  if (!person) throw new Error(`nobody keeps the ledger of ${area}`);
  return person.key;
}

async function tokenOf(runtime: Runtime, login: string): Promise<string> {
  const opened = { token: '' };
  const command = { id: runtime.ids.newId(), name: 'seed session', input: {} };
  await execute(runtime, asSystem(REALM, 'seed'), command, {
    work: async (ctx) => {
      const { sessionId, token } = await openSession(ctx, id('account', login), { device: '演示县', stay: true });
      opened.token = token;
      return { sessionId };
    },
  });
  return opened.token;
}
