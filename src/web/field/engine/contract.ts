/**
 * The phone between its screens, its store and the server. The engine (`engine.ts`) is plain code without a browser:
 * screens use `Engine`; IndexedDB with OPFS in the app and a memory with faults in the laboratory are its `Store`; HTTP
 * in the app and a lossy link in the laboratory are its `Wire`. Instants are ISO 8601 texts throughout.
 */

/** A command somebody gave on this phone, as it will be sent: its id makes it count once, however often it is sent. */
export interface Op {
  readonly commandId: string;
  /** Contiguous on this device from 1: the server acknowledges the highest without a gap. Given when first sent. */
  readonly seq: number | null;
  /** The name of a write endpoint that may be called from a phone: `casefile.report`, `casefile.acknowledge` … */
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** By this device's clock; the server puts it right by the difference it sees at sending. */
  readonly occurredAt: string;
  /** The record it is about, or what of it is done in a row: one refused item holds back only what follows it there. */
  readonly target: string;
  readonly urgent: boolean;
  /** Files that belong to it, by SHA-256 in hex; they travel in a queue of their own, after their record. */
  readonly files: readonly string[];
}

export type NewOp = Pick<Op, 'name' | 'params' | 'body' | 'target' | 'urgent' | 'files'>;

/** `waiting`: may still be changed or withdrawn. `sending`: its answer is not known, it is sent again as it is. */
export type OpState =
  | { readonly is: 'waiting' }
  | { readonly is: 'sending' }
  | { readonly is: 'applied'; readonly answer: Readonly<Record<string, unknown>> }
  /** Kept, shown to the worker and to the supervisor; it never blocks the rest. */
  | { readonly is: 'refused'; readonly code: string; readonly title: string; readonly detail: string };

export interface OutboxItem {
  readonly op: Op;
  readonly state: OpState;
  readonly filesWaiting: number;
  /** The server has the record and will not have these; they stay until the item is put away. */
  readonly filesRefused: readonly RefusedFile[];
}

export interface RefusedFile {
  readonly sha256: string;
  readonly isVoice: boolean;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/** A record of one's scope as the server last showed it, with the outbox's predictions laid over it for the screens. */
export interface Held<Body = Readonly<Record<string, unknown>>> {
  readonly kind: string;
  readonly id: string;
  /** Position in the journal of what was last told of it. */
  readonly position: number;
  readonly body: Body;
  /** No longer in one's scope, kept while something unsent hangs on it: 交接中. */
  readonly leaving: boolean;
}

export interface SyncStatus {
  /** True after the server answered the last try, whatever the browser says about the network. */
  readonly online: boolean;
  readonly syncing: boolean;
  readonly waiting: number;
  /** Items that were refused, or of which a file was. */
  readonly refused: number;
  readonly filesWaiting: number;
  /** Recordings among them. */
  readonly voicesWaiting: number;
  readonly lastSyncAt: string | null;
  /** This device's clock minus the server's, in milliseconds; null before the first answer. */
  readonly skewMs: number | null;
  /** After how long the next try is worth it; longer after each failure, never at the same moment as everybody else. */
  readonly nextTryMs: number;
  /** Why nothing is sent although there is a network: signed out, device revoked, storage full; null when all is well. */
  readonly trouble: { readonly code: string; readonly title: string; readonly detail: string } | null;
}

export interface Engine {
  status(): SyncStatus;
  /** Called after every change of status, outbox or records. */
  subscribe(listener: () => void): () => void;
  held(kind: string): Promise<readonly Held[]>;
  one(kind: string, id: string): Promise<Held | null>;
  outbox(): Promise<readonly OutboxItem[]>;
  /** Resolves with the command id once it is safe on this device; only then may a screen say 已存. */
  submit(op: NewOp): Promise<string>;
  /** Both refuse (false) what was sent already. */
  change(commandId: string, body: Op['body']): Promise<boolean>;
  withdraw(commandId: string): Promise<boolean>;
  /**
   * Puts a refused item away: it leaves the outbox, stays readable at the server, and what waited behind it goes on. Of
   * one that is at the server it puts the refused files away.
   */
  dismiss(commandId: string): Promise<boolean>;
  /** A refused one put right: said anew in its place, of the same moment and with its files; the refused one is put away. */
  again(commandId: string, body: Op['body']): Promise<boolean>;
  /** Takes a file in, returns its SHA-256 in hex. */
  keepFile(bytes: Uint8Array, type: string): Promise<string>;
  /** Push, then pull, then files; never throws, tells through `status`. Calls while one runs are joined to it. */
  sync(): Promise<SyncStatus>;
}
