import { type Answer, execute } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { importProblems } from '../imports/import.model.ts';
import { readTable } from '../imports/index.ts';
import { type TakenIn, takeCategories } from './category.commands.ts';
import { type CategoryMap, columnsOf, usualMap } from './category_map.model.ts';
import { type TableRow, type Tree, treeOf } from './category_tree.model.ts';

export interface CategoryOrder {
  readonly file: string;
  /** Null: the table names its columns as everybody does. */
  readonly map: CategoryMap | null;
  readonly dryRun: boolean;
}

const PLAIN = { encoding: 'utf-8', delimiter: ',', sheet: 0 } as const;
/** Far more than any city has; what is longer is another kind of table. */
const MOST_ROWS = 20_000;

/** Reads the file, then puts what is good of it into one new version of the standard. */
export async function importCategories(runtime: Runtime, realm: number, order: CategoryOrder): Promise<TakenIn> {
  const { map, tree } = await readTree(order);
  const taken: TakenIn[] = [];
  const work = async (ctx: Ctx): Promise<Answer> => {
    taken[0] = await takeCategories(ctx, map, tree, order.dryRun);
    return { version: taken[0].version };
  };
  const entrance = asSystem(realm, 'import');
  if (order.dryRun) await transact(runtime, entrance, work);
  else await execute(runtime, entrance, { id: runtime.ids.newId(), name: 'import.categories', input: {} }, { work });
  return taken[0] as TakenIn;
}

async function readTree({ file, map: given }: CategoryOrder): Promise<{ map: CategoryMap; tree: Tree }> {
  const rows: TableRow[] = [];
  for await (const line of readTable(file, given?.file ?? PLAIN)) {
    if (rows.length > MOST_ROWS) throw new Problem(importProblems['import.too_long'], { most: MOST_ROWS });
    rows.push(line);
  }
  const header = (rows.shift()?.cells ?? []).map((cell) => cell.trim());
  const map = given ?? usualMap(header);
  const lacking = columnsOf(map).filter((name) => !header.includes(name));
  if (lacking.length > 0)
    throw new Problem(importProblems['import.columns_missing'], {
      columns: lacking.join('、'),
      found: header.join('、') || '—',
    });
  return { map, tree: treeOf(map, header, rows) };
}
