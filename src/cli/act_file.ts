import { z } from 'zod';
import { correctForm, splitForm } from '../domains/land/acts/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import { areaOf, areasOf } from './area_named.ts';
import { checked } from './checked.ts';
import { cliProblems } from './problems.ts';

/**
 * How a person writes the parts of a split in a file: named by their codes, the ids are ours to give.
 * `children` says for each area below (code, id or name) the code of the part to which it goes.
 */
const splitFile = z.strictObject({
  parts: z.array(z.looseObject({ id: z.string().optional(), code: z.string() })),
  rest: z.string(),
  children: z.record(z.string(), z.string()).default({}),
  posts: z.array(z.unknown()).default([]),
});

export async function splitTold(ctx: Ctx, told: object, on: { on?: string }): Promise<z.infer<typeof splitForm>> {
  const { parts: written, rest, children: places, posts } = checked(splitFile, told);
  const parts = written.map((part) => ({ ...part, id: part.id ?? ctx.ids.newId() }));
  const partOf = (code: string): string => {
    const part = parts.find((one) => one.code === code);
    if (!part) throw new Problem(cliProblems['cli.no_part'], { code });
    return part.id;
  };
  const children: { areaId: string; partId: string }[] = [];
  for (const [area, code] of Object.entries(places))
    children.push({ areaId: await areaOf(ctx, area), partId: partOf(code) });
  return checked(splitForm, { ...on, parts, restId: partOf(rest), children, posts });
}

/** A new area that takes the place of others needs no id in the file either. */
export function mergeTold(ctx: Ctx, told: object): object {
  if (!('as' in told) || typeof told.as !== 'object' || told.as === null) return told;
  return { ...told, as: { id: ctx.ids.newId(), ...told.as } };
}

/** A border drawn elsewhere: who gives way (`from`) and who takes what is given up (`to`) are named as at the prompt. */
const correctFile = z.strictObject({
  boundary: z.unknown(),
  from: z.array(z.string()).default([]),
  to: z.string().optional(),
});

export async function correctTold(ctx: Ctx, told: object, on: { on?: string }): Promise<z.infer<typeof correctForm>> {
  const { boundary, from, to } = checked(correctFile, told);
  const taker = to === undefined ? {} : { toId: await areaOf(ctx, to) };
  return checked(correctForm, { ...on, boundary, fromIds: await areasOf(ctx, from), ...taker });
}
