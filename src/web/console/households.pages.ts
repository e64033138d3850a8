import { html } from 'ghtml';
import type { z } from 'zod';
import type { householdLine } from '../../domains/land/registry/record.model.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaForm, type Choice, HOME, HOUSEHOLDS, ledgerTabs, type OwnTab } from './residents.pages.ts';

/** The residents of an area once more, household by household. */
export type Household = z.output<typeof householdLine>;

export interface HouseholdsShown {
  readonly own: readonly OwnTab[];
  readonly area: Choice;
  readonly areas: readonly Choice[];
  readonly total: number;
  readonly rows: readonly Household[];
  readonly next: string | null;
}

const title = { zh: '按户看', en: 'Households' };

export function householdsPage(frame: DeskFrame, shown: HouseholdsShown): string {
  const t = sayIn(frame.language);
  const { area, total, rows, next } = shown;
  const n = total.toLocaleString('en');
  const none = t(
    '这里还没有写了户号的人。居民表里有户号一列的，导入以后同一个户号的人就在一起。',
    'Nobody here has the number of a household yet. Where a spreadsheet of residents has a column of them, those with one number stand together.',
  );
  const more =
    next === null
      ? ''
      : html`<p class="ways"><a href="${HOUSEHOLDS}?${new URLSearchParams({ area: area.id, after: next }).toString()}" rel="next">${t('后一页', 'Next page')} →</a></p>`;
  return desk(
    frame,
    title,
    html`!${ledgerTabs(frame, 'households', area.id, shown.own)}
<h1>${t('各户', 'Households')} <span class="soft">${area.name.split(' · ').at(-1)}</span></h1>
!${areaForm(HOUSEHOLDS, shown, t)}
<h2>${t(`共 ${n} 户`, `${n} households`)}</h2>
<p class="soft small">${t('户号只在一个社区里算。人换了户，打开这个人，在“更正或补填”里改户号；搬到别的网格，改网格。', 'The number of a household is its community’s own. Who has moved to another household or grid is opened, and gets the new one under “Correct or add”.')}</p>
!${total === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${rows.map((one) => householdPart(one, t))}</ul>!${more}`}`,
  );
}

function householdPart({ number, area, members }: Household, t: Say): string {
  const line = ({ id, name, relation, phone }: Household['members'][number]): string =>
    html`<li><a href="${HOME}/${id}">${name ?? '—'}</a> <span class="soft">${relation ?? ''}</span> <span class="code">${phone ?? ''}</span></li>`;
  const n = t(`${members.length} 人`, members.length === 1 ? '1 person' : `${members.length} persons`);
  return html`<li><h3>${t('户号', 'No.')} ${number}<br><span class="soft small">${area} · ${n}</span></h3><div><ul class="plain">!${members.map(line)}</ul></div></li>`;
}
