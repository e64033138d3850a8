import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DUPLICATES, type Duplicates, duplicatesPage } from '../../web/console/duplicates.pages.ts';
import { movePage } from '../../web/console/household_move.pages.ts';
import { type Beside, besidePage, type Merges, mergesPage } from '../../web/console/merge.pages.ts';
import type { Resident } from '../../web/console/resident.pages.ts';
import { HOME } from '../../web/console/residents.pages.ts';
import { readForm, sendPage } from '../app.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { areaAsked, refusedBy } from './residents.ts';
import { askedOf, doneIn, type Framed, type Handler, type Refused, type Shown } from './viewer.ts';

/** Two records of one person at the desk: found, seen side by side, merged, and parted again. */
type Fields = Readonly<Record<string, string>>;

const said = {
  apart: { zh: '记下了：是两个人，以后不再提示。', en: 'Noted: two people. They are not suggested again.' },
  parted: { zh: '拆开了，各自拿回了自己的内容。', en: 'Parted: each has its own facts again.' },
} as const;

const showDuplicates: Shown = async (room, request, reply, { call, frame }) => {
  const where = await areaAsked(room, request, call);
  const found = await room.call<Duplicates>('resident.duplicates', call, { params: { id: where.area.id } });
  return sendPage(reply, 200, duplicatesPage(await frame(), { ...found, ...where, done: doneIn(said, request) }));
};

async function showBeside(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields | null = null,
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const other = typed?.other ?? askedOf(request).other;
  // A bare address, as after signing in again.
  if (other === undefined) return reply.redirect(`${HOME}/${idIn(request)}`, 303);
  const given = { params: { id: idIn(request) }, query: { other } };
  const { pair } = await room.call<Beside>('resident.beside', call, given);
  if (pair === null) return reply.redirect(`${HOME}/${idIn(request)}`, 303);
  const shown = { pair, typed, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() };
  return sendPage(reply, refused?.status ?? 200, besidePage(await frame(), shown));
}

const CHOOSE = 'choose.';

const takeMerge: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { commandId, other = '' } = fields;
  const chosen = Object.entries(fields).filter(([name]) => name.startsWith(CHOOSE));
  const choose = Object.fromEntries(chosen.map(([name, side]) => [name.slice(CHOOSE.length), side]));
  const seen = { kept: fields['seen.kept'], gone: fields['seen.gone'] };
  try {
    const given = { params: { id: idIn(request) }, body: { commandId, other, choose, seen } };
    const { recordId } = await room.call<{ recordId: string }>('resident.merge', framed.call, given);
    return reply.redirect(`${HOME}/${recordId}?done=merged`, 303);
  } catch (error) {
    const refused = refusedBy(error, request);
    return showBeside(room, request, reply, framed, fields, refused);
  }
};

const takeApart: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { commandId, other = '' } = fields;
  try {
    const given = { params: { id: idIn(request) }, body: { commandId, other } };
    await room.call('resident.keep_apart', framed.call, given);
    return reply.redirect(`${DUPLICATES}?done=apart`, 303);
  } catch (error) {
    const refused = refusedBy(error, request);
    return showBeside(room, request, reply, framed, fields, refused);
  }
};

async function showMerges(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const id = idIn(request);
  const merges = await room.call<Merges>('resident.merges', call, { params: { id } });
  const told = { fault: refused?.fault ?? null, done: doneIn(said, request), newId: () => room.runtime.ids.newId() };
  return sendPage(reply, refused?.status ?? 200, mergesPage(await frame(), { id, merges, ...told }));
}

const takeUnmerge: Shown = async (room, request, reply, framed) => {
  const { commandId, merge = '' } = (await readForm(request)).fields;
  const id = idIn(request);
  try {
    await room.call('resident.unmerge', framed.call, { params: { id }, body: { commandId, merge } });
    return reply.redirect(`${HOME}/${id}/merges?done=parted`, 303);
  } catch (error) {
    return showMerges(room, request, reply, framed, refusedBy(error, request));
  }
};

async function showMove(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields | null = null,
  refused: Refused | null = null,
): Promise<FastifyReply> {
  // Whoever may only read gets no page that ends in a refusal.
  await room.call('ledger_batch.list', call);
  const resident = await room.call<Resident>('resident.read', call, { params: { id: idIn(request) } });
  const shown = { resident, typed, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() };
  return sendPage(reply, refused?.status ?? 200, movePage(await frame(), shown));
}

const MEMBER = 'member.';

const takeMove: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { commandId, kind, number, on, head = '', seen = '' } = fields;
  const members = Object.keys(fields).filter((name) => name.startsWith(MEMBER));
  const body = {
    ...{ commandId, kind, number, on, members: members.map((name) => name.slice(MEMBER.length)) },
    ...{ seen: seen.split(' '), ...(head !== '' && { head }) },
  };
  try {
    await room.call('household.move', framed.call, { params: { id: idIn(request) }, body });
    return reply.redirect(`${HOME}/${idIn(request)}?done=moved`, 303);
  } catch (error) {
    return showMove(room, request, reply, framed, fields, refusedBy(error, request));
  }
};

export function addMerging(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(DUPLICATES, shown(showDuplicates));
  app.get(`${HOME}/:id/merge`, shown(showBeside));
  app.post(`${HOME}/:id/merge`, shown(takeMerge));
  app.post(`${HOME}/:id/apart`, shown(takeApart));
  app.get(`${HOME}/:id/merges`, shown(showMerges));
  app.post(`${HOME}/:id/unmerge`, shown(takeUnmerge));
  app.get(`${HOME}/:id/household`, shown(showMove));
  app.post(`${HOME}/:id/household`, shown(takeMove));
}
