import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { type DataKey, openDataKey, openDataKeys } from '../../../kernel/data_key.ts';
import { unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, entriesOfRecord, openSecrets } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { realmOf } from '../../../kernel/realm.ts';
import type { Words } from '../../../kernel/words.ts';
import { available, consider, isVerdict } from '../../../kernel/workflow.ts';
import { type Atlas, atlasOf, requireArea } from '../../land/areas/index.ts';
import { callNames, directoryOf } from '../../land/staff/index.ts';
import { limitSchema, limitWords } from '../calendars/limit.model.ts';
import { clockOf, isOpen, type Obligation, obligationsOf, obligationsOfAll } from '../obligations/index.ts';
import { hazardPictureNames } from '../photos/holder.model.ts';
import { photosHeld } from '../photos/index.ts';
import { itemOf } from './checklist.commands.ts';
import { boundToHazard, type HazardSecret } from './hazard.commands.ts';
import {
  type hazardLine,
  hazardProblems,
  type hazardView,
  type RegisterQuery,
  type registerView,
} from './hazard.model.ts';
import { countHazards, type HazardRow, listHazards } from './hazard.queries.ts';
import { hazardTable } from './hazard.workflow.ts';
import { hazardPhotoTable } from './hazard_photo.workflow.ts';
import { factsOf } from './hazard_step.commands.ts';
import { findInspection } from './inspection.queries.ts';

type Line = z.input<typeof hazardLine>;

/** Null: its key was destroyed. */
const openHazard = (key: DataKey | null | undefined, { id, sealed }: HazardRow): HazardSecret | null =>
  key ? (JSON.parse(unseal(key.bytes, sealed, boundToHazard(id)).toString()) as HazardSecret) : null;

const placeIn = (atlas: Atlas, { scopeNo, areaId }: Pick<HazardRow, 'scopeNo' | 'areaId'>): string[] =>
  atlas.path(atlas.areaOf({ scopeNo, areaId })?.id ?? areaId);

export async function readRegister(ctx: Ctx, query: RegisterQuery): Promise<z.input<typeof registerView>> {
  const { part, areaId, after = null, most, ...which } = query;
  const span = areaId === undefined ? null : await requireArea(ctx, areaId);
  const meant = { ...which, span, zone: (await realmOf(ctx)).zone };
  const rows = await listHazards(ctx, meant, { part, after, most });
  const [counts, lines] = [await countHazards(ctx, meant), await hazardLines(ctx, rows)];
  return { counts, rows: lines, next: rows.length === most ? (rows.at(-1)?.id ?? null) : null };
}

async function hazardLines(ctx: Ctx, rows: readonly HazardRow[]): Promise<Line[]> {
  const keyIds = rows.map(({ keyId }) => keyId);
  const ids = rows.map(({ id }) => id);
  const [keys, owed, atlas] = await Promise.all([openDataKeys(ctx, keyIds), obligationsOfAll(ctx, ids), atlasOf(ctx)]);
  const openOf = (id: Id): Obligation | undefined => owed.get(id)?.find(isOpen);
  const owners = ids.flatMap((id) => [openOf(id)].flatMap((duty) => (duty ? [ownerOf(duty)] : [])));
  const names = await callNames(ctx, owners);
  return rows.map((row) => {
    const { id, status, returned, referred, grade, sector, source, foundAt } = row;
    const [secret, duty] = [openHazard(keys.get(row.keyId), row), openOf(id)];
    return {
      ...{ id, status, returned, referred, grade, sector, source, foundAt },
      ...{ what: secret?.what ?? null, where: secret?.where ?? '' },
      area: placeIn(atlas, row).slice(-2).reverse().join(' · '),
      owner: duty ? (names.get(duty.owedBy) ?? '') : '',
      clock: duty ? clockOf(duty, ctx.now) : null,
    };
  });
}

const ownerOf = ({ owedByKind, owedBy }: Obligation) => ({ kind: owedByKind, id: owedBy });

export async function lookAtHazard(ctx: Ctx, row: HazardRow): Promise<z.input<typeof hazardView>> {
  const [[line], owed, key, atlas, item] = await Promise.all([
    hazardLines(ctx, [row]),
    obligationsOf(ctx, row.id),
    openDataKey(ctx, row.keyId),
    atlasOf(ctx),
    itemOf(ctx, row),
  ]);
  if (!line) throw new Problem(hazardProblems['hazard.not_found']);
  const names = await callNames(ctx, [
    { kind: 'person', id: row.foundBy },
    { kind: 'body', id: row.bodyId },
    { kind: 'post', id: row.postId },
  ]);
  const named = (id: Id): string => names.get(id) ?? '';
  const open = owed.filter(isOpen);
  const [facts, actor] = [factsOf(row, open), workflowActor(ctx.actor)];
  const limit = open[0]?.timeLimit ?? null;
  return {
    ...line,
    ...{ areaId: row.areaId, path: placeIn(atlas, row), rounds: row.rounds, bodyId: row.bodyId },
    ...{ foundBy: named(row.foundBy), body: named(row.bodyId), checker: named(row.postId) },
    limit: limit && limitWords(limit),
    item: item && { checklist: item.checklist, text: item.text, basis: item.basis },
    inspection: row.inspectionId === null ? null : await titleOfInspection(ctx, row.inspectionId),
    quoted: openHazard(key, row)?.quoted ?? [],
    ...{ objected: row.objected, ...(await holderOf(ctx, row, open)) },
    story: await storyOf(ctx, row.id),
    photos: await photosHeld(ctx, 'hazard', [row.id]),
    canShow: hazardPictureNames.filter((one) => isVerdict(consider(hazardPhotoTable, facts, one, actor))),
    can: available(hazardTable, facts, actor),
  };
}

/** Null where the inspection is not the viewer's to read. */
async function titleOfInspection(ctx: Ctx, id: Id): Promise<{ id: Id; title: string } | null> {
  const inspection = await findInspection(ctx, id);
  return inspection ? { id, title: inspection.title } : null;
}

const stepWords: Readonly<Record<string, Words>> = {
  'hazard.found': { zh: '发现，登记', en: 'found and entered' },
  ...Object.fromEntries(Object.values(hazardTable.rows).map(({ entry, words }) => [entry, words])),
  'obligation.climbed': { zh: '到了提醒的时候', en: 'somebody was reminded' },
  'obligation.handed_over': { zh: '待办移交给别人', en: 'the duty was handed over' },
  'obligation.recounted': { zh: '工作日历变了，期限重算', en: 'the deadline was counted anew' },
};

/** Who has it besides the body, as was said when it was passed on. */
async function holderOf(ctx: Ctx, { id, referred }: HazardRow, open: readonly Obligation[]) {
  const passed = referred ? (await entriesOfRecord(ctx, id)).filter(({ kind }) => kind === 'hazard.referred') : [];
  const [said] = [...(await openSecrets(ctx, passed)).values()] as { to?: string }[];
  return { referredTo: said?.to ?? null, isAway: open.some(({ pauseReason }) => pauseReason === 'referred') };
}

/** As it went, step by step; what else the journal notes about it changes nothing for anybody. */
async function storyOf(ctx: Ctx, id: Id): Promise<z.input<typeof hazardView>['story']> {
  const entries = (await entriesOfRecord(ctx, id)).filter(({ kind }) => kind in stepWords);
  const persons = entries.flatMap(({ personId }) => (personId === null ? [] : [{ kind: 'person', id: personId }]));
  const [secrets, names, directory] = await Promise.all([
    openSecrets(ctx, entries),
    callNames(ctx, persons),
    directoryOf(ctx),
  ]);
  return entries.map(({ id: entry, kind, personId, occurredAt, body }) => {
    const secret = secrets.get(entry) as { words?: string; to?: string } | undefined;
    const said = secret?.words ?? null;
    const given = typeof body.bodyId === 'string' ? directory.bodyName(body.bodyId) : undefined;
    const to = given === undefined && secret?.to === undefined ? null : `→ ${secret?.to ?? given}`;
    return {
      at: occurredAt,
      step: stepWords[kind] ?? { zh: kind, en: kind },
      by: names.get(personId ?? '') ?? '系统',
      moved: movedBy(body),
      words: [to, said].filter((part) => part !== null).join('：') || null,
    };
  });
}

const instant = (said: unknown): Date | null => (typeof said === 'string' ? new Date(said) : null);

/** From which instant to which a deadline went, and by how much: so that anybody can count it again. */
function movedBy(body: EntryBody): z.input<typeof hazardView>['story'][number]['moved'] {
  const [was, is, by] = [instant(body.was), instant(body.is), limitSchema.safeParse(body.by)];
  return was && is && by.success ? { was, is, by: limitWords(by.data) } : null;
}
