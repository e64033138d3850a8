import { cellOf } from '../../domains/land/registry/out/template.model.ts';
import { BOX } from './word_xml.model.ts';

/** Boxes to tick: `□男 □女`, or behind the words `男□ 女□`. */
const BOXES = /[□☐]/;

/** What stands at each box in a cell, in their order; empty: it has none to choose from. */
export function choicesAt(text: string): readonly string[] {
  const parts = text.split(BOXES);
  if (parts.length < 3) return [];
  const isBefore = (parts[0] ?? '').trim() === '';
  return (isBefore ? parts.slice(1) : parts.slice(0, -1)).map(wordOf);
}

const wordOf = (text: string): string => text.replace(/[\s_＿、，,;；/：:（）()]/g, '');

const SAME: Readonly<Record<string, readonly string[]>> = {
  是: ['是', '有'],
  否: ['否', '无', '没有'],
  男: ['男', '男性'],
  女: ['女', '女性'],
};

/** Which boxes a value ticks; several values stand with a comma between them. None: the form does not offer it. */
export function ticked(choices: readonly string[], value: string): readonly number[] {
  const words = value.split(/[、，,;；]/).flatMap((one) => SAME[one.trim()] ?? [wordOf(one)]);
  return choices.flatMap((choice, i) => (choice !== '' && words.includes(choice) ? [i] : []));
}

export const isBox = (sign: string): boolean => sign === BOX || sign === '☐';
export const TICKED = '☑';

interface Asking {
  readonly field: string | null;
  readonly choices?: readonly string[];
}

/** Facts that are known of a record and ticked nowhere. */
export const untickedOf = (columns: readonly Asking[], known: Readonly<Record<string, string | undefined>>): string[] =>
  columns.flatMap(({ field, choices }) => {
    const value = field === null || choices === undefined ? null : cellOf(field, known[field], true);
    return field === null || value === null || ticked(choices ?? [], String(value)).length > 0 ? [] : [field];
  });
