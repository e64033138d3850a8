import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { type CasefileRow, findCasefile } from '../../work/casefiles/index.ts';
import { type Obligation, obligationsOf } from '../../work/obligations/index.ts';
import { standardsOf } from '../../work/standards/index.ts';
import type { CaseType } from '../../work/standards/standard.model.ts';
import { isPublic, publicPoint, publicStatus, silentSteps } from './publication.model.ts';
import {
  cameByProgram,
  insertPublicCase,
  insertPublicStep,
  type NewPublicCase,
  upsertPublicCase,
  withdrawPublicCase,
} from './publication.queries.ts';

/** Brings what the public sees of a case up to how the case stands now, or takes it away. */
export async function publish(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const { recordId } = entry;
  const [file, standards, byProgram, duties] = await Promise.all([
    findCasefile(ctx, recordId),
    standardsOf(ctx),
    cameByProgram(ctx, recordId),
    obligationsOf(ctx, recordId),
  ]);
  if (!file) return;
  const standard =
    file.standardVersion === null ? standards.at(file.reportedAt) : standards.version(file.standardVersion);
  const type = standard.type(file.typeCode ?? '');
  if (!type || !isPublic(file, type, { byProgram })) return withdrawPublicCase(ctx, file.id);
  upsertPublicCase(ctx, publicRowOf(file, type, duties));
  if (!silentSteps.has(entry.kind)) noteStep(ctx, file, entry);
}

function publicRowOf(file: CasefileRow, type: CaseType, duties: readonly Obligation[]): NewPublicCase {
  const { id, number, conditionCode, standardVersion, areaId, bodyId, outcome, publicText } = file;
  const status = publicStatus(file.status);
  const owed = duties.find(({ duty, state }) => duty === HANDLING && state === 'running');
  return {
    ...{ id, number, status, typeCode: type.code, conditionCode, standardVersion, areaId, bodyId, outcome, publicText },
    ...publicPoint(file, type.kind === 'component' && file.registeredAt !== null),
    requestedAt: file.reportedAt,
    updatedAt: status === 'closed' ? (file.closedAt ?? file.changedAt) : file.changedAt,
    dueAt: owed?.dueAt ?? null,
  };
}

const HANDLING = 'casefile.handle';

/** Only of a closing or a refusal is there a text that was written for the public. */
function noteStep(ctx: Ctx, file: CasefileRow, { id, kind, occurredAt, position }: PositionedEntry): void {
  const tells = kind === 'casefile.closed' || kind === 'casefile.declined';
  insertPublicStep(ctx, {
    // Entries are ours; what the public quotes has a number of its own.
    id: derivedId('public step', id),
    caseId: file.id,
    position,
    step: kind.replace('casefile.', ''),
    outcome: tells ? file.outcome : null,
    publicText: tells ? file.publicText : null,
    at: occurredAt,
  });
}

export interface Announced {
  readonly id: Id;
  readonly number: string;
  readonly typeCode: string;
  readonly areaId: Id;
  readonly lon: number | null;
  readonly lat: number | null;
}

/** What was just said and is public at once, in the same transaction: whoever sent it may look at it right away. */
export function announce(ctx: Ctx, { lon, lat, ...row }: Announced): void {
  const now = { requestedAt: ctx.now, updatedAt: ctx.now };
  insertPublicCase(ctx, { ...row, ...publicPoint({ lon, lat }, false), ...now, status: 'open' });
}
