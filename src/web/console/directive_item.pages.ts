import { html } from 'ghtml';
import type { z } from 'zod';
import type { ItemCommand, itemView } from '../../domains/work/directives/item.model.ts';
import type { Words } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { DIRECTIVES, dueSaid, ITEMS, statusSaid } from './directives.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { doneBox } from './residents.pages.ts';

/** One item: who owes what by when, its story, and what I may do next, or why not. */
export type Item = z.output<typeof itemView>;

export interface ItemShown {
  readonly item: Item;
  readonly fault: Fault | null;
  readonly done: string | null;
  /** What was typed into the form that was refused. */
  readonly typed: Readonly<Record<string, string>>;
  readonly today: string;
  readonly newId: () => string;
}

export function itemPage(frame: DeskFrame, shown: ItemShown): string {
  const t = sayIn(frame.language);
  const { item, fault, done } = shown;
  const { directive, content, measure, lead, supports, dueOn, firstDueOn, share, clock } = item;
  const lines: readonly (readonly [string, string])[] = [
    [t('牵头', 'Leads'), lead.name],
    [t('配合', 'Helps'), supports.map(({ name }) => name).join('、') || '—'],
    [
      t('期限', 'By'),
      dueOn === firstDueOn
        ? dueSaid(dueOn, t)
        : t(
            `${dueSaid(dueOn, t)}（原为 ${dueSaid(firstDueOn, t)}）`,
            `${dueSaid(dueOn, t)} (was ${dueSaid(firstDueOn, t)})`,
          ),
    ],
    [t('办成标准', 'Done when'), measure || t('文件没有写', 'the notice does not say')],
    ...(share === null ? [] : [[t('已经办到', 'So far'), `${share}%`] as const]),
  ];
  const called = titleOf(item);
  return desk(
    frame,
    { zh: called, en: called },
    html`<p class="noprint"><a href="${DIRECTIVES}/${directive.id}">← ${directive.title} ${directive.number}</a></p>
<h1>${called}</h1>
!${doneBox(done)}!${faultBox(fault)}
<p>!${statusSaid(item, frame)}</p>
!${clock === null || clock.dueAt === null ? '' : html`<p>!${clockWords({ ...clock, dueAt: clock.dueAt }, frame)}</p>`}
<div class="panel original">${content}</div>
<table class="facts"><tbody>!${lines.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>
!${acts(frame, shown)}
<h2>${t('经过', 'What happened')}</h2>
<ol class="story">!${item.story.map((one) => entry(frame, one))}</ol>`,
  );
}

/** By its own first words, not by its number alone. */
const titleOf = ({ number, content }: Item): string => {
  const first = content.split(/[。；;\n（(]/)[0] ?? content;
  return `${number} ${first.length > 40 ? `${first.slice(0, 39)}…` : first}`.trim();
};

const entryWords: Readonly<Record<string, Words>> = {
  sent: { zh: '下达', en: 'sent' },
  progressed: { zh: '记进展', en: 'said how far it is' },
  reported_done: { zh: '报办成', en: 'reported it done' },
  accepted: { zh: '验收通过', en: 'accepted it' },
  returned: { zh: '退回重办', en: 'returned it' },
  deadline_moved: { zh: '改期限', en: 'moved the deadline' },
  withdrawn: { zh: '撤回', en: 'withdrew it' },
};

function entry({ language, zone }: DeskFrame, one: Item['story'][number]): string {
  const t = sayIn(language);
  const what = entryWords[one.kind.split('.')[1] ?? '']?.[language] ?? one.kind;
  const day = one.moved
    ? t(`期限 ${dueSaid(one.was, t)} → ${dueSaid(one.is, t)}`, `by ${dueSaid(one.was, t)} → ${dueSaid(one.is, t)}`)
    : '';
  const share = one.share === null ? '' : `${one.share}%`;
  return html`<li><p><strong>${what}</strong> ${[share, day].filter(Boolean).join(' · ')}</p>
!${one.words === null ? '' : html`<p class="original">${one.words}</p>`}
<p class="soft small">${one.by} ${dayAndTime(one.at, zone, language)}</p></li>`;
}

function acts(frame: DeskFrame, shown: ItemShown): string {
  const t = sayIn(frame.language);
  const { can } = shown.item;
  const now = can.filter(({ allowed }) => allowed);
  const not = can.filter(({ allowed, reason }) => !allowed && reason !== null);
  const nothing = html`<p class="soft">${t('现在没有您要办的一步。', 'There is no step for you now.')}</p>`;
  const why = not.map(
    ({ words, reason }) =>
      html`<li>${words[frame.language]}：<span class="soft">${reason?.[frame.language] ?? ''}</span></li>`,
  );
  return html`<div class="noprint"><h2>${t('下一步', 'Next')}</h2>
!${now.length === 0 ? nothing : now.map(({ command, words }, i) => form(frame, shown, command, words, i === 0 && isStep(command)))}
!${why.length === 0 ? '' : html`<details><summary>${t('现在还不能做的', 'Not possible now')}</summary><ul>!${why}</ul></details>`}</div>`;
}

/** What is done every day stands open; what changes the task is asked for. */
const isStep = (command: ItemCommand): boolean => !['move_deadline', 'withdraw'].includes(command);

function form(frame: DeskFrame, shown: ItemShown, command: ItemCommand, words: Words, isFirst: boolean): string {
  const { item, newId, typed } = shown;
  const wasTyped = typed.do === command;
  return html`<details id="do-${command}" class="!${isFirst ? 'due' : ''}"!${isFirst || wasTyped ? ' open' : ''}><summary>${words[frame.language]}</summary><form method="post" action="${ITEMS}/${item.id}/${command}"><input type="hidden" name="commandId" value="${newId()}">
!${fields(sayIn(frame.language), shown, command, wasTyped)}<p><button class="${isFirst ? 'primary' : ''}">${words[frame.language]}</button></p></form></details>`;
}

function fields(t: Say, { item, today, typed }: ItemShown, command: ItemCommand, wasTyped: boolean): string {
  const value = (name: string): string => (wasTyped ? (typed[name] ?? '') : '');
  const said = (zh: string, en: string, isNeeded: boolean): string =>
    html`<label for="${command}-words">${t(zh, en)}</label><textarea id="${command}-words" name="words" rows="3" maxlength="2000" !${isNeeded ? 'required minlength="2"' : ''}>${value('words')}</textarea>`;
  const day = (zh: string, en: string): string =>
    html`<label for="${command}-dueOn">${t(zh, en)}</label><input id="${command}-dueOn" name="dueOn" type="date" min="${today}" value="${value('dueOn')}">`;
  switch (command) {
    case 'progress':
      return `${said('办了什么', 'What was done', true)}${item.measure === '' ? '' : html`<label for="progress-share">${t(`完成百分之几（按“${item.measure}”算，没有数就空着）`, 'Percent of what the measure counts, if it does')}</label><input id="progress-share" name="share" inputmode="numeric" pattern="[0-9]{1,3}" maxlength="3" value="${value('share')}">`}`;
    case 'report_done':
      return said('凭什么说办成了（数量、地点、照片在哪里）', 'By what one sees that it is done', true);
    case 'accept':
      return said('说明（可以不填）', 'Remark, if any', false);
    case 'return':
      return `${said('还缺什么', 'What is missing', true)}${day('重办的期限（不填就照原期限）', 'By when (left empty: as before)')}`;
    case 'move_deadline':
      return `${said('为什么改', 'Why', true)}${day('新的期限', 'The new day')}<label class="tick"><input type="checkbox" name="lasting" value="yes"${value('lasting') ? ' checked' : ''}> ${t('改成长期坚持，没有期限', 'For good, without a day')}</label>`;
    case 'withdraw':
      return said('为什么撤回', 'Why', true);
  }
}
