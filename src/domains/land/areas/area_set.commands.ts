import { markChanged } from '../../../kernel/cache_version.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { CACHE } from './area.commands.ts';
import { areaLevels, areaProblems } from './area.model.ts';
import {
  type Amendment,
  amendVersions,
  codesInUse,
  insertAreas,
  lockParents,
  lockVersions,
  type ParentRow,
} from './area_set.queries.ts';
import type { NewArea } from './comparison.model.ts';
import { type Interval, layOut } from './numbering.model.ts';

/** What an import writes: many areas in one transaction, each with an entry of its own. */

/**
 * Areas below parents that stand. Codes that somebody else has given meanwhile are left out, so that an import broken off
 * and begun again, or begun twice at once, makes each area once.
 */
export async function addAreas(ctx: Ctx, wanted: readonly NewArea[]): Promise<{ added: number }> {
  const day = await today(ctx);
  const parents = await lockParents(ctx, [...new Set(wanted.map(({ parentId }) => parentId))], day);
  const taken = await codesInUse(
    ctx,
    wanted.map(({ code }) => code),
    day,
  );
  const missing = wanted.filter(({ code }) => !taken.has(code));
  const numbered = numberBelow(parents, missing);
  if (numbered.length === 0) return { added: 0 };
  await insertAreas(ctx, numbered, day);
  await markChanged(ctx, CACHE);
  for (const { id, no, ...plain } of numbered) {
    record(ctx, {
      kind: 'area.added',
      about: { kind: 'area', id, scopeNo: no, confidential: false },
      body: { id, ...plain, hasBoundary: false, no },
    });
  }
  return { added: numbered.length };
}

/** Below each parent level by level: what lies higher in the tree gets its numbers first. */
function numberBelow(parents: readonly ParentRow[], wanted: readonly NewArea[]): (NewArea & Interval)[] {
  const known = new Set(parents.map(({ id }) => id));
  if (wanted.some(({ parentId }) => !known.has(parentId))) throw new Problem(areaProblems['area.not_found']);
  return parents.flatMap((parent) => {
    let { behind } = parent;
    const children = wanted.filter(({ parentId }) => parentId === parent.id);
    return areaLevels.flatMap((level) => {
      const alike = children.filter((child) => child.level === level);
      if (alike.length === 0) return [];
      const numbers = layOut(parent, { behind, level, count: alike.length });
      behind = numbers.at(-1)?.lastNo ?? behind;
      return alike.map((child, i) => ({ ...child, ...(numbers[i] as Interval) }));
    });
  });
}

/** Names, codes and borders that hold from today on; what held before stays in the versions before. */
export async function amendAreas(ctx: Ctx, list: readonly Amendment[]): Promise<{ amended: number }> {
  const day = await today(ctx);
  const were = new Map(
    (
      await lockVersions(
        ctx,
        list.map(({ areaId }) => areaId),
        day,
      )
    ).map((row) => [row.areaId, row]),
  );
  if (list.some(({ areaId }) => !were.has(areaId))) throw new Problem(areaProblems['area.not_found']);
  await amendVersions(ctx, list, day);
  await markChanged(ctx, CACHE);
  for (const { areaId, code, name, border } of list) {
    const was = were.get(areaId);
    const body: EntryBody = {
      ...(code !== undefined && { code, codeWas: was?.code ?? null }),
      ...(name !== undefined && { name, nameWas: was?.name ?? null }),
      ...(border && { hasBoundary: true }),
    };
    record(ctx, {
      kind: 'area.amended',
      about: { kind: 'area', id: areaId, scopeNo: was?.no ?? 0, confidential: false },
      body,
    });
  }
  return { amended: list.length };
}
