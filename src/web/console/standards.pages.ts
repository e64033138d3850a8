import { html } from 'ghtml';
import type { z } from 'zod';
import { limitWords } from '../../domains/work/calendars/limit.model.ts';
import { bodyKindWords } from '../../domains/work/standards/body_kind.model.ts';
import type { overviewView, standardView } from '../../domains/work/standards/draft.model.ts';
import { confidenceWords, kindWords } from '../../domains/work/standards/sheet.model.ts';
import { stageNames } from '../../domains/work/standards/stages.model.ts';
import type { CaseType, FilingCondition } from '../../domains/work/standards/standard.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** The standard as it holds: its versions, its classes, and under each condition how long and on what ground. */
export type Overview = z.output<typeof overviewView>;
export type ShownStandard = z.output<typeof standardView>;

export interface Looked {
  readonly overview: Overview;
  readonly standard: ShownStandard;
  /** What was typed, and the class that was opened. */
  readonly words: string;
  readonly major: string;
  readonly isAdmin: boolean;
  readonly isStaff: boolean;
  readonly hasDraft: boolean;
  readonly importForm: string;
  readonly done: string | null;
}

const title = { zh: '立案标准', en: 'Standards' };

export function standardsPage(frame: DeskFrame, looked: Looked): string {
  const { language, zone } = frame;
  const { overview, standard, isAdmin, done } = looked;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const line = overview.versions.find(({ version }) => version === standard.version);
  return desk(
    frame,
    title,
    html`<h1>${t(`立案标准 第 ${standard.version} 版`, `Standard, version ${standard.version}`)} <span class="soft">${standard.title}</span></h1>
!${done === null ? '' : html`<div class="good" role="status">${done}</div>`}
<p>!${stateOf(line, frame)} · ${t(`${dayIn(standard.validFrom, zone)} 起`, `from ${dayIn(standard.validFrom, zone)}`)} · ${t('依据', 'source')} ${standard.source}</p>
<p class="soft">${t(
      `小类 ${line?.types ?? 0} 个，立案条件 ${line?.conditions ?? 0} 条`,
      `${line?.types ?? 0} types, ${line?.conditions ?? 0} filing conditions`,
    )}!${(line?.unsure ?? 0) > 0 ? html`${t('，其中时限待核', ', limits to settle:')} <span class="near">${line?.unsure}</span>` : ''} · <a href="/console/standards/calendars">${t('工作日历', 'Calendars')}</a></p>
!${isAdmin ? changing(looked, t) : ''}
<h2>${t('查标准', 'Look up')}</h2>
<form method="get" action="/console/standards" role="search"><input type="hidden" name="version" value="${standard.version}">
<label for="words">${t('找小类、条件、依据、编码', 'Type, condition, source or code')}</label><input id="words" name="words" type="search" value="${looked.words}" maxlength="60" autocomplete="off">
<p><button>${t('查找', 'Find')}</button>!${looked.words === '' ? '' : html` <a href="${hereWith(standard.version, {})}">${t('看全部', 'Show all')}</a>`}</p></form>
!${classes(frame, looked)}
!${versionsTable(frame, looked)}
!${stagesTable(standard, language)}`,
  );
}

const hereWith = (version: number, query: Readonly<Record<string, string>>): string =>
  `/console/standards?${new URLSearchParams({ version: String(version), ...query }).toString()}`;

const states = {
  in_force: { zh: '现行', en: 'in force' },
  waiting: { zh: '未到施行日期', en: 'waits for its day' },
  earlier: { zh: '以前的', en: 'earlier' },
} as const;

function stateOf(line: Overview['versions'][number] | undefined, { language }: DeskFrame): string {
  const state = line?.state ?? 'earlier';
  const tone = { in_force: 'settled', waiting: 'near', earlier: 'soft' }[state];
  return html`<span class="${tone}">!${state === 'in_force' ? '● ' : state === 'waiting' ? '○ ' : ''}${states[state][language]}</span>`;
}

function changing({ standard, overview, hasDraft, importForm }: Looked, t: (zh: string, en: string) => string): string {
  // The next is made from the one that comes into force last, which may still wait for its day.
  const base = overview.versions[0]?.version ?? standard.version;
  return html`<div class="panel"><h2>${t('改标准', 'Change it')}</h2>
<p>${t('导出表格，在表里改，再导入成下一版的草稿；看过改了什么、影响谁，再定哪天施行。', 'Export the table, change it there, import it as the draft of the next version; look at what changes and whom it touches, then issue it from a day on.')}</p>
<p><a class="button" href="/console/standards/export.xlsx?version=${base}">${t(`导出第 ${base} 版`, `Export version ${base}`)}</a></p>
<p><a class="button" href="/console/standards/limits">${t('改各环节的时限', 'Set the limits of the desks')}</a></p>
!${hasDraft ? html`<p><a class="button" href="/console/standards/draft">${t('有一份草稿，去看', 'There is a draft: open it')}</a></p>` : importForm}</div>`;
}

function classes(frame: DeskFrame, { standard, words, major }: Looked): string {
  const { language } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (words !== '') return found(standard, words, language);
  return html`!${standard.majors.map((one) => {
    const types = standard.types.filter((type) => type.major === one.code);
    const conditions = types.reduce((sum, type) => sum + type.conditions.length, 0);
    const count = t(`${types.length} 小类 · ${conditions} 条件`, `${types.length} types · ${conditions} conditions`);
    if (one.code !== major)
      return html`<p class="folded"><a href="${hereWith(standard.version, { major: one.code })}#${one.code}" id="${one.code}">${one.name[language]}</a> <span class="soft small">${kindWords[one.kind][language]} · ${count}</span></p>`;
    return html`<section aria-labelledby="${one.code}"><h3 id="${one.code}">${one.name[language]} <span class="soft small">${kindWords[one.kind][language]} · ${count}</span></h3>!${types.map((type) => typeBlock(type, type.conditions, language))}</section>`;
  })}`;
}

const has = (text: string, words: string): boolean => text.toLowerCase().includes(words.toLowerCase());
const inEither = ({ zh, en }: Words, words: string): boolean => has(zh, words) || has(en, words);

/** A type that is meant itself is shown whole, otherwise with the conditions that are. */
function found({ types }: ShownStandard, words: string, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const shown = types.flatMap((type) => {
    const isMeant =
      inEither(type.name, words) || has(type.code, words) || inEither(bodyKindWords[type.answersTo], words);
    const meant = type.conditions.filter(
      (one) =>
        inEither(one.when, words) ||
        inEither(one.done, words) ||
        has(one.code, words) ||
        has(one.source, words) ||
        inEither(limitWords(one.limit), words),
    );
    return isMeant ? [{ type, conditions: type.conditions }] : meant.length > 0 ? [{ type, conditions: meant }] : [];
  });
  if (shown.length === 0)
    return html`<p>${t(`没有找到“${words}”。可以少写几个字，或按大类看。`, `Nothing was found for “${words}”. Write less of it, or look by class.`)}</p>`;
  return html`<p class="soft" role="status">${t(`找到 ${shown.length} 个小类`, `${shown.length} types found`)}</p>!${shown.map(({ type, conditions }) => typeBlock(type, conditions, language))}`;
}

function typeBlock(type: CaseType, conditions: readonly FilingCondition[], language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const needs = (type.alsoNeeds ?? []).map((kind) => bodyKindWords[kind][language]).join(t('、', ', '));
  return html`<div class="panel type"><h4>${type.name[language]} <span class="code soft small">${type.code}</span> !${type.urgent ? html`<span class="tag">${t('加急', 'urgent')}</span>` : ''} !${type.confidential ? html`<span class="tag">${t('保密', 'confidential')}</span>` : ''}</h4>
<p class="soft">${t('责任单位', 'answered by')} <strong>${bodyKindWords[type.answersTo][language]}</strong>!${needs === '' ? '' : html` · ${t('常要配合', 'often needs')} ${needs}`}</p>
!${
    conditions.length === 0
      ? html`<p class="near">${t('还没有定时限，不能按它立案。', 'No limit is set: nothing is filed under it.')}</p>`
      : html`<ul class="plain conditions">!${conditions.map((one) => conditionLine(one, language))}</ul>`
  }</div>`;
}

function conditionLine(one: FilingCondition, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const isSure = one.confidence !== 'unsure';
  return html`<li><p><strong>${one.when[language]}</strong> !${one.urgent ? html`<span class="tag">${t('加急', 'urgent')}</span>` : one.urgent === false ? html`<span class="tag">${t('不加急', 'not urgent')}</span>` : ''}</p>
<p><span class="value">${limitWords(one.limit)[language]}</span> <span class="${isSure ? 'soft' : 'near'}">!${isSure ? '' : '? '}${confidenceWords[one.confidence][language]}</span></p>
<p class="soft small">${t('办结', 'Done')}：${one.done[language]}</p>
<p class="soft small">${t('依据', 'Source')}：${one.source} · <span class="code">${one.code}</span></p></li>`;
}

function versionsTable(frame: DeskFrame, { overview, isStaff }: Looked): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const opening = (version: number, count: number): string =>
    count === 0 || !isStaff ? String(count) : html`<a href="/console/cases?openUnder=${version}">${count}</a>`;
  return html`<h2>${t('各版和在办案卷', 'Versions and their open cases')}</h2>
<p class="soft small">${t('案卷从立案起一直用那一版。', 'A case keeps the version it was filed under.')}${overview.counted === 'realm' ? t('数的是全县的；案卷由办理岗位打开。', ' Counted over the whole realm; cases are opened by those who handle them.') : t('数的是您看得到的。', ' Counted as far as you may see them.')}</p>
<table><thead><tr><th>${t('版', 'Version')}</th><th>${t('施行', 'Holds from')}</th><th class="number">${t('在办案卷', 'Open cases')}</th></tr></thead><tbody>
!${overview.versions.map((one) => html`<tr><td><a href="/console/standards?version=${one.version}">${t(`第 ${one.version} 版`, `version ${one.version}`)}</a> !${stateOf(one, frame)}<br><span class="soft small">${one.title} · ${one.source}</span></td><td class="share">${dayIn(one.validFrom, zone)}</td><td class="number">!${opening(one.version, one.open)}</td></tr>`)}
<tr><td>${t('还没有立案的', 'Not on file yet')}<br><span class="soft small">${t('按立案那天施行的一版', 'fall under the version of the day they are filed')}</span></td><td></td><td class="number">!${opening(0, overview.unregistered)}</td></tr></tbody></table>`;
}

export const stageWords: Readonly<Record<(typeof stageNames)[number], Words>> = {
  register: { zh: '受理立案', en: 'Register' },
  precheck: { zh: '核实', en: 'Check before filing' },
  dispatch: { zh: '派遣', en: 'Dispatch' },
  acknowledge: { zh: '签收', en: 'Acknowledge' },
  handle: { zh: '处置', en: 'Handle' },
  verify: { zh: '核查', en: 'Verify' },
  close: { zh: '结案', en: 'Close' },
  answer: { zh: '请报事人评价', en: 'Ask the reporter' },
  report_in: { zh: '吹哨报到', en: 'Report in' },
  decide: { zh: '审批', en: 'Decide wishes' },
};

function stagesTable({ stages }: ShownStandard, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const own = t('按立案条件', 'as the condition says');
  const rows = stageNames.map((name) => {
    const [ordinary, urgent] = (['ordinary', 'urgent'] as const).map((way) =>
      name === 'handle' ? own : limitWords(stages[way][name].limit)[language],
    );
    return html`<tr><th scope="row">${stageWords[name][language]}</th><td>${ordinary}</td><td>${urgent}</td></tr>`;
  });
  return html`<details><summary>${t('各环节的时限', 'Limits of the desks')}</summary><table><thead><tr><th>${t('环节', 'Stage')}</th><th>${t('一般', 'Ordinary')}</th><th>${t('加急', 'Urgent')}</th></tr></thead><tbody>!${rows}</tbody></table></details>`;
}
