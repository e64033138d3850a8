/** No database keeps a text with a zero character or with half a character. The phone, the pages and the server ask the same. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/** Without those, and without what nobody sees and nobody meant to type. Lines stay lines. */
export const storable = (text: string): string => text.replace(/(?![\n\r\t])\p{Cc}|\p{Surrogate}/gu, '');

/** The same of all texts in it. */
export function allStorable<T>(value: T): T {
  if (typeof value === 'string') return storable(value) as T;
  if (Array.isArray(value)) return value.map(allStorable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, allStorable(inner)])) as T;
}
