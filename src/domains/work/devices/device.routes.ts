import { z } from 'zod';
import { type Endpoint, idParam, procedure, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { registerDevice, requireDevice, revoke } from './device.commands.ts';
import { deviceForm, deviceView, refusedView } from './device.model.ts';
import { deviceLines, refusedLines } from './device.views.ts';
import { idleQuery, idleView, outlookView } from './idle.model.ts';
import { idleLines, outlook } from './idle.views.ts';
import { pull } from './pull.commands.ts';
import { push } from './push.commands.ts';
import { pullForm, pullView, pushForm, pushView } from './sync.model.ts';

/** `offered`: every other endpoint; a device may give the commands of those that say so. */
export function deviceRoutes(offered: readonly Endpoint[]): readonly Endpoint[] {
  const byName = new Map(offered.map((endpoint) => [endpoint.name, endpoint]));
  return [
    write({
      name: 'device.register',
      onPhone: true,
      method: 'POST',
      path: '/api/devices',
      summary: { zh: '登记这台设备', en: 'Register this device' },
      access: ['account'],
      lane: 'work',
      body: deviceForm,
      output: z.object({ deviceId: idSchema }),
      handle: (ctx, { body }) => registerDevice(ctx, body),
    }),
    read({
      name: 'device.list',
      path: '/api/devices',
      summary: { zh: '我的设备，我管的设备', en: 'My devices and those I look after' },
      access: ['account'],
      lane: 'read',
      output: z.array(deviceView),
      handle: deviceLines,
    }),
    read({
      name: 'device.refused',
      path: '/api/devices/refused',
      summary: { zh: '离线办理后没有通过的', en: 'What was done offline and refused' },
      access: ['account'],
      lane: 'read',
      output: z.array(refusedView),
      handle: refusedLines,
    }),
    read({
      name: 'device.idle',
      path: '/api/devices/idle',
      summary: { zh: '多日没有同步的手机', en: 'Phones that have not synced for days' },
      access: [{ roles: ['admin'] }],
      lane: 'read',
      query: idleQuery,
      output: z.array(idleView),
      handle: (ctx, { query }) => idleLines(ctx, query.days),
    }),
    read({
      name: 'device.outlook',
      path: '/api/devices/:id/outlook',
      summary: { zh: '停用一台设备会怎样', en: 'What revoking a device would do' },
      access: [{ roles: ['admin'] }],
      lane: 'read',
      params: idParam,
      output: outlookView,
      handle: (ctx, { params }) => outlook(ctx, params.id),
    }),
    write({
      name: 'device.revoke',
      method: 'POST',
      path: '/api/devices/:id/revoke',
      summary: { zh: '停用一台设备', en: 'Revoke a device' },
      access: ['account'],
      lane: 'urgent',
      params: idParam,
      output: z.object({ revoked: z.number() }),
      handle: (ctx, { params }) => revoke(ctx, params.id),
      recheck: async (ctx, { params }) => void (await requireDevice(ctx, params.id)),
    }),
    procedure({
      name: 'sync.push',
      onPhone: true,
      method: 'POST',
      path: '/api/sync/push',
      summary: { zh: '离线办理的内容上报', en: 'Send what was done offline' },
      access: ['account'],
      lane: 'urgent',
      body: pushForm,
      output: pushView,
      handle: (runtime, call) => push(runtime, call, byName),
    }),
    procedure({
      name: 'sync.pull',
      onPhone: true,
      method: 'POST',
      path: '/api/sync/pull',
      summary: { zh: '取回自己范围内的变化', en: 'Fetch what changed in my scope' },
      access: ['account'],
      lane: 'read',
      body: pullForm,
      output: pullView,
      packed: true,
      handle: (runtime, call) => pull(runtime, call),
    }),
  ];
}
