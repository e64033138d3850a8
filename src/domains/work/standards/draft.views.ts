import { Temporal } from 'temporal-polyfill';
import type { Ctx } from '../../../kernel/context.ts';
import { postsOf } from '../../../kernel/context.ts';
import { dayOf, realmOf, today } from '../../../kernel/realm.ts';
import { callNames } from '../../land/staff/index.ts';
import { differences } from './difference.model.ts';
import { findDraft, type OpenUnder, openByStandard } from './draft.queries.ts';
import { homesOf, readTable } from './sheet_reading.model.ts';
import { type Standard, type Standards, standardsOf } from './standard.commands.ts';
import type { CaseType, FilingCondition } from './standard.model.ts';

/** All versions, and how many open cases stand under each. */
export async function overview(ctx: Ctx) {
  const [standards, open] = await Promise.all([standardsOf(ctx), openByStandard(ctx)]);
  const inForce = standards.at(ctx.now);
  const administers = postsOf(ctx.actor).some(({ role }) => role === 'admin');
  return {
    versions: [...standards.all].reverse().map((one) => ({
      ...lineOf(one),
      state: one.version === inForce.version ? 'in_force' : one.validFrom > ctx.now ? 'waiting' : 'earlier',
      open: sumOf(open.filter(({ standardVersion }) => standardVersion === one.version)),
    })),
    unregistered: sumOf(open.filter(({ standardVersion }) => standardVersion === null)),
    counted: administers ? 'realm' : 'mine',
  };
}

const sumOf = (rows: readonly OpenUnder[]): number => rows.reduce((sum, { cases }) => sum + cases, 0);
const conditionsOf = (types: readonly CaseType[]): FilingCondition[] => types.flatMap(({ conditions }) => conditions);

function lineOf({ version, title, source, validFrom, types }: Standard) {
  const conditions = conditionsOf(types);
  const unsure = conditions.filter(({ confidence }) => confidence === 'unsure').length;
  return { version, title, source, validFrom, types: types.length, conditions: conditions.length, unsure };
}

/** The draft with every refused cell, what it would change, and whom. */
export async function draftInFull(ctx: Ctx) {
  const [draft, standards, days] = await Promise.all([findDraft(ctx), standardsOf(ctx), daysToIssue(ctx)]);
  if (!draft) return { draft: null, ...days };
  const base = standards.version(draft.baseVersion);
  const read = readTable(draft.lines, { ...base, homes: homesOf(standards.all) });
  const [names, effect] = await Promise.all([
    callNames(ctx, [{ kind: 'person', id: draft.draftedBy }]),
    effectOf(ctx, standards, base, read.types, read.majors),
  ]);
  const { id, baseVersion, fileName, lines, draftedAt } = draft;
  const draftedBy = names.get(draft.draftedBy) ?? '';
  const isStale = standards.latest().version !== baseVersion;
  const { rows, refused } = read;
  const changes = differences(base, read);
  return {
    draft: { id, baseVersion, isStale, fileName, draftedBy, draftedAt, rows, refused, lines, changes, effect },
    ...days,
  };
}

/** A case on file keeps its version; one that is not on file yet falls under the version of the day it is put there. */
async function effectOf(
  ctx: Ctx,
  { rules }: Standards,
  base: Standard,
  types: readonly CaseType[],
  majors: readonly { readonly code: string }[],
) {
  const open = await openByStandard(ctx);
  const openUnder = (code: string): number => sumOf(open.filter(({ conditionCode }) => conditionCode === code));
  const after = new Map(conditionsOf(types).map((one) => [one.code, one]));
  const before = conditionsOf(base.types);
  const changed = before.filter(({ code, limit }) => {
    const now = after.get(code)?.limit;
    return now !== undefined && (now.amount !== limit.amount || now.unit !== limit.unit);
  });
  const ended = before
    .filter(({ code }) => !after.has(code))
    .map(({ code, when }) => ({ code, words: when, open: openUnder(code) }));
  const stands = new Set([...after.keys(), ...types.map(({ code }) => code), ...majors.map(({ code }) => code)]);
  const stood = new Set([...before, ...base.types, ...base.majors].map(({ code }) => code));
  return {
    ...keeping(open),
    limitChanged: changed.reduce((sum, { code }) => sum + openUnder(code), 0),
    ended: ended.filter((one) => one.open > 0),
    rulesIdle: rules.filter(
      ({ matchesKind, matches }) => matchesKind !== 'body_kind' && stood.has(matches) && !stands.has(matches),
    ).length,
  };
}

/** Who stays with what, whatever is issued; and who comes under it. */
export const keeping = (open: readonly OpenUnder[]) => ({
  staying: versionsOf(open).map((version) => ({
    version,
    open: sumOf(open.filter(({ standardVersion }) => standardVersion === version)),
  })),
  unregistered: sumOf(open.filter(({ standardVersion }) => standardVersion === null)),
});

const versionsOf = (open: readonly OpenUnder[]): number[] =>
  [...new Set(open.flatMap(({ standardVersion }) => standardVersion ?? []))].sort((a, b) => b - a);

/** Not in the past, not before a version that waits already, and not so far that a slip of the pen bars all others. */
export async function daysToIssue(ctx: Ctx): Promise<{ today: string; earliest: string; latest: string }> {
  const [standards, { zone }, day] = await Promise.all([standardsOf(ctx), realmOf(ctx), today(ctx)]);
  const { validFrom } = standards.latest();
  const begins = dayOf(validFrom, zone);
  const earliest = begins > day ? begins : day;
  return { today: day, earliest, latest: Temporal.PlainDate.from(day).add({ years: 1 }).toString() };
}
