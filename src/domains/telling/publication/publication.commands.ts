import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import type { PositionedEntry } from '../../../kernel/sequencer.ts';
import { type CasefileRow, findCasefile } from '../../work/casefiles/index.ts';
import { obligationsOf } from '../../work/obligations/index.ts';
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
  const [file, standards] = await Promise.all([findCasefile(ctx, entry.recordId), standardsOf(ctx)]);
  if (!file) return;
  const standard =
    file.standardVersion === null ? standards.at(file.reportedAt) : standards.version(file.standardVersion);
  const type = standard.type(file.typeCode ?? '');
  const sent = { byProgram: await cameByProgram(ctx, file.id) };
  if (!type || !isPublic(file, type, sent)) return withdrawPublicCase(ctx, file.id);
  await upsertPublicCase(ctx, await publicRowOf(ctx, file, type));
  if (!silentSteps.has(entry.kind)) await noteStep(ctx, file, entry);
}

async function publicRowOf(ctx: Ctx, file: CasefileRow, type: CaseType): Promise<NewPublicCase> {
  const { id, number, conditionCode, standardVersion, areaId, bodyId, outcome, publicText } = file;
  const status = publicStatus(file.status);
  const owed = (await obligationsOf(ctx, id)).find(({ duty, state }) => duty === HANDLING && state === 'running');
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
async function noteStep(
  ctx: Ctx,
  file: CasefileRow,
  { id, kind, occurredAt, position }: PositionedEntry,
): Promise<void> {
  const tells = kind === 'casefile.closed' || kind === 'casefile.declined';
  await insertPublicStep(ctx, {
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
