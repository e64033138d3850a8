/** What a text in a cell can be seen to be, by its form alone. */
export type ValueType =
  | 'text'
  | 'id_number'
  | 'phone'
  | 'date'
  | 'number'
  | 'whole'
  | 'choice'
  | 'money'
  | 'area_code'
  | 'sex'
  | 'yes_no'
  | 'door'
  | 'credit_code';

/** As one writes it at a desk: full-width signs, spaces and Excel's leading apostrophe are no part of it. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/^'/, '')
    .replace(/[\s\u200b\ufeff]+/g, '')
    .trim();

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** 18 digits with a day that exists and the check digit of GB 11643; the last may be a small x. */
export function isIdNumber(text: string): boolean {
  const id = plain(text).toUpperCase();
  if (!/^\d{17}[\dX]$/.test(id) || !isDay(id.slice(6, 14))) return false;
  return checkDigitOf(id) === id[17];
}

/** The last of the 18, from the 17 before it. */
export const checkDigitOf = (id: string): string | undefined =>
  '10X98765432'[WEIGHTS.reduce((total, weight, i) => total + weight * Number(id[i]), 0) % 11];

/** `yyyymmdd`. */
export function isDay(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  const made = new Date(Date.UTC(year, month - 1, day));
  return year >= 1850 && year <= 2100 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** Of a disability certificate: the identity number, one digit for the kind, one for the grade, and which copy it is. */
export const isDisabilityNumber = (text: string): boolean =>
  /^.{18}[1-7][1-4](B\d{1,2})?$/.test(text) && isIdNumber(text.slice(0, 18));

/** An identity number that was kept as a number: 15 digits are left of it. It is seen to have been one, and is none. */
const isRoundedIdNumber = (text: string): boolean => /^\d{15}000$/.test(text) && isDay(text.slice(6, 14));

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const PLACES = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The 18 signs of an organisation (GB 32100). */
export function isCreditCode(text: string): boolean {
  const code = plain(text).toUpperCase();
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = PLACES.reduce((total, weight, i) => total + weight * SIGNS.indexOf(code[i] ?? ''), 0);
  return SIGNS[(31 - (sum % 31)) % 31] === code[17];
}

const forms: readonly (readonly [ValueType, (text: string) => boolean])[] = [
  ['id_number', (text) => isIdNumber(text) || isRoundedIdNumber(text)],
  ['credit_code', isCreditCode],
  ['phone', (text) => /^(\+?86-?)?1[3-9]\d-?\d{4}-?\d{4}$/.test(text) || /^0\d{2,3}-?\d{7,8}$/.test(text)],
  ['area_code', (text) => /^[1-9]\d{11}(\d{3})?$/.test(text)],
  [
    'date',
    (text) =>
      /^(19|20)\d{2}([-./年])\d{1,2}([-./月]\d{1,2}日?|月)?(T.*)?$/.test(text) || (/^\d{8}$/.test(text) && isDay(text)),
  ],
  ['sex', (text) => /^(男|女|男性|女性)$/.test(text)],
  ['yes_no', (text) => /^(是|否|有|无|√|×)$/.test(text)],
  ['door', (text) => /^\d+(栋|幢|号楼|#|-).*\d+(室|号|户)?$/.test(text)],
  ['number', (text) => /^-?\d+(,\d{3})*(\.\d+)?%?$/.test(text)],
];

/** The narrowest form it has; whatever has none is a text. */
export function typeOfValue(text: string): ValueType {
  const value = plain(text);
  return forms.find(([, is]) => is(value))?.[0] ?? 'text';
}

/** What nearly all of these are, or null where they differ; empty ones say nothing. */
export function typeOfValues(texts: readonly string[]): ValueType | null {
  const types = texts.filter((text) => plain(text) !== '').map(typeOfValue);
  const [first] = [...new Set(types)].sort((a, b) => count(types, b) - count(types, a));
  return first !== undefined && count(types, first) >= types.length * MOSTLY ? first : null;
}

const MOSTLY = 0.8;
const count = (types: readonly ValueType[], one: ValueType): number => types.filter((type) => type === one).length;
