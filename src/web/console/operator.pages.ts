import { html } from 'ghtml';
import type { z } from 'zod';
import type { backupView } from '../../domains/telling/upkeep/backup.model.ts';
import {
  type healthView,
  type PartName,
  type PartState,
  partStates,
  parts,
} from '../../domains/telling/upkeep/upkeep.model.ts';
import type { Words } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { ago, dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** What an administrator looks after: each page says how it is, since when, and what to do. */
export const tabs = {
  '': { zh: '运行情况', en: 'Health' },
  '/jobs': { zh: '后台任务', en: 'Jobs' },
  '/outbox': { zh: '发件箱', en: 'Outbox' },
  '/phones': { zh: '手机', en: 'Phones' },
  '/keys': { zh: '接口密钥', en: 'API keys' },
  '/imports': { zh: '导入', en: 'Imports' },
  '/backups': { zh: '备份', en: 'Backups' },
} as const satisfies Record<string, Words>;
export type Tab = keyof typeof tabs;

/** What is told above a page: what was just done, or why it was not. */
export interface Told {
  readonly fault: Fault | null;
  readonly done: string | null;
}

export const words =
  ({ language }: DeskFrame) =>
  (zh: string, en: string): string =>
    language === 'zh' ? zh : en;

export function operatorPage(frame: DeskFrame, tab: Tab, { fault, done }: Told, body: string): string {
  const t = words(frame);
  return desk(
    frame,
    { zh: `运行维护 · ${tabs[tab].zh}`, en: `Operating · ${tabs[tab].en}` },
    html`<h1>${t('运行维护', 'Operating')} <span class="soft">${tabs[tab][frame.language]}</span></h1>
<nav class="tabs many" aria-label="${t('运行维护', 'Operating')}">!${Object.entries(tabs).map(([path, said]) => html`<a href="/console/operator${path}" !${path === tab ? 'aria-current="page"' : ''}>${said[frame.language]}</a>`)}</nav>
!${faultBox(fault)}
!${done === null ? '' : html`<div class="good" role="status"><strong class="settled">${done}</strong></div>`}
!${body}`,
  );
}

/** Where the list behind a part is. */
const lists: Partial<Record<PartName, string>> = {
  jobs: '/console/operator/jobs',
  outbox: '/console/operator/outbox',
  phones: '/console/operator/phones',
  backup: '/console/operator/backups',
};

/** What the time beside a part is the time of. */
const sinceWords: Partial<Record<PartName, Words>> = {
  database: { zh: '启动于', en: 'started' },
  jobs: { zh: '最早的一个', en: 'the oldest' },
  outbox: { zh: '最早的一条', en: 'the oldest' },
  phones: { zh: '最久的一台', en: 'the longest silent' },
  backup: { zh: '最近一份', en: 'the latest' },
  journal: { zh: '最近一次', en: 'last' },
  learning: { zh: '最近一次', en: 'last' },
  checkpoint: { zh: '最近一次', en: 'last' },
};

const marks: Record<PartState, readonly [mark: string, tone: string]> = {
  good: ['✓', 'settled'],
  near: ['!', 'near'],
  bad: ['✗', 'late'],
};
const order: readonly PartState[] = ['bad', 'near', 'good'];

export function healthPage(frame: DeskFrame, { at, parts: found }: z.output<typeof healthView>): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  const sorted = [...found].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const count = (state: PartState): number => found.filter((one) => one.state === state).length;
  const line = ({ part, state, says, since, act }: (typeof found)[number]): string => {
    const [mark, tone] = marks[state];
    const list = lists[part];
    return html`<li><h2>${parts[part][language]}<br><span class="${tone}">${mark} ${partStates[state][language]}</span></h2>
<div><p>${says[language]}</p>!${act === null ? '' : html`<p><strong>${t('怎么办：', 'What to do: ')}</strong>${act[language]}</p>`}!${since === null ? '' : html`<p class="soft small">${sinceWords[part]?.[language] ?? ''} ${dayAndTime(since, zone, language)} · ${ago(since, now, language)}</p>`}</div>
!${list === undefined ? '' : html`<p><a href="${list}" aria-label="${t('看清单：', 'Open the list: ')}${parts[part][language]}">${t('看清单', 'Open the list')}</a></p>`}</li>`;
  };
  return operatorPage(
    frame,
    '',
    { fault: null, done: null },
    html`<p><span class="late">${t(`要处理 ${count('bad')}`, `${count('bad')} need an act`)}</span> · <span class="near">${t(`要留意 ${count('near')}`, `${count('near')} need a look`)}</span> · <span class="settled">${t(`正常 ${count('good')}`, `${count('good')} in order`)}</span></p>
<ul class="parts">!${sorted.map(line)}</ul>
<p class="soft small">${t('数据截至', 'As of')} <span class="code">${dayAndTime(at, zone, language)}</span> · <a href="/console/operator">${t('再看一次', 'Look again')}</a></p>`,
  );
}

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

export function backupsPage(frame: DeskFrame, backups: readonly z.output<typeof backupView>[]): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  const state = ({ whole, restored }: (typeof backups)[number]): readonly [tone: string, says: string] => {
    if (whole === null) return ['near', t('! 没有核对过', '! not checked')];
    if (!whole) return ['late', t('✗ 核对时发现损坏', '✗ found damaged')];
    return [
      'settled',
      restored ? t('✓ 核对过，试恢复过', '✓ checked and restored for trial') : t('✓ 核对过，完好', '✓ checked, whole'),
    ];
  };
  const line = (one: (typeof backups)[number]): string => {
    const [tone, says] = state(one);
    return html`<li><h2>${dayAndTime(one.at, zone, language)}<br><span class="soft small">${ago(one.at, now, language)}</span></h2>
<div><p class="code small">${one.path}</p><p class="soft small">${megabytes(one.size)} · ${t(`${one.rows.toLocaleString('en')} 行 · ${one.photos.toLocaleString('en')} 个照片文件`, `${one.rows.toLocaleString('en')} rows · ${one.photos.toLocaleString('en')} photo files`)}</p>!${one.whole === null ? html`<p class="small">${t('核对它：', 'Check it: ')}<span class="code">jingwei backup verify ${one.path} --restore</span></p>` : ''}</div>
<p><span class="${tone}">${says}</span>!${one.checkedAt === null ? '' : html`<br><span class="soft small">${dayAndTime(one.checkedAt, zone, language)}</span>`}</p></li>`;
  };
  return operatorPage(
    frame,
    '/backups',
    { fault: null, done: null },
    html`<p>${t('备份在服务器上用命令做，网页上不能做：它的密钥不经过浏览器。', 'Backups are made by a command on the server, not at a page: its keys never pass a browser.')}</p>
<p class="panel"><span class="code">jingwei backup ${t('文件', 'FILE')}</span><br><span class="code">jingwei backup verify ${t('文件', 'FILE')} --restore</span><br><span class="code">jingwei keys backup ${t('目录', 'FOLDER')}</span></p>
!${backups.length === 0 ? html`<p><strong class="late">${t('从来没有备份过。', 'There has never been a backup.')}</strong> ${t('请现在就做第一份，然后核对它，再把文件和密钥分开放到别的机器上。', 'Make the first one now, check it, and keep file and keys apart, away from this machine.')}</p>` : html`<ul class="parts">!${backups.map(line)}</ul>`}
<p class="soft small">${t('这里只有在这台服务器上做的、核对的；文件还在不在原处，程序不去看。', 'Only what was made or checked on this server stands here; whether a file still lies there is not looked at.')}</p>`,
  );
}
