import { html } from 'ghtml';
import type { z } from 'zod';
import { statuses } from '../../domains/work/casefiles/casefile.model.ts';
import { newsWords } from '../../domains/work/casefiles/heard.model.ts';
import type { casefileLine, casefileView } from '../../domains/work/casefiles/page.model.ts';
import type { alikeView } from '../../domains/work/duplicates/alike.model.ts';
import { recordPage, recordWords } from '../../domains/work/obligations/record.model.ts';
import { daysLate } from '../../domains/work/photos/late.model.ts';
import type { PreviewView } from '../../domains/work/photos/preview.model.ts';
import { type Stage, stages } from '../../domains/work/photos/stage.model.ts';
import type { voiceView } from '../../domains/work/photos/voice.model.ts';
import type { suggestionsView } from '../../domains/work/suggestions/suggestion.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { firstOf, MOST } from '../ui/first.ts';
import { type Fault, faultBox, page } from '../ui/page.ts';
import { dayAndTime, timeLeft } from '../ui/time.ts';
import { flagWords, movedText, settledBy } from './case.words.ts';
import { type Choices, commandForm } from './command.forms.ts';
import { linkAt, linksOf } from './links.ts';
import { suggestionsPanel } from './suggestions.ts';

/** The bare desk: what waits for me, a case with its story, and buttons that come from what I may do. */
export interface DeskFrame {
  readonly county: string;
  readonly language: Language;
  readonly zone: string;
  readonly now: Date;
  readonly me: {
    readonly name: string;
    readonly posts: readonly { readonly role: string; readonly roleWords: Words; readonly place: string }[];
  } | null;
  /** How many hand-overs wait for the viewer to confirm them. */
  readonly handovers?: number;
  /** The address of the page, without what is asked of it. */
  readonly here?: string;
  /** The viewer asked for the pages that work without script. */
  readonly isPlain?: boolean;
}

/** What lies under areas and cases on the map. */
export interface DeskMap {
  readonly kind: 'file' | 'tiles';
  readonly url: string;
  readonly credit: string;
}

const say = (language: Language, zh: string, en: string): string => (language === 'zh' ? zh : en);

/** One menu on every page of the desk, whoever draws it. `script`: for what a page does besides; it works without. */
export function desk(frame: DeskFrame, title: Words, body: string, script?: string): string {
  const links = linksOf(frame).filter(({ app }) => !(app && frame.isPlain));
  const here = linkAt(links, frame.here ?? '');
  const shown = { ...frame, title, desk: true, links, who: whoLooks(frame), ...(here && { here }) };
  return page({ ...shown, ...(script && { script }) }, body);
}

function whoLooks({ me, language }: DeskFrame): string {
  if (me === null) return '';
  const posts = me.posts.map(({ roleWords, place }) =>
    say(language, `${roleWords.zh}（${place}）`, `${roleWords.en} (${place})`),
  );
  return `${posts.join(say(language, '、', ', '))} ${me.name}`;
}

/** Signed in again: what was typed before is sent on by one press, or left. */
export function keptPage(
  frame: DeskFrame,
  { path, fields }: { path: string; fields: Readonly<Record<string, string>> },
  next: string,
): string {
  const t = (zh: string, en: string): string => say(frame.language, zh, en);
  return desk(
    frame,
    { zh: '接着提交', en: 'Send it on' },
    html`<h1>${t('刚才填的还在', 'What you typed is still here')}</h1>
<p>${t('已经登录。按“接着提交”，就和刚才按下去一样；附的文件要重新选的，会告诉您。', 'You are signed in. Send it on, and it is as if you had just pressed; you are told if files have to be chosen again.')}</p>
<form method="post" action="${path}">!${Object.entries(fields).map(([name, value]) => html`<textarea name="${name}" hidden>${value}</textarea>`)}<p class="ways"><button class="primary">${t('接着提交', 'Send it on')}</button><a href="${next}">${t('不提交，回到那一页', 'Leave it, back to the page')}</a></p></form>`,
  );
}

export function signInPage(
  frame: DeskFrame,
  demo: readonly { login: string; name: string; post: string }[],
  password: string,
  fault: Fault | null,
  /** Where one was, and goes on; what was typed there, as it is sent along. */
  { next, kept }: { next: string; kept: string | null },
): string {
  const t = (zh: string, en: string): string => say(frame.language, zh, en);
  return desk(
    frame,
    { zh: '登录', en: 'Sign in' },
    html`<h1>${t('登录工作台', 'Sign in')}</h1>
!${faultBox(fault)}
<form method="post" action="/console/sign-in"><input type="hidden" name="next" value="${next}">!${kept === null ? '' : html`<input type="hidden" name="kept" value="${kept}">`}
<label for="login">${t('账号', 'Account')}</label><input id="login" name="login" required autocomplete="username" autocapitalize="none">
<label for="password">${t('密码', 'Password')}</label><input id="password" name="password" type="password" required autocomplete="current-password">
<label for="code">${t('验证器数字', 'Authenticator code')} <span class="soft">${t('没有设置就不填', 'only if you set it up')}</span></label><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6">
<label class="pick"><input type="checkbox" name="stay" value="yes"> ${t('这是我自己的设备，一个月内不用重新登录', 'This device is mine: keep me signed in for a month')}</label>
<p><button class="primary">${t('登录', 'Sign in')}</button></p>
</form>
!${
      demo.length === 0
        ? ''
        : html`<div class="panel"><h2>${t('演示账号', 'Demo accounts')}</h2><p class="soft">${t('密码都是', 'The password of all is')} <span class="code">${password}</span></p>
<table><tbody>!${demo.map(({ login, name, post }) => html`<tr><td class="code">${login}</td><td>${name}</td><td>${post}</td></tr>`)}</tbody></table></div>`
    }`,
  );
}

/** Something could not be shown: why, and the way back. */
export function refusedPage(frame: DeskFrame, fault: Fault): string {
  return desk(
    frame,
    { zh: '没有办成', en: 'Not done' },
    html`!${faultBox(fault)}<p><a href="/console">← ${say(frame.language, '我的待办', 'My work')}</a></p>`,
  );
}

export interface InboxLine {
  readonly id: string;
  readonly dutyWords: Words;
  readonly recordKind: string;
  readonly recordId: string;
  readonly title: string | null;
  readonly owedByName: string;
  readonly assigneeName: string | null;
  readonly mine: 'person' | 'post' | 'body';
  readonly apart: boolean;
  readonly moved: { readonly was: Date; readonly because: Words } | null;
  readonly clock: {
    readonly state: string;
    readonly dueAt: Date | null;
    readonly late: boolean;
    readonly near: boolean;
    readonly provisional: boolean;
  };
}

export interface Told {
  readonly id: string;
  readonly text: Words;
  readonly toldAt: Date;
  readonly recordKind: string;
  readonly recordId: string;
}

export function inboxPage(
  frame: DeskFrame,
  inbox: readonly InboxLine[],
  cases: ReadonlyMap<string, z.output<typeof casefileLine>>,
  told: readonly Told[],
  notices: readonly { words: string }[],
): string {
  const { language, zone, me } = frame;
  const t = (zh: string, en: string): string => say(language, zh, en);
  const [mine, reminders] = [firstOf(inbox, MOST.duties), firstOf(told, MOST.told)];
  const late = mine.shown.filter((line) => line.clock.late).length;
  return desk(
    frame,
    { zh: '我的待办', en: 'My work' },
    html`<h1>${t('我的待办', 'My work')} <span class="soft">${mine.count}</span></h1>
<p class="soft">${me?.name} · ${me?.posts.map((post) => t(`${post.roleWords.zh}（${post.place}）`, `${post.roleWords.en} (${post.place})`)).join(t('、', ', '))}!${late > 0 ? html` · <span class="late">${t(`超期 ${late}`, `${late} late`)}</span>` : ''}</p>
!${notices.map((notice) => html`<div class="good">${notice.words}</div>`)}
!${
      inbox.length === 0
        ? html`<p>${t('没有等您办的事。', 'Nothing waits for you.')}</p>`
        : html`<table><thead><tr><th>${t('要办', 'To do')}</th><th>${t('什么事', 'What about')}</th><th>${t('谁', 'Whose')}</th><th>${t('时限', 'Time')}</th></tr></thead><tbody>
!${mine.shown.map((line) => inboxRow(line, cases.get(line.recordId), frame))}</tbody></table>!${mine.isCut ? html`<p class="soft">${t('只列最先到期的这些，办完一件补一件。', 'Those that are due first; as you finish one, the next appears.')}</p>` : ''}`
    }
!${told.length === 0 ? '' : html`<h2>${t('提醒', 'Told to me')} <span class="soft">${reminders.count}</span></h2><ul class="plain">!${reminders.shown.map((one) => html`<li><span class="soft small">${dayAndTime(one.toldAt, zone, language)}</span> <a href="${recordPage(one)}">${one.text[language]}</a> <span class="soft">${cases.get(one.recordId)?.title[language] ?? ''}</span></li>`)}</ul>`}`,
  );
}

function inboxRow(line: InboxLine, file: z.output<typeof casefileLine> | undefined, frame: DeskFrame): string {
  const { language } = frame;
  const whose = { person: ['本人', 'me'], post: ['本岗位', 'my post'], body: ['本单位', 'my body'] }[line.mine] as [
    string,
    string,
  ];
  return html`<tr><td><strong>${line.dutyWords[language]}</strong></td>
<td><a href="${recordPage(line)}">${file?.title[language] ?? line.title ?? recordWords(line)[language]}</a><br><span class="soft small">${file?.place ?? ''} · <span class="code">${file?.number ?? ''}</span></span> !${tags(file?.flags ?? [], language)}</td>
<td>${say(language, whose[0], whose[1])}!${line.assigneeName ? html`<br><span class="soft small">${line.assigneeName}</span>` : ''}</td>
<td>!${clockWords(line.clock, frame)}!${movedFrom(line.moved, frame)}</td></tr>`;
}

/** When it was due before the calendar changed. */
function movedFrom(moved: InboxLine['moved'], { language, zone }: DeskFrame): string {
  if (moved === null) return '';
  const was = dayAndTime(moved.was, zone, language);
  return html`<br><span class="soft small">${say(language, `原定 ${was}，${moved.because.zh}`, `Was due ${was}; ${moved.because.en}`)}</span>`;
}

const tags = (flags: readonly string[], language: Language): string =>
  html`<span class="tags">!${flags.map((flag) => html`<span class="tag">${flagWords[flag]?.[language] ?? flag}</span>`)}</span>`;

/** State by word and colour together; what stands still says so. */
export function clockWords(clock: InboxLine['clock'], { language, zone, now }: DeskFrame): string {
  const t = (zh: string, en: string): string => say(language, zh, en);
  if (clock.state === 'paused') return html`<span class="soft">${t('暂停计时', 'clock stands')}</span>`;
  if (clock.state === 'suspended') return html`<span class="soft">${t('挂账', 'suspended')}</span>`;
  if (!clock.dueAt) return html`<span class="soft">—</span>`;
  const tone = clock.late ? 'late' : clock.near ? 'near' : '';
  return html`<span class="${tone}">${timeLeft(clock.dueAt, now, language)}</span><br><span class="soft small">${dayAndTime(clock.dueAt, zone, language)}!${clock.provisional ? t('(暂定)', ' (provisional)') : ''}</span>`;
}

export interface Listed {
  /** Null: what was typed could not be looked for. */
  readonly cases: readonly z.output<typeof casefileLine>[] | null;
  readonly more: boolean;
  /** What was typed: one of the two, or neither. */
  readonly words: string;
  readonly status: string;
  /** The version of the standard under which the open ones were asked for; 0: those not on file. */
  readonly under?: string;
}

export function casesPage(
  frame: DeskFrame,
  { cases: found, more, words, status: chosen, under }: Listed,
  fault: Fault | null = null,
): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => say(language, zh, en);
  const cases = found ?? [];
  const last = cases.at(-1);
  return desk(
    frame,
    { zh: '案卷', en: 'Cases' },
    html`<h1>${t('案卷', 'Cases')}!${under === undefined ? '' : html` <span class="soft">${under === '0' ? t('还没有立案的', 'not on file yet') : t(`在办，按立案标准第 ${under} 版`, `open, under version ${under} of the standard`)}</span>`}</h1>
!${faultBox(fault)}
<form method="get" action="/console/cases" role="search"><label for="words">${t('查找', 'Find')} <span class="soft">${t('说过的话、地点、类别、编号；几个词用空格隔开', 'words, place, kind or number; a space between several')}</span></label>
<div class="asked-in-line"><input id="words" name="words" type="search" value="${words}" minlength="2" maxlength="100" required autocomplete="off"><button class="primary">${t('查找', 'Find')}</button></div>
!${words === '' ? '' : html`<p><a href="/console/cases">${t('不查了，看全部', 'Show all again')}</a></p>`}</form>
!${
      words !== ''
        ? ''
        : html`<form method="get" action="/console/cases"><label for="status">${t('状态', 'Status')}</label>
<div class="asked-in-line"><select id="status" name="status"><option value="">${t('全部', 'All')}</option>!${Object.entries(statuses).map(([status, words]) => html`<option value="${status}" !${status === chosen ? 'selected' : ''}>${words[language]}</option>`)}</select><button>${t('筛选', 'Filter')}</button></div></form>`
    }
!${
      cases.length === 0
        ? found === null
          ? ''
          : html`<p>${words === '' ? nothingListed(chosen, under)[language] : t(`没有找到“${words}”。保密的和封存的内容查不到；可以换个说法、少写几个字，或者写编号。`, `Nothing was found for “${words}”. Sealed words cannot be searched; try fewer characters, other words, or the number.`)}</p>`
        : html`<table><thead><tr><th>${t('案卷', 'Case')}</th><th>${t('状态', 'Status')}</th><th>${t('上报', 'Reported')}</th></tr></thead><tbody>
!${cases.map((file) => html`<tr><td><a href="/console/cases/${file.id}">${file.title[language]}</a> !${tags(file.flags, language)}<br><span class="soft small">${file.place} · <span class="code">${file.number}</span></span></td><td>${statuses[file.status][language]}</td><td>${dayAndTime(file.reportedAt, zone, language)}</td></tr>`)}</tbody></table>`
    }
!${more && last ? html`<p><a href="/console/cases?${words === '' ? `${under === undefined ? `status=${chosen}` : `openUnder=${under}`}` : `words=${encodeURIComponent(words)}`}&beforeAt=${last.changedAt.toISOString()}&beforeId=${last.id}">${t('更早的', 'Earlier')}</a></p>` : ''}`,
  );
}

/** Nothing asked for and nothing there is not the same as nothing that fits. */
const nothingListed = (status: string, under: string | undefined): Words =>
  status === '' && under === undefined
    ? {
        zh: '还没有您能看的案卷。有人报事，或者登记了来报，就出现在这里。',
        en: 'There is no case you may see yet. What is reported or written down appears here.',
      }
    : { zh: '没有符合条件的案卷。换一个状态，或选“全部”。', en: 'No case fits. Choose another status, or all.' };

export interface CasePage {
  readonly file: z.output<typeof casefileView>;
  readonly photos: readonly { readonly id: string; readonly stage: string; readonly addedAt: Date }[];
  readonly voices: readonly z.output<typeof voiceView>[];
  readonly previews: readonly PreviewView[];
  readonly choices: Choices;
  readonly alike: readonly z.output<typeof alikeView>[];
  /** Null: this viewer does not put it on file. */
  readonly suggested: z.output<typeof suggestionsView> | null;
  readonly chosenType: string | null;
  readonly newId: () => string;
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly contacts: readonly {
    readonly name: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  }[];
}

export function casePage(frame: DeskFrame, shown: CasePage): string {
  const { language, zone } = frame;
  const { file, choices, fault, done, contacts, newId } = shown;
  const t = (zh: string, en: string): string => say(language, zh, en);
  const due = new Set<string | undefined>(
    file.duties.filter((duty) => duty.endedAt === null).map((duty) => settledBy[duty.duty]),
  );
  const isDue = ({ command }: { command: string }): boolean => due.has(command);
  const possible = file.can.filter((one) => one.allowed);
  const allowed = [...possible.filter(isDue), ...possible.filter((one) => !isDue(one))];
  const barred = file.can.filter((one) => !one.allowed);
  return desk(
    frame,
    file.title,
    html`<p><a href="/console">← ${t('我的待办', 'My work')}</a></p>
<h1>${file.title[language]}</h1>
<p class="soft">${file.path.join(' / ')} · <span class="code">${file.number}</span> · ${statuses[file.status][language]}!${file.round > 1 ? html` · ${t(`第 ${file.round} 轮`, `round ${file.round}`)}` : ''} !${tags(file.flags, language)}</p>
!${faultBox(fault)}
!${done ? html`<div class="good" role="status"><strong class="settled">${done}</strong></div>` : ''}
!${contacts.length > 0 ? html`<div class="panel"><strong>${t('联系方式（这次查看已记录）', 'Contact (this reading is recorded)')}</strong><ul>!${contacts.map(({ name, phone, email }) => html`<li>${name ?? ''} ${phone ?? ''} ${email ?? ''}</li>`)}</ul></div>` : ''}
<div class="cols"><div>
<h2>${t('报事', 'What was said')}</h2>
!${file.reports.map((report) => html`<div class="panel"><p>${report.words ?? t('(内容已按要求删除)', '(erased on request)')}</p><p class="soft small">${dayAndTime(report.occurredAt, zone, language)}!${report.channel === 'area' ? html` · <a href="/console/channel/${report.id}">${t('来自频道留言', 'from a message in the channel')}</a>` : ''}</p></div>`)}
!${voicesOf(shown, frame)}
!${photosOf(shown, frame)}
!${previewsOf(shown, frame)}
<h2>${t('经过', 'Story')}</h2><ul class="plain">!${file.story.map((line) => html`<li><span class="soft small">${dayAndTime(line.at, zone, language)}</span> <strong>${kindWords(line.kind, file, language)}</strong> ${line.by[language]}!${heardIn(line.body, language)}!${line.words ? html`<br>${line.words}` : ''}!${movedIn(line.body, frame)}!${line.forgotten ? html`<br><span class="soft">${t('(文字已按要求删除)', '(words erased on request)')}</span>` : ''}</li>`)}</ul>
</div><div>
<h2>${t('时限', 'Clocks')}</h2>!${clocksOf(shown, frame)}
!${suggestionOf(shown, language)}
!${shown.suggested ? suggestionsPanel(file.id, shown.suggested, shown.chosenType, language) : ''}
!${alikeOf(shown, frame)}
<h2>${t('下一步', 'Next')}</h2>
!${allowed.length === 0 ? html`<p class="soft">${t('现在没有需要您办的。', 'There is nothing for you to do now.')}</p>` : ''}
!${allowed.map((one) => commandForm({ file, command: one.command, words: one.words, choices, language, commandId: newId(), isDue: isDue(one), chosenType: shown.chosenType }))}
!${uploadForm(shown, language)}
!${barred.length === 0 ? '' : html`<details><summary>${t(`现在不能办的 ${barred.length} 项和原因`, `${barred.length} steps not possible now, and why`)}</summary>!${barred.map((one) => html`<div class="barred"><strong>${one.words[language]}</strong><span class="soft">${one.reason?.[language] ?? ''}</span></div>`)}</details>`}
</div></div>`,
  );
}

function clocksOf({ file }: CasePage, frame: DeskFrame): string {
  const { language } = frame;
  const open = file.duties.filter((duty) => duty.endedAt === null);
  if (open.length === 0) return html`<p class="soft">${say(language, '没有未办完的。', 'None is open.')}</p>`;
  return html`<table><tbody>!${open.map((duty) => html`<tr><td><strong>${duty.dutyWords[language]}</strong><br><span class="soft small">${duty.owedByName}!${duty.assigneeName ? ` · ${duty.assigneeName}` : ''}</span></td><td>!${clockWords(duty.clock, frame)}</td></tr>`)}</tbody></table>`;
}

function suggestionOf({ file }: CasePage, language: Language): string {
  if (!file.suggestion) return '';
  const t = (zh: string, en: string): string => say(language, zh, en);
  return html`<h2>${t('该派给谁', 'Who should get it')}</h2><div class="panel"><p><strong>${file.suggestion.bodyName ?? t('由乡镇（街道）先接', 'the township takes it first')}</strong>!${file.suggestion.confirm ? html` <span class="near">${t('请确认位置', 'confirm the place')}</span>` : ''}</p><ul>!${file.suggestion.because.map((why) => html`<li>${why[language]}</li>`)}</ul></div>`;
}

/** What may be the same matter, for whoever may merge: with the reasons, and the step itself. */
function alikeOf({ file, alike, newId }: CasePage, { language, zone }: DeskFrame): string {
  if (alike.length === 0) return '';
  const t = (zh: string, en: string): string => say(language, zh, en);
  return html`<h2>${t('可能是同一件事', 'Perhaps the same matter')}</h2>!${alike.map(({ line, reasons }) => html`<div class="panel"><p><a href="/console/cases/${line.id}">${line.title[language]}</a><br><span class="soft small"><span class="code">${line.number}</span> · ${statuses[line.status][language]} · ${dayAndTime(line.reportedAt, zone, language)}</span></p><p class="small">${reasons.map((why) => why[language]).join(t('，', ', '))}</p><form method="post" action="/console/cases/${file.id}/merge"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="intoId" value="${line.id}"><button>${t('并入这一件', 'Merge into this one')}</button></form></div>`)}`;
}

function voicesOf({ voices }: CasePage, { language, zone }: DeskFrame): string {
  if (voices.length === 0) return '';
  const lengthOf = (seconds: number): string => say(language, `录音 ${seconds} 秒`, `recording, ${seconds} s`);
  return html`<h2>${say(language, '录音', 'Recordings')}</h2>!${voices.map(({ id, seconds, addedBy, addedAt }) => html`<figure><audio controls preload="none" src="/api/voices/${id}" aria-label="${lengthOf(seconds)}"></audio><figcaption class="soft small">${lengthOf(seconds)} · ${addedBy} · ${dayAndTime(addedAt, zone, language)}</figcaption></figure>`)}`;
}

function photosOf({ photos }: CasePage, { language, zone }: DeskFrame): string {
  if (photos.length === 0) return '';
  return html`<h2>${say(language, '照片', 'Photos')}</h2><div class="shots">!${photos.map((photo) => html`<figure><a href="/api/photos/${photo.id}"><img src="/api/photos/${photo.id}/thumb" alt="${stageWords(photo.stage, language)}" loading="lazy"></a><figcaption>${stageWords(photo.stage, language)} · ${dayAndTime(photo.addedAt, zone, language)}</figcaption></figure>`)}</div>`;
}

/** What photos show that are still on a phone. */
function previewsOf({ previews }: CasePage, { language, zone, now }: DeskFrame): string {
  if (previews.length === 0) return '';
  const t = (zh: string, en: string): string => say(language, zh, en);
  const late = ({ addedAt, addedBy }: PreviewView): string => {
    const days = daysLate(addedAt, now);
    if (days === null) return '';
    return html`<br><span class="near">${t(`原图 ${days} 天没到：请让${addedBy}打开外勤联网，或重拍。`, `The photo has not come for ${days} days: ask ${addedBy} to open the field app online, or to take it again.`)}</span>`;
  };
  return html`<div class="shots">!${previews.map((one) => html`<figure><img src="/api/previews/${one.id}" alt="${stageWords(one.stage, language)}" loading="lazy"><figcaption><strong>${t('预览：原图还在路上', 'A preview: the photo is on its way')}</strong><br>${stageWords(one.stage, language)} · ${one.addedBy} · ${dayAndTime(one.addedAt, zone, language)}!${late(one)}</figcaption></figure>`)}</div>`;
}

const stageWords = (stage: string, language: Language): string => stages[stage as Stage]?.[language] ?? stage;

function uploadForm({ file, newId }: CasePage, language: Language): string {
  const t = (zh: string, en: string): string => say(language, zh, en);
  return html`<details><summary>${t('加照片', 'Add photos')}</summary><form method="post" action="/console/cases/${file.id}/photos" enctype="multipart/form-data"><input type="hidden" name="commandId" value="${newId()}">
<label for="stage">${t('哪一步', 'Of which step')}</label><select id="stage" name="stage">!${Object.entries(stages).map(([value, words]) => (value === 'report' ? '' : html`<option value="${value}">${words[language]}</option>`))}</select>
<label for="files">${t('照片', 'Photos')}</label><input id="files" name="photos" type="file" accept="image/jpeg,image/png,image/webp" multiple required>
<p><button>${t('上传', 'Upload')}</button></p></form></details>`;
}

function movedIn(body: Readonly<Record<string, unknown>>, { language, zone }: DeskFrame): string {
  const moved = movedText(body, language, (at) => dayAndTime(at, zone, language));
  return moved === null ? '' : html`<br><span class="soft">${moved}</span>`;
}

function heardIn(body: Readonly<Record<string, unknown>>, language: Language): string {
  const words = newsWords(body);
  return words === null ? '' : html`<br>${words[language]}`;
}

/** The name of a step is the name of its command. */
function kindWords(kind: string, { steps }: CasePage['file'], language: Language): string {
  return steps[kind]?.[language] ?? kind;
}
