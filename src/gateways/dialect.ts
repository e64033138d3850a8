import type { Endpoint } from '../kernel/endpoint.ts';
import type { FieldFault } from '../kernel/problem.ts';
import type { Language, Words } from '../kernel/words.ts';

/**
 * The outside world speaks languages of its own. A gateway's endpoints are values like all others, with the same doors,
 * shapes and limits; its dialect turns what was sent into our form, and what we answer into theirs. Pure: no framework.
 */
export interface Dialect {
  /** What was sent, as the endpoint expects it. Throws a Problem where not even that can be read. */
  hear<T extends Heard>(endpoint: Endpoint, sent: T, now: Date): T;
  /** Before anything is read. Throws a Problem for what does not speak the language at all. */
  admits?(headers: Readonly<Record<string, unknown>>): void;
  /** Forms with files are part of the language; otherwise they are refused unread. */
  readonly takesFiles?: boolean;
  say(endpoint: Endpoint, found: unknown): Spoken;
  /** `url` as it was asked for: what cannot be found has no endpoint. */
  refuse(refusal: Refusal, url: string): Spoken;
}

export interface Heard {
  readonly token: string | null;
  readonly query: unknown;
  readonly body: unknown;
}

export interface Spoken {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Refusal {
  readonly status: number;
  /** Of the problem; null: a fault of ours. */
  readonly code: string | null;
  readonly title: Words;
  readonly hint: Words;
  readonly faults: readonly FieldFault[];
  readonly language: Language;
}
