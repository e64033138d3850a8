import { html } from 'ghtml';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { besideHref, lineOf } from './duplicates.pages.ts';
import { ledgerShown } from './ledger.words.ts';
import { sayIn } from './people.pages.ts';
import type { Resident } from './resident.pages.ts';
import { HOME, type Line } from './residents.pages.ts';

/** Another one that the rules do not suggest: looked for, then both stand side by side. */
export interface OtherShown {
  readonly resident: Resident;
  /** What was found; null: nothing was looked for yet. */
  readonly rows: readonly Line[] | null;
  readonly fault: Fault | null;
}

export const otherHref = (id: string): string => `${HOME}/${id}/other`;

export function otherPage(frame: DeskFrame, { resident, rows, fault }: OtherShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const { says } = ledgerShown(resident);
  const others = rows?.filter(({ id }) => id !== resident.id) ?? [];
  const none = t(
    '没有找到另一条。请核对每一位数字和每一个字，要写全；不在您负责的地方的找不到。',
    'No other one was found. Compare every digit and character, and write it in full; what lies outside your area cannot be found.',
  );
  const line = (one: Line): string =>
    html`<li>!${lineOf(one, language)} <a class="button" href="${besideHref(resident.id, one.id)}">${t('比一比', 'Compare')}</a></li>`;
  const found =
    others.length === 0 ? html`<p>${none}</p>` : html`<ul class="plain">!${others.map((one) => line(one))}</ul>`;
  return desk(
    frame,
    { zh: '和另一条比一比', en: 'Compare with another' },
    html`<p><a href="${HOME}/${resident.id}">← ${resident.name || '—'}</a></p>
<h1>${t('和哪一条比？', 'Compare with which one?')}</h1>!${faultBox(fault)}
<form method="post" action="${otherHref(resident.id)}" role="search"><label for="words">${says.find[language]} <span class="soft">${says.findBy[language]}</span></label><div class="asked-in-line"><input id="words" name="words" required maxlength="60" autocomplete="off"><button class="primary">${t('找', 'Find')}</button></div></form>
!${rows === null ? '' : found}`,
  );
}
