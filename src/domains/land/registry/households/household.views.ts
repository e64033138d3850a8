import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { atlasOf, requireArea } from '../../areas/index.ts';
import type { Values } from '../batches/candidate.model.ts';
import { doorText, isSameDoor } from '../batches/door.model.ts';
import { maskOf } from '../fields/keeping.model.ts';
import { residents } from '../ledger.model.ts';
import { type RecordRow, recordsMarked, recordsNamed, type Span } from '../ledger.queries.ts';
import { calledIn, ledgerNamed } from '../ledgers.model.ts';
import { householdText, markOf, openRecords } from '../record.commands.ts';
import type { householdLine, recordView } from '../record.model.ts';
import { householdsIn } from './household.queries.ts';
import { HEAD } from './kin.model.ts';

/** Who belongs together: by the number of their household, and by the door behind which they live. */
type Household = z.input<typeof householdLine>;

/** The households of an area, in the order in which the first of each was registered. */
export async function householdPage(
  ctx: Ctx,
  { areaId, after, most }: { areaId: Id; after: Id | null; most: number },
): Promise<{ total: number; rows: Household[]; next: Id | null }> {
  const { no, lastNo } = await requireArea(ctx, areaId);
  const atlas = await atlasOf(ctx);
  const span = { no, lastNo };
  const communities = atlas.areas.filter(
    (area) => area.level === 'community' && area.no <= lastNo && area.lastNo >= no,
  );
  const { total, rows: groups } = await householdsIn(ctx, { span, communities, after, most });
  const rows = await recordsNamed(
    ctx,
    groups.flatMap(({ ids }) => ids),
  );
  const open = await openRecords(ctx, rows);
  const lines = groups.map(({ ids }): Household => {
    const members = ids.flatMap((id) => open.get(id) ?? []);
    const head = members.find(({ standing }) => HEAD.test(standing.values['household.relation'] ?? '')) ?? members[0];
    const sorted = head ? [head, ...members.filter((one) => one !== head)] : [];
    return {
      number: head?.standing.values['household.number'] ?? '',
      area: (head && atlas.areaOf(head.row)?.name) ?? '',
      members: sorted.map(({ row, standing: { values } }) => ({
        ...memberOf(row.id, values),
        phone: values['person.phone'] === undefined ? null : maskOf('person.phone', values['person.phone']),
      })),
    };
  });
  const next = groups.length === most ? (groups.at(-1)?.first ?? null) : null;
  return { total, rows: lines, next };
}

const memberOf = (id: Id, values: Values | undefined) => ({
  ...{ id, name: values?.['person.name'] ?? null, relation: values?.['household.relation'] ?? null },
});

export const MOST_MEMBERS = 30;

/** Numbers of households are a community's own: the next one has a number 1 as well. */
export async function householdOf(ctx: Ctx, row: RecordRow, values: Values) {
  const text = row.ledger === residents.code ? householdText(residents, values) : null;
  if (text === null) return [];
  const found = await recordsMarked(ctx, markOf(ctx, text), await communityOf(ctx, row), MOST_MEMBERS);
  const rows = found.filter(({ id }) => id !== row.id);
  const open = await openRecords(ctx, rows);
  return rows.map(({ id }) => memberOf(id, open.get(id)?.standing.values));
}

/** Of one number in all the buildings of a community. */
const MOST_DOORS = 300;

/** What the other ledgers know at the same door of the same community: the house of a resident, who lives in a house. */
export async function doorOf(ctx: Ctx, row: RecordRow, values: Values): Promise<z.input<typeof recordView>['door']> {
  const text = doorText(values);
  if (text === null) return [];
  const found = await recordsMarked(ctx, markOf(ctx, text), await communityOf(ctx, row), MOST_DOORS);
  const rows = found.filter(({ id, ledger }) => id !== row.id && ledger !== row.ledger);
  const open = await openRecords(ctx, rows);
  return rows.flatMap(({ id, ledger: code }) => {
    const there = open.get(id)?.standing.values;
    if (!there || !isSameDoor(values, there)) return [];
    const ledger = ledgerNamed(code);
    const relation = there['household.relation'] ?? there['house.owner'] ?? there['enterprise.trade'] ?? null;
    return [{ id, ledger: ledger.code, name: calledIn(ledger, there) || null, relation }];
  });
}

export async function communityOf(ctx: Ctx, { areaId, scopeNo }: RecordRow): Promise<Span> {
  const atlas = await atlasOf(ctx);
  const here = atlas.areaOf({ scopeNo, areaId });
  if (!here) return { no: scopeNo, lastNo: scopeNo };
  return atlas.upwards(here.id).find(({ level }) => level === 'community') ?? here;
}
