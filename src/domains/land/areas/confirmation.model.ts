import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { areaLevels } from './area.model.ts';
import { type NewArea, type Proposal, proposalKinds } from './comparison.model.ts';
import { intakeProblems, type Refusal, refuse, type Standing } from './intake.model.ts';

/** Proposals that somebody has read and said yes to. */

const side = z.object({ code: z.string(), name: z.string().min(1).max(60), parentCode: z.string().nullable() });
const proposals = z.array(
  z.object({
    what: z.enum(proposalKinds),
    level: z.enum(areaLevels),
    areaId: idSchema.nullable(),
    was: side.nullable(),
    now: side.nullable(),
  }),
);

/** What --compare --json printed, or a part of its list. */
export function readConfirmed(json: unknown): Proposal[] {
  const parsed = z
    .union([proposals, z.object({ proposed: proposals }).transform(({ proposed }) => proposed)])
    .safeParse(json);
  if (!parsed.success) throw new Problem(intakeProblems['intake.confirmation_unreadable']);
  return parsed.data;
}

/** Names and codes can be put right from today on. To move an area or to close it is an act of its own. */
const isAppliedHere = ({ what }: Proposal): boolean => what !== 'moved' && what !== 'gone';

export interface Confirmed {
  readonly amend: readonly { readonly areaId: string; readonly code?: string; readonly name?: string }[];
  readonly fresh: readonly NewArea[];
  /** True already: confirmed and carried out before. */
  readonly same: number;
  readonly refused: readonly Refusal[];
  readonly left: readonly Proposal[];
}

export function planConfirmed(
  list: readonly Proposal[],
  { standing, file, newId }: { standing: readonly Standing[]; file: string; newId: () => string },
): Confirmed {
  const byId = new Map(standing.map((area) => [area.id, area]));
  const byCode = new Map(standing.map((area) => [area.code, area]));
  const amend: Confirmed['amend'][number][] = [];
  const fresh: NewArea[] = [];
  const refused: Refusal[] = [];
  let same = 0;
  const stands = (code: string, name: string): boolean => byCode.get(code)?.name === name;
  const inOrder = list
    .map((proposal, i) => ({ proposal, row: i + 1 }))
    .filter(({ proposal }) => isAppliedHere(proposal))
    .sort((a, b) => areaLevels.indexOf(a.proposal.level) - areaLevels.indexOf(b.proposal.level));
  for (const { proposal, row } of inOrder) {
    const { now, was, areaId, level } = proposal;
    const parent = byCode.get(now?.parentCode ?? '');
    const area = byId.get(areaId ?? '');
    if (now && stands(now.code, now.name)) same += 1;
    else if (
      now &&
      was &&
      area &&
      area.code === was.code &&
      area.name === was.name &&
      !isTaken(now.code, area, byCode)
    ) {
      amend.push({ areaId: area.id, ...changes(area, now) });
      byCode.set(now.code, { ...area, code: now.code, name: now.name });
    } else if (now && proposal.what === 'added' && parent && !byCode.has(now.code)) {
      const added = { id: newId(), parentId: parent.id, level, code: now.code, name: now.name };
      byCode.set(now.code, added);
      fresh.push(added);
    } else refused.push(refuse({ file, row }, now?.code ?? '', intakeProblems['intake.stale']));
  }
  return { amend, fresh, same, refused, left: list.filter((proposal) => !isAppliedHere(proposal)) };
}

const isTaken = (code: string, area: Standing, byCode: ReadonlyMap<string, Standing>): boolean =>
  (byCode.get(code)?.id ?? area.id) !== area.id;

const changes = (area: Standing, now: { code: string; name: string }) => ({
  ...(area.code !== now.code && { code: now.code }),
  ...(area.name !== now.name && { name: now.name }),
});
