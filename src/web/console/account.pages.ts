import { html } from 'ghtml';
import type { Language } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { COLLECT } from './collect.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { holdsOneOf } from './links.ts';

/** One's own account: the password, and where one is signed in. */
export function accountPage(
  frame: DeskFrame,
  sessions: readonly { id: string; device: string; seenAt: Date; isThisOne: boolean }[],
  mustChange: boolean,
  fault: Fault | null,
  done: string | null,
): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return desk(
    frame,
    { zh: '我的账号', en: 'My account' },
    html`<h1>${t('我的账号', 'My account')}</h1>
!${faultBox(fault)}
!${done ? html`<div class="good" role="status">${done}</div>` : ''}
!${mustChange ? html`<p><strong>${t('请先修改初始密码，改好后就可以开始工作。', 'Change your first password, then you can start.')}</strong></p>` : ''}
<form method="post" action="/console/account/password"><h2>${t('修改密码', 'Change password')}</h2>
<label for="old">${t('现在的密码', 'Present password')}</label><input id="old" name="old" type="password" required autocomplete="current-password">
<label for="fresh">${t('新密码', 'New password')} <span class="soft">${t('至少 10 位，可以是一句话', 'at least 10 characters; a sentence is fine')}</span></label><input id="fresh" name="fresh" type="password" required minlength="10" autocomplete="new-password">
<p><button class="primary">${t('修改', 'Change')}</button></p></form>
<h2>${t('登录的地方', 'Where I am signed in')}</h2>
<table><tbody>!${sessions.map((one) => html`<tr><td>${deviceWords(one.device, language)}</td><td>${dayAndTime(one.seenAt, zone, language)}</td><td>!${one.isThisOne ? t('本次', 'this one') : html`<form method="post" action="/console/account/sessions/${one.id}/end"><button>${t('退出', 'End')}</button></form>`}</td></tr>`)}</tbody></table>
!${holdsOneOf(frame, ['grid_worker', 'grid_leader']) ? html`<p><a href="${COLLECT}">${t('用 ODK Collect 走访', 'Visits with ODK Collect')}</a></p>` : ''}
<p><a href="/console/handovers">${t('交接记录', 'Hand-overs')}</a></p>
<form method="post" action="/console/sign-out"><p><button>${t('退出登录', 'Sign out')}</button></p></form>`,
  );
}

/** A browser names itself at great length; people want to know which of their devices it was. */
function deviceWords(device: string, language: Language): string {
  const browser = /(MicroMessenger|Edg|Firefox|Chrome|Safari)/.exec(device)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS|HarmonyOS|Linux)/.exec(device)?.[1];
  const names: Readonly<Record<string, string>> = { MicroMessenger: '微信', Edg: 'Edge' };
  const known = [system, browser && (names[browser] ?? browser)].filter((word) => word !== undefined).join(' · ');
  return known || device.slice(0, 40) || (language === 'zh' ? '未知设备' : 'unknown device');
}
