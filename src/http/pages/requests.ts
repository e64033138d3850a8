import type { FastifyInstance } from 'fastify';
import { writeXlsx } from 'hucre';
import {
  forms,
  parts,
  type RequestCommand,
  requestDesk,
  requestProblems,
} from '../../domains/community/requests/request.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { type Request, requestPage } from '../../web/console/request.pages.ts';
import { everythingPage, everythingSheets, type Handed } from '../../web/console/request_everything.pages.ts';
import {
  type FoundRecord,
  newRequestPage,
  REQUESTS,
  type Requests,
  requestsPage,
} from '../../web/console/requests.pages.ts';
import type { Resident } from '../../web/console/resident.pages.ts';
import { readForm, sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { askedOf, doneIn, type Handler, refusedBy, type Shown } from './viewer.ts';

/** Requests of persons at the desk: the list, writing one down, one of them with its steps, and all that is kept. */

const said: Readonly<Record<string, { zh: string; en: string }>> = {
  written: { zh: '已登记，期限从现在算。', en: 'Written down; the clock runs from now.' },
  name_record: { zh: '已指明是哪一条。', en: 'The record is named.' },
  hand_over: { zh: '已交给本人，办结。', en: 'Handed over and closed.' },
  corrected: { zh: '已更正，还要告知本人。', en: 'Put right; they are still to be told.' },
  propose: { zh: '已提出，另一个人的待办里有了。', en: 'Proposed; another has it in their work.' },
  confirm: { zh: '已确认，马上删除；还要告知本人。', en: 'Confirmed, it goes at once; they are still to be told.' },
  send_back: { zh: '已退回。', en: 'Sent back.' },
  answer: { zh: '已告知，办结。', en: 'Told and closed.' },
  nothing_kept: { zh: '已告知，办结。', en: 'Told and closed.' },
  refuse: { zh: '已拒绝并告知。告知书可以打印。', en: 'Refused and told. The notice can be printed.' },
  withdraw: { zh: '已撤回。', en: 'Withdrawn.' },
};

const showList: Shown = async (room, request, reply, { call, frame }) => {
  const { part: asked, after } = askedOf(request);
  const part = parts.find((one) => one === asked) ?? 'waiting';
  const query = { part, ...(after !== undefined && { after }) };
  const list = await room.call<Requests>('person_request.list', call, { query });
  return sendPage(reply, 200, requestsPage(await frame(), { list, part, done: doneIn(said, request) }));
};

const showNew: FormPage<{ found?: readonly FoundRecord[] }> = async (
  room,
  request,
  reply,
  { call, frame },
  { refused, typed = {}, found } = {},
) => {
  const shown = await frame();
  if (!holdsOneOf(shown, requestDesk)) throw new Problem(requestProblems['person_request.not_here']);
  const asked = askedOf(request);
  const id = typed.recordId ?? asked.record;
  const none = asked.none === '1' || typed.areaId !== undefined;
  const record = id === undefined ? null : await room.call<Resident>('resident.read', call, { params: { id } });
  const page = newRequestPage(shown, {
    ...{ record, none, typed, found: found ?? null, fault: refused?.fault ?? null },
    areas: none ? await areasToChoose(room, call) : [],
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeNew = posted(showNew, async ({ room, call }, typed) => {
  const { commandId, wanted, name, askedBy, document, words } = typed;
  const some = (field: 'recordId' | 'areaId' | 'asker' | 'contact') =>
    typed[field]?.trim() ? { [field]: typed[field] } : {};
  const body = {
    ...{ commandId, wanted, name, askedBy, document, words },
    ...{ ...some('recordId'), ...some('areaId'), ...some('asker'), ...some('contact') },
  };
  const { requestId } = await room.call<{ requestId: string }>('person_request.write', call, { body });
  return `${REQUESTS}/${requestId}?done=written`;
});

/** A bare address, as after signing in again: back to where one asks. */
const showFinding: Shown = async (_room, _request, reply) => reply.redirect(`${REQUESTS}/new`, 303);

/** Shown in the answer itself: what was looked for stands in no address. */
const takeFinding: Shown = async (room, request, reply, framed) => {
  const { words = '', request: id = '' } = (await readForm(request)).fields;
  const typed = { request: id };
  try {
    const { rows } = await room.call<{ rows: FoundRecord[] }>('resident.find', framed.call, { body: { words } });
    return await showNew(room, request, reply, framed, { found: rows, typed });
  } catch (error) {
    return showNew(room, request, reply, framed, { refused: refusedBy(error, request), typed });
  }
};

const showOne: FormPage = async (room, request, reply, { call, frame }, { refused, typed = {} } = {}) => {
  const one = await room.call<Request>('person_request.read', call, { params: { id: idIn(request) } });
  const page = requestPage(await frame(), {
    ...{ request: one, typed, fault: refused?.fault ?? null, done: doneIn(said, request) },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

/** What of a form each step takes. */
function givenTo(command: RequestCommand, typed: Fields): object {
  const names = Object.keys(forms[command].shape);
  return Object.fromEntries(names.flatMap((name) => (typed[name]?.trim() ? [[name, typed[name]] as const] : [])));
}

const takeAct = (command: RequestCommand): Shown =>
  posted(
    (room, request, reply, framed, told = {}) =>
      showOne(room, request, reply, framed, { ...told, typed: { ...told.typed, command } }),
    async ({ room, request, call }, typed) => {
      const id = idIn(request);
      const body = { commandId: typed.commandId, ...givenTo(command, typed) };
      await room.call(`person_request.${command}`, call, { params: { id }, body });
      return `${REQUESTS}/${id}?done=${command}`;
    },
  );

/** Shown in the answer itself, on paper or as a workbook: an address that showed it again would be one too many. */
const takeShow: Shown = async (room, request, reply, framed) => {
  const { commandId, as } = (await readForm(request)).fields;
  const params = { id: idIn(request) };
  try {
    const given = { params, body: { commandId } };
    const { everything } = await room.call<{ everything: Handed }>('person_request.show', framed.call, given);
    const frame = await framed.frame();
    if (as === 'xlsx') {
      const bytes = await writeXlsx({ sheets: everythingSheets(frame, everything) });
      return reply
        .header('content-disposition', 'attachment; filename="everything.xlsx"')
        .header('cache-control', 'no-store')
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(bytes));
    }
    const one = await room.call<Request>('person_request.read', framed.call, { params });
    return sendPage(reply, 200, everythingPage(frame, one, everything));
  } catch (error) {
    return showOne(room, request, reply, framed, { refused: refusedBy(error, request) });
  }
};

export function addRequests(app: FastifyInstance, room: PageRoom, shown: (show: Shown) => Handler): void {
  app.get(REQUESTS, shown(showList));
  app.get(`${REQUESTS}/new`, shown(showNew));
  app.post(`${REQUESTS}/new`, shown(takeNew));
  app.get(`${REQUESTS}/find`, shown(showFinding));
  // Guessing at numbers is no way to read the ledger, on a page as little as by the interface.
  app.post(`${REQUESTS}/find`, room.limit('resident.find'), shown(takeFinding));
  app.get(`${REQUESTS}/:id`, shown(showOne));
  app.post(`${REQUESTS}/:id/show`, room.limit('person_request.show'), shown(takeShow));
  for (const command of Object.keys(forms) as RequestCommand[])
    if (command !== 'show') app.post(`${REQUESTS}/:id/${command}`, shown(takeAct(command)));
}
