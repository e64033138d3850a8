import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { activationProblems, readToken } from '../../domains/land/accounts/activation.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { activatedPage, activatePage, askSlipPage, type ShownSlip } from '../../web/console/activate.pages.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Refused } from './viewer.ts';

/** The pages of an activation slip. Opening one changes nothing: a preview of the link leaves the slip as it is. */
export function addActivation(app: FastifyInstance, room: PageRoom): void {
  app.get('/activate', async (request, reply) => {
    const { token } = request.query as { token?: string };
    if (token === undefined) return sendPage(reply, 200, askSlipPage(await frameOf(room, request), '', null));
    return reply.redirect(`/activate/${encodeURIComponent(readToken(token)?.token ?? token)}`);
  });
  app.get('/activate/:token', room.limit('activation.look'), async (request, reply) =>
    show(room, request, reply, null),
  );
  app.post('/activate/:token', room.limit('activation.use'), async (request, reply) => take(room, request, reply));
}

const callOf = (request: FastifyRequest): PageCall => ({ token: null, address: request.ip, device: '' });

async function frameOf(room: PageRoom, request: FastifyRequest): Promise<DeskFrame> {
  const { name, zone } = await room.county();
  return { county: name, zone, language: languageOf(request), now: room.runtime.clock.now(), me: null };
}

async function show(room: PageRoom, request: FastifyRequest, reply: FastifyReply, refused: Refused | null) {
  const { token } = request.params as { token: string };
  const frame = await frameOf(room, request);
  try {
    const slip = await room.call<Omit<ShownSlip, 'token'>>('activation.look', callOf(request), { body: { token } });
    return sendPage(reply, refused?.status ?? 200, activatePage(frame, { ...slip, token }, refused?.fault ?? null));
  } catch (error) {
    const fault = faultOfProblem(error, frame.language, request);
    return sendPage(reply, statusOf(error), askSlipPage(frame, '', fault));
  }
}

async function take(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { token } = request.params as { token: string };
  const { password, again } = (await readForm(request)).fields;
  try {
    if (password !== again) throw new Problem(activationProblems['activation.not_alike']);
    const { login } = await room.call<{ login: string }>('activation.use', callOf(request), {
      body: { token, password },
    });
    return sendPage(reply, 200, activatedPage(await frameOf(room, request), login));
  } catch (error) {
    return show(room, request, reply, {
      fault: faultOfProblem(error, languageOf(request), request),
      status: statusOf(error),
    });
  }
}
