import { ledgerFields } from '../fields/ledger_fields.model.ts';
import { areaFields } from '../fields/place_named.model.ts';
import { followingFields } from '../households/following.model.ts';
import type { CommonLedger, Ledger } from '../ledger.model.ts';
import { fieldsOfOwn, ledgers } from '../ledgers.model.ts';
import { isOwnLedger } from '../own/own_ledger_code.model.ts';
import type { BatchColumn, BatchTable } from './candidate.model.ts';
import { bareName } from './columns.model.ts';

/** A table as it was understood, before any ledger was asked. */
export type GivenTable = Omit<BatchTable, 'isTaken'>;

export const isFieldOf = ({ fields }: Ledger, field: string): boolean =>
  fields.includes(field) || areaFields.includes(field);

/**
 * The same table read for a ledger: its own fields first, then names that mean something in this ledger alone, then what
 * means something else elsewhere. Fields of other ledgers are left out, and of two columns with one field the first holds.
 */
export function judged(ledger: Ledger, table: GivenTable): BatchTable {
  const meant = ({ by, field, path }: BatchColumn): string | null => {
    // What somebody said holds; but what was said for another area may be nothing here.
    const isSaid = (by === 'hand' || by === 'memory') && (field === null || isFieldOf(ledger, field));
    return isSaid ? field : (addedNamed(ledger, path) ?? field);
  };
  const fields = table.columns.map(meant).map((field) => (field !== null && isFieldOf(ledger, field) ? field : null));
  const taken = new Set<string>();
  const isFirst = (field: string | null): boolean => field !== null && !taken.has(field) && Boolean(taken.add(field));
  const firsts = fields.map((field) => (isFirst(field) ? field : null));
  const claim = (of: (column: BatchColumn) => string | null): void => {
    for (const [i, column] of table.columns.entries()) {
      // What somebody left out stays out, and what somebody chose is not chosen again.
      if (firsts[i] !== null || column.by === 'hand' || (column.by === 'memory' && column.field === null)) continue;
      const field = of(column);
      if (isFirst(field)) firsts[i] = field;
    }
  };
  claim(({ path }) => nameHere(ledger, path));
  claim(({ field }) => (field === null ? null : (ledger.reads[field] ?? null)));
  const columns = table.columns.map((column, i): BatchColumn => {
    const field = firsts[i] ?? null;
    const seen = column.seen === undefined ? column.field : column.seen;
    const how = column.by === 'values' && field !== column.field ? null : column.by;
    const by = field === null ? (column.field === null ? column.by : null) : (how ?? 'alias');
    return { ...column, field, by, ...(seen === field ? {} : { seen }) };
  });
  return { ...table, columns, isTaken: ledger.required.every((code) => taken.has(code)) };
}

/** What these fields are called in a ledger that has them. */
function namesOf(fields: readonly string[]): ReadonlyMap<string, string> {
  const own = [...ledgerFields, ...followingFields].filter((one) => fields.includes(one.code));
  const names = own.flatMap(({ code: field, name, aliases }) =>
    [name.zh, ...aliases].map((alias) => [bareName(alias), field] as const),
  );
  return new Map(names);
}
const namesHere = new Map<string, ReadonlyMap<string, string>>(
  ledgers.map(({ code, fields }) => [code, namesOf(fields)] as const),
);
const namesInOwn = namesOf(fieldsOfOwn);

/** `责任人/电话` as well as `责任人电话`. In an own ledger first what the area itself writes over the name. */
export function nameHere({ code, called = '' }: Pick<Ledger, 'code' | 'called'>, path: string): string | null {
  const names = namesOn(path);
  if (called !== '' && names.includes(bareName(called))) return 'thing.name';
  const known = isOwnLedger(code) ? namesInOwn : namesHere.get(code);
  return names.map((name) => known?.get(name)).find((field) => field !== undefined) ?? null;
}

/** What an area calls so itself: its own words before what they mean elsewhere, those of the smallest area first. */
export function addedNamed({ added = [] }: Ledger, path: string): string | null {
  const names = namesOn(path);
  const called = added.filter(
    ({ isRetired, name, aliases }) => !isRetired && [name.zh, ...aliases].some((one) => names.includes(bareName(one))),
  );
  return called.at(-1)?.code ?? null;
}

/** `责任人电话` and `电话` of `责任人/电话`. */
function namesOn(path: string): readonly string[] {
  const parts = path.split('/').map(bareName);
  return [parts.slice(-2).join(''), parts.at(-1) ?? ''];
}

/** How much of a file a ledger has a place for; what is its own counts more. 0: it cannot take it. */
export function fitOf(ledger: Ledger, tables: readonly GivenTable[]): number {
  const taken = tables.map((table) => judged(ledger, asSeen(table))).filter(({ isTaken }) => isTaken);
  return taken.reduce((sum, { columns }) => sum + pointsOf(ledger, columns), 0);
}

type Judged = Pick<BatchColumn, 'field' | 'seen'>;

export const pointsOf = (ledger: Ledger, columns: readonly Judged[]): number =>
  columns.reduce((sum, column) => sum + (column.field === null ? 0 : isItsOwn(ledger, column) ? 3 : 1), 0);

/** A name that only this ledger has; what another calls so may be meant for that one. */
export const isItsOwn = ({ own }: Ledger, { field, seen }: Judged): boolean =>
  field !== null && own.some((head) => field.startsWith(head)) && (seen ?? field) === field;

/** Every column as it was first understood. */
export const asSeen = (table: GivenTable): GivenTable => ({
  ...table,
  columns: table.columns.map(({ seen, ...column }) => {
    if (seen === undefined) return column;
    return { ...column, field: seen, by: seen === null ? null : 'alias' };
  }),
});

/** The ledger that has a place for most of it; null: none can take it. Of two that fit as well the one that was asked for. */
export function bestFor(tables: readonly GivenTable[], asked: Ledger | null): CommonLedger | null {
  const fits = ledgers.map((ledger) => ({ ledger, fit: fitOf(ledger, tables), isAsked: ledger.code === asked?.code }));
  const [best] = fits.sort((one, other) => other.fit - one.fit || Number(other.isAsked) - Number(one.isAsked));
  return best && best.fit > 0 ? best.ledger : null;
}
