import type { CasefileCommand, Place } from '../../../domains/work/casefiles/casefile.model.ts';
import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import { consider, flagsAfter, isVerdict, type WorkflowActor } from '../../../kernel/workflow.ts';
import { actorOf, type CaseBody, factsOf, type MeBody } from './case.ts';
import type { Held, Op } from './contract.ts';

/**
 * What the server will make of the outbox, by the very table it decides by, laid over what it last told. Where the table
 * would refuse now, nothing is predicted: the server judges, and what it already did shows no second time.
 */
export function predicted(rows: readonly Held[], ops: readonly Op[], me: MeBody | null, now: Date): Held[] {
  if (ops.length === 0) return [...rows];
  const byId = new Map(rows.map((row) => [row.id, row]));
  const actor = me && actorOf(me);
  for (const op of ops) {
    const after = isReport(op) ? reported(op, byId) : stepped(op, byId, actor, now);
    if (after) byId.set(after.id, after);
  }
  return [...byId.values()];
}

export const VISIT = 'campaign.visit';

/** What came of it, until the server tells. */
export const visited = (rows: readonly Held[], ops: readonly Op[]): Held[] =>
  rows.map((row) => {
    const { body } = ops.findLast(({ target }) => target === row.id) ?? {};
    return body ? { ...row, body: { ...row.body, result: body.result } } : row;
  });

export const isReport = ({ name }: Op): boolean => name === 'casefile.report' || name === 'casefile.report_handled';

const isCommand = (name: string): name is CasefileCommand => Object.hasOwn(casefileTable.rows, name);

function stepped(op: Op, rows: ReadonlyMap<string, Held>, actor: WorkflowActor | null, now: Date): Held | null {
  const row = rows.get(op.params.id ?? '');
  if (!row) return null;
  const body = row.body as unknown as CaseBody;
  const counted = { ...body, unsent: (body.unsent ?? 0) + 1 };
  const command = op.name.slice('casefile.'.length);
  if (!op.name.startsWith('casefile.') || !isCommand(command) || actor === null)
    return { ...row, body: { ...counted } };
  const facts = withPhotos(factsOf(body, now), op);
  const verdict = consider(casefileTable, facts, command, actor);
  if (!isVerdict(verdict)) return { ...row, body: { ...counted } };
  const flags = [...flagsAfter(casefileTable.rows[command], facts.flags)];
  const handledBy = verdict.to === 'handled' ? actor.personId : body.handledBy;
  return { ...row, body: { ...counted, status: verdict.to, flags, handledBy } };
}

/** Photos that are still here count: they arrive before or after it, and the table asks for one. */
const withPhotos = (facts: ReturnType<typeof factsOf>, { files }: Op): ReturnType<typeof factsOf> => ({
  ...facts,
  photosAfter: facts.photosAfter + files.length,
});

/** A matter that nobody but this phone knows of. Once the server has told it, that is what holds. */
function reported(op: Op, rows: ReadonlyMap<string, Held>): Held | null {
  const form = op.body as { casefileId: string; words: string; place: Place; typeCode?: string; urgent?: boolean };
  if (rows.has(form.casefileId)) return null;
  const onTheSpot = op.name === 'casefile.report_handled';
  const { lon, lat, accuracyM, areaId, words } = form.place;
  const body: CaseBody = {
    ...{ number: '', status: onTheSpot ? 'handled' : 'reported', words: form.words, placeWords: words ?? '' },
    flags: [...(form.urgent ? (['urgent'] as const) : []), ...(onTheSpot ? (['self_handled'] as const) : [])],
    ...{ areaId: areaId ?? null, scopeNo: 0, typeCode: form.typeCode ?? null, conditionCode: null, bodyId: null },
    point: lon === undefined || lat === undefined ? null : [lon, lat, accuracyM ?? null],
    ...{ round: 1, mostRounds: 1, handledBy: null, outcome: null, publicText: null, closedAt: null },
    ...{ reportedAt: op.occurredAt, changedAt: op.occurredAt, objectionUntil: null, evidence: null, photosAfter: 0 },
    ...{ foundBy: [], duties: [], unsent: 1 },
  };
  return { kind: 'casefile', id: form.casefileId, position: 0, body: { ...body }, leaving: false };
}
