import { html } from 'ghtml';
import type { z } from 'zod';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { comparisons } from '../../domains/land/registry/fields/choice.model.ts';
import {
  type CampaignStage,
  type campaignDetail,
  campaignOpeners,
  type campaignView,
  type targetLine,
} from '../../domains/work/campaigns/campaign.model.ts';
import { type Part, resultWordsOf } from '../../domains/work/campaigns/result.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { n } from '../ui/count.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { ledgerShown, nameAmong, valueWords } from './ledger.words.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';
import { doneBox, TEMPLATES } from './residents.pages.ts';

/** Campaigns at the desk: those there are, and one of them: how far each area is, and who is left. */
export type CampaignLine = z.output<typeof campaignView>;
export type Campaign = z.output<typeof campaignDetail>;
export type TargetLine = z.output<typeof targetLine>;

export const CAMPAIGNS = '/console/campaigns';
export const VISITS = '/console/visits';
const title = { zh: '走访', en: 'Campaigns' };

const stageWords: Readonly<Record<CampaignStage, Words>> = {
  listing: { zh: '正在列名单', en: 'being listed' },
  open: { zh: '正在走访', en: 'going on' },
  closed: { zh: '已结束', en: 'over' },
};
const tones: Readonly<Record<CampaignStage, string>> = { listing: 'near', open: 'settled', closed: 'soft' };
const marks: Readonly<Record<CampaignStage, string>> = { listing: '○', open: '●', closed: '–' };

const stageSaid = ({ stage }: Pick<CampaignLine, 'stage'>, { language }: DeskFrame): string =>
  html`<span class="${tones[stage]}">${marks[stage]} ${stageWords[stage][language]}</span>`;

export function campaignsPage(frame: DeskFrame, campaigns: readonly CampaignLine[]): string {
  const t = sayIn(frame.language);
  const opens = holdsOneOf(frame, campaignOpeners);
  const none = opens
    ? t(
        '还没有走访。要问一批人几件事、或挨家挨户走一遍，按“发起走访”：台账里已经知道的不会再问。',
        'None yet. To ask many people a few things, or to call at every door, open one: what is known is not asked again.',
      )
    : t('现在没有要您走访的。', 'There is nobody to visit now.');
  return desk(
    frame,
    title,
    html`<h1>${t('走访', 'Campaigns')}</h1>
!${opens ? html`<p class="ways"><a class="button" href="${CAMPAIGNS}/new">${t('发起走访', 'Open a campaign')}</a></p>` : ''}
!${campaigns.length === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${campaigns.map((one) => line(frame, one))}</ul>`}`,
  );
}

function line(frame: DeskFrame, one: CampaignLine): string {
  const t = sayIn(frame.language);
  const { id, area, round, rounds, dueOn, counts, openedBy } = one;
  const { counted } = ledgerShown(one).says;
  return html`<li><h2><a href="${CAMPAIGNS}/${id}">${one.title}</a></h2>
<p>!${stageSaid(one, frame)} · ${roundSaid(t, round, rounds)} · ${t(`${dueOn} 前`, `by ${dueOn}`)}</p>
<p>${t(`${n(counts.targets)} ${counted.zh}，还有 ${n(counts.left)} ${counted.zh}没走到`, `${n(counts.targets)} ${counted.en}, ${n(counts.left)} left`)}</p>
<p class="soft small">${area} · ${openedBy} ${dayIn(one.openedAt, frame.zone)}</p></li>`;
}

const partWords = ({ ledger }: Pick<CampaignLine, 'ledger'>): Readonly<Record<Part, Words>> => ({
  ...resultWordsOf(ledger),
  all: { zh: '名单上', en: 'on the list' },
  left: { zh: '还没走到', en: 'left' },
});

/** Every number opens to the people it counts. */
const listAt = (id: string, areaId: string | null, only: Part, more: Readonly<Record<string, string>> = {}): string =>
  `${CAMPAIGNS}/${id}?${new URLSearchParams({ ...(areaId === null ? {} : { area: areaId }), only, ...more }).toString()}#people`;

const roundSaid = (t: Say, round: number, rounds: number): string =>
  rounds === 1 ? t('只一轮', 'one round') : t(`第 ${round} 轮，共 ${rounds} 轮`, `round ${round} of ${rounds}`);

export interface CampaignShown {
  readonly campaign: Campaign;
  readonly rows: readonly TargetLine[];
  readonly next: string | null;
  /** Of which area the list is; null: of all. */
  readonly areaId: string | null;
  readonly only: Part;
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly today: string;
  readonly newId: () => string;
}

export function campaignPage(frame: DeskFrame, shown: CampaignShown): string {
  const t = sayIn(frame.language);
  const { campaign, fault, done } = shown;
  const { counts, cells, round, rounds } = campaign;
  const figures: readonly (readonly [Part, number])[] = [
    ...([
      ['all', counts.targets],
      ['done', counts.done],
      ['left', counts.left],
    ] as const),
    ...([
      ['absent', counts.absent],
      ['refused', counts.refused],
      ['moved', counts.moved],
    ] as const),
  ];
  const total = cells.asked + cells.known;
  return desk(
    frame,
    title,
    html`<p><a href="${CAMPAIGNS}">← ${t('走访', 'Campaigns')}</a></p>
<h1>${campaign.title}</h1>
<p>!${stageSaid(campaign, frame)} · ${roundSaid(t, round, rounds)} · ${t(`${campaign.dueOn} 前`, `by ${campaign.dueOn}`)} · ${campaign.area}</p>
<p class="soft">${t(`用途：${campaign.purpose}`, `For: ${campaign.purpose}`)}</p>
!${doneBox(done)}!${faultBox(fault)}
<dl class="figures">!${figures.map(([part, count]) => html`<div><dt>${partWords(campaign)[part][frame.language]}</dt><dd><a href="${listAt(campaign.id, null, part)}">${n(count)}</a></dd></div>`)}</dl>
!${total === 0 ? '' : html`<p>${t(`一共要填 ${n(total)} 格：当面问了 ${n(cells.asked)} 格，${n(cells.known)} 格台账里已有，没有再问。`, `${n(total)} cells in all: ${n(cells.asked)} were asked, ${n(cells.known)} were known and not asked again.`)}</p>`}
!${counts.done === 0 ? '' : html`<p class="ways"><a class="button" href="${CAMPAIGNS}/${campaign.id}/answers">${t('看回答', 'See the answers')}</a></p>`}
!${allDone(t, campaign)}
!${areaTable(frame, shown)}
!${questionsSaid(frame, campaign)}
!${acts(frame, shown)}
!${peopleTable(frame, shown)}`,
  );
}

/** What was asked was asked for something: the table that it goes into. */
function allDone(t: Say, { counts, stage, ledger }: Campaign): string {
  if (stage === 'listing' || counts.targets === 0 || counts.left > 0) return '';
  const way =
    ledger === 'residents'
      ? html` <a href="${TEMPLATES}">${t('听到的已经在台账里，去填上级的表', 'What was heard is in the ledger: fill the superior’s workbook')} →</a>`
      : '';
  return html`<p class="settled">✓ ${t('名单上的都走到了。', 'All on the list were visited.')}!${way}</p>`;
}

function areaTable({ language }: DeskFrame, { campaign }: CampaignShown): string {
  const t = sayIn(language);
  const { id, areas } = campaign;
  const words = partWords(campaign);
  if (areas.length === 0) return '';
  const columns = ['all', 'done', 'left', 'absent', 'refused', 'moved'] as const;
  const heads = [t('地方', 'Area'), ...columns.map((part) => words[part][language])];
  const rows = areas.map(({ areaId, area, targets, ...counts }) => {
    const countOf = (part: (typeof columns)[number]): number => (part === 'all' ? targets : counts[part]);
    const cells = columns.map(
      (part) =>
        html`<td class="number" data-label="${words[part][language]}"><a href="${listAt(id, areaId, part)}">${n(countOf(part))}</a></td>`,
    );
    return html`<tr><th scope="row"><a href="${listAt(id, areaId, 'left')}">${area}</a></th>!${cells}</tr>`;
  });
  return html`<h2>${t('走到哪里了', 'How far')}</h2><div class="wide" tabindex="0" role="region" aria-label="${t('走到哪里了', 'How far')}"><table class="beside"><thead><tr>!${heads.map((name, i) => html`<th scope="col" class="${i === 0 ? '' : 'number'}">${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table></div>`;
}

function questionsSaid({ language }: DeskFrame, { questions, choice, added, onlyLacking }: Campaign): string {
  const t = sayIn(language);
  const said = choice.map(({ field, is, value = '' }) =>
    [nameAmong(added, field)[language], comparisons[is][language], valueWords(field, value, language)].join(' '),
  );
  const asked = questions.filter(({ widget }) => widget !== 'note').length;
  const who = choice.length === 0 ? t('全部', 'all of them') : said.join(t('，', ', '));
  const lacking = onlyLacking
    ? t('；发起时要问的都已经知道的，没有列进名单', '; those of whom all was known were left out')
    : '';
  return html`<details><summary>${t(`问 ${asked} 项`, `${asked} questions`)}</summary><p class="soft">${t(`选的是：${who}`, `Chosen: ${who}`)}${lacking}</p><ol>!${questions.map(({ ask, field }) => html`<li>${ask}!${field === undefined ? '' : html` <span class="soft small">${t('填进台账', 'kept in the ledger')}</span>`}</li>`)}</ol></details>`;
}

function acts(frame: DeskFrame, { campaign, today, newId }: CampaignShown): string {
  const t = sayIn(frame.language);
  const may = (act: 'next_round' | 'close'): boolean => campaign.can.some((one) => one.act === act && one.allowed);
  const next = may('next_round')
    ? html`<form method="post" action="${CAMPAIGNS}/${campaign.id}/rounds"><input type="hidden" name="commandId" value="${newId()}"><label for="dueOn">${t(`第 ${campaign.round + 1} 轮什么时候走完`, `Round ${campaign.round + 1}: by when`)}</label><div class="asked-in-line"><input id="dueOn" name="dueOn" type="date" required min="${today}"><button>${t('开始下一轮', 'Begin it')}</button></div><p class="soft small">${t('名单上的都要再走一遍；这一轮听到的已经记下，下一轮只问变了的。', 'All of it is visited again; what was heard is kept, and only what is missing is asked.')}</p></form>`
    : '';
  const close = may('close')
    ? html`<details><summary>${t('结束这次走访', 'Close it')}</summary><form method="post" action="${CAMPAIGNS}/${campaign.id}/close"><input type="hidden" name="commandId" value="${newId()}"><p>${t('名单从手机上撤下，不能再开；结束前走访、还没发出的，照样收。', 'The list leaves the phones for good; visits made before still count when they arrive.')}</p><p><button class="danger">${t('结束', 'Close')}</button></p></form></details>`
    : '';
  return next === '' && close === '' ? '' : html`<div class="panel">!${next}!${close}</div>`;
}

function peopleTable({ language }: DeskFrame, { campaign, rows, next, areaId, only }: CampaignShown): string {
  const t = sayIn(language);
  const { id } = campaign;
  const area = campaign.areas.find((one) => one.areaId === areaId)?.area;
  const heads = [
    ...(campaign.ledger === 'residents'
      ? [t('姓名', 'Name'), t('住处', 'Home')]
      : [calledOf(campaign)[language], t('在哪里、找谁', 'Where, and whom one meets')]),
    t('网格', 'Grid'),
    t('为什么', 'Why'),
    t('这一轮', 'This round'),
  ];
  const ways = (['left', 'all'] as const).filter((part) => part !== only);
  const switched = ways.map((part) => html`<a href="${listAt(id, areaId, part)}">${partTitle(t, campaign, part)}</a>`);
  const all = areaId === null ? '' : html`<a href="${listAt(id, null, only)}">${t('所有地方', 'All areas')}</a>`;
  return html`<h2 id="people">${partTitle(t, campaign, only)}!${area === undefined ? '' : html` <span class="soft">${area}</span>`}</h2>
<p class="ways">!${switched}!${all}</p>
!${rows.length === 0 ? html`<p class="soft">${t('没有。', 'None.')}</p>` : html`<table class="records people"><thead><tr>!${heads.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>!${rows.map((row) => personRow(language, campaign, row, heads))}</tbody></table>`}
!${next === null ? '' : html`<p class="ways"><a href="${listAt(id, areaId, only, { after: next })}" rel="next">${t('后一页', 'Next page')} →</a></p>`}`;
}

/** What the first column of its list holds. */
function calledOf(campaign: Campaign): Words {
  const ledger = ledgerShown(campaign);
  return campaign.own === null ? ledger.says.tab : nameIn(ledger, ledger.calledBy[0] ?? '');
}

function partTitle(t: Say, { ledger }: Pick<CampaignLine, 'ledger'>, part: Part): string {
  const people = ledger === 'residents' ? '人' : '';
  if (part === 'left') return t(`还没走到的${people}`, 'Still to be visited');
  if (part === 'all') return t('全部名单', 'The whole list');
  const words = resultWordsOf(ledger)[part];
  return t(`${words.zh}的${people}`, words.en);
}

function personRow(
  language: Language,
  { ledger }: Pick<CampaignLine, 'ledger'>,
  row: TargetLine,
  heads: readonly string[],
): string {
  const t = sayIn(language);
  const { id, recordId, name, home, area, why, result, tries } = row;
  const who =
    recordId === null
      ? html`<span class="soft">${t('已不在台账', 'not in the ledger any more')}</span>`
      : html`<a href="${VISITS}/${id}">${name ?? '—'}</a>`;
  const said =
    result === null
      ? '—'
      : `${resultWordsOf(ledger)[result][language]}${tries > 0 && result === 'absent' ? ` ×${tries}` : ''}`;
  const cells = [home, area, why, said];
  const seen = photosSaid(t, row);
  return html`<tr><th scope="row">!${who}</th>!${cells.map((text, i) => html`<td data-label="${heads[i + 1]}">${text === '' ? '—' : text}!${i === cells.length - 1 ? seen : ''}</td>`)}</tr>`;
}

/** What a visit was answered with: the photos that are here, and how many are still on a phone. */
function photosSaid(t: Say, { photos, photosDue }: TargetLine): string {
  const shown = photos.map(
    ({ id, addedBy }) =>
      html`<a href="/api/photos/${id}"><img src="/api/photos/${id}/thumb" alt="${t(`${addedBy}拍的照片`, `photo by ${addedBy}`)}" loading="lazy"></a>`,
  );
  const due = t(`还有 ${photosDue} 张照片在路上`, `${photosDue} photos still on their way`);
  return html`!${shown.length === 0 ? '' : html`<span class="shots">!${shown}</span>`}!${photosDue === 0 ? '' : html`<br><span class="near small">▲ ${due}</span>`}`;
}
