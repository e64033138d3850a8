import { html } from 'ghtml';
import type { z } from 'zod';
import type { standDownPreview } from '../../domains/work/handovers/handover_form.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn, to as way } from './people.pages.ts';

/** A temporary organisation: raised with a purpose and a term, stood down when nothing is left with nobody. */
type Choice = { readonly id: string; readonly name: string };
interface Raising {
  /** What was typed before it was refused. */
  readonly filled: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly above: readonly Choice[];
  readonly areas: readonly Choice[];
  readonly calendars: readonly Choice[];
  readonly commandId: string;
  readonly id: string;
}

export function raisePage(frame: DeskFrame, raising: Raising): string {
  const t = sayIn(frame.language);
  const { filled, fault, above, areas, calendars, commandId, id } = raising;
  const own = (name: string): string => filled[name] ?? '';
  return desk(
    frame,
    { zh: '成立临时组织', en: 'Raise a temporary organisation' },
    html`<h1>${t('成立临时组织', 'Raise a temporary organisation')}</h1>
<p>${t('借来的人原来的岗位不变。成立后案卷可以派给它，负责人在应急时对写明的区域负责。', 'Those lent keep the posts they have. Cases can be dispatched to it, and its heads answer in emergency time for the areas named.')}</p>
!${faultBox(fault)}
<form method="post" action="/console/people/raise"><input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="id" value="${id}">
<label for="name">${t('名称', 'Name')}</label><input id="name" name="name" required maxlength="60" value="${own('name')}" autocomplete="off">
<label for="purpose">${t('为什么成立', 'Purpose')}</label><input id="purpose" name="purpose" required maxlength="200" value="${own('purpose')}" autocomplete="off">
<label for="until">${t('期限到哪一天', 'Last day of its term')}</label><input id="until" name="until" type="date" required value="${own('until')}">
!${select('areaId', t('设在哪里', 'Where it stands'), areas, [own('areaId')], '', t)}
!${select('calendarId', t('作息', 'Hours'), calendars, [own('calendarId')], '', t)}
!${above.length === 0 ? '' : select('aboveId', t('属于哪个临时组织', 'Under which temporary organisation'), above, [own('aboveId')], t('不属于别的', 'none'), t)}
!${select('areaIds', t('应急时对哪些区域负责', 'Areas its heads answer for in emergency time'), areas, own('areaIds').split(','), '', t, true)}
!${people('body_head', t('负责人', 'Heads'), own('body_head'), true, t)}
!${people('body_desk', t('受理岗', 'Those who take work in'), own('body_desk'), false, t)}
!${people('body_worker', t('处置人员', 'Workers'), own('body_worker'), false, t)}
<p><button class="primary">${t('成立', 'Raise it')}</button></p></form>
<p><a href="${way('/bodies', { only: 'temporary' })}">← ${t('临时组织', 'Temporary organisations')}</a></p>`,
  );
}

function people(name: string, label: string, value: string, isRequired: boolean, t: Say): string {
  return html`<label for="${name}">${label} <span class="soft">${t('姓名或账号，一行一个', 'names or accounts, one on a line')}${isRequired ? '' : t('，可以不填', ', optional')}</span></label><textarea id="${name}" name="${name}" rows="3" !${isRequired ? 'required' : ''}>${value}</textarea>`;
}

function select(
  name: string,
  label: string,
  options: readonly Choice[],
  chosen: readonly string[],
  none: string,
  t: Say,
  isMany = false,
): string {
  const first = isMany ? '' : html`<option value="">${none === '' ? t('请选择', 'choose') : none}</option>`;
  const must = none === '' && !isMany ? 'required' : '';
  return html`<label for="${name}">${label}!${isMany ? html` <span class="soft">${t('可以选几个，也可以不选', 'several or none')}</span>` : ''}</label><select id="${name}" name="${name}" !${must} !${isMany ? 'multiple size="6"' : ''}>!${first}!${options.map((one) => html`<option value="${one.id}" !${chosen.includes(one.id) ? 'selected' : ''}>${one.name}</option>`)}</select>`;
}

interface StandingDown {
  readonly to: string;
  readonly bodies: readonly Choice[];
  readonly fault: Fault | null;
  readonly commandId: string;
}

export function standDownPage(
  frame: DeskFrame,
  preview: z.output<typeof standDownPreview>,
  { to, bodies, fault, commandId }: StandingDown,
): string {
  const { language } = frame;
  const t = sayIn(language);
  const open = preview.duties.reduce((sum, { count }) => sum + count, 0);
  return desk(
    frame,
    { zh: '撤销临时组织', en: 'Stand down' },
    html`<h1>${t('撤销', 'Stand down')} <span class="soft">${preview.name}</span></h1>
!${faultBox(fault)}
<p>${t(`还有 ${open} 件待办没有办完。`, `${open} duties are still open.`)}</p>
!${
      preview.duties.length === 0
        ? ''
        : html`<ul>!${preview.duties.map((one) => html`<li>${one.duty[language]} <strong>${one.count}</strong> <span class="soft">${one.owedBy} → ${one.to === '' ? t('还没有写谁接', 'nobody named') : one.to}</span></li>`)}</ul>
<form method="get" action="${way(`/bodies/${preview.id}/stand-down`)}">!${select('to', t('谁接着办', 'Who goes on with them'), bodies, [to], '', t)}<p><button>${t('看看行不行', 'See whether it works')}</button></p></form>`
    }
!${
      preview.left.length > 0
        ? html`<div class="fault"><strong>${t('现在还不能撤销', 'It cannot be stood down yet')}</strong><ul>!${preview.left.map((why) => html`<li>${why[language]}</li>`)}</ul></div>`
        : html`<p>${t('撤销以后，它的岗位、任职、以它的名义包保的区域和派给它的责任规则都结束；借来的人原来的岗位不变。', 'With it end its posts and appointments, what was answered for in its name, and the rules that dispatch to it. Those lent keep the posts they had.')}</p>
<form method="post" action="${way(`/bodies/${preview.id}/stand-down`)}"><input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="to" value="${to}"><p><button class="danger">${t('撤销', 'Stand it down')}</button></p></form>`
    }
<p><a href="${way(`/bodies/${preview.id}`)}">← ${preview.name}</a></p>`,
  );
}
