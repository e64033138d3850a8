import { html } from 'ghtml';
import type { z } from 'zod';
import {
  askers,
  documents,
  type RequestCommand,
  reasons,
  type requestView,
  tellings,
  type Wish,
  wishes,
} from '../../domains/community/requests/request.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime, dayIn } from '../ui/time.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { choose } from './hazard.words.ts';
import { type Say, sayIn } from './people.pages.ts';
import { finding, REQUESTS, requestsTitle, statusSaid } from './requests.pages.ts';
import { doneBox, HOME } from './residents.pages.ts';

/** One request: what is asked, the record it is about, what would go, the next step, and how it went. */
export type Request = z.output<typeof requestView>;

export interface RequestShown {
  readonly request: Request;
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly newId: () => string;
}

export function requestPage(frame: DeskFrame, shown: RequestShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { request, fault, done } = shown;
  const name = request.name ?? t('（姓名已删）', '(name erased)');
  const facts: readonly (readonly [string, string])[] = [
    [t('谁来的', 'Who came'), [askers[request.askedBy][language], request.asker ?? ''].filter(Boolean).join(' ')],
    [t('看的证件', 'Document'), request.document === null ? '—' : documents[request.document][language]],
    [t('登记', 'Written'), `${dayAndTime(request.writtenAt, zone, language)} ${request.writtenBy}`],
    ...(request.contact === null ? [] : [[t('答复送到', 'Answer goes to'), request.contact] as const]),
  ];
  return desk(
    frame,
    requestsTitle,
    html`<p class="noprint"><a href="${REQUESTS}">← ${requestsTitle[language]}</a></p><h1>${name} · ${wishes[request.wanted][language]}</h1>
<p>!${statusSaid(request.status, frame)} <span class="soft">${request.area}</span></p>!${doneBox(done)}!${faultBox(fault)}
<div class="cols"><div>
!${request.words === null ? html`<p class="soft">${t('（原话已删）', '(words erased)')}</p>` : html`<blockquote>${request.words}</blockquote>`}
<dl class="facts">!${facts.map(([head, value]) => html`<dt>${head}</dt><dd>${value}</dd>`)}<dt>${t('台账', 'Record')}</dt><dd>!${recordSaid(request, t)}</dd></dl>
!${correctionsPart(frame, request)}!${erasurePart(frame, request)}!${refusalPart(frame, request)}
<h2>${t('经过', 'How it went')}</h2>
<ol class="plain">!${request.story.map(({ at, step, by, words }) => html`<li><span class="soft small">${dayAndTime(at, zone, language)} · ${by}</span><br><strong>${step[language]}</strong>!${words === null ? '' : html` ${words}`}</li>`)}</ol>
</div><div class="noprint">
<h2>${t('时限', 'Clock')}</h2>!${clockPart(frame, request)}
<h2>${t('下一步', 'Next')}</h2>!${acts(frame, shown)}
</div></div>`,
  );
}

function recordSaid({ record, isErased }: Request, t: Say): string {
  if (record !== null)
    return html`<a href="${HOME}/${record.id}">${record.name}</a> <span class="soft">${record.area}</span>`;
  return isErased
    ? html`<span class="settled">● ${t('已经删除', 'erased')}</span>`
    : t('还没有指明，或不在您负责的地方', 'not named yet, or not in your areas');
}

function clockPart(frame: DeskFrame, { clock, owner, limit }: Request): string {
  const t = sayIn(frame.language);
  if (clock === null) return html`<p class="soft">${t('已办结，没有在等的事。', 'Closed; nothing is waited for.')}</p>`;
  const unsure = limit.unsure ? t('，待县里核定', ', for the county to settle') : '';
  return html`<p>${t(`等${owner}`, `Waits for ${owner}`)}<br>!${clockWords(clock, frame)}<br><span class="soft small">${t('一共', 'in all ')} ${limit.words[frame.language]}${unsure}</span></p>`;
}

function correctionsPart(frame: DeskFrame, { wanted, record, corrections, status }: Request): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  if (wanted !== 'correct' || record === null) return '';
  const line = ({ at, by, fields }: Request['corrections'][number]): string =>
    html`<li><span class="soft small">${dayAndTime(at, zone, language)} · ${by}</span>!${fields.map(({ name, was, is }) => html`<br><strong>${name[language]}</strong> ${was === '' ? t('（空）', '(empty)') : was} → ${is === '' ? t('（空）', '(empty)') : is}`)}</li>`;
  const none = html`<p class="soft">${t('登记请求以后还没有改过。', 'Nothing was put right since they asked.')} !${status === 'open' ? html`<a href="${HOME}/${record.id}">${t('打开台账里的这一条去改', 'Open the record')}</a>` : ''}</p>`;
  return html`<h2>${t('请求以后改了什么', 'What was put right since')}</h2>!${corrections.length === 0 ? none : html`<ul class="plain">!${corrections.map(line)}</ul>`}`;
}

/** Said before anybody confirms: what goes, in numbers, and what stays and why. */
function erasurePart({ language }: DeskFrame, { erasure }: Request): string {
  const t = sayIn(language);
  if (erasure === null) return '';
  return html`<div class="panel"><h2>${t('删除以后，这些没有了，不能恢复', 'These go and cannot be brought back')}</h2><ul class="plain">!${erasure.goes.map((one) => html`<li>▲ ${one[language]}</li>`)}</ul>
<h2>${t('这些留下，为什么', 'These stay, and why')}</h2><ul class="plain">!${erasure.stays.map((one) => html`<li>${one[language]}<br><span class="soft small">${one.why[language]}</span></li>`)}</ul></div>`;
}

/** What is printed for them: why not, and where to complain. */
function refusalPart(frame: DeskFrame, { reason, status, closedAt, story, name, area }: Request): string {
  const t = sayIn(frame.language);
  if (status !== 'refused' || reason === null) return '';
  const words = story.at(-1)?.words ?? '';
  return html`<div class="panel"><h2>${t('告知书', 'Notice')}</h2><p>${name ?? ''}${t('：', ':')}</p><p>${t(`您的请求没有办理，理由：${reason.zh}。`, `Your request was refused: ${reason.en}.`)}${words}</p><p>${t('您不同意的，可以向履行个人信息保护职责的部门投诉、举报（《个人信息保护法》第65条），也可以依法向人民法院提起诉讼（第50条）。', 'You may complain to the departments that protect personal information (PIPL art. 65), or go to court (art. 50).')}</p><p class="soft">${[area, closedAt === null ? '' : dayIn(closedAt, frame.zone)].join(' · ')}</p></div>`;
}

const primary: ReadonlySet<RequestCommand> = new Set([
  'show',
  'hand_over',
  'corrected',
  'propose',
  'confirm',
  'answer',
  'nothing_kept',
]);
const order: readonly RequestCommand[] = [
  ...(['show', 'hand_over', 'corrected', 'propose', 'confirm', 'answer', 'nothing_kept', 'send_back'] as const),
  ...(['refuse', 'withdraw'] as const),
];
/** Steps of other wishes are nobody's next. */
const only: Partial<Record<RequestCommand, readonly Wish[]>> = {
  ...{ show: ['see', 'copy'], hand_over: ['see', 'copy'], corrected: ['correct'] },
  ...{ propose: ['delete'], confirm: ['delete'], send_back: ['delete'] },
};

function acts(frame: DeskFrame, shown: RequestShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const { can, wanted, status } = shown.request;
  const ours = can.filter(({ command }) => only[command]?.includes(wanted) ?? true);
  const allowed = order.filter((command) => ours.some((one) => one.command === command && one.allowed));
  const isClosed = ['answered', 'refused', 'withdrawn'].includes(status);
  const not = isClosed ? [] : ours.filter((one) => !one.allowed && one.command !== 'name_record');
  const barred =
    not.length === 0
      ? ''
      : html`<details><summary>${t(`现在不能办的 ${not.length} 项和原因`, `${not.length} steps not possible now, and why`)}</summary>!${not.map((one) => html`<div class="barred"><strong>${one.words[language]}</strong><span class="soft">${one.reason?.[language] ?? ''}</span></div>`)}</details>`;
  const none = html`<p class="soft">${t('现在没有需要您办的。', 'There is nothing for you to do now.')}</p>`;
  return html`!${allowed.length === 0 ? none : allowed.map((one) => actForm(frame, shown, one))}!${naming(t, shown.request)}!${barred}`;
}

/** Found later, or another one than was meant at first. */
function naming(t: Say, { id, can, record }: Request): string {
  if (!can.some(({ command, allowed }) => command === 'name_record' && allowed)) return '';
  const name =
    record === null ? t('在台账里找这个人', 'Find them in the ledger') : t('指错了，换一条', 'It is another record');
  return html`<details class="!${record === null ? 'due' : ''}" !${record === null ? 'open' : ''}><summary>${name}</summary>!${finding(t, id)}</details>`;
}

function actForm({ language }: DeskFrame, shown: RequestShown, command: RequestCommand): string {
  const t = sayIn(language);
  const { request, typed, newId } = shown;
  const was = typed.command === command ? typed : {};
  const name = request.can.find((one) => one.command === command)?.words[language] ?? command;
  const isDue = primary.has(command);
  const tone = command === 'confirm' ? 'danger' : isDue ? 'primary' : '';
  const asCopy =
    command === 'show'
      ? html` <button name="as" value="xlsx">${t('打开并存成表格', 'Open as a workbook')}</button>`
      : '';
  return html`<details class="!${isDue ? 'due' : ''}" !${isDue || was.command ? 'open' : ''}><summary>${name}</summary><form method="post" action="${REQUESTS}/${request.id}/${command}"><input type="hidden" name="commandId" value="${newId()}">!${fieldsOf(t, command, was)}<p><button class="${tone}">${name}</button>!${asCopy}</p></form></details>`;
}

const hints: Partial<Record<RequestCommand, readonly [string, string]>> = {
  show: [
    '显示登记的全部内容，号码不遮；您打开过会记下来。给本人看，或者打印、存成表格交给本人。',
    'Shows everything, numbers in full; that you opened it is noted. Show it, or print it for them.',
  ],
  corrected: ['先在台账里改好，再点这里。', 'Put it right in the ledger first.'],
  propose: ['提出以后要另一个人确认，才会删除。', 'Somebody else has to confirm before anything goes.'],
  confirm: ['确认以后马上删除，不能恢复。', 'It goes at once and cannot be brought back.'],
};
const asks: Partial<Record<RequestCommand, readonly [string, string]>> = {
  hand_over: ['交了什么（可以空着）', 'What was handed over, if worth saying'],
  corrected: ['说明（可以空着）', 'Words, if worth saying'],
  propose: ['核对了什么（可以空着）', 'What was looked into, if worth saying'],
  nothing_kept: ['说明（可以空着）', 'Words, if worth saying'],
  send_back: ['为什么不能删', 'Why it cannot go'],
  answer: ['怎么答复的', 'What they were told'],
  refuse: ['理由写具体，告知本人用', 'The reason in full, as they are told'],
  withdraw: ['本人怎么说的', 'What they said'],
};
const needsWords: ReadonlySet<RequestCommand> = new Set(['send_back', 'answer', 'refuse', 'withdraw']);
const tells: ReadonlySet<RequestCommand> = new Set(['hand_over', 'answer', 'nothing_kept', 'refuse']);

function fieldsOf(t: Say, command: RequestCommand, was: Readonly<Record<string, string>>): string {
  const hint = hints[command];
  const ask = asks[command];
  const choice = (name: string, label: string, of: Parameters<typeof choose>[1]['of']): string =>
    choose(t, { name, id: `${command}-${name}`, label, of, chosen: was[name] ?? '' });
  return html`!${hint === undefined ? '' : html`<p class="soft">${t(...hint)}</p>`}!${command === 'refuse' ? choice('reason', t('理由', 'Reason'), reasons) : ''}!${tells.has(command) ? choice('told', t('怎么告知的', 'How they were told'), tellings) : ''}!${ask === undefined ? '' : html`<label for="${command}-words">${t(...ask)}</label><textarea id="${command}-words" name="words" rows="2" maxlength="1000"!${needsWords.has(command) ? ' required minlength="2"' : ''}>${was.words ?? ''}</textarea>`}`;
}
