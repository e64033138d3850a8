import { createHash } from 'node:crypto';
import { directiveReaders, type ItemsOut, itemsAsked, itemsOut } from '../../domains/work/directives/index.ts';
import { type Endpoint, file } from '../../kernel/endpoint.ts';
import { type MadeCell, makeBook, newGathering } from './made_book.model.ts';

/** The items of notices as a workbook: the same table that stands on the page, and what was said of each last. */
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Line = ItemsOut['lines'][number];
const columns: readonly (readonly [label: string, of: (line: Line, i: number) => MadeCell])[] = [
  ['行号', (_, i) => i + 1],
  ['文件', ({ notice }) => notice],
  ['文号', ({ noticeNumber }) => noticeNumber || null],
  ['序号', ({ number }) => number || null],
  ['事项', ({ content }) => content],
  ['办成标准', ({ measure }) => measure || null],
  ['牵头单位', ({ lead }) => lead],
  ['配合单位', ({ supports }) => supports || null],
  ['期限', ({ dueOn }) => dueOn ?? '长期'],
  ['原期限', ({ dueOn, firstDueOn }) => (dueOn === firstDueOn ? null : (firstDueOn ?? '长期'))],
  ['状态', ({ status }) => status],
  ['还剩天数（负数是超期）', ({ daysLeft }) => daysLeft],
  ['退回次数', ({ returns }) => returns || null],
  ['完成百分比', ({ share }) => share],
  ['最近一次说的', ({ said }) => said || null],
  ['谁说的', ({ saidBy }) => saidBy || null],
  ['哪天说的', ({ saidOn }) => saidOn],
];
const numbers = ['行号', '还剩天数（负数是超期）', '退回次数', '完成百分比'];

export const itemsOutRoutes: readonly Endpoint[] = [
  file({
    name: 'directive_item.workbook',
    path: '/api/directive-item-workbook',
    summary: { zh: '事项做成表格，按文件、单位、状态', en: 'Items as a workbook, by notice, unit and state' },
    access: [{ roles: directiveReaders }],
    lane: 'bulk',
    query: itemsAsked,
    type: XLSX,
    find: async (ctx, { query }) => {
      const out = await itemsOut(ctx, query);
      const etag = `"${createHash('sha256').update(JSON.stringify(out)).digest('hex')}"`;
      const open = async () => ({ type: XLSX, bytes: await bookOf(out) });
      return { etag, name: `${fileNamed(out.title)} ${out.day}.xlsx`, open };
    },
  }),
];

/** What no file may be called. */
const fileNamed = (title: string): string => title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim();

function bookOf({ title, day, by, lines }: ItemsOut): Promise<Buffer> {
  const gathering = newGathering(columns.length);
  gathering.add(lines.map((line, i) => columns.map(([, of]) => of(line, i))));
  const kindOf = (label: string) => (numbers.includes(label) ? ('number' as const) : ('text' as const));
  return makeBook({
    ...{ sheet: '事项', title, note: [`截至 ${day}`, `共 ${lines.length} 项`, `${by} 取出`].join('　') },
    ...{ columns: columns.map(([label]) => ({ label, kind: kindOf(label), choices: null })), rows: gathering.all() },
  });
}
