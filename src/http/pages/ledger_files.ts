import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { filePage, isBusy, type LedgerFileDetail } from '../../web/console/ledger_file.pages.ts';
import { filesPage, type LedgerFile } from '../../web/console/ledger_files.pages.ts';
import { FILES } from '../../web/console/residents.pages.ts';
import { dayIn } from '../../web/ui/time.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import type { PageCall } from './call.ts';
import { ownLedgersOf } from './ledger_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { refusedBy } from './residents.ts';
import { askedOf, type Framed, type Handler, type Refused, type Shown } from './viewer.ts';

/** Spreadsheets for the ledger at the desk: sending one, looking over it, taking it in and back. */
type Fields = Readonly<Record<string, string>>;

async function showFiles(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields = {},
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const files = await room.call<LedgerFile[]>('ledger_batch.list', call);
  const areas = await areasToChoose(room, call);
  const { ledger = null, area: asked } = askedOf(request);
  const area = areas.find(({ id }) => id === asked) ?? areas[0];
  const own = area === undefined ? [] : await ownLedgersOf(room, call, area.id);
  const shown = await frame();
  const today = dayIn(shown.now, shown.zone);
  const newId = () => room.runtime.ids.newId();
  const page = filesPage(shown, {
    files,
    areas,
    area,
    own,
    ledger,
    today,
    typed,
    fault: refused?.fault ?? null,
    newId,
  });
  return sendPage(reply, refused?.status ?? 200, page);
}

const takeFile: Shown = async (room, request, reply, framed) => {
  // Who may not import is told so before a large file is read.
  await room.call('ledger_batch.list', framed.call);
  const { fields, files } = await readForm(request);
  try {
    const { batchId } = await room.call<{ batchId: string }>('ledger_batch.send', framed.call, { body: fields, files });
    return reply.redirect(`${FILES}/${batchId}`, 303);
  } catch (error) {
    return showFiles(room, request, reply, framed, fields, refusedBy(error, request));
  }
};

const takeLedger: Shown = async (room, request, reply, framed) => {
  const { commandId, ledger } = (await readForm(request)).fields;
  return orSayWhy(room, request, reply, framed, async () => {
    await room.call('ledger_batch.turn', framed.call, { params: { id: idIn(request) }, body: { commandId, ledger } });
    return 'ledger';
  });
};

const said = {
  ledger: { zh: '按这本台账核对过。', en: 'It was looked over for this ledger.' },
  columns: { zh: '列改好了，按新的对法核对过。', en: 'The columns are changed and the file was looked over anew.' },
  same: { zh: '列没有改动。', en: 'No column was changed.' },
  take: { zh: '已入账。', en: 'Taken in.' },
  undo: { zh: '已整批撤回。', en: 'Taken back.' },
  drop: { zh: '已放下，台账没有变。', en: 'Put away; the ledger is as it was.' },
} as const;

/** An address that is kept or opened again later does not say what was done long before. */
const saidAt: Readonly<Record<keyof typeof said, LedgerFileDetail['stage']>> = {
  ...{ ledger: 'looked', columns: 'looked', same: 'looked', take: 'taken', undo: 'undone', drop: 'dropped' },
};
const isSaidAt = ({ stage }: LedgerFileDetail, done: keyof typeof said): boolean => saidAt[done] === stage;

const readFile = (room: PageRoom, call: PageCall, id: string, query: object = {}): Promise<LedgerFileDetail> =>
  room.call<LedgerFileDetail>('ledger_batch.read', call, { params: { id }, query });

/** Between the question and the answer of a file that is being worked on: a small one is done within a second. */
const againSeconds = ({ rows }: LedgerFileDetail): number => (rows <= 2000 ? 1 : 3);

async function showFile(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const { after, fresh, done = '' } = askedOf(request);
  const query = { ...(after !== undefined && { after }), ...(fresh !== undefined && { fresh }) };
  const file = await readFile(room, call, idIn(request), query);
  // Asked for by the browser itself, so that it renews itself without script too.
  if (isBusy(file)) reply.header('refresh', String(againSeconds(file)));
  const act = Object.hasOwn(said, done) ? (done as keyof typeof said) : null;
  const words = act !== null && isSaidAt(file, act) ? said[act] : null;
  const told = { fault: refused?.fault ?? null, done: words?.[languageOf(request)] ?? null };
  const newId = () => room.runtime.ids.newId();
  return sendPage(reply, refused?.status ?? 200, filePage(await frame(), { file, ...told, newId }));
}

/** Carries something out and leads back to the file; what was refused is said on its page. */
async function orSayWhy(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  framed: Framed,
  act: () => Promise<string>,
): Promise<FastifyReply> {
  try {
    return reply.redirect(`${FILES}/${idIn(request)}?done=${await act()}`, 303);
  } catch (error) {
    return showFile(room, request, reply, framed, refusedBy(error, request));
  }
}

const takeColumns: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  return orSayWhy(room, request, reply, framed, async () => {
    const { id, tables } = await readFile(room, framed.call, idIn(request));
    const columns = tables.flatMap((one, table) =>
      one.columns.flatMap(({ column, field }) => {
        const chosen = fields[`c.${table}.${column}`];
        if (chosen === undefined || chosen === (field ?? '')) return [];
        return [{ table, column, field: chosen === '' ? null : chosen }];
      }),
    );
    if (columns.length === 0) return 'same';
    const body = { commandId: fields.commandId, columns };
    await room.call('ledger_batch.map', framed.call, { params: { id }, body });
    return 'columns';
  });
};

const takeAct =
  (act: 'take' | 'undo' | 'drop'): Shown =>
  async (room, request, reply, framed) => {
    const { commandId } = (await readForm(request)).fields;
    return orSayWhy(room, request, reply, framed, async () => {
      await room.call(`ledger_batch.${act}`, framed.call, { params: { id: idIn(request) }, body: { commandId } });
      return act;
    });
  };

export function addLedgerFiles(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(FILES, shown(showFiles));
  app.post(FILES, shown(takeFile));
  app.get(`${FILES}/:id`, shown(showFile));
  app.post(`${FILES}/:id/columns`, shown(takeColumns));
  app.post(`${FILES}/:id/ledger`, shown(takeLedger));
  for (const act of ['take', 'undo', 'drop'] as const) app.post(`${FILES}/:id/${act}`, shown(takeAct(act)));
}
