import type { z } from 'zod';
import { earlier } from '../../../kernel/clock.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryRow, entriesOfRecord, openSecrets } from '../../../kernel/journal.ts';
import { atlasOf } from '../areas/index.ts';
import { namesOf } from '../staff/index.ts';
import { restingFiles } from './batches/batch.queries.ts';
import { dayOfRank } from './batches/told_change.model.ts';
import type { Everything } from './everything.model.ts';
import { nameIn } from './fields/added_fields.model.ts';
import { keepingOf, maskOf } from './fields/keeping.model.ts';
import { requireRecord } from './ledger.commands.ts';
import { enterableIn, type Ledger, UNDO_DAYS, type words } from './ledger.model.ts';
import { marksOn, partsOf } from './ledger.queries.ts';
import { calledIn } from './ledgers.model.ts';
import { ledgerAt, spanAt } from './own/own_field.commands.ts';
import { foldOf, type OpenRecord, type Told, tellingsOf } from './record.commands.ts';

/** Whoever asks has noted it before, with `openEverything`. */
export async function everythingOf(ctx: Ctx, id: Id): Promise<Everything> {
  const known = await requireRecord(ctx, id);
  const { row, standing } = known;
  const ledger = await ledgerAt(ctx, row.ledger, spanAt(row.scopeNo));
  const told = await toldOf(ctx, known);
  const looks = await looksAt(ctx, [row.id, ...(await partsOf(ctx, [row.id])).map((part) => part.id)]);
  const [atlas, secrets, names] = await Promise.all([
    atlasOf(ctx),
    openSecrets(ctx, looks),
    namesOf(
      ctx,
      [...told.map(({ change }) => change.personId), ...looks.map((one) => one.personId)].filter(isSomebody),
    ),
  ]);
  const by = (personId: Id | null): string | null => (personId === null ? null : (names.get(personId) ?? null));
  const said = (field: string, value: string): string =>
    field === 'place.grid' ? (atlas.get(value)?.name ?? value) : value;
  const order = orderIn(ledger);
  const facts = Object.entries(standing.values).sort(([one], [other]) => order(one) - order(other));
  return {
    ...{ recordId: row.id, ledger: ledger.words, name: calledIn(ledger, standing.values) },
    area: atlas.path(atlas.areaOf(row)?.id ?? row.areaId).join(' / '),
    facts: facts.map(([field, value]) => {
      const setter = standing.setters.find(({ fields }) => fields.includes(field));
      const from = told.find(({ change }) => change.id === setter?.change);
      const whence = { setBy: by(from?.change.personId ?? null), setAt: from?.change.recordedAt ?? null };
      const toldOn = dayOfRank(setter?.on ?? '');
      const named = { field, name: nameIn(ledger, field), value: said(field, value) };
      return { ...named, toldOn, ...whence, source: from?.source ?? null };
    }),
    history: told.toReversed().map(({ change, values, source }) => ({
      ...{ at: change.recordedAt, toldOn: change.toldOn, by: by(change.personId), source },
      fields: Object.entries(values)
        .sort(([one], [other]) => order(one) - order(other))
        .map(([field, value]) => ({ field, name: nameIn(ledger, field), value: said(field, value) })),
    })),
    reads: looks.map(({ id: entry, recordedAt, personId, body }) => ({
      ...{ at: recordedAt, by: by(personId) ?? '' },
      fields: (body.fields as readonly string[]).map((field) => nameIn(ledger, field)),
      reason: (secrets.get(entry) as { reason?: string } | undefined)?.reason ?? null,
    })),
  };
}

const isSomebody = (id: Id | null): id is Id => id !== null;

const toldOf = async (ctx: Ctx, known: OpenRecord): Promise<readonly Told[]> =>
  (await tellingsOf(ctx, [known])).get(known.row.id) ?? [];

async function looksAt(ctx: Ctx, ids: readonly Id[]): Promise<EntryRow[]> {
  const all = (await Promise.all(ids.map((id) => entriesOfRecord(ctx, id)))).flat();
  return all.filter(({ kind }) => kind === 'ledger.disclosed').sort((one, other) => one.ord - other.ord);
}

function orderIn(ledger: Ledger): (code: string) => number {
  const order = enterableIn(ledger);
  return (code) => (order.includes(code) ? order.indexOf(code) : order.length);
}

interface Correction {
  readonly changeId: Id;
  readonly at: Date;
  readonly personId: Id | null;
  readonly fields: readonly { readonly name: z.infer<typeof words>; readonly was: string; readonly is: string }[];
}

/** What was entered by hand since then, each with what stood before it; numbers are covered. Empty, too, where nothing is left. */
export async function correctedSince(ctx: Ctx, id: Id, since: Date): Promise<Correction[]> {
  const known = await requireRecord(ctx, id);
  const ledger = await ledgerAt(ctx, known.row.ledger, spanAt(known.row.scopeNo));
  const [atlas, told] = [await atlasOf(ctx), await toldOf(ctx, known)];
  const shown = (field: string, value = ''): string => {
    if (field === 'place.grid') return atlas.get(value)?.name ?? '';
    return keepingOf(field).secrecy === 'masked' && value !== '' ? maskOf(field, value) : value;
  };
  return told.flatMap(({ change, values }, i) => {
    if (change.batchId !== null || change.recordedAt < since) return [];
    const before = foldOf(told.slice(0, i)).values;
    const fields = Object.entries(values)
      .filter(([field, value]) => (before[field] ?? '') !== value)
      .map(([field, value]) => ({
        ...{ name: nameIn(ledger, field), was: shown(field, before[field]), is: shown(field, value) },
      }));
    if (fields.length === 0) return [];
    return [{ changeId: change.id, at: change.recordedAt, personId: change.personId, fields }];
  });
}

const DAY_MS = 86_400_000;

interface Lasting {
  readonly values: number;
  readonly tellings: number;
  readonly parts: number;
  readonly marks: number;
  readonly looks: number;
  /** Files that told of it and are still kept as they came, sealed: by the day on which they go. */
  readonly files: readonly Date[];
}

/** How much of somebody there is to be erased. */
export async function lastingOf(ctx: Ctx, id: Id): Promise<Lasting> {
  const known = await requireRecord(ctx, id);
  const [told, parts] = [await toldOf(ctx, known), await partsOf(ctx, [known.row.id])];
  const ids = [known.row.id, ...parts.map((part) => part.id)];
  return {
    ...{ values: Object.keys(known.standing.values).length, tellings: told.length, parts: parts.length },
    ...{ marks: await marksOn(ctx, ids), looks: (await looksAt(ctx, ids)).length },
    files: (await restingFiles(ctx, [...new Set(told.flatMap(({ change }) => change.batchId ?? []))])).map((since) =>
      earlier(since, -UNDO_DAYS * DAY_MS),
    ),
  };
}

/** As much as tells which record it is. */
export async function recordSeen(ctx: Ctx, id: Id): Promise<{ id: Id; name: string; area: string }> {
  const { row, standing } = await requireRecord(ctx, id);
  const [atlas, ledger] = [await atlasOf(ctx), await ledgerAt(ctx, row.ledger, spanAt(row.scopeNo))];
  const area = atlas.path(atlas.areaOf(row)?.id ?? row.areaId).join(' / ');
  return { id: row.id, name: calledIn(ledger, standing.values), area };
}
