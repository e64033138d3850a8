import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { atlasOf } from '../../land/areas/index.ts';
import type { ShapeName } from '../messages/group.model.ts';
import { requireRobot, setRobot, testRobot } from './robot.commands.ts';
import { robotForm, robotView } from './robot.model.ts';
import { allRobots } from './robot.queries.ts';

const bySetters = { access: [{ roles: ['admin', 'community_head'] }], lane: 'work' } as const;

async function listRobots(ctx: Ctx): Promise<z.input<typeof robotView>[]> {
  const [robots, atlas] = await Promise.all([allRobots(ctx), atlasOf(ctx)]);
  return robots.map(({ shape, address, areaId, ...robot }) => ({
    ...{ ...robot, areaId, host: address, shape: shape as ShapeName },
    place: atlas.path(areaId).slice(-2).reverse().join(' · '),
  }));
}

export const robotRoutes: readonly Endpoint[] = [
  read({
    ...bySetters,
    name: 'robot.list',
    path: '/api/group-robots',
    summary: { zh: '我管的群机器人', en: 'Robots of chat groups that I may set' },
    output: z.array(robotView),
    handle: (ctx) => listRobots(ctx),
  }),
  write({
    ...bySetters,
    name: 'robot.set',
    method: 'POST',
    path: '/api/group-robots',
    summary: { zh: '设置群机器人', en: 'Set the robot of a chat group' },
    body: robotForm,
    output: z.object({ robotId: idSchema }),
    handle: (ctx, { body }) => setRobot(ctx, body),
  }),
  write({
    ...bySetters,
    name: 'robot.test',
    method: 'POST',
    path: '/api/group-robots/:id/test',
    summary: { zh: '向群里试发一句', en: 'Send a test line to the group' },
    params: idParam,
    output: z.object({ robotId: idSchema }),
    handle: (ctx, { params }) => testRobot(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireRobot(ctx, params.id)),
  }),
];
