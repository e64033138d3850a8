import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Role } from '../../land/staff/staff.model.ts';

/** A device (设备) of somebody who works here: it holds a copy of their scope and an outbox, and works without network. */
export const deviceForm = z.strictObject({
  deviceId: idSchema.describe('Made on the device'),
  model: z.string().trim().min(1).max(100),
  appVersion: z.string().trim().min(1).max(40),
});
export type DeviceForm = z.infer<typeof deviceForm>;

export const deviceView = z.object({
  id: idSchema,
  name: z.string().describe('Of the person whose it is'),
  mine: z.boolean(),
  model: z.string(),
  appVersion: z.string(),
  registeredAt: z.date(),
  seenAt: z.date(),
  revokedAt: z.date().nullable(),
  oldestUnsentAt: z.date().nullable().describe('As the device said when it was last heard of'),
  skewMs: z.number().nullable(),
});

const words = z.object({ zh: z.string(), en: z.string() });

export const refusedView = z.object({
  commandId: idSchema,
  deviceId: idSchema,
  name: z.string(),
  mine: z.boolean(),
  command: z.string().describe('Name of the endpoint'),
  target: z.string(),
  occurredAt: z.date(),
  judgedAt: z.date(),
  dismissedAt: z.date().nullable(),
  code: z.string(),
  title: words,
  detail: words,
  body: z.record(z.string(), z.unknown()).nullable().describe('What was to be done; null once its key is destroyed'),
});

/** Who looks after the devices of others: those who answer for an area, and the administrator. */
export const overseers: readonly Role[] = ['grid_leader', 'community_head', 'leader', 'admin'];

export const deviceProblems = defineProblems({
  'device.unknown': {
    status: 404,
    title: { zh: '没有登记过这台设备', en: 'This device is not registered' },
    hint: {
      zh: '设备上的内容都还在。应用会重新登记，再接着同步。',
      en: 'Everything on it is still there. The app registers it anew and goes on.',
    },
  },
  'device.not_yours': {
    status: 403,
    title: { zh: '这台设备登记在别人名下', en: 'This device is registered for somebody else' },
    hint: {
      zh: '没有收下任何内容，设备上的都还在。请由原来的人登录把没发出的发完，再换人使用。',
      en: 'Nothing was taken; all is still on the device. Let its owner sign in and send what is left before it changes hands.',
    },
  },
  'device.revoked': {
    status: 403,
    title: { zh: '这台设备已被停用', en: 'This device was revoked' },
    hint: {
      zh: '没有收下任何内容。手机找到了，请联系管理员；没发出的内容可以导出后交给社区。',
      en: 'Nothing was taken. If it was found again, tell the administrator; what was not sent can be exported.',
    },
  },
  'device.out_of_step': {
    status: 409,
    title: { zh: '设备上的编号和收到过的对不上', en: 'The numbers of this device do not fit what it sent before' },
    hint: {
      zh: '多半是手机恢复过旧备份。应用会按新设备登记，没发出的接着发，不会重复。',
      en: 'Most likely an old backup was restored. The app registers as a new device and sends what is left, once.',
    },
  },
  'device.not_offline': {
    status: 422,
    title: { zh: '“{name}”不能在离线时办理', en: '“{name}” cannot be done offline' },
    hint: {
      zh: '没有执行。请联网后在页面上办理，或者更新应用。',
      en: 'It was not carried out. Do it on the page while online, or update the app.',
    },
  },
  'device.waits': {
    status: 409,
    title: { zh: '前一步还没有结果', en: 'The step before it is not settled' },
    hint: {
      zh: '同一件事的前一步被拒绝了；处理好它，这一步就会接着提交。',
      en: 'A step before it on the same record was refused; once that is put away, this one goes on.',
    },
  },
});
