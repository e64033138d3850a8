import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { chainView, findingView } from '../../domains/work/chain/chain.model.ts';
import { chainPage, findingPage } from '../../web/console/responsibility.pages.ts';
import { sendPage } from '../app.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, type Framed } from './viewer.ts';

/** The pages of the chain of responsibility: the report of an area, and the list behind one number. */

export async function showChain(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { call, frame } = framed;
  const told = await room.call<z.output<typeof chainView>>('responsibility.report', call, { query: askedOf(request) });
  const areas = await room.call<{ id: string; name: string; level: string }[]>('area.list', call);
  const shown = areas.filter(({ level }) => level !== 'grid' && level !== 'micro_grid');
  return sendPage(reply, 200, chainPage(await frame(), told, shown));
}

export async function showFinding(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { call, frame } = framed;
  const query = askedOf(request);
  const params = request.params as { finding: string };
  const told = await room.call<z.output<typeof findingView>>('responsibility.open', call, { params, query });
  return sendPage(reply, 200, findingPage(await frame(), told));
}
