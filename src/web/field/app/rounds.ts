import type { Words } from '../../../kernel/words.ts';
import type { Held } from '../engine/contract.ts';
import type { VisitBody } from '../engine/visit.ts';

/** One campaign as the phone holds it: how many there are, and how many are left. */
export interface RoundLine {
  readonly campaignId: string;
  readonly title: string;
  readonly round: number;
  readonly dueOn: string;
  readonly all: number;
  readonly left: number;
  /** 人, or what else it is that is counted; in English nothing need be said. */
  readonly unit: string;
}

export const isLeftToVisit = ({ result }: Pick<VisitBody, 'result'>): boolean => result === null || result === 'absent';

export const unitOf = ({ unit }: { readonly unit?: Words }): string => unit?.zh ?? '人';

/** The one due first comes first. */
export function roundsOf(visits: readonly Held<VisitBody>[]): readonly RoundLine[] {
  const rounds = new Map<string, RoundLine>();
  for (const { body } of visits) {
    const { campaignId, title, round, dueOn } = body;
    const unit = unitOf(body);
    const before = rounds.get(campaignId) ?? { campaignId, title, round, dueOn, unit, all: 0, left: 0 };
    rounds.set(campaignId, { ...before, all: before.all + 1, left: before.left + (isLeftToVisit(body) ? 1 : 0) });
  }
  return [...rounds.values()].sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.title.localeCompare(b.title, 'zh'));
}
