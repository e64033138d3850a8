import { html } from 'ghtml';
import { type PortalFrame, portalPage, tongue } from './frame.ts';

/** A chapter of the handbook. `body` was made from our own documents and is not escaped. */
export function helpPage(
  frame: PortalFrame,
  { title, body }: { readonly title: string; readonly body: string },
): string {
  const t = tongue(frame);
  return portalPage(
    frame,
    { zh: title, en: title },
    html`<p class="soft">!${title === '使用手册' ? '' : html`<a href="/help">${t('使用手册', 'Handbook')}</a>`}!${frame.language === 'en' ? ' · The handbook is in Chinese.' : ''}</p>
<article class="handbook" lang="zh-CN">
!${body}
</article>`,
  );
}
