import { html } from 'ghtml';
import type { z } from 'zod';
import type { writerView } from '../../domains/community/channel/channel.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime, timeLeft } from '../ui/time.ts';
import { type PortalFrame, portalPage, tongue } from './frame.ts';
import type { PublicArea } from './grid.pages.ts';
import { type NoticeLine, noticeList } from './notices.pages.ts';

/** The channel of a grid or community: what is told there, what was solved, and a word to whoever answers for it. */
export interface ChannelPage {
  readonly told: PublicArea;
  readonly notices: readonly NoticeLine[];
  readonly earlier: readonly (NoticeLine & { readonly withdrawnAt: Date | null })[];
  readonly draft: MessageDraft;
  readonly fault: Fault | null;
}

export interface MessageDraft {
  readonly commandId: string;
  readonly id: string;
  readonly words: string;
  readonly phone: string;
}

export function channelPage(frame: PortalFrame, shown: ChannelPage): string {
  const t = tongue(frame);
  const { told, notices, earlier, fault } = shown;
  const { area, above } = told;
  return portalPage(
    frame,
    { zh: `${area.name} · 频道`, en: `${area.name} · Channel` },
    html`<p class="trail">!${above
      .slice(-2)
      .map(({ code, name }) => html`<a href="/grids/${code}">${name}</a>`)
      .join(' › ')} › <a href="/grids/${area.code}">${area.name}</a></p>
<h1>${t(`${area.name}频道`, `Channel of ${area.name}`)}</h1>
!${faultBox(fault)}
<h2>${t('正在生效的通知', 'Notices in force')}</h2>
!${notices.length === 0 ? html`<p class="soft">${t('现在没有。', 'None.')}</p>` : noticeList(frame, notices)}
!${writeForm(frame, shown)}
!${solved(frame, told)}
!${earlier.length === 0 ? '' : html`<h2>${t('以前的通知', 'Earlier notices')}</h2><ul class="plain">!${earlier.map((one) => earlierNotice(frame, one))}</ul>`}`,
  );
}

function writeForm(frame: PortalFrame, { told, draft }: ChannelPage): string {
  const t = tongue(frame);
  const { area, posts } = told;
  const who = posts[0];
  return html`<h2 id="write">${t('给这里的人留言', 'Write to the people here')}</h2>
<p class="soft">${who ? t(`${who.place}${who.role.zh}收。`, `It goes to the ${who.role.en} of ${who.place}. `) : ''}${t('不公开，只有管这里的人看得到。要马上处理的、有照片的，请用', 'Not public. What must be handled now, or has photos: ')}<a href="/g/${area.code}">${t('我要报事', 'report it')}</a>。</p>
<form method="post" action="/g/${area.code}/channel">
<input type="hidden" name="commandId" value="${draft.commandId}">
<input type="hidden" name="id" value="${draft.id}">
<label for="words">${t('想说什么？', 'What would you like to say?')}</label>
<textarea id="words" name="words" required maxlength="2000">${draft.words}</textarea>
<label for="phone">${t('电话', 'Phone')} <span class="soft">${t('可以不留；谁看了会记下来', 'optional; who reads it is recorded')}</span></label>
<input id="phone" name="phone" inputmode="tel" autocomplete="tel" maxlength="20" value="${draft.phone}">
<p><button class="primary">${t('发送留言', 'Send')}</button></p>
</form>`;
}

/** Of what is public already, the last few. */
function solved(frame: PortalFrame, { cases, area, counts }: PublicArea): string {
  const { language, zone } = frame;
  const t = tongue(frame);
  const last = cases.slice(0, 5);
  const title = html`<h2>${t('最近办结的', 'Solved lately')}</h2>`;
  if (last.length === 0)
    return html`!${title}<p class="soft">${t('近 90 天没有办结的事。', 'Nothing was closed in 90 days.')}</p>`;
  return html`!${title}<ul class="plain">!${last.map(
    (one) =>
      html`<li><strong>${one.type[language]}</strong> <span class="soft">${one.place}</span><br>${one.outcome?.[language] ?? ''}!${one.publicText ? html`：${one.publicText}` : ''} <span class="soft small">${dayAndTime(one.updatedAt, zone, language)}</span></li>`,
  )}</ul>
<p><a href="/grids/${area.code}?status=closed">${t(`近 90 天办结的 ${counts.closed} 件`, `All ${counts.closed} of 90 days`)}</a></p>`;
}

function earlierNotice(frame: PortalFrame, { words, fromAt, withdrawnAt }: ChannelPage['earlier'][number]): string {
  const { language, zone } = frame;
  const t = tongue(frame);
  const end = withdrawnAt === null ? t('已结束', 'over') : t('已撤下', 'withdrawn');
  return html`<li>${words}<br><span class="soft small">${dayAndTime(fromAt, zone, language)} · ${end}</span></li>`;
}

type Written = z.output<typeof writerView>;

/** By the writer's code, until it becomes a case: whose turn it is, and what they answer. */
export function writtenPage(
  frame: PortalFrame,
  { code, written, isNew }: { readonly code: string; readonly written: Written; readonly isNew: boolean },
): string {
  const { language, zone } = frame;
  const t = tongue(frame);
  const { place, statusWords, unverified, holder, told, words, sentAt } = written;
  return portalPage(
    frame,
    { zh: '查答复', en: 'Your message' },
    html`!${isNew ? html`<div class="good" role="status"><strong class="settled">${t('收到了。', 'Received.')}</strong> ${t('请记下查询码，凭它看答复：', 'Keep this code; with it you read the answer:')}<p class="big code">${code}</p></div>` : ''}
<h1>${t('我的留言', 'My message')}</h1>
<p class="soft">${place} · ${dayAndTime(sentAt, zone, language)} · <span class="code">${code}</span></p>
<div class="panel where"><p class="state">${statusWords[language]}</p>
!${holder ? holderLines(frame, holder) : ''}
!${unverified ? html`<p class="soft">${t('未核实：您这个网络刚才发得很多，这一条收下了，另外查看。有危险请先打 110、119 或 120。', 'Unverified: your network sent many within a minute. This one is kept and looked at apart. In danger call 110, 119 or 120 first.')}</p>` : ''}</div>
<h2>${t('答复', 'Answers')}</h2>
!${told.length === 0 ? html`<p class="soft">${t('还没有答复。', 'No answer yet.')}</p>` : ''}
<ul class="plain">!${told.map((one) => html`<li><span class="soft small">${dayAndTime(one.toldAt, zone, language)}</span><br>${one.text[language]}!${one.words ? html`<br>“${one.words}”` : ''}</li>`)}</ul>
<h2>${t('您写的', 'What you wrote')}</h2>
!${words === null ? html`<p class="soft">${t('已按您的要求删除。', 'Erased on your request.')}</p>` : html`<blockquote>${words}</blockquote>`}`,
  );
}

function holderLines(frame: PortalFrame, { name, clock }: NonNullable<Written['holder']>): string {
  const { language, zone, now } = frame;
  const t = tongue(frame);
  const { dueAt, late, near } = clock;
  const left =
    dueAt === null
      ? html`<span class="soft">—</span>`
      : html`<strong class="${late ? 'late' : near ? 'near' : ''}">${timeLeft(dueAt, now, language)}</strong> <span class="soft">${dayAndTime(dueAt, zone, language)}</span>`;
  return html`<dl><dt>${t('现在在', 'It is with')}</dt><dd>${name[language]}</dd><dt>${t('期限', 'Until')}</dt><dd>!${left}</dd></dl>`;
}
