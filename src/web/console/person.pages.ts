import { html } from 'ghtml';
import type { z } from 'zod';
import { rankWords } from '../../domains/work/chain/chain.model.ts';
import type { bodiesView, bodyView, personView, postView } from '../../domains/work/people/people.model.ts';
import type { Language } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { holdsOneOf } from './links.ts';
import {
  type Found,
  lateOf,
  modeWords,
  openOf,
  pager,
  personLink,
  type Say,
  sayIn,
  seatLine,
  title,
  to,
} from './people.pages.ts';

/** A person with posts and periods, a post with who sits on it, and bodies with their hours. */
type Person = z.output<typeof personView>;
type Post = z.output<typeof postView>;
type Bodies = z.output<typeof bodiesView>;
type Body = z.output<typeof bodyView>;

const isAdmin = (frame: DeskFrame): boolean => holdsOneOf(frame, ['admin']);

const day = (at: Date, { zone, language }: DeskFrame): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, dateStyle: 'medium' }).format(at);

export function personPage(frame: DeskFrame, person: Person, done: string | null): string {
  const t = sayIn(frame.language);
  const whose = { person: person.id };
  return desk(
    frame,
    { zh: person.name, en: person.name },
    html`<h1>${person.name}</h1>
!${doneBox(done)}
<dl class="figures"><div><dt>${t('未办完的待办', 'Open duties')}</dt><dd>!${openOf(person.duties, whose)}</dd></div><div><dt>${t('其中超期', 'Of these late')}</dt><dd>!${lateOf(person.duties, whose)}</dd></div></dl>
!${isAdmin(frame) ? html`<p class="ways"><a class="button" href="${to('/hand-over', { from: person.id })}">${t('移交给别人', 'Hand over')}</a></p>` : ''}
<h2>${t('岗位', 'Posts')}</h2>!${postsOf(person, frame, t)}
<h2>${t('负责什么', 'Answers for')}</h2>!${chargesOf(person, frame, t)}
<p class="soft small">${t('待办只数您看得到的，保密案卷的不计入；— 表示您的岗位看不到待办。', 'Duties are counted as far as you may see them, without confidential cases; — if your post sees none.')}</p>
<p><a href="/console/people">← ${t('区域', 'Areas')}</a></p>`,
  );
}

const doneBox = (done: string | null): string =>
  done === null ? '' : html`<div class="good" role="status"><strong class="settled">${done}</strong></div>`;

function postsOf({ id, posts }: Person, frame: DeskFrame, t: Say): string {
  if (posts.length === 0) return html`<p class="soft">${t('没有担任过岗位。', 'Has held no post.')}</p>`;
  return html`<table><thead><tr><th>${t('岗位', 'Post')}</th><th>${t('何时', 'When')}</th>!${isAdmin(frame) ? html`<th>${t('办理', 'Act')}</th>` : ''}</tr></thead><tbody>!${posts.map(
    (post) =>
      html`<tr><td>!${post.open ? html`<a href="${to(`/posts/${post.postId}`)}">${post.roleWords[frame.language]}</a>` : html`${post.roleWords[frame.language]}`} <span class="soft">!${placeLink(post)}</span></td><td>!${periodOf(post, frame, t)}</td>!${isAdmin(frame) ? html`<td>!${post.until === null ? html`<a href="${to('/relieve', { post: post.postId, person: id })}">${t('免去', 'Relieve')}</a>` : ''}</td>` : ''}</tr>`,
  )}</tbody></table>`;
}

const placeLink = ({
  areaId,
  bodyId,
  place,
}: {
  areaId: string | null;
  bodyId: string | null;
  place: string;
}): string =>
  areaId !== null
    ? html`<a href="${to('', { area: areaId })}">${place}</a>`
    : html`<a href="${to(`/bodies/${bodyId ?? ''}`)}">${place}</a>`;

function periodOf({ since, until }: { since: Date; until: Date | null }, frame: DeskFrame, t: Say): string {
  return until === null
    ? html`${t(`${day(since, frame)}起`, `since ${day(since, frame)}`)}`
    : html`<span class="soft">${day(since, frame)} – ${day(until, frame)}</span>`;
}

function chargesOf({ charges }: Person, frame: DeskFrame, t: Say): string {
  if (charges.length === 0) return html`<p class="soft">${t('没有包保的区域。', 'Is in charge of no area.')}</p>`;
  return html`<table><thead><tr><th>${t('区域', 'Area')}</th><th>${t('级别', 'Level')}</th><th>${t('为什么', 'What for')}</th><th>${t('何时', 'When')}</th></tr></thead><tbody>!${charges.map((one) => html`<tr><td><a href="${to('', { area: one.areaId })}">${one.area}</a></td><td>${rankWords(one.rank)[frame.language]} · ${modeWords(one.mode, t)}</td><td>${one.charge}</td><td>!${periodOf(one, frame, t)}</td></tr>`)}</tbody></table>`;
}

/** A post: who sits on it, and for the administrator the way to appoint somebody else to it. */
export function postPage(
  frame: DeskFrame,
  post: Post,
  asked: {
    readonly words: string;
    readonly found: Found | null;
    readonly commandId: string;
    readonly fault: Fault | null;
    readonly done: string | null;
  },
): string {
  const t = sayIn(frame.language);
  return desk(
    frame,
    post.roleWords,
    html`<h1>${post.roleWords[frame.language]} <span class="soft">!${placeLink(post)}</span></h1>
!${faultBox(asked.fault)}!${doneBox(asked.done)}
!${post.holders.length === 0 ? html`<p class="late">${t('空缺：没有人担任。', 'Vacant: nobody holds it.')}</p>` : html`<ul class="plain">!${post.holders.map((one) => html`<li>!${personLink(one)}!${isAdmin(frame) ? html` <a class="small" href="${to('/relieve', { post: post.id, person: one.personId })}">${t('免去', 'Relieve')}</a>` : ''}</li>`)}</ul>`}
!${isAdmin(frame) ? appointing(frame, post, asked, t) : ''}
<p><a href="!${post.areaId === null ? to(`/bodies/${post.bodyId ?? ''}`) : to('', { area: post.areaId })}">← ${post.place}</a></p>`,
  );
}

function appointing(
  { language }: DeskFrame,
  { id, holders }: Post,
  { words, found, commandId }: { words: string; found: Found | null; commandId: string },
  t: Say,
): string {
  const free = found?.filter(({ personId }) => !holders.some((one) => one.personId === personId)) ?? [];
  return html`<h2>${t('任命', 'Appoint')}</h2>
<form method="get" action="${to(`/posts/${id}`)}" role="search"><label for="words">${t('姓名里的字', 'A part of the name')}</label><div class="asked-in-line"><input id="words" name="words" required maxlength="60" value="${words}" autocomplete="off"><button>${t('找', 'Find')}</button></div></form>
!${
    found === null
      ? ''
      : free.length === 0
        ? html`<p>${t(`没有名字里带“${words}”、还不在这个岗位上的人。`, `Nobody called “${words}” who does not hold it already.`)}</p>`
        : html`<form method="post" action="/console/people/appoint"><input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="postId" value="${id}"><fieldset><legend>${t('任命谁', 'Whom to appoint')}</legend>!${free.map((one) => html`<label class="pick"><input type="radio" name="personId" value="${one.personId}" required> ${one.name} <span class="soft">${one.places.join(language === 'zh' ? '、' : ', ')}</span></label>`)}</fieldset><p><button class="primary">${t('任命', 'Appoint')}</button></p></form>`
  }`;
}

const dayNames = {
  zh: ['一', '二', '三', '四', '五', '六', '日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/** 周一至周五 08:00–12:00 14:00–18:00 */
function hoursWords({ weekdays, slots }: Body['hours'], language: Language): string {
  const times = slots.map(([from, until]) => `${from}–${until}`).join(' ');
  const names = weekdays.map((one) => dayNames[language][one - 1] ?? '');
  const isRun = weekdays.length > 2 && weekdays.every((one, i) => one === (weekdays[0] ?? 0) + i);
  const run = isRun ? [names[0], names.at(-1)] : names;
  if (weekdays.length === 7) return `${language === 'zh' ? '每天' : 'every day'} ${times}`;
  return language === 'zh'
    ? `${isRun ? `周${run[0]}至周${run[1]}` : `周${run.join('、')}`} ${times}`
    : `${run.join(isRun ? '–' : ', ')} ${times}`;
}

export function bodiesPage(frame: DeskFrame, told: Bodies, isOnlyTemporary: boolean, done: string | null): string {
  const t = sayIn(frame.language);
  return desk(
    frame,
    title,
    html`<h1>${isOnlyTemporary ? t('临时组织', 'Temporary organisations') : t('单位', 'Bodies')} <span class="soft">${told.count}</span></h1>
!${doneBox(done)}
<p class="ways"><a href="/console/people">← ${t('区域', 'Areas')}</a>!${isOnlyTemporary ? html`<a href="${to('/bodies')}">${t('全部单位', 'All bodies')}</a>` : html`<a href="${to('/bodies', { only: 'temporary' })}">${t('只看临时组织', 'Only temporary ones')}</a>`}!${isAdmin(frame) ? html`<a href="${to('/raise')}">${t('成立临时组织', 'Raise a temporary one')}</a>` : ''}</p>
!${told.lines.length === 0 ? html`<p class="soft">${t('现在没有。', 'There is none now.')}</p>` : html`<table class="tree"><thead><tr><th>${t('单位', 'Body')}</th><th>${t('作息、岗位', 'Hours, posts')}</th><th class="number">${t('待办', 'Open')}</th></tr></thead><tbody>!${told.lines.map((line) => bodyRow(line, frame, t))}</tbody></table>!${pager(told, '/bodies', isOnlyTemporary ? { only: 'temporary' } : {}, t)}`}`,
  );
}

function bodyRow(body: Bodies['lines'][number], frame: DeskFrame, t: Say): string {
  const { id, name, area, temporaryUntil, duties } = body;
  const late =
    duties && duties.late > 0
      ? html`<br><span class="small">${t('超期 ', 'late ')}!${lateOf(duties, { body: id })}</span>`
      : '';
  return html`<tr><th scope="row"><a href="${to(`/bodies/${id}`)}">${name}</a><br><span class="soft small">${area.name}</span>!${temporaryUntil === null ? '' : html`<br>!${termOf(body, t)}`}</th>
<td>${hoursWords(body.hours, frame.language)}<br>!${body.people === 0 ? html`<span class="late">${t('没有人', 'nobody')}</span>` : html`<span class="soft small">${t(`${body.seats} 个岗位，${body.people} 人`, `${body.seats} posts, ${body.people} people`)}</span>`}</td>
<td class="number">!${openOf(duties, { body: id })}!${late}</td></tr>`;
}

const termOf = ({ temporaryUntil, pastTerm }: Pick<Body, 'temporaryUntil' | 'pastTerm'>, t: Say): string =>
  pastTerm
    ? html`<span class="late">${t(`期限 ${temporaryUntil} 已过，还没有撤销`, `term over on ${temporaryUntil}, still standing`)}</span>`
    : html`<span class="tag">${t(`临时，到 ${temporaryUntil}`, `temporary, until ${temporaryUntil}`)}</span>`;

/** What else the page offers whoever sets hours: the calendars there are. */
export interface Hours {
  readonly calendars: readonly { readonly id: string; readonly name: string }[];
  readonly commandId: string;
  readonly fault: Fault | null;
}

export function bodyPage(frame: DeskFrame, body: Body, done: string | null, hours: Hours | null): string {
  const t = sayIn(frame.language);
  const whose = { body: body.id };
  return desk(
    frame,
    { zh: body.name, en: body.name },
    html`<h1>${body.name}</h1>
!${faultBox(hours?.fault ?? null)}!${doneBox(done)}
!${body.temporaryUntil === null ? '' : html`<p>!${termOf(body, t)} ${body.purpose ?? ''}!${body.above === null ? '' : html` · ${t('属于', 'under')} <a href="${to(`/bodies/${body.above.id}`)}">${body.above.name}</a>`}</p>`}
<dl class="figures"><div><dt>${t('未办完的待办', 'Open duties')}</dt><dd>!${openOf(body.duties, whose)}</dd></div><div><dt>${t('其中超期', 'Of these late')}</dt><dd>!${lateOf(body.duties, whose)}</dd></div></dl>
<dl><dt>${t('在哪里', 'Where')}</dt><dd><a href="${to('', { area: body.area.id })}">${body.area.name}</a></dd><dt>${t('作息', 'Hours')}</dt><dd>${hoursWords(body.hours, frame.language)} <span class="soft">${body.hours.name}</span></dd></dl>
!${hours === null ? '' : hoursForm(body, hours, t)}
<h2>${t('岗位', 'Posts')}</h2>
!${body.posts.length === 0 ? html`<p class="late">${t('还没有设岗位，派给它的案卷没有人收。', 'It has no post: nobody takes in what is sent to it.')}</p>` : html`<ul class="plain">!${body.posts.map((seat) => html`<li>!${seatLine(seat, frame.language)}</li>`)}</ul>`}
!${body.duties === null ? html`<p class="soft small">${t('— 表示您的岗位看不到待办，不等于没有。', '— means that your post sees no duties, not that there are none.')}</p>` : ''}
!${isAdmin(frame) && body.temporaryUntil !== null ? html`<p class="ways"><a class="button" href="${to(`/bodies/${body.id}/stand-down`)}">${t('撤销这个临时组织', 'Stand it down')}</a></p>` : ''}
<p><a href="${to('/bodies')}">← ${t('全部单位', 'All bodies')}</a></p>`,
  );
}

function hoursForm({ id, hours: { name } }: Body, { calendars, commandId }: Hours, t: Say): string {
  return html`<details><summary>${t('换作息', 'Change its hours')}</summary><form method="post" action="${to(`/bodies/${id}/hours`)}"><input type="hidden" name="commandId" value="${commandId}">
<label for="calendarId">${t('工作日历', 'Calendar')}</label><select id="calendarId" name="calendarId">!${calendars.map((one) => html`<option value="${one.id}" !${one.name === name ? 'selected' : ''}>${one.name}</option>`)}</select>
<p class="soft">${t('以后派给它的按新作息算；已经在走的时限照旧。“另立一个”照选中的抄一份，只给这个单位用，接着就能改它的上下班时间。', 'What it is given from now on counts by the new hours; clocks that run stay as they are. “One of its own” copies the chosen calendar for this body alone, and its hours can be changed next.')}</p>
<p class="ways"><button>${t('改用这个日历', 'Use this calendar')}</button><button name="own" value="yes">${t('另立一个', 'One of its own')}</button></p></form></details>`;
}
