import { fill, type Words } from './words.ts';

/**
 * What a user or a client can cause is a Problem: it says what happened, what was kept and what to do next, and it is
 * caught in three places only (http, worker, sync). Anything else that is thrown is a bug.
 */
export interface ProblemKind {
  readonly status: 400 | 401 | 403 | 404 | 408 | 409 | 410 | 412 | 413 | 422 | 429 | 431 | 460 | 503;
  readonly title: Words;
  readonly hint: Words;
}

export type ProblemParams = Readonly<Record<string, string | number>>;

export interface FieldFault {
  /** Path of the value in the request, such as `place.lon`. */
  readonly path: string;
  readonly says: Words;
}

const catalogue = new Map<string, ProblemKind>();

/** Adds a domain's problems to the one catalogue and hands back their codes as constants. */
export function defineProblems<const K extends Record<string, ProblemKind>>(kinds: K): { readonly [C in keyof K]: C } {
  for (const [code, kind] of Object.entries(kinds)) {
    if (catalogue.has(code)) throw new Error(`problem ${code} is defined twice`);
    catalogue.set(code, kind);
  }
  return Object.fromEntries(Object.keys(kinds).map((code) => [code, code])) as { [C in keyof K]: C };
}

export function allProblems(): ReadonlyMap<string, ProblemKind> {
  return catalogue;
}

export class Problem extends Error {
  readonly code: string;
  readonly params: ProblemParams;
  readonly faults: readonly FieldFault[];

  constructor(code: string, params: ProblemParams = {}, faults: readonly FieldFault[] = []) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.params = params;
    this.faults = faults;
  }

  get kind(): ProblemKind {
    const kind = catalogue.get(this.code);
    if (!kind) throw new Error(`problem ${this.code} is not in the catalogue`);
    return kind;
  }

  get title(): Words {
    return fill(this.kind.title, this.params);
  }

  get hint(): Words {
    return fill(this.kind.hint, this.params);
  }
}
