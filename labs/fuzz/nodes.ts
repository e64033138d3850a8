import { isPlain, withKeys } from './markers.ts';

/** Every place in a value, and the same value with another thing in one place. */
export type Path = readonly (string | number)[];

export function pathsIn(value: unknown, at: Path = []): Path[] {
  if (!Array.isArray(value) && !isPlain(value)) return [at];
  const inner = Array.isArray(value) ? value.map((part, i) => [i, part] as const) : Object.entries(value);
  return [at, ...inner.flatMap(([key, part]) => pathsIn(part, [...at, key]))];
}

export const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], value);

export function put(value: unknown, [key, ...rest]: Path, thing: unknown): unknown {
  if (key === undefined) return thing;
  if (Array.isArray(value)) return value.map((part, i) => (i === key ? put(part, rest, thing) : part));
  const entries = Object.entries(value as object).map(
    ([name, part]) => [name, name === key ? put(part, rest, thing) : part] as const,
  );
  return withKeys(entries);
}

/** One of them, whatever number is given. */
export const oneOf = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
