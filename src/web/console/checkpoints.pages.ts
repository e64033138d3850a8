import { html } from 'ghtml';
import type { z } from 'zod';
import {
  checkpointChiefs,
  type checkpointDetail,
  type checkpointView,
  type GateRule,
} from '../../domains/work/checkpoints/checkpoint.model.ts';
import type { logView } from '../../domains/work/checkpoints/gate.model.ts';
import { type Asked, checkpointKindWords, type Mode, modeWords } from '../../domains/work/checkpoints/kind.model.ts';
import type { guardView } from '../../domains/work/checkpoints/roster.model.ts';
import { n } from '../ui/count.ts';
import type { Fault } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';

/** Checkpoints at the desk: those there are, which rule holds, who is on duty and what waits. */
export type CheckpointLine = z.output<typeof checkpointView>;
export type Checkpoint = z.output<typeof checkpointDetail>;

export type GateLog = z.output<typeof logView>;
export type Guard = z.output<typeof guardView>;
export interface Opened {
  readonly values: Partial<Readonly<Record<Asked, string>>>;
}

export interface CheckpointShown {
  readonly checkpoint: Checkpoint;
  readonly log: GateLog;
  /** Who can be put down; for whoever enters shifts. */
  readonly guards: readonly Guard[];
  /** What was asked of somebody, looked up a moment ago. */
  readonly opened: Opened | null;
  readonly today: string;
  /** What was typed and refused. */
  readonly typed: Readonly<Record<string, string>>;
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export const CHECKPOINTS = '/console/checkpoints';
const title = { zh: '卡口', en: 'Checkpoints' };

export const hoursSaid = ({ opens, closes }: Pick<CheckpointLine, 'opens' | 'closes'>, t: Say): string =>
  opens === closes ? t('昼夜开放', 'round the clock') : `${opens}–${closes}`;

/** A mark besides the colour, so that it is seen on a printed sheet too. */
export const modeMark = (mode: Mode, language: DeskFrame['language']): string =>
  mode === 'emergency'
    ? html`<span class="late">▲ ${modeWords.emergency[language]}</span>`
    : html`<span class="settled">● ${modeWords.normal[language]}</span>`;

export function checkpointsPage(frame: DeskFrame, all: readonly CheckpointLine[]): string {
  const { language } = frame;
  const t = sayIn(language);
  const isChief = holdsOneOf(frame, checkpointChiefs);
  const standing = all.filter(({ stage }) => stage === 'open');
  const count = (kind: CheckpointLine['kind']): number => standing.filter((one) => one.kind === kind).length;
  const kinds = [...new Set(standing.map(({ kind }) => kind))].map(
    (kind) => `${checkpointKindWords[kind][language]} ${n(count(kind))}`,
  );
  const emergencies = standing.filter(({ mode }) => mode === 'emergency').length;
  const said =
    standing.length === 0
      ? t('现在没有在用的卡口。', 'None is in use now.')
      : t(
          `在用 ${n(standing.length)} 个（${kinds.join('，')}），其中 ${n(emergencies)} 个是战时。`,
          `${n(standing.length)} in use (${kinds.join(', ')}), ${n(emergencies)} of them on emergency rules.`,
        );
  const none = isChief
    ? t(
        '还没有卡口。按“设卡口”：写下在哪里、几点到几点、平时和战时各按什么规则。',
        'None yet. Set one up: where, from when to when, and the rules for normal days and for emergencies.',
      )
    : t('您这里现在没有卡口。', 'There is no checkpoint where you work.');
  return desk(
    frame,
    title,
    html`<h1>${t('卡口', 'Checkpoints')}</h1>
!${isChief ? html`<p class="ways"><a class="button" href="${CHECKPOINTS}/new">${t('设卡口', 'Set one up')}</a></p>` : ''}
!${all.length === 0 ? html`<p>${none}</p>` : html`<p>${said}</p><ul class="parts">!${all.map((one) => line(frame, one))}</ul>`}`,
  );
}

function line({ language, zone, now }: DeskFrame, one: CheckpointLine): string {
  const t = sayIn(language);
  const link = html`${CHECKPOINTS}/${one.id}`;
  const where = html`<p class="soft small">${checkpointKindWords[one.kind][language]} · ${one.area} · ${hoursSaid(one, t)}</p>`;
  if (one.stage === 'closed')
    return html`<li><h2><a href="${link}">${one.name}</a></h2><p class="soft">– ${t('已撤', 'taken down')}</p>!${where}</li>`;
  const since = dayAndTime(one.modeSince, zone, language);
  const { passedToday, refusedToday, waiting } = one;
  return html`<li><h2><a href="${link}">${one.name}</a></h2>
<p>!${modeMark(one.mode, language)} ${t(`从 ${since} 起`, `since ${since}`)} · <a href="${link}#roster">!${onDutySaid(one, t)}</a></p>
<p><a href="${link}#log">${t(`今天过 ${n(passedToday)}，劝返 ${n(refusedToday)}`, `${n(passedToday)} passed today, ${n(refusedToday)} turned back`)}</a>!${waiting === 0 ? '' : html` · <a href="${link}#goods">${t(`物资 ${n(waiting)} 件待领`, `${n(waiting)} goods waiting`)}</a>`} · <a href="${link}#cleanings">!${cleanSaid(one, { language, zone, now })}</a></p>
!${where}</li>`;
}

/** Who is on duty; nobody at an open gate stands out. */
export function onDutySaid({ onDuty, isOpen }: Pick<CheckpointLine, 'onDuty' | 'isOpen'>, t: Say): string {
  if (onDuty.length > 0) {
    const who = onDuty.map(({ name }) => name).join(t('、', ', '));
    return html`${t(`在岗：${who}`, `on duty: ${who}`)}`;
  }
  if (!isOpen) return html`${t('现在不开放', 'not open now')}`;
  return html`<span class="late">▲ ${t('没人在岗', 'nobody on duty')}</span>`;
}

export function cleanSaid(
  { lastCleanedAt, cleanBy }: Pick<CheckpointLine, 'lastCleanedAt' | 'cleanBy'>,
  { language, zone, now }: Pick<DeskFrame, 'language' | 'zone' | 'now'>,
): string {
  const t = sayIn(language);
  const last =
    lastCleanedAt === null
      ? t('还没消杀过', 'never disinfected')
      : t(
          `上次消杀 ${dayAndTime(lastCleanedAt, zone, language)}`,
          `disinfected ${dayAndTime(lastCleanedAt, zone, language)}`,
        );
  const isLate = cleanBy !== null && cleanBy <= now;
  return html`${last}!${isLate ? html` <span class="near">▲ ${t('该消杀了', 'due')}</span>` : ''}`;
}

/** The two rules as they hold from now on. */
export function rulesNow({ rules }: Pick<Checkpoint, 'rules'>): Readonly<Record<Mode, GateRule>> {
  const of = (mode: Mode): GateRule => {
    const rule = rules.find((one) => one.mode === mode && one.until === null);
    if (!rule) throw new Error(`a checkpoint without a rule for ${mode}`);
    return rule.rule;
  };
  return { normal: of('normal'), emergency: of('emergency') };
}

export const everySaid = (minutes: number | null, t: Say): string =>
  minutes === null ? t('不消杀', 'none') : t(`每 ${n(minutes)} 分钟一次`, `every ${n(minutes)} minutes`);
