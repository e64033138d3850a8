import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import { unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { callNames } from '../../land/staff/index.ts';
import { lookAtPart, requireCasefile } from '../casefiles/index.ts';
import { photoProblems } from './photo.model.ts';
import type { PreviewView } from './preview.model.ts';
import { previewById, previewsOf } from './preview.queries.ts';
import type { Stage } from './stage.model.ts';

export async function previewLines(ctx: Ctx, casefileId: Id): Promise<PreviewView[]> {
  await requireCasefile(ctx, casefileId);
  const rows = await previewsOf(ctx, casefileId);
  const persons = rows.flatMap(({ addedBy }) => (addedBy === null ? [] : [{ kind: 'person', id: addedBy }]));
  const names = await callNames(ctx, persons);
  return rows.map(({ addedBy, ...row }) => ({ ...row, addedBy: names.get(addedBy ?? '') ?? '—' }));
}

/** One that is not there, not for the actor to see, or forgotten: the three look alike. */
export async function openPreview(ctx: Ctx, id: Id): Promise<Buffer> {
  const row = await previewById(ctx, id);
  const key = row && (await openDataKey(ctx, row.keyId));
  if (!row || !key) throw new Problem(photoProblems['photo.not_found']);
  await lookAtPart(ctx, row.casefileId);
  return unseal(key.bytes, row.sealed, previewBound(row.casefileId, row.stage, row.sha256.toString('hex')));
}

/** What a sealed preview belongs to: put in another's place it does not open. */
export const previewBound = (casefileId: Id, stage: Stage, sha256: string): string =>
  `preview ${casefileId} ${stage} ${sha256}`;
