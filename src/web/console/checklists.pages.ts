import { html } from 'ghtml';
import { linesOf } from '../../domains/work/inspections/checklist_lines.model.ts';
import { checklistMakers } from '../../domains/work/inspections/inspection.model.ts';
import { sectors } from '../../domains/work/inspections/sector.model.ts';
import { readyLists } from '../../packs/checklists/index.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { choose, INSPECTIONS } from './hazard.words.ts';
import type { Checklist } from './hazard_new.pages.ts';
import { holdsOneOf } from './links.ts';
import { sayIn } from './people.pages.ts';
import { doneBox } from './residents.pages.ts';

/** Checklists: those in force, and writing one, a line an item. */
export interface ChecklistsShown {
  readonly lists: readonly Checklist[];
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly newId: () => string;
}
export const CHECKLISTS = `${INSPECTIONS}/checklists`;

/** What the form begins with: one that is in force, or one of ours. */
export function startOf(lists: readonly Checklist[], from: string | undefined): Readonly<Record<string, string>> {
  const before = lists.find(({ id }) => id === from);
  if (before) return { id: before.id, sector: before.sector, title: before.title, lines: linesOf(before.items) };
  const ready = readyLists.find(({ code }) => code === from);
  return ready ? { sector: ready.sector, title: ready.title, lines: ready.lines.join('\n') } : {};
}

export function checklistsPage(frame: DeskFrame, shown: ChecklistsShown): string {
  const t = sayIn(frame.language);
  const { lists, fault, done } = shown;
  const makes = holdsOneOf(frame, checklistMakers);
  return desk(
    frame,
    { zh: '检查表', en: 'Checklists' },
    html`<p><a href="${INSPECTIONS}">← ${t('督导检查', 'Inspections')}</a></p>
<h1>${t('检查表', 'Checklists')}</h1>
!${doneBox(done)}!${faultBox(fault)}
!${lists.length === 0 ? html`<p>${t('还没有检查表。', 'There is none yet.')}</p>` : html`<ul class="parts">!${lists.map((list) => oneList(frame, list, makes))}</ul>`}
!${makes ? formOf(frame, shown) : ''}`,
  );
}

function oneList({ language }: DeskFrame, { id, title, version, sector, items }: Checklist, makes: boolean): string {
  const t = sayIn(language);
  return html`<li><h2>${title}</h2><p class="soft small">${sectors[sector][language]} · ${t(`第 ${version} 版`, `version ${version}`)} · ${t(`${items.length} 条`, `${items.length} lines`)}!${makes ? html` · <a href="${CHECKLISTS}?from=${id}#new">${t('改成新版本', 'Make a new version')}</a>` : ''}</p>
<details><summary>${t('看条目', 'Its lines')}</summary><ol>!${items.map(({ text, counts }) => html`<li>${text}!${counts === '' ? '' : html`：${counts}`}</li>`)}</ol></details></li>`;
}

function formOf({ language }: DeskFrame, { typed, newId }: ChecklistsShown): string {
  const t = sayIn(language);
  const ways = readyLists.map(({ code, title }) => html`<a href="${CHECKLISTS}?from=${code}#new">${title}</a>`);
  const heading = typed.id ? t('发布新版本', 'Publish the next version') : t('发布一张检查表', 'Publish a checklist');
  return html`<h2 id="new">${heading}</h2>
<p class="ways">${t('从现成的开始：', 'Begin with one of these: ')}!${ways}</p>
<form method="post" action="${CHECKLISTS}"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="id" value="${typed.id ?? ''}">
<label for="title">${t('叫什么', 'Its name')}</label><input id="title" name="title" required minlength="2" maxlength="60" value="${typed.title ?? ''}">
!${choose(t, { name: 'sector', label: t('用于哪一类', 'Sector'), of: sectors, chosen: typed.sector ?? 'workplace' })}
<label for="lines">${t('一行一条', 'A line each')} <span class="soft">${t('查什么｜怎样算隐患｜重大｜3自然日｜《法律》第几条，后面几样可以不写', 'what｜what counts｜重大｜3自然日｜law')}</span></label><textarea id="lines" name="lines" rows="12" required maxlength="12000">${typed.lines ?? ''}</textarea>
<p><button class="primary">${t('发布', 'Publish')}</button></p><p class="soft small">${t('发布过的版本不再改；按旧版查出来的，还按旧版说。', 'A published version is never changed; what was found by it is told by it.')}</p></form>`;
}
