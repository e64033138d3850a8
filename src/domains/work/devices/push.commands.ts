import type { Answer } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey, recordKey } from '../../../kernel/data_key.ts';
import { deviceTime } from '../../../kernel/device_time.ts';
import type { Beside, Endpoint, ProcedureCall, WriteEndpoint } from '../../../kernel/endpoint.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { faultOf } from '../../../kernel/log.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import type { Language, Words } from '../../../kernel/words.ts';
import { me } from '../../land/accounts/index.ts';
import { areaOf, requireServed } from './device.commands.ts';
import { deviceProblems } from './device.model.ts';
import {
  acknowledge,
  dismissOps,
  earlierOf,
  insertJudged,
  type JudgedRow,
  lockDevice,
  noteHeard,
} from './device.queries.ts';
import type { PushedOp, PushForm, VerdictView } from './sync.model.ts';

type Push = ProcedureCall<unknown, unknown, PushForm>;

/**
 * What a device sends at once: each command goes the way of a request of its own, and its verdict is written in the
 * transaction that carries it out, so that whatever is sent again, cut off or overtaken by itself gets the same answer.
 */
export async function push(runtime: Runtime, call: Push, offered: ReadonlyMap<string, Endpoint>) {
  const { body } = call;
  await asDevice(runtime, call, (ctx) => dismissOps(ctx, body.deviceId, body.dismissed));
  const verdicts: VerdictView[] = [];
  const waiting = new Set<string>();
  for (const op of body.ops) {
    const verdict: VerdictView = waiting.has(op.target)
      ? { commandId: op.commandId, is: 'held', code: deviceProblems['device.waits'] }
      : await judge(runtime, call, offered, op);
    if (verdict.is === 'held') waiting.add(op.target);
    verdicts.push(verdict);
  }
  const acknowledged = await asDevice(runtime, call, async (ctx) => {
    noteHeard(ctx, body.deviceId, {
      skewMs: new Date(body.deviceAt).getTime() - ctx.now.getTime(),
      oldestUnsentAt: body.oldestUnsent === null ? null : new Date(body.oldestUnsent),
      areaId: areaOf(me(ctx)),
      sessionId: me(ctx).sessionId,
    });
    return acknowledge(ctx, body.deviceId);
  });
  return { verdicts, acknowledged, serverTime: runtime.clock.now() };
}

/** Nothing of one that is unknown, somebody else's or revoked; of one device, one thing at a time. */
const asDevice = <T>(runtime: Runtime, { entrance, body }: Push, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  transact(runtime, entrance, async (ctx) => {
    requireServed(await lockDevice(ctx, body.deviceId), me(ctx));
    return work(ctx);
  });

/** There is a verdict already: what was about to be done is undone, and the verdict told. */
class JudgedBefore extends Error {
  readonly verdict: VerdictView;
  constructor(verdict: VerdictView) {
    super('judged before');
    this.verdict = verdict;
  }
}

async function judge(
  runtime: Runtime,
  call: Push,
  offered: ReadonlyMap<string, Endpoint>,
  op: PushedOp,
): Promise<VerdictView> {
  const { commandId, occurredAt, body } = op;
  const { deviceAt } = call.body;
  try {
    const endpoint = requireOffline(offered.get(op.name), op.name);
    const given = { params: op.params, body: { ...body, commandId, occurredAt, sentAt: deviceAt } };
    const { answer, repeated } = await call.carryOut(endpoint, given, beside(call.body, op));
    return { commandId, is: repeated ? 'duplicate' : 'applied', answer };
  } catch (error) {
    if (error instanceof JudgedBefore) return error.verdict;
    if (!(error instanceof Problem)) {
      runtime.log.error('command of a device failed', { command: op.name, commandId, ...faultOf(error) });
      return { commandId, is: 'held', code: 'internal' };
    }
    if (concernsAll(error)) throw error;
    if (passes(error)) return { commandId, is: 'held', code: error.code };
    if (error.code === 'command.answer_gone') return keep(runtime, call, op, { verdict: 'duplicate', answer: {} });
    return keep(runtime, call, op, { verdict: 'refused', problem: error });
  }
}

function requireOffline(endpoint: Endpoint | undefined, name: string): WriteEndpoint {
  if (endpoint?.does !== 'write' || !endpoint.fromDevice)
    throw new Problem(deviceProblems['device.not_offline'], { name });
  return endpoint;
}

/** Around the command, in its transaction. */
const beside = (form: PushForm, op: PushedOp): Beside => ({
  before: async (ctx) => {
    requireServed(await lockDevice(ctx, form.deviceId), me(ctx));
    await requireFirst(ctx, form, op);
  },
  after: async (ctx, answer, repeated) =>
    insertJudged(ctx, rowOf(ctx, form, op, { verdict: repeated ? 'duplicate' : 'applied', answer })),
});

async function requireFirst(ctx: Ctx, { deviceId, language }: PushForm, op: PushedOp): Promise<void> {
  const { judged, inTheWay } = await earlierOf(ctx, deviceId, op);
  const same = judged.find(({ commandId }) => commandId === op.commandId);
  if (same) throw new JudgedBefore(await verdictOf(ctx, same, language));
  if (judged.length > 0) throw new Problem(deviceProblems['device.out_of_step']);
  if (inTheWay) throw new JudgedBefore({ commandId: op.commandId, is: 'held', code: deviceProblems['device.waits'] });
}

/** About the device or who is signed in, not about this one command. */
const concernsAll = ({ code, kind }: Problem): boolean =>
  kind.status === 401 ||
  ['device.unknown', 'device.not_yours', 'device.revoked', 'device.out_of_step'].includes(code) ||
  ['account.change_password', 'account.demo_refused'].includes(code);

/** By itself, sooner or later: no verdict, it comes again. */
const passes = ({ code, kind }: Problem): boolean =>
  [408, 429, 503].includes(kind.status) || code === 'command.still_running';

type Verdict =
  | { readonly verdict: 'applied' | 'duplicate'; readonly answer: Answer }
  | { readonly verdict: 'refused'; readonly problem: Problem };

/** A verdict on what changed nothing, in a transaction of its own; should another have come first, that one holds. */
const keep = (runtime: Runtime, call: Push, op: PushedOp, verdict: Verdict): Promise<VerdictView> =>
  asDevice(runtime, call, async (ctx) => {
    const { deviceId, language } = call.body;
    await requireFirst(ctx, call.body, op);
    if (verdict.verdict !== 'refused') {
      insertJudged(ctx, rowOf(ctx, call.body, op, verdict));
      return { commandId: op.commandId, is: 'duplicate' as const, answer: verdict.answer };
    }
    const { code } = verdict.problem;
    const key = await recordKey(ctx, { kind: 'device', id: deviceId });
    const words: KeptRefusal = { ...wordsOf(verdict.problem), body: op.body };
    const sealed = seal(key.bytes, JSON.stringify(words), boundTo(op.commandId));
    insertJudged(ctx, { ...rowOf(ctx, call.body, op, verdict), code, sealed, keyId: key.id });
    return {
      commandId: op.commandId,
      is: 'refused' as const,
      code,
      title: words.title[language],
      detail: words.detail[language],
    };
  }).catch((error: unknown) => {
    if (error instanceof JudgedBefore) return error.verdict;
    throw error;
  });

function rowOf(ctx: Ctx, { deviceId, deviceAt }: PushForm, op: PushedOp, verdict: Verdict) {
  const { seq, commandId, name, target, occurredAt } = op;
  return {
    ...{ deviceId, seq, commandId, name, target, verdict: verdict.verdict },
    answer: verdict.verdict === 'refused' ? null : verdict.answer,
    ...{ code: null, sealed: null, keyId: null },
    occurredAt: deviceTime(ctx.now, occurredAt, deviceAt),
  };
}

/** What was to be done, and why it was not: what somebody typed may stand in either, so both lie sealed. */
export interface KeptRefusal {
  readonly title: Words;
  readonly detail: Words;
  readonly body: Readonly<Record<string, unknown>>;
}

const boundTo = (commandId: Id): string => `refused ${commandId}`;

export async function openRefusal(ctx: Ctx, row: JudgedRow): Promise<KeptRefusal | null> {
  const key = row.keyId === null ? null : await openDataKey(ctx, row.keyId);
  if (key === null || row.sealed === null) return null;
  return JSON.parse(unseal(key.bytes, row.sealed, boundTo(row.commandId)).toString());
}

/** The hint, and each place that was wrong. */
function wordsOf({ title, hint, faults }: Problem): Pick<KeptRefusal, 'title' | 'detail'> {
  const places = (language: Language): string =>
    faults.map(({ path, says }) => `${path}: ${says[language]}`).join('；');
  const told = (language: Language): string => [hint[language], places(language)].filter(Boolean).join(' ');
  return { title, detail: { zh: told('zh'), en: told('en') } };
}

async function verdictOf(ctx: Ctx, row: JudgedRow, language: Language): Promise<VerdictView> {
  const { commandId, verdict, code } = row;
  if (verdict !== 'refused')
    return { commandId, is: verdict as 'applied' | 'duplicate', answer: (row.answer ?? {}) as Answer };
  const kept = await openRefusal(ctx, row);
  const title = kept?.title[language] ?? code ?? '';
  return { commandId, is: 'refused', code: code ?? '', title, detail: kept?.detail[language] ?? '' };
}
