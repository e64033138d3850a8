import type { FastifyInstance } from 'fastify';
import { type Ask, ask, changes, type Finding, finding, inTurn, matrixOf, type Told } from './asking.ts';
import { leaksIn } from './leaks.ts';
import type { World } from './world.ts';

/** `thorough`: about every case, and also those asked who are turned away at the door. */
export interface Reading {
  readonly asked: number;
  readonly findings: readonly Finding[];
}

export async function readEverything(world: World, app: FastifyInstance, thorough: boolean): Promise<Reading> {
  const asks = matrixOf(world, (endpoint) => !changes(endpoint), thorough).filter(
    (one) => thorough || one.refusal === 0,
  );
  const answers = await inTurn(asks, (one) => ask(app, world, one));
  const all = asks.map((one, i) => [one, answers[i] as Told] as const);
  return {
    asked: asks.length,
    findings: [...all.flatMap(([one, told]) => judge(world, one, told)), ...differences(all)],
  };
}

/** 200 with the record if and only if it may be read; and nothing in it that is not for the viewer. */
function judge(world: World, one: Ask, { status, text, json }: Told): Finding[] {
  const { endpoint, target, refusal } = one;
  const leaks = leaksIn(world, target.as, endpoint.name, text, target.value);
  const found = leaks.map((leak) => finding('泄露', one, leak));
  const wrong = wrongStatus(one, status, text);
  if (wrong) found.push(finding(wrong, one, `${status} ${text.slice(0, 200)}`));
  const id = (json as { id?: unknown } | null)?.id;
  if (refusal === 0 && status === 200 && typeof id === 'string' && target.value !== '' && id !== target.value)
    found.push(finding('别的记录', one, id));
  return found;
}

/** An empty list of what belongs to a record tells as little as a refusal, if it is the same for every id. */
function wrongStatus({ refusal, target }: Ask, status: number, text: string): string | null {
  if (status >= 500) return '程序出错';
  if (refusal !== 0) return status === refusal ? null : '岗位没挡住';
  // Not of rights: who has been signed in for long is asked for the password once more.
  if (target.readable)
    return [200, 204].includes(status) || text.includes('account.sign_in_again') ? null : '该看的看不到';
  return [401, 403, 404].includes(status) || isEmpty(text) ? null : '不该看的没有拒绝';
}

/** A list, or several under their names, with nothing in any. */
function isEmpty(text: string): boolean {
  const told: unknown = text.startsWith('[') || text.startsWith('{') ? JSON.parse(text) : null;
  const lists = told === null ? [] : Array.isArray(told) ? [told] : Object.values(told as object);
  return lists.length > 0 && lists.every((list) => Array.isArray(list) && list.length === 0);
}

/** To one viewer, what is there but not theirs, what was there, and what never was look alike. */
export function differences(all: readonly (readonly [Ask, Told])[]): Finding[] {
  const seen = new Map<string, string>();
  return all.flatMap(([one, told]) => {
    const { endpoint, viewer, target, refusal } = one;
    if (refusal !== 0 || target.readable || target.value === '') return [];
    const { traceId: _traceId, ...rest } = (told.json ?? {}) as { traceId?: string };
    const shape = JSON.stringify([told.status, Array.isArray(told.json) ? told.json : rest]);
    const key = `${endpoint.name} ${viewer.name}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, shape);
    return first === undefined || first === shape ? [] : [finding('看得出有没有', one, `${shape} 与 ${first} 不同`)];
  });
}
