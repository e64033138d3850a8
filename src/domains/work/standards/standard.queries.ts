import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Rule } from './resolve.model.ts';
import type { Stages } from './stages.model.ts';
import type { CaseType, FilingCondition, MajorClass } from './standard.model.ts';

export interface StandardRow {
  readonly version: number;
  readonly title: string;
  readonly source: string;
  readonly validFrom: Date;
  readonly majors: readonly MajorClass[];
  readonly stages: Stages;
}

export interface StoredStandard extends StandardRow {
  readonly types: readonly CaseType[];
}

export async function allStandards(ctx: Ctx): Promise<StoredStandard[]> {
  const [standards, types, conditions] = await Promise.all([
    ctx.db.selectFrom('standard').selectAll().where('realm', '=', ctx.realm).orderBy('version').execute(),
    ctx.db
      .selectFrom('caseType')
      .select(['version', 'code', 'spec'])
      .where('realm', '=', ctx.realm)
      .orderBy('code')
      .execute(),
    ctx.db
      .selectFrom('filingCondition')
      .select(['version', 'typeCode', 'spec'])
      .where('realm', '=', ctx.realm)
      .orderBy('code')
      .execute(),
  ]);
  return standards.map((row) => ({
    ...(row as unknown as StandardRow),
    types: types
      .filter((type) => type.version === row.version)
      .map((type) => ({
        ...(type.spec as unknown as Omit<CaseType, 'conditions'>),
        conditions: conditions
          .filter((condition) => condition.version === row.version && condition.typeCode === type.code)
          .map((condition) => condition.spec as unknown as FilingCondition),
      })),
  }));
}

export async function insertStandard(ctx: Ctx, standard: StoredStandard): Promise<void> {
  const { types, majors, stages, ...plain } = standard;
  const conditions = types.flatMap((type) => type.conditions.map((condition) => ({ type: type.code, condition })));
  await ctx.db
    .insertInto('standard')
    .values({
      realm: ctx.realm,
      ...plain,
      majors: JSON.stringify(majors),
      stages: JSON.stringify(stages),
      publishedAt: ctx.now,
    })
    .execute();
  await sql`insert into case_type (realm, version, code, spec)
    select ${ctx.realm}, ${standard.version}, t.code, t.spec from jsonb_to_recordset(${JSON.stringify(types.map(({ conditions: _, ...spec }) => ({ code: spec.code, spec })))}::jsonb) as t (code text, spec jsonb)`.execute(
    ctx.db,
  );
  await sql`insert into filing_condition (realm, version, code, type_code, spec)
    select ${ctx.realm}, ${standard.version}, c.code, c.type, c.spec from jsonb_to_recordset(${JSON.stringify(conditions.map(({ type, condition }) => ({ code: condition.code, type, spec: condition })))}::jsonb) as c (code text, type text, spec jsonb)`.execute(
    ctx.db,
  );
}

export async function allRules(ctx: Ctx): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select id, area_id, matches_kind, matches, ground, body_id, basis from responsibility_rule
    where realm = ${ctx.realm} and valid @> ${ctx.now}::timestamptz order by id`.execute(ctx.db);
  return rows;
}

export async function insertRule(ctx: Ctx, rule: Rule): Promise<void> {
  await ctx.db
    .insertInto('responsibilityRule')
    .values({ realm: ctx.realm, ...rule, valid: `[${ctx.now.toISOString()},)` })
    .execute();
}

/** Rules that name a body end; what it answered for falls to wider rules, or to whoever dispatches. */
export async function endRulesNaming(ctx: Ctx, bodyId: Id): Promise<number> {
  const { numAffectedRows } = await sql`update responsibility_rule set valid = tstzrange(lower(valid), ${ctx.now})
    where realm = ${ctx.realm} and body_id = ${bodyId} and valid @> ${ctx.now}::timestamptz`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
