import { html } from 'ghtml';
import { sides, sideWords } from '../../domains/work/checkpoints/roster.model.ts';
import { n } from '../ui/count.ts';
import { dayAndTime } from '../ui/time.ts';
import { CHECKPOINTS, type Checkpoint, type CheckpointShown } from './checkpoints.pages.ts';
import type { DeskFrame } from './console.pages.ts';
import { sayIn } from './people.pages.ts';

/** Who stands there and when: shifts, the hours for which nobody is down, taking one up and entering more. */
type Shift = Checkpoint['shifts'][number];

export function rosterPart(frame: DeskFrame, shown: CheckpointShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { checkpoint } = shown;
  const { shifts, gaps, stage } = checkpoint;
  const span = ({ from, to }: { readonly from: Date; readonly to: Date }): string =>
    `${dayAndTime(from, zone, language)} – ${dayAndTime(to, zone, language)}`;
  const hours = gaps.reduce((all, { from, to }) => all + (to.getTime() - from.getTime()) / 3_600_000, 0);
  const bare =
    stage === 'closed'
      ? ''
      : gaps.length === 0
        ? html`<p class="settled">● ${t('往后七天，开放的钟点都排了人。', 'Every open hour of the next seven days is covered.')}</p>`
        : html`<details open><summary class="near">▲ ${t(`往后七天有 ${n(gaps.length)} 段没排人，共 ${n(Math.round(hours))} 小时`, `${n(gaps.length)} gaps in the next seven days, ${n(Math.round(hours))} hours`)}</summary><ul>!${gaps.map((gap) => html`<li>${span(gap)}</li>`)}</ul></details>`;
  const heads = [t('时间', 'Time'), t('谁', 'Who'), t('接班', 'Taken up')];
  const rows = shifts.map(
    (shift) =>
      html`<tr><th scope="row">${span(shift)}</th><td data-label="${heads[1]}">${shift.name} <span class="soft small">${sideWords[shift.side][language]}${shift.unit === null ? '' : ` · ${shift.unit}`}</span></td><td data-label="${heads[2]}">!${taken(frame, shift, shown)}</td></tr>`,
  );
  return html`<h2 id="roster">${t('排班', 'Roster')}</h2>!${bare}
!${rows.length === 0 ? html`<p>${t('还没有排班。', 'No shifts yet.')}</p>` : html`<table class="records"><thead><tr>!${heads.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`}
!${mayRoster(checkpoint) ? rosterForm(frame, shown) : ''}`;
}

const mayRoster = ({ can }: Checkpoint): boolean => can.some(({ act, allowed }) => act === 'roster' && allowed);

function taken({ language, zone, now }: DeskFrame, shift: Shift, { checkpoint, newId }: CheckpointShown): string {
  const t = sayIn(language);
  const { id, name, to, takenAt, takenBy, open, isOn, mayTake } = shift;
  const link = html`${CHECKPOINTS}/${checkpoint.id}`;
  const ids = html`<input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="shiftId" value="${id}">`;
  if (takenAt !== null) {
    const signed = takenBy === name ? '' : t(`（${takenBy ?? ''}代签）`, ` (signed by ${takenBy ?? ''})`);
    const left = open === null ? '' : html`<p class="small">${t('接班时没办完的：', 'Left open: ')}${open}</p>`;
    return html`<span class="${isOn ? 'settled' : 'soft'}">${isOn ? '●' : '–'} ${dayAndTime(takenAt, zone, language)}${signed}</span>!${left}`;
  }
  const waiting =
    checkpoint.waiting === 0
      ? ''
      : t(`等着领的物资 ${n(checkpoint.waiting)} 件。`, `${n(checkpoint.waiting)} goods wait. `);
  const take = mayTake
    ? html`<details><summary>${t('接班', 'Take up')}</summary><form method="post" action="${link}/take-up">!${ids}<label>${t('上一班没办完的事', 'Left open by those before')} <span class="soft">${waiting}${t('没有就空着', 'may be empty')}</span><input name="open" maxlength="200" autocomplete="off"></label><p><button class="primary">${t(`${name}接班`, `${name} takes up`)}</button></p></form></details>`
    : to <= now
      ? html`<span class="near">▲ ${t('没人接', 'nobody came')}</span>`
      : html`<span class="soft">${t('还没接', 'not yet')}</span>`;
  const off = mayRoster(checkpoint)
    ? html`<form method="post" action="${link}/call-off">!${ids}<button>${t('撤掉这一班', 'Call off')}</button></form>`
    : '';
  return html`!${take}!${off}`;
}

function rosterForm({ language }: DeskFrame, { checkpoint, guards, typed, today, newId }: CheckpointShown): string {
  const t = sayIn(language);
  const input = (name: string, words: string, value: string, more: string, soft = ''): string =>
    html`<label for="${name}">${words}!${soft === '' ? '' : html` <span class="soft">${soft}</span>`}</label><input id="${name}" name="${name}" value="${typed[name] ?? value}" autocomplete="off" !${more}>`;
  const people = guards.map(
    ({ personId, name }) =>
      html`<option value="${personId}"!${typed.personId === personId ? ' selected' : ''}>${name}</option>`,
  );
  const of = sides.map(
    (side) =>
      html`<option value="${side}"!${typed.side === side ? ' selected' : ''}>${sideWords[side][language]}</option>`,
  );
  return html`<details!${typed.fromDay === undefined ? '' : ' open'}><summary>${t('排班', 'Enter shifts')}</summary><form method="post" action="${CHECKPOINTS}/${checkpoint.id}/shifts"><input type="hidden" name="commandId" value="${newId()}">
!${input('fromDay', t('从哪天', 'From day'), today, 'type="date" required')}
!${input('toDay', t('到哪天', 'To day'), today, 'type="date" required', t('每天同样的钟点，一次最多 31 天', 'the same hours each day, at most 31 days'))}
!${input('fromTime', t('几点来', 'From'), checkpoint.opens, 'type="time" required')}
!${input('toTime', t('几点走', 'Until'), checkpoint.closes, 'type="time" required', t('比来的早，就是第二天', 'earlier than from: on the next day'))}
<label for="side">${t('哪边的人', 'Of')}</label><select id="side" name="side">!${of}</select>
<label for="personId">${t('谁', 'Who')} <span class="soft">${t('在这里任职的人', 'people with a post there')}</span></label><select id="personId" name="personId"><option value="">${t('别的人，名字写在下面', 'somebody else, written below')}</option>!${people}</select>
!${input('guardName', t('名字', 'Name'), '', 'maxlength="40"', t('上面选了人就空着', 'empty if chosen above'))}
!${input('unit', t('哪个村、公司或单位', 'Which village, company or body'), '', 'maxlength="60"', t('没有就空着', 'may be empty'))}
<p><button class="primary">${t('排班', 'Enter')}</button></p></form></details>`;
}
