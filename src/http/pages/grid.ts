import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PortalFrame } from '../../web/portal/frame.ts';
import { gridPage, type PublicArea } from '../../web/portal/grid.pages.ts';
import type { NoticeLine } from '../../web/portal/notices.pages.ts';
import { sendPage } from '../app.ts';
import type { PageCall } from './call.ts';
import type { PageRoom } from './portal.ts';

interface Asked {
  readonly call: PageCall;
  readonly frame: () => Promise<PortalFrame>;
}

/** What anybody may see of an area; without a code, of the county. */
export async function showGrid(room: PageRoom, request: FastifyRequest, reply: FastifyReply, { call, frame }: Asked) {
  const { area: code } = request.params as { area?: string };
  const { status, page } = request.query as { status?: string; page?: string };
  const query = { ...(code !== undefined && { code }), ...(status && { status }), ...(page && { page }) };
  const told = await room.call<PublicArea>('public.area', call, { query });
  const notices = await room.call<NoticeLine[]>('notice.list', call, { query: { areaId: told.area.id } });
  const shown = { told, notices, status: status === 'closed' ? 'closed' : 'open', page: Number(page ?? 1) } as const;
  return sendPage(reply, 200, gridPage(await frame(), shown));
}
