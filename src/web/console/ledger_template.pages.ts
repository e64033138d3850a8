import { html } from 'ghtml';
import type { z } from 'zod';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { type Condition, comparisons, conditionalIn } from '../../domains/land/registry/fields/choice.model.ts';
import { type Ledger, residents } from '../../domains/land/registry/ledger.model.ts';
import { fillableIn } from '../../domains/land/registry/out/blank_fit.model.ts';
import {
  type CellFact,
  cellFacts,
  type exportView,
  OUT_HOURS,
  type templateDetail,
} from '../../domains/land/registry/out/template.model.ts';
import type { Words } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { ledgerShown, valueWords } from './ledger.words.ts';
import { emptyWhy, isUnknown } from './ledger_template_columns.pages.ts';
import { allOf, BINDING, meantPart } from './ledger_template_meant.pages.ts';
import { fieldSelect, turnPart } from './ledger_template_parts.pages.ts';
import { choicesSaid, placeOf, placeWords, wordSaid } from './ledger_template_word.pages.ts';
import { templatesTitle } from './ledger_templates.pages.ts';
import { sealedSaid } from './own_sealed.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, doneBox, type OwnTab, TEMPLATES } from './residents.pages.ts';

/** One blank workbook: filling it, and what its columns hold and who belongs into it. */
export type TemplateDetail = z.output<typeof templateDetail>;
export type MadeFile = z.output<typeof exportView>;

export interface TemplateShown {
  readonly template: TemplateDetail;
  readonly areas: readonly Choice[];
  /** That is filled, as its area asks it; and the own ledgers it may be filled from instead. */
  readonly ledger: Ledger;
  readonly own: readonly OwnTab[];
  /** A file that was just made of it. */
  readonly made: MadeFile | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function templatePage(frame: DeskFrame, shown: TemplateShown): string {
  const t = sayIn(frame.language);
  const { template, fault, done, made } = shown;
  const { fileName, area, keptBy, keptAt, boundBy, boundAt, version } = template;
  const bound =
    version === 1
      ? ''
      : t(
          ` · 对法是 ${boundBy} ${dayIn(boundAt, frame.zone)} 定的（第 ${version} 版）`,
          ` · bound by ${boundBy} on ${dayIn(boundAt, frame.zone)} (version ${version})`,
        );
  return desk(
    frame,
    templatesTitle,
    html`<p><a href="${TEMPLATES}">← ${t('填上级的表', 'Superiors’ workbooks')}</a></p>
<h1>${fileName}</h1>
<p class="soft">${area} · ${keptBy} ${dayIn(keptAt, frame.zone)}${bound}</p>
!${faultBox(fault)}!${doneBox(done)}!${made === null ? '' : madeBox(made, t)}
!${fillForm(shown, frame, t)}!${turnPart(template, shown.own, frame, shown.newId, t)}!${bindForm(shown, frame, t)}
<form method="post" action="${TEMPLATES}/${template.id}/drop"><input type="hidden" name="commandId" value="${shown.newId()}"><p><button>${t('收起这张空表', 'Put this workbook away')}</button> <span class="soft">${t('不再列出来；填过的记录都还在', 'it is listed no more; what was filled stays on record')}</span></p></form>`,
  );
}

/** Where a file that was made waits for whoever made it. */
export function madeBox(made: MadeFile, t: Say): string {
  const { id, rows, area, fileName } = made;
  const { counted } = ledgerShown(made).says;
  const many = rows.toLocaleString('en');
  if (fileName === null)
    return html`<div class="panel" role="status">${t('做好的文件只存一天，这一份已经没有了，请再做一次。', 'A file is kept for a day; this one is gone. Make it again.')}</div>`;
  return html`<div class="good" role="status" id="made"><strong class="settled">${t(`做好了：${area} ${many} ${counted.zh}。`, `Made: ${area}, ${many} ${counted.en}.`)}</strong>
<p><a class="button" href="/api/ledger-exports/${id}/file" download>${t('下载', 'Download')} ${fileName}</a> <span class="soft">${t(`只有您能下载，${OUT_HOURS} 小时以内`, `only you can, within ${OUT_HOURS} hours`)}</span></p></div>`;
}

function fillForm({ template, ledger, areas, typed, newId }: TemplateShown, { language }: DeskFrame, t: Say): string {
  const { tab, counted } = ledger.says;
  const isOfPeople = template.ledger === residents.code;
  const masked = template.masked.map((code) => nameIn(ledger, code)[language]).join(t('、', ', '));
  const reason =
    masked === ''
      ? ''
      : html`<label for="reason">${t(`这张表要${masked}：为什么要完整的`, `It asks for ${masked}: why in full`)} <span class="soft">${t('写了就填完整号码，谁、为什么记在台账里；空着就遮住中间几位', 'with a reason they are filled in full, and who and why is kept; else covered')}</span></label><input id="reason" name="reason" maxlength="200" value="${typed.reason ?? ''}" autocomplete="off">`;
  return html`<div class="panel"><h2>${t('填', 'Fill it')}</h2><form method="post" action="${TEMPLATES}/${template.id}/fill"><input type="hidden" name="commandId" value="${newId()}">
<label for="areaId">${t(isOfPeople ? '哪个地方的人' : `哪个地方的${tab.zh}`, `Of which area the ${counted.en}`)}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, typed.areaId ?? template.areaId)}</select>
!${reason}!${meantPart(template, ledger, language, t)}<p><button class="primary">${t('填好这张表', 'Fill this workbook')}</button></p></form>
!${isOfPeople ? html`<p><a href="/console/campaigns/new?template=${template.id}">${t('有的人还缺几项？先看缺谁的，去问', 'Something missing? See whose, and ask them')} →</a></p>` : ''}</div>`;
}

const cellWords: Readonly<Record<CellFact, Words>> = {
  area: { zh: '地方的名字', en: 'the area’s name' },
  day: { zh: '填表那天', en: 'the day of filling' },
  count: { zh: '填了多少人', en: 'how many people' },
  filler: { zh: '填表的人', en: 'whoever fills it' },
};

function bindForm({ template, ledger, typed, newId }: TemplateShown, frame: DeskFrame, t: Say): string {
  const { tables, chosen, version, id } = template;
  const table = tables[chosen];
  const isNew = version === 1;
  const place = placeWords(table);
  return html`<h2 id="bound">${t(`每一${place.zh}填什么`, `What each ${place.en} is filled with`)}</h2>!${table ? wordSaid(table, t) : ''}
<form id="${BINDING}" method="post" action="${TEMPLATES}/${id}/bind"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="version" value="${version}"><input type="hidden" name="table" value="${chosen}">
!${table ? tablePart(table, chosen, { ledger, typed, isOne: tables.length === 1, isNew }, frame, t) : ''}
!${conditionsPart(template, ledger, typed, frame, t)}
<p><button>${t('保存对法', 'Save')}</button> <span class="soft">${t('同样表头的空表下次就记得', 'the next workbook with these labels remembers it')}</span></p></form>`;
}

type Table = TemplateDetail['tables'][number];

function tablePart(
  table: Table,
  i: number,
  { ledger, typed, isOne, isNew }: { ledger: Ledger; typed: Typed; isOne: boolean; isNew: boolean },
  { language }: DeskFrame,
  t: Say,
): string {
  const { sheet, range, room, columns, cells } = table;
  const place = placeWords(table);
  const heading = isOne ? '' : html`<h3>${sheet} <span class="soft small">${range}</span></h3>`;
  const left = columns.filter(isUnknown).length;
  const says =
    left === 0
      ? ''
      : html`<p class="near">${t(`有 ${left} ${place.zh}没有认出来，会空着；台账里有的请在这里指定。`, `${left} ${place.en}s were not recognised and stay empty; say here what they hold.`)}</p>`;
  const rows = columns.map((one) => {
    const { column, path, field } = one;
    const select = fieldSelect(
      `c.${i}.${column}`,
      t(`${placeOf(one)} ${path} 填`, `${placeOf(one)} ${path} holds`),
      t('空着', 'stays empty'),
      chosenIn(typed, `c.${i}.${column}`, field),
      [ledger, fillableIn(ledger)],
      language,
    );
    return html`<tr><th scope="row" class="code">${placeOf(one)}</th><td data-label="${t('表头', 'Label')}">${path} !${choicesSaid(one, t)}</td><td data-label="${t('填', 'Filled with')}">!${select} !${emptyWhy(one, ledger, t)}</td></tr>`;
  });
  const asking = cells.map(({ at, label, holds }) => {
    const options = cellFacts.map(
      (fact) =>
        html`<option value="${fact}"!${fact === chosenIn(typed, `s.${i}.${at}`, holds) ? ' selected' : ''}>${cellWords[fact][language]}</option>`,
    );
    return html`<tr><th scope="row" class="code">${at}</th><td data-label="${t('表头', 'Label')}">${label}：</td><td data-label="${t('填', 'Filled with')}"><select name="s.${i}.${at}" aria-label="${t(`${at} ${label} 填`, `${at} ${label} holds`)}"><option value="">${t('空着', 'stays empty')}</option>!${options}</select></td></tr>`;
  });
  const empty =
    room === null
      ? ''
      : html`<p class="soft">${t(`表头下面有 ${room} 个空行，行不够就照第一个空行的样子往下加，下面的内容跟着往下移。`, `There are ${room} empty rows; more are added like the first, and what stands below moves down.`)}</p>`;
  const isOpen = left > 0 || isNew || Object.keys(typed).length > 0;
  return html`!${heading}!${says}!${empty}<details!${isOpen ? ' open' : ''}><summary>${t(`${columns.length} ${place.zh}各填什么`, `What each of the ${columns.length} ${place.en}s is filled with`)}</summary><table class="records columns"><thead><tr><th>${t(place.zh, place.en)}</th><th>${t('表头', 'Label')}</th><th>${t('填', 'Filled with')}</th></tr></thead><tbody>!${rows}!${asking}</tbody></table></details>`;
}

type Typed = Readonly<Record<string, string>>;

/** What was chosen and refused stays chosen. */
const chosenIn = (typed: Typed, name: string, kept: string | null): string | null => typed[name] ?? kept;

const SPARE = 2;
export const MOST_CONDITIONS = 6;

function conditionsPart(
  { conditions }: TemplateDetail,
  ledger: Ledger,
  typed: Typed,
  { language }: DeskFrame,
  t: Say,
): string {
  const last = Math.max(
    -1,
    ...Object.keys(typed)
      .flatMap((name) => /^k\.(\d)\.field$/.exec(name)?.[1] ?? [])
      .map(Number),
  );
  const many = Math.min(MOST_CONDITIONS, Math.max(conditions.length + SPARE, last + 1));
  const lines = Array.from({ length: many }, (_, i): Condition | null => conditions[i] ?? null);
  const rows = lines.map((one, i) => {
    const n = i + 1;
    const is = Object.entries(comparisons).map(
      ([code, words]) =>
        html`<option value="${code}"!${code === chosenIn(typed, `k.${i}.is`, one?.is ?? null) ? ' selected' : ''}>${words[language]}</option>`,
    );
    const value = one?.value === undefined ? '' : valueWords(one.field, one.value, language);
    return html`<p class="asked-in-line">!${fieldSelect(`k.${i}.field`, t(`条件 ${n}：哪一项`, `condition ${n}: which fact`), t('（不限）', '(any)'), chosenIn(typed, `k.${i}.field`, one?.field ?? null), [ledger, conditionalIn(ledger)], language)}<select name="k.${i}.is" aria-label="${t(`条件 ${n}：怎样`, `condition ${n}: how`)}">!${is}</select><input name="k.${i}.value" maxlength="60" value="${chosenIn(typed, `k.${i}.value`, value)}" aria-label="${t(`条件 ${n}：多少或什么`, `condition ${n}: what`)}" autocomplete="off"></p>`;
  });
  const isOfPeople = ledger.code === residents.code;
  const [title, says] = isOfPeople
    ? ['填哪些人', '都要符合才填；一条也不写就是所有登记的人。例：年龄 不小于 60；是否独居 为 是。']
    : ['填哪些', `都要符合才填；一条也不写就是${allOf(ledger)}。`];
  const example = isOfPeople ? ' For example: Age is at least 60.' : '';
  return html`<h2 id="who">${t(title, 'Which belong into it')}</h2><p class="soft">${t(says, `All must hold; without any it is all ${ledger.says.counted.en}.${example}`)}</p>!${rows}!${sealedSaid(ledger, language)}`;
}
