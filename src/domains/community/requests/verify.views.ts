import type { EntryRow } from '../../../kernel/journal.ts';
import type { Columns, Retelling, Telling } from '../../work/retelling/index.ts';
import { boundToRequest } from './request.commands.ts';
import { requestTable } from './request.workflow.ts';

/** What the journal tells of a request: all of its row. What was sealed is compared as long as it is kept. */
export const requestRetelling: Retelling = {
  kind: 'person_request',
  tables: [{ table: 'person_request', of: 'id', retell, boundTo: boundToRequest }],
};

const { rows } = requestTable;
const closing: readonly unknown[] = ['answered', 'refused', 'withdrawn'];

function retell(entries: readonly EntryRow[]): Telling {
  const [written] = entries;
  if (written?.kind !== 'person_request.written') return { named: new Map() };
  const { duties: _, ...began } = written.body;
  const told = entries.reduce<Columns>(afterEntry, {
    ...{ ...began, scopeNo: written.scopeNo, keyId: written.keyId },
    ...{ personId: written.personId, postId: written.postId, writtenAt: written.recordedAt },
    ...{ shownAt: null, reason: null, closedBy: null, closedAt: null },
    ...{ proposedBy: null, proposedAt: null, confirmedBy: null, confirmedAt: null },
  });
  return { named: new Map([[written.recordId, told]]) };
}

function afterEntry(told: Columns, { kind, body, personId: who, recordedAt: at }: EntryRow): Columns {
  if (!Object.values(rows).some(({ entry }) => entry === kind)) return told;
  const { status = told.status } = body;
  const after = { ...told, status, ...(closing.includes(status) && { closedBy: who, closedAt: at }) };
  if (kind === rows.name_record.entry) return { ...after, recordId: body.recordId, shownAt: null };
  if (kind === rows.show.entry) return { ...after, shownAt: at };
  if (kind === rows.propose.entry) return { ...after, proposedBy: who, proposedAt: at };
  if (kind === rows.send_back.entry) return { ...after, proposedBy: null, proposedAt: null };
  if (kind === rows.confirm.entry) return { ...after, confirmedBy: who, confirmedAt: at };
  if (kind === rows.refuse.entry) return { ...after, reason: body.reason };
  return after;
}
