import { dictionary, type Field } from './dictionary.model.ts';
import { plain, typeOfValues, type ValueType } from './value.model.ts';

/** Which fact a column holds, and what says so. */
export interface Understood {
  readonly field: string;
  readonly by: 'alias' | 'path' | 'values';
}

/** `*身份证号（18位）` and `身份证号` are one name: signs, units and what stands in brackets say nothing. */
export const nameOf = (label: string): string =>
  plain(label)
    .replace(/[(（[【〔].*?[)）\]】〕]/g, '')
    .replace(/[*※:：、，,.。/\\|_\-—“”"'<>《》+]/g, '')
    .replace(/^\d+(?=\D)/, '')
    .toLowerCase();

/** Words of a group that tell nothing of whose its columns are. */
const EMPTY_GROUP = /(基本|个人|主要|相关|详细)?(信息|情况|资料|内容|登记)$/;

const names = new Map<string, Field>();
for (const field of dictionary)
  for (const name of [field.name.zh, ...field.aliases]) {
    // `镇（街）` is known with its brackets as well.
    for (const key of [nameOf(name), plain(name).replace(/[()（）、]/g, '')])
      if (!names.has(key)) names.set(key, field);
  }

const byName = (name: string): Field | undefined => names.get(name);

/** Types that are seen in the values themselves, and of which one field is nearly always meant. */
const byType: Partial<Record<ValueType, string>> = {
  id_number: 'person.id_number',
  phone: 'person.phone',
  credit_code: 'enterprise.credit_code',
  sex: 'person.sex',
};

/** `电话` over a column of small numbers counts calls: what is surely no number of that kind speaks against the name. */
function isBelied({ type }: Field, values: readonly string[]): boolean {
  if (type !== 'phone' && type !== 'id_number' && type !== 'credit_code') return false;
  const said = values.map(plain).filter((value) => value !== '');
  return said.length > 0 && said.filter((value) => value.length >= SHORTEST).length < said.length / 2;
}

/** Of telephone numbers, without what stands before them. */
const SHORTEST = 7;

/**
 * `path` are the labels over a column from the top down. Names come first, the whole path before its last part, so that
 * the head's number is not taken for anybody's; then what the values are; else nothing: then one asks.
 */
export function fieldOf(path: readonly string[], values: readonly string[]): Understood | null {
  const parts = path.map(nameOf).filter((part) => part !== '');
  const leaf = parts.at(-1) ?? '';
  const groups = parts
    .slice(0, -1)
    .map((part) => part.replace(EMPTY_GROUP, ''))
    .filter((part) => part !== '');
  if (groups.length > 0) {
    const whole = byName([...groups, leaf].join('')) ?? byName(`${groups.at(-1)}${leaf}`);
    if (whole) return { field: whole.code, by: 'path' };
  }
  const bracketed = byName(plain(path.at(-1) ?? '').replace(/[()（）、*]/g, ''));
  const named = byName(leaf) ?? bracketed;
  if (named && !isBelied(named, values)) return { field: named.code, by: 'alias' };
  const type = typeOfValues(values);
  const seen = type === null ? undefined : byType[type];
  return seen === undefined ? null : { field: seen, by: 'values' };
}
