import { html } from 'ghtml';
import type { z } from 'zod';
import type { chainView, findingView } from '../../domains/work/chain/chain.model.ts';
import { rankWords } from '../../domains/work/chain/chain.model.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** Who answers for what in an area, where nobody does, and one page for each number of it. */
type Chain = z.output<typeof chainView>;
type Opened = z.output<typeof findingView>;

const title = { zh: '责任链', en: 'Responsibility' };
const to = (finding: string, area: string): string =>
  `/console/responsibility${finding && `/${finding}`}?${new URLSearchParams({ area })}`;

export function chainPage(
  frame: DeskFrame,
  told: Chain,
  areas: readonly { readonly id: string; readonly name: string }[],
): string {
  const { language } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return desk(
    frame,
    title,
    html`<h1>${told.area.name} <span class="soft">${t('责任链', 'Chain of responsibility')}</span></h1>
<form method="get" action="/console/responsibility"><label for="area">${t('区域', 'Area')}</label><select id="area" name="area">!${areas.map(({ id, name }) => html`<option value="${id}" !${id === told.area.id ? 'selected' : ''}>${name}</option>`)}</select><p><button>${t('看', 'Look')}</button></p></form>
<h2>${t('缺口和过载', 'Gaps and overload')}</h2>
<table><tbody>!${told.findings.map(({ finding, words, count }) => html`<tr><td>${words[language]}</td><td class="number">!${count === 0 ? '0' : html`<a href="${to(finding, told.area.id)}">${count}</a>`}</td></tr>`)}</tbody></table>
<h2>${t('包保', 'In charge')}</h2>
!${
      told.ranks.length === 0
        ? html`<p class="soft">${t('还没有落实到人。', 'Nobody has been put in charge yet.')}</p>`
        : html`<table><thead><tr><th>${t('级别', 'Rank')}</th><th class="number">${t('人', 'People')}</th><th class="number">${t('区域', 'Areas')}</th><th class="number">${t('单位', 'Bodies')}</th></tr></thead><tbody>!${told.ranks.map(({ rank, people, areas: of, bodies }) => html`<tr><td>${rankWords(rank)[language]}</td><td class="number">${people}</td><td class="number">${of}</td><td class="number">${bodies}</td></tr>`)}</tbody></table>`
    }
<p><a href="/console/people?area=${told.area.id}">${t('逐级看谁负责', 'Who answers, level by level')} →</a></p>
<p class="soft small">${t('待办只数您看得到的。', 'Open duties are counted as far as you may see them.')}</p>`,
  );
}

/** Where one can look closer, and do something about it. */
function opened(kind: Opened['lines'][number]['kind'], id: string, name: string): string {
  const path = { area: `?area=${id}`, person: `/person/${id}`, body: `/bodies/${id}`, post: `/posts/${id}` }[kind];
  return html`<a href="/console/people${path}">${name}</a>`;
}

export function findingPage(frame: DeskFrame, told: Opened): string {
  const { language } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return desk(
    frame,
    title,
    html`<h1>${told.words[language]} <span class="soft">${told.count}</span></h1>
<p><a href="${to('', told.area.id)}">← ${told.area.name}</a></p>
<table><thead><tr><th>${t('名称', 'Name')}</th><th>${t('在哪里', 'Where')}</th><th class="number">${t('多少', 'How many')}</th></tr></thead><tbody>!${told.lines.map(({ kind, id, name, place, count }) => html`<tr><td>!${opened(kind, id, name)}</td><td>${place}</td><td class="number">${count ?? ''}</td></tr>`)}</tbody></table>`,
  );
}
