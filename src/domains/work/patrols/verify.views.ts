import type { EntryRow } from '../../../kernel/journal.ts';
import type { Retelling, Telling } from '../retelling/index.ts';

/**
 * What the journal tells of patrols: that a plan stands, who walked from when to when, and every tick with its verdict. What
 * a plan is called, where its places lie, its rule and its walkers are told nowhere but in their rows; of places and rule
 * it is told how many hold.
 */
export const patrolRetelling: Retelling = {
  kind: 'patrol_plan',
  tables: [
    { table: 'patrol_plan', of: 'id', retell: retellPlan },
    { table: 'patrol_rule', of: 'plan_id', holding: true, retell: retellRule },
    { table: 'patrol_place', of: 'plan_id', holding: true, retell: retellPlaces },
    { table: 'patrol', of: 'plan_id', retell: retellWalks },
    { table: 'patrol_tick', of: 'plan_id', retell: retellTicks },
  ],
};

const of = (entries: readonly EntryRow[], kind: string): EntryRow[] => entries.filter((entry) => entry.kind === kind);
const isClosed = (entries: readonly EntryRow[]): EntryRow | undefined => of(entries, 'patrol.closed')[0];

function retellPlan(entries: readonly EntryRow[]): Telling {
  const [planned] = entries;
  if (planned?.kind !== 'patrol.planned') return { named: new Map() };
  const { personId, recordedAt, scopeNo, body } = planned;
  const closed = isClosed(entries);
  const told = {
    ...{ areaId: body.areaId, scopeNo, personId, openedAt: recordedAt },
    ...{ stage: closed ? 'closed' : 'open', closedAt: closed?.recordedAt },
  };
  return { named: new Map([[planned.recordId, told]]) };
}

function retellRule(entries: readonly EntryRow[]): Telling {
  return { nameless: isClosed(entries) ? [] : [{}] };
}

function retellPlaces(entries: readonly EntryRow[]): Telling {
  const last = entries.findLast(({ kind }) => kind === 'patrol.planned' || kind === 'patrol.changed');
  return { nameless: Array.from({ length: Number(last?.body.places ?? 0) }, () => ({})) };
}

function retellWalks(entries: readonly EntryRow[]): Telling {
  const ends = new Map(of(entries, 'patrol.ended').map(({ body, occurredAt }) => [body.patrolId, occurredAt]));
  const walks = of(entries, 'patrol.started').map(({ body, personId, occurredAt, recordedAt }) => {
    const endedAt = ends.get(body.patrolId);
    return [String(body.patrolId), { personId, startedAt: occurredAt, endedAt, recordedAt }] as const;
  });
  return { named: new Map(walks) };
}

function retellTicks(entries: readonly EntryRow[]): Telling {
  const nameless = of(entries, 'patrol.ticked').map(({ body, personId, occurredAt, recordedAt }) => ({
    ...{ placeId: body.placeId, personId, madeAt: occurredAt, recordedAt, how: body.how, verdict: body.verdict },
  }));
  return { nameless };
}
