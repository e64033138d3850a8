import type { Words } from '../../kernel/words.ts';

/** An expression of an XLSForm, as far as our forms can hold one: comparisons, `selected`, `not`, `and`, `or`. Pure. */
export type Expression =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly is: 'compare'; readonly op: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'question'; readonly name: string }
  | { readonly is: 'own' }
  | { readonly is: 'text' | 'number'; readonly value: string };
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What a form of ours cannot hold, in words. Thrown within this gateway and caught where the cell is known. */
export class Unheld extends Error {
  readonly says: Words;
  constructor(zh: string, en: string) {
    super(en);
    this.says = { zh, en };
  }
}

const token =
  /\s*(?:(\$\{\s*([^}]*?)\s*\})|'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?)|(!=|<=|>=|=|<|>|\(|\)|,)|([A-Za-z_][\w.:-]*)|(\.)|(\S))/gy;

interface Token {
  readonly kind: 'question' | 'text' | 'number' | 'sign' | 'word' | 'own';
  readonly value: string;
}

function tokensOf(source: string): Token[] {
  // As word processors write them.
  const text = source.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').trim();
  return [...text.matchAll(token)].map(([, ref, name, single, double, number, sign, word, own, other]) => {
    if (ref !== undefined) return { kind: 'question', value: name ?? '' };
    if (single !== undefined || double !== undefined) return { kind: 'text', value: single ?? double ?? '' };
    if (number !== undefined) return { kind: 'number', value: number };
    if (sign !== undefined) return { kind: 'sign', value: sign };
    if (word !== undefined) return { kind: 'word', value: word };
    if (own !== undefined) return { kind: 'own', value: '.' };
    throw new Unheld(`公式里的“${other}”读不了`, `“${other}” in an expression cannot be read`);
  });
}

/** Throws `Unheld` for what cannot be read. */
export function expressionIn(source: string): Expression {
  const tokens = tokensOf(source);
  let at = 0;
  const isNext = (kind: Token['kind'], value: string): boolean =>
    tokens[at]?.kind === kind && tokens[at]?.value === value;
  const take = (kind: Token['kind'], value: string): void => {
    if (!isNext(kind, value)) throw broken();
    at += 1;
  };

  const joined = (word: 'or' | 'and', next: () => Expression): Expression => {
    const parts = [next()];
    while (isNext('word', word)) {
      at += 1;
      parts.push(next());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { is: word, parts };
  };
  const whole = (): Expression => joined('or', () => joined('and', compared));

  function compared(): Expression {
    const left = single();
    const sign = tokens[at];
    if (sign?.kind !== 'sign' || !isComparison(sign.value)) return left;
    at += 1;
    return { is: 'compare', op: sign.value, left, right: single() };
  }

  function single(): Expression {
    const one = tokens[at];
    if (!one) throw broken();
    if (isNext('sign', '(')) {
      at += 1;
      const inside = whole();
      take('sign', ')');
      return inside;
    }
    at += 1;
    if (one.kind === 'own') return { is: 'own' };
    if (one.kind === 'question') return { is: 'question', name: one.value };
    if (one.kind === 'text' || one.kind === 'number') return { is: one.kind, value: one.value };
    if (one.kind === 'word' && isNext('sign', '(')) return { is: 'call', name: one.value, args: argumentsIn() };
    throw one.kind === 'word' ? new Unheld(`公式里的“${one.value}”读不了`, `“${one.value}” cannot be read`) : broken();
  }

  function argumentsIn(): Expression[] {
    take('sign', '(');
    const args: Expression[] = [];
    while (!isNext('sign', ')')) {
      if (args.length > 0) take('sign', ',');
      args.push(whole());
    }
    take('sign', ')');
    return args;
  }

  const read = whole();
  if (at < tokens.length) throw broken();
  return read;
}

const isComparison = (sign: string): sign is Comparison => ['=', '!=', '<', '<=', '>', '>='].includes(sign);
const broken = (): Unheld =>
  new Unheld('公式不完整，或有算术，读不了', 'the expression is incomplete, or reckons, and cannot be read');
