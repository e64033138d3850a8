import { z } from 'zod';
import type { Words } from '../../../kernel/words.ts';
import { type Limit, readLimit } from '../calendars/limit.model.ts';
import {
  bodyKinds,
  type CaseType,
  caseKinds,
  caseTypeSchema,
  type FilingCondition,
  type MajorClass,
} from './standard.model.ts';

/**
 * A standard as a county keeps it: a table with a row for each filing condition. Each row is read or refused with the
 * cell that could not be read; nothing is guessed. Codes are the keys: a row that is already known is changed in the
 * next version, and what the table does not mention stays.
 */
const standardRow = z.strictObject({
  kind: z.enum(caseKinds),
  major: z.string().trim(),
  typeCode: z.string().trim(),
  typeName: z.string().trim().min(1),
  typeNameEn: z.string().trim().optional(),
  answersTo: z.enum(bodyKinds),
  conditionCode: z.string().trim(),
  when: z.string().trim().min(1),
  whenEn: z.string().trim().optional(),
  /** As written: 4工作时, 2紧急工作时, 15个工作日. */
  limit: z.string(),
  done: z.string().trim().min(1),
  doneEn: z.string().trim().optional(),
  evidence: z.enum(['photos', 'document', 'words']).default('photos'),
  source: z.string().trim().min(1),
});

export interface RefusedRow {
  /** As counted by whoever keeps the table: the first row is 1. */
  readonly row: number;
  readonly cell: string;
  readonly says: Words;
}

export interface ReadRows {
  readonly types: readonly CaseType[];
  readonly refused: readonly RefusedRow[];
}

type ReadRow = z.output<typeof standardRow> & { readonly time: Limit };

export function readRows(
  rows: readonly unknown[],
  known: readonly CaseType[],
  majors: readonly MajorClass[],
): ReadRows {
  const types = new Map(known.map((type) => [type.code, type]));
  const refused: RefusedRow[] = [];
  rows.forEach((raw, i) => {
    const read = readRow(raw, i + 1, majors);
    if ('says' in read) refused.push(read);
    else if (holderOf(types, read)) refused.push(taken(i + 1, read, holderOf(types, read)?.name));
    else {
      const merged = caseTypeSchema.safeParse(withRow(types.get(read.typeCode), read));
      if (merged.success) types.set(read.typeCode, merged.data);
      else refused.push(refusal(i + 1, merged.error));
    }
  });
  return { types: [...types.values()], refused };
}

function readRow(raw: unknown, row: number, majors: readonly MajorClass[]): ReadRow | RefusedRow {
  const parsed = standardRow.safeParse(raw, { reportInput: true });
  if (!parsed.success) return refusal(row, parsed.error);
  const time = readLimit(parsed.data.limit);
  if (!time) {
    return {
      row,
      cell: 'limit',
      says: {
        zh: `时限“${parsed.data.limit.trim()}”读不懂。请写成“4 工作时”“2 紧急工作时”“5 工作日”或“3 自然日”；带条件的请拆成几条`,
        en: `the limit “${parsed.data.limit.trim()}” cannot be read: write 4工作时, 2紧急工作时, 5工作日 or 3自然日, and split what is conditional`,
      },
    };
  }
  if (!majors.some((major) => major.code === parsed.data.major && major.kind === parsed.data.kind)) {
    return {
      row,
      cell: 'major',
      says: { zh: `没有大类“${parsed.data.major}”`, en: `there is no major class “${parsed.data.major}” of this kind` },
    };
  }
  return { ...parsed.data, time };
}

/** The other type under which this condition stands already: a case is filed under the condition alone. */
const holderOf = (types: ReadonlyMap<string, CaseType>, { typeCode, conditionCode }: ReadRow): CaseType | undefined =>
  [...types.values()].find(
    ({ code, conditions }) => code !== typeCode && conditions.some((one) => one.code === conditionCode),
  );

const taken = (row: number, { conditionCode }: ReadRow, name: Words = { zh: '', en: '' }): RefusedRow => ({
  row,
  cell: 'conditionCode',
  says: {
    zh: `编码“${conditionCode}”已经用在小类“${name.zh}”里，请换一个`,
    en: `the code “${conditionCode}” stands under the type “${name.en}” already, choose another`,
  },
});

function refusal(row: number, error: z.ZodError): RefusedRow {
  const [issue] = error.issues;
  const cell = issue?.path.join('.') ?? '';
  const { zh, en } = issue ? cellWords(issue) : unclear;
  return { row, cell, says: { zh: `“${cell}”一格${zh}`, en: `cell “${cell}” ${en}` } };
}

const unclear: Words = { zh: '写法不对', en: 'is not written as it should be' };

/** The checker says it in English and for programs; whoever keeps the table reads this. */
function cellWords(issue: z.core.$ZodIssue): Words {
  if (issue.code === 'unrecognized_keys')
    return { zh: `：没有“${issue.keys.join('”“')}”这一栏`, en: `: there is no column “${issue.keys.join('”, “')}”` };
  if (issue.code === 'invalid_value') {
    const choice = issue.values.map(String);
    return { zh: `只能写：${choice.join('、')}`, en: `is one of: ${choice.join(', ')}` };
  }
  const isEmpty = issue.code === 'too_small' || (issue.code === 'invalid_type' && issue.input === undefined);
  if (isEmpty) return { zh: '没有填写', en: 'is empty' };
  if (issue.code === 'too_big') return { zh: '太长或太多', en: 'is too long, or has too many' };
  if (issue.code === 'invalid_type') return { zh: '应当是文字', en: 'must be a text' };
  return unclear;
}

function withRow(type: CaseType | undefined, row: ReadRow): CaseType {
  const words = (zh: string, en: string | undefined): Words => ({ zh, en: en ?? zh });
  const condition: FilingCondition = {
    ...type?.conditions.find((known) => known.code === row.conditionCode),
    code: row.conditionCode,
    when: words(row.when, row.whenEn),
    limit: row.time,
    done: words(row.done, row.doneEn),
    evidence: row.evidence,
    source: row.source,
    confidence: 'local',
  };
  const others = type?.conditions.filter((known) => known.code !== row.conditionCode) ?? [];
  return {
    ...type,
    code: row.typeCode,
    kind: row.kind,
    major: row.major,
    name: words(row.typeName, row.typeNameEn),
    answersTo: row.answersTo,
    conditions: [...others, condition],
  };
}
