import { html } from 'ghtml';
import { fieldOf } from '../../domains/land/registry/batches/columns.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { fillableIn } from '../../domains/land/registry/out/blank_fit.model.ts';
import type { TemplateDetail } from './ledger_template.pages.ts';
import type { Say } from './people.pages.ts';

/** Why a column of a blank workbook stays empty, said where it is chosen. */
type Column = TemplateDetail['tables'][number]['columns'][number];

const understood = ({ path }: Column): string | undefined => fieldOf(path.split('/'), [])?.field;

/** What nobody understood, and nobody has said to leave. */
export const isUnknown = (one: Column): boolean =>
  one.field === null && !one.isHidden && one.by === null && understood(one) === undefined;

export function emptyWhy(one: Column, ledger: Ledger, t: Say): string {
  const { field, by, isHidden } = one;
  if (isHidden)
    return field === null
      ? html`<span class="near small">${t('隐藏的列：空着，要填请在这里定', 'hidden column: it stays empty unless you say otherwise')}</span>`
      : html`<span class="near small">${t('隐藏的列，也会填', 'hidden column, and filled all the same')}</span>`;
  if (field !== null || by !== null) return '';
  const code = understood(one);
  if (code === undefined) return html`<span class="near small">${t('没有认出来', 'not recognised')}</span>`;
  const words = fillableIn(ledger).includes(code)
    ? t(
        '空着：看表里别的列，这一列不一定是这个意思，或者已由别的列填了',
        'empty: another column has it, or it may mean another',
      )
    : t('这本台账里没有这一项', 'no field of this ledger');
  return html`<span class="soft small">${words}</span>`;
}
