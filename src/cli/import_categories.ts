import { readFile } from 'node:fs/promises';
import { importCategories, readCategoryMap, type TakenIn } from '../domains/work/categories/index.ts';
import { importProblems } from '../domains/work/imports/index.ts';
import { Problem } from '../kernel/problem.ts';
import { requireRealm } from './operator.ts';
import { sayRefused } from './refused_rows.ts';
import { withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export interface CategoryOptions {
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly realm?: string;
}

/** `jingwei import categories FILE`: a tree of categories becomes the next version of the standard; every row gets a verdict. */
export async function takeInCategories(terminal: Terminal, file: string, options: CategoryOptions): Promise<number> {
  const map = options.map === undefined ? null : readCategoryMap(await textOf(options.map));
  return withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const taken = await importCategories(runtime, realm, { file, map, dryRun: options.dryRun ?? false });
    tell(terminal, taken);
    return taken.refused.length === 0 ? exitCodes.done : exitCodes.found;
  });
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new Problem(importProblems['import.no_file'], { file });
  });
}

function tell(terminal: Terminal, taken: TakenIn): void {
  const { rows, created, changed, same, refused, absent, types, conditions, withoutLimit, version } = taken;
  terminal.say({
    zh: `${rows} 行：新建 ${created}，更新 ${changed}，未变 ${same}，未导入 ${refused.length}。`,
    en: `${rows} rows: ${created} created, ${changed} changed, ${same} the same, ${refused.length} refused.`,
  });
  terminal.say({
    zh: `小类 ${types} 个，立案条件 ${conditions} 条（时限都标为待定）；${withoutLimit} 个没有时限，定了时限才能立案。`,
    en: `${types} types with ${conditions} filing conditions, all limits shown as unsure; ${withoutLimit} have no limit and nothing is filed under them until one is set.`,
  });
  sayRefused(terminal, refused);
  if (absent.length > 0)
    terminal.say({
      zh: `以前导入过、这次文件里没有的 ${absent.length} 个分类都保留。`,
      en: `${absent.length} categories of earlier imports are not in the file; they stay.`,
    });
  terminal.say(
    version === null
      ? { zh: '这是试运行，没有写入任何内容。', en: 'This was a trial: nothing was written.' }
      : {
          zh: `在立案标准第 ${version} 版里，从现在起生效。`,
          en: `They stand in version ${version} of the standard, in force from now on.`,
        },
  );
  terminal.result(taken);
}
