import type { EntryRow } from '../../../kernel/journal.ts';
import type { Columns, Retelling, Telling } from '../retelling/index.ts';
import { modes } from './kind.model.ts';

/**
 * What the journal tells of checkpoints: that they stand, when which rule was in force, who signed for a shift, how many
 * passed, what was disinfected and handed over. What a gate is called and where it lies, its rules, the hours and names
 * of its roster, reasons, and what was asked of people are told nowhere but in their rows.
 */
export const checkpointRetelling: Retelling = {
  kind: 'checkpoint',
  tables: [
    { table: 'checkpoint', of: 'id', retell: retellGate },
    { table: 'checkpoint_rule', of: 'checkpoint_id', holding: true, retell: retellRules },
    { table: 'checkpoint_alert', of: 'checkpoint_id', retell: retellAlerts },
    { table: 'checkpoint_shift', of: 'checkpoint_id', retell: retellShifts },
    { table: 'checkpoint_passage', of: 'checkpoint_id', retell: retellPassages },
    { table: 'checkpoint_cleaning', of: 'checkpoint_id', retell: retellCleanings },
    { table: 'checkpoint_goods', of: 'checkpoint_id', retell: retellGoods },
  ],
};

const of = (entries: readonly EntryRow[], what: string): EntryRow[] =>
  entries.filter(({ kind }) => kind === `checkpoint.${what}`);

function retellGate(entries: readonly EntryRow[]): Telling {
  const [setUp] = of(entries, 'set_up');
  if (!setUp) return { named: new Map() };
  const { personId, recordedAt, scopeNo, body } = setUp;
  const [closed] = of(entries, 'closed');
  const told = {
    ...{ areaId: body.areaId, kind: body.kind, scopeNo, personId, openedAt: recordedAt },
    ...{ stage: closed ? 'closed' : 'open', closedAt: closed?.recordedAt },
  };
  return { named: new Map([[setUp.recordId, told]]) };
}

/** One for each mode holds, taken down or not. */
function retellRules(): Telling {
  return { nameless: modes.map((mode) => ({ mode })) };
}

/** One emergency after the other. */
function retellAlerts(entries: readonly EntryRow[]): Telling {
  const ends = of(entries, 'emergency_ended');
  const nameless = of(entries, 'emergency_begun').map(({ recordedAt, personId }, i) => ({
    ...{ since: recordedAt, begunBy: personId, until: ends[i]?.recordedAt, endedBy: ends[i]?.personId },
  }));
  return { nameless };
}

/** Who put so many down is told without their ids; what became of one with its id. */
function retellShifts(entries: readonly EntryRow[]): Telling {
  const nameless = of(entries, 'rostered').flatMap(({ body, personId }) =>
    Array.from({ length: Number(body.shifts) }, () => ({ side: body.side, madeBy: personId })),
  );
  const taken = of(entries, 'taken_up').map(({ body, occurredAt, personId }) => [
    String(body.shiftId),
    { ...untouched, takenAt: occurredAt, takenBy: personId },
  ]);
  const calledOff = of(entries, 'shift_called_off').map(({ body, recordedAt }) => [
    String(body.shiftId),
    { ...untouched, calledOffAt: recordedAt },
  ]);
  const closed = of(entries, 'closed').flatMap(({ body, recordedAt }) =>
    [body.shifts ?? []].flat().map((id) => [String(id), { ...untouched, calledOffAt: recordedAt }]),
  );
  return { nameless, named: new Map([...taken, ...calledOff, ...closed] as [string, Columns][]), others: untouched };
}
const untouched: Columns = { takenAt: null, takenBy: null, calledOffAt: null };

function retellPassages(entries: readonly EntryRow[]): Telling {
  const back = new Map(of(entries, 'taken_back').map((entry) => [entry.body.passageId, entry]));
  const passages = of(entries, 'passed').map(({ body, personId, occurredAt: madeAt, recordedAt }) => {
    const { traveller, count, passed } = body;
    const wrong = back.get(body.passageId);
    const takenBack = { takenBackAt: wrong?.occurredAt ?? null, takenBackBy: wrong?.personId ?? null };
    const told = { traveller, count, passed, personId, madeAt, recordedAt, ...takenBack };
    return [String(body.passageId), told] as const;
  });
  return { named: new Map(passages) };
}

function retellCleanings(entries: readonly EntryRow[]): Telling {
  return { nameless: of(entries, 'disinfected').map(({ personId, occurredAt }) => ({ personId, madeAt: occurredAt })) };
}

function retellGoods(entries: readonly EntryRow[]): Telling {
  const handed = new Map(of(entries, 'goods_handed_out').map((entry) => [entry.body.goodsId, entry]));
  const goods = of(entries, 'goods_taken_in').map(({ body, personId, recordedAt }) => {
    const out = handed.get(body.goodsId);
    const told = {
      ...{ takenInAt: recordedAt, takenInBy: personId },
      ...{ handedAt: out?.recordedAt, handedBy: out?.personId },
    };
    return [String(body.goodsId), told] as const;
  });
  return { named: new Map(goods) };
}
