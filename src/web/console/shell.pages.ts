import { html } from 'ghtml';
import type { DeskFrame, DeskMap } from './console.pages.ts';
import { linksOf } from './links.ts';

/** What the desk's script starts from: a place to draw in, and who looks at it. */
export function shellPage(
  frame: DeskFrame & { readonly map: DeskMap | null },
  files: { readonly script: string; readonly sheets: readonly string[] },
  nonce: string,
): string {
  const { county, language } = frame;
  const title = language === 'zh' ? '我的待办' : 'My work';
  const plain = language === 'zh' ? '用简单页面办理' : 'Work with the plain pages';
  // A closing tag inside a text would end the block it stands in.
  // Where one is the desk reads from its own address: nothing that was asked for is written back.
  const { here: _here, isPlain: _isPlain, ...known } = frame;
  const told = JSON.stringify({ ...known, links: linksOf(frame), nonce }).replaceAll('<', '\\u003c');
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${county}</title>
<link rel="stylesheet" href="/assets/tokens.css">
!${files.sheets.map((sheet) => html`<link rel="stylesheet" href="${sheet}">`)}
<link rel="icon" href="/assets/icon.svg">
<script src="/assets/oldest.js" data-oldest="109" data-plain="/console?plain=1" defer></script>
<script type="application/json" id="frame">!${told}</script>
<script type="module" src="${files.script}"></script>
</head>
<body>
<div id="desk"><noscript><a href="/console?plain=1">${plain}</a></noscript></div>
</body>
</html>
`;
}
