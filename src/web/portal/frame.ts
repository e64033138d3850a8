import { html } from 'ghtml';
import type { Language, Words } from '../../kernel/words.ts';
import type { Look } from '../ui/look.ts';
import { page } from '../ui/page.ts';

/** The public pages: one column, plain words, no script needed. */
export interface PortalFrame {
  readonly county: string;
  readonly language: Language;
  readonly zone: string;
  readonly now: Date;
  readonly look: Look;
}

const links = [
  { href: '/', words: { zh: '我要报事', en: 'Report' } },
  { href: '/track', words: { zh: '查进展', en: 'Track' } },
  { href: '/grids', words: { zh: '我的网格', en: 'My grid' } },
  { href: '/notices', words: { zh: '通知', en: 'Notices' } },
  { href: '/help/resident', words: { zh: '？帮助', en: '? Help' } },
];

/** The frame of every public page. */
export const portalPage = (frame: PortalFrame, title: Words, body: string): string =>
  page({ ...frame, title, links, foot: lookForm(frame), script: '/assets/portal.js' }, body);

/** The words of a page in the language of whoever reads it. */
export const tongue =
  ({ language }: Pick<PortalFrame, 'language'>) =>
  (zh: string, en: string): string =>
    language === 'zh' ? zh : en;

/** Large letters, dark or light, the other language: a tap each, without a script. */
function lookForm(frame: PortalFrame): string {
  const t = tongue(frame);
  const { isBig, theme } = frame.look;
  const size = isBig
    ? html`<button name="size" value="plain">${t('普通字', 'Normal letters')}</button>`
    : html`<button name="size" value="big">${t('大字', 'Large letters')}</button>`;
  const other =
    theme === 'dark'
      ? html`<button name="theme" value="light">${t('浅色', 'Light')}</button>`
      : html`<button name="theme" value="dark">${t('深色', 'Dark')}</button>`;
  const lang =
    frame.language === 'zh'
      ? html`<button name="lang" value="en" lang="en">English</button>`
      : html`<button name="lang" value="zh" lang="zh-CN">中文</button>`;
  return html`<footer class="looks"><form method="post" action="/look" aria-label="${t('显示', 'Display')}">!${size}!${other}!${lang}</form></footer>`;
}
