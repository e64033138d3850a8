import type { BlankTable } from '../../domains/land/registry/out/template.model.ts';
import { blankTablesOf } from '../workbooks/blank_table.model.ts';
import { sheetOf, type WordTable } from './word_body.model.ts';
import { formOf } from './word_form.model.ts';

/** So many answers beside their labels make it a form about one record, whatever else is in it. */
const SURELY_A_FORM = 3;
const AT_LEAST = 2;

/** What can be filled in a document: tables with empty rows, and forms about one record. */
export const blanksIn = (tables: readonly WordTable[]): BlankTable[] => tables.flatMap(blanksOf);

function blanksOf(table: WordTable): BlankTable[] {
  const form = formOf(table);
  if (form && form.beside >= SURELY_A_FORM) return [form.table];
  const lists = blankTablesOf([sheetOf(table)]).flatMap((one): BlankTable[] => {
    // A table of a document ends: below its last row there are no others.
    if (one.first >= table.rows.length) return [];
    const below = one.below ?? table.rows.length;
    return [{ ...one, word: 'table', title: one.title ?? table.title, below }];
  });
  return lists.length === 0 && form && form.recognised >= AT_LEAST ? [form.table] : lists;
}
