import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { requireArea } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import type { Values } from '../batches/candidate.model.ts';
import { mayBe } from '../batches/told_change.model.ts';
import { appearsIn, nameIn } from '../fields/added_fields.model.ts';
import { isOwn } from '../fields/own_code.model.ts';
import { requireRecord } from '../ledger.commands.ts';
import { residents } from '../ledger.model.ts';
import { type RecordRow, recordsNamed } from '../ledger.queries.ts';
import { linesOf, recordDetail } from '../ledger.views.ts';
import { calledIn } from '../ledgers.model.ts';
import { ledgerAt, spanAt } from '../own/own_field.commands.ts';
import { type OpenRecord, openChange, openRecords, tellingsOf } from '../record.commands.ts';
import { foldedOf, requireTwo } from './merge.commands.ts';
import {
  type besideView,
  differing,
  type duplicatesView,
  likenesses,
  type mergesView,
  preferred,
} from './merge.model.ts';
import { alikeTo, changeNamed, isApart, kindsAlike, type MergeRow, mergesOf, pairsAlike } from './merge.queries.ts';

const MOST_PAIRS = 300;
const MOST_SHOWN = 50;

/** Two of an area who may be one, and why one thinks so; the surest first. */
export async function duplicatesIn(ctx: Ctx, areaId: Id): Promise<z.input<typeof duplicatesView>> {
  const { no, lastNo } = await requireArea(ctx, areaId);
  const pairs = await pairsAlike(ctx, { no, lastNo }, MOST_PAIRS);
  const rows = await recordsNamed(ctx, [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]);
  const open = await openRecords(ctx, rows);
  const said = (id: Id): Values => open.get(id)?.standing.values ?? {};
  // With two numbers of their own, or two birthdays, they are two, whatever else is alike.
  const may = pairs.filter(
    ({ one, other, kinds }) => kinds.includes(SUREST) || mayBe(residents, said(one), said(other)),
  );
  const lines = new Map((await linesOf(ctx, rows)).map((line) => [line.id, line]));
  return {
    rows: may.slice(0, MOST_SHOWN).flatMap(({ one, other, kinds }) => {
      const [first, second] = [lines.get(one), lines.get(other)];
      return first && second ? [{ one: first, other: second, because: wordsFor(kinds) }] : [];
    }),
    more: pairs.length === MOST_PAIRS || may.length > MOST_SHOWN,
  };
}

const SUREST = likenesses[0]?.kind ?? '';

const wordsFor = (kinds: readonly string[]) =>
  likenesses.filter(({ kind }) => kinds.includes(kind)).map(({ words }) => words);

/** Who may be the same person; and side by side with another, if one was asked for. */
export async function besideOf(ctx: Ctx, id: Id, otherId: Id | undefined): Promise<z.input<typeof besideView>> {
  const known = await requireRecord(ctx, id);
  const found = await alikeTo(ctx, known.row.id);
  const rows = await recordsNamed(
    ctx,
    found.map(({ other }) => other),
  );
  const [open, lines] = [await openRecords(ctx, rows), await linesOf(ctx, rows)];
  const may = found.filter(({ other, kinds }) => {
    const there = open.get(other)?.standing.values ?? {};
    return kinds.includes(SUREST) || mayBe(residents, known.standing.values, there);
  });
  return {
    id,
    alike: may.flatMap(({ other, kinds }) => {
      const line = lines.find((one) => one.id === other);
      return line ? [{ other: line, because: wordsFor(kinds) }] : [];
    }),
    pair: otherId === undefined ? null : await pairOf(ctx, id, otherId),
  };
}

async function pairOf(ctx: Ctx, keptId: Id, goneId: Id): Promise<z.input<typeof besideView>['pair']> {
  const two = await requireTwo(ctx, keptId, goneId);
  const [by, kinds] = [await foldedOf(ctx, two), await kindsAlike(ctx, keptId, goneId)];
  const [one, other] = [two.kept.standing.values, two.gone.standing.values];
  return {
    kept: await recordDetail(ctx, keptId),
    gone: await recordDetail(ctx, goneId),
    because: wordsFor(kinds),
    isApart: await isApart(ctx, keptId, goneId),
    differing: differing(one, other).map((field) => ({ field, chosen: preferred(field, by.values, one) })),
  };
}

/** The merges of a record: what was chosen, who undid it, and what was told in between. */
export async function mergeList(ctx: Ctx, id: Id): Promise<z.input<typeof mergesView>> {
  const { row } = await requireRecord(ctx, id);
  const merges = await mergesOf(ctx, row.id);
  const open = await openRecords(ctx, await recordsNamed(ctx, partiesOf(merges)));
  const lines = await Promise.all(merges.map((merge) => whatHappened(ctx, open, merge)));
  const names = await namesOf(
    ctx,
    lines
      .flatMap(({ merge, since }) => [merge.personId, merge.undoneBy, ...since.map(({ personId }) => personId)])
      .flatMap((one) => one ?? []),
  );
  const named = (personId: Id | null): string | null => (personId === null ? null : (names.get(personId) ?? null));
  const called = (one: Id): string => calledIn(residents, open.get(one)?.standing.values ?? {});
  return lines.map(({ merge, chosen, since }) => ({
    ...{ mergeId: merge.id, keptId: merge.keptId, goneId: merge.goneId },
    ...{
      keptName: called(merge.keptId),
      goneName: called(merge.goneId),
      by: named(merge.personId),
      at: merge.mergedAt,
    },
    ...{ undoneBy: named(merge.undoneBy), undoneAt: merge.undoneAt, chosen },
    since: since.map(({ personId, ...told }) => ({ ...told, by: named(personId) })),
  }));
}

const partiesOf = (merges: readonly MergeRow[]): Id[] => [
  ...new Set(merges.flatMap(({ keptId, goneId }) => [keptId, goneId])),
];

async function whatHappened(ctx: Ctx, open: ReadonlyMap<Id, OpenRecord>, merge: MergeRow) {
  const kept = open.get(merge.keptId);
  const decision = kept && merge.changeId ? await changeNamed(ctx, merge.changeId) : undefined;
  const chosen = kept && decision ? await namesIn(ctx, kept, openChange(kept, decision).values) : [];
  return { merge, chosen, since: kept && merge.undoneAt ? await toldBetween(ctx, kept, merge) : [] };
}

async function toldBetween(ctx: Ctx, kept: OpenRecord, { keptId, mergedAt, undoneAt }: MergeRow) {
  const stands: RecordRow[] = kept.row.mergedInto ? await recordsNamed(ctx, [kept.row.mergedInto]) : [kept.row];
  const told = [...(await tellingsOf(ctx, [...(await openRecords(ctx, stands)).values()])).values()].flat();
  const between = told
    .filter(({ change }) => change.recordId === keptId && change.recordedAt > mergedAt)
    .filter(({ change }) => undoneAt !== null && change.recordedAt <= undoneAt);
  return Promise.all(
    between.map(async ({ change, values, source }) => ({
      ...{ at: change.recordedAt, personId: change.personId, source },
      fields: await namesIn(ctx, kept, values),
    })),
  );
}

/** Also of own fields that are asked where it lies. */
async function namesIn(ctx: Ctx, { row }: OpenRecord, values: Values) {
  const isPlain = !Object.keys(values).some(isOwn);
  const ledger = isPlain ? residents : await ledgerAt(ctx, row.ledger, spanAt(row.scopeNo));
  return Object.keys(values).flatMap((field) => (appearsIn(ledger, field) ? [nameIn(ledger, field)] : []));
}
