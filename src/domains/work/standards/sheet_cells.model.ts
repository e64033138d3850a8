import type { Words } from '../../../kernel/words.ts';
import { type Limit, readLimit } from '../calendars/limit.model.ts';
import { bodyKindOf } from './body_kind.model.ts';
import {
  between,
  type Column,
  columns,
  confidenceWords,
  evidenceWords,
  kindWords,
  letterOf,
  no,
  yes,
} from './sheet.model.ts';
import type { BodyKind, CaseType, FilingCondition } from './standard.model.ts';

/** A cell that was not read: where somebody finds it, what stands in it, why, and how to write it instead. */
export interface RefusedCell {
  /** As a spreadsheet counts: titles are row 1. */
  readonly row: number;
  /** `G`. */
  readonly cell: string;
  readonly says: Words;
}

export interface SheetLine {
  readonly row: number;
  readonly cells: readonly string[];
}

/** The cells of one row by their titles. What cannot be read is noted and comes back as null; nothing is ever filled in. */
export interface RowReader {
  readonly row: number;
  text(column: Column): string;
  required(column: Column, most: number): string | null;
  code(column: Column): string | null;
  limit(): Limit | null;
  body(): BodyKind | null;
  bodies(): BodyKind[] | null;
  kind(): CaseType['kind'] | null;
  evidence(): FilingCondition['evidence'] | null;
  confidence(): FilingCondition['confidence'] | null;
  truth(column: Column): boolean | null;
  refuse(column: Column, why: Words): null;
}

export function readerOf(
  { row, cells }: SheetLine,
  places: ReadonlyMap<Column, number>,
  refused: RefusedCell[],
): RowReader {
  const text = (column: Column): string => (cells[places.get(column) ?? -1] ?? '').trim();
  const refuse = (column: Column, why: Words): null => {
    const cell = letterOf(places.get(column) ?? 0);
    const { zh, en } = columns[column];
    const shown = text(column).slice(0, 60);
    const says = {
      zh: `第 ${row} 行 ${cell} 列（${zh}）：${shown === '' ? '' : `“${shown}”`}${why.zh}`,
      en: `row ${row}, column ${cell} (${en}): ${shown === '' ? '' : `“${shown}” `}${why.en}`,
    };
    refused.push({ row, cell, says });
    return null;
  };
  const required = (column: Column, most: number): string | null => {
    const found = text(column);
    if (found === '') return refuse(column, isEmpty);
    return found.length > most ? refuse(column, tooLong(most)) : found;
  };
  const oneOf = <K extends string>(column: Column, choice: Readonly<Record<K, Words>>): K | null => {
    const found = text(column).toLowerCase();
    const names = Object.keys(choice) as K[];
    const known = names.find((name) => [name, choice[name].zh, choice[name].en].includes(found));
    if (known) return known;
    return found === '' ? refuse(column, isEmpty) : refuse(column, notAmong(names.map((name) => choice[name])));
  };
  return {
    row,
    text,
    required,
    refuse,
    code: (column) => {
      const found = required(column, 80);
      return found === null || /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(found) ? found : refuse(column, notACode);
    },
    limit: () => {
      const found = text('limit');
      return found === '' ? refuse('limit', isEmpty) : (readLimit(found) ?? refuse('limit', notALimit));
    },
    body: () => bodyKindOf(text('answersTo')) ?? refuse('answersTo', text('answersTo') === '' ? isEmpty : notABody),
    bodies: () => {
      const named = text('alsoNeeds')
        .split(new RegExp(`[${between},，;；]`))
        .filter((name) => name.trim() !== '');
      const kinds = named.flatMap((name) => bodyKindOf(name) ?? []);
      if (kinds.length < named.length) return refuse('alsoNeeds', notABody);
      return kinds.length > 6 ? refuse('alsoNeeds', tooManyBodies) : kinds;
    },
    kind: () => oneOf('kind', kindWords),
    evidence: () => oneOf('evidence', evidenceWords),
    confidence: () => oneOf('confidence', confidenceWords),
    truth: (column) => {
      const found = oneOf(column, { yes, no });
      return found === null ? null : found === 'yes';
    },
  };
}

const isEmpty: Words = { zh: '没有填写', en: 'is empty' };
const notACode: Words = {
  zh: '不是编码：只用小写字母、数字和单个连字符，如 road-sunken',
  en: 'is no code: small letters, digits and single hyphens, such as road-sunken',
};
const notALimit: Words = {
  zh: '读不出时限，请写成数字和单位，如“4 工作时”“2 紧急工作时”“15 工作日”“3 自然日”；带条件的拆成几行',
  en: 'cannot be read as a limit: write a number and a unit such as 4 工作时 (working hours), 2 紧急工作时 (continuous hours), 15 工作日 (working days) or 3 自然日 (natural days); split what is conditional into rows',
};
const notABody: Words = {
  zh: '不是认得的单位类别，请照现行标准里的写法',
  en: 'is no kind of body that is known: write it as the standard in force does',
};
const tooManyBodies: Words = { zh: '最多写 6 类单位', en: 'names more than 6 kinds of bodies' };
const tooLong = (most: number): Words => ({ zh: `太长，最多 ${most} 个字`, en: `is longer than ${most} characters` });
const notAmong = (choice: readonly Words[]): Words => ({
  zh: `只能写：${choice.map(({ zh }) => zh).join('、')}`,
  en: `is none of: ${choice.map(({ en }) => en).join(', ')}`,
});
