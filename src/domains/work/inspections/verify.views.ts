import type { EntryRow } from '../../../kernel/journal.ts';
import type { Columns, Retelling, Telling } from '../retelling/index.ts';
import { boundToHazard } from './hazard.commands.ts';
import { hazardTable } from './hazard.workflow.ts';

/** What the journal tells of a hazard: all of its row, but whose post looks again at what an inspection found. */
export const hazardRetelling: Retelling = {
  kind: 'hazard',
  tables: [{ table: 'hazard', of: 'id', retell, boundTo: boundToHazard }],
};

const steps: ReadonlySet<string> = new Set(Object.values(hazardTable.rows).map(({ entry }) => entry));
const moved = ['status', 'returned', 'referred', 'objected', 'rounds', 'bodyId'] as const;
const initially: Columns = { returned: false, referred: false, objected: false, rounds: 0 };

function retell(entries: readonly EntryRow[]): Telling {
  const [found] = entries;
  if (found?.kind !== 'hazard.found') return { named: new Map() };
  const { duties: _, ...began } = found.body;
  const changes = entries
    .filter(({ kind }) => steps.has(kind))
    .flatMap(({ body }) => moved.flatMap((column) => (column in body ? [[column, body[column]] as const] : [])));
  const [rectified, checked] = [hazardTable.rows.rectify, hazardTable.rows.check_off].map(({ entry }) =>
    entries.findLast(({ kind }) => kind === entry),
  );
  const told: Columns = {
    ...{ ...initially, ...began, ...Object.fromEntries(changes), scopeNo: found.scopeNo, keyId: found.keyId },
    ...{ foundBy: found.personId, foundAt: found.occurredAt },
    ...{ rectifiedBy: rectified?.personId, rectifiedAt: rectified?.occurredAt },
    ...{ checkedBy: checked?.personId, checkedAt: checked?.occurredAt },
    ...(began.inspectionId === null && { postId: found.postId }),
  };
  return { named: new Map([[found.recordId, told]]) };
}
