import { html } from 'ghtml';
import type { z } from 'zod';
import type { Rule } from '../../domains/work/patrols/due.model.ts';
import { kindWords } from '../../domains/work/patrols/kind.model.ts';
import {
  type patrolDetail,
  patrolPlanners,
  type patrolView,
  type tickView,
} from '../../domains/work/patrols/patrol.model.ts';
import { windowsLine } from '../../domains/work/patrols/plan_lines.model.ts';
import { howWords, verdictWords } from '../../domains/work/patrols/tick.model.ts';
import { n } from '../ui/count.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime, dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';
import { doneBox } from './residents.pages.ts';

/** Patrols at the desk: those there are, and one of them: each round of a day, each place, and who was where. */
export type PatrolLine = z.output<typeof patrolView>;
export type Patrol = z.output<typeof patrolDetail>;
export type Tick = z.output<typeof tickView>;

export const PATROLS = '/console/patrols';
const title = { zh: '巡查', en: 'Patrols' };

const clockOf = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
const hours = ({ start, end }: { readonly start: Date; readonly end: Date }, zone: string): string =>
  `${clockOf(start, zone)}–${clockOf(end, zone)}`;

export function patrolsPage(frame: DeskFrame, patrols: readonly PatrolLine[]): string {
  const t = sayIn(frame.language);
  const plans = holdsOneOf(frame, patrolPlanners);
  const none = plans
    ? t(
        '还没有巡查。按“安排巡查”：写下要到哪些点、隔多久一轮，谁去，手机上就有。',
        'None yet. Plan one: which places, how often and who goes; then phones have it.',
      )
    : t('您这里现在没有巡查。', 'There is no patrol where you work.');
  const open = patrols.filter(({ stage }) => stage === 'open');
  const sum = (of: (one: PatrolLine) => number): number => open.reduce((all, one) => all + of(one), 0);
  const said = t(
    `${n(open.length)} 项在巡：今天到现在该巡 ${n(sum(({ due }) => due))} 轮，巡全 ${n(sum(({ done }) => done))} 轮；按合同的护林员、巡查员 ${n(sum(({ contracts }) => contracts))} 人次，签了承诺书的 ${n(open.filter(({ pledgedOn }) => pledgedOn !== null).length)} 处。`,
    `${n(open.length)} going on: ${n(sum(({ due }) => due))} rounds due so far today, ${n(sum(({ done }) => done))} whole; ${n(sum(({ contracts }) => contracts))} contracts, ${n(open.filter(({ pledgedOn }) => pledgedOn !== null).length)} pledges.`,
  );
  return desk(
    frame,
    title,
    html`<h1>${t('巡查', 'Patrols')}</h1>
!${plans ? html`<p class="ways"><a class="button" href="${PATROLS}/new">${t('安排巡查', 'Plan a patrol')}</a></p>` : ''}
!${patrols.length === 0 ? html`<p>${none}</p>` : html`<p>${said}</p><ul class="parts">!${patrols.map((one) => line(frame, one))}</ul>`}`,
  );
}

function line({ language, zone, now }: DeskFrame, one: PatrolLine): string {
  const t = sayIn(language);
  const { id, area, kind, stage, places, walkers, due, done, next, gap } = one;
  const isOn = next !== null && next.start <= now;
  const when = next && (isOn ? hours(next, zone) : dayAndTime(next.start, zone, language));
  const nextSaid =
    stage === 'closed'
      ? html`<span class="soft">– ${t('已结束', 'over')}</span>`
      : when === null
        ? t('最近没有该巡的', 'nothing due soon')
        : isOn
          ? t(`这一轮 ${when}`, `this round ${when}`)
          : t(`下一轮 ${when}`, `next round ${when}`);
  const missed = due - done;
  return html`<li><h2><a href="${PATROLS}/${id}">${one.title}</a></h2>
<p>!${stage === 'open' && missed > 0 ? html`<span class="near">▲ ${t(`今天 ${n(missed)} 轮没巡全`, `${n(missed)} rounds not whole today`)}</span> · ` : ''}${t(`今天该巡 ${n(due)} 轮，巡全 ${n(done)} 轮`, `${n(due)} rounds due today, ${n(done)} whole`)} · !${nextSaid}</p>
!${gap === null ? '' : html`<p>${t(`最长一段空档：${hours({ start: gap.from, end: gap.to }, zone)}，连着 ${n(gap.rounds)} 轮`, `Longest gap: ${hours({ start: gap.from, end: gap.to }, zone)}, ${n(gap.rounds)} rounds in a row`)}</p>`}
<p class="soft small">${kindWords[kind][language]} · ${area} · ${t(`${n(places)} 个点`, `${n(places)} places`)} · ${walkers === 0 ? t('在那里任职的都可以巡', 'whoever works there') : t(`指定 ${n(walkers)} 人`, `${n(walkers)} named`)}</p></li>`;
}

/** Which ticks of the day are shown: of a round, of a place, all of them. */
export interface Chosen {
  readonly from: Date | null;
  readonly placeId: string | null;
}

export interface PatrolShown {
  readonly patrol: Patrol;
  readonly ticks: readonly Tick[];
  readonly chosen: Chosen;
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

const at = (id: string, more: Readonly<Record<string, string>>): string =>
  `${PATROLS}/${id}?${new URLSearchParams(more).toString()}`;
const ticksAt = (id: string, day: string, more: Readonly<Record<string, string>>): string =>
  `${at(id, { day, ...more })}#ticks`;

const shifted = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T12:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

export function patrolPage(frame: DeskFrame, shown: PatrolShown): string {
  const t = sayIn(frame.language);
  const { patrol, fault, done } = shown;
  const { id, day, rule, rounds } = patrol;
  const over = rounds.filter(({ isOver }) => isOver);
  const whole = over.filter(({ places, ticked }) => ticked === places).length;
  const figures = [
    [t('到现在该巡', 'Due so far'), over.length],
    [t('巡全了', 'Whole'), whole],
    [t('没巡全', 'Not whole'), over.length - whole],
  ] as const;
  const walks = patrol.named.map(({ name, contract }) => (contract === null ? name : `${name}（${contract}）`));
  return desk(
    frame,
    title,
    html`<p><a href="${PATROLS}">← ${t('巡查', 'Patrols')}</a></p>
<h1>${patrol.title}</h1>
<p>${kindWords[patrol.kind][frame.language]} · ${patrol.area}!${patrol.stage === 'closed' ? html` · <span class="soft">– ${t('已结束', 'over')}</span>` : ''}</p>
<p class="soft">${ruleSaid(rule, t)}!${patrol.pledgedOn === null ? '' : html` · ${t(`${patrol.pledgedOn} 签承诺书`, `pledge of ${patrol.pledgedOn}`)}`}</p>
<p class="soft">${walks.length === 0 ? t('在那里任职的都可以巡', 'Whoever works there may walk') : t(`谁去：${walks.join('、')}`, `Who: ${walks.join(', ')}`)}</p>
!${doneBox(done)}!${faultBox(fault)}
!${acts(frame, shown)}
!${walksOf(frame, patrol)}
<p><a href="${at(id, { day: shifted(day, -1) })}">← ${t('前一天', 'Day before')}</a> · <a href="${at(id, { day: shifted(day, 1) })}">${t('后一天', 'Day after')} →</a></p>
<form method="get" action="${PATROLS}/${id}"><label for="day">${t('哪一天', 'Day')}</label><div class="asked-in-line"><input id="day" name="day" type="date" value="${day}" required><button>${t('看这天', 'Show')}</button></div></form>
<dl class="figures">!${figures.map(([name, count]) => html`<div><dt>${name}</dt><dd><a href="#rounds">${n(count)}</a></dd></div>`)}</dl>
!${roundTable(frame, patrol)}
!${spotTable(frame, patrol)}
!${tickTable(frame, shown)}
!${closing(frame, shown)}`,
  );
}

/** 每 2 小时一轮，08:00-18:00，每天；10-15 到 06-15 */
function ruleSaid({ everyMin, windows, weekdays, season }: Rule, t: Say): string {
  const every =
    everyMin >= 1440
      ? t('每个时段一轮', 'one round in each window')
      : everyMin % 60 === 0
        ? t(`每 ${everyMin / 60} 小时一轮`, `every ${everyMin / 60} h`)
        : t(`每 ${everyMin} 分钟一轮`, `every ${everyMin} min`);
  const days = [...weekdays].sort().map((day) => t(`周${'一二三四五六日'[day - 1]}`, weekdaysEn[day - 1] ?? ''));
  const parts = [
    every,
    windowsLine(windows),
    weekdays.length === 7 ? t('每天', 'every day') : days.join(t('、', ', ')),
  ];
  return [...parts, ...(season ? [t(`${season.from} 到 ${season.to}`, `${season.from} to ${season.to}`)] : [])].join(
    t('，', ', '),
  );
}
const weekdaysEn = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function stateOf({ start, places, ticked, isOver }: Patrol['rounds'][number], now: Date, t: Say): string {
  if (ticked === places) return html`<span class="settled">● ${t('巡全', 'whole')}</span>`;
  if (!isOver && start <= now)
    return html`<span class="near">◐ ${t(`正在巡，还差 ${places - ticked} 个点`, `on now, ${places - ticked} places left`)}</span>`;
  if (!isOver) return html`<span class="soft">○ ${t('还没到时候', 'not over yet')}</span>`;
  return ticked === 0
    ? html`<span class="late">✕ ${t('没有人巡', 'nobody')}</span>`
    : html`<span class="near">◐ ${t(`少 ${places - ticked} 个点`, `${places - ticked} places missing`)}</span>`;
}

function roundTable({ language, zone, now }: DeskFrame, { id, day, rounds, since, next, stage }: Patrol): string {
  const t = sayIn(language);
  const first = stage === 'open' ? (rounds[0]?.start ?? next?.start) : undefined;
  const from =
    since === null || first === undefined
      ? ''
      : html`<p class="soft">${t(`方案 ${clockOf(since, zone)} 起用，从 ${dayAndTime(first, zone, language)} 那一轮起算。`, `The plan holds from ${clockOf(since, zone)}: counted from the round of ${dayAndTime(first, zone, language)}.`)}</p>`;
  if (rounds.length === 0)
    return html`<h2 id="rounds">${t('每一轮', 'Rounds')}</h2><p>${t('这一天不用巡。', 'Nothing is due on this day.')}</p>!${from}`;
  const rowOf = (one: Patrol['rounds'][number]): string =>
    html`<tr><th scope="row">${hours(one, zone)}</th><td data-label="${t('情况', 'State')}">!${stateOf(one, now, t)}</td><td class="number" data-label="${t('打到的点', 'Places ticked')}"><a href="${ticksAt(id, day, { from: one.start.toISOString() })}">${n(one.ticked)} / ${n(one.places)}</a></td></tr>`;
  const table = (some: Patrol['rounds']): string =>
    html`<table class="beside"><thead><tr><th scope="col">${t('时间', 'Time')}</th><th scope="col">${t('情况', 'State')}</th><th scope="col" class="number">${t('打到的点', 'Places ticked')}</th></tr></thead><tbody>!${some.map(rowOf)}</tbody></table>`;
  const begun = rounds.filter(({ start }) => start <= now);
  const ahead = rounds.filter(({ start }) => start > now);
  const later =
    ahead.length === 0
      ? ''
      : html`<details><summary>${t(`还没到时候的 ${n(ahead.length)} 轮`, `${n(ahead.length)} rounds to come`)}</summary>!${table(ahead)}</details>`;
  return html`<h2 id="rounds">${t('每一轮', 'Rounds')}</h2>!${from}!${begun.length === 0 ? '' : table(begun)}!${later}`;
}

const datumWords = {
  gcj02: { zh: '高德、腾讯地图（GCJ-02）', en: 'GCJ-02' },
  bd09: { zh: '百度地图（BD-09）', en: 'BD-09' },
} as const;

/** Who set out on the day and who is out now. */
function walksOf({ language, zone }: DeskFrame, { walks }: Patrol): string {
  if (walks.length === 0) return '';
  const t = sayIn(language);
  const lines = walks.map(({ person, startedAt, endedAt, isOn }) => {
    const from = dayAndTime(startedAt, zone, language);
    const until = endedAt === null ? '' : clockOf(endedAt, zone);
    return isOn
      ? html`<li><span class="near">◐ ${t('正在巡', 'walking now')}</span> ${person} · ${t(`${from} 开始`, `since ${from}`)}</li>`
      : html`<li>${person} · ${from}–${until === '' ? t('（没有按结束）', '(not ended)') : until}</li>`;
  });
  return html`<h2>${t('谁去巡了', 'Walks')}</h2><ul class="plain">!${lines}</ul>`;
}

function spotTable({ language, zone }: DeskFrame, { id, day, area, spots }: Patrol): string {
  const t = sayIn(language);
  const heads = [
    t('点位', 'Place'),
    t('打到的轮数', 'Rounds ticked'),
    t('最长没人到', 'Longest without'),
    t('最近一次', 'Last'),
  ];
  const rows = spots.map(
    ({ id: placeId, name, point, radiusM, doubt, rounds, ticked, gap, lastAt, lastBy }) =>
      html`<tr><th scope="row">${name} <span class="soft small">${point === null ? t('只凭点位码', 'by sticker only') : t(`${point.lon}, ${point.lat}，${n(radiusM)} 米以内`, `${point.lon}, ${point.lat}, within ${n(radiusM)} m`)}</span>!${doubt === null ? '' : html`<p class="near small">▲ ${t(`不在${area}里，像是${datumWords[doubt.datum].zh}的坐标：要是，改成 ${doubt.lon},${doubt.lat}`, `Outside ${area}; looks like ${datumWords[doubt.datum].en}: if so write ${doubt.lon},${doubt.lat}`)}</p>`}</th><td data-label="${heads[1]}"><a href="${ticksAt(id, day, { place: placeId })}">${n(ticked)} / ${n(rounds)}</a></td><td data-label="${heads[2]}">!${rounds === 0 ? t('还没到时候', 'not over yet') : gap === null ? html`<span class="settled">● ${t('没有空档', 'none')}</span>` : html`<span class="near">${t(`${hours({ start: gap.from, end: gap.to }, zone)}，${n(gap.rounds)} 轮`, `${hours({ start: gap.from, end: gap.to }, zone)}, ${n(gap.rounds)} rounds`)}</span>`}</td><td data-label="${heads[3]}">${lastAt === null ? t('从来没有', 'never') : dayAndTime(lastAt, zone, language)}!${lastBy === null ? '' : html` <span class="soft small">${lastBy}</span>`}</td></tr>`,
  );
  return html`<h2>${t('每个点', 'Places')}</h2><table class="records"><thead><tr>!${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`;
}

const LATE_MIN = 60;

function tickTable(frame: DeskFrame, { patrol, ticks, chosen }: PatrolShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const round = patrol.rounds.find(({ start }) => start.getTime() === chosen.from?.getTime());
  const spot = patrol.spots.find(({ id }) => id === chosen.placeId);
  const which = [round && hours(round, zone), spot?.name].filter((part) => part !== undefined).join(' · ');
  const all =
    which === '' ? '' : html` <a href="${ticksAt(patrol.id, patrol.day, {})}">${t('看这天全部', 'All of the day')}</a>`;
  const heading = html`<h2 id="ticks">${t('打点记录', 'Ticks')}${which === '' ? '' : ` · ${which}`}</h2><p class="soft small">${t('不算数的也都在这里，写着为什么。位置只有本人看得到。', 'What does not count stands here as well, with why. Positions are seen by whoever made them only.')}!${all}</p>`;
  if (ticks.length === 0) return html`!${heading}<p>${t('没有记录。', 'None.')}</p>`;
  const heads = [t('时间', 'Time'), t('点位', 'Place'), t('谁', 'Who'), t('怎么打的', 'How'), t('算不算', 'Counts')];
  const rows = ticks.map((tick) => {
    const { madeAt, lateMin, place, person, how, verdict, inRound, distanceM, accuracyM, reason, own } = tick;
    const metres =
      distanceM === null
        ? ''
        : t(
            `离点 ${n(distanceM)} 米，误差 ${n(accuracyM ?? 0)} 米`,
            `${n(distanceM)} m away, within ${n(accuracyM ?? 0)} m`,
          );
    const late = lateMin < LATE_MIN ? '' : t(`晚到 ${lateWords(lateMin, t)}`, `arrived ${lateWords(lateMin, t)} later`);
    const mine =
      own === null
        ? ''
        : t(
            `您的位置 ${own.lon}, ${own.lat}，存到 ${own.keptUntil}`,
            `you stood at ${own.lon}, ${own.lat}; kept until ${own.keptUntil}`,
          );
    const counts = html`<span class="${verdict === 'counted' ? 'settled' : 'near'}">${verdict === 'counted' ? '●' : '▲'} ${verdictWords[verdict][language]}</span>!${verdict !== 'counted' || inRound ? '' : html` <span class="soft small">${t('不在任何一轮的时间里，不补空档', 'within no round, fills no gap')}</span>`}`;
    return html`<tr><th scope="row">${dayAndTime(madeAt, zone, language)}!${late === '' ? '' : html` <span class="near small">${late}</span>`}</th><td data-label="${heads[1]}">${place}</td><td data-label="${heads[2]}">${person}</td><td data-label="${heads[3]}">${howWords[how][language]}!${metres === '' ? '' : html` <span class="soft small">${metres}</span>`}!${mine === '' ? '' : html`<p class="soft small">${mine}</p>`}</td><td data-label="${heads[4]}">!${counts}!${reason === null ? '' : html`<p class="small">${reason}</p>`}</td></tr>`;
  });
  return html`!${heading}<table class="records"><thead><tr>!${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`;
}

const lateWords = (minutes: number, t: Say): string =>
  minutes >= 2880
    ? t(`${Math.round(minutes / 1440)} 天`, `${Math.round(minutes / 1440)} days`)
    : t(`${Math.round(minutes / 60)} 小时`, `${Math.round(minutes / 60)} h`);

const may = ({ can }: Patrol, wanted: 'change' | 'close'): boolean =>
  can.some(({ act, allowed }) => act === wanted && allowed);

function acts(frame: DeskFrame, { patrol }: PatrolShown): string {
  const t = sayIn(frame.language);
  if (!may(patrol, 'change')) return '';
  const link = html`${PATROLS}/${patrol.id}`;
  return html`<p class="ways"><a class="button" href="${link}/change">${t('改方案', 'Change the plan')}</a> <a class="button" href="${link}/stickers">${t('打印点位码', 'Print stickers')}</a></p>`;
}

function closing(frame: DeskFrame, { patrol, newId }: PatrolShown): string {
  const t = sayIn(frame.language);
  if (!may(patrol, 'close')) return '';
  const link = html`${PATROLS}/${patrol.id}`;
  return html`<div class="panel"><p class="soft small">${t(`打点的位置存 ${patrol.positionDays} 天，到日子自动删。${dayIn(patrol.openedAt, frame.zone)} 起。`, `Positions of ticks are kept for ${patrol.positionDays} days. Since ${dayIn(patrol.openedAt, frame.zone)}.`)}</p>
<details><summary>${t('结束这项巡查', 'Close it')}</summary><form method="post" action="${link}/close"><input type="hidden" name="commandId" value="${newId()}"><p>${t('从手机上撤下，不能再开；以前的记录都留着，结束前打的点照样收。', 'It leaves the phones for good; what was recorded stays, and ticks made before still count.')}</p><p><button class="danger">${t('结束', 'Close')}</button></p></form></details></div>`;
}
