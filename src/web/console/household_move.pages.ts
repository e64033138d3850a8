import { html } from 'ghtml';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import type { Resident } from './resident.pages.ts';
import { HOME } from './residents.pages.ts';

/** Who leaves a household, for a new one or for another: with the day since when. */
export interface MoveShown {
  readonly resident: Resident;
  /** What was typed and refused; null: nothing. */
  readonly typed: Readonly<Record<string, string>> | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

/** All of the household, whoever was opened first. */
const membersIn = ({ id, name, facts, household }: Resident): Resident['household'] => [
  { id, name, relation: facts.find(({ field }) => field === 'household.relation')?.value ?? null },
  ...household,
];

const title = { zh: '分户、并户、换户', en: 'Households' };

export function movePage(frame: DeskFrame, shown: MoveShown): string {
  const t = sayIn(frame.language);
  const { resident, fault } = shown;
  const number = resident.facts.find(({ field }) => field === 'household.number')?.value;
  const none = html`<p>${t('这个人还没有户号。请先在“更正或补填”里填户号。', 'This person has no household number yet. Enter it under “Correct or add” first.')}</p>`;
  return desk(
    frame,
    title,
    html`<p><a href="${HOME}/${resident.id}">← ${resident.name || '—'}</a></p>
<h1>${title[frame.language]} <span class="soft">${number === undefined ? '' : t(`户号 ${number}`, `No. ${number}`)}</span></h1>
!${faultBox(fault)}!${number === undefined ? none : moveForm(frame, shown, t)}`,
  );
}

function moveForm({ now, zone }: DeskFrame, { resident, typed, newId }: MoveShown, t: Say): string {
  const members = membersIn(resident);
  const kind = typed?.kind ?? 'split';
  const at = (is: boolean): string => (is ? ' checked' : '');
  const box = ({ id, name, relation }: Resident['household'][number]): string =>
    html`<label class="choice"><input type="checkbox" name="member.${id}" value="yes"!${at(typed?.[`member.${id}`] === 'yes')}> ${name ?? '—'} <span class="soft">${relation ?? ''}</span></label>`;
  const heads = members.map(
    ({ id, name }) => html`<option value="${id}"!${typed?.head === id ? ' selected' : ''}>${name ?? '—'}</option>`,
  );
  return html`<form method="post" action="${HOME}/${resident.id}/household"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="seen" value="${members.map(({ id }) => id).join(' ')}">
<fieldset><legend>${t('谁走', 'Who leaves')}</legend>!${members.map(box)}</fieldset>
<fieldset><legend>${t('到哪里', 'Where to')}</legend><label class="choice"><input type="radio" name="kind" value="split"!${at(kind === 'split')}> ${t('分成新的一户', 'A new household')}</label><label class="choice"><input type="radio" name="kind" value="join"!${at(kind === 'join')}> ${t('并到本社区另一户（全选就是两户并成一户，门牌要相同）', 'Another household of this community (with all of them, two households become one; the doors must be the same)')}</label></fieldset>
<label for="number">${t('那一户的户号', 'Its number')}</label><input id="number" name="number" required maxlength="40" value="${typed?.number ?? ''}" autocomplete="off">
<label for="head">${t('新户的户主', 'Head of the new household')}</label><select id="head" name="head"><option value="">—</option>!${heads}</select>
<label for="on">${t('从哪一天起', 'Since when')}</label><input id="on" name="on" type="date" required value="${typed?.on ?? dayIn(now, zone)}">
<p class="soft small">${t('走的人原来与户主的关系、原户主的姓名和号码会去掉，到了新的一户再填；住处不变，搬了的另改。原来的都留在经过里。', 'What the people who leave were to the former head, and the head’s name and numbers, is taken away, to be entered anew; the home stays as it is. What stood before stays in the history.')}</p>
<p class="ways"><button class="primary">${t('记下', 'Write it down')}</button><a href="${HOME}/${resident.id}">${t('不改，回去', 'Go back, change nothing')}</a></p></form>`;
}
