import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accountProblems } from '../../domains/land/accounts/index.ts';
import { openrosaVisitors } from '../../gateways/openrosa/openrosa.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { COLLECT, type CollectShown, collectPage } from '../../web/console/collect.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Framed, Handler, Shown } from './viewer.ts';

/** A key of ODK Collect for one's own phone. */
async function show(
  room: PageRoom,
  _request: FastifyRequest,
  reply: FastifyReply,
  { frame }: Framed,
  { status = 200, made = null, fault = null }: Partial<CollectShown> & { status?: number } = {},
): Promise<FastifyReply> {
  const shown = await frame();
  if (!holdsOneOf(shown, openrosaVisitors)) throw new Problem(accountProblems['account.not_for_you']);
  return sendPage(reply, status, collectPage(shown, { made, fault, newId: () => room.runtime.ids.newId() }));
}

const take: Shown = async (room, request, reply, framed) => {
  const { commandId } = (await readForm(request)).fields;
  try {
    const made = await room.call<{ address: string; settings: string }>('collect_key.make', framed.call, {
      body: { commandId },
    });
    return await show(room, request, reply, framed, { made });
  } catch (error) {
    const fault = faultOfProblem(error, languageOf(request), request);
    return show(room, request, reply, framed, { status: statusOf(error), fault });
  }
};

export function addCollect(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(COLLECT, shown(show));
  app.post(COLLECT, shown(take));
}
