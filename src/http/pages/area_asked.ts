import type { FastifyRequest } from 'fastify';
import { areaProblems } from '../../domains/land/areas/index.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Choice } from '../../web/console/residents.pages.ts';
import type { PageCall } from './call.ts';
import type { PageRoom } from './portal.ts';
import { askedOf } from './viewer.ts';

/** Which area a page is about, of those the viewer may choose from. */

/** What may be chosen where the ledger is read: one's own areas and two levels below each. */
export const areasToChoose = (room: PageRoom, call: PageCall): Promise<Choice[]> =>
  room.call<Choice[]>('figure.areas', call);

/** As a form or the address says it; where neither does, the first. */
export async function areaAsked(room: PageRoom, request: FastifyRequest, call: PageCall, typed = '') {
  const asked = typed === '' ? askedOf(request).area : typed;
  const areas = await areasToChoose(room, call);
  const area = asked === undefined ? areas[0] : areas.find(({ id }) => id === asked);
  if (!area) throw new Problem(areaProblems['area.not_found']);
  return { area, areas };
}
