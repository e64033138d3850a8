/**
 * What a phone and the server say to each other, at `/api/devices`, `/api/sync/push` and `/api/sync/pull`. The server
 * checks every word of it again (`sync.model.ts`).
 */

export interface Registration {
  readonly commandId: string;
  readonly deviceId: string;
  readonly model: string;
  readonly appVersion: string;
}

export interface PushOp {
  readonly commandId: string;
  readonly seq: number;
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly occurredAt: string;
  readonly target: string;
}

export interface PushRequest {
  readonly deviceId: string;
  /** By the device's clock; from it the server knows how wrong that is. */
  readonly deviceAt: string;
  /** At most 200, in the order in which they are to be judged. */
  readonly ops: readonly PushOp[];
  /** Refused ones that the worker has put away: what waits behind them goes on. */
  readonly dismissed: readonly string[];
  readonly language: 'zh' | 'en';
  /** When the oldest item was given that is not at the server yet. */
  readonly oldestUnsent: string | null;
}

export type Verdict =
  | { readonly commandId: string; readonly is: 'applied'; readonly answer: Readonly<Record<string, unknown>> }
  /** Had been carried out under this id by another way. */
  | { readonly commandId: string; readonly is: 'duplicate'; readonly answer: Readonly<Record<string, unknown>> }
  | {
      readonly commandId: string;
      readonly is: 'refused';
      readonly code: string;
      readonly title: string;
      readonly detail: string;
    }
  /** Not judged: something before it on the same record is not settled, or the server could not now. Sent again. */
  | { readonly commandId: string; readonly is: 'held'; readonly code: string };

export interface PushAnswer {
  readonly verdicts: readonly Verdict[];
  /** The highest number up to which every one has a verdict. */
  readonly acknowledged: number;
  readonly serverTime: string;
}

export interface PullRequest {
  readonly deviceId: string;
  readonly deviceAt: string;
  readonly cursors: Readonly<Record<string, string>>;
  /** Kinds of records that are told one by one; a server from before tells cases only. */
  readonly kinds: readonly string[];
  readonly limit: number;
  /** What the phone holds, summed up; given when the server asked for it. */
  readonly check: Check | null;
  /** The rows of the buckets that differed. */
  readonly compare: {
    readonly buckets: number;
    readonly numbers: readonly number[];
    readonly rows: readonly MarkOf[];
  } | null;
  readonly oldestUnsent: string | null;
  /** What this phone changed itself, at most 200: told as it is now, wherever the journal stands. */
  readonly records: readonly string[];
}

/** The marks of a bucket, combined by exclusive or, as 16 hexadecimal digits; all buckets in one text. */
export interface Check {
  readonly buckets: number;
  readonly sums: string;
}

export type MarkOf = readonly [id: string, mark: string];

export interface PulledRow {
  readonly kind: string;
  readonly id: string;
  readonly position: number;
  readonly mark: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface PullAnswer {
  readonly accountId: string;
  readonly serverTime: string;
  readonly upserts: readonly PulledRow[];
  readonly evict: readonly { readonly kind: string; readonly id: string }[];
  /** Kinds told whole: what is held of the kind and not among these goes. */
  readonly whole: readonly { readonly kind: string; readonly rows: readonly PulledRow[] }[];
  /** Of the check: numbers of buckets that hold something else than they should. */
  readonly differing: readonly number[];
  /** Whether the sum over what is held is wanted; a server from before asked for it each time. */
  readonly recheck?: boolean;
  readonly cursors: Readonly<Record<string, string>>;
  readonly more: boolean;
}
