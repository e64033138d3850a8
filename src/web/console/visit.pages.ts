import { html } from 'ghtml';
import type { z } from 'zod';
import type { visitView } from '../../domains/work/campaigns/answer.model.ts';
import type { targetView } from '../../domains/work/campaigns/campaign.model.ts';
import { resultWordsOf } from '../../domains/work/campaigns/result.model.ts';
import { dayAndTime } from '../ui/time.ts';
import { CAMPAIGNS, VISITS } from './campaigns.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { sayIn } from './people.pages.ts';
import { HOME as RESIDENTS } from './residents.pages.ts';

/** Somebody, or some place, on the list of a campaign: each visit, and what was said. Entering one takes the desk's program. */
export type Target = z.output<typeof targetView>;
export type Visit = z.output<typeof visitView>;

export function visitPage(frame: DeskFrame, target: Target, visits: readonly Visit[]): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { name, home, area, why, campaignId, campaign, recordId, questions, ledger } = target;
  const asks = new Map(questions.map((one) => [one.name, one.ask]));
  const words = resultWordsOf(ledger);
  const rows = visits.map(
    ({ round, result, person, visitedAt, late, answers, confirmed }) => html`<li><h3>${words[result][language]}</h3>
<p class="soft small">${t(`第 ${round} 轮`, `round ${round}`)} · ${dayAndTime(visitedAt, zone, language)} · ${person}!${late ? t(' · 结束以后才发来', ' · told after the end') : ''}</p>
<dl>!${Object.entries(answers).map(([question, answer]) => html`<div class="pair"><dt>${asks.get(question) ?? question}</dt><dd>${answer}</dd></div>`)}!${confirmed.map((question) => html`<div class="pair"><dt>${asks.get(question) ?? question}</dt><dd>${t('仍然如此', 'still so')}</dd></div>`)}</dl></li>`,
  );
  return desk(
    frame,
    { zh: '走访', en: 'A visit' },
    html`<p><a href="${CAMPAIGNS}/${campaignId}">← ${campaign}</a></p>
<h1>${name ?? t('已不在台账', 'Not in the ledger any more')}</h1>
<p>${[home, area].filter(Boolean).join(' · ')}</p>
<p class="soft">${why}</p>
!${recordId === null ? '' : html`<p><a href="${RESIDENTS}/${recordId}">${t('看台账里的这一条', 'Its record in the ledger')}</a></p>`}
<h2>${t('去过几次', 'Visits')}</h2>
!${rows.length === 0 ? html`<p class="soft">${t('还没有去过。', 'Nobody was there yet.')}</p>` : html`<ul class="parts">!${rows}</ul>`}
<p class="soft small">${t('在这里补录走访，要打开脚本：', 'To enter a visit here, switch scripts on: ')}<a href="${VISITS}/${target.id}?plain=0">${t('打开完整的工作台', 'open the whole desk')}</a></p>`,
  );
}
