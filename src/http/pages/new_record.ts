import type { FastifyInstance } from 'fastify';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import type { Language } from '../../kernel/words.ts';
import { newRecordPage } from '../../web/console/record_new.pages.ts';
import { HOME, NEW_RECORD } from '../../web/console/residents.pages.ts';
import type { Fault } from '../../web/ui/page.ts';
import { languageOf, sendPage } from '../app.ts';
import { ledgerAt, ledgerThere } from './ledger_asked.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { gridsAround } from './residents.ts';
import { askedOf, type Handler, type Shown } from './viewer.ts';

/** Writing down somebody or something new at the desk, in any ledger. */
const showNew: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const given = { ledger: typed?.ledger ?? askedOf(request).ledger, areaId: typed?.areaId };
  const { ledger: named, area } = await ledgerAt(room, request, call, given);
  const ledger = await ledgerThere(room, call, named, area.id);
  const { faults, fault } = faultsOf(refused?.fault ?? null, ledger, languageOf(request));
  const page = newRecordPage(await frame(), {
    ...{ ledger, area, grids: await gridsAround(room, call, area.id), typed: typed ?? null, faults, fault },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

/** What is wrong with which field, as the ledger calls it. */
function faultsOf(fault: Fault | null, ledger: Ledger, language: Language) {
  const beside = (fault?.errors ?? []).flatMap(({ path = '', says }) =>
    path.startsWith('values.') ? [[path.slice('values.'.length), says] as const] : [],
  );
  if (fault === null || beside.length === 0) return { fault, faults: {} };
  const errors = beside.map(([code, says]) => ({ field: nameIn(ledger, code)[language], says }));
  return { fault: { ...fault, errors }, faults: Object.fromEntries(beside) };
}

/** What was left empty is not told. */
const valuesIn = (typed: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([key, text]) =>
      key.startsWith('value.') && text.trim() !== '' ? [[key.slice('value.'.length), text.trim()]] : [],
    ),
  );

const takeNew = posted(showNew, async ({ room, call }, typed) => {
  const { commandId, areaId, ledger } = typed;
  const body = { commandId, areaId, ledger, values: valuesIn(typed) };
  const { recordId } = await room.call<{ recordId: string }>('resident.add', call, { body });
  return `${HOME}/${recordId}?done=added`;
});

export function addNewRecord(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(NEW_RECORD, shown(showNew));
  app.post(NEW_RECORD, shown(takeNew));
}
