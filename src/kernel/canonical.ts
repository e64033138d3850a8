import type { EntryValue } from './journal.ts';

/**
 * Canonical JSON (RFC 8785) of what came out of the database, which holds neither NaN nor half a character. A journal is
 * hashed from its first entry to its last whenever it is verified: there the library's care for both is most of the time.
 */
export function canonical(value: EntryValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
}

const isList = (value: object): value is readonly EntryValue[] => Array.isArray(value);
