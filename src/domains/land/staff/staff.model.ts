import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { AreaLevel } from '../areas/area.model.ts';

/**
 * The posts (岗位) of this field. A role says where its seats stand, and whether their holder reads all that lies in
 * the area or only what is owed or granted. What a role may do stands in the workflow tables, nowhere else.
 */
export interface RoleSpec {
  readonly words: Words;
  /** Levels on which the seat may stand; `body`: in a department, company or utility. */
  readonly at: readonly (AreaLevel | 'body')[];
  readonly readsArea: boolean;
}

/** A city or province that is one realm has its desks at the top as a county has. */
const upper = ['province', 'city', 'county', 'town'] as const;

export const roles = {
  building_lead: { words: { zh: '楼栋长', en: 'building lead' }, at: ['micro_grid'], readsArea: false },
  grid_worker: { words: { zh: '网格员', en: 'grid worker' }, at: ['grid'], readsArea: true },
  grid_leader: { words: { zh: '网格长', en: 'grid leader' }, at: ['grid'], readsArea: true },
  community_head: { words: { zh: '社区书记', en: 'community secretary' }, at: ['community'], readsArea: true },
  mediator: { words: { zh: '调解员', en: 'mediator' }, at: ['community', 'town', 'county'], readsArea: false },
  registrar: { words: { zh: '受理立案岗', en: 'registrar' }, at: upper, readsArea: true },
  dispatcher: { words: { zh: '派遣员', en: 'dispatcher' }, at: upper, readsArea: true },
  verifier: { words: { zh: '核查员', en: 'verifier' }, at: upper, readsArea: true },
  leader: { words: { zh: '带班领导', en: 'leader in charge' }, at: upper, readsArea: true },
  inspector: { words: { zh: '督查员', en: 'inspector' }, at: upper, readsArea: true },
  body_desk: { words: { zh: '部门受理岗', en: 'body desk' }, at: ['body'], readsArea: false },
  body_worker: { words: { zh: '处置人员', en: 'body worker' }, at: ['body'], readsArea: false },
  body_head: { words: { zh: '部门负责人', en: 'body head' }, at: ['body'], readsArea: false },
  admin: { words: { zh: '系统管理员', en: 'administrator' }, at: ['county', 'city', 'province'], readsArea: false },
  auditor: { words: { zh: '审计员', en: 'auditor' }, at: ['county', 'city', 'province'], readsArea: true },
} as const satisfies Record<string, RoleSpec>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as [Role, ...Role[]];
/** Whoever works on cases: not who runs the system, not who looks over its shoulder. */
export const staffRoles = roleNames.filter((role) => role !== 'admin' && role !== 'auditor');
export const isRole = (name: string): name is Role => name in roles;

/** Seats that must exist at the top of every realm, held or not: the place where work lands that nobody else takes. */
export const rootRoles = ['registrar', 'dispatcher', 'verifier', 'leader'] as const satisfies readonly Role[];

/** No one person holds two of these at once (GB/T 22239 asks that they be separate). */
export const separateRoles: readonly Role[] = ['admin', 'auditor'];

const name = z.string().trim().min(1).max(60);
const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d -]{5,20}$/, '5–20 digits');

export const bodyForm = z.strictObject({
  id: idSchema,
  name,
  kind: z.string().min(1),
  areaId: idSchema,
  calendarId: idSchema,
});
export const postForm = z.strictObject({
  id: idSchema,
  role: z.enum(roleNames),
  areaId: idSchema.nullable(),
  bodyId: idSchema.nullable(),
});
export const personForm = z.strictObject({ id: idSchema, name, phone: phone.nullable() });
export const holdingForm = z.strictObject({ id: idSchema, postId: idSchema, personId: idSchema });
export const responsibilityForm = z.strictObject({
  id: idSchema,
  areaId: idSchema,
  personId: idSchema,
  rank: z.enum(['county', 'town', 'community', 'grid', 'building', 'paired']),
  mode: z.enum(['normal', 'emergency']),
  charge: z.string().trim().min(1).max(60).describe('What for: 包保, 包联, 结对 …'),
});

export const staffProblems = defineProblems({
  'staff.not_found': {
    status: 404,
    title: { zh: '没有这个人、岗位或单位', en: 'There is no such person, post or body' },
    hint: { zh: '请从列表里重新选择。', en: 'Choose again from the list.' },
  },
  'staff.wrong_place': {
    status: 422,
    title: { zh: '“{role}”不能设在这里', en: '“{roleEn}” cannot stand here' },
    hint: { zh: '请把岗位设在：{places}。', en: 'It may stand at: {placesEn}.' },
  },
  'staff.post_exists': {
    status: 409,
    title: { zh: '这里已经有这个岗位', en: 'This post exists here already' },
    hint: {
      zh: '一个岗位可以由几个人同时担任，直接任命即可。',
      en: 'Several people may hold one post: appoint them to it.',
    },
  },
  'staff.holds_already': {
    status: 409,
    title: { zh: '这个人已经在这个岗位上', en: 'This person holds the post already' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'staff.in_charge_already': {
    status: 409,
    title: { zh: '这个人已经负责这里', en: 'This person is in charge here already' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'staff.must_be_separate': {
    status: 409,
    title: { zh: '系统管理员和审计员不能由同一人担任', en: 'One person cannot be administrator and auditor' },
    hint: { zh: '请任命另一个人。', en: 'Appoint somebody else.' },
  },
  'staff.last_admin': {
    status: 409,
    title: {
      zh: '这是最后一位能登录的系统管理员，不能免去',
      en: 'This is the last administrator who can sign in; they stay',
    },
    hint: {
      zh: '没有改动任何内容。请先任命另一位有账号的管理员，或者用“移交”。',
      en: 'Nothing was changed. Appoint another one with an account first, or hand the post over.',
    },
  },
  'staff.body_code_taken': {
    status: 409,
    title: { zh: '已经有这个编码的单位', en: 'A body of this code exists already' },
    hint: { zh: '请核对编码。', en: 'Check the code.' },
  },
  'staff.person_known': {
    status: 409,
    title: { zh: '已经登记过这个姓名和电话的人', en: 'Somebody of this name and phone is recorded already' },
    hint: {
      zh: '一个人登记一次；要担任另一个岗位，直接任命即可。没有改动任何内容。',
      en: 'A person is recorded once; appoint them to the other post. Nothing was changed.',
    },
  },
  'staff.body_name_taken': {
    status: 409,
    title: { zh: '已经有同名单位', en: 'A body of this name exists already' },
    hint: {
      zh: '请核对是否同一单位，不是的话在名称里加上地名。',
      en: 'Check whether it is the same; if not, add a place to the name.',
    },
  },
});
