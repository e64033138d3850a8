import { distanceM } from '../../../kernel/geo.ts';
import type { Words } from '../../../kernel/words.ts';
import type { CaseBody, MeBody } from '../engine/case.ts';
import type { Held } from '../engine/contract.ts';
import type { Fix } from './place.ts';

type Duty = CaseBody['duties'][number];

/** A case, and what I owe on it; null: it lies on my land, and somebody else has it. */
export interface Task {
  readonly held: Held<CaseBody>;
  readonly duty: Duty | null;
}

export const dueOf = (duty: Duty | null): string | null => (duty?.state === 'running' ? duty.dueAt : null);

export type Order = 'due' | 'near';

/**
 * By due time; what falls due in the same hour by who is nearest. What has no limit comes last. Whoever walks a round
 * takes the nearest first, whatever its time.
 */
export function inOrder(
  cases: readonly Held<CaseBody>[],
  me: MeBody | null,
  fix: Fix | null,
  order: Order = 'due',
): readonly Task[] {
  const hour = (task: Task): number => {
    if (order === 'near') return 0;
    const due = dueOf(task.duty);
    return due === null ? Number.MAX_SAFE_INTEGER : Math.floor(Date.parse(due) / 3_600_000);
  };
  const away = ({ held: { body } }: Task): number => metresTo(body, fix) ?? Number.MAX_SAFE_INTEGER;
  return cases
    .map((held) => ({ held, duty: mineOf(held.body, me) }))
    .toSorted((a, b) => hour(a) - hour(b) || away(a) - away(b));
}

export function metresTo({ point }: Pick<CaseBody, 'point'>, fix: Fix | null): number | null {
  return fix && point ? distanceM([fix.lon, fix.lat], [point[0], point[1]]) : null;
}

export const spoken = (metres: number): Words => {
  const tens = Math.round(metres / 10) * 10;
  const kilometres = (metres / 1000).toFixed(1);
  return metres < 1000 ? { zh: `${tens} 米`, en: `${tens} m` } : { zh: `${kilometres} 公里`, en: `${kilometres} km` };
};

/** Of what is mine to do, what falls due first. */
function mineOf({ duties }: CaseBody, me: MeBody | null): Duty | null {
  const seats = new Set(me?.posts.flatMap(({ id, bodyId }) => (bodyId === null ? [id] : [id, bodyId])));
  const isMine = ({ owedBy, assigneeId }: Duty): boolean =>
    seats.has(owedBy ?? '') || (me !== null && [owedBy, assigneeId].includes(me.personId));
  const open = duties.filter(isMine);
  return open.toSorted((a, b) => (dueOf(a) ?? '9').localeCompare(dueOf(b) ?? '9'))[0] ?? null;
}
