import { z } from 'zod';
import { type Endpoint, idParam, procedure, read } from '../../../kernel/endpoint.ts';
import { atlasOf } from '../areas/index.ts';
import { directoryOf, isRole, roles } from '../staff/index.ts';
import {
  changePasswordForm,
  confirmFactorForm,
  meView,
  phoneKeyView,
  sessionView,
  signInForm,
} from './account.model.ts';
import { sessionsOf } from './account.queries.ts';
import { activationRoutes } from './activation.routes.ts';
import { apiKeyRoutes } from './api_key.routes.ts';
import { phoneKeyOf } from './phone_key.commands.ts';
import {
  changeOwnPassword,
  dropFactor,
  endOwnSession,
  finishFactor,
  me,
  signIn,
  signOut,
  startFactor,
} from './sign_in.commands.ts';

const ended = z.object({ ended: z.number() });
const mine = { access: ['account'], lane: 'work' } as const;

/** `demoAllowed`: the server is bound to this machine only. */
export const accountRoutes = (demoAllowed: boolean): readonly Endpoint[] => [
  procedure({
    name: 'session.open',
    method: 'POST',
    path: '/api/session',
    summary: { zh: '登录', en: 'Sign in' },
    access: ['anyone'],
    lane: 'work',
    body: signInForm,
    output: z.object({ token: z.string().optional(), expiresAt: z.date(), mustChangePassword: z.boolean() }),
    triesPerMinute: 60,
    session: 'opens',
    handle: (runtime, call) => signIn(runtime, call, demoAllowed),
  }),
  procedure({
    ...mine,
    name: 'session.close',
    onPhone: true,
    method: 'DELETE',
    path: '/api/session',
    summary: { zh: '退出登录', en: 'Sign out' },
    output: ended,
    beforeFirstPassword: true,
    session: 'ends',
    handle: signOut,
  }),
  read({
    ...mine,
    name: 'me.read',
    onPhone: true,
    path: '/api/me',
    summary: { zh: '我是谁、有哪些岗位', en: 'Who I am and which posts I hold' },
    output: meView,
    beforeFirstPassword: true,
    handle: async (ctx) => {
      const [atlas, directory] = await Promise.all([atlasOf(ctx), directoryOf(ctx)]);
      const { accountId, personId, name, mustChangePassword, posts } = me(ctx);
      return {
        accountId,
        personId,
        name,
        mustChangePassword,
        posts: posts.map((post) => ({
          id: post.id,
          role: post.role,
          roleWords: isRole(post.role) ? roles[post.role].words : { zh: post.role, en: post.role },
          place: atlas.get(post.areaId ?? '')?.name ?? directory.body(post.bodyId ?? '')?.name ?? '',
        })),
      };
    },
  }),
  read({
    ...mine,
    name: 'account.phone_key',
    onPhone: true,
    path: '/api/me/phone-key',
    summary: { zh: '忘记手机数字密码时的钥匙', en: 'The key to a phone whose PIN was forgotten' },
    output: phoneKeyView,
    handle: phoneKeyOf,
  }),
  read({
    ...mine,
    name: 'session.list',
    path: '/api/sessions',
    summary: { zh: '我的登录', en: 'Where I am signed in' },
    output: z.array(sessionView),
    handle: async (ctx) => {
      const { accountId, sessionId } = me(ctx);
      return (await sessionsOf(ctx, accountId)).map((row) => ({ ...row, isThisOne: row.id === sessionId }));
    },
  }),
  procedure({
    ...mine,
    name: 'session.end',
    method: 'DELETE',
    path: '/api/sessions/:id',
    summary: { zh: '结束一处登录', en: 'End one of my sessions' },
    params: idParam,
    output: ended,
    handle: endOwnSession,
  }),
  procedure({
    ...mine,
    name: 'account.change_password',
    method: 'POST',
    path: '/api/password',
    summary: { zh: '修改密码', en: 'Change my password' },
    body: changePasswordForm,
    output: ended,
    beforeFirstPassword: true,
    triesPerMinute: 10,
    handle: changeOwnPassword,
  }),
  procedure({
    ...mine,
    name: 'account.begin_factor',
    method: 'POST',
    path: '/api/second-factor/begin',
    summary: { zh: '开始设置第二重验证', en: 'Begin setting up the second factor' },
    output: z.object({ address: z.string(), pending: z.string() }),
    handle: startFactor,
  }),
  procedure({
    ...mine,
    name: 'account.confirm_factor',
    method: 'POST',
    path: '/api/second-factor/confirm',
    summary: { zh: '确认第二重验证', en: 'Confirm the second factor' },
    body: confirmFactorForm.extend({ pending: z.base64().max(400) }),
    output: z.object({ confirmed: z.boolean() }),
    triesPerMinute: 10,
    handle: finishFactor,
  }),
  procedure({
    ...mine,
    name: 'account.remove_factor',
    method: 'POST',
    path: '/api/second-factor/remove',
    summary: { zh: '取消第二重验证', en: 'Remove the second factor' },
    body: confirmFactorForm,
    output: z.object({ removed: z.boolean() }),
    triesPerMinute: 10,
    handle: dropFactor,
  }),
  ...activationRoutes,
  ...apiKeyRoutes,
];
