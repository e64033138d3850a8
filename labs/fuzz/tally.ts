import type { Operation } from './document.ts';
import type { Shot } from './storm.ts';
import type { Usage } from './usage.ts';
import type { Answer } from './wire.ts';

/**
 * What was found, and how often each operation was asked in earnest and worked: a fuzzer that is only ever refused
 * tries nothing.
 */
export interface Fault {
  readonly operation: string;
  readonly kind: string;
  readonly what: string;
  /** Seen so often; the first was shrunk. */
  times: number;
}

interface Share {
  readonly name: string;
  readonly sent: number;
  readonly good: number;
  /** `200 ×3, 409 casefile.command_not_allowed ×1` */
  readonly ways: string;
}

export interface Tally {
  count(operation: Operation, kind: string, answer: Answer): void;
  changed(transactions: number): void;
  /** How often this operation, asked in earnest, was done. */
  worked(operation: string): number;
  use(usage: Usage): void;
  /** Null when the same was found before. */
  fault(shot: Shot, what: string): Fault | null;
  readonly faults: readonly Fault[];
  readonly usages: readonly Usage[];
  totals(): { sent: number; slowestMs: number; changes: number; statuses: string; kinds: string };
  /** Of the good drafts, 2xx and 3xx; lowest first. */
  shares(): readonly Share[];
}

export const isGood = (status: number): boolean => status >= 200 && status < 400;

interface Count {
  sent: number;
  good: number;
}

export function openTally(): Tally {
  const [statuses, kinds, positive] = [new Map<string, number>(), new Map<string, Count>(), new Map<string, Count>()];
  const ways = new Map<string, Map<string, number>>();
  const faults = new Map<string, Fault>();
  const usages: Usage[] = [];
  const total = { sent: 0, slowestMs: 0, changes: 0 };
  return {
    count({ name }, kind, answer) {
      total.sent += 1;
      total.slowestMs = Math.max(total.slowestMs, answer.ms);
      add(statuses, String(answer.status));
      enter(kinds, kind, answer);
      if (kind !== 'good') return;
      enter(positive, name, answer);
      const known = ways.get(name) ?? new Map<string, number>();
      add(known, wayOf(answer));
      ways.set(name, known);
    },
    changed(transactions) {
      total.changes += transactions;
    },
    worked: (operation) => positive.get(operation)?.good ?? 0,
    use: (usage) => void usages.push(usage),
    fault({ operation, kind }, what) {
      const key = `${operation.name} ${what.replace(/\d+|"[^"]*"|“[^”]*”/g, '…').slice(0, 60)}`;
      const old = faults.get(key);
      if (old) old.times += 1;
      const fault = { operation: operation.name, kind, what, times: 1 };
      if (!old) faults.set(key, fault);
      return old ? null : fault;
    },
    get faults() {
      return [...faults.values()];
    },
    usages,
    totals: () => ({
      ...total,
      statuses: listed(statuses),
      kinds: [...kinds].map(([kind, { sent, good }]) => `${kind} ${good}/${sent}`).join(', '),
    }),
    shares: () =>
      [...positive]
        .map(([name, count]) => ({ name, ...count, ways: listed(ways.get(name) ?? new Map()) }))
        .sort((a, b) => a.good / a.sent - b.good / b.sent || b.sent - a.sent),
  };
}

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

function enter(counts: Map<string, Count>, key: string, { status }: Answer): void {
  const known = counts.get(key) ?? { sent: 0, good: 0 };
  known.sent += 1;
  if (isGood(status)) known.good += 1;
  counts.set(key, known);
}

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([key, n]) => `${key} ×${n}`)
    .join(', ');

/** The status, and for a refusal its code. */
const wayOf = ({ status, body }: Answer): string =>
  isGood(status)
    ? String(status)
    : `${status} ${/"code":"([a-z_.]+)"/.exec(body.toString('utf8', 0, 3000))?.[1] ?? ''}`.trim();
