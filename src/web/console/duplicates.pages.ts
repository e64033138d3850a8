import { html } from 'ghtml';
import type { z } from 'zod';
import type { AnyLedgerCode, Ledger } from '../../domains/land/registry/ledger.model.ts';
import type { duplicatesView } from '../../domains/land/registry/merging/merge.model.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { valueWords } from './ledger.words.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaForm, type Choice, doneBox, HOME, type Line, listOf, titleOf } from './residents.pages.ts';

/** What may be registered twice in a ledger: two records, and why one thinks so. A person decides. */
export type Duplicates = z.output<typeof duplicatesView>;

export interface DuplicatesShown extends Duplicates {
  readonly ledger: Ledger;
  readonly area: Choice;
  readonly areas: readonly Choice[];
  readonly done: string | null;
}

export const DUPLICATES = `${HOME}/duplicates`;
const title = { zh: '登记了两次的', en: 'Registered twice' };

export const duplicatesIn = (ledger: AnyLedgerCode, area?: string): string =>
  `${DUPLICATES}?${new URLSearchParams({ ledger, ...(area === undefined ? {} : { area }) }).toString()}`;
/** Where the two stand side by side. */
export const besideHref = (kept: string, gone: string): string => `${HOME}/${kept}/merge?other=${gone}`;

/** `是不是同一个人`; `the same person?` */
export const isItOne = ({ says }: Ledger, t: Say): string => t(`是不${says.same.zh}`, `Is it ${says.same.en}`);

export function duplicatesPage(frame: DeskFrame, shown: DuplicatesShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const { ledger, area, rows, more, done } = shown;
  const { says } = ledger;
  const none =
    ledger.code === 'residents'
      ? t(
          '没有像是登记了两次的。身份证号，或者姓名和生日、电话、门牌都对得上的两条，会列在这里。',
          'Nobody seems to be registered twice. Two with the same identity number, or with the same name and birthday, telephone or door, are listed here.',
        )
      : t(
          '没有像是登记了两次的。同一个社区里，名称、号码或门牌对得上的两条，会列在这里。',
          'Nothing seems to be registered twice. Two of one community with the same name, number or door are listed here.',
        );
  const rest = more
    ? html`<p class="soft">${t('还有更多；先看完这些，或选一个小一点的地方。', 'There are more: go through these first, or choose a smaller area.')}</p>`
    : '';
  const asked = html`<input type="hidden" name="ledger" value="${ledger.code}">`;
  return desk(
    frame,
    title,
    html`<p><a href="${listOf(ledger.code, area.id)}">← ${titleOf(ledger, frame)}</a></p>
<h1>${t('像是登记了两次的', 'Perhaps registered twice')} <span class="soft">${area.name.split(' · ').at(-1)}</span></h1>
!${doneBox(done)}!${areaForm(DUPLICATES, shown, t, asked)}
<h2>${t(`${rows.length} 对`, rows.length === 1 ? '1 pair' : `${rows.length} pairs`)}</h2>
<p class="soft small">${t(`${isItOne(ledger, t)}由您定：点“比一比”，两条并排看，再合并，或者认定${says.two.zh}。合并以后还能拆开。`, 'Whether they are one is yours to say: open a pair, see both side by side, then merge them or say that they are two. A merge can be undone.')}</p>
!${rows.length === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${rows.map((pair) => pairPart(frame, pair, t))}</ul>!${rest}`}`,
  );
}

function pairPart({ language }: DeskFrame, { one, other, because }: Duplicates['rows'][number], t: Say): string {
  const why = because.map((words) => words[language]).join(t('；', '; '));
  return html`<li><h3>${why}</h3><div><ul class="plain">!${[one, other].map((line) => html`<li>!${lineOf(line, language)}</li>`)}</ul><p><a class="button" href="${besideHref(one.id, other.id)}">${t('比一比', 'Compare')}</a></p></div></li>`;
}

/** One of two that are compared: what it is called, and enough to tell it from another. */
export function lineOf(line: Line, language: DeskFrame['language']): string {
  const { id, ledger, name, bornOn, idNumber, phone, values, home, area } = line;
  const isPerson = ledger === 'residents';
  const listed = Object.entries(values).map(([code, value]) => valueWords(code, value, language));
  const says = isPerson ? [bornOn, home, area] : [home, ...listed, area];
  const shown = [...new Set(says)].filter((text) => text && text !== name);
  return html`<a href="${HOME}/${id}">${name ?? '—'}</a> <span class="soft">${shown.join(' · ')}</span> <span class="code">${isPerson ? [idNumber, phone].filter((text) => text).join(' ') : ''}</span>`;
}
