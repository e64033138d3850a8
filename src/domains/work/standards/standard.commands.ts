import { markChanged } from '../../../kernel/cache_version.ts';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { atlasOf, requireArea } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { draftProblems } from './draft.model.ts';
import { type Resolution, type Rule, resolve } from './resolve.model.ts';
import type { Stages } from './stages.model.ts';
import type { CaseType, FilingCondition, MajorClass } from './standard.model.ts';
import { allRules, allStandards, insertRule, insertStandard, type StoredStandard } from './standard.queries.ts';

const CACHE = 'standards';

export const standardProblems = defineProblems({
  'standard.none': {
    status: 409,
    title: { zh: '还没有发布立案标准', en: 'No standard has been published yet' },
    hint: { zh: '请管理员先发布一版立案标准。', en: 'The administrator has to publish a standard first.' },
  },
  'standard.no_version': {
    status: 404,
    title: { zh: '没有第 {version} 版立案标准', en: 'There is no version {version} of the standard' },
    hint: { zh: '请从立案标准页的列表里选一版。', en: 'Choose one from the list on the page of the standard.' },
  },
  'standard.rows_refused': {
    status: 422,
    title: { zh: '有 {count} 行读不懂，没有发布', en: '{count} rows cannot be read, nothing was published' },
    hint: {
      zh: '请按每行的提示改正后再发布；现行标准不变。',
      en: 'Correct the rows as told and publish again; the standard in force stands.',
    },
  },
  'standard.published_meanwhile': {
    status: 409,
    title: { zh: '刚才有人发布了新的一版标准', en: 'Somebody else has just published a version' },
    hint: {
      zh: '您的这一版没有发布。请看过现行标准后再发布一次。',
      en: 'Yours was not published. Look at the one in force and publish again.',
    },
  },
  'standard.rule_exists': {
    status: 409,
    title: { zh: '这里已经有同样的责任规则', en: 'The same rule exists here already' },
    hint: { zh: '先停用原来的规则，再登记新的。', en: 'End the earlier rule before adding a new one.' },
  },
});
defineConstraints({
  standard_pkey: 'standard.published_meanwhile',
  responsibility_rule_said_once: 'standard.rule_exists',
  responsibility_rule_realm_body_id_fkey: 'staff.not_found',
});

/** One version of the standard, with its conditions at hand. */
export interface Standard extends StoredStandard {
  type(code: string): CaseType | undefined;
  condition(code: string): { type: CaseType; condition: FilingCondition } | undefined;
}

export interface Standards {
  /** The version in force at an instant. */
  at(instant: Date): Standard;
  version(version: number): Standard;
  /** The one published last, whatever day it is in force from. */
  newest(): Standard;
  /** The one that comes into force last, if need be on a day to come: what a next version is made from. */
  latest(): Standard;
  /** By the day from which each holds. */
  readonly all: readonly Standard[];
  readonly rules: readonly Rule[];
}

export const standardsOf = (ctx: Ctx): Promise<Standards> =>
  ctx.cache.get(ctx, CACHE, async (own) => {
    const [stored, rules] = await Promise.all([allStandards(own), allRules(own)]);
    const all = stored.map(withIndex);
    // One that came with imported history is in force from its own first day, and changes nothing about today.
    const byDate = [...all].sort((a, b) => a.validFrom.getTime() - b.validFrom.getTime() || a.version - b.version);
    return {
      rules,
      at: (instant) => found(byDate.findLast((standard) => standard.validFrom <= instant)),
      newest: () => found(all.at(-1)),
      latest: () => found(byDate.at(-1)),
      all: byDate,
      version: (version) => {
        const known = all.find((standard) => standard.version === version);
        if (!known) throw new Problem(standardProblems['standard.no_version'], { version });
        return known;
      },
    };
  });

export const markStandardsChanged = (ctx: Ctx): Promise<void> => markChanged(ctx, CACHE);

function found(standard: Standard | undefined): Standard {
  if (!standard) throw new Problem(standardProblems['standard.none']);
  return standard;
}

function withIndex(stored: StoredStandard): Standard {
  const types = new Map(stored.types.map((type) => [type.code, type]));
  const conditions = new Map(
    stored.types.flatMap((type) => type.conditions.map((condition) => [condition.code, { type, condition }])),
  );
  return { ...stored, type: (code) => types.get(code), condition: (code) => conditions.get(code) };
}

export interface NewStandard {
  readonly title: string;
  readonly source: string;
  readonly majors: readonly MajorClass[];
  readonly types: readonly CaseType[];
  readonly stages: Stages;
  /** Only for what came with history; otherwise from now on. */
  readonly validFrom?: Date;
}

/** Publishes the next version, in force from now on. Open cases keep theirs. */
export async function publishStandard(ctx: Ctx, standard: NewStandard): Promise<{ version: number }> {
  const standards = await allStandards(ctx);
  const version = standards.length + 1;
  const validFrom = standard.validFrom ?? ctx.now;
  const waiting = standards.find((one) => one.validFrom > validFrom);
  if (waiting && validFrom >= ctx.now) throw await overruled(ctx, waiting);
  await insertStandard(ctx, { ...standard, version, validFrom });
  await markChanged(ctx, CACHE);
  record(ctx, {
    kind: 'standard.published',
    about: { kind: 'standard', id: ctx.ids.newId(), scopeNo: 0, confidential: false },
    body: { version, title: standard.title, types: standard.types.length, validFrom: validFrom.toISOString() },
  });
  return { version };
}

/** It would hold until the other's day and then be gone without a word. */
async function overruled(ctx: Ctx, { version, validFrom }: StoredStandard): Promise<Problem> {
  const { zone } = await realmOf(ctx);
  return new Problem(draftProblems['standard.one_waits'], { version, day: dayOf(validFrom, zone) });
}

export async function addRule(ctx: Ctx, rule: Rule): Promise<{ ruleId: Id }> {
  const area = await requireArea(ctx, rule.areaId);
  await insertRule(ctx, rule);
  await markChanged(ctx, CACHE);
  record(ctx, {
    kind: 'rule.added',
    about: { kind: 'rule', id: rule.id, scopeNo: area.no, confidential: false },
    body: { ...rule },
  });
  return { ruleId: rule.id };
}

export interface Place {
  readonly areaId: Id;
  /** The area across a border so near that the device may be wrong about the side; null: none. */
  readonly neighbourId: Id | null;
}

/** Which body answers for this kind of work at this place, and why. */
export async function responsibleBody(
  ctx: Ctx,
  place: Place,
  type: CaseType,
  conditionCode: string,
): Promise<Resolution> {
  const [atlas, directory, { rules }] = await Promise.all([atlasOf(ctx), directoryOf(ctx), standardsOf(ctx)]);
  const name = (id: string): string => directory.body(id)?.name ?? id;
  const at = (areaId: Id): Resolution => resolve(rules, atlas.upwards(areaId), type, conditionCode, name);
  const here = at(place.areaId);
  if (place.neighbourId === null || at(place.neighbourId).bodyId === here.bodyId) return here;
  const neighbour = atlas.get(place.neighbourId)?.name ?? '';
  return {
    ...here,
    confirm: true,
    because: [
      ...here.because,
      {
        zh: `离${neighbour}的边界很近，那一侧由另一单位负责：请确认位置`,
        en: `close to the border with ${neighbour}, where another body answers: confirm the place`,
      },
    ],
  };
}
