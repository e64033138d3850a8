import type { Held, Op, OpState } from './contract.ts';
import type { PullAnswer, PullRequest, PushAnswer, PushRequest, Registration } from './protocol.ts';

/** What the engine needs of the phone it runs on: somewhere to keep things, a way to the server, a clock and chance. */

/**
 * Keeps everything on the device. The engine is its only user: where an app can be open twice, whoever opens the engine
 * holds a lock first.
 */
export interface Store {
  /** What the engine carries in memory: all but the bodies of records and the bytes of files. Asked once, first. */
  open(): Promise<Opened>;
  held(kind: string): Promise<readonly HeldRow[]>;
  one(kind: string, id: string): Promise<HeldRow | null>;
  /** What is held of a kind without its bodies. */
  marks(kind: string): Promise<readonly Mark[]>;
  bytes(sha256: string): Promise<Uint8Array | null>;
  /**
   * All of it or nothing, in one transaction. With `strict` it resolves when it is safe against a power cut; everything
   * that somebody said is written so. Throws `StoreFull` when there is no room; then nothing was written.
   */
  commit(changes: Changes, durability: 'strict' | 'relaxed'): Promise<void>;
}

/** There is no room for it on the device. */
export class StoreFull extends Error {}

export interface Opened {
  /** Null on a device that has never been used: the engine makes the first and commits it. */
  readonly meta: Meta | null;
  readonly ops: readonly StoredOp[];
  readonly files: readonly StoredFile[];
}

export interface StoredOp {
  readonly op: Op;
  readonly state: OpState;
  /** In which it was given on this device; the order of the outbox. */
  readonly order: number;
  /** Files of it that are at the server, though something unsent keeps them here. */
  readonly sent?: readonly string[];
  /** Carried out, and what it made of its record not heard yet: until then this phone shows what it foresees. */
  readonly untold?: boolean;
  /** Files of it that were shown small already, or need not be. */
  readonly previewed?: readonly string[];
}

/** Bytes taken in and not yet at the server. */
export interface StoredFile {
  readonly sha256: string;
  readonly type: string;
  readonly size: number;
  readonly keptAt: string;
  /** The server will not have it; it stays here until its item is put away. */
  readonly refused: { readonly code: string; readonly title: string; readonly detail: string } | null;
}

export interface HeldRow extends Held {
  /** What this version of it is called; only the server knows how it is made. */
  readonly mark: string;
}

export interface Mark {
  readonly id: string;
  readonly mark: string;
  readonly leaving: boolean;
}

/** One row, written whole. */
export interface Meta {
  readonly deviceId: string;
  readonly registered: boolean;
  /** Whose records these are, as the server said; nobody else's are mixed with them. */
  readonly accountId: string | null;
  readonly nextSeq: number;
  readonly nextOrder: number;
  /** Of refused items the worker has put away: the server still has to hear of it. */
  readonly dismissed: readonly string[];
  /** By segment: how far the server told. */
  readonly cursors: Readonly<Record<string, string>>;
  readonly skewMs: number | null;
  readonly lastSyncAt: string | null;
}

/** Puts replace what is there under the same key; drops of what is not there do nothing. Drops go first. */
export interface Changes {
  readonly meta?: Meta;
  readonly putOps?: readonly StoredOp[];
  readonly dropOps?: readonly string[];
  readonly putHeld?: readonly HeldRow[];
  readonly dropHeld?: readonly { readonly kind: string; readonly id: string }[];
  /** With bytes when it is new. */
  readonly putFiles?: readonly (StoredFile & { readonly bytes?: Uint8Array })[];
  readonly dropFiles?: readonly string[];
}

/**
 * The way to the server. Rejects with `Refused` when the server said no to the whole of it; with anything else when
 * there was no answer, or none that can be read: then nobody knows whether it arrived.
 */
export interface Wire {
  register(body: Registration): Promise<{ readonly deviceId: string; readonly accountId: string }>;
  push(body: PushRequest): Promise<PushAnswer>;
  pull(body: PullRequest): Promise<PullAnswer>;
  /** A file of a record that the server has already; resolves when the server confirmed that it keeps these bytes. */
  sendFile(op: Op, file: StoredFile, bytes: Uint8Array): Promise<void>;
  /** What the photo shows, small, ahead of it: nothing depends on it. */
  sendPreview?(op: Op, file: StoredFile, picture: Uint8Array): Promise<void>;
}

export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;

  constructor(status: number, { code, title, detail }: { code: string; title: string; detail: string }) {
    super(code);
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
  }
}

export interface Machine {
  now(): Date;
  newId(): string;
  /** 0 ≤ result < 1, for spreading retries. */
  chance(): number;
  sha256(bytes: Uint8Array): Promise<string>;
  /** The photo as a small JPEG of at most so many bytes; null: it does not become so small. */
  previewOf?(photo: Uint8Array, most: number): Promise<Uint8Array | null>;
}
