import type { Words } from '../../../../kernel/words.ts';
import { codedWord } from './code_lists.model.ts';
import type { Field } from './field.model.ts';
import { isOwn } from './own_code.model.ts';
import { covered, phoneNumber } from './phone_number.model.ts';
import { checkDigitOf, isCreditCode, isDay, isDisabilityNumber, plain } from './value.model.ts';

/** A cell as the ledger would keep it, or why it cannot be kept. Nothing is repaired that might have been meant otherwise. */
export type Canonical = { readonly value: string } | { readonly fault: Words };

export interface GivenCell {
  readonly text: string;
  readonly kind: 'text' | 'number' | 'date' | 'other';
}

const LONGEST = 200;

export function canonicalOf(field: Field, cell: GivenCell): Canonical {
  const text = cell.text.trim();
  if (text.length > LONGEST) return fault(`超过 ${LONGEST} 个字`, `longer than ${LONGEST} characters`);
  const own = isOwn(field.code) && field.type === 'text' ? ownText(text) : undefined;
  const known = codedWord(field.code, text);
  const coded = known === undefined ? undefined : { value: known };
  const given =
    own ?? coded ?? ofField[field.code]?.(written(text), cell) ?? readers[field.type]?.(plain(text), cell, field);
  return given ?? { value: written(text) };
}

/** Blanks between Han characters only make a name as wide as its neighbours. */
const written = (text: string): string =>
  text
    .trim()
    .normalize('NFKC')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ');

const fault = (zh: string, en: string): Canonical => ({ fault: { zh, en } });
type Reader = (text: string, cell: GivenCell, field: Field) => Canonical;

const readers: Partial<Record<Field['type'], Reader>> = {
  id_number: idNumber,
  phone: phoneNumber,
  date,
  sex: (text) =>
    /^(男|男性|M|male|1)$/i.test(text)
      ? { value: 'male' }
      : /^(女|女性|F|female|2)$/i.test(text)
        ? { value: 'female' }
        : fault(`“${short(text)}”不是男或女`, `“${short(text)}” is neither male nor female`),
  yes_no: (text) =>
    /^(是|有|√|✓|1|Y|yes|true|出租|已出租)$/i.test(text)
      ? { value: 'yes' }
      : /^(否|无|没有|×|✗|0|N|no|false|自住|未出租)$/i.test(text)
        ? { value: 'no' }
        : fault(`“${short(text)}”看不出是还是否`, `“${short(text)}” is neither yes nor no`),
  number,
  money,
  whole,
  choice,
  credit_code: (text) =>
    isCreditCode(text)
      ? { value: text.toUpperCase() }
      : fault('统一社会信用代码的校验位不对', 'the check sign is wrong'),
};

/** `1998年`, `3层`, `120㎡`: the unit says what the label says already. */
function number(text: string): Canonical {
  const bare = text.replace(/(?<=\d)(年|层|m2|平方米|平米|人|户|名|间|个|具|台|张|处|亩|元)$/, '');
  return /^-?\d+(,\d{3})*(\.\d+)?$/.test(bare)
    ? { value: String(Number(bare.replaceAll(',', ''))) }
    : fault(`“${short(text)}”不是数`, `“${short(text)}” is no number`);
}

/** An amount in yuan as a number; `约3万` stays as it was written. */
function money(text: string): Canonical {
  const read = number(text);
  return 'fault' in read ? { value: written(text) } : read;
}

function whole(text: string): Canonical {
  const read = number(text);
  if ('fault' in read || /^-?\d+$/.test(read.value)) return read;
  return fault(`“${short(text)}”不是整数`, `“${short(text)}” is no whole number`);
}

/** One of its choices, as it is written there. */
function choice(text: string, _cell: GivenCell, { choices = [] }: Field): Canonical {
  const said = choices.find((one) => plain(one).toLowerCase() === text.toLowerCase());
  if (said !== undefined) return { value: said };
  const [zh, en] = [choices.join('、'), choices.join(', ')];
  return fault(`“${short(text)}”不在选项里（${zh}）`, `“${short(text)}” is none of the choices (${en})`);
}

/**
 * An identity number has its own field, where it is covered; it is not kept beside it under another name. With a digit wrong
 * it is somebody's all the same: a birthday in its place says enough.
 */
const ID_LIKE = /\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]/;
const ownText = (text: string): Canonical | undefined =>
  ID_LIKE.test(plain(text))
    ? fault('里面有身份证号，不能写在这里', 'holds an identity number, which must not be written here')
    : undefined;

/** Fields of which more is known than their type. */
const ofField: Readonly<Record<string, (text: string, cell: GivenCell) => Canonical | undefined>> = {
  'person.name': (text) =>
    IS_NAME.test(text) && !NO_NAME.test(text)
      ? { value: text }
      : fault(`“${short(text)}”不像姓名`, `“${short(text)}” does not look like a name`),
  'household.size': (text) =>
    /^(-.*|[\d,]*\.\d+|0+)$/.test(text)
      ? fault(`“${short(text)}”不是人数`, `“${short(text)}” is no number of people`)
      : undefined,
  'person.disability_number': (text) => {
    const number = plain(text).toUpperCase();
    if (number.includes('*')) return covered;
    if (isDisabilityNumber(number)) return { value: number };
    return fault(
      '残疾证号是身份证号后面再加类别、等级两位，请核对每一位',
      'should be the identity number with one digit for the kind and one for the grade',
    );
  },
  'person.bank_account': account,
};

/** Of a card or a passbook; what a spreadsheet made a number of has lost its end. */
function account(text: string, { kind }: GivenCell): Canonical {
  const number = plain(text).replaceAll('-', '');
  if (number.includes('*')) return covered;
  if (/E\+?\d+$/i.test(number) || (kind === 'number' && /^\d{16,}$/.test(number) && /000?$/.test(number)))
    return fault(
      '被表格软件当成数字，后几位丢了；请按卡或存折重填，单元格设为文本',
      'the spreadsheet lost the last digits; enter it anew as text',
    );
  return /^\d{9,30}$/.test(number)
    ? { value: number }
    : fault(`“${short(text)}”不是账号`, `“${short(text)}” is no account`);
}

/** Letters of any script, rare characters that only an office's own font has, and what stands between or behind them. */
const IS_NAME = /^(?=.{1,40}$)[\p{L}\p{M}\p{Co}〇·•‧・.'’() -]*[\p{L}\p{Co}〇][\p{L}\p{M}\p{Co}〇·•‧・.'’() -]*$/u;
/** Said where a name is missing, and what stands under a table or over it. */
const NO_NAME =
  /^(无|无人.*|暂无|没有|不详|未知|未填|同上|空|空户|空房|空置|姓名|名字|备注|说明|none|null|nil|name|total)$|^(以上|本页|本表|制表|填表|填报)|(合计|小计|总计|累计|共计|属实|日期)$/i;

/** What is in the cell is sensitive now and then: no more of it is said than one needs to find it. */
const short = (text: string): string => (text.length > 12 ? `${text.slice(0, 12)}…` : text);

function idNumber(text: string, { kind }: GivenCell): Canonical {
  const id = text.toUpperCase();
  if (id.includes('*')) return covered;
  // A spreadsheet keeps 15 digits of a number; the last three are gone, and nobody can know them.
  if (/^\d(\.\d+)?E\+?17$/.test(id) || (kind === 'number' && /^\d{16,18}$/.test(id) && /000?$/.test(id)))
    return fault(
      '被表格软件当成数字，后三位丢了；请按证件重填，单元格设为文本',
      'the spreadsheet lost the last digits; enter it anew as text',
    );
  if (/^\d{15}$/.test(id)) return fault('是 15 位旧号，请填 18 位', 'an old number of 15 digits; enter the one of 18');
  if (!/^\d{17}[\dX]$/.test(id))
    return fault(`应为 18 位，现在是 ${id.length} 位`, `should have 18 signs and has ${id.length}`);
  if (!isDay(id.slice(6, 14))) return fault('第 7–14 位不是一个日期', 'digits 7 to 14 are no date');
  return checkDigitOf(id) === id[17]
    ? { value: id }
    : fault('校验位不对，请核对每一位', 'the check digit is wrong; compare every digit');
}

/** To the day, or to the month where no more is told; a birthday and the days of a work need that, of the others the year says something. */
function date(text: string, { kind }: GivenCell, { code }: Field): Canonical {
  if (liesAhead(code) && /^(长期|永久)(有效)?$/.test(text)) return { value: '长期' };
  const [, year] = /^((?:19|20)\d\d)年?$/.exec(text) ?? [];
  if (year !== undefined && mayBeYear(code)) return { value: year };
  if (kind === 'number' && /^\d{4,5}$/.test(text) && Number(text) > FIRST_SERIAL)
    return { value: ofSerial(Number(text)) };
  const dense = /^(\d{4})(\d{2})(\d{2})?$/.exec(text);
  const parts = dense ?? /^(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})?日?)?(?:T.*)?$/.exec(text) ?? western(text);
  if (!parts)
    return fault(`日期“${short(text)}”读不懂，请写成 1950-03-12`, `“${short(text)}” is no date; write 1950-03-12`);
  const [inYear = '', month = '', day = ''] = parts.slice(1).map((part) => part ?? '');
  const whole = `${inYear}-${month.padStart(2, '0')}${day === '' ? '' : `-${day.padStart(2, '0')}`}`;
  const isReal = isDay(whole.replaceAll('-', '').padEnd(8, '01').slice(0, 8));
  return isReal ? { value: whole } : fault(`没有“${short(text)}”这一天`, `there is no day “${short(text)}”`);
}

/** Until when something holds, and when a child is expected: these days may be yet to come. */
const liesAhead = (code: string): boolean => /_until$|^person\.due_on$/.test(code);
export const isYetToCome = ({ code, type }: Field, value: string, day: string): boolean =>
  type === 'date' && value > day && !liesAhead(code);
const mayBeYear = (code: string): boolean =>
  code !== 'person.born_on' && code !== 'person.due_on' && /^(person|house|enterprise|facility)\./.test(code);

/** `12/3/1950` and `3.12.50` may be two days: only where the year stands last in full is it read, month first. */
function western(text: string): string[] | null {
  const told = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(T.*)?$/.exec(text);
  return told && Number(told[2]) > 12 ? ['', told[3] ?? '', told[1] ?? '', told[2] ?? ''] : null;
}

/** Days since the end of 1899, as a spreadsheet counts them; small numbers are years. */
const FIRST_SERIAL = 2200;
const ofSerial = (days: number): string => new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10);

/** `1950-03` and `1950-03-12` say the same of a birthday, one of them less of it. */
export const isSameValue = ({ type }: Pick<Field, 'type'>, one: string, other: string): boolean =>
  one === other || (type === 'date' && one.length !== other.length && (one.startsWith(other) || other.startsWith(one)));
