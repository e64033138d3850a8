import { html } from 'ghtml';
import { type DeskFrame, desk } from './console.pages.ts';

/** Which posters one may print: grid by grid, or all of a community in one go. */
export interface Walled {
  readonly code: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly within: { readonly code: string; readonly name: string };
}

export function postersListPage(frame: DeskFrame, grids: readonly Walled[]): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  const communities = byCommunity(grids);
  const sizes = (code: string, name: string): string =>
    html`<a href="/console/posters/${code}?size=a4" aria-label="${name} A4">A4</a> · <a href="/console/posters/${code}?size=a3" aria-label="${name} A3">A3</a>`;
  return desk(
    frame,
    { zh: '报事二维码', en: 'Posters' },
    html`<h1>${t('报事二维码', 'Posters to report by')}</h1>
<p>${t('每个网格一张，贴在单元门、公告栏、车棚。居民扫了，网格已经填好，只要说事。打开后用浏览器打印。', 'One for each grid, for doors and notice boards. Whoever scans it finds the grid filled in. Open it and print from the browser.')}</p>
!${communities.length === 0 ? html`<p class="soft">${t('您的岗位下面没有网格。', 'There is no grid below your post.')}</p>` : ''}
!${communities.map(
      ([{ name, code }, grids]) => html`<h2>${name}</h2>
<table><tbody>!${grids.length > 1 ? html`<tr><th scope="row">${t(`全部 ${grids.length} 张`, `All ${grids.length}`)}</th><td class="code"></td><td class="number">!${sizes(code, name)}</td></tr>` : ''}
!${grids.map((grid) => html`<tr><td>${grid.name}</td><td class="code soft">${grid.code}</td><td class="number">!${sizes(grid.code, grid.name)}</td></tr>`)}</tbody></table>`,
    )}`,
  );
}

/** In the order they came. */
function byCommunity(grids: readonly Walled[]): (readonly [Walled['within'], readonly Walled[]])[] {
  const codes = [...new Set(grids.map(({ within }) => within.code))];
  return codes.flatMap((code) => {
    const there = grids.filter(({ within }) => within.code === code);
    return there[0] ? [[there[0].within, there] as const] : [];
  });
}
