import type { ServerResponse } from 'node:http';
import type { Ctx } from '../kernel/context.ts';
import type { Entrance } from '../kernel/entrance.ts';
import { faultOf } from '../kernel/log.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { entriesAfter, lastPosition, type PositionedEntry } from '../kernel/sequencer.ts';
import { transact } from '../kernel/transaction.ts';

/** Tells when entries of a realm got their positions. */
export type Listen = (realm: number, onPosition: (position: number) => void) => () => void;

export interface LiveFeed {
  readonly runtime: Runtime;
  readonly listen: Listen;
  /** Opens each look anew, so that a right that ended or a session that was closed is felt at once. */
  readonly enter: () => Entrance;
  /** Throws for whoever must not be served although they are signed in. */
  readonly admit: (ctx: Ctx) => void;
  /** The last position the viewer has; null: from now on. */
  readonly after: number | null;
}

const AT_ONCE = 200;
/** At most so often; what comes between is brought by the next look. */
const LOOK_MS = 300;
const HEARTBEAT_MS = 20_000;

/**
 * What happens, as far as the viewer may see it: server-sent, in the order of the journal, resumable by position. It
 * says that something happened to which record; what it is now, the viewer asks for.
 */
export async function streamLive(
  response: ServerResponse,
  { runtime, listen, enter, admit, after }: LiveFeed,
): Promise<void> {
  const look = (position: number) =>
    transact(runtime, enter(), async (ctx) => {
      admit(ctx);
      return entriesAfter(ctx, position, AT_ONCE);
    });
  const { realm, start } = await transact(runtime, enter(), async (ctx) => {
    admit(ctx);
    return { realm: ctx.realm, start: after ?? (await lastPosition(ctx)) };
  });
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${2000 + (start % 7) * 500}\nid: ${start}\ndata: {"position":${start}}\n\n`);
  let position = start;
  let looking = false;
  let again = false;
  const catchUp = async (): Promise<void> => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    try {
      do {
        again = false;
        const entries = await look(position);
        for (const entry of entries) response.write(lineOf(entry));
        position = entries.at(-1)?.position ?? position;
        again ||= entries.length === AT_ONCE;
        if (again) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      } while (again);
    } catch (error) {
      // A session that ended closes the stream; the browser asks again and is told to sign in.
      if (!(error instanceof Problem)) runtime.log.warn('live feed', faultOf(error));
      response.end();
    } finally {
      looking = false;
    }
  };
  const stop = listen(realm, () => void catchUp());
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  response.on('close', () => {
    stop();
    clearInterval(heartbeat);
  });
  await catchUp();
}

const lineOf = ({ position, kind, recordKind, recordId, recordedAt }: PositionedEntry): string =>
  `id: ${position}\ndata: ${JSON.stringify({ position, kind, recordKind, recordId, recordedAt })}\n\n`;
