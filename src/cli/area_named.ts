import { atlasOf } from '../domains/land/areas/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';

/** The id of an area told by its id, its code, or its name if only one bears it. */
export async function areaOf(ctx: Ctx, typed: string): Promise<string> {
  const { areas } = await atlasOf(ctx);
  const found = areas.filter(({ id, code, name }) => id === typed || code === typed || name === typed);
  const [only] = found;
  if (found.length > 1) throw new Problem(cliProblems['cli.area_unclear'], { area: typed, count: found.length });
  // An id of an area that is gone is for the act to answer.
  if (!only && !/^[0-9a-f-]{36}$/.test(typed)) throw new Problem(cliProblems['cli.no_area'], { area: typed });
  return only?.id ?? typed;
}

export async function areasOf(ctx: Ctx, typed: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const one of typed) ids.push(await areaOf(ctx, one));
  return ids;
}
