import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { demoAccounts } from '../src/cli/seed.ts';
import { type Moment, reach } from './moments.ts';
import { openProgram, type Program, stop, untilReady } from './program.ts';

/** Served on an embedded database of its own, to be killed in parts. */
export interface Victim {
  readonly program: Program;
  readonly token: string;
  /** Kills it at that moment, starts again what does not start by itself; says after how long it was ready again. */
  kill(what: Part, at: Moment): Promise<{ reached: boolean; backInMs: number }>;
  end(): Promise<void>;
}

/** `backend`: the database's process for whoever is at work at that moment; or another program beside the server. */
export type Part = 'server' | 'postmaster' | 'backend' | ChildProcess;

export async function openVictim(folder: string): Promise<Victim> {
  const program = await openProgram(folder);
  const serve = () => {
    const child = program.run(['serve']);
    child.stdout?.resume();
    return child;
  };
  let server = serve();
  const token = await prepare(program).catch(async (error) => {
    await stop(server, 'SIGTERM');
    throw error;
  });
  return {
    program,
    token,
    async kill(what, at) {
      const { reached, backend, release } = await reach(program, at);
      const fallen = what === 'postmaster' || what === 'backend' ? cut(await program.connect()) : undefined;
      const start = performance.now();
      if (what === 'server') {
        await stop(server, 'SIGKILL');
        server = serve();
      } else if (typeof what === 'object') await stop(what, 'SIGKILL');
      else process.kill(what === 'postmaster' ? program.postmaster() : backend, 'SIGKILL');
      // A database that has not noticed yet still answers, and goes down in the midst of what is done next.
      await fallen;
      await release();
      await untilReady(program.port);
      return { reached, backInMs: Math.round(performance.now() - start) };
    },
    end: () => stop(server, 'SIGTERM'),
  };
}

const cut = (client: pg.Client): Promise<unknown> => new Promise((resolve) => client.once('end', resolve));

async function prepare({ port }: Program): Promise<string> {
  await untilReady(port);
  await hurryClocks(port);
  return signIn(port, 'wangxiulan');
}

export async function signIn(port: number, login: string): Promise<string> {
  const { token } = await post<{ token?: string }>(port, '/api/session', null, {
    login,
    password: demoAccounts.password,
    bearer: true,
  });
  if (!token) throw new Error(`${login} could not sign in`);
  return token;
}

async function post<T>(port: number, path: string, token: string | null, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (answer.ok) return (await answer.json()) as T;
    // Just started, and on a slow machine it has its hands full.
    if (answer.status !== 503 || attempt >= 60) throw new Error(`${path} was answered ${answer.status}`);
    await sleep(500);
  }
}

/** A version of the standard in which the desk's clock climbs a rung within a second: something is always due. */
async function hurryClocks(port: number): Promise<void> {
  const { types, stages } = (await (await fetch(`http://127.0.0.1:${port}/api/standard`)).json()) as InForce;
  const [type] = types;
  const register = { limit: { amount: 10, unit: 'minutes' }, ladder: [{ at: { share: 0.001 }, tell: 'owner' }] };
  await post(port, '/api/standard', await signIn(port, 'admin'), {
    commandId: crypto.randomUUID(),
    title: 'laboratory',
    source: 'laboratory',
    rows: [
      {
        kind: type.kind,
        major: type.major,
        typeCode: type.code,
        typeName: type.name.zh,
        answersTo: type.answersTo,
        conditionCode: 'laboratory',
        when: '试验',
        limit: '4工作时',
        done: '试验',
        source: 'laboratory',
      },
    ],
    stages: { ...stages, ordinary: { ...stages.ordinary, register } },
  });
}

interface InForce {
  readonly types: readonly [{ kind: string; major: string; code: string; name: { zh: string }; answersTo: string }];
  readonly stages: { readonly ordinary: object };
}
