import { html } from 'ghtml';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** What somebody meets who scans their slip: whose it is, two fields for a password, and then the way to sign in. */
export interface ShownSlip {
  readonly token: string;
  readonly login: string;
  readonly name: string;
  readonly expiresAt: Date;
}

const words = { zh: '启用账号', en: 'Activate an account' };

export function activatePage(frame: DeskFrame, slip: ShownSlip, fault: Fault | null): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  const until = dayAndTime(slip.expiresAt, frame.zone, frame.language);
  return desk(
    { ...frame, me: null },
    words,
    html`<h1>${t('启用账号', 'Activate your account')}</h1>
!${faultBox(fault)}
<dl><dt>${t('姓名', 'Name')}</dt><dd>${slip.name}</dd><dt>${t('账号', 'Account')}</dt><dd class="code">${slip.login}</dd><dt>${t('有效期到', 'Holds until')}</dt><dd>${until}</dd></dl>
<p>${t('不是您本人，请不要继续，把单子交还管理员。', 'If this is not you, go no further and give the slip back.')}</p>
<form method="post" action="/activate/${slip.token}">
<input type="hidden" name="login" value="${slip.login}" autocomplete="username">
<label for="password">${t('设一个密码', 'Choose a password')} <span class="soft">${t('至少 10 位，可以是一句话', 'at least 10 characters; a sentence is fine')}</span></label><input id="password" name="password" type="password" required minlength="10" maxlength="200" autocomplete="new-password">
<label for="again">${t('再输入一次', 'Once more')}</label><input id="again" name="again" type="password" required minlength="10" maxlength="200" autocomplete="new-password">
<p><button class="primary">${t('启用', 'Activate')}</button></p>
</form>
<p class="soft small">${t('密码只有您自己知道，管理员也看不到。', 'Nobody but you knows the password, the administrator included.')}</p>`,
  );
}

/** For whoever cannot scan, and for a slip that no longer holds. */
export function askSlipPage(frame: DeskFrame, typed: string, fault: Fault | null): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  return desk(
    { ...frame, me: null },
    words,
    html`<h1>${t('启用账号', 'Activate your account')}</h1>
!${faultBox(fault)}
<form method="get" action="/activate">
<label for="token">${t('启用码', 'Activation code')} <span class="soft">${t('印在启用单的二维码下面', 'printed below the QR code of your slip')}</span></label>
<input id="token" name="token" required maxlength="80" autocomplete="off" autocapitalize="characters" class="code" value="${typed}">
<p><button class="primary">${t('继续', 'Go on')}</button></p>
</form>
<p><a href="/console">${t('已经启用了，去登录', 'Active already? Sign in')}</a></p>`,
  );
}

export function activatedPage(frame: DeskFrame, login: string): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  return desk(
    { ...frame, me: null },
    { zh: '已启用', en: 'Active' },
    html`<h1>${t('已启用', 'Your account is active')}</h1>
<div class="good"><p>${t('启用单已经作废，可以撕掉。', 'The slip no longer opens anything; tear it up.')}</p><p>${t('账号', 'Account')} <strong class="code">${login}</strong></p></div>
<p><a class="button primary" href="/console">${t('去登录', 'Sign in')}</a></p>`,
  );
}
