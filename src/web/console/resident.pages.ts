import { html } from 'ghtml';
import type { z } from 'zod';
import type { besideView } from '../../domains/land/registry/merging/merge.model.ts';
import type { recordView } from '../../domains/land/registry/record.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime, dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { askedAs, groupsOf, ledgerShown, nameAmong, rowWords, stillAsked, valueWords } from './ledger.words.ts';
import type { Group } from './ledger_groups.ts';
import { type Say, sayIn } from './people.pages.ts';
import { correctForm } from './resident_form.pages.ts';
import { type Choice, doneBox, HOME, keeps, listOf, titleOf } from './residents.pages.ts';

/** One record of a ledger: each fact with where it comes from, the numbers on demand, corrections, and being forgotten. */
export type Resident = z.output<typeof recordView>;
type Fact = Resident['facts'][number];
type Alike = z.output<typeof besideView>['alike'][number];

export interface ResidentShown {
  readonly resident: Resident;
  /** Who may be the same person, for whoever may merge them. */
  readonly alike: readonly Alike[];
  /** Where somebody may be said to live. */
  readonly grids: readonly Choice[];
  /** What was typed into the form and refused, by field; null: nothing. */
  readonly typed: Readonly<Record<string, string>> | null;
  readonly faults: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly done: string | null;
  /** Numbers in full, in this one answer. */
  readonly numbers: readonly { readonly field: string; readonly value: string }[] | null;
  readonly newId: () => string;
}

/** Tells of nobody: a browser keeps it. */
const titleFor = (resident: Resident) => ledgerShown(resident).says.one;

export function residentPage(frame: DeskFrame, shown: ResidentShown): string {
  const { resident, fault, done, numbers } = shown;
  const groups = groupsOf(resident.ledger, resident.added);
  return desk(
    frame,
    titleFor(resident),
    html`<p><a href="${listOf(resident.ledger, resident.areaId)}">← ${titleOf(ledgerShown(resident), frame)}</a></p>
<h1>${calledIn(resident)}</h1>
<p class="soft">${resident.area}</p>
!${faultBox(fault)}!${doneBox(done)}!${numbers === null ? '' : numbersBox(frame, numbers, resident.added)}
!${alikeBox(frame, shown)}!${disclosing(frame, shown)}!${correctForm(frame, shown)}
<div class="cols"><div>!${groups.map((group) => factsOf(frame, group, resident))}!${unknownOf(frame, resident)}</div>
<div>!${doorOf(frame, resident)}!${householdOf(frame, resident)}!${historyOf(frame, resident)}!${mergedOf(frame, resident)}!${keeps(frame) ? forgetting(resident, frame.language) : ''}</div></div>`,
  );
}

function alikeBox({ language }: DeskFrame, { resident, alike }: ResidentShown): string {
  const t = sayIn(language);
  if (alike.length === 0) return '';
  const line = ({ other, because }: Alike): string =>
    html`<li><a href="${HOME}/${resident.id}/merge?other=${other.id}">${other.name ?? '—'}</a> <span class="soft">${because.map((words) => words[language]).join(t('；', '; '))}</span></li>`;
  return html`<div class="panel"><p><strong class="near">● ${t('像是登记了两次，比一比：', 'Perhaps registered twice; compare:')}</strong></p><ul class="plain">!${alike.map(line)}</ul></div>`;
}

const calledIn = ({ name }: Resident): string => name || '—';

function factsOf(frame: DeskFrame, { words, fields }: Group, { facts, added }: Resident): string {
  const there = fields.flatMap((code) => facts.find(({ field }) => field === code) ?? []);
  if (there.length === 0) return '';
  const from = [...new Set(there.map((fact) => whence(frame, fact)))];
  // What is the same for all of them is said once.
  const once = from.length === 1 ? html`<p class="soft small">${from[0]}</p>` : '';
  return html`<h2>${words[frame.language]}</h2>!${once}<table class="facts"><tbody>!${there.map((fact) => factRow(frame, fact, once === '', added))}</tbody></table>`;
}

function factRow(frame: DeskFrame, fact: Fact, isOwn: boolean, added: Resident['added']): string {
  const { language } = frame;
  const t = sayIn(language);
  const stale = fact.isStale
    ? html` <span class="near small">${t('● 该重新问了', '● due to be asked again')}</span>`
    : '';
  const isRetired = added.some(({ code, isRetired: is }) => is && code === fact.field);
  const retired = isRetired ? html` <span class="soft small">${t('已停用，不再填', 'retired')}</span>` : '';
  const from = isOwn ? html`<br><span class="soft small">${whence(frame, fact)}</span>` : '';
  return html`<tr><th scope="row">${fact.name[language]}</th><td><span class="${fact.isMasked ? 'code' : ''}">${valueWords(fact.field, fact.value, language)}</span>!${stale}!${retired}!${from}</td></tr>`;
}

/** 孙丽 · 2026-07-02 · 二运.xlsx Sheet1 第 5 行 · 说的是 2026-07-01 的情况 */
export function whence({ language, zone }: DeskFrame, { setBy, setAt, source, toldOn }: Fact): string {
  const t = sayIn(language);
  const on = dayIn(setAt, zone);
  const told = toldOn === on ? [] : [t(`说的是 ${toldOn} 的情况`, `as of ${toldOn}`)];
  return [byWhom(setBy, t), on, sourceWords(source, language, t), ...told].join(' · ');
}

export const byWhom = (setBy: string | null, t: Say): string => setBy ?? t('系统', 'the program');

export const sourceWords = (source: string | null, language: DeskFrame['language'], t: Say): string =>
  source === null ? t('当面填写', 'entered by hand') : rowWords(source, language);

/** What one may still ask, without having to look for it; birthday and sex stand in the identity number. */
function unknownOf({ language }: DeskFrame, resident: Resident): string {
  const t = sayIn(language);
  const { ledger, facts, added } = resident;
  const isKnown = (code: string): boolean => facts.some(({ field }) => field === code);
  const told = isKnown('person.id_number') ? ['person.born_on', 'person.sex'] : [];
  const lines = groupsOf(ledger, stillAsked(added)).flatMap(({ words, fields }) => {
    const missing = fields.filter((code) => !isKnown(code) && !told.includes(code));
    return missing.length === 0 ? [] : [{ words, names: missing.map((code) => askedAs(resident, code)[language]) }];
  });
  const n = lines.flatMap(({ names }) => names).length;
  if (n === 0) return '';
  const line = ({ words, names }: (typeof lines)[number]): string =>
    html`<li><span class="soft">${words[language]}${t('：', ': ')}</span>${names.join(t('、', ', '))}</li>`;
  const list = html`<ul class="plain small">!${lines.map(line)}</ul>`;
  const heading = html`${t('还没有填的', 'Not known yet')} <span class="soft">${n}</span>`;
  return n <= MOST_NAMED
    ? html`<h2>!${heading}</h2>!${list}`
    : html`<details class="unknown"><summary>!${heading}</summary>!${list}</details>`;
}
const MOST_NAMED = 12;

function numbersBox(
  { language }: DeskFrame,
  numbers: NonNullable<ResidentShown['numbers']>,
  added: Resident['added'],
): string {
  const t = sayIn(language);
  return html`<div class="panel" role="status" id="numbers"><h2>${t('完整号码', 'Numbers in full')}</h2><dl>!${numbers.map(({ field, value }) => html`<dt>${nameAmong(added, field)[language]}</dt><dd class="code">${value}</dd>`)}</dl>
<p class="soft small">${t('只显示这一次，离开本页就没有了。您看过、什么时候看的、为什么，已经记下来。', 'Shown this once; they are gone when you leave the page. That you looked, when and why has been noted.')}</p></div>`;
}

function disclosing({ language }: DeskFrame, { resident, newId }: ResidentShown): string {
  const t = sayIn(language);
  if (!resident.facts.some(({ isMasked }) => isMasked)) return '';
  return html`<details id="disclose"><summary>${t('看完整号码', 'See the numbers in full')}</summary><form method="post" action="${HOME}/${resident.id}/numbers"><input type="hidden" name="commandId" value="${newId()}">
<label for="reason">${t('为什么要看', 'What for')} <span class="soft">${t('如：上门前打电话；谁看了、为什么，都会记下来', 'such as: calling before a visit; who looked and why is noted')}</span></label><input id="reason" name="reason" required minlength="2" maxlength="200" autocomplete="off">
<p><button class="primary">${t('看号码', 'Show them')}</button></p></form></details>`;
}

function householdOf(frame: DeskFrame, { id: own, facts, household }: Resident): string {
  const t = sayIn(frame.language);
  const hasNumber = facts.some(({ field }) => field === 'household.number');
  const move = html`<p><a href="${HOME}/${own}/household">${t('分户、并户、换户', 'Split, join or change household')}</a></p>`;
  const link = hasNumber && keeps(frame) ? move : '';
  if (household.length === 0) return link;
  return html`<h2>${t('同一户的人', 'In the same household')} <span class="soft">${household.length}</span></h2><ul class="plain">!${household.map(({ id, name, relation }) => html`<li><a href="${HOME}/${id}">${name ?? '—'}</a> <span class="soft">${relation ?? ''}</span></li>`)}</ul>!${link}`;
}

/** Whatever another ledger knows behind the same door. */
function doorOf({ language }: DeskFrame, { ledger, door }: Resident): string {
  const t = sayIn(language);
  if (door.length === 0) return '';
  const parts = [...new Set(door.map((one) => one.ledger))].map((code) => {
    const there = door.filter((one) => one.ledger === code);
    const head =
      code === 'residents'
        ? t('住在这里的人', 'Who lives here')
        : code === 'houses'
          ? ledger === 'residents'
            ? t('住的房屋', 'The house')
            : t('所在的房屋', 'The house')
          : t('在这里的企业商户', 'Enterprises here');
    return html`<h2>${head} <span class="soft">${there.length}</span></h2><ul class="plain">!${there.map(({ id, name, relation }) => html`<li><a href="${HOME}/${id}">${name ?? '—'}</a> <span class="soft">${relation ?? ''}</span></li>`)}</ul>`;
  });
  return parts.join('');
}

function historyOf(frame: DeskFrame, { history }: Resident): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const line = ({ at, setBy, source, fields }: Resident['history'][number]): string =>
    html`<li><span class="soft small">${dayAndTime(at, zone, language)} · ${byWhom(setBy, t)} · ${sourceWords(source, language, t)}</span>!${toldThen(fields, language)}</li>`;
  return html`<h2>${t('经过', 'History')} <span class="soft">${history.length}</span></h2><ul class="plain">!${history.map(line)}</ul>`;
}

/** What was told then, so that what stood before can be read; of many only the names until somebody opens them. */
function toldThen(fields: Resident['history'][number]['fields'], language: DeskFrame['language']): string {
  const t = sayIn(language);
  const said = ({ field, name, value }: (typeof fields)[number]): string =>
    t(`${name.zh}：`, `${name.en}: `) + (value === '' ? t('去掉了', 'taken away') : valueWords(field, value, language));
  const all = html`<ul class="plain small">!${fields.map((one) => html`<li>${said(one)}</li>`)}</ul>`;
  if (fields.length <= FEW) return all;
  return html`<details><summary class="small">${fields.map(({ name }) => name[language]).join(t('、', ', '))}</summary>!${all}</details>`;
}
const FEW = 4;

/** What was merged into it; whoever keeps the ledger sees how, and may part them again. */
function mergedOf(frame: DeskFrame, { id, merges }: Resident): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const all = html`<p><a href="${HOME}/${id}/merges">${t('合并和拆开', 'Merges')}</a></p>`;
  const link = keeps(frame) ? all : '';
  if (merges.length === 0) return link;
  return html`<h2>${t('并进来的', 'Merged into this one')} <span class="soft">${merges.length}</span></h2><ul class="plain">!${merges.map(({ name, at, by }) => html`<li>${name || '—'} <span class="soft small">${dayAndTime(at, zone, language)} · ${byWhom(by, t)}</span></li>`)}</ul>!${link}`;
}

const forgetting = (resident: Resident, language: DeskFrame['language']): string =>
  html`<p><a href="/console/requests/new?record=${resident.id}">${sayIn(language)('本人来要求查阅、复制、更正或删除', 'The person asks to see, correct or delete it')}</a></p><p><a class="late" href="${HOME}/${resident.id}/forget">${ledgerShown(resident).says.removal[language]}</a></p>`;

/** The second step: what goes, in numbers, and that it cannot come back. */
export function forgetPage(
  frame: DeskFrame,
  resident: Resident,
  { reason, fault, newId }: { readonly reason: string; readonly fault: Fault | null; readonly newId: () => string },
): string {
  const t = sayIn(frame.language);
  const [facts, times] = [resident.facts.length, resident.history.length];
  const isPerson = resident.ledger === 'residents';
  const others = isPerson
    ? t(
        '同一户的其他人不动。以后再导入的表里如有此人，会当作新的人登记。',
        'Others of the household stay. If a later spreadsheet has the person again, they are registered as somebody new.',
      )
    : t(
        '住在这里的人、同一门牌的其他台账不动。以后再导入的表里如果还有，会当作新的登记。',
        'Whoever lives there and what other ledgers know of it stays. If a later spreadsheet has it again, it is registered anew.',
      );
  const such = isPerson
    ? t('如：本人 11 月 23 日当面提出', 'such as: asked in person on 23 November')
    : t('如：已拆除、已注销、登记错了', 'such as: pulled down, closed, registered by mistake');
  return desk(
    frame,
    titleFor(resident),
    html`<p><a href="${HOME}/${resident.id}">← ${calledIn(resident)}</a></p>
<h1>${ledgerShown(resident).says.removal[frame.language]}</h1>
<p>${resident.area}</p>
!${faultBox(fault)}
<div class="panel"><h2>${t(`会删掉 ${calledIn(resident)} 的台账`, `What is kept of ${calledIn(resident)} goes`)}</h2><ul>
<li>${t(`${facts} 项内容、${times} 次更改的经过全部删掉，钥匙销毁，备份里的也打不开。传来的表格原件里的那一行最多再存 30 天。`, `All of it: ${facts} facts and ${times} changes. Their key is destroyed; what lies in backups cannot be opened any more. The row in a file that was sent is kept at most 30 days longer.`)}</li>
<li>${t('不能恢复，管理员也不能。', 'It cannot be brought back, not by an administrator either.')}</li>
<li>${others}</li></ul>
<form method="post" action="${HOME}/${resident.id}/forget"><input type="hidden" name="commandId" value="${newId()}">
<label for="reason">${t('依据', 'Ground')} <span class="soft">${such}</span></label><input id="reason" name="reason" required minlength="2" maxlength="200" value="${reason}" autocomplete="off">
<p class="ways"><button class="danger">${t('全部删掉', 'Delete all of it')}</button><a href="${HOME}/${resident.id}">${t('不删，回去', 'Go back, delete nothing')}</a></p></form></div>`,
  );
}
