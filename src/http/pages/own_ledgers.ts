import type { FastifyInstance } from 'fastify';
import { type OwnLedger, ownLedgerPage, ownLedgersPage } from '../../web/console/own_ledgers.pages.ts';
import { OWN_LEDGERS } from '../../web/console/residents.pages.ts';
import { sendPage } from '../app.ts';
import { areaAsked } from './area_asked.ts';
import { idIn } from './people.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { doneIn, type Handler, type Shown } from './viewer.ts';

/** Own ledgers at the desk: the list, adding one, changing and retiring one. */

const showList: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const where = await areaAsked(room, request, call, typed?.areaId);
  const ledgers = await room.call<OwnLedger[]>('own_ledger.list', call, { params: { id: where.area.id } });
  const page = ownLedgersPage(await frame(), {
    ...{ ...where, ledgers, typed: typed ?? null, fault: refused?.fault ?? null },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const said = {
  added: {
    zh: '建好了。先加上要记的字段，再登记或导入。',
    en: 'Added. Add the fields it is kept for, then enter or import.',
  },
  changed: { zh: '改好了。', en: 'Changed.' },
  retired: { zh: '停用了。记过的照样看得到。', en: 'Retired. What stands in it is still shown.' },
} as const;

const wordsIn = ({ name, unit, called, usedFor }: Fields) => ({ name, unit, called, usedFor });

const takeNew = posted(showList, async ({ room, call }, typed) => {
  const body = { commandId: typed.commandId, areaId: typed.areaId, ...wordsIn(typed) };
  const { ledgerId } = await room.call<{ ledgerId: string }>('own_ledger.add', call, { body });
  return `${OWN_LEDGERS}/${ledgerId}?done=added`;
});

const showOne: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const ledger = await room.call<OwnLedger>('own_ledger.read', call, { params: { id: idIn(request) } });
  const page = ownLedgerPage(await frame(), {
    // The form that retires it asks for nothing that could be shown again.
    ...{ ledger, typed: typed?.name === undefined ? null : typed, done: doneIn(said, request) },
    ...{ fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const taking = (endpoint: string, done: keyof typeof said, bodyOf: (typed: Fields) => object): Shown =>
  posted(showOne, async ({ room, request, call }, typed) => {
    const id = idIn(request);
    await room.call(endpoint, call, { params: { id }, body: { commandId: typed.commandId, ...bodyOf(typed) } });
    return `${OWN_LEDGERS}/${id}?done=${done}`;
  });

export function addOwnLedgers(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(OWN_LEDGERS, shown(showList));
  app.post(OWN_LEDGERS, shown(takeNew));
  app.get(`${OWN_LEDGERS}/:id`, shown(showOne));
  app.post(`${OWN_LEDGERS}/:id/change`, shown(taking('own_ledger.change', 'changed', wordsIn)));
  app.post(`${OWN_LEDGERS}/:id/retire`, shown(taking('own_ledger.retire', 'retired', () => ({}))));
}
