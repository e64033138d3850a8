import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { settable } from '../../domains/work/standards/desk_limits.model.ts';
import { apartNames } from '../../domains/work/standards/stages.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { deskLimitsPage, type LimitsPreview, type LimitsShown, lanes } from '../../web/console/desk_limits.pages.ts';
import type { Drafted } from '../../web/console/standard_draft.pages.ts';
import type { ShownStandard } from '../../web/console/standards.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Framed, Handler, Shown } from './viewer.ts';

/** The page on which the limits of the desks are set, in two steps. */
const HOME = '/console/standards/limits';
type Typed = LimitsShown['typed'];

export function addDeskLimits(app: FastifyInstance, guarded: (show: Shown) => Handler): void {
  app.get(
    HOME,
    guarded((room, _request, reply, framed) => show(room, reply, framed, {})),
  );
  app.post(`${HOME}/preview`, guarded(preview));
  app.post(HOME, guarded(issue));
}

interface Said extends Partial<Pick<LimitsShown, 'typed' | 'fault' | 'preview'>> {
  readonly status?: number;
}

async function show(
  room: PageRoom,
  reply: FastifyReply,
  { call, frame }: Framed,
  { typed = {}, fault = null, preview: told = null, status = 200 }: Said,
): Promise<FastifyReply> {
  const { draft, earliest, latest } = await room.call<Drafted>('standard.draft', call);
  const standard = await room.call<ShownStandard>('standard.version', call);
  const newId = () => room.runtime.ids.newId();
  const shown = { standard, typed, fault, preview: told, days: { earliest, latest }, hasDraft: draft !== null, newId };
  return sendPage(reply, status, deskLimitsPage(await frame(), shown));
}

/** What a field that was left empty says is for the endpoint to refuse. */
function bodyOf(typed: Typed) {
  const limitIn = (name: string) => ({ amount: Number(typed[`${name}.amount`]), unit: typed[`${name}.unit`] });
  const isThere = (name: string): boolean => typed[`${name}.amount`] !== undefined;
  return {
    baseVersion: Number(typed.baseVersion),
    limits: lanes.flatMap((lane) =>
      settable
        .filter((stage) => isThere(`${lane}.${stage}`))
        .map((stage) => ({ stage, lane, limit: limitIn(`${lane}.${stage}`) })),
    ),
    ...Object.fromEntries(apartNames.map((name) => [name, isThere(name) ? limitIn(name) : null])),
  };
}

const preview: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  return orSayWhy(room, request, reply, framed, fields, async () => {
    const body = { commandId: room.runtime.ids.newId(), ...bodyOf(fields) };
    const told = await room.call<LimitsPreview>('standard.preview_limits', framed.call, { body });
    return show(room, reply, framed, { typed: fields, preview: told });
  });
};

const issue: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  return orSayWhy(room, request, reply, framed, fields, async () => {
    const { commandId, title = '', source = '', validFrom = '' } = fields;
    const body = { commandId, title, source, validFrom, ...bodyOf(fields) };
    const { version } = await room.call<{ version: number }>('standard.set_limits', framed.call, { body });
    return reply.redirect(`/console/standards?version=${version}&done=issued`, 303);
  });
};

/** What was refused is said above what was typed, with the look at it where that is still possible. */
async function orSayWhy(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  framed: Framed,
  typed: Typed,
  act: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Problem) || [401, 403].includes(error.kind.status)) throw error;
    const said = { typed, fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) };
    if (!request.url.startsWith(`${HOME}/preview`)) {
      const body = { commandId: room.runtime.ids.newId(), ...bodyOf(typed) };
      const told = await room.call<LimitsPreview>('standard.preview_limits', framed.call, { body }).catch(() => null);
      return show(room, reply, framed, { ...said, preview: told });
    }
    return show(room, reply, framed, said);
  }
}
