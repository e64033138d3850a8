import { html } from 'ghtml';
import type { z } from 'zod';
import type { unsentView } from '../../domains/telling/messages/unsent.model.ts';
import type { failedJobView } from '../../domains/telling/upkeep/upkeep.model.ts';
import type { Words } from '../../kernel/words.ts';
import { ago, dayAndTime } from '../ui/time.ts';
import type { DeskFrame } from './console.pages.ts';
import { operatorPage, type Told, words } from './operator.pages.ts';

/** What stopped on its way: jobs that gave up, messages that did not leave. */
type Job = z.output<typeof failedJobView>;
type Unsent = z.output<typeof unsentView>;
type NewId = () => string;

/** One button that posts; its command id is made with the page, so that pressing twice is once. */
export const button = (action: string, ids: readonly string[], says: string, newId: NewId, tone = ''): string =>
  html`<form method="post" action="${action}"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="ids" value="${ids.join(',')}"><button class="${tone}">${says}</button></form>`;

export function jobsPage(frame: DeskFrame, jobs: readonly Job[], told: Told, newId: NewId): string {
  const t = words(frame);
  const [stopped, aside] = [jobs.filter((job) => !job.givenUp), jobs.filter((job) => job.givenUp)];
  const ids = stopped.map(({ id }) => id);
  return operatorPage(
    frame,
    '/jobs',
    told,
    html`<p class="soft">${t('办完一步以后自动做的事：告诉报事人、更新公开页面、提醒到期。失败会自动再试 12 次，还不行才停在这里。', 'What follows by itself from a step: telling reporters, showing the public, reminding. A failure is tried twelve times before it stops here.')}</p>
<h2>${t('停下的', 'Gave up')} <span class="soft">${stopped.length}</span></h2>
!${
      stopped.length === 0
        ? html`<p>${t('没有停下的任务。', 'No job has given up.')}</p>`
        : html`!${stopped.length > 1 ? button('/console/operator/jobs/rerun', ids, t(`全部再试一次（${ids.length} 个）`, `Run all again (${ids.length})`), newId, 'primary') : ''}<ul class="parts">!${stopped.map((job) => jobLine(frame, job, newId))}</ul>`
    }
!${aside.length === 0 ? '' : html`<h2>${t('已放弃的', 'Put aside')} <span class="soft">${aside.length}</span></h2><p class="soft">${t('不再自动执行；随时可以再试。', 'They no longer run by themselves, and can be run at any time.')}</p><ul class="parts">!${aside.map((job) => jobLine(frame, job, newId))}</ul>`}`,
  );
}

function jobLine(frame: DeskFrame, job: Job, newId: NewId): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  const says = job.reactionWords[language];
  return html`<li><h3>${says}</h3>
<div><p>${t(`试了 ${job.attempts} 次：`, `tried ${job.attempts} times: `)}${job.causeWords[language]}</p><p class="soft small">${t('停下', 'gave up')} ${dayAndTime(job.failedAt, zone, language)} · ${ago(job.failedAt, now, language)} · <span class="code">${job.id}</span></p></div>
<div class="acts">!${button('/console/operator/jobs/rerun', [job.id], t('再试一次', 'Run again'), newId)}!${job.givenUp ? '' : button('/console/operator/jobs/give-up', [job.id], t('放弃', 'Put aside'), newId, 'danger')}</div></li>`;
}

/** A dispatch that did not reach the platform of another body. */
export interface FailedSending {
  readonly id: string;
  readonly body: string;
  readonly changedAt: Date;
  readonly faultWords: Words | null;
}

export function outboxPage(
  frame: DeskFrame,
  outbox: Unsent,
  sendings: readonly FailedSending[],
  told: Told,
  newId: NewId,
): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  const { waiting, oldest, failed, lines } = outbox;
  const channels = [...new Set(lines.map(({ channelId }) => channelId))];
  const sending = (one: FailedSending): string =>
    html`<li><h3>${one.body}</h3><div><p>${one.faultWords?.[language] ?? t('没有送到', 'It did not arrive')}</p><p class="soft small">${dayAndTime(one.changedAt, zone, language)} · ${ago(one.changedAt, now, language)}</p></div><div class="acts">!${button(`/console/operator/outbox/neighbours/${one.id}/retry`, [], t('重新发送', 'Send again'), newId)}</div></li>`;
  return operatorPage(
    frame,
    '/outbox',
    told,
    html`<p>${t(`等着发出 ${waiting} 条`, `${waiting} waiting to leave`)}!${oldest === null ? '' : html`，${t('最早', 'the oldest')} ${dayAndTime(oldest, zone, language)}（${ago(oldest, now, language)}）`} · <span class="${failed > 0 ? 'late' : ''}">${t(`发不出去 ${failed} 条`, `${failed} given up`)}</span></p>
<p class="soft">${t('发给谁、说什么，这里不显示。等着的会自动再试，两天还不行才算发不出去；重新发送时，同一条对方只会收到一次。', 'To whom and what it says is not shown. What waits is tried by itself for two days; sent again, the receiver takes each only once.')}</p>
!${
      lines.length === 0
        ? html`<p>${t('发件箱是空的：该发的都发出去了。', 'The outbox is empty: all has left.')}</p>`
        : channels.map((id) =>
            channelPart(
              frame,
              lines.filter(({ channelId }) => channelId === id),
              newId,
            ),
          )
    }
<h2>${t('发给外部平台的案卷', 'Cases for other platforms')} <span class="soft">${sendings.length}</span></h2>
!${sendings.length === 0 ? html`<p>${t('没有送不到的。', 'None has failed.')}</p>` : html`<ul class="parts">!${sendings.map(sending)}</ul>`}`,
  );
}

function channelPart(frame: DeskFrame, lines: Unsent['lines'], newId: NewId): string {
  const t = words(frame);
  const [first] = lines;
  const name =
    first?.kind === 'webhook'
      ? (first.host ?? t('没有地址', 'no address'))
      : first?.kind === 'recorder'
        ? t('记录器（不外发）', 'the recorder')
        : t('已删除的渠道', 'a channel that is gone');
  const ids = lines.map(({ id }) => id);
  const off =
    first?.enabled === true
      ? ''
      : html` <span class="near">${t('! 渠道已停用：要先启用，才会发出', '! switched off: nothing leaves before it is switched on')}</span>`;
  return html`<h2>${name} <span class="soft">${lines.length}</span>!${off}</h2>
!${lines.length > 1 ? button('/console/operator/outbox/resend', ids, t(`全部重新发送（${ids.length} 条）`, `Send all again (${ids.length})`), newId) : ''}
<ul class="parts">!${lines.map((line) => unsentLine(frame, line, newId))}</ul>`;
}

function unsentLine(frame: DeskFrame, line: Unsent['lines'][number], newId: NewId): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  const state =
    line.state === 'failed'
      ? html`<span class="late">✗ ${t('发不出去', 'given up')}</span>`
      : html`<span class="near">○ ${t('等着发出', 'waiting')}</span>`;
  return html`<li><h3>${t('报事人（不显示是谁）', 'A reporter (not shown)')}<br>!${state}</h3>
<div><p>${t(`试了 ${line.attempts} 次`, `tried ${line.attempts} times`)}!${line.faultWords === null ? '' : html`：${line.faultWords[language]}`}</p><p class="soft small">${t('写于', 'written')} ${dayAndTime(line.madeAt, zone, language)} · ${ago(line.madeAt, now, language)}!${line.nextAt === null ? '' : html` · ${t('下次', 'next try')} ${dayAndTime(line.nextAt, zone, language)}`} · <span class="code">${line.id.slice(-6)}</span></p></div>
<div class="acts">!${button('/console/operator/outbox/resend', [line.id], t('重新发送', 'Send again'), newId)}</div></li>`;
}
