import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { openDataKey, openDataKeys } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { available } from '../../../kernel/workflow.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { callNames, directoryOf } from '../../land/staff/index.ts';
import { roles } from '../../land/staff/staff.model.ts';
import { messageLines, messagesFor } from '../../telling/messages/index.ts';
import { limitWords } from '../../work/calendars/limit.model.ts';
import { casefileProblems } from '../../work/casefiles/casefile.model.ts';
import { findCasefile, reportByGrantee } from '../../work/casefiles/index.ts';
import { clockOf, isOpen, type Obligation, obligationsOf, obligationsOfAll } from '../../work/obligations/index.ts';
import { standardsOf } from '../../work/standards/index.ts';
import { apartStage } from '../../work/standards/stages.model.ts';
import { factsOf, openMessage } from './channel.commands.ts';
import {
  channelProblems,
  type messageLine,
  type messageView,
  reasons,
  statuses,
  type trackedView,
  type writerView,
} from './channel.model.ts';
import { type MessageRow, messageByGrantee } from './channel.queries.ts';
import { answerDuty, messageTable } from './channel.workflow.ts';

type Line = z.input<typeof messageLine>;

export async function linesOf(ctx: Ctx, messages: readonly MessageRow[]): Promise<Line[]> {
  const ids = messages.map(({ id }) => id);
  const [keys, owed, atlas] = await Promise.all([
    openDataKeys(
      ctx,
      messages.map(({ keyId }) => keyId),
    ),
    obligationsOfAll(ctx, ids),
    atlasOf(ctx),
  ]);
  const openOf = (id: Id) => owed.get(id)?.find((one) => one.duty === answerDuty && isOpen(one));
  const named = messages.flatMap(({ id, seenBy }) => [
    ...(seenBy === null ? [] : [{ kind: 'person', id: seenBy }]),
    ...[openOf(id)].flatMap((duty) => (duty ? [{ kind: duty.owedByKind, id: duty.owedBy }] : [])),
  ]);
  const names = await callNames(ctx, named);
  return messages.map((message) => {
    const secret = openMessage(keys.get(message.keyId), message);
    const duty = openOf(message.id);
    const { id, areaId, sentAt, status, unverified, seenAt, seenBy } = message;
    return {
      ...{ id, areaId, sentAt, status, unverified, seenAt, words: secret?.words ?? null },
      place: atlas.path(areaId).slice(-2).reverse().join(' · '),
      hasPhone: secret?.phone !== undefined,
      seenBy: seenBy === null ? null : (names.get(seenBy) ?? ''),
      holder: duty ? (names.get(duty.owedBy) ?? '') : null,
      clock: duty ? clockOf(duty, ctx.now) : null,
    };
  });
}

export async function lookAtMessage(ctx: Ctx, message: MessageRow): Promise<z.input<typeof messageView>> {
  const [lines, obligations, told, standards] = await Promise.all([
    linesOf(ctx, [message]),
    obligationsOf(ctx, message.id),
    toldTo(ctx, message),
    standardsOf(ctx),
  ]);
  const [line] = lines;
  if (!line) throw new Problem(channelProblems['area_message.not_found']);
  const { limit, confidence } = apartStage(standards.at(message.sentAt).stages, 'channelAnswer');
  const facts = factsOf(message, obligations.filter(isOpen));
  return {
    ...line,
    casefile: message.casefileId === null ? null : await numberOf(ctx, message.casefileId),
    reason: reasons[message.reason as keyof typeof reasons] ?? null,
    told,
    limit: { words: limitWords(limit), unsure: confidence === 'unsure' },
    can: available(messageTable, facts, workflowActor(ctx.actor)),
  };
}

/** Null where the case is not the viewer's to read. */
async function numberOf(ctx: Ctx, id: Id): Promise<{ id: Id; number: string } | null> {
  const file = await findCasefile(ctx, id);
  return file ? { id, number: file.number } : null;
}

async function toldTo(ctx: Ctx, { id, grantee }: MessageRow) {
  const messages = (await messagesFor(ctx, grantee)).filter(({ recordId }) => recordId === id);
  return messageLines(ctx, messages);
}

/** By the writer's code. Null: it is a case, which has its own page by the same code. */
export async function writtenOf(ctx: Ctx): Promise<z.input<typeof trackedView>> {
  const grantee = ctx.actor.kind === 'reporter' ? ctx.actor.grantee : null;
  if (grantee !== null && (await reportByGrantee(ctx, grantee))) return { written: null };
  const message = grantee === null ? undefined : await messageByGrantee(ctx, grantee);
  if (!message) throw new Problem(casefileProblems['track.unknown_code']);
  const [atlas, obligations, told, key] = await Promise.all([
    atlasOf(ctx),
    obligationsOf(ctx, message.id),
    toldTo(ctx, message),
    openDataKey(ctx, message.keyId),
  ]);
  const { areaId, sentAt, status, unverified } = message;
  const duty = obligations.find((one) => one.duty === answerDuty && isOpen(one));
  const written = {
    ...{ areaId, sentAt, status, unverified, statusWords: statuses[status], told },
    place: atlas.path(areaId).slice(-2).reverse().join(' · '),
    holder: duty ? await holderOf(ctx, duty) : null,
    words: openMessage(key, message)?.words ?? null,
  };
  return { written };
}

async function holderOf(ctx: Ctx, duty: Obligation): Promise<z.input<typeof writerView>['holder']> {
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  const post = directory.post(duty.owedBy);
  if (!post) return null;
  const place = atlas.get(post.areaId ?? '')?.name ?? '';
  const { zh, en } = roles[post.role].words;
  return { name: { zh: `${place}${zh}`, en: `${en}, ${place}` }, clock: clockOf(duty, ctx.now) };
}
