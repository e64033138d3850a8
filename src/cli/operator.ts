import { type Answer, execute } from '../kernel/command.ts';
import type { Ctx } from '../kernel/context.ts';
import { asSystem } from '../kernel/entrance.ts';
import { Problem } from '../kernel/problem.ts';
import { listRealms } from '../kernel/reaction.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { cliProblems } from './problems.ts';

export async function requireRealm(runtime: Runtime, typed: string): Promise<number> {
  const realm = Number(typed);
  if (!(await listRealms(runtime)).includes(realm)) throw new Problem(cliProblems['cli.no_realm'], { realm: typed });
  return realm;
}

/** Whoever has the shell acts as the operator, in the journal too. */
export async function byOperator<T extends Answer>(
  runtime: Runtime,
  realm: number,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  return (await execute(runtime, asSystem(realm, 'operator'), { id: runtime.ids.newId(), name, input: {} }, { work }))
    .answer;
}
