import { randomUUID } from 'node:crypto';

/**
 * A generated value may say "a case of yours" instead of an id: which one that is, is settled when the request is made.
 * So the same seed chooses the same requests, although the ids of a run are its own.
 */
export class Marker {
  readonly kind: string;
  readonly n: number;
  constructor(kind: string, n: number) {
    this.kind = kind;
    this.n = n;
  }
  toString(): string {
    return `<${this.kind} ${this.n}>`;
  }
}

/** Text that stands in a JSON body as it is: nested deeper than anything here could walk. */
export class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An id that nobody has yet; the same within one request wherever the same number stands. */
export const NEW = 'new';

export type Resolve = (marker: Marker) => unknown;

/** The value of a marker, given what is known; fresh ids are remembered for the length of one request. */
export function resolver(pick: (kind: string, n: number) => unknown): Resolve {
  const fresh = new Map<number, string>();
  return ({ kind, n }) => {
    if (kind !== NEW) return pick(kind, n) ?? randomUUID();
    const id = fresh.get(n) ?? randomUUID();
    fresh.set(n, id);
    return id;
  };
}

/** Keeps keys such as `__proto__` as what they are: own keys. */
export function resolveAll(value: unknown, resolve: Resolve): unknown {
  if (value instanceof Marker) return resolve(value);
  if (Array.isArray(value)) return value.map((part) => resolveAll(part, resolve));
  if (!isPlain(value)) return value;
  return withKeys(Object.entries(value).map(([name, part]) => [name, resolveAll(part, resolve)]));
}

/** An object with keys of its own, and nothing special. */
export const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export function withKeys(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}

/** As JSON, with literals as they are. */
export function toText(value: unknown): string {
  const literals: string[] = [];
  const text = JSON.stringify(value, (_name, part: unknown) => {
    if (!(part instanceof Literal)) return part;
    literals.push(part.text);
    return `@@literal ${literals.length - 1}@@`;
  });
  return literals.reduce((whole, literal, i) => whole.replace(`"@@literal ${i}@@"`, () => literal), text ?? '');
}
