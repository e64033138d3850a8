import type { FastifyInstance } from 'fastify';
import { DUPLICATES, type Duplicates, duplicatesIn, duplicatesPage } from '../../web/console/duplicates.pages.ts';
import { movePage } from '../../web/console/household_move.pages.ts';
import { type Beside, besidePage, type Merges, mergesPage } from '../../web/console/merge.pages.ts';
import { otherPage } from '../../web/console/merge_other.pages.ts';
import type { Resident } from '../../web/console/resident.pages.ts';
import { HOME, type Line } from '../../web/console/residents.pages.ts';
import { readForm, sendPage } from '../app.ts';
import { ledgerAt } from './ledger_asked.ts';
import { idIn } from './people.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { refusedBy } from './residents.ts';
import { askedOf, doneIn, type Handler, type Shown } from './viewer.ts';

/** Two records of one ledger at the desk: found, seen side by side, merged, and parted again. */

const said = {
  apart: { zh: '记下了：不是同一个，以后不再提示。', en: 'Noted: they are two. They are not suggested again.' },
  again: { zh: '撤回了，以后照旧提示。', en: 'Taken back: they are suggested again where they are alike.' },
  parted: { zh: '拆开了，各自拿回了自己的内容。', en: 'Parted: each has its own facts again.' },
} as const;

const showDuplicates: Shown = async (room, request, reply, { call, frame }) => {
  const { own: _, ...where } = await ledgerAt(room, request, call, {
    ...{ ledger: askedOf(request).ledger, areaId: undefined },
  });
  const given = { params: { id: where.area.id }, query: { ledger: where.ledger.code } };
  const found = await room.call<Duplicates>('resident.duplicates', call, given);
  return sendPage(reply, 200, duplicatesPage(await frame(), { ...found, ...where, done: doneIn(said, request) }));
};

const showBeside: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const other = typed?.other ?? askedOf(request).other;
  // A bare address, as after signing in again.
  if (other === undefined) return reply.redirect(`${HOME}/${idIn(request)}`, 303);
  const given = { params: { id: idIn(request) }, query: { other } };
  const { pair } = await room.call<Beside>('resident.beside', call, given);
  if (pair === null) return reply.redirect(`${HOME}/${idIn(request)}`, 303);
  const shown = { pair, typed: typed ?? null, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() };
  return sendPage(reply, refused?.status ?? 200, besidePage(await frame(), shown));
};

const CHOOSE = 'choose.';

/** By field; of the parts of one door, one choice holds for all of them. */
function choiceIn(typed: Fields): Fields {
  const { door = '', [`${CHOOSE}door`]: side, ...rest } = typed;
  const single = Object.entries(rest).flatMap(([name, chosen]) =>
    name.startsWith(CHOOSE) ? [[name.slice(CHOOSE.length), chosen] as const] : [],
  );
  const parts = side === undefined || door === '' ? [] : door.split(' ').map((field) => [field, side] as const);
  return Object.fromEntries([...single, ...parts]);
}

const sent = (again: FormPage, send: Parameters<typeof posted>[1]): Shown => posted(again, send, refusedBy);

const takeMerge = sent(showBeside, async ({ room, request, call }, typed) => {
  const { commandId, other = '' } = typed;
  const choose = choiceIn(typed);
  const seen = { kept: typed['seen.kept'], gone: typed['seen.gone'] };
  const given = { params: { id: idIn(request) }, body: { commandId, other, choose, seen } };
  const { recordId } = await room.call<{ recordId: string }>('resident.merge', call, given);
  return `${HOME}/${recordId}?done=merged`;
});

const takeApart = sent(showBeside, async ({ room, request, call }, { commandId, other = '' }) => {
  const params = { id: idIn(request) };
  await room.call('resident.keep_apart', call, { params, body: { commandId, other } });
  const { ledger } = await room.call<Resident>('resident.read', call, { params });
  return `${duplicatesIn(ledger)}&done=apart`;
});

const takeAgain = sent(showBeside, async ({ room, request, call }, { commandId, other = '' }) => {
  const id = idIn(request);
  await room.call('resident.ask_again', call, { params: { id }, body: { commandId, other } });
  return `${HOME}/${id}/merges?done=again`;
});

const showOther: FormPage<{ rows?: Line[] }> = async (room, request, reply, { call, frame }, told = {}) => {
  const params = { id: idIn(request) };
  // Whoever may not merge gets no page that ends in a refusal.
  await room.call<Beside>('resident.beside', call, { params });
  const resident = await room.call<Resident>('resident.read', call, { params });
  const shown = { resident, rows: told.rows ?? null, fault: told.refused?.fault ?? null };
  return sendPage(reply, told.refused?.status ?? 200, otherPage(await frame(), shown));
};

/** What is looked for is written nowhere, and in no address. */
const takeOther: Shown = async (room, request, reply, framed) => {
  const { words = '' } = (await readForm(request)).fields;
  try {
    const params = { id: idIn(request) };
    const { ledger } = await room.call<Resident>('resident.read', framed.call, { params });
    const { rows } = await room.call<{ rows: Line[] }>('resident.find', framed.call, { body: { words, ledger } });
    return await showOther(room, request, reply, framed, { rows });
  } catch (error) {
    return showOther(room, request, reply, framed, { refused: refusedBy(error, request) });
  }
};

const showMerges: FormPage = async (room, request, reply, { call, frame }, { refused } = {}) => {
  const id = idIn(request);
  const merges = await room.call<Merges>('resident.merges', call, { params: { id } });
  const { apart } = await room.call<Beside>('resident.beside', call, { params: { id } });
  const told = { fault: refused?.fault ?? null, done: doneIn(said, request), newId: () => room.runtime.ids.newId() };
  return sendPage(reply, refused?.status ?? 200, mergesPage(await frame(), { id, merges, apart, ...told }));
};

const takeUnmerge = sent(showMerges, async ({ room, request, call }, { commandId, merge = '' }) => {
  const id = idIn(request);
  await room.call('resident.unmerge', call, { params: { id }, body: { commandId, merge } });
  return `${HOME}/${id}/merges?done=parted`;
});

const showMove: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  // Whoever may only read gets no page that ends in a refusal.
  await room.call('ledger_batch.list', call);
  const resident = await room.call<Resident>('resident.read', call, { params: { id: idIn(request) } });
  const shown = {
    resident,
    typed: typed ?? null,
    fault: refused?.fault ?? null,
    newId: () => room.runtime.ids.newId(),
  };
  return sendPage(reply, refused?.status ?? 200, movePage(await frame(), shown));
};

const MEMBER = 'member.';

const takeMove = sent(showMove, async ({ room, request, call }, typed) => {
  const { commandId, kind, number, on, head = '', seen = '' } = typed;
  const members = Object.keys(typed).filter((name) => name.startsWith(MEMBER));
  const body = {
    ...{ commandId, kind, number, on, members: members.map((name) => name.slice(MEMBER.length)) },
    ...{ seen: seen.split(' '), ...(head !== '' && { head }) },
  };
  const id = idIn(request);
  await room.call('household.move', call, { params: { id }, body });
  return `${HOME}/${id}?done=moved`;
});

export function addMerging(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(DUPLICATES, shown(showDuplicates));
  app.get(`${HOME}/:id/merge`, shown(showBeside));
  app.post(`${HOME}/:id/merge`, shown(takeMerge));
  app.post(`${HOME}/:id/apart`, shown(takeApart));
  app.post(`${HOME}/:id/again`, shown(takeAgain));
  app.get(`${HOME}/:id/other`, shown(showOther));
  app.post(`${HOME}/:id/other`, shown(takeOther));
  app.get(`${HOME}/:id/merges`, shown(showMerges));
  app.post(`${HOME}/:id/unmerge`, shown(takeUnmerge));
  app.get(`${HOME}/:id/household`, shown(showMove));
  app.post(`${HOME}/:id/household`, shown(takeMove));
}
