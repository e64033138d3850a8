import { z } from 'zod';
import { defineProblems } from '../../../kernel/problem.ts';
import { newPassword } from './account.model.ts';

/**
 * A slip with which somebody sets their own first password: nobody else ever knows one. Its token counts once and for a
 * limited time; the database keeps a hash of it.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's: no I, L, O, U
const LENGTH = 20;
/** Days for which a slip holds, unless said otherwise: enough to hand it out in a village meeting. */
export const SLIP_DAYS = 14;
export const MOST_SLIP_DAYS = 90;

/** A hundred bits as somebody can type them: `1.K7QD3-XWM9T-2P4RB-H5Z6C`, the realm in front. */
export function tokenFrom(realm: number, bytes: Uint8Array): string {
  const text = [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
  return `${realm}.${text.replace(/(.{5})(?=.)/g, '$1-')}`;
}

export interface ReadToken {
  readonly realm: number;
  readonly token: string;
}

/** As people type it: any case, O for 0, I or L for 1, hyphens or none. Null: no token of ours. */
export function readToken(typed: string): ReadToken | null {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const [, realm, code = ''] = /^(\d{1,5})\.(\w+)$/.exec(plain) ?? [];
  if (realm === undefined || Number(realm) > 32_767 || code.length !== LENGTH) return null;
  if ([...code].some((character) => !ALPHABET.includes(character))) return null;
  return { realm: Number(realm), token: `${Number(realm)}.${code.replace(/(.{5})(?=.)/g, '$1-')}` };
}

export const slipForm = z.strictObject({ token: z.string().min(1).max(80) });
export const activationForm = slipForm.extend({ password: newPassword });
export const slipView = z.object({ login: z.string(), name: z.string(), expiresAt: z.date() });

export const activationProblems = defineProblems({
  'activation.unknown': {
    status: 404,
    title: { zh: '没有这张启用单', en: 'There is no such slip' },
    hint: {
      zh: '请重新扫码，或者照单子上的字输入。还不行请找管理员重新打印。',
      en: 'Scan again, or type the letters as they are printed. If that fails, ask your administrator for a new slip.',
    },
  },
  'activation.used': {
    status: 409,
    title: { zh: '这张启用单已经用过', en: 'This slip has been used' },
    hint: {
      zh: '密码是您自己设的，请直接登录。不是您设的，请马上告诉管理员。',
      en: 'If you set the password yourself, sign in. If you did not, tell your administrator at once.',
    },
  },
  'activation.expired': {
    status: 410,
    title: { zh: '这张启用单已经过期', en: 'This slip has expired' },
    hint: { zh: '请找管理员重新打印一张。', en: 'Ask your administrator for a new one.' },
  },
  'activation.void': {
    status: 410,
    title: { zh: '这张启用单已经作废', en: 'This slip is void' },
    hint: { zh: '后来又打印过一张，请用新的那张。', en: 'A newer one was printed; use that.' },
  },
  'activation.wait': {
    status: 429,
    title: { zh: '试得太快了，请等 {seconds} 秒', en: 'Too many tries, wait {seconds} seconds' },
    hint: { zh: '启用单仍然有效，等一会儿再扫。', en: 'The slip still holds; scan it again in a while.' },
  },
  'activation.not_alike': {
    status: 422,
    title: { zh: '两次输入的密码不一样', en: 'The two passwords differ' },
    hint: { zh: '请再输入一次。启用单仍然有效。', en: 'Type them again. The slip still holds.' },
  },
  'activation.active_already': {
    status: 409,
    title: { zh: '账号 {login} 已经启用', en: 'Account {login} is active already' },
    hint: {
      zh: '忘了密码请用 jingwei account reset。没有改动任何内容。',
      en: 'For a forgotten password use jingwei account reset. Nothing was changed.',
    },
  },
});
