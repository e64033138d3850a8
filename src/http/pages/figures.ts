import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { figuresView, recordsView } from '../../domains/telling/figures/figure.model.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import { type Asked, figuresPage, recordsPage } from '../../web/console/figures.pages.ts';
import { sendPage } from '../app.ts';
import type { PageCall } from './call.ts';
import type { PageRoom } from './portal.ts';

/** The pages of figures: the table of an area, and the cases behind one figure. */
type Framed = { readonly call: PageCall; readonly frame: () => Promise<DeskFrame> };

const askedOf = (request: FastifyRequest): Asked =>
  Object.fromEntries(Object.entries(request.query as Record<string, string>).filter(([, value]) => value !== ''));

export async function showFigures(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
) {
  const asked = askedOf(request);
  const told = await room.call<z.output<typeof figuresView>>('figure.casefiles', call, { query: asked });
  const areas = await room.call<{ id: string; name: string }[]>('figure.areas', call);
  return sendPage(reply, 200, figuresPage(await frame(), told, asked, areas));
}

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
  return sendPage(reply, 200, recordsPage(await frame(), told, asked));
}
