import type { FastifyInstance } from 'fastify';
import { ledgerKeepers } from '../../domains/land/registry/ledger.model.ts';
import { ownFieldProblems } from '../../domains/land/registry/own/own_field.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { columnFrom, type FromColumn } from '../../web/console/ledger_columns.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { fieldIn, type NewFieldShown, newFieldPage } from '../../web/console/own_field_form.pages.ts';
import { type Field, fieldPage, fieldsPage } from '../../web/console/own_fields.pages.ts';
import { FILES, OWN_FIELDS } from '../../web/console/residents.pages.ts';
import { sendPage } from '../app.ts';
import type { PageCall } from './call.ts';
import { ledgerAt } from './ledger_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { askedOf, doneIn, type Handler, type Shown } from './viewer.ts';

/** Own fields at the desk: the list, adding one, changing and retiring one. */

const showList: Shown = async (room, request, reply, { call, frame }) => {
  const { ledger: code } = askedOf(request);
  const { ledger, area, areas, own } = await ledgerAt(room, request, call, { ledger: code, areaId: undefined });
  const fields = await room.call<Field[]>('own_field.list', call, {
    ...{ params: { id: area.id }, query: { ledger: ledger.code } },
  });
  return sendPage(reply, 200, fieldsPage(await frame(), { ledger, area, areas, own, fields }));
};

const showNew: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const shown = await frame();
  if (!holdsOneOf(shown, ledgerKeepers)) throw new Problem(ownFieldProblems['own_field.not_here']);
  const asked = askedOf(request);
  const given = { ledger: typed?.ledger ?? asked.ledger, areaId: typed?.areaId };
  const { ledger, ...where } = await ledgerAt(room, request, call, given);
  const name = (typed?.name ?? asked.name ?? '').trim().slice(0, 20);
  const similar =
    name === ''
      ? null
      : await room.call<NonNullable<NewFieldShown['similar']>>('own_field.similar', call, {
          ...{ params: { id: where.area.id }, query: { ledger: ledger.code, name } },
        });
  const page = newFieldPage(shown, {
    ...{ ledger, ...where, similar, typed: { from: asked.from ?? '', ...typed, name } },
    ...{ fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeNew = posted(showNew, async ({ room, call }, typed) => {
  const { commandId, areaId, ledger, kind, sensitive } = typed;
  const body = { commandId, areaId, ledger, kind, sensitive: sensitive !== 'no', ...fieldIn(typed) };
  const { fieldId } = await room.call<{ fieldId: string }>('own_field.add', call, { body });
  const wanted = columnFrom(typed.from ?? '');
  return (wanted && (await filledFrom(room, call, wanted, fieldId))) ?? `${OWN_FIELDS}/${fieldId}?done=added`;
});

/** The column that it was made for holds it from now on; null where the file has gone on meanwhile. */
async function filledFrom(room: PageRoom, call: PageCall, wanted: FromColumn, fieldId: string): Promise<string | null> {
  const { fileId, table, column } = wanted;
  try {
    const { code } = await room.call<Field>('own_field.read', call, { params: { id: fieldId } });
    const body = { commandId: room.runtime.ids.newId(), columns: [{ table, column, field: code }] };
    await room.call('ledger_batch.map', call, { params: { id: fileId }, body });
    return `${FILES}/${fileId}?done=columns`;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

const said = {
  added: {
    zh: '加上了。打开台账里的一条就能填；导入的表里有这一列的，也认得了。',
    en: 'Added. It can be filled in on every record, and is understood in spreadsheets.',
  },
  changed: { zh: '改好了。', en: 'Changed.' },
  retired: { zh: '停用了。填过的照样看得到。', en: 'Retired. What was told is still shown.' },
} as const;

const showOne: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const field = await room.call<Field>('own_field.read', call, { params: { id: idIn(request) } });
  // The form that retires it asks for nothing that could be shown again.
  const page = fieldPage(await frame(), {
    ...{
      field,
      typed: typed?.name === undefined ? null : typed,
      done: doneIn(said, request),
      fault: refused?.fault ?? null,
    },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const taking = (endpoint: string, done: keyof typeof said, bodyOf: (typed: Fields) => object): Shown =>
  posted(showOne, async ({ room, request, call }, typed) => {
    const id = idIn(request);
    await room.call(endpoint, call, { params: { id }, body: { commandId: typed.commandId, ...bodyOf(typed) } });
    return `${OWN_FIELDS}/${id}?done=${done}`;
  });

export function addOwnFields(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(OWN_FIELDS, shown(showList));
  app.get(`${OWN_FIELDS}/new`, shown(showNew));
  app.post(`${OWN_FIELDS}/new`, shown(takeNew));
  app.get(`${OWN_FIELDS}/:id`, shown(showOne));
  app.post(`${OWN_FIELDS}/:id/change`, shown(taking('own_field.change', 'changed', fieldIn)));
  app.post(`${OWN_FIELDS}/:id/retire`, shown(taking('own_field.retire', 'retired', () => ({}))));
}
