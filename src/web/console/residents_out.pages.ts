import { html } from 'ghtml';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import type { DeskFrame } from './console.pages.ts';
import { type MadeFile, madeBox } from './ledger_template.pages.ts';
import { sayIn } from './people.pages.ts';
import { type Choice, HOME, keeps } from './residents.pages.ts';

/** A ledger of an area as a workbook: asking for it, and where it waits. */
export interface OutShown {
  readonly made: MadeFile | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

interface Taken {
  readonly area: Choice;
  readonly ledger: Ledger;
}

export const outFault = ({ fault }: OutShown): string => faultBox(fault);
export const outMade = ({ language }: DeskFrame, { made }: OutShown): string =>
  made === null ? '' : madeBox(made, sayIn(language));

/** Numbers in full only for whoever keeps the ledger, with a reason; whoever reads it gets them covered, as on the page. */
export function outForm(frame: DeskFrame, { typed, fault, newId }: OutShown, { area, ledger }: Taken): string {
  const t = sayIn(frame.language);
  const reason = keeps(frame)
    ? html`<label for="reason">${t('要完整号码的，写明为什么', 'Numbers in full? Say why')} <span class="soft">${t('谁、为什么、多少条记在台账里；空着就遮住中间几位', 'who, why and how many is kept; without a reason they are covered')}</span></label><input id="reason" name="reason" maxlength="200" value="${typed.reason ?? ''}" autocomplete="off">`
    : html`<p class="soft">${t('身份证号和电话遮住中间几位。', 'Identity numbers and telephones are covered.')}</p>`;
  return html`<details id="out"!${fault === null ? '' : ' open'}><summary>${t('做成表格下载', 'Download as a spreadsheet')}</summary><form method="post" action="${HOME}/out"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="areaId" value="${area.id}"><input type="hidden" name="ledger" value="${ledger.code}">
<p>${t(`${nameOf(area)}的${ledger.words.zh}做成一个能打印、能接着填的表；改好可以再导入。做过这件事记在台账里。`, `The ${ledger.says.counted.en} of ${nameOf(area)} as a spreadsheet to print or work in; it can be imported again. That it was made is kept.`)}</p>
!${reason}<p><button>${t('做成表格', 'Make it')}</button></p></form></details>`;
}

const nameOf = ({ name }: Choice): string => name.split(' · ').at(-1) ?? name;
