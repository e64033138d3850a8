import { toMermaid } from '../../src/kernel/workflow.ts';
import { pageOf, tableOf } from './markdown.ts';
import { type AnyTable, processes } from './processes.ts';

/** A state diagram for each process that has states of its own. */
export async function workflowPage(): Promise<string> {
  const all = await processes();
  return pageOf(
    '# 流程图 · State diagrams',
    [
      '由流程表画出:程序检查的、按钮显示的、这里画的,是同一张表。谁可以办见 [permissions.md](permissions.md)。',
      'Drawn from the tables of commands that the server checks and the buttons come from. Who may: [permissions.md](permissions.md).',
    ].join('\n'),
    ...all.filter(({ table }) => moves(table)).map(({ title, table }) => sectionOf(title, table)),
  );
}

const moves = (table: AnyTable): boolean => Object.values(table.rows).some((row) => row.to !== 'same');

function sectionOf(title: string, table: AnyTable): string {
  const standing = Object.entries(table.rows).filter(([, row]) => row.to === 'same');
  const words = (entries: readonly (readonly [string, { zh: string; en: string }])[]): string =>
    tableOf(
      ['', '中文', 'English'],
      entries.map(([name, { zh, en }]) => [`\`${name}\``, zh, en]),
    );
  return [
    `## ${title}`,
    `\`\`\`mermaid\n${toMermaid(table)}\`\`\``,
    '### 状态 · statuses',
    words(Object.entries(table.statuses)),
    '### 标记 · flags',
    words(Object.entries(table.flags)),
    ...(standing.length > 0 ? ['### 不改变状态的步骤 · steps that leave the status as it is'] : []),
    ...(standing.length > 0 ? [words(standing.map(([name, row]) => [name, row.words] as const))] : []),
  ].join('\n\n');
}
