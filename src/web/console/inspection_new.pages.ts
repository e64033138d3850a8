import { html } from 'ghtml';
import type { z } from 'zod';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { conditionalIn } from '../../domains/land/registry/fields/choice.model.ts';
import { nameOf } from '../../domains/land/registry/fields/keeping.model.ts';
import { isOwn } from '../../domains/land/registry/fields/own_code.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { ledgerNamed } from '../../domains/land/registry/ledgers.model.ts';
import { drawnLedgers, type previewView } from '../../domains/work/inspections/inspection.model.ts';
import { n } from '../ui/count.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { choose, INSPECTIONS } from './hazard.words.ts';
import type { Checklist } from './hazard_new.pages.ts';
import { sealedSaid } from './own_sealed.pages.ts';
import { sayIn } from './people.pages.ts';
import { areaOptions, type Choice, type OwnTab } from './residents.pages.ts';

/** Opening an inspection: what, where, who goes, and by which rule the places are drawn; looked at first. */
export type Preview = z.output<typeof previewView>;
type Fields = Readonly<Record<string, string>>;

export interface NewInspection {
  readonly areas: readonly Choice[];
  readonly lists: readonly Checklist[];
  /** From which one draws, as the area keeps it, and the own ledgers that the area keeps besides. */
  readonly ledger: Ledger;
  readonly own: readonly OwnTab[];
  /** Reads the ledgers from which places are drawn. */
  readonly mayDraw: boolean;
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
const fieldsOf = (ledger: Ledger) =>
  Object.fromEntries([
    ...asked.map((code) => [code, nameOf(code)] as const),
    ...conditionalIn(ledger).flatMap((code) => (isOwn(code) ? [[code, nameIn(ledger, code)] as const] : [])),
  ]);

/** What was typed, as the endpoint takes it; null: nothing is drawn. */
export function sampleIn({ ledger, rule = 'none', many = '', field = '', value = '' }: Fields): object | null {
  if (rule === 'none') return null;
  const by = rule === 'all' ? { rule } : rule === 'every' ? { rule, step: Number(many) } : { rule, size: Number(many) };
  const choice = field === '' || value.trim() === '' ? [] : [{ field, is: 'equals', value }];
  return { ledger, choice, rule: by };
}

const inputOf =
  (value: (name: string, otherwise?: string) => string) =>
  (name: string, label: string, soft: string, more: string, otherwise = ''): string =>
    html`<label for="${name}">${label}!${soft === '' ? '' : html` <span class="soft">${soft}</span>`}</label><input id="${name}" name="${name}" value="${value(name, otherwise)}" autocomplete="off" !${more}>`;

export function newInspectionPage(frame: DeskFrame, shown: NewInspection): string {
  const t = sayIn(frame.language);
  const { typed, areas, lists, mayDraw, preview, fault, today, newId } = shown;
  const value = (name: string, otherwise = ''): string => typed[name] ?? otherwise;
  const input = inputOf(value);
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
<div>!${choose(t, { name: 'announced', label: t('是否提前通知', 'Announced'), of: { yes: { zh: '提前打招呼', en: 'announced' }, no: { zh: '不打招呼', en: 'not announced' } }, chosen: value('announced', 'yes') })}</div></div>
!${input('members', t('还有谁去', 'Who else goes'), t('写姓名，用顿号隔开；您自己已经在里面', 'names; you are in it already'), 'maxlength="300"')}
!${mayDraw ? drawFields(frame, shown) : html`<input type="hidden" name="rule" value="none"><p class="near">▲ ${t('您的岗位看不到台账，不能从台账里抽。请本地的社区书记或带班领导来发起、抽样，把您的姓名写进“还有谁去”，您的待办里就有；您自己发起的，地点在下面手工写。', 'Your post does not read the ledgers and cannot draw from them. Let a community secretary or leader open it, draw, and name you; or write the places below by hand.')}</p>`}
<label for="places">${t('另外手工加的地方，一行一处', 'Further places, a line each')}</label><textarea id="places" name="places" rows="3" maxlength="4000">${value('places')}</textarea>
<p class="ways">!${mayDraw ? html`<button name="do" value="look" class="${preview === null ? 'primary' : ''}">${t('先看从哪些里抽', 'Look first: what it is drawn from')}</button>` : ''}<button name="do" value="open" class="${mayDraw && preview === null ? '' : 'primary'}">${t('发起检查', 'Open it')}</button></p></form>`,
  );
}

function drawFields({ language }: DeskFrame, { typed, ledger, own }: NewInspection): string {
  const t = sayIn(language);
  const value = (name: string, otherwise = ''): string => typed[name] ?? otherwise;
  const input = inputOf(value);
  const ledgers = Object.fromEntries([
    ...drawnLedgers.map((code) => [code, ledgerNamed(code).words] as const),
    ...own.map(({ code, name }) => [code, { zh: name, en: name }] as const),
  ]);
  return html`<fieldset><legend>${t('怎么抽', 'How places are drawn')}</legend><div class="asks">
<div>!${choose(t, { name: 'rule', label: t('规则', 'Rule'), of: rules, chosen: value('rule', 'random') })}</div>
<div>!${choose(t, { name: 'ledger', label: t('从哪本台账抽', 'From which ledger'), of: ledgers, chosen: value('ledger', 'enterprises') })}</div>
<div>!${input('many', t('若干是多少', 'How many'), '', 'inputmode="numeric" pattern="[0-9]{0,3}" maxlength="3"', '10')}</div>
<div>!${choose(t, { name: 'field', label: t('只抽', 'Only where'), of: fieldsOf(ledger), chosen: value('field'), orNone: true })}</div>
<div>!${input('value', t('等于', 'is'), '', 'maxlength="60"')}</div></div>
!${sealedSaid(ledger, language)}<p class="soft small">${t('要按自建字段抽，先选台账，点一次“先看从哪些里抽”，“只抽”里就有。', 'For own fields choose the ledger and look once: then they stand under “Only where”.')}</p>
<p class="soft small">${t('抽到哪些，点“发起检查”的那一刻由系统随机定，事先谁也看不到、挑不了。名单和抽签号都留着，以后谁都能照着重抽一遍核对。', 'Which are drawn is decided at random in the moment it is opened: nobody sees or chooses it before. List and lot are kept, so that anybody can draw again.')}</p></fieldset>`;
}

function previewPanel({ language }: DeskFrame, { population, drawn, places }: Preview): string {
  const t = sayIn(language);
  const cut = population > places.length ? t(`只列前 ${places.length} 处。`, `The first ${places.length}.`) : '';
  return html`<div class="panel" role="status"><h2>${t(`会从 ${n(population)} 处里抽 ${n(drawn)} 处`, `${n(drawn)} of ${n(population)} will be drawn`)}</h2><p>${t('符合条件的名单如下；抽到哪些，发起的时候才定。', 'These fit; which are drawn is decided when it is opened.')}</p><ol>!${places.map(({ name, area, weight }) => html`<li>${name} <span class="soft small">${area}${weight === 0 ? '' : t(` · 风险 ${weight}`, ` · risk ${weight}`)}</span></li>`)}</ol><p class="soft small">${cut}</p></div>`;
}
