import { directoryOf } from '../../domains/land/staff/index.ts';
import { standardsOf } from '../../domains/work/standards/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { seal, unseal } from '../../kernel/envelope.ts';
import type { Id } from '../../kernel/id.ts';
import { record } from '../../kernel/journal.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Door } from './georeport.outside.ts';
import { type NeighbourForm, neighbourProblems } from './neighbour.model.ts';
import {
  changeSending,
  type NeighbourRow,
  type SendingRow,
  sendingById,
  upsertNeighbour,
} from './neighbour.queries.ts';

const boundToNeighbour = (bodyId: Id): string => `neighbour ${bodyId}`;

export async function setNeighbour(ctx: Ctx, form: NeighbourForm): Promise<{ bodyId: Id }> {
  const { bodyId, apiKey, url, enabled, format, services, contactPurpose } = form;
  if (!(await directoryOf(ctx)).body(bodyId)) throw new Problem(neighbourProblems['neighbour.no_such_body']);
  const standard = (await standardsOf(ctx)).at(ctx.now);
  const isKnown = (of: string) =>
    of === '*' || standard.type(of) || standard.condition(of) || standard.majors.some(({ code }) => code === of);
  const unknown = services.find(({ of }) => !isKnown(of));
  if (unknown) throw new Problem(neighbourProblems['neighbour.unknown_kind'], { of: unknown.of });
  const sealed = apiKey === undefined ? null : seal(ctx.keys.wrapping, apiKey, boundToNeighbour(bodyId));
  const { jurisdiction } = form;
  await upsertNeighbour(ctx, {
    ...{ bodyId, url, jurisdiction, format, services, contactPurpose, enabled },
    ...{ apiKey: sealed, changedAt: ctx.now },
  });
  record(ctx, {
    kind: 'neighbour.set',
    about: { kind: 'neighbour', id: bodyId, scopeNo: 0, confidential: false },
    body: { enabled, format, services: services.length, sendsContact: contactPurpose !== null },
  });
  return { bodyId };
}

export function doorOf(ctx: Ctx, { bodyId, url, jurisdiction, apiKey, format }: NeighbourRow): Door {
  const opened = apiKey && unseal(ctx.keys.wrapping, apiKey, boundToNeighbour(bodyId)).toString();
  return { url, jurisdiction, format, apiKey: opened };
}

/** Whoever has mended the fault lets it run again: from where it stood, so that nothing is sent that has arrived. */
export async function retrySending(ctx: Ctx, id: Id): Promise<{ sendingId: Id; state: string }> {
  const sending = await requireSending(ctx, id);
  if (sending.state !== 'failed') throw new Problem(neighbourProblems['neighbour.not_failed']);
  const state = stoodAt(sending);
  await changeSending(ctx, id, { state, faults: 0, fault: null, quiet: 0, nextAt: ctx.now });
  record(ctx, {
    kind: 'neighbour.retried',
    about: { kind: 'neighbour_sending', id, scopeNo: 0, confidential: false },
    body: { state, number: sending.number },
  });
  return { sendingId: id, state };
}

export async function requireSending(ctx: Ctx, id: Id): Promise<SendingRow> {
  const sending = await sendingById(ctx, id);
  if (!sending) throw new Problem(neighbourProblems['neighbour.no_such_sending']);
  return sending;
}

function stoodAt({ requestId, token, leftAt }: SendingRow): 'following' | 'token' | 'unsure' | 'waiting' {
  if (requestId !== null) return 'following';
  if (token !== null) return 'token';
  return leftAt === null ? 'waiting' : 'unsure';
}
