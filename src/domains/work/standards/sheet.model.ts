import type { Words } from '../../../kernel/words.ts';
import { limitWords } from '../calendars/limit.model.ts';
import { bodyKindWords } from './body_kind.model.ts';
import type { CaseType, FilingCondition, MajorClass } from './standard.model.ts';

/**
 * A version of the standard as a sheet that a county fills in: a row for each filing condition, the whole standard in one
 * table. What stands in a row of ours is read back as it was; a row that is taken out is a condition that ends.
 */
export const columns = {
  kind: { zh: '部件或事件', en: 'Component or matter' },
  majorCode: { zh: '大类编码', en: 'Class code' },
  major: { zh: '大类', en: 'Class' },
  typeCode: { zh: '小类编码', en: 'Type code' },
  type: { zh: '小类', en: 'Type' },
  when: { zh: '立案条件', en: 'Filing condition' },
  limit: { zh: '时限', en: 'Limit' },
  conditionCode: { zh: '条件编码', en: 'Condition code' },
  answersTo: { zh: '责任单位类别', en: 'Kind of body' },
  alsoNeeds: { zh: '常要配合的单位', en: 'Often needed too' },
  done: { zh: '办结标准', en: 'What done means' },
  evidence: { zh: '结案凭证', en: 'Evidence' },
  source: { zh: '依据', en: 'Source' },
  confidence: { zh: '把握', en: 'Confidence' },
  conditionUrgent: { zh: '本条加急', en: 'Condition urgent' },
  typeUrgent: { zh: '小类加急', en: 'Type urgent' },
  confidential: { zh: '保密', en: 'Confidential' },
  majorEn: { zh: '大类（英文）', en: 'Class (English)' },
  typeEn: { zh: '小类（英文）', en: 'Type (English)' },
  whenEn: { zh: '立案条件（英文）', en: 'Filing condition (English)' },
  doneEn: { zh: '办结标准（英文）', en: 'What done means (English)' },
} as const satisfies Readonly<Record<string, Words>>;

export type Column = keyof typeof columns;
export const columnNames = Object.keys(columns) as [Column, ...Column[]];

/** Which version a table came from stands in the title of its last column. */
const versionTitle = (version: number): Words => ({
  zh: `导出自第 ${version} 版`,
  en: `Exported from version ${version}`,
});
export const versionIn = (title: string): number | null => {
  const [, zh, en] = /^(?:导出自第 ?(\d+) ?版|Exported from version (\d+))$/i.exec(title.trim()) ?? [];
  return zh === undefined && en === undefined ? null : Number(zh ?? en);
};

/** What is put beside refused rows; read over when the table comes back. */
export const reasonTitle: Words = { zh: '没有读进去的原因', en: 'Why it was not read' };

export const kindWords = {
  component: { zh: '部件', en: 'component' },
  matter: { zh: '事件', en: 'matter' },
} as const satisfies Readonly<Record<CaseType['kind'], Words>>;

export const evidenceWords = {
  photos: { zh: '照片', en: 'photos' },
  document: { zh: '文书', en: 'document' },
  words: { zh: '说明', en: 'words' },
} as const satisfies Readonly<Record<FilingCondition['evidence'], Words>>;

export const confidenceWords = {
  local: { zh: '本地确定', en: 'set here' },
  common: { zh: '通行做法', en: 'common' },
  unsure: { zh: '待核', en: 'unsure' },
} as const satisfies Readonly<Record<FilingCondition['confidence'], Words>>;

export const yes: Words = { zh: '是', en: 'yes' };
export const no: Words = { zh: '否', en: 'no' };
/** Between the names of several bodies in one cell. */
export const between = '、';

interface Rows {
  readonly majors: readonly MajorClass[];
  readonly types: readonly CaseType[];
}

/** Titles first. Words of ours are written in the language asked for and read in either. */
export function sheetRows({ majors, types }: Rows, version: number, language: keyof Words): string[][] {
  const titles = columnNames.map((name) => columns[name][language]);
  const order = new Map(majors.map(({ code }, i) => [code, i]));
  const sorted = [...types].sort((a, b) => (order.get(a.major) ?? 0) - (order.get(b.major) ?? 0));
  const rows = sorted.flatMap((type) => {
    const major = majors.find(({ code }) => code === type.major);
    const conditions = type.conditions.length === 0 ? [null] : type.conditions;
    return conditions.map((condition) => {
      const cells = { ...typeCells(type, major, language), ...conditionCells(condition, language) };
      return columnNames.map((name) => cells[name]);
    });
  });
  return [[...titles, versionTitle(version)[language]], ...rows];
}

type TypeColumn = Exclude<Column, ConditionColumn>;
export const conditionColumns = [
  ...(['when', 'limit', 'conditionCode', 'done', 'evidence', 'source', 'confidence'] as const),
  ...(['conditionUrgent', 'whenEn', 'doneEn'] as const),
];
type ConditionColumn = (typeof conditionColumns)[number];

function typeCells(
  type: CaseType,
  major: MajorClass | undefined,
  language: keyof Words,
): Readonly<Record<TypeColumn, string>> {
  const truth = (is: boolean | undefined): string => (is ? yes : no)[language];
  return {
    kind: kindWords[type.kind][language],
    majorCode: type.major,
    major: major?.name.zh ?? '',
    typeCode: type.code,
    type: type.name.zh,
    answersTo: bodyKindWords[type.answersTo][language],
    alsoNeeds: (type.alsoNeeds ?? []).map((kind) => bodyKindWords[kind][language]).join(between),
    typeUrgent: truth(type.urgent),
    confidential: truth(type.confidential),
    majorEn: major?.name.en ?? '',
    typeEn: type.name.en,
  };
}

function conditionCells(
  condition: FilingCondition | null,
  language: keyof Words,
): Readonly<Record<ConditionColumn, string>> {
  if (condition === null)
    return Object.fromEntries(conditionColumns.map((name) => [name, ''])) as Record<ConditionColumn, string>;
  const { urgent } = condition;
  return {
    when: condition.when.zh,
    limit: limitWords(condition.limit).zh,
    conditionCode: condition.code,
    done: condition.done.zh,
    evidence: evidenceWords[condition.evidence][language],
    source: condition.source,
    confidence: confidenceWords[condition.confidence][language],
    conditionUrgent: urgent === undefined ? '' : (urgent ? yes : no)[language],
    whenEn: condition.when.en,
    doneEn: condition.done.en,
  };
}

/** As a spreadsheet calls it: A, B … Z, AA. */
export const letterOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26);
