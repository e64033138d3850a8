import { html } from 'ghtml';
import type { z } from 'zod';
import { ownKinds } from '../../domains/land/registry/fields/own_code.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { ownKindWords, type similarView } from '../../domains/land/registry/own/own_field.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type FieldShown, fieldsTitle, ledgerOptions } from './own_fields.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, fieldsOf, listOf, OWN_FIELDS, type OwnTab, titleOf } from './residents.pages.ts';

/** Adding an own field: first its name, and what is asked already; then the rest. Changing one: the same words. */
type Fields = Readonly<Record<string, string>>;
type Similar = z.output<typeof similarView>;

export interface NewFieldShown {
  readonly ledger: Ledger;
  readonly area: Choice;
  /** Those one keeps the ledger of. */
  readonly areas: readonly Choice[];
  readonly own: readonly OwnTab[];
  /** Null: its name is asked first. */
  readonly similar: Similar | null;
  readonly typed: Fields;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function newFieldPage(frame: DeskFrame, shown: NewFieldShown): string {
  const t = sayIn(frame.language);
  const { ledger, area, similar, fault } = shown;
  const isFree = similar !== null && similar.taken === null;
  return desk(
    frame,
    fieldsTitle,
    html`<p><a href="${fieldsOf(ledger.code, area.id)}">← ${t('自建字段', 'Own fields')}</a></p>
<h1>${t('加一个字段', 'Add a field')}</h1>
!${faultBox(fault)}!${isFree ? chosenLine(frame, shown, t) : nameForm(shown, t)}!${similar === null ? '' : likeBox(frame, shown, similar)}!${isFree ? restForm(frame, shown) : ''}`,
  );
}

/** Asked in the address: a name of a field tells of nobody. */
function nameForm({ ledger, area, areas, own, typed }: NewFieldShown, t: Say): string {
  return html`<form method="get" action="${OWN_FIELDS}/new">!${fromIn(typed)}
<label for="ledger">${t('加到哪本台账', 'To which ledger')}</label><select id="ledger" name="ledger">!${ledgerOptions(ledger.code, own, t)}</select>
<label for="area">${t('哪个地方用', 'For which area')} <span class="soft">${t('它和下面各级都能用，别处看不到', 'it holds there and below, and appears nowhere else')}</span></label><select id="area" name="area">!${areaOptions(areas, area.id)}</select>
<label for="name">${t('叫什么', 'Its name')} <span class="soft">${t('如：结对志愿者、充电桩数量', 'such as: paired volunteer')}</span></label><div class="asked-in-line"><input id="name" name="name" value="${typed.name ?? ''}" required maxlength="20" autocomplete="off"><button class="primary">${t('看有没有了', 'See whether it is there')}</button></div></form>`;
}

/** Where one came from: a column of a file that nobody understood. */
const fromIn = ({ from = '' }: Fields): string =>
  from === '' ? '' : html`<input type="hidden" name="from" value="${from}">`;

/** What was asked for stands fast while the rest is filled in: nobody sends a name that was not looked for. */
function chosenLine(frame: DeskFrame, { ledger, area, typed }: NewFieldShown, t: Say): string {
  const from = typed.from ?? '';
  const at = { ledger: ledger.code, area: area.id, ...(from !== '' && { from }) };
  const back = `${OWN_FIELDS}/new?${new URLSearchParams(at).toString()}`;
  return html`<p id="chosen"><strong>${typed.name ?? ''}</strong> <span class="soft">${titleOf(ledger, frame)} · ${area.name}</span> <a href="${back}">${t('换个名字、台账或地方', 'another name, ledger or area')}</a></p>`;
}

/** 你要的可能已经有了. */
function likeBox(
  frame: DeskFrame,
  { ledger, area, typed }: NewFieldShown,
  { taken, dictionary, own }: Similar,
): string {
  const t = sayIn(frame.language);
  const to = html`<a href="${listOf(ledger.code, area.id)}">${titleOf(ledger, frame)}</a>`;
  if (taken !== null) {
    const whose = taken.by === '' ? t('字段字典里的', 'of the dictionary') : taken.by;
    return html`<div class="panel" role="status" id="taken"><p><strong class="near">● ${t(`已经有了：${taken.name}（${whose}）`, `There is one already: ${taken.name} (${whose})`)}</strong></p><p>${t('用它就行，不用再建：打开', 'Use it; no other is needed: open the ')}!${to}${t('里的记录就能填。确实是另一回事的，换个说得清的名字。', '. If you mean something else, give it a name that says so.')}</p></div>`;
  }
  const lines = [
    ...dictionary.map(
      (name) =>
        html`<li><strong>${name}</strong> <span class="soft">${t('字段字典里的，直接能填', 'of the dictionary, ready to be filled in')}</span></li>`,
    ),
    ...own.map(
      ({ name, area: whose, isHere }) =>
        html`<li><strong>${name}</strong> <span class="soft">${isHere ? t(`${whose}建的，这里能填`, `added by ${whose}, asked here too`) : t(`${whose}自己的，跟你要加的是两个`, `of ${whose} alone; yours would be another`)}</span></li>`,
    ),
  ];
  if (lines.length === 0)
    return html`<p role="status" id="free"><strong class="settled">✓ ${t(`还没有“${typed.name ?? ''}”这样的，可以加。`, `Nothing like “${typed.name ?? ''}” yet: you may add it.`)}</strong></p>`;
  return html`<div class="panel" role="status" id="similar"><p><strong>${t('你要的可能已经有了：', 'Perhaps it is there already:')}</strong></p><ul>!${lines}</ul><p class="soft">${t('是同一回事就用上面的，不用再加；不是，就往下填。', 'If it is the same, use that one. If not, go on below.')}</p></div>`;
}

function restForm(frame: DeskFrame, { ledger, area, typed, newId }: NewFieldShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const kind = typed.kind ?? 'text';
  const kinds = ownKinds.map(
    (one) =>
      html`<label class="choice"><input type="radio" name="kind" value="${one}"!${one === kind ? ' checked' : ''}> ${ownKindWords[one][language]}</label>`,
  );
  const isOpen = typed.sensitive === 'no';
  return html`<form method="post" action="${OWN_FIELDS}/new"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="ledger" value="${ledger.code}"><input type="hidden" name="areaId" value="${area.id}"><input type="hidden" name="name" value="${typed.name ?? ''}">!${fromIn(typed)}
<fieldset><legend>${t('填什么', 'Kind')} <span class="soft">${t('建好以后不能改；身份证号不收，用台账里的', 'cannot be changed later; no identity numbers')}</span></legend>!${kinds}</fieldset>
!${worded(typed, t)}
<fieldset><legend>${t('保密', 'Secrecy')}</legend><label class="choice"><input type="radio" name="sensitive" value="yes"!${isOpen ? '' : ' checked'}> ${t('跟人有关的：加密，只有用这本台账的人看得到', 'Concerns a person: sealed, for those who work with this ledger')}</label><label class="choice"><input type="radio" name="sensitive" value="no"!${isOpen ? ' checked' : ''}> ${t('看不出是谁的（数量、型号、等级）：普通', 'Tells of nobody (numbers, models, grades): plain')}</label><p class="soft small">${t('居民台账和自建台账里的文字一律加密，电话一律加密并遮住中间几位。普通的才能当走访、检查和填表的条件。', 'Texts about residents and in own ledgers are always sealed; telephones are sealed and covered. Only what is plain can be a condition of campaigns, inspections and workbooks.')}</p></fieldset>
<p><button class="primary">${t('加上', 'Add it')}</button></p></form>`;
}

/** What may change later too. */
function worded(typed: Fields, t: Say, hasChoices = true): string {
  const value = (name: string): string => typed[name] ?? '';
  const choices = html`<label for="choices">${t('选项', 'Choices')} <span class="soft">${t('只有“从几个里选一个”要写，一行一个', 'for one of a list only; one a line')}</span></label><textarea id="choices" name="choices" rows="3">${value('choices')}</textarea>`;
  return html`!${hasChoices ? choices : ''}
<label for="usedFor">${t('做什么用', 'What for')} <span class="soft">${t('为什么要记这个，给被问的人看得懂', 'why it is asked, so that whoever is asked understands')}</span></label><input id="usedFor" name="usedFor" value="${value('usedFor')}" required maxlength="200" autocomplete="off">
<label for="aliases">${t('表格里还叫什么', 'Its other names in files')} <span class="soft">${t('一行一个，导入时这样的列也认得；没有就空着', 'one a line; columns called so are understood; may be empty')}</span></label><textarea id="aliases" name="aliases" rows="2">${value('aliases')}</textarea>
<label for="help">${t('怎么填', 'How to fill it in')} <span class="soft">${t('写在填的格子下面，可以空着', 'stands below the field; may be empty')}</span></label><input id="help" name="help" value="${value('help')}" maxlength="200" autocomplete="off">
<label for="freshMonths">${t('过几个月再问一次', 'Months until it is asked again')} <span class="soft">${t('不会变的就空着', 'empty: it does not change')}</span></label><input id="freshMonths" name="freshMonths" value="${value('freshMonths')}" inputmode="numeric" maxlength="3" autocomplete="off">`;
}

export function changeForm({ language }: DeskFrame, { field, typed, newId }: FieldShown): string {
  const t = sayIn(language);
  const now = typed ?? {
    ...{ name: field.name, usedFor: field.usedFor, help: field.help, choices: field.choices.join('\n') },
    ...{ aliases: field.aliases.join('\n'), freshMonths: field.freshMonths === null ? '' : String(field.freshMonths) },
  };
  return html`<details id="change"!${typed === null ? '' : ' open'}><summary>${t('改名字、别名和说明', 'Change its names and words')}</summary><form method="post" action="${OWN_FIELDS}/${field.id}/change"><input type="hidden" name="commandId" value="${newId()}">
<label for="name">${t('叫什么', 'Its name')} <span class="soft">${t('原来的名字会留作别名，旧表照样认得', 'the former name stays as another name, so that old files are understood')}</span></label><input id="name" name="name" value="${now.name ?? ''}" required maxlength="20" autocomplete="off">
!${worded(now, t, field.kind === 'choice')}<p><button class="primary">${t('保存', 'Save')}</button></p></form></details>`;
}

/** What the form says, as the commands take it; what is wrong in it, they say. */
export function fieldIn(typed: Fields) {
  const { name = '', help = '', usedFor = '', freshMonths = '' } = typed;
  const lines = (text = ''): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const months = freshMonths.normalize('NFKC').trim();
  return {
    ...{ name, help, usedFor, aliases: lines(typed.aliases), choices: lines(typed.choices) },
    freshMonths: months === '' ? null : Number(months),
  };
}
