import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import type { Words } from '../../../../kernel/words.ts';
import { atlasOf, requireArea } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import type { Values } from '../batches/candidate.model.ts';
import { isUncontested, mayBe } from '../batches/told_change.model.ts';
import { appearsIn, nameIn } from '../fields/added_fields.model.ts';
import { isOwn } from '../fields/own_code.model.ts';
import { requireRecord } from '../ledger.commands.ts';
import { type AnyLedgerCode, type Ledger, residents } from '../ledger.model.ts';
import { type RecordRow, recordsNamed } from '../ledger.queries.ts';
import { linesOf, recordDetail } from '../ledger.views.ts';
import { calledIn, ledgerNamed } from '../ledgers.model.ts';
import { ledgerAt, spanAt } from '../own/own_field.commands.ts';
import { namedLedger } from '../own/own_ledger.commands.ts';
import { type OpenRecord, openChange, openRecords, tellingsOf } from '../record.commands.ts';
import { foldedOf, requireTwo } from './merge.commands.ts';
import {
  type besideView,
  differing,
  type duplicatesView,
  likenessesIn,
  type mergesView,
  preferred,
} from './merge.model.ts';
import {
  alikeTo,
  apartFrom,
  changeNamed,
  isApart,
  kindsAlike,
  type MergeRow,
  mergesOf,
  pairsAlike,
} from './merge.queries.ts';

const MOST_PAIRS = 300;
const MOST_SHOWN = 50;

/** Two of an area who may be one, and why one thinks so; the surest first. */
export async function duplicatesIn(ctx: Ctx, areaId: Id, code: AnyLedgerCode): Promise<z.input<typeof duplicatesView>> {
  const { no, lastNo } = await requireArea(ctx, areaId);
  const ledger = await namedLedger(ctx, code);
  const pairs = await pairsAlike(ctx, ledger, { no, lastNo }, MOST_PAIRS);
  const rows = await recordsNamed(ctx, [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]);
  const open = await openRecords(ctx, rows);
  const alike = await alikeAmong(ctx, open);
  const may = pairs.flatMap(({ one, other, kinds }) => {
    const because = reasonsFor(ledger, alike(kinds, one, other));
    return because.length === 0 ? [] : [{ one, other, because }];
  });
  const lines = new Map((await linesOf(ctx, rows)).map((line) => [line.id, line]));
  return {
    rows: may.slice(0, MOST_SHOWN).flatMap(({ one, other, because }) => {
      const [first, second] = [lines.get(one), lines.get(other)];
      return first && second ? [{ one: first, other: second, because }] : [];
    }),
    more: pairs.length === MOST_PAIRS || may.length > MOST_SHOWN,
  };
}

/**
 * Why two may be one. With two numbers of their own, or two birthdays, they are two, whatever else is alike; but a mark that is
 * surest tells by itself.
 */
function reasonsFor(ledger: Ledger, alike: Alike): Words[] {
  const isSure = ledger.code === residents.code && alike.kinds.includes(likenessesIn(ledger)[0]?.kind ?? '');
  return isSure || mayBe(ledger, alike.one, alike.other) ? wordsFor(ledger, alike) : [];
}

const wordsFor = (ledger: Ledger, { kinds, one, other, isNear }: Alike): Words[] =>
  likenessesIn(ledger)
    .filter(({ kind, isLocal }) => kinds.includes(kind) && (isNear || !isLocal))
    .filter(({ apartBy }) => isUncontested(apartBy, one, other))
    .map(({ words }) => words);

interface Alike {
  /** Of the marks that both bear. */
  readonly kinds: readonly string[];
  readonly one: Values;
  readonly other: Values;
  /** Both lie in one community. */
  readonly isNear: boolean;
}

/** What two bear alike, of records that are open. */
async function alikeAmong(ctx: Ctx, open: ReadonlyMap<Id, OpenRecord>) {
  const { areas } = await atlasOf(ctx);
  const communities = areas.filter(({ level }) => level === 'community');
  const near = (scopeNo: number | undefined) =>
    communities.find(({ no, lastNo }) => scopeNo !== undefined && no <= scopeNo && scopeNo <= lastNo)?.no ?? null;
  return (kinds: readonly string[], one: Id, other: Id): Alike => {
    const [first, second] = [open.get(one), open.get(other)];
    const isNear = near(first?.row.scopeNo) === near(second?.row.scopeNo);
    return { kinds, one: first?.standing.values ?? {}, other: second?.standing.values ?? {}, isNear };
  };
}

/** What may be the same one, what was said to be another; and side by side with another, if one was asked for. */
export async function besideOf(ctx: Ctx, id: Id, otherId: Id | undefined): Promise<z.input<typeof besideView>> {
  const known = await requireRecord(ctx, id);
  const ledger = await namedLedger(ctx, known.row.ledger);
  const [found, apart] = [await alikeTo(ctx, ledger, known.row.id), await apartFrom(ctx, known.row.id)];
  const rows = await recordsNamed(
    ctx,
    [...found, ...apart].map(({ other }) => other),
  );
  const [open, lines] = [await openRecords(ctx, rows), await linesOf(ctx, rows)];
  const alike = await alikeAmong(ctx, new Map([...open, [known.row.id, known]]));
  const lineOf = (id: Id) => lines.find((one) => one.id === id);
  const names = await namesOf(
    ctx,
    apart.map(({ personId }) => personId),
  );
  return {
    id,
    alike: found.flatMap(({ other, kinds }) => {
      const line = lineOf(other);
      const because = reasonsFor(ledger, alike(kinds, known.row.id, other));
      return line && because.length > 0 ? [{ other: line, because }] : [];
    }),
    apart: apart.flatMap(({ other, personId, saidAt }) => {
      const line = lineOf(other);
      return line ? [{ other: line, by: names.get(personId) ?? null, at: saidAt }] : [];
    }),
    pair: otherId === undefined ? null : await pairOf(ctx, id, otherId),
  };
}

async function pairOf(ctx: Ctx, keptId: Id, goneId: Id): Promise<z.input<typeof besideView>['pair']> {
  const two = await requireTwo(ctx, keptId, goneId);
  const [by, kinds] = [await foldedOf(ctx, two), await kindsAlike(ctx, keptId, goneId)];
  const alike = await alikeAmong(ctx, new Map([two.kept, two.gone].map((it) => [it.row.id, it])));
  const [one, other] = [two.kept.standing.values, two.gone.standing.values];
  return {
    kept: await recordDetail(ctx, keptId),
    gone: await recordDetail(ctx, goneId),
    because: wordsFor(await namedLedger(ctx, two.kept.row.ledger), alike(kinds, keptId, goneId)),
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
  const called = (one: Id): string => calledIn(ledgerNamed(row.ledger), open.get(one)?.standing.values ?? {});
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
  const ledger = isPlain ? ledgerNamed(row.ledger) : await ledgerAt(ctx, row.ledger, spanAt(row.scopeNo));
  return Object.keys(values).flatMap((field) => (appearsIn(ledger, field) ? [nameIn(ledger, field)] : []));
}
