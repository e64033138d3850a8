import { dictionary } from '../domains/land/registry/fields/dictionary.model.ts';
import { understandWorkbook } from '../gateways/workbooks/workbook.outside.ts';
import type { Terminal } from './terminal.ts';

/** `jingwei tables FILE`: what was understood of a workbook, so that an office sees it before anything is taken in. */
export async function tellTables(terminal: Terminal, file: string): Promise<void> {
  const { tables, without } = await understandWorkbook(file);
  for (const { sheet, range, title, columns, rows, totals, continues, notes } of tables) {
    terminal.say({
      zh: `${sheet} ${range}：${rows} 行${title === null ? '' : `，${title}`}${continues ? `，接 ${continues.sheet} ${continues.range}` : ''}`,
      en: `${sheet} ${range}: ${rows} rows${title === null ? '' : `, ${title}`}${continues ? `, goes on from ${continues.sheet} ${continues.range}` : ''}`,
    });
    for (const { column, path, field } of columns) {
      const name = dictionary.find(({ code }) => code === field)?.name;
      terminal.say({
        zh: `  ${column} ${path} → ${name ? `${name.zh}（${field}）` : '没认出来'}`,
        en: `  ${column} ${path} → ${name ? `${name.en} (${field})` : 'not recognised'}`,
      });
    }
    if (totals.length > 0)
      terminal.say({ zh: `  合计行：${totals.join('、')}`, en: `  totals in rows ${totals.join(', ')}` });
    for (const note of notes) terminal.say({ zh: `  附注：${note}`, en: `  note: ${note}` });
  }
  for (const sheet of without) terminal.say({ zh: `${sheet}：没有找到表格`, en: `${sheet}: no table found` });
  if (tables.length === 0 && without.length === 0) terminal.say({ zh: '文件是空的', en: 'The file is empty' });
  terminal.result({ tables: tables.map(({ at: _, ...table }) => table), without });
}
