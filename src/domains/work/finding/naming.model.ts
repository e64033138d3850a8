/** Finding what has a name, as it is typed: a piece of it, its code, its first letters in pinyin. Pure. */
export interface Nameable {
  readonly name: string;
  readonly code?: string;
  readonly initials: string;
  readonly whole: string;
}

const LETTERS = /^[a-z0-9]+$/;
const DIGITS = /^\d{3,}$/;

const plainOf = (typed: string): string => typed.normalize('NFKC').toLowerCase().trim();

/** 0: the name itself; then its beginning, a piece of it, its code, its spelling. Null: it is something else. */
function fitOf({ name, code = '', initials, whole }: Nameable, plain: string): number | null {
  const called = plainOf(name);
  if (called === plain) return 0;
  if (called.startsWith(plain)) return 1;
  if (called.includes(plain)) return 2;
  if (DIGITS.test(plain) && code.startsWith(plain)) return 3;
  if (!LETTERS.test(plain)) return null;
  if (initials === plain) return 4;
  if (initials.startsWith(plain) || whole.startsWith(plain)) return 5;
  return initials.includes(plain) ? 6 : null;
}

const orderOf = ({ code, name }: Nameable): string => code ?? name;

/** The best first; of those that fit alike the shorter name, for it is the wider thing, and then by code. */
export function bestOf<T extends Nameable>(all: readonly T[], typed: string, most: number): T[] {
  const plain = plainOf(typed);
  return all
    .flatMap((one) => {
      const fit = fitOf(one, plain);
      return fit === null ? [] : [{ one, fit }];
    })
    .sort(
      (a, b) => a.fit - b.fit || a.one.name.length - b.one.name.length || (orderOf(a.one) < orderOf(b.one) ? -1 : 1),
    )
    .slice(0, most)
    .map(({ one }) => one);
}
