import { execute } from '../../kernel/command.ts';
import { asSystem } from '../../kernel/entrance.ts';
import { derivedId } from '../../kernel/ids.ts';
import type { Outside } from '../../kernel/outside.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import type { OnFault, Sweep } from '../../kernel/sweep.ts';
import { transact } from '../../kernel/transaction.ts';
import { numberIn, type Reply, type Row } from './georeport.model.ts';
import {
  askRequest,
  askRequestsSince,
  askToken,
  askUpdates,
  type Door,
  LONGEST_MS,
  postRequest,
} from './georeport.outside.ts';
import { type SendingRow, takeDue } from './neighbour.queries.ts';
import { note } from './note.commands.ts';
import { type Plan, type Posting, planFor } from './plan.commands.ts';
import type { Outcome } from './turn.model.ts';

/**
 * What is due with neighbours: each is taken, carried outside between transactions, and noted. GeoReport v2 knows no
 * idempotency: a request whose answer was lost is looked for by our mark before it is sent once more.
 */
const AT_ONCE = 16;
/** Longer than a turn can take: four questions, each as long as it may. */
const LEASE_MS = 6 * LONGEST_MS;

export const neighbourSweep: Sweep = { name: 'neighbours', run: takeTurns };

async function takeTurns(runtime: Runtime, realm: number, onFault: OnFault): Promise<number> {
  const taken = await transact(runtime, asSystem(realm, 'neighbours'), (ctx) =>
    takeDue(ctx, new Date(ctx.now.getTime() + LEASE_MS), AT_ONCE),
  );
  const turns = taken.map((sending) =>
    takeTurn(runtime, realm, sending).catch((error) => onFault(runtime, neighbourSweep.name, error)),
  );
  await Promise.all(turns);
  return taken.length;
}

async function takeTurn(runtime: Runtime, realm: number, sending: SendingRow): Promise<void> {
  const door = asSystem(realm, 'neighbours');
  const plan = await transact(runtime, door, (ctx) => planFor(ctx, sending));
  const outcome = await carryOut(runtime.outside, plan);
  // A turn counts once, whoever notes it.
  const id = derivedId('neighbour turn', sending.id, String(sending.turns));
  const work = { work: (ctx: Parameters<typeof note>[0]) => note(ctx, sending, plan, outcome) };
  await execute(runtime, door, { id, name: 'neighbour.turn', input: { id: sending.id } }, work);
}

async function carryOut(outside: Outside, plan: Plan): Promise<Outcome | null> {
  switch (plan.do) {
    case 'post':
      return post(outside, plan);
    case 'look':
      return lookFirst(outside, plan);
    case 'ask token':
      return tokenOutcome(await askToken(outside, plan.door, plan.token));
    case 'follow':
      return follow(outside, plan.door, plan.requestId, plan.asksUpdates);
    default:
      return null;
  }
}

async function post(outside: Outside, { door, form }: Posting): Promise<Outcome> {
  const reply = await postRequest(outside, door, form);
  if (reply.kind === 'refused' && reply.fault === 'duplicate') return known(outside, door, reply);
  if (reply.kind !== 'rows') return reply;
  const [row] = reply.rows;
  if (row?.service_request_id) return { kind: 'arrived', number: row.service_request_id.slice(0, 100) };
  if (row?.token) return { kind: 'token', token: row.token.slice(0, 100) };
  return { kind: 'fault', fault: 'no_number', left: true };
}

/** Sent before, and nobody knows whether it came: what bears our mark is ours. Who cannot list anything is asked anew. */
async function lookFirst(outside: Outside, posting: Posting): Promise<Outcome> {
  const { door, serviceCode, since, mark } = posting;
  const reply = await askRequestsSince(outside, door, serviceCode, since);
  if (reply.kind === 'fault') return { ...reply, left: true };
  const found =
    reply.kind === 'rows' ? reply.rows.find(({ description = '' }) => description.includes(mark)) : undefined;
  const number = found?.service_request_id;
  return number ? { kind: 'arrived', number: number.slice(0, 100) } : post(outside, posting);
}

/** They say that they have it. What they call it may be a number or a token. */
async function known(outside: Outside, door: Door, refusal: Reply & { kind: 'refused' }): Promise<Outcome> {
  const name = numberIn(refusal.says);
  if (name === null) return refusal;
  const request = await askRequest(outside, door, name);
  if (request.kind === 'rows' && request.rows.some((row) => row.service_request_id === name))
    return { kind: 'arrived', number: name };
  const token = await askToken(outside, door, name);
  if (token.kind !== 'rows' || token.rows[0]?.token !== name) return refusal;
  return { kind: 'token', token: name };
}

function tokenOutcome(reply: Reply): Outcome {
  if (reply.kind === 'fault') return reply;
  if (reply.kind === 'refused')
    return { kind: 'fault', fault: reply.fault === 'no_service' ? 'gone' : reply.fault, left: true };
  const number = reply.rows[0]?.service_request_id;
  return number ? { kind: 'arrived', number: number.slice(0, 100) } : { kind: 'pending' };
}

async function follow(outside: Outside, door: Door, id: string, asksUpdates: boolean): Promise<Outcome> {
  const reply = await askRequest(outside, door, id);
  if (reply.kind === 'fault') return reply;
  if (reply.kind === 'refused')
    return { kind: 'fault', fault: reply.fault === 'no_service' ? 'gone' : reply.fault, left: true };
  const request = reply.rows.find((row) => row.service_request_id === id);
  if (!request) return { kind: 'fault', fault: 'gone', left: true };
  return {
    kind: 'heard',
    request,
    asked: asksUpdates,
    updates: asksUpdates ? await updatesOf(outside, door, id) : null,
  };
}

/** Null: they do not speak the extension. What went wrong otherwise is asked again the next time. */
async function updatesOf(outside: Outside, door: Door, id: string): Promise<readonly Row[] | null> {
  const reply = await askUpdates(outside, door, id);
  if (reply.kind === 'rows') return reply.rows;
  return reply.kind === 'refused' ? null : [];
}
