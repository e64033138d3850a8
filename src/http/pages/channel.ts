import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { channelLevels, type trackedView } from '../../domains/community/channel/channel.model.ts';
import { derivedId } from '../../kernel/ids.ts';
import { type ChannelPage, channelPage, type MessageDraft, writtenPage } from '../../web/portal/channel.pages.ts';
import type { PortalFrame } from '../../web/portal/frame.ts';
import type { PublicArea } from '../../web/portal/grid.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Refused } from './viewer.ts';

/** The channel of an area on the public pages. */
interface Asked {
  readonly call: PageCall;
  readonly frame: () => Promise<PortalFrame>;
}

export async function showChannel(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Asked,
  typed: Partial<MessageDraft> = {},
  refused: Refused | null = null,
) {
  const { area: code } = request.params as { area: string };
  const told = await room.call<PublicArea>('public.area', call, { query: { code, status: 'closed' } });
  // Above the communities there is nobody whom a resident would write to; one looks for one's own.
  if (!channelLevels.includes(told.area.level)) return reply.redirect(`/grids/${told.area.code}`, 303);
  const query = { areaId: told.area.id };
  const notices = await room.call<ChannelPage['notices']>('notice.list', call, { query });
  const earlier = await room.call<ChannelPage['earlier']>('notice.earlier', call, { query });
  const draft = draftOf(room, typed);
  const shown = { told, notices, earlier, draft, fault: refused?.fault ?? null };
  return sendPage(reply, refused?.status ?? 200, channelPage(await frame(), shown));
}

/** Ids are made when the form is shown: sent twice, it is one message. */
function draftOf(
  { runtime }: PageRoom,
  { commandId, id, words = '', phone = '' }: Partial<MessageDraft>,
): MessageDraft {
  const given = commandId ?? runtime.ids.newId();
  return { commandId: given, id: id ?? derivedId('portal message', given), words, phone };
}

export async function takeMessage(room: PageRoom, request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const { area: code } = request.params as { area: string };
  const { fields } = await readForm(request);
  const draft = draftOf(room, fields);
  const isCrowded = await room.crowds('area_message.send', request);
  try {
    const area = await room.call<{ id: string }>('area.coded', asked.call, { query: { code } });
    const { phone, ...said } = draft;
    const language = languageOf(request);
    const body = { ...said, areaId: area.id, language, ...(phone !== '' && { contact: { phone } }) };
    const sent = await room.call<{ trackingCode: string }>('area_message.send', { ...asked.call, isCrowded }, { body });
    return reply.redirect(`/track/${sent.trackingCode}?sent=1`, 303);
  } catch (error) {
    const refused = { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) };
    return showChannel(room, request, reply, asked, draft, refused);
  }
}

/** What is no case yet: the page of a message by the same kind of code. */
export async function showWritten(
  room: PageRoom,
  reply: FastifyReply,
  { call, frame }: Asked,
  { code, isNew }: { readonly code: string; readonly isNew: boolean },
) {
  const tracked = await room.call<z.output<typeof trackedView>>('area_message.track', call, { params: { code } });
  if (tracked.written === null) return reply.redirect(`/track/${code}`, 303);
  return sendPage(reply, 200, writtenPage(await frame(), { code, written: tracked.written, isNew }));
}
