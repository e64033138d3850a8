import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ledgerKeepers } from '../../domains/land/registry/ledger.model.ts';
import { ownFieldProblems } from '../../domains/land/registry/own_field.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { ledgerAsked } from '../../web/console/ledger.words.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { fieldIn, type NewFieldShown, newFieldPage } from '../../web/console/own_field_form.pages.ts';
import { type Field, fieldPage, fieldsPage } from '../../web/console/own_fields.pages.ts';
import { OWN_FIELDS } from '../../web/console/residents.pages.ts';
import { readForm, sendPage } from '../app.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { areaAsked } from './residents.ts';
import { askedOf, doneIn, type Framed, type Handler, type Refused, refusedBy, type Shown } from './viewer.ts';

/** Own fields at the desk: the list, adding one, changing and retiring one. */
type Fields = Readonly<Record<string, string>>;

const showList: Shown = async (room, request, reply, { call, frame }) => {
  const ledger = ledgerAsked(askedOf(request).ledger);
  const { area, areas } = await areaAsked(room, request, call);
  const fields = await room.call<Field[]>('own_field.list', call, {
    ...{ params: { id: area.id }, query: { ledger: ledger.code } },
  });
  return sendPage(reply, 200, fieldsPage(await frame(), { ledger, area, areas, fields }));
};

interface Told {
  readonly typed?: Fields;
  readonly refused?: Refused;
}

async function showNew(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  { typed, refused }: Told = {},
): Promise<FastifyReply> {
  const shown = await frame();
  if (!holdsOneOf(shown, ledgerKeepers)) throw new Problem(ownFieldProblems['own_field.not_here']);
  const asked = askedOf(request);
  const ledger = ledgerAsked(typed?.ledger ?? asked.ledger);
  const where = await areaAsked(room, request, call, typed?.areaId);
  const name = (typed?.name ?? asked.name ?? '').trim().slice(0, 20);
  const similar =
    name === ''
      ? null
      : await room.call<NonNullable<NewFieldShown['similar']>>('own_field.similar', call, {
          ...{ params: { id: where.area.id }, query: { ledger: ledger.code, name } },
        });
  const page = newFieldPage(shown, {
    ...{ ledger, ...where, similar, typed: { ...typed, name } },
    ...{ fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
}

const takeNew: Shown = async (room, request, reply, framed) => {
  const { fields: typed } = await readForm(request);
  const { commandId, areaId, ledger, kind, sensitive } = typed;
  try {
    const body = { commandId, areaId, ledger, kind, sensitive: sensitive !== 'no', ...fieldIn(typed) };
    const { fieldId } = await room.call<{ fieldId: string }>('own_field.add', framed.call, { body });
    return reply.redirect(`${OWN_FIELDS}/${fieldId}?done=added`, 303);
  } catch (error) {
    return showNew(room, request, reply, framed, { typed, refused: refusedBy(error, request) });
  }
};

const said = {
  added: {
    zh: '加上了。打开台账里的一条就能填；导入的表里有这一列的，也认得了。',
    en: 'Added. It can be filled in on every record, and is understood in spreadsheets.',
  },
  changed: { zh: '改好了。', en: 'Changed.' },
  retired: { zh: '停用了。填过的照样看得到。', en: 'Retired. What was told is still shown.' },
} as const;

async function showOne(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  { typed, refused }: Told = {},
): Promise<FastifyReply> {
  const field = await room.call<Field>('own_field.read', call, { params: { id: idIn(request) } });
  const page = fieldPage(await frame(), {
    ...{ field, typed: typed ?? null, done: doneIn(said, request), fault: refused?.fault ?? null },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
}

const taking =
  (endpoint: string, done: keyof typeof said, bodyOf: (fields: Fields) => object): Shown =>
  async (room, request, reply, framed) => {
    const { fields } = await readForm(request);
    const id = idIn(request);
    try {
      const body = { commandId: fields.commandId, ...bodyOf(fields) };
      await room.call(endpoint, framed.call, { params: { id }, body });
      return reply.redirect(`${OWN_FIELDS}/${id}?done=${done}`, 303);
    } catch (error) {
      const typed = done === 'changed' ? { typed: fields } : {};
      return showOne(room, request, reply, framed, { ...typed, refused: refusedBy(error, request) });
    }
  };

export function addOwnFields(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(OWN_FIELDS, shown(showList));
  app.get(
    `${OWN_FIELDS}/new`,
    shown((...page) => showNew(...page)),
  );
  app.post(`${OWN_FIELDS}/new`, shown(takeNew));
  app.get(
    `${OWN_FIELDS}/:id`,
    shown((...page) => showOne(...page)),
  );
  app.post(`${OWN_FIELDS}/:id/change`, shown(taking('own_field.change', 'changed', fieldIn)));
  app.post(`${OWN_FIELDS}/:id/retire`, shown(taking('own_field.retire', 'retired', () => ({}))));
}
