import { html } from 'ghtml';
import type { z } from 'zod';
import { type apiKeyView, type Scope, scopes } from '../../domains/land/accounts/api_key.model.ts';
import type { idleView, outlookView } from '../../domains/work/devices/idle.model.ts';
import { ago, dayAndTime } from '../ui/time.ts';
import type { DeskFrame } from './console.pages.ts';
import { operatorPage, type Told, words } from './operator.pages.ts';
import { button } from './operator_queue.pages.ts';

/** What holds a copy or a way in: phones and keys of programs. */
type Phone = z.output<typeof idleView>;
type Outlook = z.output<typeof outlookView>;
type Key = z.output<typeof apiKeyView>;
type NewId = () => string;

export function phonesPage(frame: DeskFrame, phones: readonly Phone[], days: number, told: Told): string {
  const t = words(frame);
  return operatorPage(
    frame,
    '/phones',
    told,
    html`<form method="get" action="/console/operator/phones"><label for="days">${t('多少天没有同步', 'Not synced for how many days')} <span class="soft">${t('写 0 看全部在用的', '0 shows all in use')}</span></label><input id="days" name="days" type="number" min="0" max="365" required value="${days}"><p><button>${t('看', 'Look')}</button></p></form>
<h2>${days === 0 ? t('在用的', 'In use') : t(`${days} 天以上没有同步的`, `Not synced for ${days} days or more`)} <span class="soft">${phones.length}</span></h2>
!${
      phones.length === 0
        ? html`<p>${days === 0 ? t('还没有手机登记。让工作人员用手机打开 /field 登录，就会登记。', 'No phone is registered yet. Whoever signs in at /field on a phone registers it.') : t('没有。在用的手机都按时同步了。', 'None: every phone in use has synced.')}</p>`
        : html`<ul class="parts">!${phones.map((phone) => phoneLine(frame, phone))}</ul>`
    }`,
  );
}

const posts = ({ held }: Phone, { language }: DeskFrame): string =>
  held.map((one) => one[language]).join(language === 'zh' ? '、' : ', ');

function phoneLine(frame: DeskFrame, phone: Phone): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  return html`<li><h3>${posts(phone, frame) || t('已不在岗', 'holds no post now')}<br>${phone.name}</h3>
<div><p>${t('最后同步', 'last synced')} ${dayAndTime(phone.seenAt, zone, language)} · <strong>${ago(phone.seenAt, now, language)}</strong></p><p class="soft small">${phone.area ?? ''} · ${phone.model} · ${phone.appVersion}!${phone.oldestUnsentAt === null ? '' : html` · <span class="near">${t('当时还有没发完的', 'something was unsent then')}</span>`}</p></div>
<p><a href="/console/operator/phones/${phone.id}">${t('停用……', 'Revoke …')}</a></p></li>`;
}

/** What revoking would do, in numbers, before it is done. */
export function phonePage(frame: DeskFrame, phone: Outlook, told: Told, newId: NewId): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  const effects = [
    phone.signedIn
      ? t(
          '手机上的登录马上退出；同一个人在别处的登录不受影响。',
          'It is signed out at once; the same person stays signed in elsewhere.',
        )
      : t('手机上现在没有登录。', 'Nobody is signed in on it now.'),
    t(
      '它不能再收、再发任何内容；手机里的内容仍用数字密码锁着。',
      'It receives and sends nothing more; what is on it stays locked by its PIN.',
    ),
    phone.oldestUnsentAt === null
      ? t('最后一次联系时，没有没发完的内容。', 'When it was last heard of, nothing was unsent.')
      : t(
          `最后一次联系时，还有 ${dayAndTime(phone.oldestUnsentAt, zone, language)} 起没发完的：停用后发不出来，只能在手机上导出。`,
          `When it was last heard of, something had been unsent since ${dayAndTime(phone.oldestUnsentAt, zone, language)}: it can only be exported on the phone then.`,
        ),
    t(
      `没有通过、还没处理的 ${phone.refused} 条，照样查得到。`,
      `${phone.refused} things that were refused and not put away can still be read.`,
    ),
    t(`这个人另有 ${phone.others} 台手机，照常用。`, `${phone.others} other phones of this person go on.`),
  ];
  return operatorPage(
    frame,
    '/phones',
    told,
    html`<p><a href="/console/operator/phones">← ${t('手机', 'Phones')}</a></p>
<h2>${posts(phone, frame)} ${phone.name}</h2>
<p class="soft">${phone.model} · ${phone.appVersion} · ${t('最后同步', 'last synced')} ${dayAndTime(phone.seenAt, zone, language)}（${ago(phone.seenAt, now, language)}）</p>
!${
      phone.revokedAt !== null
        ? html`<p><strong>${t('已停用', 'Revoked')}</strong> ${dayAndTime(phone.revokedAt, zone, language)}</p>`
        : html`<div class="panel"><strong>${t('停用以后', 'Once it is revoked')}</strong><ul>!${effects.map((says) => html`<li>${says}</li>`)}</ul><p>${t('停用不能撤回。', 'This cannot be undone.')}</p>!${button(`/console/operator/phones/${phone.id}/revoke`, [], t('停用这台手机', 'Revoke this phone'), newId, 'danger')}</div>`
    }`,
  );
}

const isScope = (scope: string): scope is Scope => scope in scopes;

export interface KeysShown {
  readonly keys: readonly Key[];
  /** One that was just made; told once. */
  readonly fresh: { readonly key: string | null } | null;
  /** What was typed, when it was refused. */
  readonly typed: Readonly<Record<string, string>>;
}

export function keysPage(frame: DeskFrame, { keys, fresh, typed }: KeysShown, told: Told, newId: NewId): string {
  const t = words(frame);
  const [used, ended] = [
    keys.filter(({ endedAt }) => endedAt === null),
    keys.filter(({ endedAt }) => endedAt !== null),
  ];
  const chosen = (typed.scopes ?? '').split(',');
  const shown =
    fresh === null
      ? ''
      : html`<div class="good" role="status">!${fresh.key === null ? html`<p>${t('密钥已经发放过，不再显示。没有记下就停用它，另发一个。', 'It was issued before and is not shown again. If it was not noted, end it and issue another.')}</p>` : html`<strong>${t('新的接口密钥，只显示这一次：', 'The new API key, shown this once:')}</strong><p class="code">${fresh.key}</p><p>${t('请现在复制到对方程序的设置里。离开本页就看不到了；丢了就停用它，另发一个。', 'Copy it into the settings of the program now. It cannot be read again; if it is lost, end it and issue another.')}</p>`}</div>`;
  return operatorPage(
    frame,
    '/keys',
    told,
    html`!${shown}
<h2>${t('在用的', 'In use')} <span class="soft">${used.length}</span></h2>
!${used.length === 0 ? html`<p>${t('还没有发放过。别的系统（热线、小程序、Open311）要接进来时，在下面发一个。', 'None yet. Issue one below when another system is to connect.')}</p>` : html`<ul class="parts">!${used.map((key) => keyLine(frame, key, newId))}</ul>`}
<form method="post" action="/console/operator/keys" class="panel"><h2>${t('发放一个', 'Issue one')}</h2><input type="hidden" name="commandId" value="${newId()}">
<label for="name">${t('给谁用', 'Whose it is')} <span class="soft">${t('写单位和系统，如：12345 热线平台', 'a body and its system, such as: hotline 12345')}</span></label><input id="name" name="name" required maxlength="60" autocomplete="off" value="${typed.name ?? ''}">
<fieldset><legend>${t('能做什么', 'What it may do')}</legend>!${Object.entries(scopes).map(([scope, says]) => html`<label class="pick"><input type="checkbox" name="scopes" value="${scope}" !${chosen.includes(scope) ? 'checked' : ''}> ${says[frame.language]}</label>`)}</fieldset>
<p><button class="primary">${t('发放', 'Issue')}</button></p></form>
!${ended.length === 0 ? '' : html`<h2>${t('已停用的', 'Ended')} <span class="soft">${ended.length}</span></h2><ul class="parts">!${ended.map((key) => keyLine(frame, key, newId))}</ul>`}`,
  );
}

function keyLine(frame: DeskFrame, key: Key, newId: NewId): string {
  const t = words(frame);
  const { language, zone } = frame;
  const may = key.scopes.map((scope) => (isScope(scope) ? scopes[scope][language] : scope));
  return html`<li><h3>${key.name}</h3>
<div>!${may.map((says) => html`<p>${says}</p>`)}<p class="soft small">${t('发放', 'issued')} ${dayAndTime(key.createdAt, zone, language)}!${key.endedAt === null ? '' : html` · ${t('停用', 'ended')} ${dayAndTime(key.endedAt, zone, language)}`}</p></div>
!${
    key.endedAt !== null
      ? ''
      : html`<details><summary>${t('停用……', 'End it …')}</summary><p>${t('停用后用它的程序马上连不进来，不能恢复；已经收到的内容都在。', 'Whoever uses it is shut out at once, for good; what came in by it stays.')}</p>!${button(`/console/operator/keys/${key.id}/revoke`, [], t('停用这个密钥', 'End this key'), newId, 'danger')}</details>`
  }</li>`;
}
