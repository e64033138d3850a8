import { html } from 'ghtml';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { type Condition, comparisons } from '../../domains/land/registry/fields/choice.model.ts';
import { type Ledger, residents } from '../../domains/land/registry/ledger.model.ts';
import { lackingZh, offeredBy } from '../../domains/land/registry/out/meant.model.ts';
import { isOwnLedger } from '../../domains/land/registry/own/own_ledger_code.model.ts';
import type { DeskFrame } from './console.pages.ts';
import { valueWords } from './ledger.words.ts';
import type { TemplateDetail } from './ledger_template.pages.ts';
import type { Say } from './people.pages.ts';

/** Before a blank workbook is filled: with whom, of how many nobody can say, and what its title offers. */

/** The form that a condition is added to. */
export const BINDING = 'binding';
type Language = DeskFrame['language'];

/** 所有登记的房屋; of an own ledger its name says no more than what it is called. */
export const allOf = ({ code, says }: Ledger): string =>
  isOwnLedger(code) ? `“${says.tab.zh}”里的全部` : `所有登记的${says.tab.zh}`;

export function meantPart(template: TemplateDetail, ledger: Ledger, language: Language, t: Say): string {
  const { conditions, meant, area } = template;
  const { counted } = ledger.says;
  const n = (many: number): string => many.toLocaleString('en');
  const all = ledger.code === residents.code ? '所有登记的人' : allOf(ledger);
  const said = conditions.map((one) => conditionWords(ledger, one, language)).join(t('，', ', '));
  const many =
    meant.many === null
      ? t('有多少，填的时候数', 'they are counted when it is filled')
      : t(`${area}有 ${n(meant.many)} ${counted.zh}`, `${n(meant.many)} ${counted.en} in ${area}`);
  const whom =
    conditions.length === 0
      ? t(`填的是：${all}，${many}`, `It is filled with all ${counted.en} that are registered: ${many}`)
      : t(`填的是：符合“${said}”的，${many}`, `It is filled only with: ${said}; ${many}`);
  const out =
    meant.unjudged === 0
      ? ''
      : html`<br><span class="near">${t(`另有 ${n(meant.unjudged)} ${counted.zh}${lackingZh(ledger, meant.lacking)}，没有算进去`, `${n(meant.unjudged)} more stay out: not known of them is ${meant.lacking.map((code) => nameIn(ledger, code).en).join(' or ')}`)}</span>`;
  return html`<p id="meant"><strong>${whom}</strong> <a href="#who">${t('改填哪些', 'change that')}</a>!${out}</p>!${offers(template, ledger, language, t)}`;
}

/** 年龄 不小于 60 */
const conditionWords = (ledger: Ledger, { field, is, value = '' }: Condition, language: Language): string =>
  [nameIn(ledger, field)[language], comparisons[is][language], valueWords(field, value, language)].join(' ').trim();

/** Pressed, it becomes a condition like any that is written by hand. */
function offers(
  { tables, chosen, fileName, conditions }: TemplateDetail,
  ledger: Ledger,
  language: Language,
  t: Say,
): string {
  const table = tables[chosen];
  const title = `${table?.title ?? ''} ${table?.sheet ?? ''} ${fileName.replace(/\.\w+$/, '')}`;
  const offered = offeredBy(title, ledger, conditions);
  if (offered.length === 0) return '';
  const buttons = offered.map((one) => {
    const value = [one.field, one.is, one.value ?? ''].join(':');
    const words = conditionWords(ledger, one, language);
    return html`<button form="${BINDING}" name="offer" value="${value}">${t(`只填：${words}`, `Only: ${words}`)}</button> `;
  });
  return html`<p class="near">${t('标题像是只要一部分，要的话按一下：', 'Its title seems to ask for some of them; press what holds:')}</p><p>!${buttons}</p>`;
}
