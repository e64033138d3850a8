import { html } from 'ghtml';
import type { z } from 'zod';
import { finders, flags, type Part, type registerView, statuses } from '../../domains/work/inspections/hazard.model.ts';
import { grades, sectors, sources } from '../../domains/work/inspections/sector.model.ts';
import { n } from '../ui/count.ts';
import { dayIn } from '../ui/time.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { choose, HAZARDS, partWords, statusSaid } from './hazard.words.ts';
import { holdsOneOf } from './links.ts';
import { sayIn } from './people.pages.ts';
import { areaOptions, type Choice } from './residents.pages.ts';

/** The register of hazards: how many, and which; every number opens to its rows. */
export type Register = z.output<typeof registerView>;
export type HazardLine = Register['rows'][number];

export interface RegisterShown {
  readonly register: Register;
  readonly part: Part;
  /** What was asked for besides, as it stands in the address. */
  readonly asked: Readonly<Record<string, string>>;
  /** Empty for whoever answers for no area. */
  readonly areas: readonly Choice[];
  readonly bodies: readonly Choice[];
}

const counted = ['all', 'checked_off', 'in_progress', 'found', 'rectifying', 'rectified', 'late'] as const;

export const registerAt = (asked: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(asked).toString();
  return query === '' ? HAZARDS : `${HAZARDS}?${query}`;
};

export function registerPage(frame: DeskFrame, shown: RegisterShown): string {
  const t = sayIn(frame.language);
  const { register, part, asked } = shown;
  const { counts, rows, next } = register;
  const finds = holdsOneOf(frame, finders);
  const figure = (one: Part): string =>
    html`<div><dt>${partWords[one][frame.language]}</dt><dd><a href="${registerAt({ ...asked, part: one })}"!${one === part ? ' aria-current="true"' : ''}>${n(counts[one])}</a></dd></div>`;
  const none = finds
    ? t(
        '没有。发现了隐患就登记，交给单位整改，改好了由另一个人复查。',
        'None. Enter what is found; a body puts it right, and somebody else looks again.',
      )
    : t('没有要您单位整改的隐患。', 'Your body has no hazard to put right.');
  return desk(
    frame,
    { zh: '隐患台账', en: 'Hazards' },
    html`<h1>${t('隐患台账', 'Hazards')}</h1>
!${finds ? html`<p class="ways"><a class="button" href="${HAZARDS}/new">${t('登记隐患', 'Enter a hazard')}</a></p>` : ''}
<dl class="figures">!${counted.map(figure)}</dl>
!${filters(frame, shown)}
<h2>${partWords[part][frame.language]} <span class="soft">${n(counts[part])}</span></h2>
!${rows.length === 0 ? html`<p class="soft">${none}</p>` : hazardTable(frame, rows)}
!${next === null ? '' : html`<p class="ways"><a href="${registerAt({ ...asked, part, after: next })}" rel="next">${t('后一页', 'Next page')} →</a></p>`}`,
  );
}

function filters(frame: DeskFrame, { areas, bodies, asked, part }: RegisterShown): string {
  const t = sayIn(frame.language);
  const orNone = (options: string): string => html`<option value="">${t('不限', 'any')}</option>!${options}`;
  const ofArea =
    areas.length === 0
      ? ''
      : html`<div><label for="areaId">${t('哪个地方', 'Where')}</label><select id="areaId" name="areaId">!${orNone(areaOptions(areas, asked.areaId ?? ''))}</select></div><div><label for="bodyId">${t('整改单位', 'Body')}</label><select id="bodyId" name="bodyId">!${orNone(areaOptions(bodies, asked.bodyId ?? ''))}</select></div>`;
  const kept = ['inspectionId', 'item', 'foundOn'].flatMap((name) =>
    asked[name] === undefined ? [] : [[name, asked[name]] as const],
  );
  return html`<details!${Object.keys(asked).length === 0 ? '' : ' open'}><summary>${t('筛选', 'Narrow it down')}</summary><form method="get" action="${HAZARDS}"><input type="hidden" name="part" value="${part}">!${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<div class="asks">
<div>!${choose(t, { name: 'sector', label: t('哪一类', 'Sector'), of: sectors, chosen: asked.sector ?? '', orNone: true })}</div>
<div>!${choose(t, { name: 'grade', label: t('等级', 'Grade'), of: grades, chosen: asked.grade ?? '', orNone: true })}</div>
<div>!${choose(t, { name: 'source', label: t('怎么发现的', 'Found by'), of: sources, chosen: asked.source ?? '', orNone: true })}</div>
!${ofArea}</div><p class="ways"><button>${t('筛选', 'Show')}</button>!${Object.keys(asked).length === 0 ? '' : html`<a href="${registerAt({ part })}">${t('全部条件去掉', 'Without conditions')}</a>`}</p></form></details>`;
}

function hazardTable(frame: DeskFrame, rows: readonly HazardLine[]): string {
  const t = sayIn(frame.language);
  const heads = [t('隐患', 'Hazard'), t('现在', 'Now'), t('等谁', 'Waits for'), t('期限', 'By'), t('发现', 'Found')];
  return html`<table class="records"><thead><tr>!${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>!${rows.map((row) => hazardRow(frame, row, heads))}</tbody></table>`;
}

function hazardRow(frame: DeskFrame, row: HazardLine, heads: readonly string[]): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const where = [row.where, row.area, sectors[row.sector][language]].filter((part) => part !== '').join(' · ');
  return html`<tr><th scope="row"><a href="${HAZARDS}/${row.id}">${row.what ?? t('（内容已删除）', '(erased)')}</a><br><span class="soft small">${where}</span> !${tagsOf(row, frame)}</th>
<td data-label="${heads[1]}">!${statusSaid(row.status, statuses[row.status], language)}</td>
<td data-label="${heads[2]}">${row.owner === '' ? '—' : row.owner}</td>
<td data-label="${heads[3]}">!${row.clock === null ? '—' : clockWords(row.clock, frame)}</td>
<td data-label="${heads[4]}">${dayIn(row.foundAt, zone)}</td></tr>`;
}

export function tagsOf({ grade, returned, referred }: HazardLine, { language }: DeskFrame): string {
  const tags = [
    ...(grade === 'major' ? [grades.major[language]] : []),
    ...(returned ? [flags.returned[language]] : []),
    ...(referred ? [flags.referred[language]] : []),
  ];
  return tags.map((words) => html`<span class="tag">${words}</span>`).join(' ');
}
