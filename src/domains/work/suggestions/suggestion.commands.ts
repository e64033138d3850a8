import canonicalize from 'canonicalize';
import { markChanged } from '../../../kernel/cache_version.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { record } from '../../../kernel/journal.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { standardsOf } from '../standards/index.ts';
import { type Learned, type Told, wordsIn } from './lesson.model.ts';
import { dispatched, dropModelsBefore, insertModel, type ModelRow, newestModel } from './suggestion.queries.ts';
import type { Tried } from './trial.model.ts';

const CACHE = 'suggestions';
/** Older ones say how the county worked then. */
const MOST_LESSONS = 50_000;

/** What was dispatched, as lessons: only kinds that a case can be filed as today. */
export async function lessonsOf(ctx: Ctx): Promise<Told[]> {
  const [rows, atlas, standards] = await Promise.all([dispatched(ctx, MOST_LESSONS), atlasOf(ctx), standardsOf(ctx)]);
  const today = standards.at(ctx.now);
  return rows
    .filter(({ typeCode }) => (today.type(typeCode)?.conditions.length ?? 0) > 0)
    .map(({ words, by, areaId, typeCode, bodyId, dispatchedAt }) => ({
      at: dispatchedAt.getTime(),
      said: words,
      by,
      areas: atlas.upwards(areaId).map(({ id }) => id),
      type: typeCode,
      body: bodyId,
    }));
}

export interface Lessons {
  readonly lessons: readonly Told[];
  readonly learned: Learned;
  readonly tried: Tried;
}

/**
 * The next version, unless nothing else was learned than before. The one before is kept, older ones go: the journal
 * tells that they were there.
 */
export async function keepModel(
  ctx: Ctx,
  { lessons, learned, tried }: Lessons,
): Promise<{ version: number; isNew: boolean }> {
  const before = await newestModel(ctx);
  if (before && canonicalize(before.learned) === canonicalize(learned))
    return { version: before.version, isNew: false };
  const version = (before?.version ?? 0) + 1;
  const times = lessons.map(({ at }) => at);
  const [fromAt, untilAt] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  await insertModel(ctx, {
    version,
    learnedAt: ctx.now,
    lessons: lessons.length,
    fromAt: new Date(fromAt),
    untilAt: new Date(untilAt),
    tried,
    learned,
  });
  await dropModelsBefore(ctx, version - 1);
  await markChanged(ctx, CACHE);
  record(ctx, {
    kind: 'dispatch_model.learned',
    about: { kind: 'dispatch_model', id: ctx.ids.newId(), scopeNo: 0, confidential: false },
    body: {
      version,
      lessons: lessons.length,
      words: wordsIn(learned),
      types: learned.types.labels.length,
      bodies: learned.bodies.labels.length,
      top3: tried.types.ours.top3,
    },
  });
  return { version, isNew: true };
}

export const modelOf = (ctx: Ctx): Promise<ModelRow | null> => ctx.cache.get(ctx, CACHE, newestModel);
