import { z } from 'zod';
import type { Answer, Executed } from './command.ts';
import type { Actor, Ctx } from './context.ts';
import type { Entrance } from './entrance.ts';
import { type Id, idSchema } from './id.ts';
import type { Runtime } from './runtime.ts';
import type { Words } from './words.ts';

/**
 * An endpoint is a value: the server, the OpenAPI document, the permission matrix and the tests read it. Nobody may
 * call one whom its access does not name; what it returns is cut to its output, so nothing undeclared can leak.
 */
export type Party =
  | 'anyone'
  | 'reporter'
  | 'account'
  | { readonly roles: readonly string[] }
  | { readonly apiKey: string };

/** Under overload the last lane is turned away first. */
export const lanes = ['urgent', 'work', 'read', 'bulk'] as const;
export type Lane = (typeof lanes)[number];

type Shape = z.ZodObject;
const nothing = z.strictObject({});

export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The address has called more often than its tries; for endpoints that are told instead of refusing. */
  readonly isCrowded: boolean;
}

interface Common {
  /** `subject.verb`, unique. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With `:id`-like parameters. A parameter `:code` is a tracking code and makes the caller a reporter. */
  readonly path: string;
  readonly summary: Words;
  readonly access: readonly Party[];
  readonly lane: Lane;
  readonly params: Shape;
  readonly query: Shape;
  readonly body: Shape;
  readonly output: z.ZodType;
  /** Open to somebody who still has to change the first password. */
  readonly beforeFirstPassword?: boolean;
  /** May be given on a device without network and sent later with others. */
  readonly fromDevice?: boolean;
  /** What the field app asks for: a session that was opened on a phone gets no further than these. */
  readonly onPhone?: boolean;
  /** What a program on somebody's phone asks for with a key of its own: that key gets no further than these. */
  readonly forCollect?: boolean;
  /** Large and the same words over and over: goes compressed to whoever can read that. */
  readonly packed?: boolean;
  /** Tries per minute and address; for what can be guessed. */
  readonly triesPerMinute?: number;
  /** Above them the call is not refused: its handler is told that the address is crowded. */
  readonly aboveTries?: 'told';
}

export interface ReadEndpoint extends Common {
  readonly does: 'read';
  readonly handle: (ctx: Ctx, call: Call<never, never, never>) => Promise<unknown>;
}

export interface WriteEndpoint extends Common {
  readonly does: 'write';
  readonly handle: (ctx: Ctx, call: Call<never, never, never>) => Promise<Answer>;
  /** For a repeated command: throws when today's rights no longer cover what it is about. */
  readonly recheck: (ctx: Ctx, call: Call<never, never, never>, answer: Answer) => Promise<void>;
  /** Questions that `handle` is known to ask: they leave with the opening of the transaction. */
  readonly ahead?: readonly string[];
  /** What the caller gets besides the stored answer; made anew each time, in the same transaction, never stored. */
  readonly show: (ctx: Ctx, call: Call<never, never, never>, answer: Answer) => Promise<Record<string, unknown>>;
}

/** Something that needs more than one transaction, or work between two: signing in, taking photos in. */
export interface ProcedureEndpoint extends Common {
  readonly does: 'procedure';
  readonly handle: (runtime: Runtime, call: ProcedureCall<never, never, never>) => Promise<unknown>;
  /** The reply's `token` becomes the session's cookie, or the cookie is taken away. */
  readonly session?: 'opens' | 'ends';
  /** Takes files besides its form, as `multipart/form-data`: at most so many. */
  readonly files?: number;
}

export interface ProcedureCall<P, Q, B> extends Call<P, Q, B> {
  readonly entrance: Entrance;
  readonly realm: number;
  readonly commandId: Id;
  readonly occurredAt: Date;
  /** Address as far as it may be believed. */
  readonly address: string;
  /** Browser or app, for the list of sessions. */
  readonly device: string;
  readonly token: string | null;
  readonly files: readonly UploadedFile[];
  /** Carries out a command of another endpoint for the same caller, all the way of a request of its own. */
  readonly carryOut: (endpoint: WriteEndpoint, given: GivenCommand, beside: Beside) => Promise<Executed<Answer>>;
}

export interface GivenCommand {
  readonly params: unknown;
  /** With the command id and the times of the device. */
  readonly body: unknown;
}

/** What is done in the transaction of somebody else's command: before it, and after it with what came of it. */
export interface Beside {
  readonly before: (ctx: Ctx) => Promise<void>;
  readonly after: (ctx: Ctx, answer: Answer, repeated: boolean) => Promise<void>;
}

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** The field it was sent as. */
  readonly field?: string;
}

/** Hands out bytes: found inside a transaction, under the viewer's rights, and opened after it. */
export interface FileEndpoint extends Common {
  readonly does: 'file';
  /** Media type of what is handed out. */
  readonly type: string;
  readonly find: (ctx: Ctx, call: Call<never, never, never>) => Promise<FoundFile>;
}

export interface FoundFile {
  /** Changes whenever the bytes would; compared with If-None-Match before anything is opened. */
  readonly etag: string;
  /** What a browser that does not play it saves it as; then it is never shown as a page of ours. */
  readonly name?: string;
  /** What it is called now where opening it changed that. */
  readonly open: () => Promise<{ readonly type: string; readonly bytes: Buffer; readonly name?: string }>;
}

export type Endpoint = ReadEndpoint | WriteEndpoint | ProcedureEndpoint | FileEndpoint;

type Defaults<P extends Shape, Q extends Shape, B extends Shape> = { params?: P; query?: Q; body?: B };
type Typed<P extends Shape, Q extends Shape, B extends Shape> = Call<z.output<P>, z.output<Q>, z.output<B>>;
type Told = Omit<Common, 'params' | 'query' | 'body'>;

export function read<P extends Shape = typeof nothing, Q extends Shape = typeof nothing>(
  endpoint: Omit<Told, 'method'> &
    Defaults<P, Q, never> & { handle: (ctx: Ctx, call: Typed<P, Q, typeof nothing>) => Promise<unknown> },
): ReadEndpoint {
  return { params: nothing, query: nothing, body: nothing, ...endpoint, method: 'GET', does: 'read' } as ReadEndpoint;
}

export function write<A extends Answer, P extends Shape = typeof nothing, B extends Shape = typeof nothing>(
  endpoint: Told &
    Defaults<P, never, B> & {
      handle: (ctx: Ctx, call: Typed<P, typeof nothing, B>) => Promise<A>;
      ahead?: readonly string[];
      recheck?: (ctx: Ctx, call: Typed<P, typeof nothing, B>, answer: A) => Promise<void>;
      show?: (ctx: Ctx, call: Typed<P, typeof nothing, B>, answer: A) => Promise<Record<string, unknown>>;
    },
): WriteEndpoint {
  const unchanged = { recheck: async () => undefined, show: async () => ({}) };
  return {
    params: nothing,
    query: nothing,
    body: nothing,
    ...unchanged,
    ...endpoint,
    does: 'write',
  } as unknown as WriteEndpoint;
}

export function procedure<
  P extends Shape = typeof nothing,
  Q extends Shape = typeof nothing,
  B extends Shape = typeof nothing,
>(
  endpoint: Told &
    Defaults<P, Q, B> & {
      handle: (runtime: Runtime, call: ProcedureCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>;
      session?: 'opens' | 'ends';
      files?: number;
    },
): ProcedureEndpoint {
  return {
    params: nothing,
    query: nothing,
    body: nothing,
    ...endpoint,
    does: 'procedure',
  } as unknown as ProcedureEndpoint;
}

export function file<P extends Shape = typeof nothing, Q extends Shape = typeof nothing>(
  endpoint: Omit<Told, 'method' | 'output'> &
    Defaults<P, Q, never> & {
      type: string;
      find: (ctx: Ctx, call: Typed<P, Q, typeof nothing>) => Promise<FoundFile>;
    },
): FileEndpoint {
  return {
    params: nothing,
    query: nothing,
    body: nothing,
    ...endpoint,
    output: z.unknown(),
    method: 'GET',
    does: 'file',
  } as unknown as FileEndpoint;
}

/** Whether this actor is among those named. */
export function isAdmitted(access: readonly Party[], actor: Actor): boolean {
  return access.some((party) => {
    if (party === 'anyone') return true;
    if (party === 'reporter' || party === 'account') return actor.kind === party;
    if ('apiKey' in party) return actor.kind === 'apikey' && actor.scopes.includes(party.apiKey);
    return actor.kind === 'account' && actor.posts.some((post) => party.roles.includes(post.role));
  });
}

export const idParam = z.strictObject({ id: idSchema });
