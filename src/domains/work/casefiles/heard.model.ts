import { fill, type Words } from '../../../kernel/words.ts';

/** What is written into the story of a case about the platform of another body: codes, so that it reads in both languages. */
const news = {
  sent: { zh: '已送到，对方编号 {number}', en: 'delivered, their number is {number}' },
  token: { zh: '已送到，对方还没有给编号', en: 'delivered, their number is still to come' },
  delayed: { zh: '暂时没有送到：{fault}。会自动再试', en: 'not delivered yet: {fault}; it is tried again by itself' },
  failed: {
    zh: '没有送到：{fault}。已列入管理员的失败清单，请先用别的方式联系这个单位',
    en: 'not delivered: {fault}. It stands on the administrator’s list; reach the body another way meanwhile',
  },
  lost: {
    zh: '问不到进展：{fault}。已列入管理员的失败清单',
    en: 'no more news of it: {fault}. It stands on the administrator’s list',
  },
  withheld: {
    zh: '保密案卷不发给对方平台，请用别的方式联系这个单位',
    en: 'a confidential case is not sent; reach the body another way',
  },
  update: { zh: '对方进展：{status}', en: 'their news: {status}' },
  closed: { zh: '对方说已经办结，等我们核查', en: 'they say it is done; it waits for our check' },
  not_theirs: { zh: '对方说不归它办', en: 'they say it is not theirs' },
} as const satisfies Record<string, Words>;
export type News = keyof typeof news;
export const newsNames = Object.keys(news) as [News, ...News[]];

/** Why it could not be delivered, or followed. */
export const deliveryFaults = {
  private_address: { zh: '地址在内网，不允许发', en: 'the address is private and not allowed' },
  unreachable: { zh: '连不上对方的服务器', en: 'their server cannot be reached' },
  timeout: { zh: '对方迟迟没有应答', en: 'their server did not answer in time' },
  too_large: { zh: '对方的应答太大，没有读', en: 'their answer was too large to read' },
  moved: { zh: '对方的地址换了（跳转），没有跟过去', en: 'their address has moved; it was not followed' },
  key: { zh: '对方不认我们的密钥', en: 'they do not accept our key' },
  no_service: { zh: '对方没有我们写的服务代码', en: 'they do not know the service code we gave' },
  no_mapping: {
    zh: '还没有写明这类事对应对方哪个服务代码',
    en: 'no service code of theirs is set for this kind of matter',
  },
  refused: { zh: '对方不收', en: 'they refused it' },
  duplicate: { zh: '对方说已经收过，但没有说是哪一件', en: 'they say they have it, but not which one it is' },
  busy: { zh: '对方忙，请我们晚些再来', en: 'they are busy and ask us to come later' },
  broken: { zh: '对方的服务器出错', en: 'their server has a fault' },
  not_open311: {
    zh: '对方的应答不是 Open311（网页或者乱码）',
    en: 'their answer is not Open311 (a web page, or unreadable)',
  },
  no_number: { zh: '对方收了，但没有给编号', en: 'they took it without giving a number' },
  gone: { zh: '对方说没有这个编号', en: 'they no longer know the number' },
} as const satisfies Record<string, Words>;
export type DeliveryFault = keyof typeof deliveryFaults;
export const deliveryFaultNames = Object.keys(deliveryFaults) as [DeliveryFault, ...DeliveryFault[]];

/** The states of the updates extension. */
const updateStates: Readonly<Record<string, Words>> = {
  OPEN: { zh: '已收到', en: 'open' },
  FOR_TRIAGE: { zh: '正在分办', en: 'being sorted' },
  INVESTIGATING: { zh: '正在了解', en: 'being looked into' },
  IN_PROGRESS: { zh: '正在办理', en: 'in progress' },
  ACTION_SCHEDULED: { zh: '已安排', en: 'scheduled' },
  INTERNAL_REFERRAL: { zh: '内部转办', en: 'passed on inside' },
  REOPEN: { zh: '重新办理', en: 'taken up again' },
  DUPLICATE: { zh: '与别的重复', en: 'a duplicate' },
  NOT_COUNCILS_RESPONSIBILITY: { zh: '不归对方办', en: 'not theirs' },
  NO_FURTHER_ACTION: { zh: '不再办理', en: 'nothing more will be done' },
  FIXED: { zh: '已办好', en: 'fixed' },
  CLOSED: { zh: '已办结', en: 'closed' },
  CANCELLED: { zh: '已取消', en: 'cancelled' },
};

/** One line of the story, from the entry's body; null for what is none of ours. */
export function newsWords({ news: said, number, fault, status }: Readonly<Record<string, unknown>>): Words | null {
  const text = news[said as News] as Words | undefined;
  if (!text) return null;
  const named = updateStates[String(status)] ?? { zh: String(status ?? ''), en: String(status ?? '') };
  const reason: Words = deliveryFaults[fault as DeliveryFault] ?? { zh: '', en: '' };
  return fill(text, { number: String(number ?? ''), fault: reason, status: named });
}
