import { html } from 'ghtml';
import {
  asked,
  askedWords,
  checkpointKinds,
  checkpointKindWords,
  type Mode,
  modes,
  modeWords,
} from '../../domains/work/checkpoints/kind.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { CHECKPOINTS, type Checkpoint, rulesNow } from './checkpoints.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice } from './residents.pages.ts';

/** Setting up a checkpoint and changing one: the same form, its two rules one below the other. */
type Fields = Readonly<Record<string, string>>;

export interface CheckpointFormShown {
  /** For a new one; null: the checkpoint that is changed. */
  readonly areas: readonly Choice[] | null;
  readonly areaId: string;
  readonly checkpointId: string | null;
  readonly typed: Fields;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

/** As the form is filled in for a new one: nothing is asked of anybody. */
export const blankCheckpoint: Fields = {
  ...{ kind: 'forest_first', opens: '08:00', closes: '20:00' },
  ...{ normalKeepDays: '14', emergencyKeepDays: '14' },
};

/** One that is there, as it would have been typed. */
export function typedFrom(checkpoint: Checkpoint): Fields {
  const { name, point, opens, closes } = checkpoint;
  const rules = rulesNow(checkpoint);
  return {
    ...{ name, opens, closes, point: point === null ? '' : `${point.lon},${point.lat}` },
    ...Object.fromEntries(
      modes.flatMap((mode) => {
        const { pass, asks, purpose, keepDays, disinfectMin } = rules[mode];
        return [
          ...([
            [`${mode}PassZh`, pass.zh],
            [`${mode}PassEn`, pass.en],
            [`${mode}Purpose`, purpose],
          ] as const),
          [`${mode}KeepDays`, String(keepDays)],
          [`${mode}DisinfectMin`, disinfectMin === null ? '' : String(disinfectMin)],
          ...asks.map((one) => [`${mode}-${one}`, 'on']),
        ];
      }),
    ),
  };
}

/** What the form says, as the commands take it; what is wrong in it, they say. */
export function checkpointIn(typed: Fields) {
  const { name, point = '', opens = '', closes = '' } = typed;
  const rule = (mode: Mode) => {
    const every = typed[`${mode}DisinfectMin`]?.trim() ?? '';
    return {
      pass: { zh: typed[`${mode}PassZh`] ?? '', en: typed[`${mode}PassEn`] ?? '' },
      asks: asked.filter((one) => typed[`${mode}-${one}`] !== undefined),
      purpose: typed[`${mode}Purpose`] ?? '',
      keepDays: Number(typed[`${mode}KeepDays`]),
      disinfectMin: every === '' ? null : Number(every),
    };
  };
  const [lon, lat] = point
    .normalize('NFKC')
    .split(/[,、\s]+/)
    .map(Number);
  return {
    ...{ name, opens, closes, point: point.trim() === '' ? null : { lon, lat } },
    rules: { normal: rule('normal'), emergency: rule('emergency') },
  };
}

export function checkpointFormPage(frame: DeskFrame, shown: CheckpointFormShown): string {
  const t = sayIn(frame.language);
  const { areas, areaId, checkpointId, typed, fault, newId } = shown;
  const value = (name: string): string => typed[name] ?? '';
  const input = (name: string, words: string, more: string, soft = ''): string =>
    html`<label for="${name}">${words}!${soft === '' ? '' : html` <span class="soft">${soft}</span>`}</label><input id="${name}" name="${name}" value="${value(name)}" autocomplete="off" !${more}>`;
  const isNew = checkpointId === null;
  const heading = isNew ? { zh: '设卡口', en: 'Set up a checkpoint' } : { zh: '改卡口的规则', en: 'Change its rules' };
  const back = isNew ? CHECKPOINTS : html`${CHECKPOINTS}/${checkpointId}`;
  const where =
    areas === null
      ? ''
      : html`<label for="areaId">${t('哪个地方', 'Where')}</label><select id="areaId" name="areaId">!${areaOptions(areas, areaId)}</select>
<label for="kind">${t('哪一类', 'Kind')}</label><select id="kind" name="kind">!${checkpointKinds.map((one) => html`<option value="${one}"!${one === value('kind') ? ' selected' : ''}>${checkpointKindWords[one][frame.language]}</option>`)}</select>`;
  return desk(
    frame,
    heading,
    html`<p><a href="${back}">← ${isNew ? t('卡口', 'Checkpoints') : t('回这个卡口', 'Back')}</a></p>
<h1>${t(heading.zh, heading.en)}</h1>
!${faultBox(fault)}
!${isNew ? '' : html`<p class="soft">${t('从现在起按新的；以前登记的，按那时的规则。', 'It holds from now on; what was written down before stays under the rule of its day.')}</p>`}
<form method="post" action="${isNew ? html`${CHECKPOINTS}/new` : html`${back}/change`}"><input type="hidden" name="commandId" value="${newId()}">
!${input('name', t('叫什么', 'Its name'), 'required minlength="2" maxlength="60"', t('如：后山口卡口', 'such as: Back Hill gate'))}
!${where}
!${input('point', t('位置', 'Position'), 'maxlength="40" placeholder="112.9025,28.1025"', t('经度,纬度；不知道就空着', 'longitude,latitude; empty if unknown'))}
!${input('opens', t('几点开', 'From'), 'type="time" required')}
!${input('closes', t('几点关', 'Until'), 'type="time" required', t('和几点开一样，就是昼夜', 'the same: round the clock'))}
<div class="abreast">!${modes.map((mode) => ruleFields(frame, mode, typed, t))}</div>
<p><button class="primary">${isNew ? t('设卡口', 'Set it up') : t('从现在起按这个', 'From now on')}</button></p></form>`,
  );
}

function ruleFields({ language }: DeskFrame, mode: Mode, typed: Fields, t: Say): string {
  const value = (name: string): string => typed[`${mode}${name}`] ?? '';
  const id = (name: string): string => `${mode}${name}`;
  const asks = asked.map(
    (one) =>
      html`<label class="pick"><input type="checkbox" name="${mode}-${one}"!${typed[`${mode}-${one}`] === undefined ? '' : ' checked'}>${askedWords[one][language]}</label>`,
  );
  return html`<fieldset><legend>${t(`${modeWords[mode].zh}规则`, `The ${modeWords[mode].en} rule`)}</legend>
<label for="${id('PassZh')}">${t('谁能过', 'Who may pass')} <span class="soft">${t('照样印在门口的告示上', 'printed on the notice as it stands')}</span></label><textarea id="${id('PassZh')}" name="${id('PassZh')}" rows="2" required minlength="2" maxlength="200">${value('PassZh')}</textarea>
<label for="${id('PassEn')}">${t('谁能过（英文）', 'Who may pass (English)')} <span class="soft">${t('没有就空着', 'may be empty')}</span></label><textarea id="${id('PassEn')}" name="${id('PassEn')}" rows="2" maxlength="300">${value('PassEn')}</textarea>
<p><strong>${t('登记什么', 'What is written down')}</strong> <span class="soft">${t('越少越好，一样不选就是只数人数、车数', 'as little as possible; none: people and vehicles are counted')}</span></p><div class="days" role="group" aria-label="${t('登记什么', 'What is written down')}">!${asks}</div>
<label for="${id('Purpose')}">${t('为什么登记', 'What for')} <span class="soft">${t('要登记就得写，也印在告示上', 'needed if anything is asked; printed too')}</span></label><input id="${id('Purpose')}" name="${id('Purpose')}" value="${value('Purpose')}" maxlength="120" autocomplete="off">
<label for="${id('KeepDays')}">${t('登记的内容存几天', 'Days for which it is kept')} <span class="soft">${t('最多 60 天，到日子自动删', 'at most 60, then it is removed')}</span></label><input id="${id('KeepDays')}" name="${id('KeepDays')}" value="${value('KeepDays')}" inputmode="numeric" required maxlength="2" autocomplete="off">
<label for="${id('DisinfectMin')}">${t('每隔多少分钟消杀一次', 'Minutes between disinfections')} <span class="soft">${t('不消杀就空着', 'empty: none')}</span></label><input id="${id('DisinfectMin')}" name="${id('DisinfectMin')}" value="${value('DisinfectMin')}" inputmode="numeric" maxlength="4" autocomplete="off"></fieldset>`;
}
