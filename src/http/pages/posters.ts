import type { FastifyReply, FastifyRequest } from 'fastify';
import { postersListPage, type Walled } from '../../web/console/posters.pages.ts';
import { dayPrinted, type PaperSize, paperSizes, posterOf, postersPage } from '../../web/portal/poster.pages.ts';
import { sendPage } from '../app.ts';
import type { PageRoom } from './portal.ts';
import type { Framed } from './viewer.ts';

/** Posters for the walls of grids, for whoever has a post there: the list, and the sheet to print. */
export async function showPosterList(
  room: PageRoom,
  _request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
) {
  const grids = await room.call<Walled[]>('area.posters', call);
  return sendPage(reply, 200, postersListPage(await frame(), grids));
}

export async function showPosters(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
) {
  const { area: code } = request.params as { area: string };
  const grids = await room.call<Walled[]>('area.posters', call, { query: { code } });
  if (grids.length === 0) return reply.redirect('/console/posters', 303);
  const { county, zone, now, me } = await frame();
  const told = { county, zone, now, by: me?.name ?? '', size: sizeIn(request), publicUrl: room.publicUrl };
  return sendPage(reply, 200, sheetOf(told, grids, 'linked'));
}

interface Told {
  readonly county: string;
  readonly zone: string;
  readonly now: Date;
  readonly by: string;
  readonly size: PaperSize;
  readonly publicUrl: string;
}

/** As a page with its styles linked, or as a file that carries them. */
export function sheetOf(
  { county, zone, now, by, size, publicUrl }: Told,
  grids: readonly Pick<Walled, 'code' | 'name' | 'path'>[],
  styles: 'linked' | 'within',
): string {
  const sheet = { county, size, printed: `${dayPrinted(now, zone)} ${by}`.trim() };
  const posters = grids.map((grid) => posterOf(grid, publicUrl));
  return postersPage(sheet, posters, styles);
}

function sizeIn({ query }: FastifyRequest): PaperSize {
  const { size } = query as { size?: string };
  return paperSizes.find((one) => one === size) ?? 'a4';
}

export { type PaperSize, paperSizes };
