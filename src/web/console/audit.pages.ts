import { html } from 'ghtml';
import type { z } from 'zod';
import { type auditView, recordWords } from '../../domains/telling/audit/audit.model.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** Who read and did what, newest first; each line with the proof that it is what was sealed. */
type Audit = z.output<typeof auditView>;
export type Asked = Readonly<Record<string, string>>;

const whatWords = {
  all: { zh: '全部', en: 'everything' },
  looks: { zh: '看了什么', en: 'what was read' },
  land: { zh: '区域变动', en: 'changes of areas' },
  rights: { zh: '人员、岗位、权限', en: 'people, posts, rights' },
} as const;

const to = (path: string, query: Asked): string => `${path}?${new URLSearchParams(query).toString()}`;

export function auditPage(frame: DeskFrame, told: Audit, asked: Asked): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { entries, journal, next } = told;
  const same = { ...asked, from: told.from, to: told.to };
  const broken = entries.filter(({ intact }) => !intact).length;
  return desk(
    frame,
    { zh: '审计', en: 'Audit' },
    html`<h1>${t('审计', 'Audit')} <span class="soft">${t('谁看了什么、办了什么', 'who read and did what')}</span></h1>
<p class="soft">${t('查看本页也会留痕。说了什么不在这里：内容是封存的。', 'Looking at this page is noted too. What was said is sealed and not shown here.')}</p>
<form method="get" action="/console/audit"><div class="asks">
<div><label for="from">${t('从', 'From')}</label><input id="from" type="date" name="from" value="${told.from}"></div>
<div><label for="to">${t('到', 'To')}</label><input id="to" type="date" name="to" value="${told.to}"></div>
<div><label for="person">${t('谁', 'Who')}</label><input id="person" name="person" maxlength="60" value="${asked.person ?? ''}" autocomplete="off"></div>
<div><label for="number">${t('案卷编号', 'Number of a case')}</label><input id="number" name="number" maxlength="40" value="${asked.number ?? ''}" autocomplete="off"></div>
<div><label for="what">${t('看哪些', 'What')}</label><select id="what" name="what">!${Object.entries(whatWords).map(([value, words]) => html`<option value="${value}" !${value === (asked.what ?? 'all') ? 'selected' : ''}>${words[language]}</option>`)}</select></div>
</div><p><button class="primary">${t('查', 'Look')}</button> <a href="${to('/console/audit.xlsx', same)}">${t('导出表格', 'Export as a workbook')}</a></p></form>
!${
      broken > 0
        ? html`<div class="fault" role="alert"><strong>${t(`这一页有 ${broken} 条与封存时不一样`, `${broken} entries of this page are not what was sealed`)}</strong><p>${t('请马上报告，并运行 jingwei journal verify 找出第一条。', 'Report it at once, and run jingwei journal verify to find the first.')}</p></div>`
        : ''
    }
!${entries.length === 0 ? html`<p class="soft">${t('这段时间里没有符合的记录。可以把日期放宽，或少填几项。', 'Nothing of this kind in these days. Widen the days, or ask for less.')}</p>` : table(entries, frame, t)}
!${next === null ? '' : html`<p><a href="${to('/console/audit', { ...same, before: String(next) })}">${t('更早的', 'Earlier')} →</a></p>`}
<p class="soft small">${t(`台账共 ${journal.position.toLocaleString('en')} 条已封存`, `${journal.position.toLocaleString('en')} entries are sealed`)}!${
      journal.sealedAt === null
        ? ''
        : html`${t('，最近一次', ', last')} <span class="number">${dayAndTime(journal.sealedAt, zone, language)}</span>${t('，总指纹', ', root')} <span class="code">${(journal.root ?? '').slice(0, 16)}…</span>`
    }</p>`,
  );
}

function table(
  entries: Audit['entries'],
  { zone, language }: DeskFrame,
  t: (zh: string, en: string) => string,
): string {
  return html`<table><thead><tr><th>${t('时间', 'When')}</th><th>${t('谁', 'Who')}</th><th>${t('做了什么', 'Did what')}</th><th>${t('关于', 'About')}</th><th>${t('封存', 'Seal')}</th></tr></thead><tbody>
!${entries.map(
    ({ recordedAt, by, kindWords, kind, number, recordKind, intact, position }) =>
      html`<tr><td>${dayAndTime(recordedAt, zone, language)}</td><td>${by[language]}</td><td><span title="${kind}">${kindWords[language]}</span></td><td>!${number === null ? html`<span class="soft">${recordWords[recordKind]?.[language] ?? recordKind}</span>` : html`<span class="code">${number}</span>`}</td><td>!${
        intact
          ? html`<span class="settled">✓ <span class="number">${String(position)}</span></span>`
          : html`<span class="late">✗ ${t('与封存时不同', 'not what was sealed')}</span>`
      }</td></tr>`,
  )}</tbody></table>`;
}
