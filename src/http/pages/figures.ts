import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeCsv, writeXlsx } from 'hucre';
import type { z } from 'zod';
import type { recordsView } from '../../domains/telling/figures/figure.model.ts';
import { figuresPage, recordsPage } from '../../web/console/figures.pages.ts';
import { aboutRows, type Cells, courseRows, figureRows } from '../../web/console/figures.sheet.ts';
import type { Asked, Course, Figures } from '../../web/console/figures.words.ts';
import { sendPage } from '../app.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, type Framed } from './viewer.ts';

/** The pages of figures: the table of an area, and the cases behind one figure. */

export async function showFigures(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
) {
  const asked = askedOf(request);
  const { told, course } = await countedFor(room, call, asked);
  const areas = await room.call<{ id: string; name: string }[]>('figure.areas', call);
  return sendPage(reply, 200, figuresPage(await frame(), { told, course, areas }, asked));
}

async function countedFor(room: PageRoom, call: Framed['call'], asked: Asked) {
  const told = await room.call<Figures>('figure.casefiles', call, { query: asked });
  const query = { ...courseAsked(asked), area: told.area.id, from: told.from, to: told.to };
  return { told, course: await room.call<Course>('figure.course', call, { query }) };
}

/** The page as a workbook, with its course and its formulas. */
export async function sendFigures(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
) {
  const { told, course } = await countedFor(room, call, askedOf(request));
  const { language } = await frame();
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const sheet = (name: string, rows: readonly Cells[]) => {
    return {
      name,
      rows: rows.map((row) => [...row]),
      freezePane: { rows: 1 },
      columns: (rows[0] ?? []).map(() => ({ autoWidth: true })),
    };
  };
  const bytes = await writeXlsx({
    sheets: [
      sheet(t('指标', 'Figures'), figureRows(told, language)),
      sheet(t('逐期', 'Course'), courseRows(course, told, language)),
      sheet(t('口径', 'Formulas'), aboutRows(told, language)),
    ],
  });
  return asFile(reply, told, 'xlsx')
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(Buffer.from(bytes));
}

/** The table alone, for other programs; a name that begins like a formula stays a name. */
export async function sendFiguresCsv(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
) {
  const told = await room.call<Figures>('figure.casefiles', call, { query: askedOf(request) });
  const rows = figureRows(told, (await frame()).language);
  const text = writeCsv(
    rows.map((row) => [...row]),
    { bom: true, escapeFormulae: true },
  );
  return asFile(reply, told, 'csv').type('text/csv; charset=utf-8').send(text);
}

const asFile = (reply: FastifyReply, { area, from, to }: Figures, ending: string): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="figures-${area.code}-${from}-${to}.${ending}"`)
    .header('cache-control', 'no-store');

export async function showRecords(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
) {
  const asked = askedOf(request);
  const { figure } = request.params as { figure: string };
  const told = await room.call<z.output<typeof recordsView>>('figure.records', call, {
    params: { figure },
    query: asked,
  });
  const drawn = drawnFor(asked);
  const course = drawn && (await room.call<Course>('figure.course', call, { query: { ...drawn, figure } }));
  return sendPage(reply, 200, recordsPage(await frame(), told, course, asked));
}

/** What of an address the course of figures understands; the rest is about rows and pages. */
function courseAsked(asked: Asked): Asked {
  const known = ['area', 'from', 'to', 'asOf', 'vintage', 'pack'];
  return Object.fromEntries(Object.entries(asked).filter(([name]) => known.includes(name)));
}

/** A row of the table that is an area has a course of its own; one that is a body, or several together, has none. */
function drawnFor(asked: Asked): Asked | null {
  const { by, split } = asked;
  if (split === undefined) return courseAsked(asked);
  return by === 'body' || split === 'none' || split === 'others' ? null : { ...courseAsked(asked), area: split };
}
