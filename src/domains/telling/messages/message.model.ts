import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';

/**
 * What we tell people, stage by stage, as they would say it. `{name}`s are filled from parameters that say nothing
 * about a person; free words travel sealed beside them.
 */
export const texts = {
  'casefile.received': {
    zh: '收到了，编号 {number}。{desk}会在 {due} 前告诉您办不办、谁来办。',
    en: 'Received, number {number}. {desk} will tell you by {due} whether and by whom it is handled.',
  },
  'casefile.being_checked': { zh: '已经请人到现场核实。', en: 'Somebody is on the way to look at it.' },
  'casefile.registered': { zh: '已立案，正在安排承办单位。', en: 'It is on file; a body is being found for it.' },
  'casefile.declined': { zh: '没有立案：{outcome}。', en: 'It was not taken on file: {outcome}.' },
  'casefile.dispatched': { zh: '已派给{body}办理，期限到 {due}。', en: 'Given to {body}, due {due}.' },
  'casefile.acknowledged': { zh: '{body}已签收，正在办理。', en: '{body} has taken it and is at work.' },
  'casefile.sent_back': {
    zh: '{body}认为不归它办，正在另派单位。',
    en: '{body} says it is not theirs; another body is being found.',
  },
  'casefile.fed_back': {
    zh: '{body}说办好了，正在请别人核查。',
    en: '{body} says it is done; somebody else is checking.',
  },
  'casefile.reworked': {
    zh: '核查没有通过，已要求重新办理。',
    en: 'The check found it not done; it goes back to work.',
  },
  'casefile.verified': { zh: '核查通过。', en: 'The check found it done.' },
  'casefile.closed': {
    zh: '办理结果：{outcome}。请告诉我们是不是真的解决了。',
    en: 'Result: {outcome}. Please tell us whether it is really solved.',
  },
  'casefile.objected': {
    zh: '您说没有解决，已重新办理（第 {round} 轮）。',
    en: 'You say it is not solved; it is taken up again (round {round}).',
  },
  'casefile.contested': { zh: '您不同意不立案，已请上级复核。', en: 'You disagree; the desk above looks at it again.' },
  'casefile.answered': { zh: '谢谢您的评价：{answer}。', en: 'Thank you for your answer: {answer}.' },
  'casefile.lapsed': {
    zh: '没有收到您的回应，先按“未回应”归档;{days} 天内仍可以说没有解决。',
    en: 'We had no answer and filed it as such; within {days} days you can still say it is not solved.',
  },
  'casefile.merged': {
    zh: '与编号 {number} 是同一件事，已并在一起办理；进展照样告诉您。',
    en: 'It is the same matter as {number} and goes on with it; you will hear as before.',
  },
  'casefile.unmerged': {
    zh: '与编号 {number} 不是同一件事，已分开单独办理。',
    en: 'It is not the same matter as {number} and goes on by itself.',
  },
  'casefile.suspended': {
    zh: '受条件限制暂时办不了，已挂账，到期自动恢复。',
    en: 'It cannot be done for now; it rests and resumes by itself.',
  },
  'casefile.resumed': { zh: '已恢复办理。', en: 'Work on it has resumed.' },
  'casefile.disclosed': {
    zh: '您说的情况（已隐去个人信息）公开给居民看了，不同意可以收回。',
    en: 'What you said, without anything about you, may now be read by everybody. You can take it back.',
  },
  'casefile.said': { zh: '工作人员留言：', en: 'A message for you:' },
  'casefile.asked_again': {
    zh: '请告诉我们是不是真的解决了：还剩一点时间。',
    en: 'Please tell us whether it is solved; there is a little time left.',
  },
  'casefile.due_moved': {
    zh: '“{duty}”的期限由 {was} 改到 {due}：{because}。',
    en: 'The date for “{duty}” is now {due} instead of {was}: {because}.',
  },
  'casefile.urged': {
    zh: '催办：请抓紧“{duty}”，期限 {due}。',
    en: 'Please get on with it: “{duty}”, limit {due}.',
  },
  'area_message.answered': { zh: '{place}答复您：', en: '{place} answers:' },
  'area_message.set_aside': { zh: '{place}看过了：{reason}。', en: '{place} has read it: {reason}.' },
  'notice.posted': { zh: '【{place}通知】{words}（到 {until} 为止）', en: '[Notice, {place}] {words} (until {until})' },
  'robot.test': { zh: '【试发】{place}的通知以后会发到这个群。', en: '[Test] Notices of {place} will be posted here.' },
  'obligation.near': { zh: '快到期了：{duty}，{due} 到期。', en: 'Nearly due: {duty}, due {due}.' },
  'obligation.sooner': {
    zh: '期限提前了：{duty}，由 {was} 改到 {due}，{because}。',
    en: 'Due sooner: {duty}, {due} instead of {was}; {because}.',
  },
  'obligation.late': { zh: '超期了：{duty}，应在 {due} 前办完。', en: 'Late: {duty}, was due {due}.' },
  'obligation.unattended': {
    zh: '{owner}的“{duty}”时间已用掉大半，请过问。',
    en: '{owner}: most of the time for “{duty}” is gone, please look into it.',
  },
} as const satisfies Record<string, Words>;
export type TextCode = keyof typeof texts;

export type Recipient = { readonly kind: 'reporter' | 'post' | 'body' | 'person' | 'desk'; readonly id: string };

export const messageView = z.object({
  id: idSchema,
  toKind: z.enum(['reporter', 'post', 'body', 'person', 'desk', 'group']),
  to: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }),
  words: z.string().nullable(),
  toldAt: z.date(),
  readAt: z.date().nullable(),
  deliveries: z.array(
    z.object({ channel: z.string(), state: z.string(), attempts: z.number(), handedAt: z.date().nullable() }),
  ),
});

export const channelForm = z.strictObject({
  id: idSchema,
  kind: z.enum(['webhook', 'recorder']),
  address: z.union([z.url({ protocol: /^https?$/ }), z.literal('')]),
  secret: z
    .string()
    .min(16)
    .max(200)
    .optional()
    .describe('Signs what is sent: x-jingwei-signature, HMAC-SHA256 of the body'),
  enabled: z.boolean(),
});
