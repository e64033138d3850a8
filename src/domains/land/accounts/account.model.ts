import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';

/** How people get in: an account belongs to a person, a session to an account. */
export const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, '2–40 small letters, digits, . _ -');
/** Long enough to resist guessing; no rules about signs, which only make people write passwords down. */
export const newPassword = z.string().min(10).max(200);

export const signInForm = z.strictObject({
  login,
  password: z.string().min(1).max(200),
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, '6 digits')
    .optional()
    .describe('Of the second factor, when it is set up'),
  stay: z.boolean().default(false).describe('A device of one’s own: stays signed in for a month'),
  onPhone: z.boolean().default(false).describe('For the field app: this sign-in reaches nothing else'),
  bearer: z.boolean().default(false).describe('For programs: give the token in the answer instead of a cookie'),
});
export const changePasswordForm = z.strictObject({ old: z.string().min(1).max(200), fresh: newPassword });
export const confirmFactorForm = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, '6 digits'),
});

export const sessionView = z.object({
  id: idSchema,
  openedAt: z.date(),
  seenAt: z.date(),
  expiresAt: z.date(),
  device: z.string(),
  isThisOne: z.boolean(),
});

export const meView = z.object({
  accountId: idSchema,
  personId: idSchema,
  name: z.string(),
  mustChangePassword: z.boolean(),
  posts: z.array(
    z.object({
      id: idSchema,
      role: z.string(),
      roleWords: z.object({ zh: z.string(), en: z.string() }),
      place: z.string(),
    }),
  ),
});

/** What opens a phone of this account whose PIN was forgotten; told right after signing in, and not to an old session. */
export const phoneKeyView = z.object({ key: z.base64().describe('32 bytes') });
export const FRESH_MS = 10 * 60_000;

/**
 * A session ends after a month, and at a shared desk after twelve hours in which nobody used it; a device of one's own
 * stays signed in for the month. `enter_session` sees to both.
 */
export const SESSION_MS = 30 * 86_400_000;
export const idleHours = (stay: boolean): number => (stay ? 30 * 24 : 12);

export const accountProblems = defineProblems({
  'account.wrong': {
    status: 401,
    title: { zh: '账号或密码不对', en: 'Wrong account or password' },
    hint: {
      zh: '请检查后再试。忘记密码请找本单位的管理员重置。',
      en: 'Check and try again. If you forgot the password, ask your administrator.',
    },
  },
  'account.wait': {
    status: 429,
    title: { zh: '试得太快了，请等 {seconds} 秒再登录', en: 'Too many tries, wait {seconds} seconds' },
    hint: { zh: '账号没有被锁定，等一会儿就能再试。', en: 'The account is not locked; you can try again in a while.' },
  },
  'account.code_needed': {
    status: 401,
    title: { zh: '请输入验证器上的 6 位数字', en: 'Enter the six digits of your authenticator' },
    hint: { zh: '这个账号开启了第二重验证。', en: 'This account has a second factor.' },
  },
  'account.code_wrong': {
    status: 401,
    title: { zh: '6 位数字不对，或者已经用过', en: 'The six digits are wrong or were used already' },
    hint: {
      zh: '等验证器换出新的数字再试；也请核对手机时间。',
      en: 'Wait for the next digits; check the clock of your phone.',
    },
  },
  'account.demo_refused': {
    status: 403,
    title: { zh: '演示账号不能在这里登录', en: 'Demo accounts cannot sign in here' },
    hint: {
      zh: '本服务器对外开放，演示账号只在本机可用。',
      en: 'This server is open to others; demo accounts work on the machine itself only.',
    },
  },
  'account.login_taken': {
    status: 409,
    title: { zh: '这个登录名已经有人用', en: 'This login is taken' },
    hint: { zh: '请换一个登录名。', en: 'Choose another one.' },
  },
  'account.not_found': {
    status: 404,
    title: { zh: '没有这个账号', en: 'There is no such account' },
    hint: { zh: '请核对登录名。', en: 'Check the login.' },
  },
  'account.same_password': {
    status: 422,
    title: { zh: '新密码要和旧密码不同', en: 'The new password must differ from the old one' },
    hint: {
      zh: '请另想一个，至少 10 位，可以是一句话。',
      en: 'Think of another, at least 10 characters; a sentence is fine.',
    },
  },
  'account.change_password': {
    status: 403,
    title: { zh: '请先修改初始密码', en: 'Change your first password before anything else' },
    hint: {
      zh: '初始密码别人也知道；改好后就可以开始工作。',
      en: 'Somebody else knows the first one. After the change you can start.',
    },
  },
  'account.not_for_you': {
    status: 403,
    title: { zh: '这个功能不属于您的岗位', en: 'This is not for your post' },
    hint: { zh: '需要时请找管理员调整岗位。', en: 'Ask the administrator if your post should include it.' },
  },
  'account.sign_in_again': {
    status: 403,
    title: { zh: '请重新登录一次', en: 'Sign in once more' },
    hint: {
      zh: '这一步只在登录后十分钟内能办，拿到手机的人才开不了它。',
      en: 'This is possible within ten minutes of signing in, so that whoever finds the phone cannot open it.',
    },
  },
  'account.factor_exists': {
    status: 409,
    title: { zh: '已经设置了第二重验证', en: 'The second factor is set up already' },
    hint: {
      zh: '要换验证器，请先用现在的验证器取消；丢了请找管理员重置。',
      en: 'To change the authenticator, remove it with the present one first; if it is lost, ask the administrator.',
    },
  },
  'account.no_factor': {
    status: 409,
    title: { zh: '还没有开始设置第二重验证', en: 'The second factor has not been begun' },
    hint: { zh: '请先获取二维码。', en: 'Get the QR code first.' },
  },
});
