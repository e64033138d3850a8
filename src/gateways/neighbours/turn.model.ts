import { createHash } from 'node:crypto';
import type { DeliveryFault } from '../../domains/work/casefiles/heard.model.ts';
import type { Row } from './georeport.model.ts';

/** What came of one turn outside, whatever the other server did. */
export type Outcome =
  | { readonly kind: 'arrived'; readonly number: string }
  | { readonly kind: 'token'; readonly token: string }
  /** There is a token still, and no number yet. */
  | { readonly kind: 'pending' }
  /** Nothing was taken, and asking again will not help: somebody has to mend something. */
  | { readonly kind: 'refused'; readonly fault: DeliveryFault; readonly says: string }
  | { readonly kind: 'fault'; readonly fault: DeliveryFault; readonly left: boolean }
  /** `updates`: null when they do not speak that extension. */
  | { readonly kind: 'heard'; readonly request: Row; readonly updates: readonly Row[] | null; readonly asked: boolean };

export interface Update {
  readonly key: string;
  readonly status: string;
  readonly words: string;
  readonly at: string;
}

const MOST_SEEN = 1000;
const MOST_AT_ONCE = 20;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Those of this request that were not heard yet, the oldest first; what belongs to another request is none of ours. */
export function freshUpdates(rows: readonly Row[], requestId: string, seen: readonly string[]): Update[] {
  const known = new Set(seen);
  const fresh = rows
    .filter((row) => row.service_request_id === requestId)
    .map(updateOf)
    .filter(({ key }) => !known.has(key));
  const once = fresh.filter(({ key }, i) => fresh.findIndex((one) => one.key === key) === i);
  const room = Math.min(MOST_AT_ONCE, Math.max(0, MOST_SEEN - seen.length));
  return once.sort(byTime).slice(0, room);
}

function updateOf({ update_id: id, status = '', description = '', updated_datetime: at = '' }: Row): Update {
  return {
    key: hashOf(id ?? `${at} ${status} ${description}`),
    status: status.toUpperCase().slice(0, 60),
    words: description,
    at,
  };
}

const byTime = (a: Update, b: Update): number => (instant(a.at) || 0) - (instant(b.at) || 0);
const instant = (text: string): number => Date.parse(text);

/** How it stands with them, to be told from how it stood the last time. */
export const standing = ({ status = '', status_notes: notes = '' }: Row): string =>
  hashOf(`${status.toLowerCase()}\n${notes}`);

export const isClosed = ({ status = '' }: Row): boolean => status.toLowerCase() === 'closed';

/** Their last word on it, as the updates extension puts it. */
export function lastStatus(rows: readonly Row[] | null, requestId: string): string {
  const own = (rows ?? [])
    .filter((row) => row.service_request_id === requestId)
    .map(updateOf)
    .sort(byTime);
  return own.at(-1)?.status ?? '';
}
