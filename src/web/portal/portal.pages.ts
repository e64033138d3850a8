import { html } from 'ghtml';
import type { z } from 'zod';
import type { trackingView } from '../../domains/work/casefiles/tracking.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { type Fault, faultBox, page } from '../ui/page.ts';
import { dayAndTime, timeLeft } from '../ui/time.ts';
import { alikePanel, type PublicAlike } from './alike.ts';

/** The public pages: one column, plain words, no script needed. */
export interface PortalFrame {
  readonly county: string;
  readonly language: Language;
  readonly zone: string;
  readonly now: Date;
}

const links = [
  { href: '/', words: { zh: '我要报事', en: 'Report' } },
  { href: '/track', words: { zh: '查进展', en: 'Track' } },
  { href: '/notices', words: { zh: '通知', en: 'Notices' } },
];

export interface ReportDraft {
  readonly commandId: string;
  readonly casefileId: string;
  readonly reportId: string;
  readonly words: string;
  readonly place: string;
  readonly areaId: string;
  readonly lon: string;
  readonly lat: string;
  readonly accuracyM: string;
  readonly phone: string;
}

export interface AreaChoice {
  readonly id: string;
  readonly name: string;
  readonly depth: number;
}

export function reportPage(
  frame: PortalFrame,
  draft: ReportDraft,
  areas: readonly AreaChoice[],
  fault: Fault | null,
): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  return page(
    { ...frame, title: { zh: '我要报事', en: 'Report a matter' }, links, script: '/assets/portal.js' },
    html`<h1>${t('我要报事', 'Report a matter')}</h1>
<p>${t('看到问题说一次就行。我们会告诉您谁来办、什么时候办好，办完请您来说解决没有。', 'Say it once. We tell you who handles it and by when, and ask you whether it is solved.')}</p>
!${faultBox(fault)}
<form method="post" action="/" enctype="multipart/form-data">
<input type="hidden" name="commandId" value="${draft.commandId}">
<input type="hidden" name="casefileId" value="${draft.casefileId}">
<input type="hidden" name="reportId" value="${draft.reportId}">
<label for="words">${t('发生了什么？', 'What is the matter?')}</label>
<textarea id="words" name="words" required maxlength="4000">${draft.words}</textarea>
<label for="place">${t('在哪里？', 'Where?')} <span class="soft">${t('例如：二运巷口、3 号楼下', 'for example: at the gate, below building 3')}</span></label>
<input id="place" name="place" maxlength="200" value="${draft.place}">
<div id="locate" hidden><p><button type="button" id="locate-button">${t('用我现在的位置', 'Use where I am now')}</button> <span id="locate-said" role="status" class="soft"></span></p></div>
<input type="hidden" id="lon" name="lon" value="${draft.lon}">
<input type="hidden" id="lat" name="lat" value="${draft.lat}">
<input type="hidden" id="accuracyM" name="accuracyM" value="${draft.accuracyM}">
<label for="areaId">${t('属于哪个社区（村）、网格？', 'Which community or grid?')} <span class="soft">${t('不知道可以不选', 'leave it if you do not know')}</span></label>
<select id="areaId" name="areaId"><option value="">${t('不知道', 'I do not know')}</option>!${areas.map(
      ({ id, name, depth }) =>
        html`<option value="${id}" !${id === draft.areaId ? 'selected' : ''}>${'　'.repeat(depth)}${name}</option>`,
    )}</select>
<label for="photos">${t('照片', 'Photos')} <span class="soft">${t('可以不传，最多 6 张', 'optional, up to 6')}</span></label>
<input id="photos" name="photos" type="file" accept="image/jpeg,image/png,image/webp" multiple>
<label for="phone">${t('电话', 'Phone')} <span class="soft">${t('可以不留；只有办事的人联系您时才能看', 'optional; only those who handle it may read it, and that is recorded')}</span></label>
<input id="phone" name="phone" inputmode="tel" autocomplete="tel" maxlength="20" value="${draft.phone}">
<label class="pick"><input type="checkbox" name="urgent" value="true">${t('有人身危险或影响很多人，很急', 'Somebody is in danger or many are affected: urgent')}</label>
<div id="offline" class="fault" role="alert" hidden><strong>${t('现在没有网络，还没有提交', 'There is no network, nothing was sent')}</strong><p>${t('写好的内容还在本页，请不要关闭。有网络后再按“提交”，不会重复。', 'What you wrote is still on this page; do not close it. Press Send again when there is a network; it will not be sent twice.')}</p></div>
<p><button class="primary">${t('提交', 'Send')}</button></p>
</form>
<p class="soft small">${t('有生命危险请先打 110、119 或 120。', 'In danger of life call 110, 119 or 120 first.')}</p>`,
  );
}

export function askCodePage(frame: PortalFrame, typed: string, fault: Fault | null): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  return page(
    { ...frame, title: { zh: '查进展', en: 'Track' }, links },
    html`<h1>${t('查进展', 'Track')}</h1>
!${faultBox(fault)}
<form method="get" action="/track">
<label for="code">${t('查询码', 'Tracking code')} <span class="soft">${t('12 位，提交后给您的', '12 characters, given to you when you reported')}</span></label>
<input id="code" name="code" required maxlength="20" autocomplete="off" autocapitalize="characters" class="code" value="${typed}">
<p><button class="primary">${t('查询', 'Look')}</button></p>
</form>`,
  );
}

type Tracking = z.output<typeof trackingView>;

/** What the reporter sees as the way of the matter; several inner steps are one of these. */
const way: readonly { readonly words: Words; readonly statuses: readonly Tracking['status'][] }[] = [
  { words: { zh: '已收到', en: 'Received' }, statuses: ['reported'] },
  { words: { zh: '已立案', en: 'On file' }, statuses: ['registered'] },
  { words: { zh: '办理中', en: 'Being handled' }, statuses: ['dispatched', 'handling'] },
  { words: { zh: '核查', en: 'Being checked' }, statuses: ['handled', 'verified'] },
  { words: { zh: '结案，请您评价', en: 'Closed, we ask you' }, statuses: ['closed'] },
  { words: { zh: '办结', en: 'Done' }, statuses: ['evaluated'] },
];

export interface PhotoOutcome {
  /** Which of the photos that were sent, counted from 1. */
  readonly index: number;
  readonly refused: string;
}

export interface TrackedPage {
  readonly code: string;
  readonly tracking: Tracking;
  /** Made anew for each page, so that a tap sent twice counts once. */
  readonly commandIds: Readonly<Record<'answer' | 'object' | 'contest' | 'reply' | 'join', string>>;
  readonly justSent: boolean;
  /** Said just now that it is the same as an earlier one. */
  readonly justJoined: boolean;
  readonly alike: readonly PublicAlike[];
  readonly photos: readonly PhotoOutcome[];
  readonly fault: Fault | null;
}

export function trackPage(frame: PortalFrame, shown: TrackedPage): string {
  const { code, tracking, justSent, justJoined, alike, commandIds, fault, photos } = shown;
  const { language, zone, now } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { handling } = tracking;
  return page(
    { ...frame, title: { zh: '查进展', en: 'Track' }, links },
    html`!${justSent ? html`<div class="good" role="status"><strong class="settled">${t('收到了。', 'Received.')}</strong> ${t('请记下查询码，凭它随时看进展、补充和评价：', 'Keep this code: with it you can see how it goes, add to it and answer:')}<p class="big code">${code}</p></div>` : ''}
!${photos.map(({ index, refused }) => html`<div class="fault"><strong>${t(`第 ${index} 张照片没有保存`, `Photo ${index} was not saved`)}</strong><p>${refused}</p></div>`)}
!${faultBox(fault)}
!${justJoined ? html`<div class="good" role="status"><strong class="settled">${t('记下了。', 'Noted.')}</strong> ${t('并到前面那件一起办，进展照样告诉您；并错了可以补充说明，受理岗会分开。', 'It goes on with the earlier one and you hear of it. If that was wrong, add a line below and the desk takes them apart.')}</div>` : ''}
!${alikePanel(code, commandIds.join, alike, { language, zone })}
<h1>${tracking.title[language]}</h1>
<p class="soft">${tracking.place} · <span class="code">${tracking.number}</span>!${tracking.mergedInto ? html` · ${t('与', 'goes on with ')}<span class="code">${tracking.mergedInto}</span>${t('一并办理', '')}` : ''}</p>
<div class="panel">!${wayOf(tracking, language)}
!${tracking.with && handling ? html`<p>${t('承办', 'With')}:<strong>${tracking.with}</strong>!${handling.dueAt && handling.state === 'running' ? html` · <span class="${handling.late ? 'late' : handling.near ? 'near' : ''}">${timeLeft(handling.dueAt, now, language)}</span> <span class="soft">(${dayAndTime(handling.dueAt, zone, language)})</span>` : ''}</p>` : ''}
!${tracking.publicText ? html`<p>${tracking.publicText}</p>` : ''}</div>
!${actsOf(shown, language)}
<h2>${t('经过', 'What happened')}</h2>
!${tracking.messages.length === 0 ? html`<p class="soft">${t('刚刚收到，还没有新的消息。', 'Just received; nothing to tell yet.')}</p>` : ''}
<ul class="plain">!${[...tracking.messages]
      .reverse()
      .map(
        (message) =>
          html`<li><span class="soft small">${dayAndTime(message.toldAt, zone, language)}</span><br>${message.text[language]}!${message.words ? html`<br>“${message.words}”` : ''}</li>`,
      )}</ul>
!${replyForm(shown, language)}`,
  );
}

function wayOf({ status, round }: Tracking, language: Language): string {
  if (status === 'declined') return html`<p class="late">${language === 'zh' ? '没有立案' : 'Not taken on file'}</p>`;
  const now = way.findIndex((stage) => stage.statuses.includes(status));
  return html`<ol class="way">!${way.map(({ words }, i) => html`<li class="${i < now ? 'past' : i === now ? 'now' : ''}" !${i === now ? 'aria-current="step"' : ''}>${words[language]}!${i === now && round > 1 ? html` <span class="soft">(${language === 'zh' ? `第 ${round} 轮` : `round ${round}`})</span>` : ''}</li>`)}</ol>`;
}

const allowed = (tracking: Tracking, command: string): boolean =>
  tracking.can.some((one) => one.command === command && one.allowed);

function actsOf({ code, tracking, commandIds }: TrackedPage, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const post = (command: 'answer' | 'object' | 'contest', body: string): string =>
    html`<form method="post" action="/track/${code}/${command}"><input type="hidden" name="commandId" value="${commandIds[command]}">!${body}</form>`;
  const answer = allowed(tracking, 'answer')
    ? html`<h2>${t('解决了吗？', 'Is it solved?')}</h2>!${post(
        'answer',
        html`<p><button class="primary" name="answer" value="satisfied">${t('解决了，满意', 'Solved, satisfied')}</button></p>
<p><button name="answer" value="mostly_satisfied">${t('基本解决', 'Mostly solved')}</button> <button name="answer" value="unsatisfied">${t('不满意，就到这里', 'Not satisfied, leave it')}</button></p>`,
      )}`
    : '';
  const object = allowed(tracking, 'object')
    ? post(
        'object',
        html`<label for="object-words">${t('没有解决，请重新办理', 'It is not solved, take it up again')}</label><textarea id="object-words" name="words" required maxlength="2000" placeholder="${t('哪里还没好？', 'What is still wrong?')}"></textarea><p><button class="danger">${t('没有解决', 'It is not solved')}</button></p>`,
      )
    : '';
  const contest = allowed(tracking, 'contest')
    ? post(
        'contest',
        html`<label for="contest-words">${t('不同意，请上级再看一次', 'I disagree, let the desk above look again')}</label><textarea id="contest-words" name="words" required maxlength="2000"></textarea><p><button>${t('请复核', 'Look again')}</button></p>`,
      )
    : '';
  if (tracking.answer === null || object === '') return html`!${answer}!${object}!${contest}`;
  return html`<div class="good"><strong class="settled">${t('谢谢您的评价。', 'Thank you for your answer.')}</strong></div><details><summary>${t('又不行了？请重新办理', 'Not solved after all? Take it up again')}</summary>!${object}</details>!${contest}`;
}

function replyForm({ code, tracking, commandIds }: TrackedPage, language: Language): string {
  if (!allowed(tracking, 'reply')) return '';
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return html`<form method="post" action="/track/${code}/reply"><input type="hidden" name="commandId" value="${commandIds.reply}">
<label for="reply-words">${t('补充情况', 'Add something')}</label><textarea id="reply-words" name="words" required maxlength="2000"></textarea>
<p><button>${t('补充', 'Add')}</button></p></form>`;
}

export interface NoticeLine {
  readonly words: string;
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly areas: readonly { readonly name: string }[];
}

export function noticesPage(frame: PortalFrame, notices: readonly NoticeLine[]): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return page(
    { ...frame, title: { zh: '通知', en: 'Notices' }, links },
    html`<h1>${t('通知', 'Notices')}</h1>
!${notices.length === 0 ? html`<p class="soft">${t('现在没有生效的通知。', 'No notice is in force.')}</p>` : ''}
!${notices.map(
      (notice) =>
        html`<div class="panel"><p>${notice.words}</p><p class="soft small">${notice.areas.map((area) => area.name).join('、')} · ${dayAndTime(notice.fromAt, zone, language)} – ${dayAndTime(notice.untilAt, zone, language)}</p></div>`,
    )}`,
  );
}
