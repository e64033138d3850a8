import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { robotShapes, type ShapeName } from '../messages/group.model.ts';

const shapeNames = Object.keys(robotShapes) as [ShapeName, ...ShapeName[]];

/** A public name by https: no number, nothing of this machine or its neighbourhood. What a name leads to is looked at when it is called. */
function isOutward(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, port } = new URL(address);
  const isNamed = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(hostname);
  const isNear = /(^|\.)(localhost|local|internal|lan|home|arpa)$/i.test(hostname);
  return protocol === 'https:' && isNamed && !isNear && username === '' && port === '';
}

export const robotForm = z.strictObject({
  id: idSchema,
  areaId: idSchema,
  shape: z.enum(shapeNames),
  address: z
    .string()
    .trim()
    .max(500)
    .optional()
    .describe('The whole web address of the robot; left out, the one that was set stays'),
  enabled: z.boolean(),
});
export type RobotForm = z.infer<typeof robotForm>;

export const hostOf = (address: string): string | null => (isOutward(address) ? new URL(address).hostname : null);

export const robotView = z.object({
  id: idSchema,
  areaId: idSchema,
  place: z.string(),
  shape: z.enum(shapeNames),
  host: z.string().describe('Whose server it is; the address itself is not shown again'),
  enabled: z.boolean(),
  verdict: z.string().nullable().describe('Of the last line: `taken`, or why not'),
  verdictAt: z.date().nullable(),
});

export const robotProblems = defineProblems({
  'robot.not_found': {
    status: 404,
    title: { zh: '没有这个群机器人', en: 'There is no such robot' },
    hint: { zh: '它可能不在您管的社区里，请刷新。', en: 'It may lie outside your community. Reload.' },
  },
  'robot.not_outward': {
    status: 422,
    title: { zh: '这个地址不能用', en: 'This address cannot be used' },
    hint: {
      zh: '请从群里的机器人设置中复制整个 https:// 地址；本机、内网和数字地址都不行。没有保存。',
      en: 'Copy the whole https:// address from the robot’s settings; addresses of this machine, of a private network or in numbers are refused. Nothing was saved.',
    },
  },
  'robot.no_address': {
    status: 422,
    title: { zh: '没有填机器人地址', en: 'The robot has no address' },
    hint: { zh: '第一次设置要填地址，以后可以不填。', en: 'The first time it is needed, later it may be left out.' },
  },
  'robot.one_per_area': {
    status: 409,
    title: { zh: '这里已经有一个群机器人', en: 'This area has a robot already' },
    hint: { zh: '请改原来那个，或者先停用。', en: 'Change the one that is there.' },
  },
  'robot.not_your_area': {
    status: 403,
    title: { zh: '这里不归您管，不能设群机器人', en: 'This area is not yours to set a robot for' },
    hint: {
      zh: '社区书记设自己的社区和网格；别处请系统管理员设。',
      en: 'A head sets those of the own community; elsewhere the administrator does.',
    },
  },
  'robot.off': {
    status: 409,
    title: { zh: '群机器人停用着', en: 'The robot is switched off' },
    hint: { zh: '先启用再试发。', en: 'Switch it on, then try.' },
  },
});
