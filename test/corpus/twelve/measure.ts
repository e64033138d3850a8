import { randomUUID } from 'node:crypto';
import { read, writeXlsx } from 'hucre';
import { survey } from '../../../seeds/county/founding.ts';
import { type LedgerFile, smallHoldings } from '../../../seeds/county/holdings.ts';
import { residentFiles } from '../../../seeds/county/residents.ts';
import { idOf } from '../../../seeds/small/plan.ts';
import { fieldNamed } from '../../../src/domains/land/registry/fields/keeping.model.ts';
import type { Caller, County } from '../../harness.ts';
import type { PublicForm } from './forms.ts';

/** What of a form the product fills by itself: its labels as the product understands them, with no help by hand. */
export interface Measured {
  readonly form: PublicForm;
  /** People, houses or enterprises that belong into it. */
  readonly rows: number;
  /** What each label was taken for; null: it is left empty. */
  readonly taken: readonly { readonly ask: string; readonly field: string | null }[];
  readonly asked: number;
  /** By label: how many of its cells are filled, and of how many the sheet of sources says from where. */
  readonly cells: ReadonlyMap<string, { readonly filled: number; readonly sourced: number }>;
  readonly refused: string | null;
}

const station = idOf(1, 'area', 'station');
const PEOPLE = 600;

/** The demo county's own files, cut to the people of one community, whose grids are called as they are here. */
export async function seedRegistry({ as, settle }: County, more: readonly Told[] = []): Promise<void> {
  const head = await as('孙丽');
  const ground = survey();
  const [first] = residentFiles(ground, 2025);
  for (const file of [hereOnly(first as LedgerFile, more), ...smallHoldings()]) {
    const form = { commandId: randomUUID(), areaId: station, toldOn: '2025-12-01', ledger: file.ledger };
    const sent = await head.upload('/api/ledger-batches', form, [file]);
    if (sent.status !== 200) throw new Error(`${file.name}: ${JSON.stringify(sent.body)}`);
    await settle();
    await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
    await settle();
  }
}

/** A column more than the demo county's residents have, by the row and the age of whoever stands in it. */
export interface Told {
  readonly label: string;
  readonly of: (row: number, age: number) => string;
}

function hereOnly(file: LedgerFile, more: readonly Told[]): LedgerFile {
  const [title = '', labels = '', ...rows] = file.bytes.toString().split('\r\n');
  const [at, born] = ['所属网格', '出生日期'].map((label) => labels.split(',').indexOf(label)) as [number, number];
  const names = ['二运第一网格', '二运第二网格', '二运第三网格'];
  const here = rows
    .slice(0, PEOPLE)
    .map((row, i) =>
      [
        ...row.split(',').with(at, names[i % 3] ?? ''),
        ...more.map(({ of }) => of(i, 2025 - Number(row.split(',')[born]?.slice(0, 4)))),
      ].join(','),
    );
  const all = [labels, ...more.map(({ label }) => label)].join(',');
  return { ...file, bytes: Buffer.from([title, all, ...here].join('\r\n')) };
}

/** As an office would send it: a title, the labels in one or two rows, empty rows. */
async function blankOf({ title, asks }: PublicForm): Promise<Buffer> {
  const paths = asks.map((ask) => ask.split('/'));
  const isDeep = paths.some((path) => path.length > 1);
  const isGoingOn = (i: number): boolean =>
    paths[i]?.length === 2 && paths[i - 1]?.length === 2 && paths[i]?.[0] === paths[i - 1]?.[0];
  const top = paths.map((path, i) => (isGoingOn(i) ? null : (path[0] ?? null)));
  const leaves = paths.map((path) => path[1] ?? null);
  const merges = isDeep ? mergesOf(paths) : [];
  const rows = [[title], top, ...(isDeep ? [leaves] : []), [], [], []];
  return Buffer.from(await writeXlsx({ sheets: [{ name: '表', rows, merges }] }));
}

function mergesOf(paths: readonly (readonly string[])[]) {
  const merges: { startRow: number; startCol: number; endRow: number; endCol: number }[] = [];
  for (let at = 0; at < paths.length; ) {
    const isGroup = (paths[at]?.length ?? 0) > 1;
    let end = at;
    while (isGroup && (paths[end + 1]?.length ?? 0) > 1 && paths[end + 1]?.[0] === paths[at]?.[0]) end += 1;
    if (!isGroup) merges.push({ startRow: 1, startCol: at, endRow: 2, endCol: at });
    else if (end > at) merges.push({ startRow: 1, startCol: at, endRow: 1, endCol: end });
    at = end + 1;
  }
  return merges;
}

/** Sent, understood, filled: by the secretary, through the doors everybody uses. */
export async function measure({ as, sql }: County, form: PublicForm): Promise<Measured> {
  const head = await as('孙丽');
  const [{ n: all } = { n: 0 }] = await sql<{ n: number }>(
    'select count(*)::int as n from ledger_record where realm = 1 and ledger = $1',
    [form.about],
  );
  const nothing = (refused: string, rows = all): Measured => ({
    ...{ form, rows, asked: rows * form.asks.length, cells: new Map(), refused },
    taken: form.asks.map((ask) => ({ ask, field: null })),
  });
  const file = { name: `${form.title}.xlsx`, bytes: await blankOf(form) };
  const sent = await head.upload('/api/ledger-templates', { commandId: randomUUID(), areaId: station }, [file]);
  if (sent.status !== 200) return nothing(sent.body.code);
  const at = `/api/ledger-templates/${sent.body.templateId}`;
  const template = (await head.get(at)).body;
  const table = template.tables[template.chosen];
  if (form.who.length > 0) {
    const bound = { version: template.version, table: template.chosen, columns: [], cells: [], conditions: form.who };
    const said = await head.post(`${at}/bind`, bound);
    if (said.status !== 200) return nothing(said.body.code);
  }
  const made = await head.post(`${at}/fill`, { areaId: station, reason: '核对十二张表' });
  if (made.status !== 200) return nothing(made.body.code);
  // A form about houses that is filled with people holds nothing of what it asks.
  if (template.ledger !== form.about) return nothing(`filled with ${template.ledger}`);
  const columns = table.columns.map(({ field }: { field: string | null }, i: number) => ({
    ask: form.asks[i] ?? '',
    field,
  }));
  return counted(form, columns, await sheetsOf(head, made.body.exportId));
}

type Cells = readonly (readonly unknown[])[];

async function sheetsOf(head: Caller, exportId: string): Promise<{ table: Cells; sources: Cells }> {
  const { sheets } = await read((await head.get(`/api/ledger-exports/${exportId}/file`)).raw);
  return { table: sheets[0]?.rows ?? [], sources: sheets[1]?.rows.slice(3) ?? [] };
}

function counted(
  form: PublicForm,
  taken: Measured['taken'],
  { table, sources }: { table: Cells; sources: Cells },
): Measured {
  const first = form.asks.some((ask) => ask.includes('/')) ? 3 : 2;
  const told = new Map<number, Set<string>>();
  for (const [line, fields] of sources) {
    const known = told.get(Number(line)) ?? new Set();
    for (const name of String(fields).split('、')) known.add(name);
    told.set(Number(line), known);
  }
  const rows = table.slice(first).filter((row) => row.some((cell) => (cell ?? '') !== ''));
  const cells = new Map<string, { filled: number; sourced: number }>();
  for (const [i, row] of rows.entries())
    for (const [at, { ask, field }] of taken.entries()) {
      if ((row[at] ?? '') === '') continue;
      const name = field === null ? undefined : fieldNamed(field)?.name.zh;
      const isSourced = name !== undefined && told.get(first + i + 1)?.has(name) === true;
      const { filled, sourced } = cells.get(ask) ?? { filled: 0, sourced: 0 };
      cells.set(ask, { filled: filled + 1, sourced: sourced + (isSourced ? 1 : 0) });
    }
  return { form, taken, rows: rows.length, asked: rows.length * form.asks.length, cells, refused: null };
}
