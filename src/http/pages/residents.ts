import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keepingOf } from '../../domains/land/registry/fields/keeping.model.ts';
import { isOwn } from '../../domains/land/registry/fields/own_code.model.ts';
import { enterableIn, isCommon, residents } from '../../domains/land/registry/ledger.model.ts';
import { fieldsOfOwn, ledgers } from '../../domains/land/registry/ledgers.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { type HouseholdsShown, householdsPage } from '../../web/console/households.pages.ts';
import { ledgerAsked, nameAmong } from '../../web/console/ledger.words.ts';
import type { MadeFile } from '../../web/console/ledger_template.pages.ts';
import type { Beside } from '../../web/console/merge.pages.ts';
import { forgetPage, type Resident, type ResidentShown, residentPage } from '../../web/console/resident.pages.ts';
import {
  type Choice,
  FORMERLY,
  HOME,
  HOUSEHOLDS,
  type Line,
  type Listed,
  listOf,
  peopleFoundPage,
  residentsPage,
} from '../../web/console/residents.pages.ts';
import type { Fault } from '../../web/ui/page.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { areaAsked } from './area_asked.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import { ledgerAt, ledgerThere, ownLedgersOf } from './ledger_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, doneIn, type Framed, type Handler, type Refused, type Shown } from './viewer.ts';

/** The ledgers at the desk: the list, the households, finding one, one record with what may be done. */
type Fields = Readonly<Record<string, string>>;

const said = {
  entered: { zh: '已更正，经过里有这一笔。', en: 'Corrected; the history has it.' },
  confirmed: { zh: '已记下：今天问过，仍然如此。', en: 'Noted: asked today, and still so.' },
  same: { zh: '没有改动，什么都没有写。', en: 'Nothing was changed and nothing written.' },
  added: { zh: '登记好了。还知道别的，可以接着补。', en: 'Written down. What else is known may be added.' },
  merged: {
    zh: '并成一条了，两边的经过都在。合错了可以在“合并和拆开”里拆开。',
    en: 'Merged: the history of both is here. If it was a mistake, it can be undone under Merges.',
  },
  moved: { zh: '记下了，两边的户都跟着变。', en: 'Written down; both households follow.' },
  forgotten: { zh: '已经开始删除，几秒后就没有了。', en: 'It is being deleted and gone within seconds.' },
} as const;

/** What one made oneself and is led back with; an address that names anything else shows nothing. */
export async function madeIn(room: PageRoom, request: FastifyRequest, call: PageCall): Promise<MadeFile | null> {
  const { made } = askedOf(request);
  if (made === undefined) return null;
  try {
    return await room.call<MadeFile>('ledger_export.read', call, { params: { id: made } });
  } catch (error) {
    if (error instanceof Problem && [400, 404, 410, 422].includes(error.kind.status)) return null;
    throw error;
  }
}

async function showList(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields = {},
  refused: { fault: Fault; status: number } | null = null,
): Promise<FastifyReply> {
  const { after, from = '0', ledger: code } = askedOf(request);
  const given = { ledger: typed.ledger ?? code, areaId: typed.areaId };
  const { ledger: named, ...where } = await ledgerAt(room, request, call, given);
  // An own ledger lists its own fields.
  const ledger = isCommon(named) ? named : await ledgerThere(room, call, named, where.area.id);
  const query = { ledger: ledger.code, ...(after === undefined ? {} : { after }) };
  const page = await room.call<Pick<Listed, 'total' | 'rows' | 'next'>>('resident.list', call, {
    ...{ params: { id: where.area.id }, query },
  });
  const before = after === undefined || !/^\d{1,7}$/.test(from) ? 0 : Number(from);
  const made = await madeIn(room, request, call);
  const out = { made, typed, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() };
  const listed = { ...page, ...where, ledger, from: before, done: doneIn(said, request), out };
  return sendPage(reply, refused?.status ?? 200, residentsPage(await frame(), listed));
}

const showHouseholds: Shown = async (room, request, reply, { call, frame }) => {
  const { after } = askedOf(request);
  const where = await areaAsked(room, request, call);
  const query = after === undefined ? {} : { after };
  const page = await room.call<Pick<HouseholdsShown, 'total' | 'rows' | 'next'>>('household.list', call, {
    ...{ params: { id: where.area.id }, query },
  });
  const own = await ownLedgersOf(room, call, where.area.id);
  return sendPage(reply, 200, householdsPage(await frame(), { ...page, ...where, own }));
};

const takeOut: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { commandId, areaId = '', ledger = residents.code, reason = '' } = fields;
  try {
    const body = { commandId, areaId, ledger, ...(reason.trim() !== '' && { reason }) };
    const { exportId } = await room.call<{ exportId: string }>('resident.take_out', framed.call, { body });
    return reply.redirect(`${HOME}?${new URLSearchParams({ ledger, area: areaId, made: exportId }).toString()}`, 303);
  } catch (error) {
    const refused = refusedBy(error, request);
    return showList(room, request, reply, framed, fields, refused);
  }
};

/** A bare address, as after signing in again: back to where one asks. */
const showFinding: Shown = async (_room, _request, reply) => reply.redirect(HOME, 303);

const takeFinding: Shown = async (room, request, reply, { call, frame }) => {
  const { words = '', ledger: code } = (await readForm(request)).fields;
  const ledger = ledgerAsked(code);
  try {
    const { rows } = await room.call<{ rows: Line[] }>('resident.find', call, {
      body: { words, ledger: ledger.code },
    });
    return sendPage(reply, 200, peopleFoundPage(await frame(), ledger, rows, null));
  } catch (error) {
    return sendPage(reply, statusOf(error), peopleFoundPage(await frame(), ledger, null, faultIn(error, request)));
  }
};

/** What stands beside the form; whoever may not be here at all gets the plain refusal. */
function faultIn(error: unknown, request: FastifyRequest): Fault {
  const isElsewhere = error instanceof Problem && [401, 403, 404].includes(error.kind.status);
  if (isElsewhere && error.code !== 'ledger.not_here') throw error;
  return faultOfProblem(error, languageOf(request), request);
}

export const refusedBy = (error: unknown, request: FastifyRequest): Refused => ({
  fault: faultIn(error, request),
  status: statusOf(error),
});

type Told = Partial<Pick<ResidentShown, 'typed' | 'faults' | 'fault' | 'numbers'>>;

async function showOne(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  told: Told = {},
  status = 200,
): Promise<FastifyReply> {
  const resident = await residentOf(room, request, call);
  const shown = {
    alike: await alikeTo(room, request, call),
    ...{ resident, grids: await gridsAround(room, call, resident.areaId), done: doneIn(said, request) },
    ...{ typed: null, faults: {}, fault: null, numbers: null, newId: () => room.runtime.ids.newId(), ...told },
  };
  return sendPage(reply, status, residentPage(await frame(), shown));
}

/** Who may be the same person, for whoever may merge them; nobody else is told of others. */
async function alikeTo(room: PageRoom, request: FastifyRequest, call: PageCall): Promise<Beside['alike']> {
  try {
    return (await room.call<Beside>('resident.beside', call, { params: { id: idIn(request) } })).alike;
  } catch (error) {
    if (error instanceof Problem && error.kind.status === 403) return [];
    throw error;
  }
}

const residentOf = (room: PageRoom, request: FastifyRequest, call: PageCall): Promise<Resident> =>
  room.call<Resident>('resident.read', call, { params: { id: idIn(request) } });

interface AreaLine extends Choice {
  readonly parentId: string | null;
  readonly level: string;
}

/** The grids of the same community, or of whatever larger area the record lies in. */
export async function gridsAround(room: PageRoom, call: PageCall, areaId: string): Promise<Choice[]> {
  const areas = new Map((await room.call<AreaLine[]>('area.list', call)).map((area) => [area.id, area]));
  const isGrid = (area: AreaLine | undefined): boolean => area?.level === 'grid' || area?.level === 'micro_grid';
  const parentOf = (area: AreaLine | undefined): AreaLine | undefined => areas.get(area?.parentId ?? '');
  let around = areas.get(areaId);
  while (isGrid(around)) around = parentOf(around);
  const lies = (area: AreaLine | undefined): boolean =>
    area !== undefined && (area.id === around?.id || lies(parentOf(area)));
  return [...areas.values()].filter((area) => isGrid(area) && lies(area)).map(({ id, name }) => ({ id, name }));
}

const takeFacts: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const values = changedIn(fields);
  const back = `${HOME}/${idIn(request)}`;
  const confirmed = [...enterable, ...ownAmong(fields, 'still')].filter(
    (code) => fields[`still.${code}`] === 'yes' && values[code] === undefined,
  );
  const changes = Object.keys(values).length;
  if (changes + confirmed.length === 0) return reply.redirect(`${back}?done=same`, 303);
  try {
    const body = { commandId: fields.commandId, values, ...(confirmed.length > 0 && { confirmed }) };
    const { fields: n } = await room.call<{ fields: number }>('resident.enter', framed.call, {
      ...{ params: { id: idIn(request) }, body },
    });
    return reply.redirect(`${back}?done=${n === 0 ? 'same' : changes === 0 ? 'confirmed' : 'entered'}`, 303);
  } catch (error) {
    const fault = faultIn(error, request);
    const beside = faultsBeside(error, request);
    const { added } = await residentOf(room, request, framed.call);
    const named = (code: string): string => nameAmong(added, code)[languageOf(request)];
    const errors = Object.entries(beside).map(([code, says]) => ({ field: named(code), says }));
    const told = { typed: fields, faults: beside, fault: errors.length === 0 ? fault : { ...fault, errors } };
    return showOne(room, request, reply, framed, told, statusOf(error));
  }
};

/** Whatever somebody may enter in any of the ledgers; the endpoint says what belongs to which. */
const enterable: readonly string[] = [...new Set([...ledgers.flatMap(enterableIn), ...fieldsOfOwn])];

/** Own fields say by themselves that they are such. */
const ownAmong = (fields: Fields, head: 'value' | 'still'): string[] =>
  Object.keys(fields).flatMap((key) => {
    const code = key.startsWith(`${head}.`) ? key.slice(head.length + 1) : '';
    return isOwn(code) ? [code] : [];
  });

/** What the page showed and what stands in it now: only the difference is told. */
function changedIn(fields: Fields): Record<string, string> {
  const values: Record<string, string> = {};
  for (const code of [...enterable, ...ownAmong(fields, 'value')]) {
    const typed = fields[`value.${code}`]?.trim();
    if (typed === undefined) continue;
    if (keepingOf(code).secrecy === 'masked') {
      if (typed !== '') values[code] = typed;
      else if (fields[`drop.${code}`] === 'yes') values[code] = '';
    } else if (typed !== (fields[`was.${code}`] ?? '').trim()) values[code] = typed;
  }
  return values;
}

function faultsBeside(error: unknown, request: FastifyRequest): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  const ours = error.faults.flatMap(({ path, says }) => {
    const code = path.replace(/^values\./, '');
    return enterable.includes(code) || isOwn(code) ? [[code, says[languageOf(request)]] as const] : [];
  });
  return Object.fromEntries(ours);
}

/** Shown in the answer itself: an address that showed them again would be one too many. */
const takeNumbers: Shown = async (room, request, reply, framed) => {
  const { commandId, reason = '' } = (await readForm(request)).fields;
  try {
    const given = { params: { id: idIn(request) }, body: { commandId, reason } };
    const { values } = await room.call<{ values: NonNullable<ResidentShown['numbers']> }>(
      'resident.disclose',
      framed.call,
      given,
    );
    return showOne(room, request, reply, framed, { numbers: values });
  } catch (error) {
    return showOne(room, request, reply, framed, { fault: faultIn(error, request) }, statusOf(error));
  }
};

async function showForget(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  reason = '',
  refused: { fault: Fault; status: number } | null = null,
): Promise<FastifyReply> {
  // Whoever may only read gets no page that ends in a refusal.
  await room.call('ledger_batch.list', call);
  const resident = await residentOf(room, request, call);
  const told = { reason, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() };
  return sendPage(reply, refused?.status ?? 200, forgetPage(await frame(), resident, told));
}

const takeForget: Shown = async (room, request, reply, framed) => {
  const { commandId, reason = '' } = (await readForm(request)).fields;
  try {
    const given = { params: { id: idIn(request) }, body: { commandId, reason } };
    const { ledger } = await residentOf(room, request, framed.call);
    await room.call('resident.forget', framed.call, given);
    return reply.redirect(`${listOf(ledger)}&done=forgotten`, 303);
  } catch (error) {
    const refused = refusedBy(error, request);
    return showForget(room, request, reply, framed, reason, refused);
  }
};

/** Guessing at numbers is no way to read the ledger, on a page as little as by the interface. */
export function addResidents(app: FastifyInstance, room: PageRoom, shown: (show: Shown) => Handler): void {
  app.get(HOME, shown(showList));
  app.post(`${HOME}/out`, room.limit('resident.take_out'), shown(takeOut));
  app.get(HOUSEHOLDS, shown(showHouseholds));
  app.get(`${HOME}/find`, shown(showFinding));
  app.post(`${HOME}/find`, room.limit('resident.find'), shown(takeFinding));
  app.get(`${HOME}/:id`, shown(showOne));
  app.post(`${HOME}/:id/facts`, shown(takeFacts));
  app.post(`${HOME}/:id/numbers`, room.limit('resident.disclose'), shown(takeNumbers));
  app.get(`${HOME}/:id/forget`, shown(showForget));
  app.post(`${HOME}/:id/forget`, shown(takeForget));
  // Links and open forms of before: the same page under its new address, and what was typed goes along.
  for (const path of [FORMERLY, `${FORMERLY}/*`])
    for (const method of ['GET', 'POST'] as const)
      app.route({
        method,
        url: path,
        handler: (request, reply) => reply.redirect(`${HOME}${request.url.slice(FORMERLY.length)}`, 308),
      });
}
