import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { limitWords } from '../../domains/work/calendars/limit.model.ts';
import { type CasefileCommand, casefileProblems, forms } from '../../domains/work/casefiles/casefile.model.ts';
import type { casefileLine, casefileView } from '../../domains/work/casefiles/page.model.ts';
import type { alikeView } from '../../domains/work/duplicates/alike.model.ts';
import type { Taken } from '../../domains/work/photos/photo.model.ts';
import type { CaseType } from '../../domains/work/standards/standard.model.ts';
import type { suggestionsView } from '../../domains/work/suggestions/suggestion.model.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Words } from '../../kernel/words.ts';
import type { Choices } from '../../web/console/command.forms.ts';
import {
  casePage,
  type DeskFrame,
  type InboxLine,
  inboxPage,
  refusedPage,
  signInPage,
  type Told,
} from '../../web/console/console.pages.ts';
import type { Fault } from '../../web/ui/page.ts';
import { clearSession, languageOf, readForm, readToken, sendPage, setSession } from '../app.ts';
import { httpProblems } from '../problems.ts';
import { showAccount, takePassword } from './account.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import { showCases } from './cases.ts';
import { type BuiltDesk, sendShell, wantsPlain } from './desk.ts';
import { showFigures, showRecords } from './figures.ts';
import type { PageRoom } from './portal.ts';
import { showChain, showFinding } from './responsibility.ts';

/** The bare console: sign in, inbox, cases, one case with its commands. It will be followed by the real one. */
export interface DemoAccounts {
  readonly password: string;
  readonly accounts: readonly { readonly login: string; readonly name: string; readonly post: Words }[];
}

export interface DeskOptions {
  readonly publicUrl: string;
  /** The demo accounts, where they may be used. */
  readonly demo: DemoAccounts | null;
  readonly desk?: BuiltDesk | null;
}

type CaseView = z.output<typeof casefileView>;
type Contacts = { name: string | null; phone: string | null; email: string | null }[];
type CaseLine = z.output<typeof casefileLine>;
interface Refused {
  readonly fault: Fault;
  readonly status: number;
}

export function addConsole(app: FastifyInstance, room: PageRoom, options: DeskOptions): void {
  /** The desk where it is built and its viewer does not ask for the plain page. */
  const deskOr = (plain: Show): Handler =>
    guarded(room, options, async (request, reply) => {
      const { desk } = options;
      if (!desk || wantsPlain(request, reply)) return plain(room, request, reply);
      const me = await room.call<{ mustChangePassword: boolean }>('me.read', callOf(request));
      if (me.mustChangePassword) return reply.redirect('/console/account', 303);
      const nonce = room.runtime.ids.bytes(18).toString('base64');
      return sendShell(reply, desk, await frameOf(room, request), { ...options, nonce });
    });
  const framed = (request: FastifyRequest) => ({
    call: callOf(request),
    frame: () => frameOf(room, request),
  });
  app.get('/console', async (request, reply) =>
    readToken(request).token ? deskOr(showInbox)(request, reply) : showSignIn(room, options, request, reply, null),
  );
  app.get(
    '/console/intake',
    deskOr(async (_room, _request, reply) => reply.redirect('/', 303)),
  );
  app.post('/console/sign-in', room.limit('session.open'), async (request, reply) =>
    takeSignIn(room, options, request, reply),
  );
  app.post('/console/sign-out', async (request, reply) => {
    await room.call('session.close', callOf(request)).catch(() => undefined);
    return clearSession(reply, options.publicUrl).redirect('/console', 303);
  });
  app.get(
    '/console/cases',
    guarded(room, options, async (request, reply) => showCases(room, request, reply, framed(request))),
  );
  app.get(
    '/console/cases/:id',
    deskOr((_room, request, reply) => showCase(room, request, reply, null, null)),
  );
  app.post(
    '/console/cases/:id/photos',
    guarded(room, options, (request, reply) => takePhotos(room, request, reply)),
  );
  app.post(
    '/console/cases/:id/:command',
    guarded(room, options, (request, reply) => takeCommand(room, request, reply)),
  );
  app.get(
    '/console/account',
    guarded(room, options, async (request, reply) => showAccount(room, request, reply, framed(request))),
  );
  app.post(
    '/console/account/password',
    room.limit('account.change_password'),
    guarded(room, options, async (request, reply) => takePassword(room, request, reply, framed(request))),
  );
  app.post(
    '/console/account/sessions/:id/end',
    guarded(room, options, async (request, reply) => {
      await room.call('session.end', callOf(request), { params: request.params as object });
      return reply.redirect('/console/account', 303);
    }),
  );

  app.get(
    '/console/figures',
    guarded(room, options, async (request, reply) => showFigures(room, request, reply, framed(request))),
  );
  app.get(
    '/console/figures/:figure',
    guarded(room, options, async (request, reply) => showRecords(room, request, reply, framed(request))),
  );
  app.get(
    '/console/responsibility',
    guarded(room, options, async (request, reply) => showChain(room, request, reply, framed(request))),
  );
  app.get(
    '/console/responsibility/:finding',
    guarded(room, options, async (request, reply) => showFinding(room, request, reply, framed(request))),
  );
}

const callOf = (request: FastifyRequest): PageCall => ({
  token: readToken(request).token,
  address: request.ip,
  device: request.headers['user-agent'] ?? '',
});

type Show = (room: PageRoom, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Signed out or refused: the page that helps, instead of a bare answer. */
function guarded(room: PageRoom, options: DeskOptions, handler: Handler): Handler {
  return async (request, reply) => {
    try {
      return await handler(request, reply);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const fault = faultOfProblem(error, languageOf(request), request);
      if (error.code === 'session.ended')
        return showSignIn(room, options, request, clearSession(reply, options.publicUrl), { fault, status: 401 });
      if (error.code === 'account.change_password') return reply.redirect('/console/account', 303);
      return sendPage(reply, statusOf(error), refusedPage(await frameOf(room, request), fault));
    }
  };
}

async function frameOf(room: PageRoom, request: FastifyRequest): Promise<DeskFrame> {
  const { name, zone } = await room.county();
  const me =
    readToken(request).token === null
      ? null
      : await room.call<DeskFrame['me']>('me.read', callOf(request)).catch(() => null);
  return { county: name, zone, language: languageOf(request), now: room.runtime.clock.now(), me };
}

async function showSignIn(
  room: PageRoom,
  options: DeskOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
) {
  const frame = { ...(await frameOf(room, request)), me: null };
  const demo =
    options.demo?.accounts.map(({ login, name, post }) => ({ login, name, post: post[frame.language] })) ?? [];
  return sendPage(
    reply,
    refused?.status ?? 200,
    signInPage(frame, demo, options.demo?.password ?? '', refused?.fault ?? null),
  );
}

async function takeSignIn(room: PageRoom, options: DeskOptions, request: FastifyRequest, reply: FastifyReply) {
  const { fields } = await readForm(request);
  const { login, password, code, stay } = fields;
  try {
    const opened = await room.call<{ token: string }>('session.open', callOf(request), {
      body: { login, password, stay: stay === 'yes', ...(code && { code }) },
    });
    setSession(reply, options.publicUrl, opened.token);
    return reply.redirect('/console', 303);
  } catch (error) {
    return showSignIn(room, options, request, reply, {
      fault: faultOfProblem(error, languageOf(request), request),
      status: statusOf(error),
    });
  }
}

async function showInbox(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const call = callOf(request);
  const [inbox, told, notices] = await Promise.all([
    room.call<InboxLine[]>('inbox.read', call),
    room.call<Told[]>('message.unread', call),
    room.call<{ words: string }[]>('notice.mine', call),
  ]);
  const ids = [...new Set([...inbox, ...told].map((line) => line.recordId))];
  const query = { ids: ids.slice(0, 200).join(',') };
  const files = ids.length === 0 ? [] : await room.call<CaseLine[]>('casefile.lines', call, { query });
  const cases = new Map(files.map((file) => [file.id, file] as const));
  return sendPage(reply, 200, inboxPage(await frameOf(room, request), inbox, cases, told, notices));
}

async function showCase(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
  contacts: Contacts | null,
) {
  const call = callOf(request);
  const { id } = request.params as { id: string };
  const file = await room.call<CaseView>('casefile.read', call, { params: { id } });
  const photos = await room.call<{ id: string; stage: string; addedAt: Date }[]>('photo.list', call, {
    params: { id },
  });
  const { done, type } = request.query as { done?: string; type?: string };
  const frame = await frameOf(room, request);
  const name = file.can.find((one) => one.command === done)?.words[frame.language];
  const said = name === undefined ? null : frame.language === 'zh' ? `已办：${name}` : `Done: ${name}`;
  const choices = await choicesFor(room, call, file);
  const may = (command: string): boolean => file.can.some((one) => one.command === command && one.allowed);
  const [alike, suggested] = await Promise.all([
    may('merge') ? room.call<z.output<typeof alikeView>[]>('casefile.alike', call, { params: { id } }) : [],
    may('register') ? room.call<z.output<typeof suggestionsView>>('casefile.suggest', call, { params: { id } }) : null,
  ]);
  return sendPage(
    reply,
    refused?.status ?? 200,
    casePage(frame, {
      file,
      photos,
      choices,
      alike,
      suggested,
      chosenType: typeof type === 'string' ? type : null,
      newId: () => room.runtime.ids.newId(),
      fault: refused?.fault ?? null,
      done: said,
      contacts: contacts ?? [],
    }),
  );
}

async function choicesFor(room: PageRoom, call: PageCall, file: CaseView): Promise<Choices> {
  const [bodies, standard, areas] = await Promise.all([
    room.call<{ id: string; name: string }[]>('body.list', call),
    room.call<{ types: CaseType[] }>('standard.read', call),
    room.call<{ id: string; name: string; level: string }[]>('area.list', call),
  ]);
  const people = await room.call<{ personId: string; name: string }[]>('person.choices', call, {
    params: { id: file.id },
  });
  return {
    bodies,
    areas: areas.filter((area) => area.level !== 'micro_grid'),
    people: people.map(({ personId, name }) => ({ id: personId, name })),
    suggestedBodyId: file.suggestion?.bodyId ?? null,
    conditions: standard.types.flatMap((type) =>
      type.conditions.map(({ code, when, limit, confidence }) => ({
        code,
        typeCode: type.code,
        group: type.name.zh,
        words: when,
        limit: limitWords(limit),
        unsure: confidence === 'unsure',
      })),
    ),
  };
}

async function takeCommand(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { id, command } = request.params as { id: string; command: string };
  // What the clock or a reporter does has no form here, and what is no command no address.
  if (!Object.hasOwn(forms, command) || !room.offers(`casefile.${command}`))
    throw new Problem(httpProblems['http.not_found']);
  const { fields } = await readForm(request);
  try {
    const form = await withCaseNamed(room, request, formBody(command, fields));
    const body = { commandId: fields.commandId, ...form };
    const answered = await room.call<{ contacts?: Contacts }>(`casefile.${command}`, callOf(request), {
      params: { id },
      body,
    });
    if (answered.contacts) return showCase(room, request, reply, null, answered.contacts);
    return reply.redirect(`/console/cases/${id}?done=${command}`, 303);
  } catch (error) {
    return showCase(
      room,
      request,
      reply,
      { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) },
      null,
    );
  }
}

/** People know a case by its number, or have its page open: both stand for the id. */
async function withCaseNamed(room: PageRoom, request: FastifyRequest, form: Form): Promise<Form> {
  if (typeof form.intoId !== 'string') return form;
  const typed = form.intoId.normalize('NFKC').trim();
  const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(typed)?.[0];
  if (id !== undefined) return { ...form, intoId: id };
  const [found] = await room.call<CaseLine[]>('casefile.list', callOf(request), {
    query: { number: typed.slice(0, 40) },
  });
  if (!found) throw new Problem(casefileProblems['casefile.no_such_number'], { number: typed.slice(0, 40) });
  return { ...form, intoId: found.id };
}

type Form = Readonly<Record<string, unknown>>;

/** The posted texts, shaped as the command's form wants them; what was left empty is absent. */
function formBody(command: string, fields: Readonly<Record<string, string>>): Form {
  const shape: Readonly<Record<string, unknown>> = forms[command as CasefileCommand]?.shape ?? {};
  const body: Record<string, unknown> = {};
  for (const name of Object.keys(shape)) {
    const value = fields[name];
    if (name === 'place' && fields.areaId) body.place = { areaId: fields.areaId };
    else if (value === undefined || value === '') continue;
    else if (name === 'bodyIds') body.bodyIds = value.split(',');
    else if (name === 'urgent') body.urgent = value === 'true';
    else body[name] = value;
  }
  return body;
}

async function takePhotos(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const { fields, files } = await readForm(request);
  const { commandId, stage } = fields;
  try {
    const saved = await room.call<{ photos: Taken[] }>('photo.add', callOf(request), {
      params: { id },
      body: { commandId, stage },
      files,
    });
    const bad = saved.photos.filter((photo) => photo.problem !== null);
    if (bad.length === 0) return reply.redirect(`/console/cases/${id}`, 303);
    const language = languageOf(request);
    const errors = bad.map(({ name, problem }) => ({
      field: name,
      says: `${problem?.title[language]} ${problem?.hint[language]}`,
    }));
    const words =
      language === 'zh'
        ? ['有照片没有保存', '其余照片已保存。']
        : ['Some photos were not saved', 'The others are saved.'];
    return showCase(
      room,
      request,
      reply,
      { fault: { title: words[0] ?? '', detail: words[1] ?? '', code: 'photo', errors }, status: 422 },
      null,
    );
  } catch (error) {
    return showCase(
      room,
      request,
      reply,
      { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) },
      null,
    );
  }
}
