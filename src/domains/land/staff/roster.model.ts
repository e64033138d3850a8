import { defineProblems } from '../../../kernel/problem.ts';
import { cellOfRow, type GivenRow } from '../areas/intake.model.ts';
import { type Role, roleNames, roles } from './staff.model.ts';

/** A table of staff as it came: each row says one body, one post at a place, one person, or any of these together. */
export interface RosterRow {
  readonly given: GivenRow;
  readonly name: string;
  readonly phone: string;
  readonly login: string;
  readonly role: string;
  readonly area: string;
  readonly body: string;
  readonly bodyCode: string;
  readonly bodyKind: string;
  readonly hours: string;
  readonly charge: string;
  readonly rank: string;
  readonly mode: string;
}

type Column = Exclude<keyof RosterRow, 'given'>;

const titles: Readonly<Record<Column, readonly string[]>> = {
  name: ['姓名', '人员', 'name', 'person'],
  phone: ['手机', '手机号', '手机号码', '电话', '联系电话', 'phone', 'mobile'],
  login: ['账号', '登录名', 'login', 'account'],
  role: ['岗位', 'role', 'post'],
  area: ['区域', '区域编码', '所在区域', 'area', 'area_code'],
  body: ['单位', '单位名称', '部门', 'body', 'department'],
  bodyCode: ['单位编码', '统一社会信用代码', 'body_code'],
  bodyKind: ['单位类型', 'body_kind'],
  hours: ['工作时间', 'hours'],
  charge: ['包保', '包保事项', 'charge'],
  rank: ['包保级别', 'rank'],
  mode: ['时期', 'mode'],
};
const columns = Object.keys(titles) as Column[];

/** What a table of this kind may have for titles, in one language. */
export const rosterTitles = (language: 'zh' | 'en'): string =>
  columns
    .map((column) => titles[column].find((title) => /^[\x20-\x7e]+$/.test(title) === (language === 'en')) ?? '')
    .join(language === 'zh' ? '、' : ', ');

export function readRosterRow(given: GivenRow): RosterRow {
  const cells = columns.map((column) => [column, cellOfRow(given, titles[column]).normalize('NFKC').trim()] as const);
  return { given, ...(Object.fromEntries(cells) as Record<Column, string>) };
}

/** At least a person, a post or a body has its column. */
export const isRoster = ({ cells }: GivenRow): boolean =>
  [...titles.name, ...titles.role, ...titles.body].some((title) => title in cells);

const plain = (text: string): string => text.trim().toLowerCase();

export const roleOf = (typed: string): Role | undefined =>
  roleNames.find((role) => [String(role), roles[role].words.zh, roles[role].words.en].includes(plain(typed)));

/** 139 0000-0001, +86 139…: one number, one writing. */
export const phoneOf = (typed: string): string => typed.replace(/[\s-]/g, '').replace(/^(?:\+|00)86/, '');
/** A number of one person; a landline may be a whole office's. */
export const isMobile = (phone: string): boolean => /^1\d{10}$/.test(phone);

const ranks = {
  county: ['县级', '区级', '市级', 'county'],
  town: ['乡镇级', '街道级', '乡级', 'town'],
  community: ['社区级', '村级', 'community'],
  grid: ['网格级', 'grid'],
  building: ['楼栋级', 'building'],
  paired: ['结对', '包联', '', 'paired'],
} as const;
const modes = { normal: ['平时', '', 'normal'], emergency: ['应急', '战时', 'emergency'] } as const;

const keyOf = <K extends string>(words: Readonly<Record<K, readonly string[]>>, typed: string): K | undefined =>
  (Object.keys(words) as K[]).find((key) => words[key].includes(plain(typed)));
export const rankOf = (typed: string): keyof typeof ranks | undefined => keyOf(ranks, typed);
export const modeOf = (typed: string): keyof typeof modes | undefined => keyOf(modes, typed);
const hours = { office: ['办公时间', '', 'office'], allDay: ['全天', '24小时', 'all day'] } as const;
export const hoursOf = (typed: string): keyof typeof hours | undefined => keyOf(hours, typed);

export const rosterProblems = defineProblems({
  'roster.columns': {
    status: 422,
    title: { zh: '{file} 里没有姓名、岗位或单位这样的列', en: '{file} has no column for a person, post or body' },
    hint: {
      zh: '第一行要有列名，可以有：{titles}。没有改动任何内容。',
      en: 'The first line needs titles, out of: {titlesEn}. Nothing was changed.',
    },
  },
  'roster.empty': {
    status: 422,
    title: { zh: '这一行没有单位、岗位，也没有姓名', en: 'This row names no body, no post and no person' },
    hint: { zh: '请补上，或者删掉这一行。', en: 'Fill it in or remove the row.' },
  },
  'roster.too_long': {
    status: 422,
    title: { zh: '“{column}”超过 60 个字', en: '“{column}” has more than 60 characters' },
    hint: { zh: '请核对是不是几列合到了一起。', en: 'Check whether columns ran together.' },
  },
  'roster.phone': {
    status: 422,
    title: { zh: '电话不像电话', en: 'The phone does not look like one' },
    hint: {
      zh: '请写 5 到 20 位数字。Excel 里要设成文本，不要变成 1.39E+10。',
      en: 'Write 5–20 digits. In a spreadsheet keep it as text, not 1.39E+10.',
    },
  },
  'roster.login': {
    status: 422,
    title: { zh: '账号“{login}”不合要求', en: '“{login}” cannot be a login' },
    hint: {
      zh: '2–40 位小写字母、数字，可以用 . _ -；不要用手机号。空着就自动编。',
      en: '2–40 small letters and digits, with . _ - allowed, and no phone number. Left empty, one is made.',
    },
  },
  'roster.role': {
    status: 422,
    title: { zh: '没有叫“{role}”的岗位', en: 'No post is called “{role}”' },
    hint: { zh: '可以写：{known}。', en: 'It may be: {knownEn}.' },
  },
  'roster.word': {
    status: 422,
    title: { zh: '“{word}”看不懂', en: '“{word}” is not understood' },
    hint: { zh: '这里可以写：{known}', en: 'It may be: {knownEn}' },
  },
  'roster.area_missing': {
    status: 422,
    title: { zh: '这个岗位设在区域，这一行没有写区域', en: 'This post stands at an area, and the row names none' },
    hint: { zh: '请写区域编码，或“街道/社区/网格”。', en: 'Write its code, or “town/community/grid”.' },
  },
  'roster.area': {
    status: 404,
    title: { zh: '没有编码或名称是“{area}”的区域', en: 'No area has the code or name “{area}”' },
    hint: {
      zh: '请先用 jingwei import areas 建立，或者核对写法。',
      en: 'Set it up with jingwei import areas first, or check how it is written.',
    },
  },
  'roster.area_unclear': {
    status: 409,
    title: { zh: '有 {count} 个区域叫“{area}”', en: '{count} areas are called “{area}”' },
    hint: {
      zh: '请写编码，或把上级写在前面：上级/下级。',
      en: 'Write its code, or what lies above in front: above/below.',
    },
  },
  'roster.body_missing': {
    status: 422,
    title: { zh: '“{role}”设在单位里，这一行没有写单位', en: '“{roleEn}” stands in a body, and the row names none' },
    hint: { zh: '请补上单位名称或编码。', en: 'Add the name or code of the body.' },
  },
  'roster.body_kind': {
    status: 422,
    title: {
      zh: '“{body}”还没有登记，要写单位类型（现在是“{kind}”）',
      en: '“{body}” is new and needs a kind (now “{kind}”)',
    },
    hint: { zh: '例如：{known}。', en: 'Such as: {knownEn}.' },
  },
  'roster.body_differs': {
    status: 409,
    title: {
      zh: '已有的“{body}”和这一行不同（{what}）',
      en: '“{body}” stands already and differs from this row ({what})',
    },
    hint: {
      zh: '是同一单位就把这一行改成一样；不是的话换一个名称。',
      en: 'If it is the same body, make the row agree; if not, give it another name.',
    },
  },
  'roster.same_name': {
    status: 409,
    title: {
      zh: '分不清是不是同一个人：还有同名的人',
      en: 'Somebody else has this name; it is not clear who is meant',
    },
    hint: {
      zh: '请在同名的每一行都写上电话或账号。',
      en: 'Write the phone or the login into every row of this name.',
    },
  },
  'roster.phone_of_another': {
    status: 409,
    title: { zh: '这个手机号已经是另一个名字的人', en: 'This mobile number belongs to somebody of another name' },
    hint: {
      zh: '请核对姓名和号码；一个手机号只能一个人用。',
      en: 'Check name and number; a mobile number is one person’s.',
    },
  },
  'roster.login_of_another': {
    status: 409,
    title: { zh: '账号“{login}”是另一个人的', en: 'The login “{login}” is somebody else’s' },
    hint: { zh: '请核对姓名，或者换一个账号。', en: 'Check the name, or choose another login.' },
  },
  'roster.login_differs': {
    status: 409,
    title: { zh: '这个人的账号是“{has}”，不是“{login}”', en: 'The login of this person is “{has}”, not “{login}”' },
    hint: { zh: '请改成原来的账号，或者空着。', en: 'Write the one there is, or leave it empty.' },
  },
});
