import { html } from 'ghtml';
import type { z } from 'zod';
import { type HazardCommand, type hazardView, statuses } from '../../domains/work/inspections/hazard.model.ts';
import { grades, sectors, sources } from '../../domains/work/inspections/sector.model.ts';
import { type HazardPicture, hazardPictures } from '../../domains/work/photos/holder.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { HAZARDS, INSPECTIONS, limitFields, photoField, statusSaid } from './hazard.words.ts';
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
  const what = hazard.what ?? `${sectors[hazard.sector][language]}${t('隐患', ' hazard')}`;
  const called = [what.length > 30 ? `${what.slice(0, 29)}…` : what, hazard.where]
    .filter((one) => one !== '')
    .join(' · ');
  const facts: readonly (readonly [string, string])[] = [
    [t('在哪里', 'Where'), [hazard.where, ...hazard.path.slice(-2).reverse()].filter((one) => one !== '').join(' · ')],
    [t('类别、等级', 'Kind'), `${sectors[hazard.sector][language]} · ${grades[hazard.grade][language]}`],
    [
      t('怎么发现的', 'Found by'),
      `${sources[hazard.source][language]} · ${hazard.foundBy} · ${dayAndTime(hazard.foundAt, zone, language)}`,
    ],
    [t('整改单位', 'To be put right by'), hazard.body],
    ...(hazard.referredTo === null ? [] : [[t('移送给', 'Passed on to'), hazard.referredTo] as const]),
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
    { zh: called, en: called },
    html`<p><a href="${HAZARDS}">← ${t('隐患台账', 'Hazards')}</a></p>
<h1>${called}</h1>
<p>!${statusSaid(hazard.status, statuses[hazard.status], language)} !${tagsOf(hazard, frame)}!${hazard.rounds === 0 ? '' : html` <span class="soft">${t(`复查退回过 ${hazard.rounds} 次`, `sent back ${hazard.rounds} times`)}</span>`}</p>
!${doneBox(done)}!${faultBox(fault)}
<div class="cols"><div>
!${hazard.what === null ? html`<p class="soft">${t('（内容已删除）', '(erased)')}</p>` : html`<blockquote>${hazard.what}</blockquote>`}
<dl class="facts">!${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}!${hazard.inspection === null ? '' : html`<dt>${t('哪次检查', 'Inspection')}</dt><dd><a href="${INSPECTIONS}/${hazard.inspection.id}">${hazard.inspection.title}</a></dd>`}</dl>
!${quotedPanel(frame, hazard)}
!${photosPanel(frame, shown)}
<h2>${t('经过', 'How it went')}</h2>
<ol class="plain">!${hazard.story.map(({ at, step, by, words, moved }) => html`<li><span class="soft small">${dayAndTime(at, zone, language)} · ${by}</span><br><strong>${step[language]}</strong>!${moved === null ? '' : html` <span>${dayAndTime(moved.was, zone, language)} → ${dayAndTime(moved.is, zone, language)}</span> <span class="soft">${t(`（在原来的期限上加 ${moved.by.zh}）`, `(${moved.by.en} more than it had)`)}</span>`}!${words === null ? '' : html` ${words}`}</li>`)}</ol>
</div><div>
<h2>${t('时限', 'Clock')}</h2>
!${hazard.isAway ? html`<p class="near">${t(`现在由${hazard.referredTo ?? '别处'}办，${hazard.body}的时限停着；要回来办，就改派或者报整改完成。`, `${hazard.referredTo ?? 'Somebody else'} has it now: the clock of ${hazard.body} stands.`)}</p>` : ''}!${hazard.objected ? html`<p class="near">▲ ${t('整改单位有话说，见“经过”；调度岗位的待办里有，可以延期、改派、撤销，或者照原来的办。时限照样在走。', 'The body asked something, see below; the dispatcher has to answer. The clock runs on.')}</p>` : ''}
!${hazard.clock === null ? html`<p class="soft">${t('没有在等的事。', 'Nothing is waited for.')}</p>` : html`<p>${t(`等${hazard.owner}`, `Waits for ${hazard.owner}`)}<br>!${clockWords(hazard.clock, frame)}!${hazard.limit === null ? '' : html`<br><span class="soft small">${t('一共', 'in all ')} ${hazard.limit[language]}!${hazard.status === 'rectified' ? t('，是复查的时限，县里在“各环节的时限”里定', ', as the county set for looking again') : ''}</span>`}</p>`}
<h2>${t('下一步', 'Next')}</h2>
!${acts(frame, shown)}
!${barred(frame, hazard)}
</div></div>`,
  );
}

const beside = ['before', 'after'] as const;

/** As it was and as it is, side by side, each with who and when; the second look below. */
function photosPanel(frame: DeskFrame, { hazard, newId }: HazardShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { photos, canShow } = hazard;
  const figures = (of: HazardPicture): string =>
    photos
      .filter(({ stage }) => stage === of)
      .map(
        ({ id, addedBy, addedAt }) =>
          html`<figure><a href="/api/photos/${id}"><img src="/api/photos/${id}/thumb" alt="${hazardPictures[of][language]}" loading="lazy"></a><figcaption>${addedBy}<br>${dayAndTime(addedAt, zone, language)}</figcaption></figure>`,
      )
      .join('');
  const none = html`<p class="soft">${t('还没有照片。', 'No photo yet.')}</p>`;
  const side = (of: HazardPicture): string =>
    html`<div><h3>${hazardPictures[of][language]}</h3><div class="shots">!${figures(of) || none}</div></div>`;
  const options = canShow.map((one) => html`<option value="${one}">${hazardPictures[one][language]}</option>`);
  const form = html`<details><summary>${t('加照片', 'Add photos')}</summary><form method="post" action="${HAZARDS}/${hazard.id}/photos" enctype="multipart/form-data"><input type="hidden" name="commandId" value="${newId()}">
<label for="stage">${t('哪一步', 'Of which step')}</label><select id="stage" name="stage">!${options}</select>
!${photoField(t, 'more-photos', t('照片', 'Photos'))}<p><button>${t('上传', 'Upload')}</button></p></form></details>`;
  if (photos.length === 0 && canShow.length === 0) return '';
  const looked = photos.some(({ stage }) => stage === 'check') ? side('check') : '';
  return html`<h2>${t('照片', 'Photos')}</h2><div class="then-now">!${beside.map(side)}</div>!${looked}!${canShow.length === 0 ? '' : form}`;
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
  'object',
  'ask_time',
  'extend',
  'reassign',
  'uphold',
  'refer',
  'withdraw',
];
/** Which steps are better shown than told. */
const shownWith: Partial<Record<HazardCommand, HazardPicture>> = {
  ...{ rectify: 'after', check_off: 'check', send_back: 'check' },
};
const due: ReadonlySet<HazardCommand> = new Set(['rectify', 'check_off']);
const asks: Readonly<Record<HazardCommand, readonly [zh: string, en: string]>> = {
  accept: ['准备怎么改、谁来改', 'What will be done, and by whom'],
  rectify: ['改成什么样了，凭什么看得出来（合格证号、检测结果）', 'What was done, and by what one sees it'],
  check_off: ['到现场看到了什么', 'What was seen there'],
  send_back: ['还有什么没改好', 'What is still wrong'],
  extend: ['为什么要延长', 'Why it needs longer'],
  reassign: ['为什么改由它整改', 'Why it is theirs'],
  refer: ['为什么移送', 'Why'],
  object: ['为什么不归你们管，该归谁', 'Why it is not yours, and whose it is'],
  ask_time: ['为什么要延期，延到哪天', 'Why, and until when'],
  uphold: ['为什么照原来的办', 'Why it stays as it is'],
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
  const picture = shownWith[command];
  const others = bodies.filter(({ id }) => id !== hazard.bodyId);
  const more = [
    command === 'reassign'
      ? html`<label for="reassign-body">${t('改由哪个单位', 'Which body')}</label><select id="reassign-body" name="bodyId" required>!${areaOptions(others, was.bodyId ?? '')}</select>`
      : '',
    command === 'refer'
      ? html`<label for="refer-to">${t('移送给谁（系统里有的单位，请用“改由别的单位整改”）', 'To whom (a body that is here: give it to them instead)')}</label><input id="refer-to" name="to" required minlength="2" maxlength="60" value="${was.to ?? ''}"><label class="tick"><input type="checkbox" name="leaves" value="yes"!${was.leaves ? ' checked' : ''}> ${t(`这期间${hazard.body}没有要办的，时限停下`, `${hazard.body} has nothing to do meanwhile: its clock stands`)}</label>`
      : '',
    command === 'extend' ? limitFields(language, command, t('再给多久', 'How much longer'), was) : '',
    command === 'reassign' || command === 'send_back'
      ? limitFields(language, command, t('多久内改好', 'To be put right within'), was)
      : '',
  ];
  return html`<details class="!${due.has(command) ? 'due' : ''}" !${due.has(command) || was.command ? 'open' : ''}><summary>${name}</summary><form method="post" action="${HAZARDS}/${hazard.id}/${command}" enctype="multipart/form-data"><input type="hidden" name="commandId" value="${newId()}">
<label for="${command}-words">${t(...asks[command])}</label><textarea id="${command}-words" name="words" required minlength="2" maxlength="1000">${was.words ?? ''}</textarea>!${more}!${picture === undefined ? '' : photoField(t, `${command}-photos`, hazardPictures[picture][language])}<p><button class="${due.has(command) ? 'primary' : command === 'withdraw' ? 'danger' : ''}">${name}</button></p></form></details>`;
}

function barred({ language }: DeskFrame, { can }: HazardShownView): string {
  const t = sayIn(language);
  const not = can.filter(({ allowed }) => !allowed);
  if (not.length === 0) return '';
  return html`<details><summary>${t(`现在不能办的 ${not.length} 项和原因`, `${not.length} steps not possible now, and why`)}</summary>!${not.map((one) => html`<div class="barred"><strong>${one.words[language]}</strong><span class="soft">${one.reason?.[language] ?? ''}</span></div>`)}</details>`;
}
