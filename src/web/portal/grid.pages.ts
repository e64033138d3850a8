import { html } from 'ghtml';
import type { z } from 'zod';
import { channelLevels } from '../../domains/community/channel/channel.model.ts';
import type { publicAreaView, publicCaseView } from '../../domains/telling/publication/public_area.model.ts';
import { dayAndTime, timeLeft } from '../ui/time.ts';
import { areaMap } from './area_map.ts';
import { type PortalFrame, portalPage, tongue } from './frame.ts';
import { type NoticeLine, noticeList } from './notices.pages.ts';

/** My grid: what is being done around here, what came of it, who answers for it. */
export type PublicArea = z.output<typeof publicAreaView>;
type PublicCase = z.output<typeof publicCaseView>;

export interface GridPage {
  readonly told: PublicArea;
  readonly notices: readonly NoticeLine[];
  readonly status: 'open' | 'closed';
  readonly page: number;
}

export function gridPage(frame: PortalFrame, shown: GridPage): string {
  const { told, notices, status } = shown;
  const t = tongue(frame);
  const { area, above, counts } = told;
  const isGrid = area.level === 'grid' || area.level === 'micro_grid';
  return portalPage(
    frame,
    { zh: `${area.name} · 我的网格`, en: `${area.name} · My grid` },
    html`!${above.length > 0 ? html`<p class="trail">!${above.map(({ code, name }) => html`<a href="/grids/${code}">${name}</a>`).join(' › ')}</p>` : ''}
<h1>${area.name}</h1>
!${notices.length === 0 ? '' : html`<h2>${t('正在生效的通知', 'Notices in force')}</h2>!${noticeList(frame, notices)}`}
!${told.below.length > 0 && !isGrid ? choices(frame, told) : ''}
<dl class="figures"><div><dt>${t('正在办', 'Open')}</dt><dd>${counts.open}</dd></div><div><dt>${t('近 90 天办结', 'Closed in 90 days')}</dt><dd>${counts.closed}</dd></div></dl>
<p class="stack"><a class="button primary" href="/g/${area.code}">${t('在这里报事', 'Report something here')}</a>!${channelLevels.includes(area.level) ? html`<a class="button" href="/g/${area.code}/channel">${t('频道：通知和留言', 'Channel: notices, write to us')}</a>` : ''}</p>
!${mapOf(frame, told)}
<nav class="tabs" aria-label="${t('看哪些', 'Which to show')}">!${tab(frame, shown, 'open', t('正在办的', 'Open'))}!${tab(frame, shown, 'closed', t('办结的', 'Results'))}</nav>
!${told.cases.length === 0 ? html`<p class="soft">${status === 'open' ? t('这里现在没有正在办的事。', 'Nothing is open here.') : t('这里近 90 天没有办结的事。', 'Nothing was closed here in 90 days.')}</p>` : ''}
<ul class="plain cases">!${told.cases.map((one) => caseItem(frame, one))}</ul>
!${pager(frame, shown)}
!${posts(frame, told)}`,
  );
}

/** Below the county and the towns one looks for one's own. */
function choices(frame: PortalFrame, { below, area }: PublicArea): string {
  const t = tongue(frame);
  const title =
    area.level === 'community' ? t('网格', 'Grids') : t('找到我的社区（村）、网格', 'Find my community and grid');
  return html`<h2>${title}</h2><ul class="plain choices">!${below.map(({ code, name, open }) => html`<li><a href="/grids/${code}">${name}</a><span class="soft">${open > 0 ? t(`正在办 ${open}`, `${open} open`) : ''}</span></li>`)}</ul>`;
}

function mapOf(frame: PortalFrame, { shapes, cases, area }: PublicArea): string {
  const t = tongue(frame);
  const drawn = areaMap(
    shapes,
    cases,
    t(`${area.name}示意图，内容同下面的列表`, `Sketch of ${area.name}; the list below says the same`),
  );
  if (drawn === '')
    return html`<p class="soft small">${t('这里还没有边界图。', 'There is no map of this area yet.')}</p>`;
  const legend = t(
    '● 正在办　□ 已办结　数字是同一处的件数。位置只到大约 100 米，没有说位置的不在图上。',
    '● open　□ closed; a number says how many are there. Places are coarse, to about 100 m; those without one are not drawn.',
  );
  return html`<figure class="mapped">!${drawn}<figcaption>${legend}</figcaption></figure>`;
}

const hrefOf = ({ told }: GridPage, status: string, page: number): string =>
  `/grids/${told.area.code}?${new URLSearchParams({ status, page: String(page) })}`;

function tab(_frame: PortalFrame, shown: GridPage, status: 'open' | 'closed', words: string): string {
  return html`<a href="${hrefOf(shown, status, 1)}" !${shown.status === status ? 'aria-current="page"' : ''}>${words}</a>`;
}

function caseItem(frame: PortalFrame, one: PublicCase): string {
  const { language, zone } = frame;
  const t = tongue(frame);
  return html`<li><p class="title">${one.type[language]}</p>
<p class="soft">${one.place}</p>
<p><strong class="${one.status === 'closed' ? 'settled' : ''}">${one.stage[language]}</strong>!${one.with ? html` · ${one.with}` : ''}!${dueWords(frame, one)}</p>
!${one.words === null ? '' : html`<blockquote>${one.words}</blockquote>`}
!${one.photoIds.length === 0 ? '' : html`<p class="shots">!${one.photoIds.map((id) => html`<a href="/api/public/photos/${id}"><img src="/api/public/photos/${id}/thumb" alt="${t('现场照片', 'Photo of the place')}" loading="lazy" width="120" height="90"></a>`)}</p>`}
!${one.outcome ? html`<p>${one.outcome[language]}!${one.publicText ? html`：${one.publicText}` : ''}</p>` : ''}
<p class="soft small">${t('报于', 'reported')} ${dayAndTime(one.requestedAt, zone, language)} · <span class="code">${one.number}</span></p></li>`;
}

function dueWords({ language, now }: PortalFrame, { dueAt, status }: PublicCase): string {
  if (dueAt === null || status === 'closed') return '';
  return html` · <span class="${dueAt < now ? 'late' : ''}">${timeLeft(dueAt, now, language)}</span>`;
}

function pager(frame: PortalFrame, shown: GridPage): string {
  const t = tongue(frame);
  const { page, status, told } = shown;
  const newer =
    page > 1 ? html`<a class="button" href="${hrefOf(shown, status, page - 1)}">${t('上一页', 'Newer')}</a>` : '';
  const older = told.hasMore
    ? html`<a class="button" href="${hrefOf(shown, status, page + 1)}">${t('下一页', 'Older')}</a>`
    : '';
  return newer === '' && older === '' ? '' : html`<p>!${newer} !${older}</p>`;
}

function posts(frame: PortalFrame, told: PublicArea): string {
  const t = tongue(frame);
  if (told.posts.length === 0) return '';
  return html`<h2>${t('谁负责这里', 'Who answers for it')}</h2>
<table><tbody>!${told.posts.map(({ role, place }) => html`<tr><th scope="row">${role[frame.language]}</th><td>${place}</td></tr>`)}</tbody></table>
<p class="soft small">${t('只公布岗位。要找人，请报事或到社区（村）。', 'Posts only. To reach somebody, report a matter or go to the community office.')}</p>`;
}
