import { html } from 'ghtml';
import type { z } from 'zod';
import {
  type messageLine,
  type messageView,
  reasons,
  statuses,
} from '../../domains/community/channel/channel.model.ts';
import type { coveringView, toldView } from '../../domains/telling/notices/notice.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime, timeLeft } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** The channels of the areas one answers for: what residents wrote, and who has noted which notice. */
type Line = z.output<typeof messageLine>;
type Message = z.output<typeof messageView>;
type Notice = z.output<typeof coveringView>;

export interface ChannelList {
  readonly lines: readonly Line[];
  readonly show: 'waiting' | 'all';
  readonly notices: readonly Notice[];
  /** The notice whose readers are asked for. */
  readonly opened: { readonly id: string; readonly told: readonly z.output<typeof toldView>[] } | null;
}

const tongue =
  ({ language }: DeskFrame) =>
  (zh: string, en: string): string =>
    language === 'zh' ? zh : en;

export function channelListPage(frame: DeskFrame, shown: ChannelList): string {
  const t = tongue(frame);
  const { lines, show } = shown;
  const unseen = lines.filter(({ seenAt, status }) => seenAt === null && status === 'waiting').length;
  const tab = (to: ChannelList['show'], words: string): string =>
    html`<a href="/console/channel?show=${to}" !${to === show ? 'aria-current="page"' : ''}>${words}</a>`;
  return desk(
    frame,
    { zh: '频道', en: 'Channel' },
    html`<div id="live" data-about="area_message notice"><h1>${t('频道', 'Channel')} <span class="soft">${unseen > 0 ? t(`没看过 ${unseen}`, `${unseen} unread`) : ''}</span></h1>
<nav class="tabs" aria-label="${t('看哪些', 'Which to show')}">!${tab('waiting', t('等待答复的', 'Waiting'))}!${tab('all', t('全部', 'All'))}</nav>
!${lines.length === 0 ? html`<p class="soft">${t('没有留言。居民从网格页面、墙上的二维码都能留言，来了会出现在这里和您的待办里。', 'None. Residents write from the page of their grid or the code on its walls; it appears here and among your duties.')}</p>` : table(frame, lines)}
!${noticesOf(frame, shown)}</div>
<p id="live-says" role="status"></p>
!${heads(frame) ? html`<p><a href="/console/channel/robots">${t('群机器人：通知同时发到微信、钉钉群', 'Group robots: post notices to a chat group as well')}</a></p>` : ''}`,
    '/assets/live_list.js',
  );
}

/** A head may have the notices posted to a group as well. */
const heads = ({ me }: DeskFrame): boolean => me?.posts.some(({ role }) => role === 'community_head') ?? false;

function table(frame: DeskFrame, lines: readonly Line[]): string {
  const t = tongue(frame);
  return html`<table><thead><tr><th>${t('留言', 'Message')}</th><th>${t('看过', 'Read')}</th><th>${t('答复期限', 'Answer by')}</th></tr></thead><tbody>!${lines.map((line) => row(frame, line))}</tbody></table>`;
}

function row(frame: DeskFrame, line: Line): string {
  const { language, zone } = frame;
  const t = tongue(frame);
  const { id, words, place, sentAt, status, unverified, seenAt, seenBy, hasPhone } = line;
  const said = words === null ? t('（内容已按要求删除）', '(erased on request)') : shortened(words);
  const link = html`<a href="/console/channel/${id}">${said}</a>`;
  return html`<tr><td>!${seenAt === null ? html`<strong>!${link}</strong>` : link}<br><span class="soft small">${place} · ${dayAndTime(sentAt, zone, language)} · ${statuses[status][language]}!${hasPhone ? html` · ${t('留了电话', 'with phone')}` : ''}</span>!${unverified ? html` <span class="tag">${t('未核实', 'unverified')}</span>` : ''}</td>
<td>${seenAt === null ? t('没有', 'no') : seenBy}</td><td>!${clockWords(frame, line)}</td></tr>`;
}

const shortened = (words: string): string => (words.length > 80 ? `${words.slice(0, 80)}…` : words);

function clockWords({ language, zone, now }: DeskFrame, { clock, holder }: Line): string {
  if (!clock?.dueAt) return html`<span class="soft">—</span>`;
  const tone = clock.late ? 'late' : clock.near ? 'near' : '';
  return html`<span class="${tone}">${timeLeft(clock.dueAt, now, language)}</span><br><span class="soft small">${dayAndTime(clock.dueAt, zone, language)} · ${holder}</span>`;
}

/** Counts that open to names; without a post that issues notices there is nothing to count. */
function noticesOf(frame: DeskFrame, { notices, opened, show }: ChannelList): string {
  if (notices.length === 0) return '';
  const { language, zone } = frame;
  const t = tongue(frame);
  return html`<h2>${t('通知：谁看了', 'Notices: who has read them')}</h2>
<table><thead><tr><th>${t('通知', 'Notice')}</th><th class="number">${t('已看', 'Read')}</th></tr></thead><tbody>!${notices.map(
    (
      one,
    ) => html`<tr><td>${one.words}<br><span class="soft small">${one.areas.map(({ name }) => name).join('、')} · ${dayAndTime(one.fromAt, zone, language)}</span></td>
<td class="number"><a href="/console/channel?show=${show}&notice=${one.id}#told">${t(`${one.read} / ${one.told} 人`, `${one.read} of ${one.told}`)}</a></td></tr>!${opened?.id === one.id ? html`<tr id="told"><td colspan="2"><ul class="plain">!${opened.told.map(({ name, area, readAt }) => html`<li>${name} <span class="soft">${area}</span> !${readAt === null ? html`<span class="near">${t('没看', 'not read')}</span>` : html`<span class="settled">${t('已看', 'read')}</span> <span class="soft small">${dayAndTime(readAt, zone, language)}</span>`}</li>`)}</ul></td></tr>` : ''}`,
  )}</tbody></table>`;
}

export interface ShownMessage {
  readonly message: Message;
  readonly areas: readonly { readonly id: string; readonly name: string; readonly depth: number }[];
  readonly newId: () => string;
  readonly fault: Fault | null;
  readonly done: string | null;
  /** Read just now, with a reason that is recorded. */
  readonly phone: string | null;
  /** What was typed into the form that was refused. */
  readonly typed: Readonly<Record<string, string>>;
}

export function messagePage(frame: DeskFrame, shown: ShownMessage): string {
  const { language, zone } = frame;
  const t = tongue(frame);
  const { message, fault, done, phone } = shown;
  const name = message.can.find(({ command }) => command === done)?.words[language];
  const barred = message.can.filter(({ allowed, command }) => !allowed && command !== 'see');
  const seen = message.seenAt === null ? '' : t(`${message.seenBy} 先看的`, `first read by ${message.seenBy}`);
  return desk(
    frame,
    { zh: '居民留言', en: 'Message' },
    html`<p><a href="/console/channel">← ${t('频道', 'Channel')}</a></p>
<h1>${t('居民留言', 'Message')}</h1>
<p class="soft">${message.place} · ${dayAndTime(message.sentAt, zone, language)} · <strong>${statuses[message.status][language]}</strong>!${seen === '' ? '' : html` · ${seen}`}!${message.unverified ? html` <span class="tag">${t('未核实', 'unverified')}</span>` : ''}</p>
!${faultBox(fault)}
!${name ? html`<div class="good" role="status"><strong class="settled">${t('已办：', 'Done: ')}${name}</strong></div>` : ''}
!${phone === null ? '' : html`<div class="panel"><strong>${t('电话（这次查看已记录）', 'Phone (this reading is recorded)')}</strong> <a href="tel:${phone}">${phone}</a></div>`}
<div class="cols"><div>
!${message.words === null ? html`<p class="soft">${t('（内容已按要求删除）', '(erased on request)')}</p>` : html`<blockquote>${message.words}</blockquote>`}
!${message.casefile ? html`<p>${t('已转为报事：', 'Made a report: ')}<a href="/console/cases/${message.casefile.id}" class="code">${message.casefile.number}</a></p>` : ''}
!${message.reason ? html`<p>${t('理由：', 'Reason: ')}${message.reason[language]}</p>` : ''}
<h2>${t('告诉过留言人的', 'What the writer was told')}</h2>
!${message.told.length === 0 ? html`<p class="soft">${t('还没有。', 'Nothing yet.')}</p>` : html`<ul class="plain">!${message.told.map((one) => html`<li><span class="soft small">${dayAndTime(one.toldAt, zone, language)}</span> ${one.text[language]}!${one.words ? html` “${one.words}”` : ''}</li>`)}</ul>`}
</div><div>
<h2>${t('时限', 'Clock')}</h2><p>!${clockWords(frame, message)}</p>
<p class="soft small">${t('答复时限：', 'To be answered within: ')}${message.limit.words[language]}${message.limit.unsure ? t('（待定，请县里确认）', ' (unsure, for the county to settle)') : ''}</p>
<h2>${t('下一步', 'Next')}</h2>
!${acts(frame, shown)}
!${barred.length === 0 ? '' : html`<details><summary>${t(`现在不能办的 ${barred.length} 项和原因`, `${barred.length} steps not possible now, and why`)}</summary>!${barred.map((one) => html`<div class="barred"><strong>${one.words[language]}</strong><span class="soft">${one.reason?.[language] ?? ''}</span></div>`)}</details>`}
</div></div>`,
  );
}

/** The answer first: it is what is owed. */
function acts(frame: DeskFrame, shown: ShownMessage): string {
  const { message } = shown;
  const may = (command: string): boolean => message.can.some((one) => one.command === command && one.allowed);
  const isKept = message.words !== null;
  const forms = [
    ...(may('answer') && isKept ? [answerForm(frame, shown)] : []),
    ...(may('report') && isKept ? [reportForm(frame, shown)] : []),
    ...(may('set_aside') ? [asideForm(frame, shown)] : []),
    ...(may('read_contact') && message.hasPhone ? [phoneForm(frame, shown)] : []),
    ...(may('see') && message.seenAt === null ? [seenForm(frame, shown)] : []),
  ];
  const none = tongue(frame)('现在没有需要您办的。', 'There is nothing for you to do now.');
  return forms.length === 0 ? html`<p class="soft">${none}</p>` : forms.join('');
}

const formOf = ({ message, newId }: ShownMessage, command: string, body: string): string =>
  html`<form method="post" action="/console/channel/${message.id}/${command}"><input type="hidden" name="commandId" value="${newId()}">!${body}</form>`;

function answerForm(frame: DeskFrame, shown: ShownMessage): string {
  const t = tongue(frame);
  const { message, typed } = shown;
  const title = message.status === 'waiting' ? t('答复', 'Answer') : t('再答复一句', 'Add to the answer');
  return html`<details class="due" !${message.status === 'waiting' ? 'open' : ''}><summary>${title}</summary>!${formOf(
    shown,
    'answer',
    html`<label for="answer-words">${t('留言人会看到', 'The writer reads it')}</label><textarea id="answer-words" name="words" required maxlength="2000">${typed.command === 'answer' ? (typed.words ?? '') : ''}</textarea><p><button class="primary">${t('答复', 'Answer')}</button></p>`,
  )}</details>`;
}

/** Filled in from the message; the phone goes along by itself. */
function reportForm(frame: DeskFrame, shown: ShownMessage): string {
  const t = tongue(frame);
  const { message, areas, newId, typed } = shown;
  const was = typed.command === 'report' ? typed : {};
  const areaId = was.areaId ?? message.areaId;
  return html`<details !${was.command ? 'open' : ''}><summary>${t('转为报事', 'Make it a report')}</summary>!${formOf(
    shown,
    'report',
    html`<input type="hidden" name="casefileId" value="${was.casefileId ?? newId()}">
<label for="report-words">${t('报的事', 'What is reported')}</label><textarea id="report-words" name="words" required maxlength="4000">${was.words ?? message.words ?? ''}</textarea>
<label for="report-area">${t('属于哪里', 'Which area')}</label><select id="report-area" name="areaId">!${areas.map(({ id, name, depth }) => html`<option value="${id}" !${id === areaId ? 'selected' : ''}>${'　'.repeat(depth)}${name}</option>`)}</select>
<label for="report-place">${t('在哪里', 'Where')} <span class="soft">${t('例如：3 号楼下', 'for example: below building 3')}</span></label><input id="report-place" name="place" maxlength="200" value="${was.place ?? ''}">
<label class="pick"><input type="checkbox" name="urgent" value="true" !${was.urgent ? 'checked' : ''}>${t('紧急', 'urgent')}</label>
<label class="pick"><input type="checkbox" name="confidential" value="true" !${was.confidential ? 'checked' : ''}>${t('保密，只给指定的人看', 'confidential: for named people only')}</label>
<p class="soft small">${t('留言人的查询码以后看这件案卷；留了电话的一并带上。', 'The writer’s code will follow the case; a phone goes along.')}</p>
<p><button class="primary">${t('转为报事', 'Make it a report')}</button></p>`,
  )}</details>`;
}

function asideForm(frame: DeskFrame, shown: ShownMessage): string {
  const t = tongue(frame);
  const choices = Object.entries(reasons).map(
    ([value, words]) => html`<option value="${value}">${words[frame.language]}</option>`,
  );
  return html`<details><summary>${t('没有要办的事', 'Nothing to do')}</summary>!${formOf(
    shown,
    'set_aside',
    html`<label for="aside-reason">${t('理由（留言人会看到）', 'Reason (the writer reads it)')}</label><select id="aside-reason" name="reason" required>!${choices}</select>
<label for="aside-words">${t('还想说的', 'Anything to add')} <span class="soft">${t('可以不填', 'optional')}</span></label><textarea id="aside-words" name="words" maxlength="2000"></textarea><p><button>${t('没有要办的事', 'Nothing to do')}</button></p>`,
  )}</details>`;
}

function phoneForm(frame: DeskFrame, shown: ShownMessage): string {
  const t = tongue(frame);
  return html`<details><summary>${t('看电话', 'Read the phone')}</summary>!${formOf(
    shown,
    'read_contact',
    html`<label for="phone-reason">${t('为什么要看（会记录）', 'What for (recorded)')}</label><input id="phone-reason" name="reason" required maxlength="200"><p><button>${t('看电话', 'Read the phone')}</button></p>`,
  )}</details>`;
}

const seenForm = (frame: DeskFrame, shown: ShownMessage): string =>
  formOf(shown, 'see', html`<p><button>${tongue(frame)('看过了，先放着', 'Read; later')}</button></p>`);
