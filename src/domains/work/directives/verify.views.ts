import type { EntryRow } from '../../../kernel/journal.ts';
import { flagsAfter } from '../../../kernel/workflow.ts';
import type { Columns, Retelling, Telling } from '../retelling/index.ts';
import type { Flag } from './item.model.ts';
import { type ItemProcess, itemTable } from './item.workflow.ts';

/**
 * What the journal tells of a notice and its items. Of their words, numbers and helpers it holds nothing, so those cannot
 * be verified.
 */
export const directiveRetellings: readonly Retelling[] = [
  { kind: 'directive', tables: [{ table: 'directive', of: 'id', retell: retellNotice }] },
  { kind: 'directive_item', tables: [{ table: 'directive_item', of: 'id', retell: retellItem }] },
];

function retellNotice([sent]: readonly EntryRow[]): Telling {
  if (sent?.kind !== 'directive.sent') return { named: new Map() };
  const { areaId, datedOn } = sent.body;
  const { personId, postId, recordedAt, scopeNo } = sent;
  return { named: new Map([[sent.recordId, { areaId, datedOn, scopeNo, personId, postId, sentAt: recordedAt }]]) };
}

const { rows } = itemTable;

function retellItem(entries: readonly EntryRow[]): Telling {
  const [sent] = entries;
  if (sent?.kind !== 'directive_item.sent') return { named: new Map() };
  const { duties: _, ...began } = sent.body;
  const told = entries.reduce<Columns>(afterEntry, {
    ...{ ...began, firstDueOn: began.dueOn, returned: false, returns: 0, share: null, scopeNo: sent.scopeNo },
    ...{ toldAt: null, doneBy: null, doneAt: null, endedAt: null },
  });
  return { named: new Map([[sent.recordId, told]]) };
}

function afterEntry(told: Columns, { kind, body, personId, recordedAt: at }: EntryRow): Columns {
  const row = Object.values(rows).find(({ entry }) => entry === kind);
  if (!row) return told;
  const flags = flagsAfter<ItemProcess>(row, new Set<Flag>(told.returned === true ? ['returned'] : []));
  const after = { ...told, status: body.status, returned: flags.has('returned') };
  const newDay = 'is' in body ? { dueOn: body.is } : {};
  if (kind === rows.progress.entry) return { ...after, toldAt: at, share: body.share ?? told.share };
  if (kind === rows.report_done.entry) return { ...after, toldAt: at, doneBy: personId, doneAt: at };
  if (kind === rows.return.entry)
    return { ...after, ...newDay, doneBy: null, doneAt: null, returns: Number(told.returns) + 1 };
  if (kind === rows.move_deadline.entry) return { ...after, ...newDay };
  return { ...after, endedAt: at };
}
