import type { Limit } from '../../domains/work/calendars/limit.model.ts';
import type { CaseType, FilingCondition, MajorClass } from '../../domains/work/standards/standard.model.ts';
import type { Words } from '../../kernel/words.ts';

/** Where the size of a limit comes from, and how sure we are of it. */
export type Basis = Pick<FilingCondition, 'source' | 'confidence'>;

/** A case type before it is put under its major class. */
export type TypeDraft = Omit<CaseType, 'kind' | 'major'>;

/** One filing condition, in the order it is read: what is seen, how long, what done means, on what ground. */
export function condition(
  code: string,
  when: Words,
  limit: Limit,
  done: Words,
  basis: Basis,
  evidence: FilingCondition['evidence'] = 'photos',
): FilingCondition {
  return { code, when, limit, done, evidence, source: basis.source, confidence: basis.confidence };
}

/** Graver than its type: desks have minutes from the moment it is registered. */
export const atOnce = (grave: FilingCondition): FilingCondition => ({ ...grave, urgent: true });

/** Of a type that is urgent until somebody has looked, but this is the harmless case. */
export const inNoHurry = (harmless: FilingCondition): FilingCondition => ({ ...harmless, urgent: false });

export function under(major: MajorClass, drafts: readonly TypeDraft[]): CaseType[] {
  return drafts.map((draft) => ({ ...draft, kind: major.kind, major: major.code }));
}
