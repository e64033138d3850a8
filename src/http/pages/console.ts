import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { casefileLine } from '../../domains/work/casefiles/page.model.ts';
import type { BaseMap } from '../../kernel/config.ts';
import { entranceProblems, isNarrow } from '../../kernel/entrance.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Words } from '../../kernel/words.ts';
import {
  type InboxLine,
  inboxPage,
  keptPage,
  refusedPage,
  signInPage,
  type Told,
} from '../../web/console/console.pages.ts';
import { MOST } from '../../web/ui/first.ts';
import { clearSession, languageOf, readForm, readToken, sendPage, setSession } from '../app.ts';
import { showAccount, takePassword } from './account.ts';
import { sendAudit, showAudit } from './audit.ts';
import { showBurden, showBurdenRecords } from './burden.ts';
import { addCalendars } from './calendars.ts';
import { faultOfProblem, statusOf } from './call.ts';
import { addCampaigns, showVisits } from './campaigns.ts';
import { showCase, takeCommand, takePhotos } from './case.ts';
import { showCases } from './cases.ts';
import { showChannels, showMessage, takeMessageAct } from './channel_desk.ts';
import { addCheckpoints } from './checkpoints.ts';
import { addCollect } from './collect.ts';
import { type BuiltDesk, sendShell, wantsPlain } from './desk.ts';
import { addDeskLimits } from './desk_limits.ts';
import { addDirectives } from './directives.ts';
import { sendFigures, sendFiguresCsv, showFigures, showRecords } from './figures.ts';
import { addHanding } from './handing.ts';
import { addHazards } from './hazards.ts';
import { addInspections } from './inspections.ts';
import { addLedgerFiles } from './ledger_files.ts';
import { addLedgerTemplates } from './ledger_templates.ts';
import { addMerging } from './merging.ts';
import { addNewRecord } from './new_record.ts';
import { addOperator } from './operator.ts';
import { addOwnFields } from './own_fields.ts';
import { addOwnLedgers } from './own_ledgers.ts';
import { addPatrols } from './patrols.ts';
import { addPeople } from './people.ts';
import { addPledges } from './pledges.ts';
import type { PageRoom } from './portal.ts';
import { showPosterList, showPosters } from './posters.ts';
import { addRequests } from './requests.ts';
import { addResidents } from './residents.ts';
import { showChain, showFinding } from './responsibility.ts';
import { showRobots, takeRobot, takeRobotTest } from './robots.ts';
import { deskPath, keptIn, keptOf, pageToGoOn, whatIsLeft } from './sign_in_again.ts';
import { addStandards } from './standards.ts';
import { callOf, frameOf, type Handler, type Refused, type Shown } from './viewer.ts';
import { addXlsform } from './xlsform.ts';

export interface DemoAccounts {
  readonly password: string;
  readonly accounts: readonly { readonly login: string; readonly name: string; readonly post: Words }[];
}

export interface DeskOptions {
  readonly publicUrl: string;
  /** The demo accounts, where they may be used. */
  readonly demo: DemoAccounts | null;
  readonly desk?: BuiltDesk | null;
  readonly map?: BaseMap | null;
}

type CaseLine = z.output<typeof casefileLine>;

/**
 * The addresses of the desk. Where it is built, most of them send its program; without script, or where the viewer asks
 * for the plain page, the inbox, the cases and one case with its commands are pages of their own.
 */
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
  const shown = (show: Shown): Handler =>
    guarded(room, options, (request, reply) =>
      show(room, request, reply, { call: callOf(request), frame: () => frameOf(room, request) }),
    );
  app.get('/console', async (request, reply) =>
    readToken(request).token ? deskOr(showInbox)(request, reply) : showSignIn(room, options, request, reply, null),
  );
  app.get(
    '/console/intake',
    deskOr(async (_room, _request, reply) => reply.redirect('/', 303)),
  );
  // Without script the same is elsewhere: what is in force on the portal, and the lists of cases.
  for (const [path, plain] of [
    ['/console/notices', '/notices'],
    ['/console/dispatch', '/console/cases?status=registered'],
    ['/console/callbacks', '/console/cases?status=closed'],
    ['/console/map', '/console/cases'],
    ['/console/map/:area', '/console/cases'],
    ['/console/areas', '/console/account'],
    ['/console/areas/:area', '/console/account'],
  ] as const)
    app.get(
      path,
      deskOr(async (_room, _request, reply) => reply.redirect(plain, 303)),
    );
  app.post('/console/sign-in', room.limit('session.open'), async (request, reply) =>
    takeSignIn(room, options, request, reply),
  );
  app.post('/console/sign-out', async (request, reply) => {
    await room.call('session.close', callOf(request)).catch(() => undefined);
    return clearSession(reply, options.publicUrl).redirect('/console', 303);
  });
  app.get('/console/cases', shown(showCases));
  app.get(
    '/console/cases/:id',
    deskOr((_room, request, reply) => showCase(room, request, reply, null, null)),
  );
  app.get(
    '/console/visits/:id',
    deskOr((_room, request, reply) =>
      showVisits(room, request, reply, { call: callOf(request), frame: () => frameOf(room, request) }),
    ),
  );
  app.post(
    '/console/cases/:id/photos',
    guarded(room, options, (request, reply) => takePhotos(room, request, reply)),
  );
  app.post(
    '/console/cases/:id/:command',
    guarded(room, options, (request, reply) => takeCommand(room, request, reply)),
  );
  app.get('/console/account', shown(showAccount));
  app.post('/console/account/password', room.limit('account.change_password'), shown(takePassword));
  app.post(
    '/console/account/sessions/:id/end',
    guarded(room, options, async (request, reply) => {
      await room.call('session.end', callOf(request), { params: request.params as object });
      return reply.redirect('/console/account', 303);
    }),
  );

  app.get('/console/figures', shown(showFigures));
  app.get('/console/figures.xlsx', shown(sendFigures));
  app.get('/console/figures.csv', shown(sendFiguresCsv));
  app.get('/console/figures/:figure', shown(showRecords));
  addOperator(app, room, (handler) => guarded(room, options, handler));
  app.get('/console/audit', shown(showAudit));
  app.get('/console/audit.xlsx', shown(sendAudit));
  addStandards(app, (handler) => shown(handler));
  addDeskLimits(app, (handler) => shown(handler));
  addCalendars(app, (handler) => shown(handler));
  app.get('/console/channel', shown(showChannels));
  app.get('/console/channel/robots', shown(showRobots));
  app.post('/console/channel/robots', shown(takeRobot));
  app.post('/console/channel/robots/:id/test', shown(takeRobotTest));
  app.get('/console/channel/:id', shown(showMessage));
  app.post('/console/channel/:id/:command', shown(takeMessageAct));
  app.get('/console/posters', shown(showPosterList));
  app.get('/console/posters/:area', shown(showPosters));
  app.get('/console/burden', shown(showBurden));
  app.get('/console/burden/records', shown(showBurdenRecords));
  app.get('/console/responsibility', shown(showChain));
  app.get('/console/responsibility/:finding', shown(showFinding));
  addPeople(app, shown);
  addHanding(app, shown);
  addLedgerFiles(app, shown);
  addLedgerTemplates(app, room, shown);
  addMerging(app, shown);
  addNewRecord(app, shown);
  addOwnFields(app, shown);
  addOwnLedgers(app, shown);
  addResidents(app, room, shown);
  addCampaigns(app, room, shown);
  addDirectives(app, shown);
  addPledges(app, shown);
  addRequests(app, room, shown);
  addPatrols(app, shown);
  addCheckpoints(app, shown);
  addXlsform(app, shown);
  addCollect(app, shown);
  addHazards(app, shown);
  addInspections(app, shown);
}

type Show = (room: PageRoom, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Signed out or refused: the page that helps, instead of a bare answer. */
function guarded(room: PageRoom, options: DeskOptions, handler: Handler): Handler {
  return async (request, reply) => {
    try {
      refusePhone(request);
      return await handler(request, reply);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const fault = faultOfProblem(error, languageOf(request), request);
      if (error.code === 'session.ended') {
        const refused = { fault: { ...fault, detail: whatIsLeft(request) }, status: 401 };
        const kept = keptOf(request);
        const at = { next: pageToGoOn(request), kept: kept && JSON.stringify(kept) };
        return showSignIn(room, options, request, clearSession(reply, options.publicUrl), refused, at);
      }
      // Its session goes on: a phone that looked here still belongs to the field app.
      if (error.code === 'session.of_phone')
        return showSignIn(room, options, request, reply, { fault, status: statusOf(error) });
      if (error.code === 'account.change_password') return reply.redirect('/console/account', 303);
      return sendPage(reply, statusOf(error), refusedPage(await frameOf(room, request), fault));
    }
  };
}

/** Some pages ask for no more than a phone may: what is a page of the desk is shut to its session all the same. */
function refusePhone(request: FastifyRequest): void {
  const { token } = readToken(request);
  if (token !== null && isNarrow(token)) throw new Problem(entranceProblems['session.of_phone']);
}

async function showSignIn(
  room: PageRoom,
  options: DeskOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
  at: { next: string; kept: string | null } = { next: pageToGoOn(request), kept: null },
) {
  const frame = { ...(await frameOf(room, request)), me: null };
  const demo =
    options.demo?.accounts.map(({ login, name, post }) => ({ login, name, post: post[frame.language] })) ?? [];
  return sendPage(
    reply,
    refused?.status ?? 200,
    signInPage(frame, demo, options.demo?.password ?? '', refused?.fault ?? null, at),
  );
}

async function takeSignIn(room: PageRoom, options: DeskOptions, request: FastifyRequest, reply: FastifyReply) {
  const { fields } = await readForm(request);
  const { login, password, code, stay } = fields;
  const [next, kept] = [deskPath(fields.next), keptIn(fields.kept)];
  try {
    const opened = await room.call<{ token: string }>('session.open', callOf(request), {
      body: { login, password, stay: stay === 'yes', ...(code && { code }) },
    });
    setSession(reply, options.publicUrl, opened.token);
    if (!kept) return reply.redirect(next, 303);
    return sendPage(reply, 200, keptPage({ ...(await frameOf(room, request)), me: null }, kept, next));
  } catch (error) {
    const refused = { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) };
    return showSignIn(room, options, request, reply, refused, { next, kept: kept && JSON.stringify(kept) });
  }
}

async function showInbox(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const call = callOf(request);
  const [inbox, told, notices] = await Promise.all([
    room.call<InboxLine[]>('inbox.read', call, { query: { most: MOST.duties + 1 } }),
    room.call<Told[]>('message.unread', call, { query: { most: MOST.told + 1 } }),
    room.call<{ words: string }[]>('notice.mine', call),
  ]);
  const ids = [...new Set([...inbox, ...told].map((line) => line.recordId))];
  const query = { ids: ids.slice(0, 200).join(',') };
  const files = ids.length === 0 ? [] : await room.call<CaseLine[]>('casefile.lines', call, { query });
  const cases = new Map(files.map((file) => [file.id, file] as const));
  return sendPage(reply, 200, inboxPage(await frameOf(room, request), inbox, cases, told, notices));
}
