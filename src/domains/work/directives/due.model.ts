import { Temporal } from 'temporal-polyfill';
import { chineseNumber } from '../../../kernel/chinese_number.ts';
import type { Words } from '../../../kernel/words.ts';

/** A deadline as a notice writes it, the day it means, and how it was understood. What is not understood stays open. */
export const dueKinds = ['day', 'lasting', 'open'] as const;

export interface Due {
  readonly kind: (typeof dueKinds)[number];
  readonly on: string | null;
  readonly written: string | null;
  readonly how: Words;
}

type Found = Due & { readonly at: number; readonly written: string };

const open = (written: string | null, zh: string, en: string): Due => ({
  kind: 'open',
  on: null,
  written,
  how: { zh, en },
});
const NONE = open(null, '没有写期限，请填', 'no deadline is written; give one');

/** `text`: what speaks of one item alone; `datedOn`: the day of the notice, from which years and weeks follow. */
export function dueIn(text: string, datedOn: string): Due {
  const plain = plainOf(text);
  const dated = Temporal.PlainDate.from(datedOn);
  const all = patterns.flatMap(({ pattern, read }) =>
    [...plain.matchAll(pattern)].map((match): Found => {
      const written = text.slice(match.index, match.index + match[0].length);
      return { ...read(match.groups ?? {}, dated), written, at: match.index };
    }),
  );
  return settled(outermost(all));
}

/** Of two that overlap the longer one: 6月底前 is no 底前 of its own. */
function outermost(all: readonly Found[]): Found[] {
  const ordered = [...all].sort((one, other) => one.at - other.at || other.written.length - one.written.length);
  const kept: Found[] = [];
  for (const one of ordered) {
    const last = kept.at(-1);
    if (!last || one.at >= last.at + last.written.length) kept.push(one);
  }
  return kept;
}

/** One day is taken; several different ones are for the person to choose from. */
function settled(found: readonly Found[]): Due {
  const [first] = found;
  if (!first) return NONE;
  const days = new Set(found.map(({ kind, on }) => `${kind} ${on}`));
  const { kind, on, written, how } = first;
  if (days.size === 1) return { kind, on, written, how };
  const said = found.map((one) => one.written).join('、');
  return open(said, `写了几个时间：${said}，请选一个`, `several times are written: ${said}; choose one`);
}

type Groups = Readonly<Record<string, string | undefined>>;
type Read = Pick<Due, 'kind' | 'on' | 'how'>;
interface Pattern {
  readonly pattern: RegExp;
  readonly read: (groups: Groups, dated: Temporal.PlainDate) => Read;
}

const day = (date: Temporal.PlainDate, zh: string, en: string): Read => ({
  ...{ kind: 'day', on: date.toString() },
  how: { zh: `${zh}，按 ${date.toString()} 当天算完`, en: `${en}: until the end of ${date.toString()}` },
});
const unread = (zh: string, en: string): Read => ({ kind: 'open', on: null, how: { zh, en } });

const lastOf = (date: Temporal.PlainDate): Temporal.PlainDate => date.with({ day: date.daysInMonth });

/** Without a year: that of the notice, or the next where the month is over on its day. */
function yearOf(
  { y, next }: Groups,
  month: number,
  dated: Temporal.PlainDate,
): { year: number; zh: string; en: string } {
  if (next) return { year: dated.year + 1, zh: '明年', en: 'next year' };
  if (y) return { year: Number(y), zh: '写明的日子', en: 'the day as written' };
  const over = month < dated.month;
  return over
    ? {
        year: dated.year + 1,
        zh: `没写年份，发文时 ${month} 月已过，按次年`,
        en: 'no year; the month was over, so the next',
      }
    : { year: dated.year, zh: '没写年份，按发文那年', en: 'no year; that of the notice' };
}

function onDay(groups: Groups, dated: Temporal.PlainDate): Read {
  const month = Number(groups.m);
  const { year, zh, en } = yearOf(groups, month, dated);
  try {
    const date = Temporal.PlainDate.from({ year, month, day: Number(groups.d) }, { overflow: 'reject' });
    return day(date, zh, en);
  } catch {
    return unread('没有这一天，请核对', 'there is no such day; check it');
  }
}

function endOfMonth(groups: Groups, dated: Temporal.PlainDate): Read {
  const month = Number(groups.m);
  if (month < 1 || month > 12) return unread('没有这个月，请核对', 'there is no such month; check it');
  const { year, zh, en } = yearOf(groups, month, dated);
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const part = groups.part ?? '';
  const at = part.startsWith('上')
    ? first.with({ day: 10 })
    : part.startsWith('中')
      ? first.with({ day: 20 })
      : lastOf(first);
  const end = part.endsWith('旬') ? `${part}按最后一天` : '月底';
  return day(at, `${zh}，${end}`, `${en}; the last day of it`);
}

const within: Readonly<Record<string, string>> = { 日: 'days', 天: 'days', 周: 'weeks', 个月: 'months' };

function after({ n, unit = '' }: Groups, dated: Temporal.PlainDate): Read {
  const name = within[unit];
  if (name === undefined || n === undefined) return unread('没看懂，请填一个日子', 'not understood; give a day');
  return day(dated.add({ [name]: Number(n) }), `从发文那天起 ${n} ${unit}`, `${n} ${name} from the day of the notice`);
}

const YEAR = '(?:(?<y>20\\d{2})\\s*年\\s*|(?<next>明年|次年)|(?:今年|当年|本年))?';
const BEFORE = '(?:以前|之前|前|止|底前)';
const DONE = '(?:前|以前|之前|止|完成|办结|到位|上报|报送|结束)';
const re = (source: string): RegExp => new RegExp(source, 'g');
const lasting: Read = {
  ...{ kind: 'lasting', on: null },
  how: { zh: '写明长期，没有截止的日子', en: 'for good, without an end' },
};
const again = unread(
  '写的是定期要做；一个事项只有一个期限，请填截止日子，或勾“长期坚持”',
  'repeated work: give the last day, or tick “for good”',
);

const patterns: readonly Pattern[] = [
  // 2021年6月30日前, 6月30日之前, 于6月30日完成, 至6月30日
  {
    pattern: re(
      `${YEAR}(?<m>\\d{1,2})\\s*月\\s*(?<d>\\d{1,2})\\s*[日号]\\s*(?:\\d{1,2}[:时点]\\d{0,2}分?)?\\s*(?:${BEFORE}|(?=[^，。；、\\n]{0,4}${DONE}))`,
    ),
    read: onDay,
  },
  {
    pattern: re(`(?:至|到|截至|截止)\\s*${YEAR}(?<m>\\d{1,2})\\s*月\\s*(?<d>\\d{1,2})\\s*[日号](?:${BEFORE})?`),
    read: onDay,
  },
  // After the word itself no 前 is needed: 完成时限：2021年6月30日
  {
    pattern: re(
      `(?:时限|期限|完成时间|截止时间|办结时间)\\s*[:：]?\\s*${YEAR}(?<m>\\d{1,2})\\s*月\\s*(?<d>\\d{1,2})\\s*[日号](?:${BEFORE})?`,
    ),
    read: onDay,
  },
  { pattern: re(`(?<y>20\\d{2})[-./](?<m>\\d{1,2})[-./](?<d>\\d{1,2})(?:日)?(?:${BEFORE})?`), read: onDay },
  { pattern: re(`(?<![\\d.])(?<m>1[0-2]|[1-9])\\.(?<d>[12]\\d|3[01]|[1-9])(?:日)?${BEFORE}`), read: onDay },
  {
    pattern: re(`(?:本|当)月\\s*(?<d>\\d{1,2})\\s*[日号]${BEFORE}`),
    read: ({ d }, dated) => onDay({ m: String(dated.month), d }, dated),
  },
  { pattern: re(`${YEAR}(?<m>\\d{1,2})\\s*月\\s*(?<part>上旬|中旬|下旬|底|末|份?内)(?:${BEFORE})?`), read: endOfMonth },
  // 6月前: before that month begins or by its end? Both are meant by somebody.
  {
    pattern: re(`${YEAR}\\d{1,2}\\s*月(?:份)?(?:以前|之前|前)`),
    read: () => unread('“几月前”算月初还是月底，说法不一，请填', 'before the month, or by its end? give the day'),
  },
  {
    pattern: re('(?:(?<y>20\\d{2})年|(?<next>明年|次年)|今年|本年|当年)?(?:年底前?|年末前?|年内|底前)'),
    read: ({ y, next }, dated) => {
      const year = y ? Number(y) : dated.year + (next ? 1 : 0);
      return day(
        Temporal.PlainDate.from({ year, month: 12, day: 31 }),
        next ? '明年年底' : '年底',
        'the end of the year',
      );
    },
  },
  {
    pattern: re('(?<![\\d个每年])(?:本|当)?月底前?'),
    read: (_, dated) => day(lastOf(dated), '发文那个月的月底', 'the end of the month of the notice'),
  },
  {
    pattern: re('(?<!每)(?<next>下)?(?:本)?(?:周|星期)(?<w>[一二三四五六日天])(?:下班)?(?:以前|之前|前)'),
    read: ({ w = '', next }, dated) => {
      const wanted = w === '天' ? 7 : '一二三四五六日'.indexOf(w) + 1;
      const at = dated.add({ days: wanted - dated.dayOfWeek + (next ? 7 : 0) });
      return day(at, next ? '发文后一周的那天' : '发文那一周的那天', 'that day of the week of the notice');
    },
  },
  {
    pattern: re('(?<n>\\d{1,3})\\s*个?工作日(?:之|以)?内'),
    read: () => unread('按工作日数，要看节假日，请填一个日子', 'counted in working days: give the day'),
  },
  { pattern: re('(?<n>\\d{1,3})\\s*(?<unit>个月|日|天|周)(?:之|以)?内'), read: after },
  {
    pattern: re('\\d{1,3}\\s*(?:个)?小时(?:之|以)?内'),
    read: () => unread('按小时数；一个事项的期限是一个日子，请填', 'counted in hours: give the day'),
  },
  {
    pattern: re('(?:立即|立刻|马上|即刻|第一时间)'),
    read: (_, dated) =>
      day(dated, '“立即”没有日子，先按发文当天，请核对', 'at once: the day of the notice, to be checked'),
  },
  { pattern: re('(?:长期坚持|长期推进|长期|持续推进|持续开展|常态化|常抓不懈|全年)'), read: () => lasting },
  {
    pattern: re(
      '(?:每(?:周|星期|月|季度?|半年|年|日|天)(?:[一二三四五六日天](?!内))?(?:\\d{1,2}[日号])?(?:底)?(?:前|之前)?)',
    ),
    read: () => again,
  },
  {
    pattern: re(
      '(?:入汛|汛期|主汛期|防火期|节日?|会议?|春耕|开学|汛期来临|雨季|入冬|供暖)(?:开始|结束|到来|来临)?(?:之前|以前|前)(?!提)',
    ),
    read: () => unread('没写是哪一天，请填', 'no day is written; give one'),
  },
];

const numerals = '〇一二三四五六七八九';

/** Full width and Chinese figures of dates as digits, each at its own place: the length never changes. */
export function plainOf(text: string): string {
  const half = text.replace(/[０-９．：]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
  return half
    .replace(/[〇零○一二三四五六七八九]{4}(?=年)/g, (year) => [...year].map(digit).join(''))
    .replace(
      /[一二三四五六七八九十]{1,3}(?=(?:月|日|号|天内|日内|天之内|天以内|个工作日|个月内|周内|日前|小时))/g,
      (said) => padded(said),
    );
}

const digit = (one: string): string => (/[零○]/.test(one) ? '0' : String(numerals.indexOf(one)));

/** 三十一 as ` 31`: what is shorter than it was said is filled up before it. */
function padded(said: string): string {
  const value = chineseNumber(said);
  return value === null ? said : String(value).padStart(said.length, ' ');
}
