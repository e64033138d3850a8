import { html } from 'ghtml';
import type { z } from 'zod';
import type { besideView, mergesView, Side } from '../../domains/land/registry/merging/merge.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { besideHref, duplicatesIn, isItOne, lineOf } from './duplicates.pages.ts';
import { groupsOf, ledgerShown, nameAmong, valueWords } from './ledger.words.ts';
import { otherHref } from './merge_other.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { byWhom, type Resident, sourceWords, whence } from './resident.pages.ts';
import { doneBox, HOME } from './residents.pages.ts';

/** Two records side by side, field by field, with who set what; which of the two stays; and what came of earlier merges. */
export type Beside = z.output<typeof besideView>;
export type Pair = NonNullable<Beside['pair']>;
export type Merges = z.output<typeof mergesView>;

export interface BesideShown {
  readonly pair: Pair;
  /** What was chosen and refused, by field; null: nothing. */
  readonly typed: Readonly<Record<string, string>> | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

const title = { zh: '比一比', en: 'Compare two records' };

export function besidePage(frame: DeskFrame, shown: BesideShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const { pair, fault, newId } = shown;
  const { kept, gone, because } = pair;
  const why = because.map((words) => words[language]).join(t('；', '; '));
  const same = sameIn(frame, pair);
  const ledger = ledgerShown(kept);
  const { says } = ledger;
  const apart = html`<input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="other" value="${gone.id}">`;
  const two = pair.isApart
    ? html`<form method="post" action="${HOME}/${kept.id}/again">!${apart}<p><button>${t('认定错了，重新提示', 'That was a mistake: suggest it again')}</button></p></form>`
    : html`<form method="post" action="${HOME}/${kept.id}/apart">!${apart}<p><button>${t('不是，以后不再提示', 'No: do not suggest it again')}</button></p></form>`;
  const rows = inOrder(pair);
  return desk(
    frame,
    title,
    html`<p><a href="${duplicatesIn(kept.ledger)}">← ${t('像是登记了两次的', 'Perhaps registered twice')}</a></p>
<h1>${t(`${isItOne(ledger, t)}？`, `${isItOne(ledger, t)}?`)}</h1>
!${faultBox(fault)}
<p>${why === '' ? t('没有一样的号码、名字、电话、门牌；请看仔细。', 'They share no number, name, telephone or door: look closely.') : why}!${pair.isApart ? html` <span class="near">● ${t(`有人认定过${says.two.zh}`, `Somebody has said that they are ${says.two.en}`)}</span>` : ''}</p>
<form method="post" action="${HOME}/${kept.id}/merge" class="correct"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="other" value="${gone.id}">
<input type="hidden" name="seen.kept" value="${kept.changedAt.toISOString()}"><input type="hidden" name="seen.gone" value="${gone.changedAt.toISOString()}">
<ul class="plain">!${[kept, gone].map((one, i) => html`<li>!${headOf(one, i === 0 ? 'kept' : 'gone', t)}</li>`)}</ul>
<table class="records people"><thead><tr><th>${t('不一样的', 'Where they differ')}</th>!${(['kept', 'gone'] as const).map((side) => html`<th>${becomes(side, t)}</th>`)}</tr></thead><tbody>
!${doorRow(frame, shown, rows)}!${rows.filter((it) => !isOfDoor(it, rows)).map((it) => choiceRow(frame, shown, it))}</tbody></table>
!${same}
<p class="soft small">${t('已按规则选好：说的是较晚那天的算，同一天的当面填的算。要用另一边的，改选。两边的经过都留着；另一条从此并到留下的这一条，原来的编号、号码还找得到它；以后能拆开。', 'Chosen by the rules: what was told of the later day, on one day what was entered by hand. Choose otherwise where you know better. The history of both stays; the other record leads to this one from then on, and is found by its old numbers; it can be undone.')}</p>
<p class="ways"><button class="primary">${t('是，合并成一条', 'Yes: merge them')}</button><a href="${besideHref(gone.id, kept.id)}">${t('换一条留下', 'Keep the other one')}</a></p></form>
!${two}`,
  );
}

function headOf({ id, name, area }: Resident, side: Side, t: Say): string {
  return html`<a href="${HOME}/${id}">${name || '—'}</a> <span class="soft">${becomes(side, t)}</span><br><span class="soft small">${area}</span>`;
}

const becomes = (side: Side, t: Say): string =>
  side === 'kept' ? t('留下的', 'stays') : t('并进来的', 'goes into it');

type Differing = Pair['differing'][number];

/** As the ledger orders its fields. */
function inOrder({ kept, differing }: Pair): readonly Differing[] {
  const order = groupsOf(kept.ledger, kept.added).flatMap(({ fields }) => fields);
  // Own fields of another place do not appear here; the rules have chosen for them.
  const shown = differing.filter(({ field }) => order.includes(field));
  return shown.toSorted((one, other) => order.indexOf(one.field) - order.indexOf(other.field));
}

function choiceRow(frame: DeskFrame, shown: BesideShown, { field, chosen }: Differing): string {
  const { language } = frame;
  const typed = shown.typed?.[`choose.${field}`] ?? chosen;
  const facts = { kept: factIn(shown.pair.kept, field), gone: factIn(shown.pair.gone, field) };
  const isCovered = facts.kept?.isMasked === true && facts.kept.value === facts.gone?.value;
  const cell = (side: Side): string => {
    const fact = facts[side];
    const t = sayIn(language);
    const says = fact ? valueWords(field, fact.value, language) : t('没有填', 'not told');
    const note = isCovered
      ? html`<span class="near small">${t('中间几位不同，完整的在各自的页上看', 'differs in the middle: see it in full on its own page')}</span>`
      : '';
    const from = fact ? html`<span class="soft small">${whence(frame, fact)}</span>` : '';
    return html`<td><label class="choice"><input type="radio" name="choose.${field}" value="${side}"!${typed === side ? ' checked' : ''}> <span class="${fact?.isMasked ? 'code' : ''}">${says}</span> <span class="soft small">${becomes(side, t)}</span></label>!${note}!${from}</td>`;
  };
  return html`<tr><th scope="row">${nameAmong(shown.pair.kept.added, field)[language]}</th>!${cell('kept')}!${cell('gone')}</tr>`;
}

const DOOR = ['place.compound', 'place.group', 'place.building', 'place.entrance', 'place.door'];

/** The parts of one door are chosen together: half of each would be a door that nobody told of. */
const isOfDoor = ({ field }: Differing, rows: readonly Differing[]): boolean =>
  DOOR.includes(field) && rows.filter((one) => DOOR.includes(one.field)).length > 1;

function doorRow({ language }: DeskFrame, { pair, typed }: BesideShown, rows: readonly Differing[]): string {
  const t = sayIn(language);
  const parts = rows.filter((one) => isOfDoor(one, rows));
  const last = parts.at(-1);
  if (last === undefined) return '';
  const chosen = typed?.[`choose.${last.field}`] ?? last.chosen;
  const cell = (side: Side): string => {
    const says = DOOR.flatMap((field) => factIn(pair[side], field)?.value ?? []).join(' ');
    return html`<td><label class="choice"><input type="radio" name="choose.door" value="${side}"!${chosen === side ? ' checked' : ''}> <span>${says || t('没有填', 'not told')}</span> <span class="soft small">${becomes(side, t)}</span></label></td>`;
  };
  const fields = parts.map(({ field }) => field).join(' ');
  return html`<tr><th scope="row">${t('门牌', 'Door')}<input type="hidden" name="door" value="${fields}"></th>!${cell('kept')}!${cell('gone')}</tr>`;
}

const factIn = ({ facts }: Resident, field: string) => facts.find((one) => one.field === field);

function sameIn({ language }: DeskFrame, { kept, differing }: Pair): string {
  const t = sayIn(language);
  const same = kept.facts.filter(({ field }) => !differing.some((one) => one.field === field));
  if (same.length === 0) return '';
  const said = same.map(({ name, field, value }) => `${name[language]} ${valueWords(field, value, language)}`);
  return html`<p class="soft">${t('一样的：', 'The same: ')}${said.join(t('；', '; '))}</p>`;
}

export interface MergesShown {
  readonly id: string;
  readonly merges: Merges;
  /** Of whom somebody has said that it is another. */
  readonly apart: Beside['apart'];
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly newId: () => string;
}

export function mergesPage(frame: DeskFrame, shown: MergesShown): string {
  const t = sayIn(frame.language);
  const { id, merges, apart, fault, done } = shown;
  const none = t('没有和别的合并过。', 'It was never merged with another.');
  return desk(
    frame,
    { zh: '合并和拆开', en: 'Merges' },
    html`<p><a href="${HOME}/${id}">← ${t('回到这一条', 'Back to the record')}</a></p>
<h1>${t('合并和拆开', 'Merges')}</h1>!${faultBox(fault)}!${doneBox(done)}
!${merges.length === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${merges.map((one) => mergePart(frame, shown, one))}</ul>`}!${apartFrom(frame, id, apart)}
<p><a class="button" href="${otherHref(id)}">${t('和另一条比一比', 'Compare with another one')}</a></p>`,
  );
}

/** Each leads to both side by side, where it is taken back. */
function apartFrom({ language, zone }: DeskFrame, id: string, apart: Beside['apart']): string {
  const t = sayIn(language);
  if (apart.length === 0) return '';
  const line = ({ other, by, at }: Beside['apart'][number]): string =>
    html`<li>!${lineOf(other, language)} <span class="soft small">${dayAndTime(at, zone, language)} · ${byWhom(by, t)}</span> <a href="${besideHref(id, other.id)}">${t('再看一眼', 'Look again')}</a></li>`;
  return html`<h2>${t('认定过不是同一个的', 'Said to be others')}</h2><ul class="plain">!${apart.map(line)}</ul>`;
}

function mergePart(frame: DeskFrame, { newId }: MergesShown, merge: Merges[number]): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { keptId, goneId, by, at, undoneBy, undoneAt, chosen } = merge;
  const called = (name: string): string => name || t('（不在您负责的地方）', '(outside your area)');
  const fields = chosen.map((words) => words[language]).join(t('、', ', '));
  const choice =
    fields === '' ? '' : html`<p class="soft small">${t(`另外选定的：${fields}`, `Chosen otherwise: ${fields}`)}</p>`;
  const names = html`<a href="${HOME}/${goneId}">${called(merge.goneName)}</a> → <a href="${HOME}/${keptId}">${called(merge.keptName)}</a>`;
  const undo = html`<form method="post" action="${HOME}/${keptId}/unmerge"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="merge" value="${merge.mergeId}">
<p>${t('拆开以后各自拿回自己原来的内容；合并以后说的留在留下的那一条，会列出来由您定。', 'Each gets back its own facts; what was told since the merge stays with the one that stayed, and is listed for you to decide.')}</p><p><button class="danger">${t('合错了，拆开', 'It was a mistake: part them')}</button></p></form>`;
  const parted = html`<p>${t('已拆开', 'Undone')} <span class="soft small">${undoneAt === null ? '' : dayAndTime(undoneAt, zone, language)} · ${byWhom(undoneBy, t)}</span></p>!${sinceOf(frame, merge)}`;
  return html`<li><h3>!${names}<br><span class="soft small">${dayAndTime(at, zone, language)} · ${byWhom(by, t)}</span></h3><div>!${choice}!${undoneAt === null ? undo : parted}</div></li>`;
}

/** What a person must say: whose is it? */
function sinceOf({ language, zone }: DeskFrame, { since, keptId, goneId }: Merges[number]): string {
  const t = sayIn(language);
  if (since.length === 0)
    return html`<p class="soft">${t('合并以后没有新的说法，不用再定什么。', 'Nothing was told between the two: there is nothing to decide.')}</p>`;
  const line = ({ at, by, source, fields }: Merges[number]['since'][number]): string =>
    html`<li>${fields.map((words) => words[language]).join(t('、', ', '))} <span class="soft small">${dayAndTime(at, zone, language)} · ${byWhom(by, t)} · ${sourceWords(source, language, t)}</span></li>`;
  return html`<p>${t(`要您定的：合并以后说的这 ${since.length} 笔，说的是谁？现在都留在`, `For you to decide: of whom was this told? It stands, for now, with `)}<a href="${HOME}/${keptId}">${t('留下的那一条', 'the one that stayed')}</a>${t('；是另一个人的，到', '; what is the other’s is entered with ')}<a href="${HOME}/${goneId}#correct">${t('他那一条', 'them')}</a>${t('里补填，这边删去。', ' and taken away here.')}</p><ul class="plain">!${since.map(line)}</ul>`;
}
