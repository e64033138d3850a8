import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { apiKeyView } from '../../domains/land/accounts/api_key.model.ts';
import type { unsentView } from '../../domains/telling/messages/unsent.model.ts';
import type { backupView } from '../../domains/telling/upkeep/backup.model.ts';
import type { failedJobView, healthView } from '../../domains/telling/upkeep/upkeep.model.ts';
import { IDLE_DAYS, type idleView, type outlookView } from '../../domains/work/devices/idle.model.ts';
import type { batchView, verdictView } from '../../domains/work/imports/verdict.model.ts';
import type { Words } from '../../kernel/words.ts';
import { backupsPage, healthPage, type Told } from '../../web/console/operator.pages.ts';
import { type KeysShown, keysPage, phonePage, phonesPage } from '../../web/console/operator_access.pages.ts';
import { importPage, importsPage, keptCsv, refusedCsv } from '../../web/console/operator_imports.pages.ts';
import { type FailedSending, jobsPage, outboxPage } from '../../web/console/operator_queue.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import { callOf, frameOf, type Handler, type Refused } from './viewer.ts';

/** The pages of whoever looks after the program. Forms post and lead back; what was refused is said above the list. */
type Fields = Readonly<Record<string, string>>;
/** Shows the page that a form stands on, again with what was refused. */
type Show = (
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
) => Promise<FastifyReply>;

const HOME = '/console/operator';

export function addOperator(app: FastifyInstance, room: PageRoom, guard: (handler: Handler) => Handler): void {
  const page = (path: string, show: Show): void =>
    void app.get(
      HOME + path,
      guard((request, reply) => show(room, request, reply, null)),
    );
  const act = (path: string, endpoint: string, show: Show, bodyOf: (fields: Fields) => object = () => ({})): void =>
    void app.post(
      HOME + path,
      guard((request, reply) => take(room, request, reply, { endpoint, show, bodyOf })),
    );
  page('', showHealth);
  page('/backups', showBackups);
  page('/jobs', showJobs);
  act('/jobs/rerun', 'job.rerun', showJobs, idsOf);
  act('/jobs/give-up', 'job.give_up', showJobs, idsOf);
  page('/outbox', showOutbox);
  act('/outbox/resend', 'outbox.resend', showOutbox, idsOf);
  act('/outbox/neighbours/:id/retry', 'neighbour.retry', showOutbox);
  page('/phones', showPhones);
  page('/phones/:id', showPhone);
  act('/phones/:id/revoke', 'device.revoke', showPhone);
  page('/keys', (...asked) => showKeys(...asked, { fresh: null, typed: {} }));
  page('/imports', showImports);
  page('/imports/:id', showImport);
  act('/imports/:id/look', 'import.look', showImport);
  app.post(
    `${HOME}/imports/:id/undo`,
    guard((request, reply) => takeBack(room, request, reply)),
  );
  page('/imports/:id/kept.csv', sendKept);
  page('/imports/:id/refused.csv', sendRefused);
  app.post(
    `${HOME}/keys`,
    guard((request, reply) => issueKey(room, request, reply)),
  );
  act('/keys/:id/revoke', 'apikey.revoke', (...asked) => showKeys(...asked, { fresh: null, typed: {} }));
}

const idsOf = ({ ids = '' }: Fields): object => ({ ids: ids.split(',').filter((id) => id !== '') });

const doneWords: Readonly<Record<string, Words>> = {
  'job.rerun': { zh: '已重新排队，几秒后再看结果。', en: 'Queued again; look in a few seconds.' },
  'job.give_up': { zh: '已放弃，留在下面。', en: 'Put aside; it stands below.' },
  'outbox.resend': { zh: '已重新排队，几秒后发出。', en: 'Queued again; it leaves within seconds.' },
  'neighbour.retry': { zh: '已重新排队，几秒后发出。', en: 'Queued again; it leaves within seconds.' },
  'device.revoke': { zh: '已停用。', en: 'Revoked.' },
  'apikey.revoke': { zh: '已停用。', en: 'Ended.' },
  'import.look': { zh: '已经开始核对，没有改动任何内容。', en: 'Looking it over has begun; nothing is changed.' },
  'import.undo': { zh: '已经开始撤回。', en: 'Taking it back has begun.' },
};

/** They stand on the page of one thing. */
const ofOne: ReadonlySet<string> = new Set(['device.revoke', 'import.look']);

interface Act {
  readonly endpoint: string;
  readonly show: Show;
  readonly bodyOf: (fields: Fields) => object;
}

async function take(room: PageRoom, request: FastifyRequest, reply: FastifyReply, { endpoint, show, bodyOf }: Act) {
  const { fields } = await readForm(request);
  try {
    const body = { commandId: fields.commandId, ...bodyOf(fields) };
    await room.call(endpoint, callOf(request), { params: request.params as object, body });
    // Back to the page the form stood on: that of the list, or of the one thing.
    const list = request.url.split('/').slice(0, 4).join('/');
    const { id } = request.params as { id?: string };
    const back = ofOne.has(endpoint) ? `${list}/${id}` : list;
    return reply.redirect(`${back}?done=${endpoint}`, 303);
  } catch (error) {
    return show(room, request, reply, refusedBy(error, request));
  }
}

const refusedBy = (error: unknown, request: FastifyRequest): Refused => ({
  fault: faultOfProblem(error, languageOf(request), request),
  status: statusOf(error),
});

function toldOf(request: FastifyRequest, refused: Refused | null): Told {
  const { done } = request.query as { done?: string };
  const said = typeof done === 'string' ? doneWords[done] : undefined;
  return { fault: refused?.fault ?? null, done: refused === null ? (said?.[languageOf(request)] ?? null) : null };
}

const newIdOf = (room: PageRoom) => (): string => room.runtime.ids.newId();
const statusIn = (refused: Refused | null): number => refused?.status ?? 200;

const showHealth: Show = async (room, request, reply) => {
  const health = await room.call<z.output<typeof healthView>>('operator.health', callOf(request));
  return sendPage(reply, 200, healthPage(await frameOf(room, request), health));
};

const showBackups: Show = async (room, request, reply) => {
  const backups = await room.call<z.output<typeof backupView>[]>('operator.backups', callOf(request));
  return sendPage(reply, 200, backupsPage(await frameOf(room, request), backups));
};

const showJobs: Show = async (room, request, reply, refused) => {
  const jobs = await room.call<z.output<typeof failedJobView>[]>('job.failed', callOf(request));
  const page = jobsPage(await frameOf(room, request), jobs, toldOf(request, refused), newIdOf(room));
  return sendPage(reply, statusIn(refused), page);
};

const showOutbox: Show = async (room, request, reply, refused) => {
  const call = callOf(request);
  const outbox = await room.call<z.output<typeof unsentView>>('outbox.unsent', call);
  const sendings = room.offers('neighbour.sendings')
    ? await room.call<FailedSending[]>('neighbour.sendings', call, { query: { state: 'failed' } })
    : [];
  const told = toldOf(request, refused);
  return sendPage(
    reply,
    statusIn(refused),
    outboxPage(await frameOf(room, request), outbox, sendings, told, newIdOf(room)),
  );
};

const showImports: Show = async (room, request, reply) => {
  const batches = await room.call<z.output<typeof batchView>[]>('import.list', callOf(request));
  return sendPage(reply, 200, importsPage(await frameOf(room, request), batches));
};

const verdictsOf = (room: PageRoom, request: FastifyRequest): Promise<z.output<typeof verdictView>> =>
  room.call('import.read', callOf(request), { params: { id: (request.params as { id: string }).id } });

async function showImport(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
  typed = '',
): Promise<FastifyReply> {
  const batch = await verdictsOf(room, request);
  const page = importPage(await frameOf(room, request), batch, toldOf(request, refused), {
    typed,
    newId: newIdOf(room),
  });
  return sendPage(reply, statusIn(refused), page);
}

/** What was refused keeps the words. */
async function takeBack(room: PageRoom, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { fields } = await readForm(request);
  const { id } = request.params as { id: string };
  const { commandId, words = '' } = fields;
  try {
    await room.call('import.undo', callOf(request), { params: { id }, body: { commandId, words } });
    return reply.redirect(`${HOME}/imports/${id}?done=import.undo`, 303);
  } catch (error) {
    return showImport(room, request, reply, refusedBy(error, request), words);
  }
}

/** For whoever has to mend the file: one line a refused row. */
const sendRefused: Show = async (room, request, reply) => {
  const { id, refusals } = await verdictsOf(room, request);
  return sendCsv(reply, `refused-${id}.csv`, refusedCsv(refusals, languageOf(request)));
};

const sendCsv = (reply: FastifyReply, name: string, sheet: string): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .type('text/csv; charset=utf-8')
    .send(sheet);

const sendKept: Show = async (room, request, reply) => {
  const { id, kept } = await verdictsOf(room, request);
  return sendCsv(reply, `kept-${id}.csv`, keptCsv(kept, languageOf(request)));
};

const showPhones: Show = async (room, request, reply, refused) => {
  const { days } = request.query as { days?: string };
  const query = days === undefined || days === '' ? {} : { days };
  const phones = await room.call<z.output<typeof idleView>[]>('device.idle', callOf(request), { query });
  const page = phonesPage(await frameOf(room, request), phones, Number(days || IDLE_DAYS), toldOf(request, refused));
  return sendPage(reply, statusIn(refused), page);
};

const showPhone: Show = async (room, request, reply, refused) => {
  const { id } = request.params as { id: string };
  const phone = await room.call<z.output<typeof outlookView>>('device.outlook', callOf(request), { params: { id } });
  const page = phonePage(await frameOf(room, request), phone, toldOf(request, refused), newIdOf(room));
  return sendPage(reply, statusIn(refused), page);
};

async function showKeys(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
  shown: Omit<KeysShown, 'keys'>,
) {
  const keys = await room.call<z.output<typeof apiKeyView>[]>('apikey.list', callOf(request));
  const page = keysPage(await frameOf(room, request), { keys, ...shown }, toldOf(request, refused), newIdOf(room));
  return sendPage(reply, statusIn(refused), page);
}

/** Shown in the answer itself: an address that showed it again would be one too many. */
async function issueKey(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { fields } = await readForm(request);
  const { commandId, name, scopes = '' } = fields;
  const body = { commandId, name, scopes: scopes.split(',').filter((scope) => scope !== '') };
  try {
    const fresh = await room.call<{ key: string | null }>('apikey.add', callOf(request), { body });
    return showKeys(room, request, reply, null, { fresh, typed: {} });
  } catch (error) {
    return showKeys(room, request, reply, refusedBy(error, request), { fresh: null, typed: fields });
  }
}
