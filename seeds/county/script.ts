import type { CaseType, FilingCondition } from '../../src/domains/work/standards/standard.model.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { Chance } from './chance.ts';
import { MINUTE } from './hours.ts';
import type { GridPlan } from './land.ts';
import type { Place } from './places.ts';
import type { BodyStaff, Staff } from './roster.ts';

/**
 * What people do, written down before it is done: who gives which command when. Everything in it follows from a day
 * and a name, so that a county that is moved forward finds again what it had begun.
 */
export interface Act {
  readonly at: number;
  /** A login; null: somebody who is not signed in. */
  readonly who: string | null;
  /** Name of the endpoint. */
  readonly name: string;
  readonly on: Target;
  readonly body: Readonly<Record<string, unknown>>;
  /** Which of the pictures is sent along. */
  readonly picture?: number;
}

/** What the address names; a duty or a wish has its id only once it exists. */
export type Target =
  | { readonly by: 'nothing' }
  | { readonly by: 'id'; readonly id: Id }
  | { readonly by: 'code'; readonly reportId: Id }
  | { readonly by: 'duty'; readonly casefileId: Id; readonly duty: string }
  | { readonly by: 'wish'; readonly casefileId: Id };

/** Acts that hang together, one after the other; other stories go on beside it. */
export interface Story {
  readonly key: string;
  /** The records it is about. */
  readonly records: readonly Id[];
  readonly acts: readonly Act[];
}

export const channels = ['field', 'portal', 'hotline', 'visit', 'letter', 'chat', 'qr'] as const;
export type Channel = (typeof channels)[number];

/** A matter as it will be raised, before anybody knows of it. */
export interface Matter {
  readonly key: string;
  readonly by: Chance;
  readonly at: number;
  readonly casefileId: Id;
  readonly reportId: Id;
  readonly channel: Channel;
  readonly type: CaseType;
  readonly condition: FilingCondition;
  /** Graver than a desk can leave for later: minutes count. */
  readonly urgent: boolean;
  /** Null: who raised it left none, or is one of ours. */
  readonly contact: { readonly name: string; readonly phone: string } | null;
  readonly grid: GridPlan;
  readonly place: Place;
  readonly staff: Staff;
  readonly body: BodyStaff;
}

/** Writes a story: acts in the order of time, each at least some seconds after the one before. */
export interface Pen {
  readonly matter: Matter;
  /** Adds an act about the case, and tells when it is done. */
  step(at: number, who: string, command: string, body?: Act['body']): number;
  act(act: Act): number;
  /** The last act so far. */
  now(): number;
  readonly acts: readonly Act[];
}

export function openPen(matter: Matter): Pen {
  const acts: Act[] = [];
  const now = (): number => acts.at(-1)?.at ?? 0;
  const act = (one: Act): number => {
    const seconds = matter.by.between(3, 58) * 1000 + matter.by.between(0, 999);
    const when = Math.max(Math.floor(one.at / MINUTE) * MINUTE + seconds, now() + seconds / 4);
    acts.push({ ...one, at: Math.floor(when) });
    return now();
  };
  return {
    matter,
    act,
    now,
    acts,
    step: (at, who, command, body = {}) =>
      act({ at, who, name: `casefile.${command}`, on: { by: 'id', id: matter.casefileId }, body }),
  };
}
