import { html } from 'ghtml';
import type { z } from 'zod';
import { type inspectionLine, inspectors, type Progress } from '../../domains/work/inspections/inspection.model.ts';
import { n } from '../ui/count.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { INSPECTIONS } from './hazard.words.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';

/** Inspections: those there are, how far each is. */
export type InspectionLine = z.output<typeof inspectionLine>;
const title = { zh: '督导检查', en: 'Inspections' };

/** Where nobody was met somebody has to go again. */
export function progressSaid(t: Say, { places, found, left, absent }: Progress): string {
  const again = absent === 0 ? '' : t(`（其中 ${n(absent)} 处去过没人，要再去）`, ` (nobody met at ${n(absent)})`);
  return t(
    `${n(places)} 处，${n(found)} 处发现隐患，还有 ${n(left)} 处要去${again}`,
    `${n(places)} places, something at ${n(found)}, ${n(left)} left${again}`,
  );
}

export const announcedSaid = (t: Say, { announced }: Pick<InspectionLine, 'announced'>): string =>
  announced ? t('打过招呼', 'announced') : t('不打招呼，只有去的人看得到', 'not announced: only those who go read it');

export function inspectionsPage(frame: DeskFrame, lines: readonly InspectionLine[]): string {
  const t = sayIn(frame.language);
  const opens = holdsOneOf(frame, inspectors);
  const none = opens
    ? t(
        '还没有检查。从台账里按写明的规则抽地方，或者手工写地点；发现的隐患进台账。',
        'None yet. Places are drawn from a ledger by a stated rule, or named by hand; what is found goes on the register.',
      )
    : t('没有要您去的检查。', 'There is no inspection for you to go on.');
  return desk(
    frame,
    title,
    html`<h1>${t('督导检查', 'Inspections')}</h1>
<p class="ways">!${opens ? html`<a class="button" href="${INSPECTIONS}/new">${t('发起检查', 'Open an inspection')}</a> ` : ''}<a href="${INSPECTIONS}/checklists">${t('检查表', 'Checklists')}</a></p>
!${lines.length === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${lines.map((one) => line(frame, one))}</ul>`}`,
  );
}

function line({ language }: DeskFrame, one: InspectionLine): string {
  const t = sayIn(language);
  const state = one.isOpen
    ? html`<span class="settled">● ${t('正在检查', 'going on')}</span>`
    : html`<span class="soft">– ${t('已结束', 'over')}</span>`;
  return html`<li><h2><a href="${INSPECTIONS}/${one.id}">${one.title}</a></h2>
<p>!${state} · ${one.onDay} · ${announcedSaid(t, one)}</p>
<p>${progressSaid(t, one.progress)}</p>
<p class="soft small">${one.area} · ${one.checklist} · ${one.openedBy}</p></li>`;
}
