import { html } from 'ghtml';
import type { z } from 'zod';
import type { checklistView } from '../../domains/work/inspections/checklist.model.ts';
import { grades, sectors, sources } from '../../domains/work/inspections/sector.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { choose, HAZARDS, limitFields, photoField } from './hazard.words.ts';
import { sayIn } from './people.pages.ts';
import { areaOptions, type Choice } from './residents.pages.ts';

/** Entering a hazard: what, where, who puts it right until when. */
export type Checklist = z.output<typeof checklistView>;

export interface NewHazard {
  readonly areas: readonly Choice[];
  readonly bodies: readonly Choice[];
  readonly lists: readonly Checklist[];
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function newHazardPage(frame: DeskFrame, shown: NewHazard): string {
  const t = sayIn(frame.language);
  const { areas, typed, fault, newId } = shown;
  return desk(
    frame,
    { zh: '登记隐患', en: 'Enter a hazard' },
    html`<p><a href="${HAZARDS}">← ${t('隐患台账', 'Hazards')}</a></p>
<h1>${t('登记隐患', 'Enter a hazard')}</h1>
!${faultBox(fault)}
<form method="post" action="${HAZARDS}/new" enctype="multipart/form-data"><input type="hidden" name="commandId" value="${newId()}">
<label for="areaId">${t('哪个地方', 'Which area')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, typed.areaId ?? '')}</select>
!${hazardFields(frame, shown)}
!${choose(t, { name: 'source', label: t('怎么发现的', 'Found by'), of: sources, chosen: typed.source ?? 'patrol' })}
!${quotedFields(frame, typed)}
<p><button class="primary">${t('登记，交单位整改', 'Enter it; the body owes it from now on')}</button></p></form>`,
  );
}

/** What is asked of every hazard, also of one that is found during an inspection. */
export function hazardFields(
  frame: DeskFrame,
  { bodies, lists, typed }: Pick<NewHazard, 'bodies' | 'lists' | 'typed'>,
): string {
  const { language } = frame;
  const t = sayIn(language);
  const groups = lists.map(
    ({ id, version, title, items }) =>
      html`<optgroup label="${title}">!${items.map(({ code, text }) => {
        const value = `${id} ${version} ${code}`;
        return html`<option value="${value}"!${value === typed.item ? ' selected' : ''}>${text}</option>`;
      })}</optgroup>`,
  );
  return html`<label for="where">${t('具体在哪里', 'The place')} <span class="soft">${t('单位、楼栋、路口，别人找得到', 'as others find it')}</span></label><input id="where" name="where" required minlength="2" maxlength="120" value="${typed.where ?? ''}" autocomplete="off">
<label for="what">${t('看到了什么', 'What was seen')}</label><textarea id="what" name="what" required minlength="2" maxlength="1000">${typed.what ?? ''}</textarea>
!${photoField(t, 'found-photos', t('整改前照片', 'Photos of it'))}
<div class="asks"><div>!${choose(t, { name: 'sector', label: t('哪一类', 'Sector'), of: sectors, chosen: typed.sector ?? 'fire' })}</div>
<div>!${choose(t, { name: 'grade', label: t('等级', 'Grade'), of: grades, chosen: typed.grade ?? 'general' })}</div></div>
!${lists.length === 0 ? '' : html`<label for="item">${t('违反检查表哪一条', 'Which line of a checklist')} <span class="soft">${t('没有就不选', 'leave it out if none')}</span></label><select id="item" name="item"><option value="">${t('不在检查表里', 'none')}</option>!${groups}</select>`}
<label for="bodyId">${t('由哪个单位整改', 'Which body puts it right')}</label><select id="bodyId" name="bodyId" required><option value="">${t('请选', 'Choose')}</option>!${areaOptions(bodies, typed.bodyId ?? '')}</select>
!${limitFields(language, 'limit', t('多久内改好', 'Within'), typed)}`;
}

function quotedFields({ language }: DeskFrame, typed: Readonly<Record<string, string>>): string {
  const t = sayIn(language);
  const input = (name: string, label: string, most: number): string =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" maxlength="${most}" value="${typed[name] ?? ''}" autocomplete="off"></div>`;
  return html`<details!${typed.figure ? ' open' : ''}><summary>${t('引用了别人的数字（不参加统计）', 'A figure that somebody else gave (not counted with)')}</summary><div class="asks">!${input('figure', t('数字，照原样写', 'The figure, as written'), 60)}!${input('figureSource', t('出处', 'From where'), 120)}!${input('doubt', t('哪里存疑', 'What is doubtful'), 200)}</div></details>`;
}
