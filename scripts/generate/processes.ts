import type { Process, Table } from '../../src/kernel/workflow.ts';
import { importSources } from './sources.ts';

export type AnyTable = Table<Process>;

/** In reading order, with what a reader calls them: a table knows itself only by its code. */
const titles: Readonly<Record<string, string>> = {
  casefile: '案卷 · casefiles',
  adjustment: '延期、挂账、申诉 · adjustments of a clock',
  area_message: '居民留言 · messages to an area',
  directive_item: '任务事项 · items of a notice',
  pledge_signature: '承诺书的签名 · signatures of pledges',
  person_request: '个人信息请求 · requests of persons',
  hazard: '隐患 · hazards',
  photo: '照片 · photos',
  hazard_photo: '隐患的照片 · photos of a hazard',
};

export async function processes(): Promise<{ title: string; table: AnyTable }[]> {
  const modules = await importSources((path) => path.endsWith('.workflow.ts'));
  const tables = new Map(
    modules
      .flatMap((module) => Object.values(module))
      .filter(isTable)
      .map((table) => [table.name, table]),
  );
  const unnamed = [...tables.keys()].filter((name) => !(name in titles));
  if (unnamed.length > 0) throw new Error(`say in scripts/generate/processes.ts what these are called: ${unnamed}`);
  return Object.entries(titles).flatMap(([name, title]) => {
    const table = tables.get(name);
    return table ? [{ title, table }] : [];
  });
}

const isTable = (value: unknown): value is AnyTable =>
  typeof value === 'object' && value !== null && 'statuses' in value && 'rows' in value;
