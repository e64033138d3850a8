import type { Words } from '../../../kernel/words.ts';
import { type Column, columnNames, columns, conditionColumns } from './sheet.model.ts';
import { type RefusedCell, type RowReader, readerOf, type SheetLine } from './sheet_cells.model.ts';
import { type CaseType, caseTypeSchema, type FilingCondition, type MajorClass } from './standard.model.ts';

export interface Base {
  readonly majors: readonly MajorClass[];
  readonly types: readonly CaseType[];
  /** Under which type each condition code ever stood, in any version. */
  readonly homes: ReadonlyMap<string, string>;
}

export interface ReadSheet {
  readonly majors: readonly MajorClass[];
  readonly types: readonly CaseType[];
  readonly refused: readonly RefusedCell[];
  /** Rows below the titles. */
  readonly rows: number;
}

/** Where each column stands; English words may be missing, nothing else. */
export function placesOf(titles: readonly string[]): { places: Map<Column, number>; missing: Column[] } {
  const named = titles.map((title) => title.trim().toLowerCase());
  const places = new Map<Column, number>();
  for (const name of columnNames) {
    const { zh, en } = columns[name];
    const at = named.findIndex((title) => title === zh || title === en.toLowerCase());
    if (at >= 0) places.set(name, at);
  }
  return { places, missing: columnNames.filter((name) => !places.has(name) && !name.endsWith('En')) };
}

/**
 * Reads the whole next version from a table, row by row. Codes are for ever: one that moves to another type, or a row
 * that bears a new one and says what a vanished row said, is refused. A row that is refused changes nothing of what it
 * stands for, so that the comparison does not tell of an end that nobody meant.
 */
function readSheet(lines: readonly SheetLine[], places: ReadonlyMap<Column, number>, base: Base): ReadSheet {
  const refused: RefusedCell[] = [];
  const at = readerFor(places, refused);
  const readers = lines.map(at);
  const mentioned = {
    types: new Set(readers.map((row) => row.text('typeCode'))),
    conditions: new Set(readers.map((row) => row.text('conditionCode'))),
  };
  const reading: Reading = { base, mentioned, majors: new Map(), types: new Map(), rowOf: new Map(), codes: new Map() };
  for (const row of readers) {
    const before = refused.length;
    takeRow(row, reading);
    if (refused.length > before) keepAsItWas(row, reading);
  }
  return {
    majors: [...reading.majors.values()],
    types: [...reading.types.values()],
    refused: [...refused].sort((a, b) => a.row - b.row),
    rows: lines.length,
  };
}

const readerFor =
  (places: ReadonlyMap<Column, number>, refused: RefusedCell[]) =>
  (line: SheetLine): RowReader =>
    readerOf(line, places, refused);

interface Reading {
  readonly base: Base;
  readonly mentioned: { readonly types: ReadonlySet<string>; readonly conditions: ReadonlySet<string> };
  readonly majors: Map<string, MajorClass>;
  readonly types: Map<string, CaseType>;
  /** Which row said first what a class or type is. */
  readonly rowOf: Map<string, number>;
  /** Which row has which condition code. */
  readonly codes: Map<string, number>;
}

function takeRow(row: RowReader, reading: Reading): void {
  const major = majorOf(row, reading);
  const type = typeOf(row, reading, major);
  const isBare = conditionColumns.every((column) => row.text(column) === '');
  const condition = isBare ? undefined : conditionOf(row, reading);
  if (!major || !type || condition === null) return;
  const stands = reading.types.get(type.code) ?? type;
  const merged = caseTypeSchema.safeParse({
    ...stands,
    conditions: [...stands.conditions, ...(condition === undefined ? [] : [condition])],
  });
  if (!merged.success) row.refuse('conditionCode', tooMany);
  else if (condition?.evidence === 'photos' && type.confidential === true) row.refuse('evidence', noPhotos);
  else {
    reading.majors.set(major.code, major);
    reading.types.set(type.code, merged.data);
  }
}

function majorOf(row: RowReader, reading: Reading): MajorClass | null {
  const [kind, code, name] = [row.kind(), row.code('majorCode'), row.required('major', 200)];
  if (kind === null || code === null || name === null) return null;
  const known = reading.base.majors.find((one) => one.code === code);
  const major = { code, kind, name: inBoth(name, row.text('majorEn'), known?.name) };
  return sameAsBefore(row, reading, 'major', reading.majors.get(code), major)
    ? major
    : row.refuse('major', differs(reading, `major ${code}`));
}

function typeOf(row: RowReader, reading: Reading, major: MajorClass | null): CaseType | null {
  const [code, name, answersTo] = [row.code('typeCode'), row.required('type', 200), row.body()];
  const [alsoNeeds, urgent, confidential] = [row.bodies(), row.truth('typeUrgent'), row.truth('confidential')];
  if (!major || code === null || name === null || answersTo === null || alsoNeeds === null) return null;
  if (urgent === null || confidential === null) return null;
  const known = reading.base.types.find((one) => one.code === code);
  const former = known ? undefined : renamed(reading, major.code, name);
  if (former) return row.refuse('typeCode', codesStay(former.code));
  const type: CaseType = {
    code,
    kind: major.kind,
    major: major.code,
    name: inBoth(name, row.text('typeEn'), known?.name),
    answersTo,
    ...(alsoNeeds.length > 0 && { alsoNeeds }),
    ...(urgent && { urgent }),
    ...(confidential && { confidential }),
    conditions: [],
  };
  const before = reading.types.get(code);
  const plain = before && { ...before, conditions: [] };
  return sameAsBefore(row, reading, 'type', plain, type) ? type : row.refuse('type', differs(reading, `type ${code}`));
}

/** A type whose code is gone from the table, of the same class and name: the code was changed. */
const renamed = ({ base, mentioned }: Reading, major: string, name: string): CaseType | undefined =>
  base.types.find((one) => one.major === major && one.name.zh === name && !mentioned.types.has(one.code));

/** Several rows tell of one class and one type; they must not contradict each other. */
function sameAsBefore(
  row: RowReader,
  { rowOf }: Reading,
  what: 'major' | 'type',
  before: MajorClass | CaseType | undefined,
  now: MajorClass | CaseType,
): boolean {
  const key = `${what} ${now.code}`;
  if (before === undefined) {
    if (!rowOf.has(key)) rowOf.set(key, row.row);
    return true;
  }
  return JSON.stringify(sorted(before)) === JSON.stringify(sorted(now));
}

const sorted = (value: object): unknown => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

function conditionOf(row: RowReader, reading: Reading): FilingCondition | null {
  const code = row.code('conditionCode');
  const [when, limit, done] = [row.required('when', 200), row.limit(), row.required('done', 200)];
  const [evidence, source, confidence] = [row.evidence(), row.required('source', 200), row.confidence()];
  const urgent = row.text('conditionUrgent') === '' ? undefined : row.truth('conditionUrgent');
  if (code === null || !isCodeFree(row, reading, code, when)) return null;
  if (when === null || limit === null || done === null || evidence === null) return null;
  if (source === null || confidence === null || urgent === null) return null;
  const known = reading.base.types.flatMap((type) => type.conditions).find((one) => one.code === code);
  return {
    code,
    when: inBoth(when, row.text('whenEn'), known?.when),
    limit,
    ...(urgent !== undefined && { urgent }),
    done: inBoth(done, row.text('doneEn'), known?.done),
    evidence,
    source,
    confidence,
  };
}

function isCodeFree(row: RowReader, reading: Reading, code: string, when: string | null): boolean {
  const { base, mentioned, codes } = reading;
  const typeCode = row.text('typeCode');
  const earlier = codes.get(code);
  const home = base.homes.get(code);
  if (earlier !== undefined) row.refuse('conditionCode', saidTwice(earlier));
  else if (home !== undefined && home !== typeCode) row.refuse('conditionCode', elsewhere(home));
  else {
    const gone = (base.types.find((one) => one.code === typeCode)?.conditions ?? []).find(
      (one) => one.when.zh === when && !mentioned.conditions.has(one.code),
    );
    if (home === undefined && gone) row.refuse('conditionCode', codesStay(gone.code));
    else {
      codes.set(code, row.row);
      return true;
    }
  }
  return false;
}

/** What a refused row stands for stays as it is until the row can be read. */
function keepAsItWas(row: RowReader, { base, majors, types }: Reading): void {
  const before = base.types.find((one) => one.code === row.text('typeCode'));
  if (!before) return;
  const major = base.majors.find(({ code }) => code === before.major);
  if (major && !majors.has(major.code)) majors.set(major.code, major);
  const now = types.get(before.code) ?? { ...before, conditions: [] };
  const code = row.text('conditionCode');
  const condition = before.conditions.find((one) => one.code === code);
  const isThere = now.conditions.some((one) => one.code === code);
  types.set(before.code, { ...now, conditions: [...now.conditions, ...(condition && !isThere ? [condition] : [])] });
}

/** Left empty, the English stays while the Chinese does; otherwise both say the Chinese. */
const inBoth = (zh: string, en: string, known: Words | undefined): Words => ({
  zh,
  en: en !== '' ? en : known?.zh === zh ? known.en : zh,
});

const differs = ({ rowOf }: Reading, key: string): Words => ({
  zh: `和第 ${rowOf.get(key) ?? '?'} 行说的不一样：同一编码的名称、单位、加急、保密各行要写得相同`,
  en: `differs from row ${rowOf.get(key) ?? '?'}: rows of one code must agree on name, body, urgency and confidentiality`,
});
const codesStay = (code: string): Words => ({
  zh: `编码不能改：原来是“${code}”，请改回`,
  en: `codes never change: it was “${code}”, write that again`,
});
const saidTwice = (row: number): Words => ({
  zh: `第 ${row} 行已经用了这个编码`,
  en: `is the code of row ${row} already`,
});
const elsewhere = (type: string): Words => ({
  zh: `这个编码一直属于小类“${type}”，请换一个新的`,
  en: `has always belonged to the type “${type}”, choose a new one`,
});
const tooMany: Words = { zh: '一个小类最多 8 条立案条件', en: 'a type has at most 8 filing conditions' };
const noPhotos: Words = {
  zh: '保密的小类不能要照片作凭证，请写文书或说明',
  en: 'a confidential type must not ask for photos: write document or words',
};

/** Under which type each condition code ever stood; the newest version that has it tells. */
export const homesOf = (versions: readonly { readonly types: readonly CaseType[] }[]): Map<string, string> =>
  new Map(
    versions.flatMap(({ types }) => types.flatMap((type) => type.conditions.map((one) => [one.code, type.code]))),
  );

/** A table as it was kept, titles first. */
export function readTable([titles, ...rest]: readonly SheetLine[], base: Base): ReadSheet {
  return readSheet(rest, placesOf(titles?.cells ?? []).places, base);
}
