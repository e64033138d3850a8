import { defineConstraints } from '../../../kernel/constraints.ts';
import { type Ctx, isIn, postsOf } from '../../../kernel/context.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type Area, requireArea } from '../../land/areas/index.ts';
import { boundToChannel, tellGroup } from '../messages/index.ts';
import { hostOf, type RobotForm, robotProblems } from './robot.model.ts';
import { type RobotRow, robotById, upsertRobot } from './robot.queries.ts';

defineConstraints({
  channel_one_robot: 'robot.one_per_area',
  channel_pkey: 'command.id_taken',
  // Somebody sets a webhook under the id of a robot.
  channel_robot_has_area: 'command.id_taken',
});

/** The address opens the group to whoever knows it: it lies sealed and is not shown again. */
export async function setRobot(ctx: Ctx, form: RobotForm): Promise<{ robotId: Id }> {
  const { id, areaId, shape, address, enabled } = form;
  const area = await requireArea(ctx, areaId);
  requireOwn(ctx, area);
  const known = await robotById(ctx, id);
  if (known) requireOwn(ctx, await requireArea(ctx, known.areaId));
  const host = address === undefined ? known?.address : hostOf(address);
  if (host === null) throw new Problem(robotProblems['robot.not_outward']);
  if (host === undefined) throw new Problem(robotProblems['robot.no_address']);
  const secret = address === undefined ? null : seal(ctx.keys.wrapping, address, boundToChannel(id));
  await upsertRobot(ctx, { id, areaId, shape, address: host, secret, enabled });
  record(ctx, {
    kind: 'robot.set',
    about: subjectOf(id, area),
    body: { areaId, shape, enabled, isNew: secret !== null },
  });
  return { robotId: id };
}

const subjectOf = (id: Id, { no }: Pick<Area, 'no'>) => ({ kind: 'robot', id, scopeNo: no, confidential: false });

/** A head sets those of the own community; the administrator any. */
const isOwn = (ctx: Ctx, { no }: Pick<Area, 'no'>): boolean =>
  postsOf(ctx.actor).some((seat) => seat.role === 'admin' || (seat.role === 'community_head' && isIn(seat, no)));

function requireOwn(ctx: Ctx, area: Area): void {
  if (!isOwn(ctx, area)) throw new Problem(robotProblems['robot.not_your_area']);
}

export async function requireRobot(ctx: Ctx, id: Id): Promise<{ robot: RobotRow; area: Area }> {
  const robot = await robotById(ctx, id);
  const area = robot && (await requireArea(ctx, robot.areaId));
  if (!area || !isOwn(ctx, area)) throw new Problem(robotProblems['robot.not_found']);
  return { robot, area };
}

/** Goes the way of every notice; what came of it stands beside the robot a little later. */
export async function testRobot(ctx: Ctx, id: Id): Promise<{ robotId: Id }> {
  const { robot, area } = await requireRobot(ctx, id);
  if (!robot.enabled) throw new Problem(robotProblems['robot.off']);
  record(ctx, { kind: 'robot.tested', about: subjectOf(id, area), body: { areaId: area.id } });
  return { robotId: id };
}

/** From the entry of the test, after its commit: only the system queues what goes out. */
export async function sayTest(ctx: Ctx, id: Id): Promise<void> {
  const robot = await robotById(ctx, id);
  const area = robot && (await requireArea(ctx, robot.areaId));
  if (!robot?.enabled || !area) return;
  await tellGroup(ctx, { about: subjectOf(id, area), robotId: id, code: 'robot.test', params: { place: area.name } });
}
