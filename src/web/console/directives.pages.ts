import { html } from 'ghtml';
import type { z } from 'zod';
import {
  type directiveDetail,
  type directiveView,
  type Part,
  parts,
} from '../../domains/work/directives/directive.model.ts';
import { directiveIssuers, type itemLine, type Status, statuses } from '../../domains/work/directives/item.model.ts';
import type { Words } from '../../kernel/words.ts';
import { n } from '../ui/count.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type DraftLine, draftsPanel } from './directive_drafts.pages.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';
import { doneBox } from './residents.pages.ts';

/** Notices that were cut into items: those there are, one of them, and items by unit and state. */
export type DirectiveLine = z.output<typeof directiveView>;
export type Directive = z.output<typeof directiveDetail>;
export type ItemLine = z.output<typeof itemLine>;

export const DIRECTIVES = '/console/directives';
export const ITEMS = '/console/directive-items';
const title = { zh: '任务分解', en: 'Notices into tasks' };

const partWords: Readonly<Record<Part, Words>> = {
  all: { zh: '全部事项', en: 'all items' },
  open: { zh: '没办完的', en: 'not over' },
  ...statuses,
  late: { zh: '超期的', en: 'late' },
  returned: { zh: '退回过的', en: 'ever returned' },
};

const tones: Readonly<Record<Status, string>> = { sent: '', done: 'near', accepted: 'settled', withdrawn: 'soft' };
const marks: Readonly<Record<Status, string>> = { sent: '○', done: '◐', accepted: '●', withdrawn: '–' };

export const statusSaid = (
  { status, late, returns }: Pick<ItemLine, 'status' | 'late' | 'returns'>,
  { language }: DeskFrame,
): string => {
  const t = sayIn(language);
  const [tone, mark] = late ? ['late', '▲'] : [tones[status], marks[status]];
  const also = [
    ...(late ? [t('超期', 'late')] : []),
    ...(returns > 0 ? [t(`退回过 ${returns} 次`, `returned ${returns} times`)] : []),
  ];
  return html`<span class="${tone}">${mark} ${[statuses[status][language], ...also].join(t('，', ', '))}</span>`;
};

export const dueSaid = (dueOn: string | null, t: Say): string => (dueOn === null ? t('长期', 'for good') : dueOn);

/** The same rows as the table shows, with the words said last. */
function workbookLink(t: Say, asked: { directiveId?: string; only: Part; unitId: string | null }): string {
  const { directiveId, only, unitId } = asked;
  const query = new URLSearchParams({
    ...(directiveId !== undefined && { directiveId }),
    ...{ only, ...(unitId !== null && { unitId }) },
  });
  return html`<p class="ways noprint"><a href="/api/directive-item-workbook?${query.toString()}" download>${t('下载这张表（Excel）', 'Download this table (Excel)')}</a></p>`;
}

/** Every number opens to the items it counts. */
const itemsAt = (id: string, only: Part): string => `${DIRECTIVES}/${id}?only=${only}#items`;

export interface ListShown {
  readonly lines: readonly DirectiveLine[];
  readonly drafts: readonly DraftLine[];
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly newId: () => string;
}

export function directivesPage(frame: DeskFrame, { lines, drafts, done, fault, newId }: ListShown): string {
  const t = sayIn(frame.language);
  const issues = holdsOneOf(frame, directiveIssuers);
  const none = issues
    ? t(
        '还没有。把收到的通知贴进来，系统先拆成事项，您逐项核对后再下达。',
        'None yet. Paste a notice: it is cut into items, you look them over and send them out.',
      )
    : t('现在没有下达给您的文件。', 'No notice was sent to you.');
  return desk(
    frame,
    title,
    html`<h1>${title[frame.language]}</h1>
!${doneBox(done)}!${faultBox(fault)}
!${issues ? html`<p class="ways"><a class="button" href="${DIRECTIVES}/new">${t('贴一份文件', 'Paste a notice')}</a><a href="${ITEMS}?only=late">${t('所有超期的事项', 'All late items')}</a></p>` : html`<p class="ways"><a href="${ITEMS}?only=open">${t('所有没办完的事项', 'All items that are not over')}</a></p>`}
!${draftsPanel(frame, drafts, newId)}
!${lines.length === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${lines.map((one) => line(frame, one))}</ul>`}`,
  );
}

function line(
  frame: DeskFrame,
  { id, title: name, number, issuer, area, sentBy, sentAt, counts }: DirectiveLine,
): string {
  const t = sayIn(frame.language);
  const count = (part: Part, value: number, words: string): string =>
    html`<a class="${part === 'late' && value > 0 ? 'late' : ''}" href="${itemsAt(id, part)}">${words} ${n(value)}</a>`;
  const figures = [
    count('all', counts.items, t('事项', 'items')),
    count('accepted', counts.accepted, t('已验收', 'accepted')),
    count('late', counts.late, t('超期', 'late')),
  ];
  return html`<li><h2><a href="${DIRECTIVES}/${id}">${name}</a></h2>
<p>!${figures.join(' · ')}</p>
<p class="soft small">${[number, issuer, area].filter(Boolean).join(' · ')} · ${sentBy} ${dayIn(sentAt, frame.zone)}</p></li>`;
}

export interface DirectiveShown {
  readonly directive: Directive;
  readonly items: readonly ItemLine[];
  readonly only: Part;
  readonly unitId: string | null;
  readonly done: string | null;
}

export function directivePage(frame: DeskFrame, { directive, items, only, unitId, done }: DirectiveShown): string {
  const t = sayIn(frame.language);
  const { id, counts, words, number, issuer, datedOn, area } = directive;
  const shown = parts.filter((part) => part !== 'open' && part !== 'all');
  const all = html`<div><dt>${partWords.all[frame.language]}</dt><dd><a href="${itemsAt(id, 'all')}">${n(counts.items)}</a></dd></div>`;
  return desk(
    frame,
    title,
    html`<p class="noprint"><a href="${DIRECTIVES}">← ${title[frame.language]}</a></p>
<h1>${directive.title}</h1>
<p class="soft">${[number, issuer, datedOn, area].filter(Boolean).join(' · ')}</p>
!${doneBox(done)}
<dl class="figures">!${all}!${shown.map((part) => html`<div><dt>${partWords[part][frame.language]}</dt><dd><a class="${part === 'late' && counts.late > 0 ? 'late' : ''}" href="${itemsAt(id, part)}">${n(counts[part as Exclude<Part, 'all' | 'open'>])}</a></dd></div>`)}</dl>
<h2 id="items">${partWords[only][frame.language]}</h2>
!${filterForm(frame, `${DIRECTIVES}/${id}#items`, items, only, unitId)}
!${itemsTable(frame, items)}
!${items.length === 0 ? '' : workbookLink(t, { directiveId: id, only, unitId })}
<details class="noprint"><summary>${t('原文', 'The text')}</summary><div class="original">${words}</div></details>
<p class="soft small">${t('要打印，用浏览器的打印：表单和菜单不会印出来。', 'To print, use the browser: menus and forms are left out.')}</p>`,
  );
}

function filterForm(
  { language }: DeskFrame,
  action: string,
  items: readonly ItemLine[],
  only: Part,
  unitId: string | null,
): string {
  const t = sayIn(language);
  const units = new Map(items.flatMap(({ lead, supports }) => [lead, ...supports]).map(({ id, name }) => [id, name]));
  const chosen = (is: boolean): string => (is ? ' selected' : '');
  return html`<form method="get" action="${action}" class="noprint"><div class="asks"><div><label for="only">${t('状态', 'State')}</label><select id="only" name="only">!${parts.map((part) => html`<option value="${part}"!${chosen(part === only)}>${partWords[part][language]}</option>`)}</select></div>
<div><label for="unit">${t('单位', 'Unit')}</label><select id="unit" name="unit"><option value="">${t('所有单位', 'all units')}</option>!${[...units].map(([id, name]) => html`<option value="${id}"!${chosen(id === unitId)}>${name}</option>`)}</select></div></div><p><button>${t('看', 'Show')}</button></p></form>`;
}

function itemsTable(frame: DeskFrame, items: readonly ItemLine[]): string {
  const t = sayIn(frame.language);
  if (items.length === 0) return html`<p class="soft">${t('没有。', 'None.')}</p>`;
  const heads = [t('事项', 'Item'), t('牵头', 'Leads'), t('配合', 'Helps'), t('期限', 'By'), t('办到哪里', 'How far')];
  return html`<table class="records"><thead><tr>!${heads.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>!${items.map((item) => row(frame, item, heads))}</tbody></table>`;
}

function row(frame: DeskFrame, item: ItemLine, heads: readonly string[]): string {
  const t = sayIn(frame.language);
  const { id, number, content, lead, supports, dueOn, firstDueOn, share, toldAt } = item;
  const moved =
    dueOn === firstDueOn
      ? ''
      : html`<br><span class="soft small">${t(`原为 ${dueSaid(firstDueOn, t)}`, `was ${dueSaid(firstDueOn, t)}`)}</span>`;
  const told =
    toldAt === null
      ? ''
      : html`<br><span class="soft small">${share === null ? '' : `${share}% · `}${dayIn(toldAt, frame.zone)}</span>`;
  return html`<tr><th scope="row"><a href="${ITEMS}/${id}">${number} ${shortened(content)}</a></th><td data-label="${heads[1]}">${lead.name}</td><td data-label="${heads[2]}">${supports.map(({ name }) => name).join('、') || '—'}</td><td data-label="${heads[3]}">${dueSaid(dueOn, t)}!${moved}</td><td data-label="${heads[4]}">!${statusSaid(item, frame)}!${told}</td></tr>`;
}

const shortened = (content: string): string => (content.length > 80 ? `${content.slice(0, 79)}…` : content);

export interface ItemsShown {
  readonly items: readonly ItemLine[];
  readonly only: Part;
  readonly unitId: string | null;
  readonly next: string | null;
}

/** Over all notices: what a unit has open, what is late. */
export function itemsPage(frame: DeskFrame, { items, only, unitId, next }: ItemsShown): string {
  const t = sayIn(frame.language);
  const more = new URLSearchParams({ only, ...(unitId === null ? {} : { unit: unitId }), after: next ?? '' });
  return desk(
    frame,
    title,
    html`<p class="noprint"><a href="${DIRECTIVES}">← ${title[frame.language]}</a></p>
<h1>${partWords[only][frame.language]}</h1>
!${filterForm(frame, ITEMS, items, only, unitId)}
!${itemsTable(frame, items)}
!${items.length === 0 ? '' : workbookLink(t, { only, unitId })}
!${next === null ? '' : html`<p class="ways"><a href="${ITEMS}?${more.toString()}" rel="next">${t('后一页', 'Next page')} →</a></p>`}`,
  );
}
