import { html } from 'ghtml';
import type { Part, Status } from '../../domains/work/inspections/hazard.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { type Say, sayIn } from './people.pages.ts';

/** What the pages of hazards and inspections say in the same words. */
export const HAZARDS = '/console/hazards';
export const INSPECTIONS = '/console/inspections';

export const partWords: Readonly<Record<Part, Words>> = {
  all: { zh: '共发现', en: 'found' },
  checked_off: { zh: '已销号', en: 'checked off' },
  in_progress: { zh: '还没销号', en: 'in progress' },
  found: { zh: '待整改', en: 'to be put right' },
  rectifying: { zh: '整改中', en: 'being put right' },
  rectified: { zh: '待复查', en: 'to be looked at again' },
  late: { zh: '超期', en: 'late' },
};

const tones: Readonly<Record<Status, readonly [tone: string, mark: string]>> = {
  found: ['near', '○'],
  rectifying: ['near', '◐'],
  rectified: ['near', '◑'],
  checked_off: ['settled', '●'],
  withdrawn: ['soft', '–'],
};
export const statusSaid = (status: Status, words: Words, language: Language): string =>
  html`<span class="${tones[status][0]}">${tones[status][1]} ${words[language]}</span>`;

type Named = Readonly<Record<string, Words>>;

/** A choice out of a table of words; `orNone`: it may be left open. */
export function choose(
  t: Say,
  {
    name,
    id = name,
    label,
    of,
    chosen,
    orNone = false,
  }: { name: string; id?: string; label: string; of: Named; chosen: string; orNone?: boolean },
): string {
  const options = Object.entries(of).map(
    ([code, words]) =>
      html`<option value="${code}"!${code === chosen ? ' selected' : ''}>${t(words.zh, words.en)}</option>`,
  );
  return html`<label for="${id}">${label}</label><select id="${id}" name="${name}">!${orNone ? html`<option value="">${t('不限', 'any')}</option>` : ''}!${options}</select>`;
}

const units: Named = {
  natural_days: { zh: '自然日', en: 'natural days' },
  working_days: { zh: '工作日', en: 'working days' },
  urgent_hours: { zh: '小时（连续）', en: 'continuous hours' },
};

/** How long: a number and on which clock; `key` keeps several of them on one page apart. */
export function limitFields(
  language: Language,
  key: string,
  label: string,
  typed: Readonly<Record<string, string>>,
): string {
  const t = sayIn(language);
  const options = Object.entries(units).map(
    ([code, words]) =>
      html`<option value="${code}"!${code === typed.unit ? ' selected' : ''}>${words[language]}</option>`,
  );
  return html`<label for="${key}-amount">${label}</label><div class="asked-in-line"><input id="${key}-amount" name="amount" required inputmode="numeric" pattern="[1-9][0-9]{0,3}" maxlength="4" value="${typed.amount ?? ''}"><select name="unit" aria-label="${t('按哪种时间算', 'On which clock')}">!${options}</select></div>`;
}

/** As the endpoint takes it; what is no number is for it to refuse. */
export const limitIn = ({ amount = '', unit }: Readonly<Record<string, string>>) => ({ amount: Number(amount), unit });

/** Up to six at once, on any form that may show what it says. */
export const photoField = (t: Say, id: string, label: string): string =>
  html`<label for="${id}">${label} <span class="soft">${t('可以不带，一次最多 6 张', 'if any, at most 6 at once')}</span></label><input id="${id}" name="photos" type="file" accept="image/jpeg,image/png,image/webp" multiple>`;
