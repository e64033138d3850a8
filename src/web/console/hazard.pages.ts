import { html } from 'ghtml';
import type { z } from 'zod';
import { type HazardCommand, type hazardView, statuses } from '../../domains/work/inspections/hazard.model.ts';
import { grades, sectors, sources } from '../../domains/work/inspections/sector.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { HAZARDS, INSPECTIONS, limitFields, statusSaid } from './hazard.words.ts';
import { tagsOf } from './hazards.pages.ts';
import { sayIn } from './people.pages.ts';
import { areaOptions, type Choice, doneBox } from './residents.pages.ts';

/** One hazard: what it is, how it went, until when who owes what, and what I may do next. */
export type HazardShownView = z.output<typeof hazardView>;

export interface HazardShown {
  readonly hazard: HazardShownView;
  readonly bodies: readonly Choice[];
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly newId: () => string;
}

export function hazardPage(frame: DeskFrame, shown: HazardShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { hazard, fault, done } = shown;
  const facts: readonly (readonly [string, string])[] = [
    [t('在哪里', 'Where'), [hazard.where, ...hazard.path.slice(-2).reverse()].filter((one) => one !== '').join(' · ')],
    [t('类别、等级', 'Kind'), `${sectors[hazard.sector][language]} · ${grades[hazard.grade][language]}`],
    [
      t('怎么发现的', 'Found by'),
      `${sources[hazard.source][language]} · ${hazard.foundBy} · ${dayAndTime(hazard.foundAt, zone, language)}`,
    ],
    [t('整改单位', 'To be put right by'), hazard.body],
    [t('谁复查', 'Looks again'), hazard.checker],
    ...(hazard.item === null
      ? []
      : [
          [
            t('检查表', 'Checklist'),
            `${hazard.item.checklist}：${hazard.item.text}${hazard.item.basis === '' ? '' : `（${hazard.item.basis}）`}`,
          ] as const,
        ]),
  ];
  return desk(
    frame,
    { zh: '隐患', en: 'Hazard' },
    html`<p><a href="${HAZARDS}">← ${t('隐患台账', 'Hazards')}</a></p>
<h1>${sectors[hazard.sector][language]}${t('隐患', ' hazard')}</h1>
<p>!${statusSaid(hazard.status, statuses[hazard.status], language)} !${tagsOf(hazard, frame)}!${hazard.rounds === 0 ? '' : html` <span class="soft">${t(`复查退回过 ${hazard.rounds} 次`, `sent back ${hazard.rounds} times`)}</span>`}</p>
!${doneBox(done)}!${faultBox(fault)}
<div class="cols"><div>
!${hazard.what === null ? html`<p class="soft">${t('（内容已删除）', '(erased)')}</p>` : html`<blockquote>${hazard.what}</blockquote>`}
<dl class="facts">!${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}!${hazard.inspection === null ? '' : html`<dt>${t('哪次检查', 'Inspection')}</dt><dd><a href="${INSPECTIONS}/${hazard.inspection.id}">${hazard.inspection.title}</a></dd>`}</dl>
!${quotedPanel(frame, hazard)}
<h2>${t('经过', 'How it went')}</h2>
<ol class="plain">!${hazard.story.map(({ at, step, by, words }) => html`<li><span class="soft small">${dayAndTime(at, zone, language)} · ${by}</span><br><strong>${step[language]}</strong>!${words === null ? '' : html` ${words}`}</li>`)}</ol>
</div><div>
<h2>${t('时限', 'Clock')}</h2>
!${hazard.clock === null ? html`<p class="soft">${t('没有在等的事。', 'Nothing is waited for.')}</p>` : html`<p>${t(`等${hazard.owner}`, `Waits for ${hazard.owner}`)}<br>!${clockWords(hazard.clock, frame)}!${hazard.limit === null ? '' : html`<br><span class="soft small">${t('一共', 'in all ')} ${hazard.limit[language]}</span>`}</p>`}
<h2>${t('下一步', 'Next')}</h2>
!${acts(frame, shown)}
!${barred(frame, hazard)}
</div></div>`,
  );
}

/** What somebody else counted, with our doubt: it stands there and nothing is computed from it. */
function quotedPanel({ language }: DeskFrame, { quoted }: HazardShownView): string {
  const t = sayIn(language);
  if (quoted.length === 0) return '';
  return html`<div class="panel"><h2>${t('引用的数字', 'Figures that are quoted')}</h2><ul class="plain">!${quoted.map(({ figure, source, doubt }) => html`<li><strong>${figure}</strong> <span class="soft">${t('出处：', 'from: ')}${source}</span>!${doubt === '' ? '' : html`<br><span class="near">▲ ${t('存疑：', 'doubtful: ')}${doubt}</span>`}</li>`)}</ul><p class="soft small">${t('照原样留着，不参加任何统计。', 'Kept as it was written; nothing is counted with it.')}</p></div>`;
}

/** In this order: what is owed first. */
const order: readonly HazardCommand[] = [
  'accept',
  'rectify',
  'check_off',
  'send_back',
  'extend',
  'reassign',
  'refer',
  'withdraw',
];
const due: ReadonlySet<HazardCommand> = new Set(['rectify', 'check_off']);
const asks: Readonly<Record<HazardCommand, readonly [zh: string, en: string]>> = {
  accept: ['准备怎么改、谁来改', 'What will be done, and by whom'],
  rectify: [
    '改成什么样了，凭什么看得出来（合格证号、检测结果、照片放在哪里）',
    'What was done, and by what one sees it',
  ],
  check_off: ['到现场看到了什么', 'What was seen there'],
  send_back: ['还有什么没改好', 'What is still wrong'],
  extend: ['为什么要延长', 'Why it needs longer'],
  reassign: ['为什么改由它整改', 'Why it is theirs'],
  refer: ['移送给谁、为什么', 'To whom, and why'],
  withdraw: ['为什么撤销', 'Why'],
};

function acts(frame: DeskFrame, shown: HazardShown): string {
  const allowed = order.filter((command) => shown.hazard.can.some((one) => one.command === command && one.allowed));
  const none = sayIn(frame.language)('现在没有需要您办的。', 'There is nothing for you to do now.');
  return allowed.length === 0
    ? html`<p class="soft">${none}</p>`
    : allowed.map((one) => actForm(frame, shown, one)).join('');
}

function actForm(
  { language }: DeskFrame,
  { hazard, bodies, typed, newId }: HazardShown,
  command: HazardCommand,
): string {
  const t = sayIn(language);
  const was = typed.command === command ? typed : {};
  const name = hazard.can.find((one) => one.command === command)?.words[language] ?? command;
  const others = bodies.filter(({ id }) => id !== hazard.bodyId);
  const more = [
    command === 'reassign'
      ? html`<label for="reassign-body">${t('改由哪个单位', 'Which body')}</label><select id="reassign-body" name="bodyId" required>!${areaOptions(others, was.bodyId ?? '')}</select>`
      : '',
    command === 'extend' ? limitFields(language, command, t('再给多久', 'How much longer'), was) : '',
    command === 'reassign' || command === 'send_back'
      ? limitFields(language, command, t('多久内改好', 'To be put right within'), was)
      : '',
  ];
  return html`<details class="!${due.has(command) ? 'due' : ''}" !${due.has(command) || was.command ? 'open' : ''}><summary>${name}</summary><form method="post" action="${HAZARDS}/${hazard.id}/${command}"><input type="hidden" name="commandId" value="${newId()}">
<label for="${command}-words">${t(...asks[command])}</label><textarea id="${command}-words" name="words" required minlength="2" maxlength="1000">${was.words ?? ''}</textarea>!${more}<p><button class="${due.has(command) ? 'primary' : command === 'withdraw' ? 'danger' : ''}">${name}</button></p></form></details>`;
}

function barred({ language }: DeskFrame, { can }: HazardShownView): string {
  const t = sayIn(language);
  const not = can.filter(({ allowed }) => !allowed);
  if (not.length === 0) return '';
  return html`<details><summary>${t(`现在不能办的 ${not.length} 项和原因`, `${not.length} steps not possible now, and why`)}</summary>!${not.map((one) => html`<div class="barred"><strong>${one.words[language]}</strong><span class="soft">${one.reason?.[language] ?? ''}</span></div>`)}</details>`;
}
