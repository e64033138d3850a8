import { html } from 'ghtml';
import type { Language } from '../../kernel/words.ts';
import { light } from '../ui/tokens.ts';

/** What the field app starts from. Nothing of a person is in it: phones keep it and open it without a network. */
export interface FieldFrame {
  readonly county: string;
  readonly zone: string;
  readonly release: string;
}

export function fieldShell(
  frame: FieldFrame,
  files: { readonly script: string; readonly sheets: readonly string[] },
  language: Language,
): string {
  const zh = language === 'zh';
  const told = JSON.stringify(frame).replaceAll('<', '\\u003c');
  return html`<!doctype html>
<html lang="${zh ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="${light.panel}">
<title>${zh ? '外勤' : 'Field'} · ${frame.county}</title>
<link rel="manifest" href="/field/manifest.webmanifest">
<link rel="icon" href="/assets/icon.svg">
<link rel="apple-touch-icon" href="/assets/field-192.png">
!${files.sheets.map((sheet) => html`<link rel="stylesheet" href="${sheet}">`)}
<script src="/assets/oldest.js" data-oldest="109" data-plain="/console?plain=1" defer></script>
<script type="application/json" id="frame">!${told}</script>
<script type="module" src="${files.script}"></script>
</head>
<body>
<div id="field"><noscript><a href="/console?plain=1">${zh ? '用简单页面办理' : 'Work with the plain pages'}</a></noscript></div>
</body>
</html>
`;
}

/** How the app stands on a phone's first screen. */
export const fieldManifest = (county: string) => ({
  id: '/field',
  name: `经纬外勤 · ${county}`,
  short_name: '经纬外勤',
  lang: 'zh-CN',
  start_url: '/field',
  scope: '/field',
  display: 'standalone',
  orientation: 'portrait',
  background_color: light.paper,
  theme_color: light.panel,
  icons: [
    { src: '/assets/field-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/assets/field-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/assets/field-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [{ name: '上报', url: '/field/report' }],
});
