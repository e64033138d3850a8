/**
 * Statements come in a limited number of shapes. A named one is parsed once per connection; beyond the limit, and for
 * very long texts, a statement stays unnamed, so that neither we nor the server keep an unbounded list.
 */
const names = new Map<string, string>();
const MOST_NAMED = 500;
const LONGEST_NAMED = 5000;

export function statement(text: string): { text: string; name?: string } {
  const known = names.get(text);
  if (known) return { text, name: known };
  if (names.size >= MOST_NAMED || text.length > LONGEST_NAMED) return { text };
  const name = `s${names.size}`;
  names.set(text, name);
  return { text, name };
}
