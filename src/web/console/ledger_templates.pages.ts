import { html } from 'ghtml';
import type { z } from 'zod';
import type { templateView } from '../../domains/land/registry/out/template.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { DROP, dropHint } from './drop.pages.ts';
import { ledgerShown } from './ledger.words.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, doneBox, HOME, TEMPLATES } from './residents.pages.ts';

/** Blank workbooks of superiors: sending one, and those that are kept. */
export type TemplateLine = z.output<typeof templateView>;

export const templatesTitle = { zh: '填上级的表', en: 'Superiors’ workbooks' };

export interface TemplatesShown {
  readonly templates: readonly TemplateLine[];
  readonly areas: readonly Choice[];
  readonly typed: Readonly<Record<string, string>>;
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function templatesPage(frame: DeskFrame, shown: TemplatesShown): string {
  const t = sayIn(frame.language);
  const { templates, fault, done } = shown;
  return desk(
    frame,
    templatesTitle,
    html`<p><a href="${HOME}">← ${t('居民台账', 'Residents')}</a></p>
<h1>${t('填上级的表', 'Fill a superior’s workbook')}</h1>
!${faultBox(fault)}!${doneBox(done)}
<p>${t('上级发来的空表传一次就存在这里。以后按一下，台账里有的就填好：还是原来那个文件，标题、格式、签字栏都不动，另加一页说每一项从哪里来。Excel 和 Word 都行。', 'A blank workbook or document is sent once and kept. Then one click fills it from the ledger: still the same file, with one sheet more that says where each value is from.')}</p>
<h2>${t('存着的空表', 'Kept')} <span class="soft">${templates.length}</span></h2>
!${templates.length === 0 ? html`<p class="soft">${t('还没有。', 'None yet.')}</p>` : html`<ul class="parts">!${templates.map((one) => templateLine(one, frame))}</ul>`}
!${sendForm(shown, t)}`,
    DROP,
  );
}

function templateLine(line: TemplateLine, frame: DeskFrame): string {
  const t = sayIn(frame.language);
  const { id, fileName, area, bound, columns, keptBy, keptAt } = line;
  const tab = ledgerShown(line).says.tab[frame.language];
  const tone = bound === columns ? 'soft' : 'near';
  return html`<li><h3>${fileName}</h3>
<div><p>${area} · <span class="${tone}">${t(`${columns} 列里填 ${bound} 列`, `${bound} of ${columns} columns are filled`)}</span></p><p class="soft small">${tab} · ${keptBy} ${dayIn(keptAt, frame.zone)}</p></div>
<p><a href="${TEMPLATES}/${id}" aria-label="${t('打开', 'Open')} ${fileName}">${t('打开', 'Open')}</a></p></li>`;
}

function sendForm({ areas, typed, newId }: TemplatesShown, t: Say): string {
  return html`<h2>${t('传一张新的', 'Send another')}</h2>
<form method="post" action="${TEMPLATES}" enctype="multipart/form-data" data-drop><input type="hidden" name="commandId" value="${newId()}">
<label for="areaId">${t('哪个地方用', 'For which area')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, typed.areaId ?? areas[0]?.id ?? '')}</select>
<label for="file">${t('空表文件', 'The blank workbook')} <span class="soft">${t('xlsx 或 Word（docx）：表头下面留着空行的一览表，或一人一份的登记表', 'xlsx or docx: a list with empty rows below its labels, or a form about one record')}</span></label><input id="file" name="file" type="file" accept=".xlsx,.xlsm,.docx,.doc" required>
!${dropHint(t)}
<p><button class="primary">${t('传上去看看', 'Send it')}</button></p></form>`;
}
