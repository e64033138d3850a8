import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** The outbox as an administrator sees it. */
const words = z.object({ zh: z.string(), en: z.string() });

export const unsentView = z.object({
  waiting: z.number(),
  oldest: z.date().nullable(),
  failed: z.number(),
  lines: z.array(
    z.object({
      id: idSchema,
      state: z.enum(['waiting', 'failed']),
      attempts: z.number(),
      madeAt: z.date(),
      nextAt: z.date().nullable(),
      faultWords: words.nullable(),
      channelId: z.string(),
      kind: z.string().nullable(),
      host: z.string().nullable().describe('Of the channel; neither its path nor the recipient'),
      enabled: z.boolean().nullable(),
    }),
  ),
});

export const resendForm = z.strictObject({ ids: z.array(idSchema).min(1).max(200) });

const faults: readonly (readonly [RegExp, Words])[] = [
  [/^status (?:401|403)$/, { zh: '对方不认我们的密钥', en: 'the receiver does not accept our key' }],
  [/^status 4\d\d$/, { zh: '对方说内容不对', en: 'the receiver refused what was sent' }],
  [/^status 5\d\d$/, { zh: '对方系统出错', en: 'the receiver broke down' }],
  [/^status/, { zh: '对方没有收下', en: 'the receiver did not take it' }],
  [/^private address$/, { zh: '地址指向内网，设置不允许', en: 'the address leads inside, which is not allowed' }],
  [/Timeout/, { zh: '对方十秒没有回答', en: 'no answer within ten seconds' }],
  [/ENOTFOUND|EAI_AGAIN/, { zh: '找不到对方的地址', en: 'the address is not known' }],
  [
    /ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE/,
    { zh: '对方连不上', en: 'the receiver cannot be reached' },
  ],
  [/CERT|TLS|SSL/, { zh: '对方的证书有问题', en: 'the certificate of the receiver is not good' }],
];

/** The receiver's own text is never kept; a word of ours is. */
export const faultWords = (fault: string | null): Words | null =>
  fault === null
    ? null
    : (faults.find(([like]) => like.test(fault))?.[1] ?? { zh: '没有送到', en: 'it did not arrive' });

export const unsentProblems = defineProblems({
  'message.nothing_to_send': {
    status: 409,
    title: { zh: '这些消息已经发出，或者不在发件箱里', en: 'These messages have left, or are not in the outbox' },
    hint: { zh: '没有改动任何内容。请刷新发件箱再看。', en: 'Nothing was changed. Look at the outbox again.' },
  },
});
