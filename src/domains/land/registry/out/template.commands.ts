import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import { createDataKey, type DataKey, openDataKey, openDataKeys } from '../../../../kernel/data_key.ts';
import { seal, unseal } from '../../../../kernel/envelope.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type EntryBody, record } from '../../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../../kernel/problem.ts';
import { me } from '../../accounts/index.ts';
import { openPacked, sealPacked } from '../batches/batch_sealing.commands.ts';
import { conditionOf, whyNoCondition } from '../fields/choice.model.ts';
import { isOwn } from '../fields/own_code.model.ts';
import { type AnyLedgerCode, type Ledger, residents } from '../ledger.model.ts';
import type { Span } from '../ledger.queries.ts';
import { requireKept } from '../own/own_ledger.commands.ts';
import { fillableIn, judgedBlank, readFor, shapeOf, withStanding } from './blank_fit.model.ts';
import { askOut } from './out.commands.ts';
import {
  type BlankTable,
  type bindingForm,
  type KeptShape,
  type KeptTable,
  type ledgerForm,
  type TemplateShape,
  templateProblems,
} from './template.model.ts';
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
import { askedAt, commonAt, keptAt, landOf } from './template_ledger.commands.ts';

export interface SentTemplate {
  readonly areaId: Id;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly tables: readonly BlankTable[];
}

/** Keeps a superior's workbook for an area. What somebody let its columns hold before, they hold this time too. */
export async function keepTemplate(ctx: Ctx, sent: SentTemplate): Promise<{ templateId: Id; bound: number }> {
  const { area } = await askOut(ctx, sent.areaId, undefined, true);
  const here = await commonAt(ctx, area);
  const tables = sent.tables.map((one) => judgedBlank(one, here));
  if (tables.length === 0) throw new Problem(templateProblems['template.no_table']);
  const signature = signatureOf(tables);
  const alike = await templateAlike(ctx, signature);
  // What nobody has looked at is understood anew.
  const before = alike && alike.version > 1 ? await openTemplate(ctx, alike) : undefined;
  const fullest = tables.reduce((best, one, i) => (boundIn(one) > boundIn(tables[best]) ? i : best), 0);
  const shape: TemplateShape = before
    ? {
        ...before.shape,
        tables: await Promise.all(tables.map(async (table, i) => remembered(ctx, area, table, before.shape.tables[i]))),
      }
    : { tables, chosen: fullest };
  const id = ctx.ids.newId();
  const key = createDataKey(ctx, { kind: 'ledger_template', id });
  const { personId } = me(ctx);
  insertTemplate(ctx, {
    ...{ id, ledger: ledgerIn(shape), areaId: area.id, scopeNo: area.no, keyId: key.id, signature, version: 1 },
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

const signatureOf = (tables: readonly BlankTable[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(tables.map(({ columns }) => columns.map(({ path }) => path))))
    .digest();

/** What was said of another area's may be nothing here: its own ledger, its own fields. */
async function remembered(ctx: Ctx, area: Span, table: KeptTable, before: KeptTable | undefined): Promise<KeptTable> {
  const ledger = before && (await keptAt(ctx, before.ledger, area));
  return before && ledger ? recall(ledger, table, before) : table;
}

const recall = (ledger: Ledger, table: KeptTable, before: KeptTable): KeptTable => ({
  ...table,
  ledger: before.ledger,
  conditions: before.conditions.filter((one) => conditionOf(ledger, one) !== null),
  columns: table.columns.map((one, i) => {
    const field = before.columns[i]?.field ?? null;
    const isForeign = field !== null && isOwn(field) && !ledger.fields.includes(field);
    return field === one.field || isForeign ? one : { ...one, field, by: 'memory' };
  }),
  cells: table.cells.map((one) => ({
    ...one,
    holds: before.cells.find(({ label }) => label === one.label)?.holds ?? one.holds,
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
    const kept = JSON.parse(openPacked(key, row.sealedShape, boundToShape(row.id)).toString()) as KeptShape;
    return [{ row, key, fileName, shape: shapeOf(kept) }];
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
  const open = await holdAsSeen(ctx, id, asked.version);
  const table = open.shape.tables[asked.table];
  const asks = await askedAt(ctx, open.row, table?.ledger ?? residents.code);
  const ledger = table ? withStanding(asks, table) : asks;
  const isThere = asked.columns.every(
    ({ column, field }) =>
      table?.columns.some((one) => one.column === column) && (field === null || fillableIn(ledger).includes(field)),
  );
  const hasCells = asked.cells.every(({ at }) => table?.cells.some((one) => one.at === at));
  if (!table || !isThere || !hasCells) throw new Problem(templateProblems['template.wrong_column']);
  const conditions = asked.conditions.map((one) => conditionOf(ledger, one));
  const faults = asked.conditions.flatMap((one, i): FieldFault[] =>
    conditions[i] === null ? [{ path: `conditions.${i}`, says: whyNoCondition(ledger, one) }] : [],
  );
  if (faults.length > 0) throw new Problem(templateProblems['template.wrong_condition'], {}, faults);
  const bound = rebound(table, asked);
  if (boundIn(bound) === 0) throw new Problem(templateProblems['template.no_column']);
  const shape: TemplateShape = {
    tables: open.shape.tables.with(asked.table, { ...bound, conditions: conditions.flatMap((one) => one ?? []) }),
    chosen: asked.table,
  };
  return { templateId: id, version: keepShape(ctx, open, shape) };
}

/** Refused where somebody has changed it since `version` was looked at. */
async function holdAsSeen(ctx: Ctx, id: Id, version: number): Promise<OpenTemplate> {
  const open = await openTemplate(ctx, await holdTemplate(ctx, id));
  if (!open) throw new Problem(templateProblems['template.not_found']);
  if (open.row.version !== version) throw new Problem(templateProblems['template.changed']);
  return open;
}

function keepShape(ctx: Ctx, { row, key }: OpenTemplate, shape: TemplateShape): number {
  const version = row.version + 1;
  const ledger = ledgerIn(shape);
  const sealedShape = sealPacked(key, JSON.stringify(shape), boundToShape(row.id));
  saveShape(ctx, { id: row.id, ledger, sealedShape, version, boundBy: me(ctx).personId });
  told(ctx, row, 'ledger.template_bound', { version, ledger });
  return version;
}

/** Of the table that is filled. */
const ledgerIn = ({ tables, chosen }: TemplateShape): AnyLedgerCode => tables[chosen]?.ledger ?? residents.code;

/**
 * Which of its tables is filled, and of which ledger the rows are. For another ledger its labels are read anew, and its
 * conditions on the fields of the former are gone; those of the other tables stay, and so does what was filled before.
 */
export async function turnTemplate(
  ctx: Ctx,
  id: Id,
  asked: z.output<typeof ledgerForm>,
): Promise<{ templateId: Id; version: number }> {
  const open = await holdAsSeen(ctx, id, asked.version);
  const { tables } = open.shape;
  const table = tables[asked.table];
  if (!table) throw new Problem(templateProblems['template.wrong_column']);
  const isRead = table.ledger === asked.ledger && boundIn(table) > 0;
  if (!isRead) await requireKept(ctx, asked.ledger, await landOf(ctx, open.row));
  const turned = isRead ? table : readFor(await askedAt(ctx, open.row, asked.ledger), table);
  const shape: TemplateShape = { tables: tables.with(asked.table, turned), chosen: asked.table };
  return { templateId: id, version: keepShape(ctx, open, shape) };
}

const rebound = (table: KeptTable, { columns, cells }: Binding): KeptTable => ({
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
