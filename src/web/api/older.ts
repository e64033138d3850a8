/** What the oldest browser we serve (Chromium 109) lacks of what the models of the domains use; both faces load it first. */
export {};

const lacking = {
  toSorted<T>(this: readonly T[], compare?: (a: T, b: T) => number): T[] {
    return [...this].sort(compare);
  },
  toReversed<T>(this: readonly T[]): T[] {
    return [...this].reverse();
  },
};

for (const [name, value] of Object.entries(lacking))
  if (!(name in Array.prototype))
    Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
