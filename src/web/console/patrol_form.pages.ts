import { html } from 'ghtml';
import type { z } from 'zod';
import { kindWords, patrolKinds } from '../../domains/work/patrols/kind.model.ts';
import type { walkerView } from '../../domains/work/patrols/patrol.model.ts';
import { placeLine, placesIn, windowsIn, windowsLine } from '../../domains/work/patrols/plan_lines.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { PATROLS, type Patrol } from './patrols.pages.ts';
import { sayIn } from './people.pages.ts';
import { areaOptions, type Choice } from './residents.pages.ts';

/** Planning a patrol and changing one: the same form, places a line each. */
type Fields = Readonly<Record<string, string>>;
export type Walker = z.output<typeof walkerView>;

export interface PlanShown {
  /** For a new one; null: the plan that is changed. */
  readonly areas: readonly Choice[] | null;
  readonly areaId: string;
  readonly patrolId: string | null;
  readonly walkers: readonly Walker[];
  readonly typed: Fields;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

/** As the form is filled in for a new plan. */
export const blankPlan: Fields = {
  ...{ kind: 'grid', everyMin: '120', windows: '08:00-18:00', positionDays: '30' },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`day${day}`, 'on'])),
};

/** A plan that is there, as it would have been typed. */
export function typedFrom({ title, rule, spots, named, pledgedOn }: Patrol): Fields {
  return {
    ...{ title, everyMin: String(rule.everyMin), windows: windowsLine(rule.windows), pledgedOn: pledgedOn ?? '' },
    ...{ seasonFrom: rule.season?.from ?? '', seasonTo: rule.season?.to ?? '' },
    places: spots
      .filter(({ isStanding }) => isStanding)
      .map(placeLine)
      .join('\n'),
    ...Object.fromEntries(rule.weekdays.map((day) => [`day${day}`, 'on'])),
    ...Object.fromEntries(
      named.flatMap(({ personId, contract }) => [
        [`walker-${personId}`, 'on'],
        [`contract-${personId}`, contract ?? ''],
      ]),
    ),
  };
}

/** What the form says, as the commands take it; what is wrong in it, they say. */
export function planIn(typed: Fields) {
  const { title, everyMin, windows = '', seasonFrom = '', seasonTo = '', places = '', pledgedOn = '' } = typed;
  const walkers = Object.keys(typed).flatMap((name) => {
    const personId = /^walker-(.+)$/.exec(name)?.[1];
    if (personId === undefined) return [];
    const contract = typed[`contract-${personId}`]?.trim() ?? '';
    return [{ personId, contract: contract === '' ? null : contract }];
  });
  const season = [seasonFrom, seasonTo].map((day) =>
    day
      .trim()
      .replace(/[./月]/g, '-')
      .replace(/日$/, ''),
  );
  return {
    title,
    rule: {
      ...{ everyMin: Number(everyMin), windows: windowsIn(windows) },
      weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => typed[`day${day}`] !== undefined),
      season: season.every((day) => day === '') ? null : { from: season[0], to: season[1] },
    },
    places: placesIn(places),
    walkers,
    pledgedOn: pledgedOn === '' ? null : pledgedOn,
  };
}

const everies: readonly (readonly [minutes: number, zh: string, en: string])[] = [
  ...([
    [15, '每 15 分钟', 'every 15 min'],
    [30, '每 30 分钟', 'every 30 min'],
    [60, '每小时', 'every hour'],
    [120, '每 2 小时', 'every 2 h'],
    [180, '每 3 小时', 'every 3 h'],
    [240, '每 4 小时', 'every 4 h'],
    [360, '每 6 小时', 'every 6 h'],
    [1440, '每个时段一轮', 'once in each window'],
  ] as const),
];

export function planPage(frame: DeskFrame, shown: PlanShown): string {
  const t = sayIn(frame.language);
  const { areas, areaId, patrolId, typed, fault, newId } = shown;
  const value = (name: string): string => typed[name] ?? '';
  const input = (name: string, zh: string, en: string, more: string, soft = ''): string =>
    html`<label for="${name}">${t(zh, en)}!${soft === '' ? '' : html` <span class="soft">${soft}</span>`}</label><input id="${name}" name="${name}" value="${value(name)}" autocomplete="off" !${more}>`;
  const heading =
    patrolId === null ? { zh: '安排巡查', en: 'Plan a patrol' } : { zh: '改巡查方案', en: 'Change the plan' };
  const back = patrolId === null ? PATROLS : html`${PATROLS}/${patrolId}`;
  const where =
    areas === null
      ? ''
      : html`<label for="areaId">${t('哪个地方', 'Where')} <span class="soft">${t('选网格，在那里任职的人就能去；换了再选谁去', 'choose a grid: who works there can go; then say who')}</span></label><div class="asked-in-line"><select id="areaId" name="areaId">!${areaOptions(areas, areaId)}</select><button name="ask" value="area" formnovalidate>${t('换地方', 'Change')}</button></div>`;
  const kind =
    areas === null
      ? ''
      : html`<label for="kind">${t('哪一类', 'Kind')}</label><select id="kind" name="kind">!${patrolKinds.map((one) => html`<option value="${one}"!${one === value('kind') ? ' selected' : ''}>${kindWords[one][frame.language]}</option>`)}</select>`;
  const kept =
    areas === null
      ? ''
      : input(
          'positionDays',
          '打点的位置存几天',
          'Days for which positions are kept',
          'inputmode="numeric" required maxlength="3"',
          t('到日子自动删，巡查的人在手机上看得到这个数', 'told to whoever walks'),
        );
  const days = [1, 2, 3, 4, 5, 6, 7].map(
    (day) =>
      html`<label class="pick"><input type="checkbox" name="day${day}"!${typed[`day${day}`] === undefined ? '' : ' checked'}>${t(`周${'一二三四五六日'[day - 1]}`, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day - 1] ?? '')}</label>`,
  );
  return desk(
    frame,
    heading,
    html`<p><a href="${back}">← ${patrolId === null ? t('巡查', 'Patrols') : t('回这项巡查', 'Back')}</a></p>
<h1>${t(heading.zh, heading.en)}</h1>
!${faultBox(fault)}
!${patrolId === null ? '' : html`<p class="soft">${t('从现在起按新的算；以前的按以前的，不改。名字、位置都没变的点，贴纸还能用。', 'It holds from now on; what was counted before stays. A place whose name and spot stay keeps its sticker.')}</p>`}
<form method="post" action="${patrolId === null ? html`${PATROLS}/new` : html`${back}/change`}"><input type="hidden" name="commandId" value="${newId()}">
!${where}
!${input('title', '叫什么', 'Its name', 'required minlength="2" maxlength="60"', t('手机上就显示这个名字，如：渡口村护林防火巡查', 'as phones show it'))}
!${kind}
<label for="places">${t('要到哪些点，一行一个', 'Places, a line each')} <span class="soft">${t('名字，知道就写经度,纬度，要几米以内算到就写几米', 'a name, longitude,latitude if known, and metres within which one is there')}</span></label>
<textarea id="places" name="places" rows="6" required placeholder="南门 112.9025,28.1025 50米&#10;水泵房">${value('places')}</textarea>
<fieldset><legend>${t('什么时候巡', 'When')}</legend>
<label for="everyMin">${t('隔多久一轮', 'How often')}</label><select id="everyMin" name="everyMin">!${everies.map(([minutes, zh, en]) => html`<option value="${minutes}"!${String(minutes) === value('everyMin') ? ' selected' : ''}>${t(zh, en)}</option>`)}</select>
!${input('windows', '一天里的哪些时段', 'Within which times of the day', 'required maxlength="60"', t('如 22:00-06:00，几段用逗号隔开；全天写 00:00-24:00', 'such as 22:00-06:00; several with commas'))}
<div class="days">!${days}</div>
!${input('seasonFrom', '一年里从', 'In the year from', 'maxlength="6" placeholder="10-15"', t('月-日；全年就空着', 'month-day; all year: empty'))}
!${input('seasonTo', '到', 'until', 'maxlength="6" placeholder="06-15"', t('可以跨年', 'may be in the next year'))}</fieldset>
!${walkerFields(frame, shown)}
!${input('pledgedOn', '签承诺书的日子', 'Day of the pledge', 'type="date"', t('没有就空着', 'empty: none'))}
!${kept}
<p><button class="primary">${patrolId === null ? t('安排', 'Plan it') : t('从现在起按这个', 'From now on')}</button></p></form>`,
  );
}

function walkerFields({ language }: DeskFrame, { walkers, typed }: PlanShown): string {
  const t = sayIn(language);
  if (walkers.length === 0)
    return html`<p class="near">▲ ${t('还没有人在那里任网格员、网格长或书记：先到“人员”里任命，才有人能巡。', 'Nobody holds a post there yet: appoint somebody under People first.')}</p>`;
  const rows = walkers.map(
    ({ personId, name, post }) =>
      html`<tr><td><label class="pick"><input type="checkbox" name="walker-${personId}"!${typed[`walker-${personId}`] === undefined ? '' : ' checked'}>${name}</label></td><td class="soft" data-label="${t('岗位', 'Post')}">${post[language]}</td><td data-label="${t('合同编号', 'Contract')}"><input name="contract-${personId}" value="${typed[`contract-${personId}`] ?? ''}" maxlength="60" aria-label="${t(`${name}的合同编号`, `Contract of ${name}`)}" autocomplete="off"></td></tr>`,
  );
  return html`<fieldset><legend>${t('谁去', 'Who')} <span class="soft">${t('一个都不选，就是在那里任职的都可以', 'none: whoever works there')}</span></legend><table class="beside"><thead><tr><th>${t('人', 'Person')}</th><th>${t('岗位', 'Post')}</th><th>${t('合同编号', 'Contract')} <span class="soft">${t('没有就空着', 'if any')}</span></th></tr></thead><tbody>!${rows}</tbody></table></fieldset>`;
}
