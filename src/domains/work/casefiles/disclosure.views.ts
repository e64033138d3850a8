import type { Ctx } from '../../../kernel/context.ts';
import { openDataKeys } from '../../../kernel/data_key.ts';
import { unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { disclosedPhotosOf, disclosuresOf } from './disclosure.queries.ts';

/** What a desk has released of a reporter's words and photos. */
export interface Released {
  readonly words: string | null;
  readonly photoIds: Id[];
}

export const boundToDisclosure = (casefileId: Id): string => `disclosure ${casefileId}`;

/** By case, as far as the viewer may see it. Who was forgotten took the key along: then nothing is left to read. */
export async function releasedOf(ctx: Ctx, casefileIds: readonly Id[]): Promise<Map<Id, Released>> {
  if (casefileIds.length === 0) return new Map();
  const [rows, photos] = await Promise.all([disclosuresOf(ctx, casefileIds), disclosedPhotosOf(ctx, casefileIds)]);
  const keys = await openDataKeys(
    ctx,
    rows.map(({ keyId }) => keyId),
  );
  return new Map(
    rows.map(({ casefileId, keyId, sealed }) => {
      const key = keys.get(keyId);
      const told = key && unseal(key.bytes, sealed, boundToDisclosure(casefileId)).toString();
      const { words = null } = told === undefined ? {} : (JSON.parse(told) as { words?: string });
      const mine = photos.filter((photo) => photo.casefileId === casefileId);
      return [casefileId, { words, photoIds: mine.map(({ photoId }) => photoId) }];
    }),
  );
}
