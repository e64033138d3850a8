import { html } from 'ghtml';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { ownSaidOf } from '../../domains/land/registry/ledgers.model.ts';
import { addedOf } from '../../domains/land/registry/own/own_field.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { sayIn } from './people.pages.ts';
import { fieldsets } from './resident_form.pages.ts';
import { type Choice, FILES, keeps, listOf, NEW_RECORD, titleOf } from './residents.pages.ts';

/** Writing down somebody or something new by hand. */
export interface NewRecordShown {
  /** With the own fields that are asked where it lies. */
  readonly ledger: Ledger;
  readonly area: Choice;
  readonly grids: readonly Choice[];
  readonly typed: Readonly<Record<string, string>> | null;
  readonly faults: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

/** Tells of nobody: a browser keeps it. */
const title = { zh: '登记', en: 'Enter by hand' };

export function newRecordPage(frame: DeskFrame, shown: NewRecordShown): string {
  const { ledger, area, grids, typed, faults, fault, newId } = shown;
  const t = sayIn(frame.language);
  const resident = { ledger: ledger.code, own: ownSaidOf(ledger), areaId: area.id, facts: [], added: addedOf(ledger) };
  const many = keeps(frame)
    ? html` <a href="${FILES}?${new URLSearchParams({ ledger: ledger.code, area: area.id }).toString()}">${t('有一批的，导入表格', 'For many, import a spreadsheet')}</a>`
    : '';
  return desk(
    frame,
    title,
    html`<p><a href="${listOf(ledger.code, area.id)}">← ${titleOf(ledger, frame)}</a></p>
<h1>${t(`登记${ledger.says.one.zh}`, 'Enter one by hand')} <span class="soft">${area.name.split(' · ').at(-1)}</span></h1>
!${faultBox(fault)}
<p class="soft">${t('知道多少填多少，以后可以补；已经登记过的会告诉您，不会登记两遍。', 'Fill in what is known, the rest may be added later. Who is registered already is told, and not written twice.')}!${many}</p>
<form method="post" action="${NEW_RECORD}" class="correct"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="ledger" value="${ledger.code}"><input type="hidden" name="areaId" value="${area.id}">
!${fieldsets(frame, { resident, grids, typed, faults })}<p><button class="primary">${t('登记', 'Write it down')}</button></p></form>`,
  );
}
