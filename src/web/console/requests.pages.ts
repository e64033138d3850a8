import { html } from 'ghtml';
import type { z } from 'zod';
import {
  askers,
  documents,
  type listView,
  type Part,
  parts,
  requestDesk,
  type Status,
  statuses,
  wishes,
} from '../../domains/community/requests/request.model.ts';
import type { recordLine } from '../../domains/land/registry/record.model.ts';
import type { Words } from '../../kernel/words.ts';
import { n } from '../ui/count.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { choose } from './hazard.words.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, doneBox } from './residents.pages.ts';

/** Requests of persons: which there are and until when, whose record it is, and writing one down. */
export type Requests = z.output<typeof listView>;
type Line = Requests['rows'][number];
export type FoundRecord = z.output<typeof recordLine>;
type Fields = Readonly<Record<string, string>>;

export const REQUESTS = '/console/requests';
export const requestsTitle = { zh: '个人信息请求', en: 'Requests of persons' };

const partWords: Readonly<Record<Part, Words>> = {
  waiting: { zh: '没办结', en: 'not closed' },
  late: { zh: '超期', en: 'late' },
  confirming: { zh: '待另一人确认', en: 'to be confirmed' },
  closed: { zh: '已办结', en: 'closed' },
  all: { zh: '全部', en: 'all' },
};
const tones: Readonly<Record<Status, readonly [tone: string, mark: string]>> = {
  open: ['near', '○'],
  confirming: ['near', '◐'],
  done: ['near', '◑'],
  answered: ['settled', '●'],
  refused: ['soft', '■'],
  withdrawn: ['soft', '–'],
};
export const statusSaid = (status: Status, { language }: DeskFrame): string =>
  html`<span class="${tones[status][0]}">${tones[status][1]} ${statuses[status][language]}</span>`;

const at = (part: Part, after?: string): string =>
  `${REQUESTS}?${new URLSearchParams({ part, ...(after && { after }) }).toString()}`;

export function requestsPage(
  frame: DeskFrame,
  { list, part, done }: { readonly list: Requests; readonly part: Part; readonly done: string | null },
): string {
  const t = sayIn(frame.language);
  const { counts, rows, next } = list;
  const figure = (one: Part): string =>
    html`<div><dt>${partWords[one][frame.language]}</dt><dd><a href="${at(one)}"!${one === part ? ' aria-current="true"' : ''}>${n(counts[one])}</a></dd></div>`;
  const none = t(
    '没有。有人带证件来问登记了他什么、要更正或删除，就在这里登记。',
    'None. Whoever comes with a document and asks what is kept about them is written down here.',
  );
  return desk(
    frame,
    requestsTitle,
    html`<h1>${requestsTitle[frame.language]}</h1>!${doneBox(done)}
!${holdsOneOf(frame, requestDesk) ? html`<p class="ways"><a class="button" href="${REQUESTS}/new">${t('登记一件请求', 'Write one down')}</a></p>` : ''}
<dl class="figures">!${parts.map(figure)}</dl>
<h2>${partWords[part][frame.language]} <span class="soft">${n(counts[part])}</span></h2>
!${rows.length === 0 ? html`<p class="soft">${none}</p>` : requestTable(frame, rows)}
!${next === null ? '' : html`<p class="ways"><a href="${at(part, next)}" rel="next">${t('后一页', 'Next page')} →</a></p>`}`,
  );
}

function requestTable(frame: DeskFrame, rows: readonly Line[]): string {
  const t = sayIn(frame.language);
  const heads = [
    t('谁、要什么', 'Who wants what'),
    t('现在', 'Now'),
    t('等谁', 'Waits for'),
    t('期限', 'By'),
    t('登记', 'Written'),
  ];
  return html`<table class="records"><thead><tr>!${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>!${rows.map((row) => requestRow(frame, row, heads))}</tbody></table>`;
}

function requestRow(frame: DeskFrame, row: Line, heads: readonly string[]): string {
  const { language, zone } = frame;
  const name = row.name ?? sayIn(language)('（姓名已删）', '(name erased)');
  return html`<tr><th scope="row"><a href="${REQUESTS}/${row.id}">${name} · ${wishes[row.wanted][language]}</a><br><span class="soft small">${row.area}</span></th>
<td data-label="${heads[1]}">!${statusSaid(row.status, frame)}</td>
<td data-label="${heads[2]}">${row.owner === '' ? '—' : row.owner}</td>
<td data-label="${heads[3]}">!${row.clock === null ? '—' : clockWords(row.clock, frame)}</td>
<td data-label="${heads[4]}">${dayIn(row.writtenAt, zone)}</td></tr>`;
}

export interface NewShown {
  /** What was found by the whole number; null: nothing was looked for. */
  readonly found: readonly FoundRecord[] | null;
  /** The record that was chosen. */
  readonly record: { readonly id: string; readonly name: string; readonly area: string } | null;
  /** Nothing was found and it is written down all the same. */
  readonly none: boolean;
  readonly areas: readonly Choice[];
  readonly typed: Fields;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

/** Whom it is about first, by the whole number on the document; then what they ask for. */
export function newRequestPage(frame: DeskFrame, shown: NewShown): string {
  const t = sayIn(frame.language);
  const { record, none, found, fault } = shown;
  const title = { zh: '登记个人信息请求', en: 'Write a request down' };
  return desk(
    frame,
    title,
    html`<p><a href="${REQUESTS}">← ${requestsTitle[frame.language]}</a></p><h1>${title[frame.language]}</h1>!${faultBox(fault)}
!${record === null && !none ? html`!${finding(t, shown.typed.request)}!${found === null ? '' : foundList(t, shown, found)}` : writing(t, shown)}`,
  );
}

/** Sent, not asked in the address: a number must not stand in a history or a log. */
export const finding = (t: Say, requestId = ''): string =>
  html`<p>${t('先看证件，再按证件上的号码找到台账里的这个人。号码只用来找，不存。', 'Look at the document, then find the record by its number. The number is used to find it and kept nowhere.')}</p><form method="post" action="${REQUESTS}/find" role="search"><input type="hidden" name="request" value="${requestId}"><label for="words">${t('身份证号、电话或姓名，要写全', 'Identity number, telephone or name, in full')}</label><div class="asked-in-line"><input id="words" name="words" required maxlength="60" autocomplete="off"><button class="primary">${t('找', 'Find')}</button></div></form>`;

function foundList(t: Say, { typed, newId }: NewShown, found: readonly FoundRecord[]): string {
  const { request = '' } = typed;
  const anyway =
    request !== ''
      ? html`<p><a href="${REQUESTS}/${request}">← ${t('回到这件请求', 'Back to the request')}</a></p>`
      : html`<p class="ways"><a class="button" href="${REQUESTS}/new?none=1">${t('没有这个人，照样登记请求', 'Write it down without a record')}</a></p>`;
  if (found.length === 0)
    return html`<p>${t('没有找到。请核对每一位；不在您负责的地方的找不到。', 'Nothing was found. Compare every digit; what lies outside your area cannot be found.')}</p>!${anyway}`;
  const chosen = (id: string, name: string): string =>
    request === ''
      ? html`<a class="button" href="${REQUESTS}/new?record=${id}">${name}</a>`
      : html`<form method="post" action="${REQUESTS}/${request}/name_record"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="recordId" value="${id}"><button>${name}</button></form>`;
  const line = ({ id, name, idNumber, area, home }: FoundRecord): string =>
    html`<li>!${chosen(id, name ?? '—')} <span class="code">${idNumber ?? ''}</span> <span class="soft">${[area, home].filter(Boolean).join(' · ')}</span></li>`;
  return html`<h2>${t(`找到 ${found.length} 条，是哪一个`, `${found.length} found: which one`)}</h2><ul class="parts">!${found.map(line)}</ul>!${anyway}`;
}

function writing(t: Say, { record, areas, typed, newId }: NewShown): string {
  const value = (name: string): string => typed[name] ?? '';
  const whom =
    record === null
      ? html`<label for="areaId">${t('哪个地方', 'Where')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, value('areaId') || (areas[0]?.id ?? ''))}</select>`
      : html`<input type="hidden" name="recordId" value="${record.id}"><p>${t('台账里的', 'The record of ')}<strong>${record.name}</strong> <span class="soft">${record.area}</span> · <a href="${REQUESTS}/new">${t('不是这个人', 'somebody else')}</a></p>`;
  return html`<form method="post" action="${REQUESTS}/new"><input type="hidden" name="commandId" value="${newId()}">!${whom}
!${choose(t, { name: 'wanted', label: t('要什么', 'What they ask for'), of: wishes, chosen: value('wanted') })}
<label for="name">${t('是谁的信息', 'Whose information')}</label><input id="name" name="name" required minlength="2" maxlength="60" autocomplete="off" value="${value('name') || (record?.name ?? '')}">
<div class="asks"><div>!${choose(t, { name: 'askedBy', label: t('谁来的', 'Who came'), of: askers, chosen: value('askedBy') })}</div>
<div><label for="asker">${t('不是本人的，来的人姓名', 'Their name, if it is not the person')}</label><input id="asker" name="asker" maxlength="60" autocomplete="off" value="${value('asker')}"></div>
<div>!${choose(t, { name: 'document', label: t('看了什么证件', 'Document looked at'), of: documents, chosen: value('document') })}</div></div>
<label for="request-words">${t('他们怎么说的', 'In their words')} <span class="soft">${t('要看什么、哪里不对、为什么删', 'what to see, what is wrong, why delete')}</span></label><textarea id="request-words" name="words" rows="3" required minlength="2" maxlength="1000">${value('words')}</textarea>
<label for="contact">${t('答复送到哪里（电话或地址，可以空着）', 'Where the answer goes, if it is not fetched')}</label><input id="contact" name="contact" maxlength="100" autocomplete="off" value="${value('contact')}">
<p class="soft small">${t('登记后社区书记的待办里就有，期限从现在算。姓名和原话密封保存，办结三年后删去。', 'The community head owes the answer from now on. Names and words are sealed, and erased three years after it is closed.')}</p>
<p><button class="primary">${t('登记', 'Write it down')}</button></p></form>`;
}
