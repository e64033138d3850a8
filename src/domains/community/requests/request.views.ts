import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { dataKeysOf, openDataKey, openDataKeys } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryRow, entriesOfRecord, openSecrets } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { dayIn, realmOf } from '../../../kernel/realm.ts';
import type { Words } from '../../../kernel/words.ts';
import { available } from '../../../kernel/workflow.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { correctedSince, lastingOf, recordSeen, recordThere } from '../../land/registry/index.ts';
import { callNames, namesOf } from '../../land/staff/index.ts';
import { limitWords } from '../../work/calendars/limit.model.ts';
import { saidBy } from '../../work/campaigns/index.ts';
import { clockOf, isOpen, type Obligation, obligationsOf, obligationsOfAll } from '../../work/obligations/index.ts';
import { standardsOf } from '../../work/standards/index.ts';
import { apartStage } from '../../work/standards/stages.model.ts';
import { erasureOf } from './erasure.model.ts';
import { factsOf, openRequest } from './request.commands.ts';
import {
  type listQuery,
  type listView,
  reasons,
  type requestLine,
  requestProblems,
  type requestView,
} from './request.model.ts';
import { countRequests, listRequests, type RequestRow } from './request.queries.ts';
import { answerDuty, requestTable } from './request.workflow.ts';

type Line = z.input<typeof requestLine>;
type View = z.input<typeof requestView>;

export async function requestList(ctx: Ctx, query: z.output<typeof listQuery>): Promise<z.input<typeof listView>> {
  const { part, after = null, most } = query;
  const rows = await listRequests(ctx, { part, after, most });
  const [counts, lines] = [await countRequests(ctx), await linesOf(ctx, rows)];
  return { counts, rows: lines, next: rows.length === most ? (rows.at(-1)?.id ?? null) : null };
}

async function linesOf(ctx: Ctx, rows: readonly RequestRow[]): Promise<Line[]> {
  const keyIds = rows.map(({ keyId }) => keyId);
  const ids = rows.map(({ id }) => id);
  const [keys, owed, atlas] = await Promise.all([openDataKeys(ctx, keyIds), obligationsOfAll(ctx, ids), atlasOf(ctx)]);
  const openOn = (id: Id): Obligation[] => (owed.get(id) ?? []).filter(isOpen);
  // Whose turn it is: of a deletion that waits for another, the other.
  const turnOf = (id: Id): Obligation | undefined =>
    openOn(id).toSorted((one) => (one.duty === answerDuty ? 1 : -1))[0];
  const owners = ids.flatMap((id) =>
    [turnOf(id)].flatMap((one) => (one ? [{ kind: one.owedByKind, id: one.owedBy }] : [])),
  );
  const names = await callNames(ctx, owners);
  return rows.map((row) => {
    const { id, wanted, status, writtenAt, scopeNo, areaId } = row;
    const [turn, answer] = [turnOf(id), openOn(id).find(({ duty }) => duty === answerDuty)];
    return {
      ...{ id, wanted, status, writtenAt, name: openRequest(keys.get(row.keyId), row)?.name ?? null },
      area: atlas
        .path(atlas.areaOf({ scopeNo, areaId })?.id ?? areaId)
        .slice(-2)
        .reverse()
        .join(' · '),
      owner: turn ? (names.get(turn.owedBy) ?? '') : '',
      clock: answer ? clockOf(answer, ctx.now) : null,
    };
  });
}

export async function readRequest(ctx: Ctx, row: RequestRow): Promise<View> {
  const [[line], open, key, entries, standards] = await Promise.all([
    linesOf(ctx, [row]),
    obligationsOf(ctx, row.id),
    openDataKey(ctx, row.keyId),
    entriesOfRecord(ctx, row.id),
    standardsOf(ctx),
  ]);
  if (!line) throw new Problem(requestProblems['person_request.not_found']);
  const secret = openRequest(key, row);
  const recordId = row.recordId === null ? null : await recordThere(ctx, row.recordId);
  const { limit, confidence } = apartStage(standards.at(row.writtenAt).stages, 'personRequest');
  const names = await namesOf(ctx, [row.personId]);
  return {
    ...line,
    ...{ askedBy: row.askedBy, asker: secret?.asker ?? null, document: secret?.document ?? null },
    ...{ words: secret?.words ?? null, contact: secret?.contact ?? null, writtenBy: names.get(row.personId) ?? '' },
    limit: { words: limitWords(limit), unsure: confidence === 'unsure' },
    closedAt: row.closedAt,
    reason: row.reason === null ? null : reasons[row.reason],
    record: recordId === null ? null : await recordSeen(ctx, recordId),
    isErased: row.recordId !== null && recordId === null && (await dataKeysOf(ctx, row.recordId)).length === 0,
    erasure:
      row.wanted === 'delete' && row.closedAt === null && recordId !== null ? await erasureFor(ctx, recordId) : null,
    corrections: row.wanted === 'correct' && recordId !== null ? await correctionsOf(ctx, row, recordId, entries) : [],
    story: await storyOf(ctx, entries),
    can: available(requestTable, factsOf(row, open.filter(isOpen)), workflowActor(ctx.actor)),
  };
}

async function erasureFor(ctx: Ctx, recordId: Id): Promise<NonNullable<View['erasure']>> {
  const [lasting, visits, { zone }] = [
    await lastingOf(ctx, recordId),
    await saidBy(ctx, [recordId]),
    await realmOf(ctx),
  ];
  return erasureOf({
    ...{ ...lasting, visits: visits.length },
    files: lasting.files.map((day) => dayIn(zone, day)),
  });
}

/** Until it is said that it was put right: what was entered since; then, what was entered by that time. */
async function correctionsOf(
  ctx: Ctx,
  row: RequestRow,
  recordId: Id,
  entries: readonly EntryRow[],
): Promise<View['corrections']> {
  const since = await correctedSince(ctx, recordId, row.writtenAt);
  const said = entries.findLast(({ kind }) => kind === requestTable.rows.corrected.entry)?.body.changes;
  const named = said === undefined ? null : (said as readonly string[]);
  const meant = named === null ? since : since.filter(({ changeId }) => named.includes(changeId));
  const names = await namesOf(
    ctx,
    meant.flatMap(({ personId }) => personId ?? []),
  );
  return meant.map(({ at, personId, fields }) => ({ at, by: names.get(personId ?? '') ?? '', fields: [...fields] }));
}

const stepWords: Readonly<Record<string, Words>> = {
  'person_request.written': { zh: '登记', en: 'written down' },
  ...Object.fromEntries(Object.values(requestTable.rows).map(({ entry, words }) => [entry, words])),
  'obligation.climbed': { zh: '到了提醒的时候', en: 'somebody was reminded' },
  'obligation.handed_over': { zh: '待办移交给别人', en: 'the duty was handed over' },
  'obligation.recounted': { zh: '工作日历变了，期限重算', en: 'the deadline was counted anew' },
};

async function storyOf(ctx: Ctx, entries: readonly EntryRow[]): Promise<View['story']> {
  const told = entries.filter(({ kind }) => kind in stepWords);
  const people = told.flatMap(({ personId }) => personId ?? []);
  const [secrets, names] = await Promise.all([openSecrets(ctx, told), namesOf(ctx, people)]);
  return told.map(({ id, kind, personId, occurredAt }) => ({
    ...{ at: occurredAt, by: names.get(personId ?? '') ?? '系统', step: stepWords[kind] ?? { zh: kind, en: kind } },
    // What they asked for stands above the story.
    words:
      kind === 'person_request.written' ? null : ((secrets.get(id) as { words?: string } | undefined)?.words ?? null),
  }));
}
