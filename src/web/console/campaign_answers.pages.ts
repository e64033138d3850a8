import { html } from 'ghtml';
import type { z } from 'zod';
import type { answersView, tallyView } from '../../domains/work/campaigns/answer.model.ts';
import { n } from '../ui/count.ts';
import { dayIn } from '../ui/time.ts';
import { CAMPAIGNS, type Campaign, VISITS } from './campaigns.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { keeps } from './residents.pages.ts';
import { type OutShown, outFault, outMade } from './residents_out.pages.ts';

/** What was answered in a campaign: how often, and by whom. */
export type Answers = z.output<typeof answersView>;
export type Tally = z.output<typeof tallyView>;

export interface AnswersShown {
  readonly campaign: Campaign;
  readonly tally: Tally;
  readonly answers: Answers;
  /** Of which area; null: of all. */
  readonly areaId: string | null;
  /** Only those who answered this question, and so. */
  readonly question: string | null;
  readonly is: string | null;
  readonly out: OutShown;
}

export function answersPage(frame: DeskFrame, shown: AnswersShown): string {
  const t = sayIn(frame.language);
  const { campaign, tally, areaId } = shown;
  const area = campaign.areas.find((one) => one.areaId === areaId)?.area;
  const places = [{ areaId: null, area: t('所有地方', 'All areas') }, ...campaign.areas];
  return desk(
    frame,
    { zh: '走访的回答', en: 'Answers' },
    html`<p><a href="${CAMPAIGNS}/${campaign.id}">← ${campaign.title}</a></p>
<h1>${t('回答', 'Answers')} <span class="soft">${area ?? ''}</span></h1>
!${outFault(shown.out)}!${outMade(frame, shown.out)}
<p>${t(`${n(tally.visited)} 份回答`, `${n(tally.visited)} answered`)}</p>
!${campaign.areas.length < 2 ? '' : html`<p class="ways">!${places.map((one) => (one.areaId === areaId ? html`<strong>${one.area}</strong>` : html`<a href="${at(shown, { areaId: one.areaId })}">${one.area}</a>`))}</p>`}
!${tallyTable(t, shown)}
!${answerTable(frame, shown)}
!${answersOut(frame, shown)}`,
  );
}

/** Everybody on the list, those not met too; covered, unless whoever keeps the ledger says why. */
function answersOut(frame: DeskFrame, { campaign, areaId, out: { typed, fault, newId } }: AnswersShown): string {
  const t = sayIn(frame.language);
  const only = campaign.areas.length === 1 ? campaign.areas[0]?.areaId : undefined;
  const area = areaId ?? only;
  const reason = keeps(frame)
    ? html`<label for="reason">${t('要完整号码的，写明为什么', 'Numbers in full? Say why')} <span class="soft">${t('谁、为什么、多少行记在台账里；空着就遮住中间几位', 'who, why and how many is kept; without a reason they are covered')}</span></label><input id="reason" name="reason" maxlength="200" value="${typed.reason ?? ''}" autocomplete="off">`
    : html`<p class="soft">${t('身份证号和电话遮住中间几位。', 'Identity numbers and telephones are covered.')}</p>`;
  return html`<details id="out"!${fault === null ? '' : ' open'}><summary>${t('做成表格下载', 'Download as a spreadsheet')}</summary><form method="post" action="${CAMPAIGNS}/${campaign.id}/answers-out"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="area" value="${area ?? ''}">
<p>${t('名单上每一个、每一轮一行：结果（不愿意、没人在也写）、谁去的、哪天、每个问题的回答。做过这件事记在台账里。', 'A line for each on the list and each round: what came of it, refusals and absences too, who went and when, and every answer. That it was made is kept.')}</p>
!${reason}<p><button>${t('做成表格', 'Make it')}</button></p></form></details>`;
}

/** The same page for another area, or for those of one answer. */
function at(
  { campaign, areaId }: AnswersShown,
  to: { areaId?: string | null; question?: string; is?: string; after?: string },
): string {
  const area = to.areaId === undefined ? areaId : to.areaId;
  const query = new URLSearchParams({
    ...(area === null ? {} : { area }),
    ...(to.question === undefined ? {} : { question: to.question }),
    ...(to.is === undefined ? {} : { is: to.is }),
    ...(to.after === undefined ? {} : { after: to.after }),
  });
  return `${CAMPAIGNS}/${campaign.id}/answers${query.size === 0 ? '' : `?${query.toString()}`}${to.question === undefined ? '' : '#who'}`;
}

function tallyTable(t: Say, shown: AnswersShown): string {
  const { questions } = shown.tally;
  const rows = questions.map(({ name, ask, answered, counts, sum }) => {
    const parts = counts.map(({ code, label, n: count }) =>
      count === 0
        ? html`<span class="soft">${label} 0</span>`
        : html`<a href="${at(shown, { question: name, is: code })}">${label} ${n(count)}</a>`,
    );
    const said = sum === null ? parts : [html`${t('合计', 'sum')} ${n(sum)}`];
    return html`<tr><th scope="row">${ask}</th><td class="number" data-label="${t('答了', 'Answered')}">!${answered === 0 ? '0' : html`<a href="${at(shown, { question: name })}">${n(answered)}</a>`}</td><td data-label="${t('各有多少', 'How many each')}">!${said.length === 0 ? '—' : said.join(' · ')}</td></tr>`;
  });
  return html`<table class="records"><thead><tr><th>${t('问题', 'Question')}</th><th class="number">${t('答了', 'Answered')}</th><th>${t('各有多少', 'How many each')}</th></tr></thead><tbody>!${rows}</tbody></table>
<p class="soft small">${t('台账里已经知道、没有再问的，也算答了。', 'What the ledger knew and nobody asked again counts as answered.')}</p>`;
}

function answerTable({ language, zone }: DeskFrame, shown: AnswersShown): string {
  const t = sayIn(language);
  const { answers, question, is, tally, campaign } = shown;
  const asked = tally.questions.find(({ name }) => name === question);
  const label = asked?.counts.find(({ code }) => code === is)?.label;
  const only =
    asked === undefined
      ? ''
      : html` <span class="soft">${[asked.ask, label].filter(Boolean).join('：')}</span> <a class="small" href="${at(shown, {})}">${t('看全部', 'all of them')}</a>`;
  const heads = [t('谁', 'Who'), t('网格', 'Grid'), t('哪天', 'Day'), ...answers.questions.map(({ ask }) => ask)];
  const rows = answers.rows.map(({ targetId, name, home, area, visitedAt, answers: said }) => {
    const cells = [area, dayIn(visitedAt, zone), ...answers.questions.map((one) => said[one.name] ?? '—')];
    return html`<tr><th scope="row"><a href="${VISITS}/${targetId}">${name ?? '—'}</a>!${home === '' ? '' : html` <span class="soft small">${home}</span>`}</th>!${cells.map((text, i) => html`<td data-label="${heads[i + 1]}">${text}</td>`)}</tr>`;
  });
  const next = answers.next;
  const more =
    next === null
      ? ''
      : html`<p class="ways"><a rel="next" href="${at(shown, { ...(question === null ? {} : { question }), ...(is === null ? {} : { is }), after: next })}">${t('后一页', 'Next page')} →</a></p>`;
  return html`<h2 id="who">${t('逐个看', 'One by one')}!${only}</h2>
!${rows.length === 0 ? html`<p class="soft">${t('还没有。', 'None yet.')}</p>` : html`<div class="wide" tabindex="0" role="region" aria-label="${campaign.title}"><table class="records"><thead><tr>!${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table></div>`}!${more}`;
}
