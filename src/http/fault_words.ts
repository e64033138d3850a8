import type { z } from 'zod';
import { statuses } from '../domains/work/casefiles/casefile.model.ts';
import { stages } from '../domains/work/photos/stage.model.ts';
import type { FieldFault } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { optionWords } from '../web/ui/fields.ts';

/** What a clerk reads of a value that was refused. Nothing of the checker's own language gets out: it is in English. */
export function faultWords(issue: z.core.$ZodIssue): FieldFault['says'] {
  switch (issue.code) {
    case 'too_big':
      if (issue.path.at(-1) === 'lat') return swapped;
      return (
        atMost[issue.origin]?.(Number(issue.maximum)) ??
        says(`不能大于 ${issue.maximum}`, `must not be more than ${issue.maximum}`)
      );
    case 'too_small':
      return (
        atLeast[issue.origin]?.(Number(issue.minimum)) ??
        says(`不能小于 ${issue.minimum}`, `must not be less than ${issue.minimum}`)
      );
    case 'invalid_type':
      if (issue.input === undefined) return says('没有填写', 'is missing');
      return kinds[issue.expected] ?? says('填写的不是这里要的内容', `must be ${issue.expected}`);
    case 'invalid_value':
      return choiceOf(issue.values.map(String));
    case 'unrecognized_keys':
      return says(`不认识的内容：${issue.keys.join('、')}`, `not known here: ${issue.keys.join(', ')}`);
    case 'invalid_format':
      return spoken[issue.message] ?? formats[issue.format] ?? unknown;
    default:
      return spoken[issue.message] ?? unknown;
  }
}

const says = (zh: string, en: string): Words => ({ zh, en });
/** Everywhere in China but in the far west a latitude taken for a longitude is too large to be one. */
const swapped = says(
  '纬度不能大于 90；经度和纬度好像写反了，经度填大的那个',
  'a latitude is at most 90; longitude and latitude seem to be swapped',
);
const unknown = says('写法不对', 'is not written as it should be');

const items = {
  most: (n: number): Words => says(`太多了，最多 ${n} 个`, `too many, at most ${n}`),
  least: (n: number): Words =>
    says(n <= 1 ? '一个都没有选' : `至少要 ${n} 个`, n <= 1 ? 'none is chosen' : `at least ${n}`),
};
const atMost: Readonly<Record<string, (n: number) => Words>> = {
  string: (n) => says(`太长了，最多 ${n} 个字`, `too long, at most ${n} characters`),
  array: items.most,
};
const atLeast: Readonly<Record<string, (n: number) => Words>> = {
  string: (n) => (n <= 1 ? says('不能为空', 'must not be empty') : says(`至少 ${n} 个字`, `at least ${n} characters`)),
  array: items.least,
};

const kinds: Readonly<Record<string, Words>> = {
  string: says('应当是文字', 'must be a text'),
  number: says('应当是数字', 'must be a number'),
  int: says('应当是整数', 'must be a whole number'),
  boolean: says('只能是“是”或“否”', 'must be yes or no'),
  array: says('应当是一列', 'must be a list'),
  object: says('应当是一组内容', 'must be a group of fields'),
};

const formats: Readonly<Record<string, Words>> = {
  guid: says(
    '编号不对，请从列表里选，或者刷新页面再试',
    'is not a number of ours; choose from the list, or reload the page',
  ),
  datetime: says('时间不对，例如 2026-11-20T16:40:00+08:00', 'not a time, such as 2026-11-20T16:40:00+08:00'),
  date: says('日期不对，例如 2026-11-20', 'not a date, such as 2026-11-20'),
  url: says('网址不对，要以 http:// 或 https:// 开头', 'not an address that begins with http:// or https://'),
};

const choices: Readonly<Record<string, Words>> = { ...stages, ...statuses, ...optionWords };

function choiceOf(values: readonly string[]): Words {
  const words = values.map((value) => choices[value] ?? says(value, value));
  return says(
    `请从这些里选：${words.map(({ zh }) => zh).join('、')}`,
    `choose one of: ${words.map(({ en }) => en).join(', ')}`,
  );
}

/** The models say in English what is wrong, for whoever programs; here it is in Chinese. A test finds what is missing. */
export const spoken: Readonly<Record<string, Words>> = Object.fromEntries(
  [
    says('应当是 5 到 20 位数字', '5–20 digits'),
    says('应当是 6 位数字', '6 digits'),
    says('应当是 64 位十六进制数', '64 hexadecimal digits'),
    says('应当是 16 位十六进制数', '16 hexadecimal digits'),
    says('应当是 2 的幂', 'a power of two'),
    says('只能是数字', 'digits'),
    says('应当是 2 到 40 个小写字母、数字或 . _ -', '2–40 small letters, digits, . _ -'),
    says('只能用小写字母、数字和单个连字符', 'small letters, digits and single hyphens'),
    says('年份不对，应在 1900 到 2199 之间', 'a day between 1900 and 2199'),
    says('时刻不对，例如 08:30', 'HH:MM'),
    says('时段的结束要晚于开始', 'a slot ends after it begins'),
    says('没有这个时区，例如 Asia/Shanghai', 'an IANA time zone'),
    says('时段要按先后写，不能重叠', 'slots in order, without overlap'),
    says('各段作息要按日期先后写', 'patterns in order of their days'),
    says('同一天只能有一条例外', 'one exception a day'),
    says('含有不能保存的字符，请删掉重新输入', 'no null character'),
    says('没有合上：最后一点要和第一点相同', 'the last point must be the first'),
    says('名称和编码至少填一个', 'a name or a code'),
    says(
      '日期格式里年、月、日各写一次，例如 YYYY-MM-DD HH:mm:ss',
      'names year, month and day once each: YYYY-MM-DD HH:mm:ss',
    ),
    says('西边要小于东边，南边要小于北边', 'west before east, south before north'),
    says('项目太多，存不进一份草稿', 'too many fields for a draft'),
    says('太长了，存不进一份草稿', 'too long for a draft'),
    says('经度和纬度要一起给', 'longitude and latitude come together'),
  ].map((words) => [words.en, words]),
);
