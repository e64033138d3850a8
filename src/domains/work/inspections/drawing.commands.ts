import { createHash } from 'node:crypto';
import { type Ctx, holdsPost } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import type { Area } from '../../land/areas/index.ts';
import { factOf } from '../../land/registry/batches/door.model.ts';
import { type Condition, conditionOf, meets, whyNoCondition } from '../../land/registry/fields/choice.model.ts';
import {
  type Ledger,
  ledgerAt,
  ledgerReaders,
  listRecords,
  type OpenRecord,
  openRecords,
  requireKept,
} from '../../land/registry/index.ts';
import { calledIn } from '../../land/registry/ledgers.model.ts';
import { inspectionProblems, MOST_DRAWN_FROM, type SampleForm } from './inspection.model.ts';
import { foundBefore } from './inspection.queries.ts';
import { draw, type Listed, type LotOf, weightOf } from './sample.model.ts';

/** Drawing from a ledger: who is meant is listed and weighed, and the rule takes of the list what the seed says. */
export interface Candidate extends Listed {
  readonly record: OpenRecord;
  readonly name: string;
}

interface Population {
  readonly choice: readonly Condition[];
  readonly listed: readonly Candidate[];
}
interface Drawn extends Population {
  readonly drawn: readonly Candidate[];
  readonly seed: string;
}

/** The seed is made in this moment and by nobody: whoever draws twice has opened two inspections, and both are on the list. */
export async function drawFrom(ctx: Ctx, area: Area, sample: SampleForm): Promise<Drawn> {
  const { choice, listed } = await populationOf(ctx, area, sample);
  const seed = ctx.ids.bytes(8).toString('hex');
  return { choice, listed, seed, drawn: draw(sample.rule, listed, lotsOf(seed)) };
}

/** Refused by `inspection.no_ledger`, `inspection.wrong_choice`, `inspection.too_many`, `inspection.no_places`, and for a ledger that is not kept there. */
export async function populationOf(
  ctx: Ctx,
  area: Area,
  { ledger: code, choice: given }: Pick<SampleForm, 'ledger' | 'choice'>,
): Promise<Population> {
  if (!holdsPost(ctx, ledgerReaders, area.no)) throw new Problem(inspectionProblems['inspection.no_ledger']);
  await requireKept(ctx, code, area);
  const ledger = await ledgerAt(ctx, code, area);
  const choice = conditionsIn(ledger, given);
  const listed = await candidatesIn(ctx, area, ledger, choice);
  if (listed.length === 0) throw new Problem(inspectionProblems['inspection.no_places']);
  return { choice, listed };
}

/** The same on every machine: `printf '%s %s' SEED ID | sha256sum`. */
export const lotsOf =
  (seed: string): LotOf =>
  (id) =>
    createHash('sha256').update(`${seed} ${id}`).digest('hex');

/** As the ledger keeps its values. */
function conditionsIn(ledger: Ledger, given: readonly Condition[]): Condition[] {
  const read = given.map((one) => conditionOf(ledger, one));
  const faults = given.flatMap((one, i): FieldFault[] =>
    read[i] === null ? [{ path: `sample.choice.${i}`, says: whyNoCondition(ledger, one) }] : [],
  );
  if (faults.length > 0) throw new Problem(inspectionProblems['inspection.wrong_choice'], {}, faults);
  return read.flatMap((one) => one ?? []);
}

const PART = 500;

async function candidatesIn(ctx: Ctx, span: Area, ledger: Ledger, choice: readonly Condition[]): Promise<Candidate[]> {
  const found: OpenRecord[] = [];
  let after: Id | null = null;
  for (;;) {
    const rows = await listRecords(ctx, { ledger: ledger.code, span, after, most: PART });
    const open = await openRecords(ctx, rows);
    found.push(...[...open.values()].filter(({ standing }) => meets(standing.values, choice)));
    if (found.length > MOST_DRAWN_FROM)
      throw new Problem(inspectionProblems['inspection.too_many'], { most: MOST_DRAWN_FROM });
    if (rows.length < PART) break;
    after = rows.at(-1)?.id ?? null;
  }
  const before = await foundBefore(
    ctx,
    found.map(({ row }) => row.id),
  );
  return found.map((record) => ({
    ...{ id: record.row.id, record, name: nameOf(ledger, record) },
    weight: weightOf(record.standing.values['hazard.level']) + (before.get(record.row.id) ?? 0),
  }));
}

/** What it is called, and where one finds it. */
function nameOf(ledger: Ledger, { standing: { values } }: OpenRecord): string {
  const address = ['place.site', 'place.address', 'place.home']
    .map((code) => factOf(values, code))
    .find((it) => it !== '');
  return [calledIn(ledger, values), address ?? ''].filter((part) => part !== '').join(' · ');
}
