import { atlasOf } from '../domains/land/areas/index.ts';
import { directoryOf, namedArea, peopleCalled, roleOf } from '../domains/land/staff/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';

/** What somebody types at the shell for people, bodies, areas and posts. */

/** By login, by id, or by a name that only one has. */
export async function personNamed(ctx: Ctx, typed: string): Promise<string> {
  const [one, ...more] = await peopleCalled(ctx, typed);
  if (!one) throw new Problem(cliProblems['cli.nobody'], { typed });
  if (more.length > 0) throw new Problem(cliProblems['cli.person_unclear'], { typed, count: more.length + 1 });
  return one.id;
}

export async function bodyNamed(ctx: Ctx, typed: string): Promise<string> {
  const body = (await directoryOf(ctx)).bodies.find(({ id, name }) => id === typed || name === typed);
  if (!body) throw new Problem(cliProblems['cli.no_body'], { typed });
  return body.id;
}

export const areaNamed = async (ctx: Ctx, typed: string): Promise<string> =>
  namedArea((await atlasOf(ctx)).areas)(typed).id;

/** 网格员@桥头第1网格, body_head@云溪县供水公司. */
export async function postNamed(ctx: Ctx, typed: string): Promise<string> {
  const [role = '', place = ''] = typed.split('@');
  const [directory, atlas] = [await directoryOf(ctx), await atlasOf(ctx)];
  const body = directory.bodies.find(({ id, name }) => id === place || name === place);
  const areaId = body ? null : place ? namedArea(atlas.areas)(place).id : null;
  const post = directory.posts.find(
    (one) => one.role === roleOf(role) && (body ? one.bodyId === body.id : one.areaId === areaId && areaId !== null),
  );
  if (!post) throw new Problem(cliProblems['cli.no_post'], { typed });
  return post.id;
}
