import type { FastifyReply, FastifyRequest } from 'fastify';
import { channelLevels } from '../../domains/community/channel/channel.model.ts';
import type { AreaLevel } from '../../domains/land/areas/area.model.ts';
import { type RobotsShown, robotsPage } from '../../web/console/robots.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Framed, Refused } from './viewer.ts';

/** The robots of chat groups, set and tried by forms. */
export async function showRobots(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: RobotsShown['typed'] = {},
  refused: Refused | null = null,
) {
  const robots = await room.call<RobotsShown['robots']>('robot.list', call);
  const areas = await room.call<Listed[]>('area.list', call);
  const { done } = request.query as { done?: string };
  const shown = {
    ...{ robots, typed, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
    done: refused === null ? (acts.find((act) => act === done) ?? null) : null,
    areas: areas
      .filter(({ level }) => channelLevels.includes(level))
      .map(({ id, name, level }) => ({ id, name, depth: level === 'community' ? 0 : 1 })),
  };
  return sendPage(reply, refused?.status ?? 200, robotsPage(await frame(), shown));
}

const acts = ['set', 'test'] as const;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly level: AreaLevel;
}

export async function takeRobot(room: PageRoom, request: FastifyRequest, reply: FastifyReply, given: Framed) {
  const { fields } = await readForm(request);
  const { commandId, id, areaId, shape, address, enabled } = fields;
  const body = { commandId, id, areaId, shape, enabled: enabled === 'true', ...(address && { address }) };
  return carryOut(room, request, reply, given, { typed: { areaId, shape }, name: 'robot.set', body, done: 'set' });
}

export async function takeRobotTest(room: PageRoom, request: FastifyRequest, reply: FastifyReply, given: Framed) {
  const { commandId } = (await readForm(request)).fields;
  const { id } = request.params as { id: string };
  return carryOut(room, request, reply, given, {
    name: 'robot.test',
    params: { id },
    body: { commandId },
    done: 'test',
  });
}

interface Act {
  readonly name: string;
  readonly params?: object;
  readonly body: object;
  readonly done: string;
  readonly typed?: Readonly<Record<string, string | undefined>>;
}

async function carryOut(room: PageRoom, request: FastifyRequest, reply: FastifyReply, given: Framed, act: Act) {
  const { name, params = {}, body, done, typed = {} } = act;
  try {
    await room.call(name, given.call, { params, body });
    return reply.redirect(`/console/channel/robots?done=${done}`, 303);
  } catch (error) {
    const refused = { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) };
    const kept = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
    return showRobots(room, request, reply, given, kept, refused);
  }
}
