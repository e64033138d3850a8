import { html } from 'ghtml';
import type { GateRule } from '../../domains/work/checkpoints/checkpoint.model.ts';
import {
  askedWords,
  checkpointKindWords,
  type Mode,
  modes,
  modeWords,
} from '../../domains/work/checkpoints/kind.model.ts';
import { n } from '../ui/count.ts';
import { faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { gatePanel, goodsTable, logTables, openedBox } from './checkpoint_gate.pages.ts';
import { rosterPart } from './checkpoint_roster.pages.ts';
import {
  CHECKPOINTS,
  type Checkpoint,
  type CheckpointShown,
  cleanSaid,
  everySaid,
  hoursSaid,
  modeMark,
  onDutySaid,
  rulesNow,
} from './checkpoints.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { sayIn } from './people.pages.ts';
import { doneBox } from './residents.pages.ts';

/** One checkpoint at the desk: what holds now, the gate, who stands there, what happened on a day, the rules. */
export function checkpointPage(frame: DeskFrame, shown: CheckpointShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { checkpoint, log, opened, done, fault, newId } = shown;
  const { name, kind, area, point, stage, mode, modeSince } = checkpoint;
  const closed = stage === 'closed';
  return desk(
    frame,
    { zh: '卡口', en: 'Checkpoints' },
    html`<p><a href="${CHECKPOINTS}">← ${t('卡口', 'Checkpoints')}</a></p>
<h1>${name}</h1>
!${doneBox(done)}!${faultBox(fault)}
<p>${checkpointKindWords[kind][language]} · ${area} · ${hoursSaid(checkpoint, t)}!${point === null ? '' : html` · <span class="soft">${point.lon}, ${point.lat}</span>`}</p>
<p>!${closed ? html`<span class="soft">– ${t('已撤', 'taken down')}</span>` : html`!${modeMark(mode, language)} ${t(`从 ${dayAndTime(modeSince, zone, language)} 起按${modeWords[mode].zh}规则`, `on ${modeWords[mode].en} rules since ${dayAndTime(modeSince, zone, language)}`)}`}</p>
!${figures(frame, shown)}
!${openedBox(frame, opened)}
!${may(checkpoint, 'work') ? gatePanel(frame, shown) : ''}
!${goodsTable(frame, checkpoint, log, newId)}
!${rosterPart(frame, shown)}
!${logTables(frame, shown)}
!${acts(frame, shown)}
!${ruleTable(frame, checkpoint)}
!${periodTable(frame, checkpoint)}
!${closing(frame, shown)}`,
  );
}

/** Each number leads to its records. */
function figures(frame: DeskFrame, { checkpoint, today }: CheckpointShown): string {
  const t = sayIn(frame.language);
  const { stage, passedToday, refusedToday, waiting, gaps, cleaningsDue, cleaningsDone } = checkpoint;
  const of = (place: string): string => html`${CHECKPOINTS}/${checkpoint.id}?day=${today}#${place}`;
  const rows = [
    [t('今天过', 'Passed today'), n(passedToday), 'log'],
    [t('今天劝返', 'Turned back'), n(refusedToday), 'log'],
    [t('今天消杀 / 该做', 'Disinfected / due'), `${n(cleaningsDone)} / ${n(cleaningsDue)}`, 'cleanings'],
    [t('物资待领', 'Goods waiting'), n(waiting), 'goods'],
    [t('七天里没排人的段', 'Gaps in seven days'), n(gaps.length), 'roster'],
  ] as const;
  const now = stage === 'closed' ? '' : html`<p>!${onDutySaid(checkpoint, t)} · !${cleanSaid(checkpoint, frame)}</p>`;
  return html`!${now}<table class="beside"><tbody>!${rows.map(([words, count, place]) => html`<tr><th scope="row">${words}</th><td class="number"><a href="!${of(place)}">${count}</a></td></tr>`)}</tbody></table>`;
}

const may = ({ can }: Checkpoint, act: Checkpoint['can'][number]['act']): boolean =>
  can.some((one) => one.act === act && one.allowed);

function acts(frame: DeskFrame, { checkpoint, typed, newId }: CheckpointShown): string {
  const t = sayIn(frame.language);
  const link = html`${CHECKPOINTS}/${checkpoint.id}`;
  const switching = (act: 'begin-emergency' | 'end-emergency', words: string, hint: string): string =>
    html`<details!${typed.switchReason === undefined ? '' : ' open'}><summary>${words}</summary><form method="post" action="${link}/${act}"><input type="hidden" name="commandId" value="${newId()}"><label for="switchReason">${t('为什么转', 'Why')} <span class="soft">${hint}</span></label><input id="switchReason" name="switchReason" value="${typed.switchReason ?? ''}" required minlength="4" maxlength="200" autocomplete="off"><p><button class="primary">${words}</button></p></form></details>`;
  const forms = [
    may(checkpoint, 'begin_emergency')
      ? switching(
          'begin-emergency',
          t('转为战时', 'Switch to emergency'),
          t('记下您的名字和时间，如：市森防指发布红色预警', 'kept with your name and the time'),
        )
      : '',
    may(checkpoint, 'end_emergency')
      ? switching(
          'end-emergency',
          t('转回平时', 'Back to normal'),
          t('记下您的名字和时间，如：红色预警解除', 'kept with your name and the time'),
        )
      : '',
  ];
  const change = may(checkpoint, 'change')
    ? html` <a class="button" href="${link}/change">${t('改规则', 'Change the rules')}</a>`
    : '';
  return html`<div class="panel"><p class="ways"><a class="button" href="${link}/notice">${t('打印门口的告示', 'Print the notice')}</a>!${change}</p>!${forms}</div>`;
}

function ruleTable({ language }: DeskFrame, checkpoint: Checkpoint): string {
  const t = sayIn(language);
  const rules = rulesNow(checkpoint);
  const asksOf = ({ asks }: GateRule): string =>
    asks.length === 0
      ? t('不登记，只数人数、车数', 'nothing: people and vehicles are counted')
      : asks.map((one) => askedWords[one][language]).join(t('、', ', '));
  const rows: readonly (readonly [string, (rule: GateRule) => string])[] = [
    [t('谁能过', 'Who may pass'), ({ pass }) => (language === 'en' && pass.en !== '' ? pass.en : pass.zh)],
    [t('登记什么', 'What is written down'), asksOf],
    [t('为什么登记', 'What for'), ({ asks, purpose }) => (asks.length === 0 ? '–' : purpose)],
    [
      t('存几天', 'Kept for'),
      ({ asks, keepDays }) => (asks.length === 0 ? '–' : t(`${n(keepDays)} 天，到日子自动删`, `${n(keepDays)} days`)),
    ],
    [t('消杀', 'Disinfection'), ({ disinfectMin }) => everySaid(disinfectMin, t)],
  ];
  const isNow = (mode: Mode): boolean => checkpoint.stage === 'open' && checkpoint.mode === mode;
  const heads = modes.map(
    (mode) =>
      html`<th scope="col">${modeWords[mode][language]}!${isNow(mode) ? html` <span class="small">${t('（现在按这套）', '(now)')}</span>` : ''}</th>`,
  );
  const lines = rows.map(
    ([words, of]) =>
      html`<tr><th scope="row">${words}</th>!${modes.map((mode) => html`<td data-label="${modeWords[mode][language]}">${of(rules[mode])}</td>`)}</tr>`,
  );
  return html`<h2>${t('规则', 'Rules')}</h2><table class="records"><thead><tr><th></th>!${heads}</tr></thead><tbody>!${lines}</tbody></table>`;
}

function periodTable({ language, zone }: DeskFrame, { periods }: Checkpoint): string {
  const t = sayIn(language);
  const heads = [t('从', 'From'), t('到', 'Until'), t('按哪套', 'Rule'), t('谁定的、为什么', 'By whom, and why')];
  const rows = periods.map(
    ({ mode, since, until, by, reason }) =>
      html`<tr><th scope="row">${dayAndTime(since, zone, language)}</th><td data-label="${heads[1]}">${until === null ? t('现在', 'now') : dayAndTime(until, zone, language)}</td><td data-label="${heads[2]}">!${modeMark(mode, language)}</td><td data-label="${heads[3]}">${by}${t('：', ': ')}${reason ?? t('设卡口', 'set up')}</td></tr>`,
  );
  return html`<h2 id="periods">${t('什么时候按哪套', 'Which rule held when')}</h2><table class="records"><thead><tr>!${heads.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`;
}

function closing(frame: DeskFrame, { checkpoint, newId }: CheckpointShown): string {
  const t = sayIn(frame.language);
  const link = html`${CHECKPOINTS}/${checkpoint.id}`;
  if (may(checkpoint, 'change') && checkpoint.waiting > 0)
    return html`<details><summary>${t('撤掉这个卡口', 'Take it down')}</summary><p>${t(`还有 ${n(checkpoint.waiting)} 件物资等着领，先交出去才能撤；没人来领的退给送来的人。`, `${n(checkpoint.waiting)} goods wait: hand them out first, and give back what nobody collects.`)} <a href="${link}#goods">${t('等着领的物资', 'Goods that wait')}</a></p></details>`;
  if (!may(checkpoint, 'close')) return '';
  return html`<details><summary>${t('撤掉这个卡口', 'Take it down')}</summary><form method="post" action="${link}/close"><input type="hidden" name="commandId" value="${newId()}"><p>${t('撤了不能再开；还没接的班一起撤掉；以前的记录都留着，登记的内容照样到日子删。', 'It does not open again; shifts that nobody has taken up are called off; what was recorded stays, and what was asked of people still goes on its day.')}</p><p><button class="danger">${t('撤掉', 'Take it down')}</button></p></form></details>`;
}
