import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { forms, type messageView } from '../../domains/community/channel/channel.model.ts';
import { isRole } from '../../domains/land/staff/staff.model.ts';
import { issuers } from '../../domains/telling/notices/notice.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { type ChannelList, channelListPage, messagePage } from '../../web/console/channel.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Framed, Refused } from './viewer.ts';

/** The channels at the desk: the list, one message, and its acts as posted forms. */
export async function showChannels(room: PageRoom, request: FastifyRequest, reply: FastifyReply, given: Framed) {
  const { show: asked, notice } = request.query as { show?: string; notice?: string };
  const show = asked === 'all' ? 'all' : 'waiting';
  const lines = await room.call<ChannelList['lines']>('area_message.list', given.call, { query: { show } });
  const frame = await given.frame();
  const tells = frame.me?.posts.some(({ role }) => isRole(role) && issuers.includes(role)) ?? false;
  const notices = tells ? await room.call<ChannelList['notices']>('notice.covering', given.call) : [];
  const asksFor = notices.find(({ id }) => id === notice)?.id;
  const opened = asksFor === undefined ? null : { id: asksFor, told: await toldOf(room, given.call, asksFor) };
  return sendPage(reply, 200, channelListPage(frame, { lines, show, notices: notices.slice(0, 20), opened }));
}

type Told = NonNullable<ChannelList['opened']>['told'];
const toldOf = (room: PageRoom, call: PageCall, id: string): Promise<Told> =>
  room.call<Told>('notice.told', call, { params: { id } });

interface After {
  readonly refused?: Refused;
  readonly phone?: string;
  readonly typed?: Readonly<Record<string, string>>;
}

export async function showMessage(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  { refused, phone, typed = {} }: After = {},
) {
  const { id } = request.params as { id: string };
  const message = await room.call<z.output<typeof messageView>>('area_message.read', call, { params: { id } });
  const { done } = request.query as { done?: string };
  const areas = await room.call<Listed[]>('area.list', call);
  return sendPage(
    reply,
    refused?.status ?? 200,
    messagePage(await frame(), {
      ...{ message, typed, fault: refused?.fault ?? null, phone: phone ?? null },
      done: typeof done === 'string' ? done : null,
      areas: areas.filter(({ level }) => level !== 'micro_grid').map(choiceOf),
      newId: () => room.runtime.ids.newId(),
    }),
  );
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly path: readonly string[];
}
const choiceOf = ({ id, name, path }: Listed) => ({ id, name, depth: path.length - 1 });

export async function takeMessageAct(room: PageRoom, request: FastifyRequest, reply: FastifyReply, given: Framed) {
  const { id, command } = request.params as { id: string; command: string };
  if (!Object.hasOwn(forms, command)) throw new Problem(httpProblems['http.not_found']);
  const { fields } = await readForm(request);
  try {
    const body = { commandId: fields.commandId, ...bodyOf(command, fields) };
    const done = await room.call<{ phone?: string }>(`area_message.${command}`, given.call, { params: { id }, body });
    if (done.phone !== undefined) return showMessage(room, request, reply, given, { phone: done.phone });
    return reply.redirect(`/console/channel/${id}?done=${command}`, 303);
  } catch (error) {
    const refused = { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) };
    return showMessage(room, request, reply, given, { refused, typed: { ...fields, command } });
  }
}

function bodyOf(command: string, fields: Readonly<Record<string, string>>): object {
  const { words, reason, casefileId, areaId, place = '', urgent, confidential } = fields;
  if (command === 'report')
    return {
      ...{ casefileId, words, place: { areaId, words: place } },
      ...{ urgent: urgent === 'true', confidential: confidential === 'true' },
    };
  if (command === 'answer') return { words };
  if (command === 'set_aside') return { reason, ...(words && { words }) };
  return command === 'read_contact' ? { reason } : {};
}
