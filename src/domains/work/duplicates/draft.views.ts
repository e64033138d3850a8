import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import type { Point } from '../../../kernel/geo.ts';
import { consider, isVerdict, refusalWords } from '../../../kernel/workflow.ts';
import { type Area, locate, requireArea } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { blankFacts, type CasefileFacts } from '../casefiles/casefile.model.ts';
import { casefileTable, factsOf, requireCasefile } from '../casefiles/index.ts';
import { responsibleBody, type Standard, standardsOf } from '../standards/index.ts';
import { likelyTypes } from '../suggestions/index.ts';
import { alikeOf } from './alike.model.ts';
import { shown, toldAround } from './alike.views.ts';
import { type Draft, type hintsView, MOST_TYPES } from './draft.model.ts';
import { typesNamed } from './public_alike.model.ts';
import type { Said } from './said.model.ts';

type Hints = z.input<typeof hintsView>;

/** While it is written down: earlier cases it may repeat, and who would answer for it. Nothing is kept of the draft. */
export async function hintsFor(ctx: Ctx, draft: Draft): Promise<Hints> {
  const where = await whereItLies(ctx, draft);
  if (!where || draft.words === '') return { alike: [], bodies: [] };
  const standard = (await standardsOf(ctx)).at(ctx.now);
  const types = await typesOf(ctx, draft, standard);
  const [alike, bodies] = await Promise.all([
    alikeToDraft(ctx, draft, where, standard),
    bodiesFor(ctx, where.area, types, standard),
  ]);
  return { alike, bodies };
}

interface Where {
  readonly area: Area;
  readonly point: Point | null;
}

async function whereItLies(ctx: Ctx, { place }: Draft): Promise<Where | null> {
  const { lon, lat, datum, areaId } = place;
  if (lon !== undefined && lat !== undefined) {
    const { area, point } = await locate(ctx, { lon, lat, datum });
    return { area, point };
  }
  return areaId === undefined ? null : { area: await requireArea(ctx, areaId), point: null };
}

/** What was chosen; else what past cases and the names of the kinds speak for. */
async function typesOf(ctx: Ctx, { typeCode, words }: Draft, standard: Standard): Promise<string[]> {
  if (typeCode !== undefined) return [typeCode];
  return [...new Set([...(await likelyTypes(ctx, words)), ...typesNamed(words, standard.types)])].slice(0, MOST_TYPES);
}

async function alikeToDraft(
  ctx: Ctx,
  draft: Draft,
  { area, point }: Where,
  standard: Standard,
): Promise<Hints['alike']> {
  const said: Said = {
    key: '',
    at: ctx.now.getTime(),
    spot: point && { x: 0, y: 0 },
    area: { id: area.id, level: area.level },
    type: draft.typeCode ?? '',
    major: standard.type(draft.typeCode ?? '')?.major ?? '',
    words: draft.words,
    place: draft.place.words,
    channel: draft.channel,
  };
  const found = alikeOf(said, await toldAround(ctx, { areaId: area.id, point, until: ctx.now }));
  const lines = await shown(ctx, found);
  const own = asReported(area);
  return Promise.all(
    lines.map(async (line) => {
      const into = (await factsOf(ctx, await requireCasefile(ctx, line.id))).facts;
      const result = consider(casefileTable, own, 'merge', workflowActor(ctx.actor), into);
      const mayJoin = isVerdict(result);
      return { ...line, mayJoin, whyNot: mayJoin ? null : refusalWords(casefileTable, own, 'merge', result) };
    }),
  );
}

/** The case that this would become, as far as merging asks. */
const asReported = ({ no }: Area): CasefileFacts => ({ ...blankFacts, scopeNo: no });

async function bodiesFor(ctx: Ctx, area: Area, types: readonly string[], standard: Standard): Promise<Hints['bodies']> {
  const directory = await directoryOf(ctx);
  const found = await Promise.all(
    types.map(async (code): Promise<Hints['bodies']> => {
      const type = standard.type(code);
      const [condition] = type?.conditions ?? [];
      if (!type || !condition) return [];
      const place = { areaId: area.id, neighbourId: null };
      const { bodyId, because } = await responsibleBody(ctx, place, type, condition.code);
      const bodyName = directory.bodyName(bodyId ?? '') ?? null;
      return [{ typeCode: code, type: type.name, bodyId, bodyName, because: [...because] }];
    }),
  );
  return found.flat();
}
