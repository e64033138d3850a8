import { Problem } from '../problem.ts';
import { attach, type Hold } from './attach.ts';
import { isCutOff, knock } from './connection.ts';
import { type Context, makeContext, superuser } from './context.ts';
import type { EmbeddedOptions, EmbeddedServer, Seams } from './options.ts';
import { readPidFile } from './pidfile.ts';
import { stopServer } from './stop.ts';
import { inTurn } from './turn.ts';
import { countOut } from './use.ts';

const askMilliseconds = 5_000;
const closeTurnSeconds = 15;
const glanceSeconds = 5;

interface State {
  hold: Hold;
  lost: boolean;
  callbacks: Set<() => void>;
  mending: Promise<'running' | 'restarted' | 'rejoined'> | null;
  released: Promise<'stopped' | 'left running'> | null;
}

/** openEmbedded() with the doors the tests need. */
export async function openWith(options: EmbeddedOptions, seams: Seams): Promise<EmbeddedServer> {
  const context = await makeContext(options, seams);
  const state: State = {
    hold: await attach(context),
    lost: false,
    callbacks: new Set(),
    mending: null,
    released: null,
  };
  watch(state);
  glance(context, state);
  const { asUser, started, adopted } = state.hold;
  return {
    get host() {
      return state.hold.address.host;
    },
    get port() {
      return state.hold.address.port;
    },
    user: superuser,
    database: 'postgres',
    asUser,
    started,
    adopted,
    onLost: (callback) => onLost(state, callback),
    ensureRunning: () => ensureRunning(context, state),
    release: () => {
      state.released ??= release(context, state);
      return state.released;
    },
  };
}

/** A broken connection is told by `error`, an orderly closed one by `end` alone; usually both come. */
function watch(state: State): void {
  const { client } = state.hold;
  const lost = (): void => {
    if (state.hold.client === client) lose(state);
  };
  client.on('error', lost);
  client.on('end', lost);
}

function lose(state: State): void {
  if (state.lost || state.released !== null) return;
  state.lost = true;
  for (const callback of state.callbacks) callback();
}

/**
 * A server that was asked politely to stop (`kill`, SIGTERM) lets nobody in any more and waits for those who are in: for
 * us, who hold it open. No connection breaks, so that somebody has to look. Twice, since a quick stop passes here too.
 */
function glance(context: Context, state: State): void {
  let sawItStopping = false;
  const look = async (): Promise<void> => {
    if (state.lost || state.released !== null) return;
    const isStopping = (await readPidFile(context).catch(() => null))?.isStopping ?? false;
    if (isStopping && sawItStopping) lose(state);
    sawItStopping = isStopping;
  };
  const timer = setInterval(
    () => {
      if (state.released === null) void look();
      else clearInterval(timer);
    },
    (context.seams.glanceSeconds ?? glanceSeconds) * 1000,
  );
  timer.unref();
}

function onLost(state: State, callback: () => void): () => void {
  const own = (): void => callback();
  state.callbacks.add(own);
  if (state.lost) queueMicrotask(own);
  return () => void state.callbacks.delete(own);
}

function ensureRunning(context: Context, state: State): Promise<'running' | 'restarted' | 'rejoined'> {
  if (state.released !== null) throw new Error('this embedded database was released');
  state.mending ??= mend(context, state).finally(() => {
    state.mending = null;
  });
  return state.mending;
}

async function mend(context: Context, state: State): Promise<'running' | 'restarted' | 'rejoined'> {
  if (!state.lost && (await answers(context, state.hold))) return 'running';
  const old = state.hold.client;
  if ((await readPidFile(context))?.isStopping) await stopServer(context);
  state.hold = await attach(context);
  state.lost = false;
  watch(state);
  void old.end().catch(() => undefined);
  return state.hold.started ? 'restarted' : 'rejoined';
}

/** Both are asked: our own session outlives a killed server by a moment, and a server may have lost our session. */
async function answers({ options }: Context, { client, address }: Hold): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), askMilliseconds).unref());
  const asked = client.query('SELECT').then(
    () => true,
    () => false,
  );
  if (!(await Promise.race([asked, late]))) return false;
  const answer = await knock(address, options.password);
  if (answer.is === 'open') await answer.client.end();
  return answer.is !== 'absent';
}

async function release(context: Context, state: State): Promise<'stopped' | 'left running'> {
  await state.mending?.catch(() => undefined);
  let entered = false;
  const work = (): Promise<'stopped' | 'left running'> => {
    entered = true;
    return leave(context, state);
  };
  try {
    // In turn with those who open it, so that nobody is let in and thrown out at once.
    return await inTurn(context.places.folder, context.log, { waitSeconds: closeTurnSeconds }, work);
  } catch (error) {
    if (entered || !(error instanceof Problem)) throw error;
    // Somebody is still opening it: then it is in use, and not ours to stop.
    if (error.code === 'database.opening_busy') return 'left running';
    // The disk is full, perhaps: the locks in the server are enough, whoever is cut off opens it again.
    return await work();
  } finally {
    await state.hold.client.end().catch(() => undefined);
  }
}

async function leave(context: Context, state: State): Promise<'stopped' | 'left running'> {
  try {
    const client = await usable(context, state);
    if (!client) return 'stopped';
    if (!(await countOut(client))) return 'left running';
  } catch (error) {
    if (isCutOff(error)) return 'stopped';
    throw error;
  }
  await stopServer(context);
  return 'stopped';
}

/** Our connection, or a new one where it was lost; null when no server answers. */
async function usable(context: Context, state: State): Promise<Hold['client'] | null> {
  if (!state.lost) return state.hold.client;
  const answer = await knock(state.hold.address, context.options.password);
  if (answer.is !== 'open') return null;
  state.hold.client = answer.client;
  return answer.client;
}
