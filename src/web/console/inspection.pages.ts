import { html } from 'ghtml';
import type { z } from 'zod';
import type { inspectionView, redrawView, targetLine } from '../../domains/work/inspections/inspection.model.ts';
import { results } from '../../domains/work/inspections/result.model.ts';
import { n } from '../ui/count.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { HAZARDS, INSPECTIONS } from './hazard.words.ts';
import { type Checklist, hazardFields } from './hazard_new.pages.ts';
import { registerAt } from './hazards.pages.ts';
import { announcedSaid, progressSaid } from './inspections.pages.ts';
import { sayIn } from './people.pages.ts';
import { type Choice, doneBox } from './residents.pages.ts';

/** One inspection: how the places were drawn, who has been where, what was found and what of it is common. */
export type Inspection = z.output<typeof inspectionView>;
export type TargetLine = z.output<typeof targetLine>;
export type Redraw = z.output<typeof redrawView>;

export interface InspectionShown {
  readonly inspection: Inspection;
  readonly targets: readonly TargetLine[];
  /** The place that is being noted. */
  readonly target: TargetLine | null;
  readonly redraw: Redraw | null;
  readonly bodies: readonly Choice[];
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly newId: () => string;
}

export function inspectionPage(frame: DeskFrame, shown: InspectionShown): string {
  const t = sayIn(frame.language);
  const { inspection, fault, done, target } = shown;
  return desk(
    frame,
    { zh: inspection.title, en: inspection.title },
    html`<p><a href="${INSPECTIONS}">← ${t('督导检查', 'Inspections')}</a></p>
<h1>${inspection.title}</h1>
<p>${inspection.onDay} · ${inspection.area} · ${announcedSaid(t, inspection)} · ${t(`检查组：${inspection.members.join('、')}`, `group: ${inspection.members.join(', ')}`)}</p>
!${doneBox(done)}!${faultBox(fault)}
<p><strong>${progressSaid(t, inspection.progress)}</strong></p>
!${drawPanel(frame, shown)}
!${target === null ? '' : placeForm(frame, shown, target)}
!${foundPanel(frame, inspection)}
!${placesTable(frame, shown)}
!${listOfItems(frame, inspection.list)}
!${inspection.mayInspect ? closing(frame, shown) : ''}`,
  );
}

function drawPanel({ language }: DeskFrame, { inspection: { id, draw }, redraw }: InspectionShown): string {
  const t = sayIn(language);
  if (draw === null)
    return html`<p class="soft">${t('地点是手工写的，没有抽样。', 'All places were named by hand.')}</p>`;
  const again =
    redraw === null
      ? html`<a href="${INSPECTIONS}/${id}?redraw=1">${t('照当时的名单重抽一遍，看是不是一样', 'Draw again from the list as it was')}</a>`
      : redraw.same
        ? html`<strong class="settled">● ${t(`重抽了一遍：从 ${n(redraw.population)} 处里抽 ${n(redraw.drawn)} 处，和当时一样。`, `Drawn again: ${n(redraw.drawn)} of ${n(redraw.population)}, the same as then.`)}</strong>`
        : html`<strong class="late">▲ ${t('重抽了一遍：和名单上的不一样，请查流水。', 'Drawn again: not what stands on the list. Look into the journal.')}</strong>`;
  return html`<p>${t(`从${draw.ledger.zh} ${n(draw.population)} 处里，${draw.rule.zh}，抽签号 ${draw.seed}（发起时系统随机生成，谁也挑不了）。`, `From ${n(draw.population)} of the ledger of ${draw.ledger.en}: ${draw.rule.en}, seed ${draw.seed}, made at random when it was opened.`)} !${again}</p>`;
}

function placeForm(
  frame: DeskFrame,
  { inspection, bodies, typed, newId }: InspectionShown,
  target: TargetLine,
): string {
  const t = sayIn(frame.language);
  const hidden = html`<input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="targetId" value="${target.id}">`;
  const isEarly = dayIn(frame.now, frame.zone) < inspection.onDay;
  const early = isEarly
    ? html`<label class="tick near"><input type="checkbox" name="early" value="yes"!${typed.early ? ' checked' : ''}> ${t(`检查定在 ${inspection.onDay}，还没到：这是提前去的`, `It is on ${inspection.onDay}: I went before the day`)}</label>`
    : '';
  const look = (result: 'clean' | 'absent', words: string): string =>
    html`<form method="post" action="${INSPECTIONS}/${inspection.id}/look"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="targetId" value="${target.id}">!${early}<button name="result" value="${result}">${words}</button></form>`;
  const name = target.name ?? '';
  return html`<div class="panel" id="place"><h2>${name} <span class="soft">${target.area}</span></h2>
!${target.result === 'found' ? '' : html`<div class="ways">!${look('clean', t('没有发现问题', 'Nothing found'))}!${look('absent', t('没人、没开门', 'Nobody there'))}</div>`}
<details!${target.result === null && typed.what === undefined ? '' : ' open'}><summary>${t('发现隐患，登记', 'Enter what was found')}</summary><form method="post" action="${INSPECTIONS}/${inspection.id}/hazards" enctype="multipart/form-data">!${hidden}
!${hazardFields(frame, { bodies, lists: [inspection.list], typed: { where: name.slice(0, 120), sector: inspection.list.sector, ...typed } })}
!${early}<p><button class="primary">${t('登记，交单位整改', 'Enter it; the body owes it from now on')}</button></p></form></details></div>`;
}

/** The day's findings gathered, and what is common; every number opens to its rows. */
function foundPanel({ language }: DeskFrame, { id, hazards, days, common }: Inspection): string {
  const t = sayIn(language);
  if (hazards.all === 0) return '';
  const at = (more: Readonly<Record<string, string>>): string => registerAt({ inspectionId: id, part: 'all', ...more });
  const counts = [
    [t('发现', 'found'), hazards.all, 'all'],
    [t('已销号', 'checked off'), hazards.checked_off, 'checked_off'],
    [t('还没销号', 'in progress'), hazards.in_progress, 'in_progress'],
    [t('超期', 'late'), hazards.late, 'late'],
  ] as const;
  return html`<h2>${t('发现的隐患', 'What was found')}</h2>
<dl class="figures">!${counts.map(([name, count, part]) => html`<div><dt>${name}</dt><dd><a href="${at({ part })}">${n(count)}</a></dd></div>`)}</dl>
<ul class="plain">!${days.map(({ day, hazards: many, major }) => html`<li>${day} <a href="${at({ foundOn: day })}">${t(`${n(many)} 处`, n(many))}</a>!${major === 0 ? '' : html`，${t('其中重大 ', 'major: ')}<a href="${at({ foundOn: day, grade: 'major' })}">${n(major)}</a>`}</li>`)}</ul>
!${common.length === 0 ? '' : html`<h3>${t('按检查条目归拢，多的在前', 'By line of the checklist, the most frequent first')}</h3><ul class="plain">!${common.map(({ item, text, hazards: many, places }) => html`<li>${text} <a href="${at({ item })}">${t(`${n(many)} 处`, n(many))}</a> <span class="soft">${t(`在 ${n(places)} 个地方`, `at ${n(places)} places`)}</span></li>`)}</ul>`}`;
}

function placesTable({ language, zone }: DeskFrame, { inspection, targets }: InspectionShown): string {
  const t = sayIn(language);
  const heads = [t('地方', 'Place'), t('网格', 'Area'), t('为什么在名单上', 'Why'), t('看了没有', 'Looked at')];
  const rows = targets.map(({ id, ordinal, name, area, weight, byHand, result, by, lookedAt }) => {
    const called = name ?? t('（已不在台账）', '(not in the ledger any more)');
    const link = inspection.mayInspect
      ? html`<a href="${INSPECTIONS}/${inspection.id}?target=${id}#place">${called}</a>`
      : html`${called}`;
    const why = byHand ? t('手工写的', 'by hand') : t(`抽中第 ${ordinal} 号`, `drawn as no. ${ordinal}`);
    const risk = weight === 0 ? '' : t(`，风险 ${weight}`, `, risk ${weight}`);
    const when = lookedAt === null ? '' : ` · ${dayIn(lookedAt, zone)}`;
    const again = result === 'absent' ? t('，要再去', ', to go again') : '';
    const said = result === null ? '—' : `${results[result][language]}${again} · ${by}${when}`;
    return html`<tr><th scope="row">!${link}</th><td data-label="${heads[1]}">${area}</td><td data-label="${heads[2]}">${why}${risk}</td><td data-label="${heads[3]}">${said}</td></tr>`;
  });
  return html`<h2>${t('检查哪些地方', 'The places')}</h2><table class="records"><thead><tr>!${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`;
}

function listOfItems({ language }: DeskFrame, { title: name, version, items }: Checklist): string {
  const t = sayIn(language);
  return html`<details><summary>${t(`检查表：${name}（第 ${version} 版，${items.length} 条）`, `Checklist: ${name} (version ${version}, ${items.length} lines)`)}</summary><ol>!${items.map(({ text, counts, basis }) => html`<li>${text}!${counts === '' ? '' : html`：${counts}`}!${basis === '' ? '' : html` <span class="soft small">${basis}</span>`}</li>`)}</ol></details>`;
}

const closing = ({ language }: DeskFrame, { inspection: { id }, newId }: InspectionShown): string => {
  const t = sayIn(language);
  return html`<details><summary>${t('结束这次检查', 'Close it')}</summary><form method="post" action="${INSPECTIONS}/${id}/close"><input type="hidden" name="commandId" value="${newId()}"><p>${t('结束以后不能再记；已经登记的隐患照样整改、复查。', 'Nothing more is noted; what was found goes on.')} <a href="${HAZARDS}?inspectionId=${id}">${t('看隐患', 'See the hazards')}</a></p><p><button class="danger">${t('结束', 'Close')}</button></p></form></details>`;
};
