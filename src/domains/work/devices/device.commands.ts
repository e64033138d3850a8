import { defineConstraints } from '../../../kernel/constraints.ts';
import type { AccountActor, Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { endSession, me } from '../../land/accounts/index.ts';
import { type DeviceForm, deviceProblems } from './device.model.ts';
import { type DeviceRow, deviceById, insertDevice, renameDevice, revokeDevice } from './device.queries.ts';

// Registered for an account that the asker may not even see.
defineConstraints({ device_pkey: deviceProblems['device.not_yours'] });

/** Once for each device and account; again after an update of the app, which changes nothing else. */
export async function registerDevice(ctx: Ctx, { deviceId, model, appVersion }: DeviceForm): Promise<{ deviceId: Id }> {
  const actor = me(ctx);
  const known = await deviceById(ctx, deviceId);
  if (known) {
    requireMine(known, actor);
    await renameDevice(ctx, deviceId, { model, appVersion, sessionId: actor.sessionId });
  } else {
    const { accountId, personId, sessionId } = actor;
    const areaId = areaOf(actor);
    await insertDevice(ctx, { id: deviceId, accountId, personId, sessionId, areaId, model, appVersion });
  }
  note(ctx, known ? 'device.updated' : 'device.registered', deviceId, { model, appVersion });
  return { deviceId };
}

/**
 * From now on nothing is taken from it and nothing told to it, and whoever holds it is signed out there; elsewhere the
 * person stays signed in. Its holder may, and an administrator.
 */
export async function revoke(ctx: Ctx, deviceId: Id): Promise<{ revoked: number }> {
  const { accountId, sessionId } = await requireDevice(ctx, deviceId);
  const revoked = await revokeDevice(ctx, deviceId);
  if (revoked > 0) note(ctx, 'device.revoked', deviceId, {});
  if (sessionId !== null) await endSession(ctx, { accountId }, sessionId);
  return { revoked };
}

/** One that the asker may end: whose other devices are is no secret to who looks after them, but not theirs to end. */
export async function requireDevice(ctx: Ctx, deviceId: Id): Promise<DeviceRow> {
  const device = await deviceById(ctx, deviceId);
  const isTheirs = (actor: AccountActor): boolean =>
    device?.accountId === actor.accountId || actor.posts.some(({ role }) => role === 'admin');
  if (!device || !(ctx.actor.kind === 'system' || (ctx.actor.kind === 'account' && isTheirs(ctx.actor))))
    throw new Problem(deviceProblems['device.unknown']);
  return device;
}

/** Before anything is taken from a device or told to it. */
export function requireServed(device: DeviceRow | undefined, actor: AccountActor): DeviceRow {
  if (!device) throw new Problem(deviceProblems['device.unknown']);
  return requireMine(device, actor);
}

function requireMine(device: DeviceRow, { accountId }: AccountActor): DeviceRow {
  if (device.accountId !== accountId) throw new Problem(deviceProblems['device.not_yours']);
  if (device.revokedAt !== null) throw new Problem(deviceProblems['device.revoked']);
  return device;
}

/** Where its holder works: who reads that area looks after the device. */
export const areaOf = ({ posts }: AccountActor): Id | null =>
  posts.find(({ readsArea, areaId }) => readsArea && areaId !== null)?.areaId ??
  posts.find(({ areaId }) => areaId !== null)?.areaId ??
  null;

function note(ctx: Ctx, kind: string, deviceId: Id, body: Record<string, string>): void {
  record(ctx, { kind, about: { kind: 'device', id: deviceId, scopeNo: 0, confidential: false }, body });
}
