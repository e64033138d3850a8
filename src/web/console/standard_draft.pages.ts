import { html } from 'ghtml';
import type { z } from 'zod';
import { changeKinds } from '../../domains/work/standards/difference.model.ts';
import type { draftView } from '../../domains/work/standards/draft.model.ts';
import type { Language } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** The next version while it is being made: what was not read, what would change, whom it touches, and from when. */
export type Drafted = z.output<typeof draftView>;
type Draft = NonNullable<Drafted['draft']>;

export interface DraftShown {
  readonly told: Drafted;
  readonly fault: Fault | null;
  /** What was typed when it was refused. */
  readonly typed: Readonly<Record<string, string>>;
  readonly newId: () => string;
}

const title = { zh: '标准草稿', en: 'Draft of the standard' };

export function draftPage(frame: DeskFrame, shown: DraftShown): string {
  const { language, zone } = frame;
  const { told, fault } = shown;
  const { draft } = told;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const back = html`<p><a href="/console/standards">← ${t('立案标准', 'Standards')}</a></p>`;
  if (draft === null)
    return desk(
      frame,
      title,
      html`!${back}<h1>${t('没有草稿', 'There is no draft')}</h1>!${faultBox(fault)}!${importForm(shown, language, null)}`,
    );
  return desk(
    frame,
    title,
    html`!${back}<h1>${t('下一版的草稿', 'Draft of the next version')} <span class="soft">${draft.fileName}</span></h1>
<p class="soft">${t(`${draft.draftedBy} ${dayAndTime(draft.draftedAt, zone, language)} 导入，共 ${draft.rows} 行，和第 ${draft.baseVersion} 版比。现行标准没有变。`, `Imported by ${draft.draftedBy}, ${dayAndTime(draft.draftedAt, zone, language)}; ${draft.rows} rows, compared with version ${draft.baseVersion}. The standard in force has not changed.`)}</p>
!${faultBox(fault)}
!${draft.isStale ? html`<div class="fault" role="alert"><strong>${t('导入以后又发布了一版', 'Another version was published since')}</strong><p>${t('这份草稿发布不了。请扔掉，重新导出现在的标准再改。', 'This draft cannot be issued. Throw it away, export the standard anew and change that.')}</p></div>` : ''}
!${refusedPart(draft, shown, language)}
!${changesPart(draft, language)}
!${effectPart(draft, language)}
!${issuePart(shown, draft, language)}
<form method="post" action="/console/standards/discard"><input type="hidden" name="commandId" value="${shown.newId()}"><input type="hidden" name="draftId" value="${draft.id}">
<h2>${t('不要这份草稿', 'Do without this draft')}</h2><p class="soft">${t('扔掉后不能恢复；现行标准不变。', 'It cannot be brought back; the standard in force stands.')}</p><p><button class="danger">${t('扔掉草稿', 'Throw the draft away')}</button></p></form>`,
  );
}

function refusedPart({ refused, rows, id }: Draft, shown: DraftShown, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (refused.length === 0)
    return html`<p class="settled">✓ ${t(`${rows} 行都读进来了`, `All ${rows} rows were read`)}</p><details><summary>${t('表又改了，重新导入', 'Import a further change')}</summary>!${importForm(shown, language, id)}</details>`;
  const bad = new Set(refused.map(({ row }) => row)).size;
  return html`<section aria-labelledby="refused"><h2 id="refused" class="late">${t(`${bad} 行没有读进来`, `${bad} rows were not read`)}</h2>
<p>${t('改好以前不能发布。请下载带原因的表，改好那几行，再导入；别的行不用动。', 'It cannot be issued before they are mended. Download the table with the reasons, mend those rows and import it again; leave the others.')}</p>
<ul>!${refused.slice(0, 100).map(({ says }) => html`<li>${says[language]}</li>`)}</ul>
!${refused.length > 100 ? html`<p class="soft">${t(`还有 ${refused.length - 100} 处，都在表里。`, `${refused.length - 100} more stand in the table.`)}</p>` : ''}
<p><a class="button" href="/console/standards/draft.xlsx">${t('下载带原因的表', 'Download with reasons')}</a></p>
!${importForm(shown, language, id)}</section>`;
}

const changeWords = {
  added: { zh: '新增', en: 'Added' },
  gone: { zh: '取消', en: 'Gone' },
  limit: { zh: '时限', en: 'Limits' },
  owner: { zh: '责任单位', en: 'Who answers' },
  words: { zh: '说法', en: 'Wording' },
  other: { zh: '其他', en: 'Other' },
} as const;

function changesPart({ changes, refused }: Draft, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const doubts = changes.filter(({ doubt }) => doubt !== null).length;
  if (changes.length === 0)
    return html`<h2>${t('改了什么', 'What changes')}</h2><p>${refused.length > 0 ? t('读进来的行都没有改动。', 'Nothing in the rows that were read.') : t('和现行标准一样，没有改动。', 'Nothing: it is the same as the standard.')}</p>`;
  return html`<h2>${t(`改了什么（${changes.length} 处）`, `What changes (${changes.length})`)}</h2>
!${doubts > 0 ? html`<p class="near">! ${t(`${doubts} 处要再看一眼`, `${doubts} to look at again`)}</p>` : ''}
!${changeKinds.map((kind) => {
    const those = changes.filter(({ what }) => what === kind);
    return those.length === 0
      ? ''
      : html`<details open><summary>${changeWords[kind][language]} ${those.length}</summary><ul>!${those.map(({ says, doubt }) => html`<li>${says[language]}!${doubt === null ? '' : html` <span class="near">! ${doubt[language]}</span>`}</li>`)}</ul></details>`;
  })}`;
}

function effectPart({ effect, changes }: Draft, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (changes.length === 0) return '';
  const { staying, unregistered, limitChanged, ended, rulesIdle } = effect;
  const sum = staying.reduce((all, { open }) => all + open, 0);
  const each = staying.map(({ version, open }) => t(`第 ${version} 版 ${open} 件`, `${open} under version ${version}`));
  return html`<h2>${t('影响哪些案卷', 'Which cases it touches')}</h2><ul>
<li>${t(`在办的 ${sum} 件照立案时的那一版办到底，时限不变`, `${sum} open cases keep the version they were filed under, and their limits`)}!${each.length > 0 ? html` <span class="soft">（${each.join(t('，', ', '))}）</span>` : ''}</li>
!${limitChanged > 0 ? html`<li>${t(`其中 ${limitChanged} 件的立案条件这次改了时限；这些案卷仍按原时限`, `${limitChanged} of them stand under conditions whose limit changes; they keep the old one`)}</li>` : ''}
<li>${t(`现在还没有立案的 ${unregistered} 件，到施行那天仍没立案的，按新的一版立案`, `${unregistered} reports are not on file yet; those still waiting on that day are filed under the new version`)}</li>
!${ended.map(({ words, code, open }) => html`<li class="near">! ${t(`取消的“${words.zh}”下还有 ${open} 件在办：照原条件办完，新的案卷不能再选它`, `“${words.en}” ends with ${open} open cases: they go on under it, and nothing new is filed there`)} <span class="code soft small">${code}</span></li>`)}
!${rulesIdle > 0 ? html`<li class="near">! ${t(`${rulesIdle} 条责任规则指向取消的编码，不再起作用`, `${rulesIdle} responsibility rules name what ends and will no longer apply`)}</li>` : ''}</ul>`;
}

function issuePart({ told, typed, newId }: DraftShown, draft: Draft, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const heading = html`<h2>${t('发布', 'Issue')}</h2>`;
  const barred =
    draft.refused.length > 0
      ? t('还有没读进来的行，改好才能发布。', 'Rows were not read: mend them first.')
      : draft.changes.length === 0
        ? t('没有改动，不用发布。', 'Nothing changes: there is nothing to issue.')
        : draft.isStale
          ? t('已经有更新的一版，请重新导出。', 'There is a newer version: export anew.')
          : null;
  if (barred !== null) return html`!${heading}<p class="soft">${barred}</p>`;
  return html`<form method="post" action="/console/standards/issue">!${heading}
<input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="draftId" value="${draft.id}">
<label for="title">${t('这一版叫什么', 'What it is called')}</label><input id="title" name="title" required maxlength="100" value="${typed.title ?? ''}" autocomplete="off">
<label for="source">${t('依据哪个文件', 'By which document')} <span class="soft">${t('如 县政办〔2026〕3 号', 'its number')}</span></label><input id="source" name="source" required maxlength="200" value="${typed.source ?? ''}" autocomplete="off">
<label for="validFrom">${t('从哪天起施行', 'Holds from')} <span class="soft">${t(`${told.earliest} 到 ${told.latest}；写今天就从发布时起`, `${told.earliest} to ${told.latest}; today means from now on`)}</span></label><input id="validFrom" name="validFrom" type="date" required value="${typed.validFrom ?? told.earliest}">
<p class="soft">${t('发布后不能改、不能收回，只能再发一版。', 'Once issued it cannot be changed or taken back, only followed by another.')}</p>
<p><button class="primary">${t(`发布，共改 ${draft.changes.length} 处`, `Issue ${draft.changes.length} changes`)}</button></p></form>`;
}

/** Null: a first draft; else it takes the place of this one. */
export function importForm({ newId }: Pick<DraftShown, 'newId'>, language: Language, replaces: string | null): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return html`<form method="post" action="/console/standards/import" enctype="multipart/form-data"><input type="hidden" name="commandId" value="${newId()}">!${replaces === null ? '' : html`<input type="hidden" name="replaces" value="${replaces}">`}
<label for="table">${replaces === null ? t('改好的表', 'The changed table') : t('改好的表，代替这一份', 'The mended table, in place of this one')} <span class="soft">${t('xlsx 或 csv，最多 5 MB', 'xlsx or csv, at most 5 MB')}</span></label><input id="table" name="table" type="file" accept=".xlsx,.csv" required>
<p><button>${replaces === null ? t('导入成草稿', 'Import as a draft') : t('重新导入', 'Import again')}</button></p></form>`;
}
