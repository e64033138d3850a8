import { html } from 'ghtml';
import { codeListOf } from '../../domains/land/registry/fields/code_lists.model.ts';
import { keepingOf, typeNamed } from '../../domains/land/registry/fields/keeping.model.ts';
import { isOwn } from '../../domains/land/registry/fields/own_code.model.ts';
import { isOwnLedger } from '../../domains/land/registry/own/own_ledger_code.model.ts';
import type { DeskFrame } from './console.pages.ts';
import { askedAs, choicesOf, groupsOf, ledgerShown, nameAmong, stillAsked } from './ledger.words.ts';
import type { Group } from './ledger_groups.ts';
import { sayIn } from './people.pages.ts';
import type { ResidentShown } from './resident.pages.ts';
import { HOME } from './residents.pages.ts';

/** What a form of a record shows: of somebody new no fact is known. */
export interface FormShown extends Pick<ResidentShown, 'grids' | 'typed' | 'faults'> {
  readonly resident: Pick<ResidentShown['resident'], 'ledger' | 'own' | 'areaId' | 'facts' | 'added'>;
}

/** Every field of the ledger, in the groups in which it is shown. Of what nothing is known the group is folded. */
export const fieldsets = (frame: DeskFrame, shown: FormShown): string =>
  groupsOf(shown.resident.ledger, stillAsked(shown.resident.added))
    .filter(({ fields }) => fields.length > 0)
    .map((group) => (isFolded(shown, group) ? folded(frame, shown, group) : unfolded(frame, shown, group)))
    .join('');

const asksOf = (frame: DeskFrame, shown: FormShown, { fields }: Group): string =>
  html`<div class="asks">!${fields.map((code) => field(frame, shown, code))}</div>`;

/** What is known and what is asked of nearly everybody stands open, the rest of a long group behind one line. */
function unfolded(frame: DeskFrame, shown: FormShown, group: Group): string {
  const isOpen = (code: string, at: number): boolean => at < MOST_OPEN || isNeeded(shown, code);
  const [open, rest] = [group.fields.filter(isOpen), group.fields.filter((code, at) => !isOpen(code, at))];
  const isShort = rest.length < FEW_MORE;
  const first = { ...group, fields: isShort ? group.fields : open };
  const says = sayIn(frame.language)(
    `还有 ${rest.length} 项，都还没有填`,
    `${rest.length} more fields, none known yet`,
  );
  const more = html`<details class="asked-more"><summary class="small">${says}</summary>!${asksOf(frame, shown, { ...group, fields: rest })}</details>`;
  return html`<fieldset><legend>${group.words[frame.language]}</legend>!${asksOf(frame, shown, first)}!${isShort ? '' : more}</fieldset>`;
}
const MOST_OPEN = 8;
const FEW_MORE = 3;

function folded(frame: DeskFrame, shown: FormShown, group: Group): string {
  const n = group.fields.length;
  const many = sayIn(frame.language)(`${n} 项，都还没有填`, `${n} fields, none known yet`);
  return html`<details class="asked-more"><summary>${group.words[frame.language]} <span class="soft small">${many}</span></summary>!${asksOf(frame, shown, group)}</details>`;
}

/** What must be told, where it lies, what is known, what was typed or refused stands open; so does what an area added, fields and ledgers. */
const isFolded = (shown: FormShown, { fields }: Group): boolean =>
  !isOwnLedger(shown.resident.ledger) && !fields.some((code) => isNeeded(shown, code));

function isNeeded({ resident, typed, faults }: FormShown, code: string): boolean {
  const isTouched = faults[code] !== undefined || (typed?.[`value.${code}`] ?? '') !== (typed?.[`was.${code}`] ?? '');
  const isBasic = [...ledgerShown(resident).required, 'place.grid', 'row.remark'].includes(code) || isOwn(code);
  return isBasic || isTouched || resident.facts.some(({ field }) => field === code);
}

/** Correcting and adding, field by field of the dictionary. Only what was changed on the page is sent on. */
export function correctForm(frame: DeskFrame, shown: ResidentShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const { resident, typed, newId } = shown;
  return html`<details id="correct"!${typed === null ? '' : ' open'}><summary>${t('更正或补填', 'Correct or add')}</summary><form method="post" action="${HOME}/${resident.id}/facts" class="correct"><input type="hidden" name="commandId" value="${newId()}">
<p class="soft small">${t('只改要改的，其他的不用动；删空就是去掉；问过没有变的勾“仍然如此”。谁改的、什么时候改的会记下来，原来的留在经过里。', 'Change only what is to be changed; an emptied field is taken away; tick “Still so” where you asked and nothing changed. Who changed it and when is noted, and what stood before stays in the history.')}</p>
!${fieldsets(frame, shown)}<p><button class="primary">${t('保存更正', 'Save')}</button></p></form></details>`;
}

function field(frame: DeskFrame, shown: FormShown, code: string): string {
  const { language } = frame;
  const fault = shown.faults[code];
  const id = `f-${code.replaceAll('.', '-')}`;
  const told = fault === undefined ? '' : html`<p class="late small" id="${id}-fault">▲ ${fault}</p>`;
  const note = noteFor(frame, shown, code);
  const says = note === null ? '' : html`<p class="soft small" id="${id}-note">${note}</p>`;
  const by = [...(fault === undefined ? [] : [`${id}-fault`]), ...(note === null ? [] : [`${id}-note`])].join(' ');
  const attributes = html`!${by === '' ? '' : html` aria-describedby="${by}"`}!${fault === undefined ? '' : ' aria-invalid="true"'}`;
  return html`<div><label for="${id}">${askedAs(shown.resident, code)[language]}</label>!${control(frame, shown, { code, id, attributes })}!${told}!${says}!${stillBox(frame, shown, code)}!${dropBox(frame, shown, code)}</div>`;
}

interface Drawn {
  readonly code: string;
  readonly id: string;
  readonly attributes: string;
}

function control(frame: DeskFrame, shown: FormShown, { code, id, attributes }: Drawn): string {
  const { resident, typed } = shown;
  const fact = resident.facts.find((one) => one.field === code);
  if (keepingOf(code).secrecy === 'masked') return masked(shown, { code, id, attributes });
  const known = code === 'place.grid' && fact ? resident.areaId : (fact?.value ?? '');
  // What stood on the page when it was first shown: what somebody else changed meanwhile is not put back by it.
  const was = typed?.[`was.${code}`] ?? known;
  const value = typed?.[`value.${code}`] ?? known;
  const before = html`<input type="hidden" name="was.${code}" value="${was}">`;
  const options = optionsOf(frame, shown, code);
  if (options !== null)
    return html`!${before}<select id="${id}" name="value.${code}"!${attributes}>!${options.map((one) => html`<option value="${one.id}"!${one.id === value ? ' selected' : ''}>${one.name}</option>`)}</select>`;
  const must = ledgerShown(resident).required.includes(code) ? ' required' : '';
  const words = codeListOf(code)?.words ?? [];
  const list = words.length === 0 ? '' : html` list="${id}-words"`;
  const offered =
    words.length === 0
      ? ''
      : html`<datalist id="${id}-words">!${words.map((one) => html`<option value="${one}"></option>`)}</datalist>`;
  return html`!${before}<input id="${id}" name="value.${code}" value="${value}" maxlength="200" autocomplete="off"!${must}!${attributes}!${list}>!${offered}`;
}

function optionsOf({ language }: DeskFrame, { resident, grids, typed }: FormShown, code: string) {
  const nothing = { id: '', name: '—' };
  if (code === 'place.grid') {
    const fact = resident.facts.find((one) => one.field === code);
    if (!fact) return [nothing, ...grids];
    // It stays where it is, also if it is none of those that may be chosen.
    return grids.some(({ id }) => id === resident.areaId)
      ? grids
      : [{ id: resident.areaId, name: fact.value }, ...grids];
  }
  const choices = choicesOf(code, resident.added);
  if (choices === null) return null;
  // What was written before and is in no list stays as it is until somebody chooses.
  const known = [resident.facts.find((one) => one.field === code)?.value, typed?.[`value.${code}`]];
  const others = [...new Set(known)].flatMap((one) => (one && choices[one] === undefined ? [one] : []));
  return [
    nothing,
    ...Object.entries(choices).map(([id, words]) => ({ id, name: words[language] })),
    ...others.map((one) => ({ id: one, name: one })),
  ];
}

/** A number that is covered is written anew or left as it is. */
const masked = ({ typed }: FormShown, { code, id, attributes }: Drawn): string =>
  html`<input id="${id}" name="value.${code}" value="${typed?.[`value.${code}`] ?? ''}" maxlength="60" autocomplete="off" inputmode="${typeNamed(code) === 'phone' ? 'tel' : 'text'}"!${attributes}>`;

/** What is due to be asked again and has not changed needs no typing anew. */
function stillBox({ language }: DeskFrame, { resident, typed }: FormShown, code: string): string {
  const fact = resident.facts.find(({ field, isStale }) => field === code && isStale);
  if (!fact) return '';
  const says = sayIn(language)(
    `仍然如此（${fact.toldOn} 说的，该重新问了）`,
    `Still so (told ${fact.toldOn}, due to be asked again)`,
  );
  return html`<label class="pick"><input type="checkbox" name="still.${code}" value="yes"!${typed?.[`still.${code}`] === 'yes' ? ' checked' : ''}> ${says}</label>`;
}

/** To take such a number away one says so. */
function dropBox({ language }: DeskFrame, { resident, typed }: FormShown, code: string): string {
  if (!resident.facts.some(({ field, isMasked }) => field === code && isMasked)) return '';
  const { zh, en } = nameAmong(resident.added, code);
  const says = sayIn(language)(`去掉这个${zh}`, `Take it away: ${en}`);
  return html`<label class="pick"><input type="checkbox" name="drop.${code}" value="yes"!${typed?.[`drop.${code}`] === 'yes' ? ' checked' : ''}> ${says}</label>`;
}

function noteFor({ language }: DeskFrame, { resident }: FormShown, code: string): string | null {
  const t = sayIn(language);
  const covered = resident.facts.find((one) => one.field === code && one.isMasked)?.value;
  if (covered !== undefined) return t(`现在是 ${covered}；空着就不改`, `now ${covered}; left empty it stays`);
  const help = resident.added.find((one) => one.code === code)?.help ?? '';
  if (help !== '') return help;
  const isDate = typeNamed(code) === 'date';
  return isDate ? t('如 1950-03-12，不知道哪天就写 1950-03', 'such as 1950-03-12, or 1950-03') : null;
}
