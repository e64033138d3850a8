import { createHash } from 'node:crypto';
import type { Ctx } from '../../../kernel/context.ts';
import { createDataKey, type DataKey, openDataKey, openDataKeys } from '../../../kernel/data_key.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../accounts/index.ts';
import { openPacked, sealPacked } from './batch_sealing.commands.ts';
import { conditionOf } from './choice.model.ts';
import { residents } from './ledger.model.ts';
import { askOut } from './out.commands.ts';
import { type BlankTable, type bindingForm, fillable, type TemplateShape, templateProblems } from './template.model.ts';
import {
  findTemplate,
  holdTemplate,
  insertTemplate,
  isTemplateKept,
  saveDropped,
  saveShape,
  sealedTemplate,
  type Template,
  templateAlike,
} from './template.queries.ts';

export interface SentTemplate {
  readonly areaId: Id;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly tables: readonly BlankTable[];
}

/** Keeps a superior's workbook for an area. What somebody let its columns hold before, they hold this time too. */
export async function keepTemplate(ctx: Ctx, sent: SentTemplate): Promise<{ templateId: Id; bound: number }> {
  const { area } = await askOut(ctx, sent.areaId, undefined, true);
  const tables = sent.tables.map(judged);
  if (tables.length === 0) throw new Problem(templateProblems['template.no_table']);
  const signature = signatureOf(tables);
  const before = await openTemplate(ctx, await templateAlike(ctx, signature));
  const fullest = tables.reduce((best, one, i) => (boundIn(one) > boundIn(tables[best]) ? i : best), 0);
  const shape: TemplateShape = before
    ? { ...before.shape, tables: tables.map((table, i) => recall(table, before.shape.tables[i])) }
    : { tables, chosen: fullest, conditions: [] };
  const id = ctx.ids.newId();
  const key = createDataKey(ctx, { kind: 'ledger_template', id });
  const { personId } = me(ctx);
  insertTemplate(ctx, {
    ...{ id, ledger: residents.code, areaId: area.id, scopeNo: area.no, keyId: key.id, signature, version: 1 },
    ...{ keptBy: personId, keptAt: ctx.now, boundBy: personId, boundAt: ctx.now },
    sealedName: seal(key.bytes, sent.fileName, boundToName(id)),
    sealed: sealPacked(key, sent.bytes, boundToFile(id)),
    sealedShape: sealPacked(key, JSON.stringify(shape), boundToShape(id)),
  });
  told(ctx, { id, scopeNo: area.no }, 'ledger.template_kept', { areaId: area.id });
  return { templateId: id, bound: boundIn(shape.tables[shape.chosen]) };
}

const boundToName = (id: Id): string => `ledger template name ${id}`;
const boundToFile = (id: Id): string => `ledger template ${id}`;
const boundToShape = (id: Id): string => `ledger template shape ${id}`;

export const boundIn = (table: BlankTable | undefined): number =>
  table?.columns.filter(({ field }) => field !== null).length ?? 0;

/** Fields of other ledgers are left empty. */
const judged = (table: BlankTable): BlankTable => ({
  ...table,
  columns: table.columns.map((one) =>
    one.field !== null && fillable.includes(one.field) ? one : { ...one, field: null, by: null },
  ),
});

const signatureOf = (tables: readonly BlankTable[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(tables.map(({ columns }) => columns.map(({ path }) => path))))
    .digest();

const recall = (table: BlankTable, before: BlankTable | undefined): BlankTable => ({
  ...table,
  columns: table.columns.map((one, i) => {
    const field = before?.columns[i]?.field ?? null;
    return field === one.field ? one : { ...one, field, by: 'memory' };
  }),
  cells: table.cells.map((one) => ({
    ...one,
    holds: before?.cells.find(({ label }) => label === one.label)?.holds ?? one.holds,
  })),
});

export interface OpenTemplate {
  readonly row: Template;
  readonly key: DataKey;
  readonly fileName: string;
  readonly shape: TemplateShape;
}

/** With its key; those whose key is gone are left out. */
export async function openTemplates(ctx: Ctx, rows: readonly Template[]): Promise<OpenTemplate[]> {
  const keys = await openDataKeys(
    ctx,
    rows.map(({ keyId }) => keyId),
  );
  return rows.flatMap((row) => {
    const key = keys.get(row.keyId);
    if (!key) return [];
    const fileName = unseal(key.bytes, row.sealedName, boundToName(row.id)).toString();
    const shape = JSON.parse(openPacked(key, row.sealedShape, boundToShape(row.id)).toString()) as TemplateShape;
    return [{ row, key, fileName, shape }];
  });
}

const openTemplate = async (ctx: Ctx, row: Template | undefined): Promise<OpenTemplate | undefined> =>
  row && (await openTemplates(ctx, [row]))[0];

/** Within what the viewer keeps. Refused by `template.not_found`. */
export async function requireTemplate(ctx: Ctx, id: Id): Promise<OpenTemplate> {
  const open = await openTemplate(ctx, await findTemplate(ctx, id));
  if (!open) throw new Problem(templateProblems['template.not_found']);
  return open;
}

/** The workbook as it was sent. */
export async function blankFile(ctx: Ctx, { row }: OpenTemplate): Promise<() => Buffer> {
  const [key, sealed] = [await openDataKey(ctx, row.keyId), await sealedTemplate(ctx, row.id)];
  if (!key || !sealed) throw new Problem(templateProblems['template.not_found']);
  return () => openPacked(key, sealed, boundToFile(row.id));
}

type Binding = ReturnType<(typeof bindingForm)['parse']>;

/** Which column is filled with what, and who belongs into it. */
export async function bindTemplate(ctx: Ctx, id: Id, asked: Binding): Promise<{ templateId: Id; version: number }> {
  const open = await openTemplate(ctx, await holdTemplate(ctx, id));
  if (!open) throw new Problem(templateProblems['template.not_found']);
  if (open.row.version !== asked.version) throw new Problem(templateProblems['template.changed']);
  const table = open.shape.tables[asked.table];
  const isThere = asked.columns.every(
    ({ column, field }) =>
      table?.columns.some((one) => one.column === column) && (field === null || fillable.includes(field)),
  );
  const hasCells = asked.cells.every(({ at }) => table?.cells.some((one) => one.at === at));
  if (!table || !isThere || !hasCells) throw new Problem(templateProblems['template.wrong_column']);
  const conditions = asked.conditions.map(conditionOf);
  if (conditions.includes(null)) throw new Problem(templateProblems['template.wrong_condition']);
  const bound = rebound(table, asked);
  if (boundIn(bound) === 0) throw new Problem(templateProblems['template.no_column']);
  const shape: TemplateShape = {
    tables: open.shape.tables.with(asked.table, bound),
    chosen: asked.table,
    conditions: conditions.flatMap((one) => one ?? []),
  };
  const version = open.row.version + 1;
  const sealedShape = sealPacked(open.key, JSON.stringify(shape), boundToShape(id));
  saveShape(ctx, { id, sealedShape, version, boundBy: me(ctx).personId });
  told(ctx, open.row, 'ledger.template_bound', { version });
  return { templateId: id, version };
}

const rebound = (table: BlankTable, { columns, cells }: Binding): BlankTable => ({
  ...table,
  columns: table.columns.map((one) => {
    const said = columns.find(({ column }) => column === one.column);
    return said === undefined || said.field === one.field ? one : { ...one, field: said.field, by: 'hand' };
  }),
  cells: table.cells.map((one) => {
    const said = cells.find(({ at }) => at === one.at);
    return said === undefined ? one : { ...one, holds: said.holds };
  }),
});

/** It is not offered any more; what was filled from it says that it was. */
export async function dropTemplate(ctx: Ctx, id: Id): Promise<{ templateId: Id }> {
  const row = await holdTemplate(ctx, id);
  if (!row) throw new Problem(templateProblems['template.not_found']);
  saveDropped(ctx, id);
  told(ctx, row, 'ledger.template_dropped', {});
  return { templateId: id };
}

/** For a command that is sent again. */
export async function recheckTemplate(ctx: Ctx, id: Id): Promise<void> {
  if (!(await isTemplateKept(ctx, id))) throw new Problem(templateProblems['template.not_found']);
}

function told(ctx: Ctx, { id, scopeNo }: { id: Id; scopeNo: number }, kind: string, body: EntryBody): void {
  record(ctx, { kind, about: { kind: 'ledger_template', id, scopeNo, confidential: false }, body });
}
