import { z } from 'zod';
import { accountProblems } from '../domains/land/accounts/index.ts';
import { casefileProblems } from '../domains/work/casefiles/casefile.model.ts';
import { type Answer, type Executed, execute } from '../kernel/command.ts';
import type { Ctx } from '../kernel/context.ts';
import { deviceTime } from '../kernel/device_time.ts';
import {
  type Beside,
  type Endpoint,
  type FileEndpoint,
  type FoundFile,
  type GivenCommand,
  isAdmitted,
  type ProcedureCall,
  type ProcedureEndpoint,
  type ReadEndpoint,
  type UploadedFile,
  type WriteEndpoint,
} from '../kernel/endpoint.ts';
import {
  asAnyone,
  byApiKey,
  byCode,
  bySession,
  type Entrance,
  entranceProblems,
  isOfCollect,
  isOfPhone,
} from '../kernel/entrance.ts';
import { type Id, idSchema } from '../kernel/id.ts';
import { type FieldFault, Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { isStorable } from '../kernel/storable.ts';
import { granteeOfCode, readTrackingCode } from '../kernel/tracking.ts';
import { transact } from '../kernel/transaction.ts';
import { httpProblems, invalidInput } from './problems.ts';

/** From a request to the handler and back, without a word of the framework: who calls, what, and may they. */
export interface Incoming {
  readonly token: string | null;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  readonly address: string;
  readonly device: string;
  readonly isCrowded?: boolean;
}

export interface Site {
  readonly realm: number;
  readonly demoAllowed: boolean;
}

/** What every write carries besides its form. */
const envelope = z.object({
  commandId: idSchema,
  /** When it happened and when it was sent, both by the device's own clock, which may be wrong. */
  occurredAt: z.iso.datetime({ offset: true }).optional(),
  sentAt: z.iso.datetime({ offset: true }).optional(),
});

/** Lets in or refuses before anything large is read from whoever calls. */
export async function admitCaller(
  runtime: Runtime,
  site: Site,
  endpoint: Endpoint,
  incoming: Pick<Incoming, 'token' | 'params'>,
): Promise<void> {
  const params = parse(endpoint.params, incoming.params);
  await transact(runtime, entranceOf(runtime, site, endpoint, incoming, params), async (ctx) =>
    admit(endpoint, ctx, site),
  );
}

export async function answer(runtime: Runtime, site: Site, endpoint: Endpoint, incoming: Incoming): Promise<unknown> {
  const params = parse(endpoint.params, incoming.params);
  const query = parse(endpoint.query, incoming.query);
  const entrance = entranceOf(runtime, site, endpoint, incoming, params);
  const { isCrowded = false } = incoming;
  if (endpoint.does === 'file') return find(runtime, site, endpoint, entrance, { params, query, body: {}, isCrowded });
  if (endpoint.does === 'read') return read(runtime, site, endpoint, entrance, { params, query, body: {}, isCrowded });
  const { commandId, occurredAt, form } = openEnvelope(runtime, endpoint, incoming.body);
  const body = parse(endpoint.body, form);
  if (endpoint.does === 'write') {
    const given = { params, query, body, isCrowded };
    const { answer, shown, repeated } = await write(runtime, site, endpoint, entrance, given, {
      commandId,
      occurredAt,
    });
    return { ...(endpoint.output.parse({ ...answer, ...shown }) as object), ...(repeated && { repeated }) };
  }
  return run(runtime, site, endpoint, entrance, { ...incoming, params, query, body, isCrowded, commandId, occurredAt });
}

type Carrying = ProcedureCall<unknown, unknown, unknown>['carryOut'];
type Parsed = { params: unknown; query: unknown; body: unknown; isCrowded: boolean };

async function read(
  runtime: Runtime,
  site: Site,
  endpoint: ReadEndpoint,
  entrance: Entrance,
  call: Parsed,
): Promise<unknown> {
  const found = await transact(runtime, entrance, async (ctx) => {
    admit(endpoint, ctx, site);
    return endpoint.handle(ctx, call as never);
  });
  return endpoint.output.parse(found);
}

async function find(
  runtime: Runtime,
  site: Site,
  endpoint: FileEndpoint,
  entrance: Entrance,
  call: Parsed,
): Promise<FoundFile> {
  return transact(runtime, entrance, async (ctx) => {
    admit(endpoint, ctx, site);
    return endpoint.find(ctx, call as never);
  });
}

const alone: Beside = { before: async () => undefined, after: async () => undefined };

async function write(
  runtime: Runtime,
  site: Site,
  endpoint: WriteEndpoint,
  entrance: Entrance,
  call: Parsed,
  { commandId, occurredAt }: { commandId: Id; occurredAt: Date },
  beside = alone,
): Promise<Executed<Answer>> {
  const { params, body } = call;
  const command = { id: commandId, name: endpoint.name, input: { params, body }, occurredAt };
  return execute(runtime, entrance, command, {
    work: async (ctx) => {
      admit(endpoint, ctx, site);
      await beside.before(ctx);
      const done = await endpoint.handle(ctx, call as never);
      await beside.after(ctx, done, false);
      return done;
    },
    recheck: async (ctx, earlier) => {
      admit(endpoint, ctx, site);
      await beside.before(ctx);
      await endpoint.recheck(ctx, call as never, earlier);
      await beside.after(ctx, earlier, true);
    },
    show: (ctx, given) => endpoint.show(ctx, call as never, given),
    ...(endpoint.ahead && { ahead: endpoint.ahead }),
  });
}

/** Somebody's command among others that they sent together: read, admitted and executed as if it had come alone. */
async function writeAmongOthers(
  runtime: Runtime,
  site: Site,
  { token }: Pick<Incoming, 'token'>,
  endpoint: WriteEndpoint,
  given: GivenCommand,
  beside: Beside,
): Promise<Executed<Answer>> {
  const params = parse(endpoint.params, given.params);
  const entrance = entranceOf(runtime, site, endpoint, { token }, params);
  const { commandId, occurredAt, form } = openEnvelope(runtime, endpoint, given.body);
  const call = { params, query: {}, body: parse(endpoint.body, form), isCrowded: false };
  return write(runtime, site, endpoint, entrance, call, { commandId, occurredAt }, beside);
}

async function run(
  runtime: Runtime,
  site: Site,
  endpoint: ProcedureEndpoint,
  entrance: Entrance,
  call: Incoming & Parsed & { commandId: Id; occurredAt: Date },
): Promise<unknown> {
  await transact(runtime, entrance, async (ctx) => admit(endpoint, ctx, site));
  const carryOut: Carrying = (other, given, beside) => writeAmongOthers(runtime, site, call, other, given, beside);
  const reply = await endpoint.handle(runtime, { ...call, entrance, realm: entrance.realm, carryOut } as never);
  return endpoint.output.parse(reply);
}

/** The first of the layers: whoever is not named by the endpoint does not get in, whatever they might read. */
export function admit(endpoint: Pick<Endpoint, 'access' | 'beforeFirstPassword'>, ctx: Ctx, site: Site): void {
  const { actor } = ctx;
  if (actor.kind === 'account' && actor.isDemo && !site.demoAllowed)
    throw new Problem(accountProblems['account.demo_refused']);
  if (
    actor.kind === 'account' &&
    actor.mustChangePassword &&
    !endpoint.beforeFirstPassword &&
    !endpoint.access.includes('anyone')
  ) {
    throw new Problem(accountProblems['account.change_password']);
  }
  if (!isAdmitted(endpoint.access, actor)) {
    throw new Problem(
      actor.kind === 'anyone' ? entranceProblems['session.ended'] : accountProblems['account.not_for_you'],
    );
  }
}

/** A tracking code in the path makes a reporter, a key in the header a program, a token an account; else it is anyone. */
function entranceOf(
  runtime: Runtime,
  site: Site,
  endpoint: Endpoint,
  { token }: Pick<Incoming, 'token'>,
  params: unknown,
): Entrance {
  const code = (params as { code?: unknown }).code;
  if (typeof code === 'string' && endpoint.access.includes('reporter')) {
    const plain = readTrackingCode(code);
    if (plain === null) throw new Problem(casefileProblems['track.unknown_code']);
    return byCode(site.realm, granteeOfCode(runtime.keys, plain));
  }
  if (token === null || endpoint.access.every((party) => party === 'anyone')) return asAnyone(site.realm);
  if (isOfCollect(token) && endpoint.forCollect !== true) return refuseOrAnyone(endpoint, site);
  if (isOfPhone(token) && !isForPhones(endpoint)) return refuseOrAnyone(endpoint, site);
  if (token.startsWith('jwk_')) return byApiKey(realmOfToken(token.slice(4)), token);
  return bySession(realmOfToken(token), token, runtime.clock.now());
}

const isForPhones = (endpoint: Endpoint): boolean =>
  endpoint.onPhone === true || (endpoint.does === 'write' && endpoint.fromDevice === true);

/** What is open to anybody is open on a phone too, to nobody in particular. */
function refuseOrAnyone({ access }: Endpoint, { realm }: Site): Entrance {
  if (access.includes('anyone')) return asAnyone(realm);
  throw new Problem(entranceProblems['session.of_phone']);
}

/** The realm stands in front of a token's dot; 0 is nobody's. */
export const realmOfToken = (token: string): number => {
  const realm = Number(token.split('.')[0]);
  return Number.isInteger(realm) && realm > 0 && realm < 32_768 ? realm : 0;
};

function openEnvelope(
  runtime: Runtime,
  endpoint: Endpoint,
  body: unknown,
): { commandId: Id; occurredAt: Date; form: unknown } {
  const plain = body === undefined || body === null ? {} : body;
  if (typeof plain !== 'object' || Array.isArray(plain)) throw new Problem(httpProblems['input.malformed']);
  const { commandId, occurredAt, sentAt, ...form } = plain as Record<string, unknown>;
  const now = runtime.clock.now();
  if (endpoint.does === 'procedure' && commandId === undefined)
    return { commandId: runtime.ids.newId(), occurredAt: now, form };
  if (commandId === undefined) throw new Problem(httpProblems['input.command_id_missing']);
  const given = parse(envelope, {
    commandId,
    ...(occurredAt !== undefined && { occurredAt }),
    ...(sentAt !== undefined && { sentAt }),
  });
  return { commandId: given.commandId, occurredAt: deviceTime(now, given.occurredAt, given.sentAt), form };
}

function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const fault = unstorable(input);
  if (fault !== null) throw new Problem(httpProblems['input.invalid'], {}, [fault]);
  const parsed = schema.safeParse(input ?? {}, { reportInput: true });
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

const notText = {
  zh: '含有不能保存的字符，请删掉重新输入',
  en: 'contains a character that cannot be kept; type it again',
};
const tooDeep = { zh: '一层套一层，太深了', en: 'is nested too deeply' };
/** No form of ours has half as many levels; what walks through a value must come to its end. */
const MOST_LEVELS = 32;

/** Where a text stands that no database keeps: with a zero character, or with half a character. */
function unstorable(input: unknown, path: readonly string[] = []): FieldFault | null {
  if (typeof input === 'string') return isStorable(input) ? null : { path: path.join('.'), says: notText };
  if (typeof input !== 'object' || input === null) return null;
  if (path.length === MOST_LEVELS) return { path: path.slice(0, 3).join('.'), says: tooDeep };
  for (const [name, value] of Object.entries(input)) {
    const inner = [...path, name];
    const found = unstorable(name, inner) ?? unstorable(value, inner);
    if (found !== null) return found;
  }
  return null;
}
