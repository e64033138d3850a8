import { me } from '../../domains/land/accounts/index.ts';
import { fileOf, ledgerKeepers, ledgerProblems, requireBatch, toldRows } from '../../domains/land/registry/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { type Endpoint, type FoundFile, file, idParam } from '../../kernel/endpoint.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import { markWorkbook } from './marking.outside.ts';
import type { Mark } from './reasons.model.ts';

/** Rows that are told at once. */
const PART = 1000;

export const ledgerMarkedRoute: Endpoint = file({
  name: 'ledger_batch.marked',
  path: '/api/ledger-files/:id/marked',
  summary: { zh: '传来的文件，要改的格子标好', en: 'The file that was sent, with what has to be mended marked' },
  access: [{ roles: ledgerKeepers }],
  lane: 'bulk',
  params: idParam,
  type: 'application/octet-stream',
  find: (ctx, { params }) => findMarked(ctx, params.id),
});

/** Found and opened inside the transaction, marked after it, in a process of its own. */
async function findMarked(ctx: Ctx, id: Id): Promise<FoundFile> {
  const batch = await requireBatch(ctx, id);
  // It holds in full what the ledger shows covered: it goes back to where it came from and nowhere else.
  if (me(ctx).personId !== batch.personId) throw new Problem(ledgerProblems['ledger.no_batch']);
  const sent = await fileOf(ctx, batch);
  if (!sent) throw new Problem(ledgerProblems['ledger.file_gone']);
  const marks: Mark[] = [];
  for (let after = -1; ; ) {
    const rows = await toldRows(ctx, batch, after, PART);
    for (const row of rows) if (toMend.includes(row.verdict)) marks.push(...marksFor(row, sent.tables));
    if (rows.length < PART) break;
    after = rows.at(-1)?.n ?? after;
  }
  return {
    etag: `"${id}-${batch.stageSince.getTime()}"`,
    name: sent.fileName,
    open: async () => {
      const { bytes, kind, ending } = await markWorkbook(sent.bytes, { tables: sent.tables, marks });
      const name = kind === 'same' ? sent.fileName : `${sent.fileName.replace(/\.\w+$/, '')}${ending ?? ''}`;
      return { type: 'application/octet-stream', bytes, name };
    },
  };
}

type Tables = Awaited<ReturnType<typeof requireBatch>>['tables'];
type ToldRow = Awaited<ReturnType<typeof toldRows>>[number];
const toMend: readonly string[] = ['refused', 'duplicate', 'elsewhere'];

/** What is wrong in a row, each with the label of its column before it. */
function marksFor({ where, faults }: ToldRow, tables: Tables): Mark[] {
  const at = where.lastIndexOf('!');
  const [sheet, row] = [where.slice(0, at), Number(where.slice(at + 1))];
  const columns = tables.filter((table) => table.sheet === sheet).flatMap((table) => table.columns);
  return faults.map(({ column, says }) => {
    const label = columns
      .find((one) => one.column === column)
      ?.path.split('/')
      .at(-1);
    return { sheet, row, column, reason: label === undefined ? says.zh : `${label}：${says.zh}` };
  });
}
