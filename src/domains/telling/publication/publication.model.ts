import type { CaseType } from '../../work/standards/standard.model.ts';

/**
 * What the public may know of a case. Not before a desk of ours has filed it, for who reports may have called it by the
 * wrong name; what a program sent in about a thing with an owner is public at once, without anybody's words.
 */
export interface Publishable {
  readonly confidential: boolean;
  readonly mergedInto: string | null;
  readonly status: string;
  readonly registeredAt: Date | null;
}

export interface Sent {
  /** Said by a program through an interface: it waits for an answer, also when the case is declined. */
  readonly byProgram: boolean;
}

export function isPublic(file: Publishable, type: CaseType | undefined, { byProgram }: Sent): boolean {
  if (file.confidential || file.mergedInto !== null || type === undefined || type.confidential) return false;
  if (file.registeredAt !== null) return true;
  return byProgram && (file.status === 'declined' || isPublicAtOnce(type));
}

/** A manhole or a lamp says nothing of a person; a matter may, and a desk looks at it first. */
export const isPublicAtOnce = (type: CaseType): boolean => type.kind === 'component' && type.confidential !== true;

const closedStatuses: ReadonlySet<string> = new Set(['closed', 'evaluated', 'declined']);
export const publicStatus = (status: string): 'open' | 'closed' => (closedStatuses.has(status) ? 'closed' : 'open');

/**
 * A component that a desk has filed stands where it stands, to the metre. A matter, and whatever nobody has looked at
 * yet, is shown to about a hundred metres: enough to know the street, too little to know the door.
 */
export function publicPoint(
  { lon, lat }: { readonly lon: number | null; readonly lat: number | null },
  isExact: boolean,
): { lon: number | null; lat: number | null } {
  if (lon === null || lat === null) return { lon: null, lat: null };
  const digits = isExact ? 1e5 : 1e3;
  return { lon: Math.round(lon * digits) / digits, lat: Math.round(lat * digits) / digits };
}

/** Entries after which the public sees something new; whatever else happens to a case changes nothing of this. */
export const publicSteps = [
  'casefile.registered',
  'casefile.declined',
  'casefile.relocated',
  'casefile.dispatched',
  'casefile.sent_to_registrar',
  'casefile.acknowledged',
  'casefile.sent_back',
  'casefile.reworked',
  'casefile.taken_over',
  'casefile.closed',
  'casefile.objected',
  'casefile.contested',
  'casefile.suspended',
  'casefile.resumed',
  'casefile.merged',
  'casefile.unmerged',
] as const;
export type PublicStep = (typeof publicSteps)[number];

/** These change where or whether it is seen, and are no news of the work. */
export const silentSteps: ReadonlySet<string> = new Set<PublicStep>([
  'casefile.relocated',
  'casefile.merged',
  'casefile.unmerged',
]);
