import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { segment } from '../../../kernel/segment.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import type { CasefileRow } from '../casefiles/index.ts';
import { responsibleBody, type Standard, standardsOf } from '../standards/index.ts';
import { type Asked, knowsAny, type Learned, rankBodies, rankTypes } from './lesson.model.ts';
import type { Ranked } from './linear.model.ts';
import { modelOf } from './suggestion.commands.ts';
import { confidenceOf, type suggestionsView, type suggestionView } from './suggestion.model.ts';
import { firstWords } from './suggestion.queries.ts';

const MOST_SHOWN = 3;
/** Less likely ones only take room. */
const LEAST_SHARE = 0.05;

/** At most three kinds of work for a case that waits to be put on file; none where nothing said was ever learned. */
export async function suggestFor(ctx: Ctx, file: CasefileRow): Promise<z.input<typeof suggestionsView>> {
  const model = await modelOf(ctx);
  if (!model) return { learned: null, suggestions: [] };
  const { version, learnedAt: at, lessons, tried, learned } = model;
  const shown = { version, at, lessons, top3: tried.types.ours.top3 };
  const asked = await whatIsAsked(ctx, file);
  if (!asked || !knowsAny(learned, asked)) return { learned: shown, suggestions: [] };
  const standard = (await standardsOf(ctx)).at(ctx.now);
  const types = rankTypes(learned, asked)
    .filter(({ label }) => (standard.type(label)?.conditions.length ?? 0) > 0)
    .filter(({ share }, i) => i === 0 || share >= LEAST_SHARE)
    .slice(0, MOST_SHOWN);
  const suggestions = await Promise.all(types.map((type) => suggestion(ctx, file, standard, learned, asked, type)));
  return { learned: shown, suggestions: suggestions.flatMap((one) => one ?? []) };
}

const LEAST_LIKELY = 0.1;

/** Codes of the kinds that this may be, for looking around; empty where nothing said was ever learned. */
export async function likelyTypes(ctx: Ctx, said: string): Promise<string[]> {
  const model = await modelOf(ctx);
  const asked = { words: segment(said), areas: [] };
  if (!model || !knowsAny(model.learned, asked)) return [];
  const ranked = rankTypes(model.learned, asked).slice(0, MOST_SHOWN);
  return ranked.filter(({ share }) => share >= LEAST_LIKELY).map(({ label }) => label);
}

async function whatIsAsked(ctx: Ctx, file: CasefileRow): Promise<Asked | null> {
  if (file.status !== 'reported' || file.confidential || file.mergedInto !== null) return null;
  const [said, atlas] = await Promise.all([firstWords(ctx, file.id), atlasOf(ctx)]);
  return said === null ? null : { words: segment(said), areas: atlas.upwards(file.areaId).map(({ id }) => id) };
}

async function suggestion(
  ctx: Ctx,
  file: CasefileRow,
  standard: Standard,
  learned: Learned,
  asked: Asked,
  { label, share }: Ranked,
): Promise<z.input<typeof suggestionView> | null> {
  const type = standard.type(label);
  const [condition] = type?.conditions ?? [];
  if (!type || !condition) return null;
  const directory = await directoryOf(ctx);
  const place = { areaId: file.areaId, neighbourId: null };
  const { bodyId } = await responsibleBody(ctx, place, type, condition.code);
  const ruled = directory.body(bodyId ?? '');
  const likeliest = rankBodies(learned, asked, label).find((body) => directory.body(body.label));
  const past = directory.body(likeliest?.label ?? '');
  return {
    typeCode: type.code,
    type: type.name,
    major: standard.majors.find(({ code }) => code === type.major)?.name ?? type.name,
    ...sureness(share),
    body: past && likeliest ? { id: past.id, name: past.name, ...sureness(likeliest.share) } : null,
    rule: ruled ? { bodyId: ruled.id, name: ruled.name } : null,
  };
}

const sureness = (share: number) => ({ confidence: confidenceOf(share), share: Math.round(share * 100) / 100 });
