import { html } from 'ghtml';
import type { z } from 'zod';
import type { trackingView } from '../../domains/work/casefiles/tracking.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { optionWords } from '../ui/fields.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime, timeLeft } from '../ui/time.ts';
import { alikePanel, type PublicAlike } from './alike.ts';
import { type PortalFrame, portalPage, tongue } from './frame.ts';

/** Like a parcel: where it is, who has it, until when, what you can do. */
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

export const reporterActs = ['answer', 'object', 'contest', 'reply', 'join', 'conceal'] as const;
export type ReporterAct = (typeof reporterActs)[number];

export interface TrackedPage {
  readonly code: string;
  readonly tracking: Tracking;
  /** Made anew for each page, so that a tap sent twice counts once. */
  readonly commandIds: Readonly<Record<ReporterAct, string>>;
  /** What was done just now: sent in, joined with an earlier one, answered in one tap. */
  readonly just: 'sent' | ReporterAct | null;
  readonly alike: readonly PublicAlike[];
  readonly photos: readonly PhotoOutcome[];
  readonly fault: Fault | null;
}

type Say = (zh: string, en: string) => string;

export function trackPage(frame: PortalFrame, shown: TrackedPage): string {
  const { code, tracking, alike, commandIds, fault, photos } = shown;
  const just = stillJust(shown);
  const { language, zone } = frame;
  const t = tongue(frame);
  return portalPage(
    frame,
    { zh: '查进展', en: 'Track' },
    html`!${justDone(t, { ...shown, just })}
!${photos.map(({ index, refused }) => html`<div class="fault"><strong>${t(`第 ${index} 张照片没有保存`, `Photo ${index} was not saved`)}</strong><p>${refused}</p></div>`)}
!${faultBox(fault)}
!${alikePanel(code, commandIds.join, alike, { language, zone })}
<h1>${tracking.title[language]}</h1>
<p class="soft">${tracking.place} · <span class="code">${tracking.number}</span>!${tracking.mergedInto ? html` · ${t('与', 'goes on with ')}<span class="code">${tracking.mergedInto}</span>${t('一并办理', '')}` : ''}</p>
!${whereItIs(frame, tracking)}
!${just === 'answer' || just === 'object' ? '' : actsOf(t, shown)}
!${wayOf(t, tracking, language)}
<h2>${t('经过', 'What happened')}</h2>
!${tracking.messages.length === 0 ? html`<p class="soft">${t('刚刚收到，还没有新的消息。', 'Just received; nothing to tell yet.')}</p>` : ''}
<ul class="plain">!${[...tracking.messages]
      .reverse()
      .map(
        (message) =>
          html`<li><span class="soft small">${dayAndTime(message.toldAt, zone, language)}</span><br>${message.text[language]}!${message.words ? html`<br>“${message.words}”` : ''}</li>`,
      )}</ul>
!${releasedPart(t, shown)}
!${just === 'answer' || just === 'object' ? '' : replyForm(shown, t('补充情况', 'Add something'), t('补充', 'Add'))}`,
  );
}

/** What the address says was done just now, as long as the case agrees: a bookmark is opened again when it has moved on. */
function stillJust({ just, tracking }: TrackedPage): TrackedPage['just'] {
  const isEnded = tracking.status === 'closed' || tracking.status === 'evaluated';
  if (just === 'answer' && tracking.status !== 'evaluated') return null;
  if (just === 'object' && isEnded) return null;
  return just;
}

/** What the last tap did; after “is it solved?” words may follow, and need not. */
function justDone(t: Say, shown: TrackedPage): string {
  const { just, code } = shown;
  const good = (title: string, more: string): string =>
    html`<div class="good" role="status"><strong class="settled">${title}</strong> !${more}</div>`;
  const ask = (): string =>
    replyForm(shown, t('还想说什么？可以不写', 'Anything to add? You need not'), t('补充', 'Add'));
  switch (just) {
    case 'sent':
      return good(
        t('收到了。', 'Received.'),
        html`${t('请记下查询码，凭它随时看进展、补充和评价：', 'Keep this code: with it you can see how it goes, add to it and answer:')}<p class="big code">${code}</p>`,
      );
    case 'join':
      return good(
        t('记下了。', 'Noted.'),
        html`${t('并到前面那件一起办，进展照样告诉您；并错了可以补充说明，受理岗会分开。', 'It goes on with the earlier one and you hear of it. If that was wrong, add a line below and the desk takes them apart.')}`,
      );
    case 'answer':
      return html`!${good(t('谢谢您的评价。', 'Thank you for your answer.'), '')}!${ask()}`;
    case 'object':
      return html`!${good(t('记下了，重新办理。', 'Noted; it is taken up again.'), html`${t('下面是谁来办、什么时候办好。哪里还没好，写一句办得更准。', 'Below is who has it and until when. A line on what is still wrong helps.')}`)}!${ask()}`;
    case 'conceal':
      return good(
        t('已经收回。', 'Taken back.'),
        html`${t('别人看不到您说的话和照片了。', 'Nobody else sees your words and photos any more.')}`,
      );
    case 'reply':
      return good(t('补充好了。', 'Added.'), html`${t('办事的人能看到。', 'Those who handle it can read it.')}`);
    default:
      return '';
  }
}

function whereItIs(frame: PortalFrame, tracking: Tracking): string {
  const { language } = frame;
  const t = tongue(frame);
  const { status, statusWords, outcome, publicText, holder, unverified } = tracking;
  const ending = optionWords[outcome ?? '']?.[language];
  const title = status === 'declined' ? t('没有立案', 'Not taken on file') : stageOf(tracking)?.words[language];
  return html`<div class="panel where"><p class="state !${status === 'declined' ? 'late' : ''}">${title ?? statusWords[language]}!${ending ? html`：${ending}` : ''}</p>
!${publicText ? html`<p>${publicText}</p>` : ''}
!${holder ? holderLines(frame, holder) : ''}
!${unverified ? html`<p class="soft">${t('未核实：您这个网络刚才报得很多，这一件收下了，由受理岗另外查看。有危险请先打 110、119 或 120。', 'Unverified: your network sent many within a minute. This one is kept, and a desk looks at it apart. In danger call 110, 119 or 120 first.')}</p>` : ''}</div>`;
}

function holderLines(frame: PortalFrame, holder: NonNullable<Tracking['holder']>): string {
  const { language, zone, now } = frame;
  const t = tongue(frame);
  const { name, does, dueAt, state, late, near } = holder;
  const stands = t('暂停计时', 'the clock stands');
  const left =
    dueAt === null || state !== 'running'
      ? html`<span class="soft">${stands}</span>`
      : html`<strong class="${late ? 'late' : near ? 'near' : ''}">${timeLeft(dueAt, now, language)}</strong> <span class="soft">${dayAndTime(dueAt, zone, language)}</span>`;
  return html`<dl><dt>${t('现在在', 'It is with')}</dt><dd>${name[language]}</dd><dt>${t('正在做', 'To be done')}</dt><dd>${does[language]}</dd><dt>${t('期限', 'Until')}</dt><dd>!${left}</dd></dl>`;
}

const stageOf = ({ status }: Tracking) => way.find((stage) => stage.statuses.includes(status));

function wayOf(t: Say, tracking: Tracking, language: Language): string {
  const now = way.findIndex(({ statuses }) => statuses.includes(tracking.status));
  if (now < 0) return '';
  const again = tracking.round > 1 ? t(`（第 ${tracking.round} 轮）`, ` (round ${tracking.round})`) : '';
  return html`<ol class="way">!${way.map(({ words }, i) => html`<li class="${i < now ? 'past' : i === now ? 'now' : ''}" !${i === now ? 'aria-current="step"' : ''}>${words[language]}!${i === now ? html`<span class="soft">${again}</span>` : ''}</li>`)}</ol>`;
}

const allowed = (tracking: Tracking, command: string): boolean =>
  tracking.can.some((one) => one.command === command && one.allowed);

const sending = ({ code, commandIds }: TrackedPage, act: ReporterAct, body: string): string =>
  html`<form method="post" action="/track/${code}/${act}"><input type="hidden" name="commandId" value="${commandIds[act]}">!${body}</form>`;

/** One tap each; a link would be pressed by whoever looks ahead, a button is pressed by a person. */
function actsOf(t: Say, shown: TrackedPage): string {
  const { tracking } = shown;
  const not = allowed(tracking, 'object')
    ? sending(
        shown,
        'object',
        html`<button class="danger">${t('没有解决，重新办理', 'Not solved, take it up again')}</button>`,
      )
    : '';
  const contest = allowed(tracking, 'contest')
    ? sending(
        shown,
        'contest',
        html`<label for="contest-words">${t('不同意？请上级再看一次', 'You disagree? Let the desk above look again')}</label><textarea id="contest-words" name="words" required maxlength="2000"></textarea><p><button>${t('请复核', 'Look again')}</button></p>`,
      )
    : '';
  if (!allowed(tracking, 'answer')) {
    if (not === '') return contest;
    return html`!${tracking.answer === null ? '' : html`<p class="settled">${t('谢谢您的评价。', 'Thank you for your answer.')}</p>`}<details><summary>${t('又不行了？', 'Not solved after all?')}</summary>!${not}</details>!${contest}`;
  }
  const yes = sending(
    shown,
    'answer',
    html`<button class="primary" name="answer" value="satisfied">${t('解决了', 'Solved')}</button>
<p class="taps"><button name="answer" value="mostly_satisfied">${t('基本解决', 'Mostly solved')}</button><button name="answer" value="unsatisfied">${t('不满意', 'Not satisfied, leave it')}</button></p>`,
  );
  return html`<section class="asked" aria-labelledby="solved"><h2 id="solved">${t('解决了吗？', 'Is it solved?')}</h2><p class="soft">${t('按一下就算数。', 'One tap counts.')}</p>!${yes}!${not}</section>!${contest}`;
}

/** What a desk let everybody read of it, and the way to take it back. */
function releasedPart(t: Say, shown: TrackedPage): string {
  const { released } = shown.tracking;
  if (released === null) return '';
  const shots = released.photoIds.map(
    (id) => html`<img src="/api/public/photos/${id}/thumb" alt="${t('公开的照片', 'Released photo')}">`,
  );
  const back = allowed(shown.tracking, 'conceal')
    ? sending(shown, 'conceal', html`<button>${t('收回，不公开', 'Take it back')}</button>`)
    : '';
  return html`<h2>${t('公开给居民看的', 'What everybody can read of it')}</h2>!${released.words === null ? '' : html`<blockquote>${released.words}</blockquote>`}<p class="shots">!${shots}</p>!${back}`;
}

function replyForm(shown: TrackedPage, label: string, button: string): string {
  if (!allowed(shown.tracking, 'reply')) return '';
  return sending(
    shown,
    'reply',
    html`<label for="reply-words">${label}</label><textarea id="reply-words" name="words" required maxlength="2000"></textarea><p><button>${button}</button></p>`,
  );
}
