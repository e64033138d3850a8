import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import { importProblems } from '../imports/import.model.ts';
import { readMapBy } from '../imports/map_reading.model.ts';
import { bodyKinds, caseKinds } from '../standards/standard.model.ts';

/**
 * How the tree of categories of another city is read: data, as with cases. Either every row has a code and the code of
 * the one above, or every row is a leaf with a column for each level above it.
 */
const column = z.string().min(1).max(100);

const mapSchema = z.strictObject({
  /** Begins the codes of all that comes in: the same source and code are the same category for ever. */
  source: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens')
    .max(40),
  title: z.string().trim().min(1).max(90),
  kind: z.enum(caseKinds).default('matter'),
  file: z
    .strictObject({
      encoding: z.enum(['utf-8', 'gbk']).default('utf-8'),
      delimiter: z.string().length(1).default(','),
      sheet: z.union([z.string(), z.int().min(0)]).default(0),
    })
    .prefault({}),
  tree: z.discriminatedUnion('by', [
    /** Without a column for the one above, a longer code lies below the code that it begins with. */
    z.strictObject({ by: z.literal('codes'), code: column, parent: column.optional(), name: column }),
    z.strictObject({ by: z.literal('levels'), columns: z.array(column).min(1).max(5) }),
  ]),
  /** Whose work it is: the name of a body here, one of our kinds of bodies, or a word that `owners` translates. */
  owner: column.optional(),
  owners: z.record(z.string(), z.enum(bodyKinds)).default({}),
  limit: column.optional(),
  when: column.optional(),
});
export type CategoryMap = z.output<typeof mapSchema>;

export const readCategoryMap = (json: string): CategoryMap => readMapBy(mapSchema, json);

/** Titles under which tables have these columns; a table with others needs a map. */
const usual = {
  code: ['编码', '代码', '分类编码', '类别编码', 'code'],
  parent: ['上级编码', '上级代码', '父级编码', 'parent'],
  name: ['名称', '分类名称', '类别名称', 'name'],
  owner: ['责任单位', '主管部门', '承办单位', 'owner'],
  limit: ['处置时限', '办理时限', '时限', 'limit'],
  when: ['立案条件', '立案标准', 'when'],
} as const;

/** Of a table that names its columns as everybody does. Its codes begin with `imported`: two such tables are one tree. */
export function usualMap(header: readonly string[]): CategoryMap {
  const find = (titles: readonly string[]): string | undefined => titles.find((title) => header.includes(title));
  const [code, name] = [find(usual.code), find(usual.name)];
  if (code === undefined || name === undefined)
    throw new Problem(importProblems['import.columns_missing'], {
      columns: [...(code ? [] : [usual.code[0]]), ...(name ? [] : [usual.name[0]])].join('、'),
      found: header.join('、') || '—',
    });
  return mapSchema.parse({
    source: 'imported',
    title: '导入的分类',
    tree: { by: 'codes', code, parent: find(usual.parent), name },
    owner: find(usual.owner),
    limit: find(usual.limit),
    when: find(usual.when),
  });
}

export function columnsOf({ tree, owner, limit, when }: CategoryMap): string[] {
  const named = tree.by === 'levels' ? tree.columns : [tree.code, tree.parent, tree.name];
  return [...named, owner, limit, when].filter((name) => name !== undefined);
}
