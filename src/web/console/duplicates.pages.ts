import { html } from 'ghtml';
import type { z } from 'zod';
import type { duplicatesView } from '../../domains/land/registry/merging/merge.model.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaForm, type Choice, doneBox, HOME, type Line, listOf } from './residents.pages.ts';

/** Residents who may be registered twice: two of them, and why one thinks so. A person decides. */
export type Duplicates = z.output<typeof duplicatesView>;

export interface DuplicatesShown extends Duplicates {
  readonly area: Choice;
  readonly areas: readonly Choice[];
  readonly done: string | null;
}

export const DUPLICATES = `${HOME}/duplicates`;
const title = { zh: '登记了两次的', en: 'Registered twice' };

/** Where the two stand side by side. */
export const besideHref = (kept: string, gone: string): string => `${HOME}/${kept}/merge?other=${gone}`;

export function duplicatesPage(frame: DeskFrame, shown: DuplicatesShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const { area, rows, more, done } = shown;
  const none = t(
    '没有像是登记了两次的。身份证号，或者姓名和生日、电话、门牌都对得上的两条，会列在这里。',
    'Nobody seems to be registered twice. Two with the same identity number, or with the same name and birthday, telephone or door, are listed here.',
  );
  const rest = more
    ? html`<p class="soft">${t('还有更多；先看完这些，或选一个小一点的地方。', 'There are more: go through these first, or choose a smaller area.')}</p>`
    : '';
  return desk(
    frame,
    title,
    html`<p><a href="${listOf('residents', area.id)}">← ${t('居民台账', 'Residents')}</a></p>
<h1>${t('像是登记了两次的', 'Perhaps registered twice')} <span class="soft">${area.name.split(' · ').at(-1)}</span></h1>
!${doneBox(done)}!${areaForm(DUPLICATES, shown, t)}
<h2>${t(`${rows.length} 对`, rows.length === 1 ? '1 pair' : `${rows.length} pairs`)}</h2>
<p class="soft small">${t('是不是同一个人由您定：点“比一比”，两条并排看，再合并，或者认定是两个人。合并以后还能拆开。', 'Whether they are one person is yours to say: open a pair, see both side by side, then merge them or say that they are two. A merge can be undone.')}</p>
!${rows.length === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${rows.map((pair) => pairPart(frame, pair, t))}</ul>!${rest}`}`,
  );
}

function pairPart({ language }: DeskFrame, { one, other, because }: Duplicates['rows'][number], t: Say): string {
  const why = because.map((words) => words[language]).join(t('；', '; '));
  return html`<li><h3>${why}</h3><div><ul class="plain">!${[one, other].map(personLine)}</ul><p><a class="button" href="${besideHref(one.id, other.id)}">${t('比一比', 'Compare')}</a></p></div></li>`;
}

const personLine = ({ id, name, bornOn, idNumber, phone, home, area }: Line): string =>
  html`<li><a href="${HOME}/${id}">${name ?? '—'}</a> <span class="soft">${[bornOn, home, area].filter((one) => one).join(' · ')}</span> <span class="code">${[idNumber, phone].filter((one) => one).join(' ')}</span></li>`;
