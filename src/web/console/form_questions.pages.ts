import { html } from 'ghtml';
import { nameOf } from '../../domains/land/registry/fields/keeping.model.ts';
import type { Widget } from '../../domains/land/registry/forms/form.model.ts';
import type { GivenQuestion } from '../../domains/land/registry/forms/form_shape.model.ts';
import type { Words } from '../../kernel/words.ts';
import type { DeskFrame } from './console.pages.ts';
import { sayIn } from './people.pages.ts';

/** The questions of a form in words. */
export const kinds: Readonly<Record<Widget, Words>> = {
  text: { zh: '写字', en: 'text' },
  paragraph: { zh: '写一段', en: 'paragraph' },
  integer: { zh: '填整数', en: 'whole number' },
  decimal: { zh: '填数', en: 'number' },
  money: { zh: '填金额', en: 'amount' },
  date: { zh: '选日期', en: 'day' },
  yes_no: { zh: '是或否', en: 'yes or no' },
  choice: { zh: '选一个', en: 'one of' },
  choices: { zh: '选几个', en: 'some of' },
  phone: { zh: '填电话', en: 'telephone' },
  place: { zh: '定位', en: 'position' },
  signature: { zh: '手写签名', en: 'signature' },
  photo: { zh: '拍照片', en: 'photo' },
  barcode: { zh: '条码', en: 'barcode' },
  note: { zh: '只说明', en: 'note' },
  repeat: { zh: '填几行', en: 'rows' },
};

/** As people are asked; what the ledger knows is not asked again. */
export function questionTable({ language }: DeskFrame, questions: readonly GivenQuestion[]): string {
  const t = sayIn(language);
  const rows = questions.map((question) => {
    const { ask, askEn, widget, options = [], field, required, when, least, most, of = [] } = question;
    const within = [least === undefined ? '' : `≥ ${least}`, most === undefined ? '' : `≤ ${most}`].filter(Boolean);
    const inside = [...options.map(({ label }) => label), ...of.map((one) => one.ask)].join('、');
    const how = [
      [kinds[widget][language], inside].filter(Boolean).join('：'),
      ...within,
      ...(when === undefined ? [] : [t('看前面怎么答才问', 'only after an answer')]),
      ...(required ? [t('必填', 'required')] : []),
    ].join(t('，', ', '));
    const ours = field === undefined ? t('台账里没有', 'not in the ledger') : nameOf(field)[language];
    const said = language === 'en' && askEn !== undefined ? askEn : ask;
    return html`<tr><th scope="row">${said}</th><td data-label="${t('怎么答', 'How')}">${how}</td><td data-label="${t('台账里的', 'In the ledger')}">${ours}</td></tr>`;
  });
  return html`<h3>${t('会这样问', 'What will be asked')} <span class="soft">${questions.length}</span></h3><table class="records"><thead><tr><th>${t('问题', 'Question')}</th><th>${t('怎么答', 'How')}</th><th>${t('台账里的', 'In the ledger')}</th></tr></thead><tbody>!${rows}</tbody></table>`;
}
