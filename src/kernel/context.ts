import type { Kysely } from 'kysely';
import type { CacheReader } from './cache.ts';
import type { Write } from './database/rows.ts';
import type { DB } from './db.generated.ts';
import type { Id } from './id.ts';
import type { Ids } from './ids.ts';
import type { Keys } from './keys.ts';
import type { ScopeRule } from './scope.ts';
import type { WorkflowActor } from './workflow.ts';

/** A post somebody holds now. `from`–`to` are the numbers of its area; both null for a post in a body. */
export interface Seat {
  readonly id: Id;
  readonly role: string;
  readonly areaId: Id | null;
  readonly bodyId: Id | null;
  /** Whether its holder reads what lies in the area, or only what is owed or granted. */
  readonly readsArea: boolean;
  readonly from: number | null;
  readonly to: number | null;
  /** What of that its holder reads: less numbers that lead elsewhere today, and former ones that lead here. */
  readonly numbers: readonly Numbers[] | null;
}

/** First and last number of a run. */
export type Numbers = readonly [first: number, last: number];

export interface AccountActor {
  readonly kind: 'account';
  readonly sessionId: Id;
  readonly accountId: Id;
  readonly personId: Id;
  readonly name: string;
  readonly mustChangePassword: boolean;
  readonly isDemo: boolean;
  readonly posts: readonly Seat[];
}

/** Who acts: somebody signed in, a reporter by tracking code, a program by key, nobody in particular, or we ourselves. */
export type Actor =
  | AccountActor
  | { readonly kind: 'reporter'; readonly grantee: Id }
  | { readonly kind: 'apikey'; readonly id: Id; readonly name: string; readonly scopes: readonly string[] }
  | { readonly kind: 'anyone' }
  | { readonly kind: 'system'; readonly name: string };

/** All that a handler is given. There is no other way to the database, the clock or chance. */
export interface Ctx {
  /** Bound to the one transaction of this request. */
  readonly db: Kysely<DB>;
  /**
   * Writes what nothing else waits for: in order among themselves, with the next question or with the commit.
   * Should one be refused, the whole transaction is. A statement through `db` that is not awaited yet may be overtaken.
   */
  readonly send: (write: Write) => void;
  /** The same, with its rows: for what must be on its way before anything else is asked. */
  readonly ask: (question: Write) => Promise<readonly unknown[]>;
  /**
   * A question whose text is made once, with our names in its rows: for the few that nearly every command asks. The
   * builder would write each of them anew, at more than the answer costs.
   */
  readonly read: <T>(question: Write) => Promise<T[]>;
  readonly realm: number;
  readonly actor: Actor;
  /** One instant for the whole transaction. */
  readonly now: Date;
  /** When it happened by the clock of whoever did it; the same as `now` unless they were offline. */
  readonly occurredAt: Date;
  readonly ids: Ids;
  readonly keys: Keys;
  readonly cache: CacheReader;
  readonly scope: ScopeRule;
  /** The command being carried out; null while only reading. */
  readonly commandId: Id | null;
}

/** Everything the actor may be granted things as: the person, their posts and bodies; or a reporter's code. */
export function granteesOf(actor: Actor): Id[] {
  if (actor.kind === 'reporter') return [actor.grantee];
  if (actor.kind === 'apikey') return [actor.id];
  if (actor.kind !== 'account') return [];
  const seats = actor.posts.flatMap((post) => (post.bodyId ? [post.id, post.bodyId] : [post.id]));
  return [...new Set([actor.personId, ...seats])];
}

export const postsOf = (actor: Actor): readonly Seat[] => (actor.kind === 'account' ? actor.posts : []);

export const isIn = (seat: Seat, scopeNo: number): boolean =>
  (seat.numbers ?? []).some(([first, last]) => first <= scopeNo && scopeNo <= last);

/** Whether the actor holds a post of one of these roles where a number lies; with `lastNo`, for all of an area. */
export const holdsPost = ({ actor }: Pick<Ctx, 'actor'>, roles: readonly string[], no: number, lastNo = no): boolean =>
  postsOf(actor).some((seat) => roles.includes(seat.role) && isIn(seat, no) && isIn(seat, lastNo));

/** As much of the actor as a workflow table looks at. */
export const workflowActor = (actor: Actor): WorkflowActor => ({
  kind: actor.kind,
  personId: actor.kind === 'account' ? actor.personId : null,
  grantee: actor.kind === 'reporter' ? actor.grantee : null,
  posts: postsOf(actor),
});
