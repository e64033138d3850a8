import { html } from 'ghtml';
import type { z } from 'zod';
import { nameOf } from '../../domains/land/registry/keeping.model.ts';
import { ledgerNamed } from '../../domains/land/registry/ledgers.model.ts';
import { drawnLedgers, type previewView } from '../../domains/work/inspections/inspection.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { choose, INSPECTIONS, n } from './hazard.words.ts';
import type { Checklist } from './hazard_new.pages.ts';
import { sayIn } from './people.pages.ts';
import { areaOptions, type Choice } from './residents.pages.ts';

/** Opening an inspection: what, where, who goes, and by which rule the places are drawn; looked at first. */
export type Preview = z.output<typeof previewView>;
type Fields = Readonly<Record<string, string>>;

export interface NewInspection {
  readonly areas: readonly Choice[];
  readonly lists: readonly Checklist[];
  readonly typed: Fields;
  readonly preview: Preview | null;
  readonly fault: Fault | null;
  readonly today: string;
  readonly newId: () => string;
}

const rules = {
  none: { zh: '不抽，地点手工写', en: 'none; places by hand' },
  random: { zh: '随机抽若干处', en: 'some at random' },
  every: { zh: '每若干处抽一处', en: 'one of every so many' },
  risk_first: { zh: '风险高的先抽若干处', en: 'some, those of high risk first' },
  all: { zh: '全部检查', en: 'all of them' },
} as const;

/** What may be asked of a place so that it is meant. */
const asked = ['enterprise.trade', 'facility.kind', 'hazard.level', 'house.use', 'place.group'] as const;
const fields = { ...Object.fromEntries(asked.map((code) => [code, nameOf(code)])) };

/** What was typed, as the endpoint takes it; null: nothing is drawn. */
export function sampleIn({ ledger, rule = 'none', many = '', seed, field = '', value = '' }: Fields): object | null {
  if (rule === 'none') return null;
  const by = rule === 'all' ? { rule } : rule === 'every' ? { rule, step: Number(many) } : { rule, size: Number(many) };
  const choice = field === '' || value.trim() === '' ? [] : [{ field, is: 'equals', value }];
  return { ledger, choice, rule: by, seed };
}

export function newInspectionPage(frame: DeskFrame, shown: NewInspection): string {
  const t = sayIn(frame.language);
  const { typed, areas, lists, preview, fault, today, newId } = shown;
  const value = (name: string, otherwise = ''): string => typed[name] ?? otherwise;
  const input = (name: string, label: string, soft: string, more: string, otherwise = ''): string =>
    html`<label for="${name}">${label}!${soft === '' ? '' : html` <span class="soft">${soft}</span>`}</label><input id="${name}" name="${name}" value="${value(name, otherwise)}" autocomplete="off" !${more}>`;
  const ledgers = Object.fromEntries(drawnLedgers.map((code) => [code, ledgerNamed(code).words]));
  const none = lists.length === 0;
  return desk(
    frame,
    { zh: '发起检查', en: 'Open an inspection' },
    html`<p><a href="${INSPECTIONS}">← ${t('督导检查', 'Inspections')}</a></p>
<h1>${t('发起检查', 'Open an inspection')}</h1>
!${faultBox(fault)}
!${none ? html`<p class="near">▲ ${t('还没有检查表。先', 'There is no checklist yet. First ')}<a href="${INSPECTIONS}/checklists">${t('发布一张检查表', 'publish one')}</a>${t('，有现成的可以用。', '; there are some to begin with.')}</p>` : ''}
!${preview === null ? '' : previewPanel(frame, preview)}
<form method="post" action="${INSPECTIONS}/new"><input type="hidden" name="commandId" value="${newId()}">
!${input('title', t('叫什么', 'Its name'), t('如：春节前消防督查', ''), 'required minlength="2" maxlength="60"')}
<label for="areaId">${t('检查哪个地方', 'Where')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, value('areaId'))}</select>
<label for="checklistId">${t('用哪张检查表', 'Checklist')}</label><select id="checklistId" name="checklistId" required>!${areaOptions(
      lists.map(({ id, title }) => ({ id, name: title })),
      value('checklistId'),
    )}</select>
<div class="asks"><div>!${input('onDay', t('哪天去', 'On'), '', 'type="date" required', today)}</div>
<div>!${choose(t, { name: 'announced', label: t('打不打招呼', 'Announced'), of: { yes: { zh: '打招呼', en: 'announced' }, no: { zh: '不打招呼', en: 'not announced' } }, chosen: value('announced', 'yes') })}</div></div>
!${input('members', t('还有谁去', 'Who else goes'), t('写姓名，用顿号隔开；您自己已经在里面', 'names; you are in it already'), 'maxlength="300"')}
<fieldset><legend>${t('怎么抽', 'How places are drawn')}</legend><div class="asks">
<div>!${choose(t, { name: 'rule', label: t('规则', 'Rule'), of: rules, chosen: value('rule', 'random') })}</div>
<div>!${choose(t, { name: 'ledger', label: t('从哪本台账抽', 'From which ledger'), of: ledgers, chosen: value('ledger', 'enterprises') })}</div>
<div>!${input('many', t('若干是多少', 'How many'), '', 'inputmode="numeric" pattern="[0-9]{0,3}" maxlength="3"', '10')}</div>
<div>!${input('seed', t('种子', 'Seed'), t('谁也挑不了的，如当天日期、彩票号', 'nobody could choose it to suit'), 'maxlength="60"', today)}</div>
<div>!${choose(t, { name: 'field', label: t('只抽', 'Only where'), of: fields, chosen: value('field'), orNone: true })}</div>
<div>!${input('value', t('等于', 'is'), '', 'maxlength="60"')}</div></div>
<p class="soft small">${t('同样的规则、种子和名单，谁来抽都是这些；名单和种子都留着，以后能重抽核对。', 'From the same rule, seed and list everybody draws the same; all three are kept.')}</p></fieldset>
<label for="places">${t('另外手工加的地方，一行一处', 'Further places, a line each')}</label><textarea id="places" name="places" rows="3" maxlength="4000">${value('places')}</textarea>
<p class="ways"><button name="do" value="look" class="${preview === null ? 'primary' : ''}">${t('先看会抽到哪些', 'Look first: which would be drawn')}</button><button name="do" value="open" class="${preview === null ? '' : 'primary'}">${t('发起检查', 'Open it')}</button></p></form>`,
  );
}

function previewPanel({ language }: DeskFrame, { population, drawn, places }: Preview): string {
  const t = sayIn(language);
  const cut = drawn > places.length ? t(`只列前 ${places.length} 处。`, `The first ${places.length}.`) : '';
  return html`<div class="panel" role="status"><h2>${t(`从 ${n(population)} 处里会抽到 ${n(drawn)} 处`, `${n(drawn)} of ${n(population)} would be drawn`)}</h2><ol>!${places.map(({ name, area, weight }) => html`<li>${name} <span class="soft small">${area}${weight === 0 ? '' : t(` · 风险 ${weight}`, ` · risk ${weight}`)}</span></li>`)}</ol><p class="soft small">${cut}</p></div>`;
}
