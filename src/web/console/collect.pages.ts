import { html } from 'ghtml';
import { renderSVG } from 'uqr';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { sayIn } from './people.pages.ts';

/** ODK Collect as a second client: a key for one's own phone, shown once. */
export const COLLECT = '/console/account/collect';

export interface CollectShown {
  readonly made: { readonly address: string; readonly settings: string } | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function collectPage(frame: DeskFrame, { made, fault, newId }: CollectShown): string {
  const t = sayIn(frame.language);
  return desk(
    frame,
    { zh: '用 ODK Collect 走访', en: 'Visits with ODK Collect' },
    html`<p><a href="/console/account">← ${t('我的账号', 'My account')}</a></p>
<h1>${t('用 ODK Collect 走访', 'Visits with ODK Collect')}</h1>
!${faultBox(fault)}
!${made === null ? '' : madePanel(frame, made)}
<p>${t('手机上装的是 ODK Collect 的，也可以走访：它会拿到您要走访的表和名单，交回来的就是一次走访。照片和手写签名它交不了，要签名、要照片的表不在里面。', 'Who has ODK Collect can visit with it too: it gets the forms and the people you visit, and what it sends back is a visit. It sends no pictures and no signatures; forms that ask for one are not among them.')}</p>
<p>${t('密钥 30 天后失效，改密码时一起失效；在“我的账号”里“ODK Collect”那一行按“退出”可以马上停用。', 'A key ends after 30 days, or when the password changes; “End” in the line “ODK Collect” of your account ends it at once.')}</p>
<form method="post" action="${COLLECT}"><input type="hidden" name="commandId" value="${newId()}"><p><button class="${made === null ? 'primary' : ''}">${t('做一个新密钥', 'Make a key')}</button></p></form>`,
  );
}

function madePanel({ language }: DeskFrame, { address, settings }: { address: string; settings: string }): string {
  const t = sayIn(language);
  return html`<div class="panel" role="status"><h2>${t('用手机扫这个码', 'Scan this with the phone')}</h2>
<p>${t('在 ODK Collect 里按“用二维码设置”，对准扫。只显示这一次，不要给别人看：拿到它就看得到您的走访名单。', 'In ODK Collect choose “Configure with QR code”. It is shown this once; show it to nobody: whoever has it sees your list.')}</p>
<div class="qr scanned">!${renderSVG(settings, { pixelSize: 4 })}</div>
<p class="small">${t('扫不了的，把服务器地址设为：', 'If it cannot be scanned, set the server to:')} <code>${address}</code></p></div>`;
}
