import { html } from 'ghtml';
import { type Fault, faultBox } from '../ui/page.ts';
import { type PortalFrame, portalPage } from './frame.ts';

export function askCodePage(frame: PortalFrame, typed: string, fault: Fault | null): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  return portalPage(
    frame,
    { zh: '查进展', en: 'Track' },
    html`<h1>${t('查进展', 'Track')}</h1>
!${faultBox(fault)}
<form method="get" action="/track">
<label for="code">${t('查询码', 'Tracking code')} <span class="soft">${t('12 位，提交后给您的', '12 characters, given to you when you reported')}</span></label>
<input id="code" name="code" required maxlength="20" autocomplete="off" autocapitalize="characters" class="code" value="${typed}">
<p><button class="primary">${t('查询', 'Look')}</button></p>
</form>`,
  );
}
