import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { writeXlsx } from 'hucre';
import { staffRoles } from '../../domains/land/staff/staff.model.ts';
import { reasonTitle, sheetRows } from '../../domains/work/standards/sheet.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { type Drafted, draftPage, importForm } from '../../web/console/standard_draft.pages.ts';
import { type Overview, type ShownStandard, standardsPage } from '../../web/console/standards.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, type Framed, type Handler, type Refused, type Shown } from './viewer.ts';

/** The pages of the standard: looking, the table out and in, the draft, and its issue. */

const HOME = '/console/standards';

export function addStandards(app: FastifyInstance, guarded: (show: Shown) => Handler): void {
  app.get(HOME, guarded(showStandards));
  app.get(`${HOME}/export.xlsx`, guarded(sendExport));
  app.get(
    `${HOME}/draft`,
    guarded((room, request, reply, framed) => showDraft(room, request, reply, framed, null, {})),
  );
  app.get(`${HOME}/draft.xlsx`, guarded(sendReasons));
  app.post(`${HOME}/import`, guarded(takeTable));
  app.post(`${HOME}/discard`, guarded(takeDiscard));
  app.post(`${HOME}/issue`, guarded(takeIssue));
}

const doneWords = {
  issued: { zh: '已发布。', en: 'Issued.' },
  discarded: { zh: '草稿已扔掉，现行标准没有变。', en: 'The draft is gone; the standard in force stands.' },
} as const;

const showStandards: Shown = async (room, request, reply, { call, frame }) => {
  const { version, words = '', major = '', done } = askedOf(request);
  const overview = await room.call<Overview>('standard.overview', call);
  const inForce = overview.versions.find(({ state }) => state === 'in_force')?.version;
  const query = { version: version ?? inForce };
  const standard = await room.call<ShownStandard>('standard.version', call, { query });
  const shown = await frame();
  const held = shown.me?.posts.map(({ role }) => role) ?? [];
  const isAdmin = held.includes('admin');
  const draft = isAdmin ? (await room.call<Drafted>('standard.draft', call)).draft : null;
  const { language } = shown;
  const looked = {
    ...{ overview, standard, words: words.trim(), major, isAdmin, hasDraft: draft !== null },
    isStaff: held.some((role) => staffRoles.some((one) => one === role)),
    importForm: importForm({ newId: () => room.runtime.ids.newId() }, language, null),
    done: done === 'issued' || done === 'discarded' ? doneWords[done][language] : null,
  };
  return sendPage(reply, 200, standardsPage(shown, looked));
};

/** The newest unless one is named: what is changed and comes back is compared with that. */
const sendExport: Shown = async (room, request, reply, { call, frame }) => {
  const { version } = askedOf(request);
  const standard = await room.call<ShownStandard>('standard.version', call, version ? { query: { version } } : {});
  const { language } = await frame();
  const rows = sheetRows(standard, standard.version, language);
  return sendSheet(reply, rows, `standard-${standard.version}.xlsx`);
};

/** As it was sent, with what was wrong beside each row. */
const sendReasons: Shown = async (room, _request, reply, { call, frame }) => {
  const { draft } = await room.call<Drafted>('standard.draft', call);
  if (draft === null) return reply.redirect(`${HOME}/draft`, 303);
  const { language } = await frame();
  const width = Math.max(...draft.lines.map(({ cells }) => cells.length));
  const titles = (draft.lines[0]?.cells ?? []).map((title) => title.trim());
  const there = titles.findIndex((title) => title === reasonTitle.zh || title === reasonTitle.en);
  const at = there < 0 ? width : there;
  const rows: string[][] = [];
  for (const { row, cells } of draft.lines) {
    const reasons = draft.refused.filter((one) => one.row === row).map(({ says }) => says[language]);
    const full = Array.from({ length: Math.max(width, at + 1) }, (_, i) => cells[i] ?? '');
    // Rows that stood empty keep their places, so that “row 12” is row 12 in this table too.
    while (rows.length < row - 1) rows.push([]);
    rows.push(full.with(at, row === draft.lines[0]?.row ? reasonTitle[language] : reasons.join('\n')));
  }
  return sendSheet(reply, rows, 'standard-draft.xlsx');
};

const widths = (rows: readonly (readonly string[])[]) =>
  (rows[0] ?? []).map((title) => ({ width: /条件$|办结|依据|原因|condition$|done|Source|Why/.test(title) ? 36 : 14 }));

async function sendSheet(reply: FastifyReply, rows: string[][], fileName: string): Promise<FastifyReply> {
  const sheet = { name: '立案标准', rows, columns: widths(rows), freezePane: { rows: 1 } };
  const bytes = await writeXlsx({ sheets: [sheet] });
  return reply
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(Buffer.from(bytes));
}

async function showDraft(
  room: PageRoom,
  _request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null,
  typed: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  const told = await room.call<Drafted>('standard.draft', call);
  const newId = () => room.runtime.ids.newId();
  const page = draftPage(await frame(), { told, fault: refused?.fault ?? null, typed, newId });
  return sendPage(reply, refused?.status ?? 200, page);
}

/** What is refused is said where the next try is made; whoever may not be here at all gets the plain refusal. */
async function orSayWhy(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  framed: Framed,
  typed: Readonly<Record<string, string>>,
  act: () => Promise<string>,
): Promise<FastifyReply> {
  try {
    return reply.redirect(await act(), 303);
  } catch (error) {
    if (!(error instanceof Problem) || [401, 403].includes(error.kind.status)) throw error;
    const fault = faultOfProblem(error, languageOf(request), request);
    return showDraft(room, request, reply, framed, { fault, status: statusOf(error) }, typed);
  }
}

const takeTable: Shown = async (room, request, reply, framed) => {
  // Who may not import is told so before a large file is read.
  await room.call('standard.draft', framed.call);
  const { fields, files } = await readForm(request);
  return orSayWhy(room, request, reply, framed, {}, async () => {
    await room.call('standard.import', framed.call, { body: fields, files });
    return `${HOME}/draft`;
  });
};

const takeDiscard: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  return orSayWhy(room, request, reply, framed, {}, async () => {
    await room.call('standard.discard', framed.call, { body: fields });
    return `${HOME}?done=discarded`;
  });
};

const takeIssue: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  return orSayWhy(room, request, reply, framed, fields, async () => {
    const { version } = await room.call<{ version: number }>('standard.issue', framed.call, { body: fields });
    return `${HOME}?version=${version}&done=issued`;
  });
};
