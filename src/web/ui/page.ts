import { html } from 'ghtml';
import type { Language, Words } from '../../kernel/words.ts';
import { faultLine, marked } from './fault_marks.ts';
import { type Look, lookClass } from './look.ts';

/** The frame of a server-rendered page. Everything put into a template is escaped; only what a page itself made is not. */
export interface PageFrame {
  readonly title: Words;
  readonly language: Language;
  readonly county: string;
  readonly desk?: boolean;
  /** Links in the top line. */
  readonly links: readonly { readonly href: string; readonly words: Words; readonly seldom?: true }[];
  /** The link of the page that is being looked at. */
  readonly here?: string;
  /** Who looks, at the end of the top line. */
  readonly who?: string;
  readonly script?: string;
  readonly look?: Look;
  /** Below the content, made by a page of ours. */
  readonly foot?: string;
}

export function page(frame: PageFrame, body: string): string {
  const { title, language, county, desk, links, here, who, script, look, foot } = frame;
  const seldom = links.filter((link) => link.seldom);
  const anchor = ({ href, words }: PageFrame['links'][number]): string =>
    html`<a href="${href}"!${href === here ? ' aria-current="page"' : ''}>${words[language]}</a>`;
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}" class="${look ? lookClass(look) : ''}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title[language]} · ${county}</title>
<link rel="stylesheet" href="/assets/site.css">
<link rel="icon" href="/assets/icon.svg">
!${script ? html`<script src="${script}" defer></script>` : ''}
</head>
<body class="${desk ? 'desk' : ''}">
<a class="skip" href="#main">${language === 'zh' ? '跳到正文' : 'Skip to the content'}</a>
<header class="top">
<a class="name" href="${desk ? '/console' : '/'}">${county}</a>
!${links.filter(({ seldom }) => !seldom).map(anchor)}
!${seldom.length === 0 ? '' : html`<details class="more!${seldom.some(({ href }) => href === here) ? ' here' : ''}"><summary>${language === 'zh' ? '更多' : 'More'}</summary><div>!${seldom.map(anchor)}</div></details>`}
!${who ? html`<span class="who soft">${who}</span>` : ''}
</header>
<main id="main" class="${desk ? 'desk' : ''}">
!${marked(body)}
</main>
!${foot ?? ''}
</body>
</html>
`;
}

/** What was wrong, what was kept, what to do: on top of the page, and read out first. */
export interface Fault {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  /** Which field, by its place in what was sent and in words, and what is wrong with it. */
  readonly errors: readonly { readonly path?: string; readonly field: string; readonly says: string }[];
}

export function faultBox(fault: Fault | null): string {
  if (!fault) return '';
  return html`<div class="fault" role="alert"><strong>${fault.title}</strong>
<p>${fault.detail}</p>
!${fault.errors.length > 0 ? html`<ul>!${fault.errors.map(faultLine)}</ul>` : ''}
<p class="small soft code">${fault.code}</p></div>`;
}
