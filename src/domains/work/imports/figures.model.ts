import type { WorkingTime } from '../calendars/calendar.model.ts';
import { applyAct, type Clock, isLate } from '../obligations/clock.model.ts';
import type { NoteKind, RefusedRow } from './import.model.ts';
import type { ImportMap } from './map.model.ts';
import type { Row } from './row.model.ts';

export type Written = 'created' | 'changed' | 'same';

export interface Note {
  readonly kind: NoteKind;
  readonly rows: number;
  /** The first few, so that somebody can look. */
  readonly first: readonly number[];
}

/** What an import comes to; every row of the file is in exactly one of created, changed, same and refused. */
export interface ImportFigures {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: readonly RefusedRow[];
  readonly notes: readonly Note[];
  /** As the clocks say at the last closing in the file; rows that the source does not flag are counted as such. */
  readonly onTime: number;
  readonly late: number;
  readonly noFlag: number;
  readonly asOf: string | null;
}

export interface Tally {
  wrote(row: Row, verdict: Written): void;
  refused(row: RefusedRow): void;
  note(row: Row, kind: NoteKind): void;
  figures(): ImportFigures;
}

const FEW = 5;

export function openTally(map: ImportMap, asOf: Date | null): Tally {
  const counts = { created: 0, changed: 0, same: 0, onTime: 0, late: 0, noFlag: 0 };
  const refused: RefusedRow[] = [];
  const notes = new Map<NoteKind, { rows: number; first: number[] }>();
  const note = ({ row }: Row, kind: NoteKind): void => {
    const known = notes.get(kind) ?? { rows: 0, first: [] };
    known.rows += 1;
    if (known.first.length < FEW) known.first.push(row);
    notes.set(kind, known);
  };
  return {
    note,
    wrote(row, verdict) {
      counts[verdict] += 1;
      if (row.closedAt && row.closedAt < row.openedAt) note(row, 'closed_before_opened');
      if (asOf === null) return;
      const { counted, differs } = compare(map, row, asOf);
      if (counted) counts[counted] += 1;
      if (differs) note(row, differs);
    },
    refused: (row) => void refused.push(row),
    figures: () => ({
      rows: counts.created + counts.changed + counts.same + refused.length,
      ...{ created: counts.created, changed: counts.changed, same: counts.same },
      refused,
      notes: [...notes].map(([kind, found]) => ({ kind, ...found })),
      ...{ onTime: counts.onTime, late: counts.late, noFlag: counts.noFlag },
      asOf: asOf?.toISOString() ?? null,
    }),
  };
}

type Counted = 'onTime' | 'late' | 'noFlag' | null;

/** The clock decides; that a row without a deadline is on time is true only where the source's own definition says so. */
function compare(map: ImportMap, row: Row, asOf: Date): { counted: Counted; differs: NoteKind | null } {
  const hasFlags = map.columns.flag !== undefined;
  if (hasFlags && row.flag === null)
    return { counted: 'noFlag', differs: row.until === null ? null : 'target_without_flag' };
  if (row.until === null) {
    const counted = map.figures.withoutTarget === 'on_time' ? 'onTime' : null;
    return { counted, differs: row.flag === null ? null : 'no_target_flagged' };
  }
  const isLateNow = isLate(clockOf(row), asOf);
  return {
    counted: isLateNow ? 'late' : 'onTime',
    differs: hasFlags && (row.flag === 'late') !== isLateNow ? 'flag_differs' : null,
  };
}

/** The clock of the row, folded from the same acts as the one that is stored. */
function clockOf({ openedAt, until, closedAt }: Row): Clock {
  const open = applyAct(
    null,
    { act: 'open', at: openedAt.toISOString(), limit: null, ladder: [], ...(until && { until: until.toISOString() }) },
    noCalendar,
  );
  return closedAt === null ? open : applyAct(open, { act: 'settle', at: closedAt.toISOString() }, noCalendar);
}

/** A deadline given as an instant runs on the continuous clock. */
const unasked = (): never => {
  throw new Error('a given deadline asked a calendar');
};
const noCalendar: WorkingTime = {
  add: unasked,
  between: unasked,
  dayMs: unasked,
  addNaturalDays: unasked,
  intervals: unasked,
};
