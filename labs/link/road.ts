import { createServer, connect as dial, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A thin, unsteady way to a port of this machine: so many bits a second upwards, and now and then it is cut. */
export interface Road {
  readonly port: number;
  /** All that was on the air towards the server, whether it arrived or not. */
  sent(): number;
  cuts(): number;
  cut(): void;
  close(): Promise<void>;
}

export interface RoadOptions {
  readonly to: number;
  readonly kbitPerSecond: number;
  readonly cutEveryMs: number;
}

/** What is under way when the link is cut is lost; so much is under way at most. */
const IN_FLIGHT = 8 * 1024;

export async function openRoad({ to, kbitPerSecond, cutEveryMs }: RoadOptions): Promise<Road> {
  const bytesPerMs = kbitPerSecond / 8;
  const open = new Set<Socket>();
  let [sent, cuts] = [0, 0];
  let freeAt = performance.now();
  /** One after the other, whoever sends: the air is one. */
  const airtime = async (bytes: number): Promise<void> => {
    freeAt = Math.max(freeAt, performance.now()) + bytes / bytesPerMs;
    await sleep(freeAt - performance.now());
  };
  const carry = async (from: Socket, into: Socket): Promise<void> => {
    for await (const part of from) {
      for (let at = 0; at < part.length && !into.destroyed; at += IN_FLIGHT) {
        const piece = part.subarray(at, at + IN_FLIGHT);
        sent += piece.length;
        await airtime(piece.length);
        if (!from.destroyed) into.write(piece);
      }
    }
    into.end();
  };
  const server = createServer({ highWaterMark: IN_FLIGHT }, (near) => {
    const far = dial(to, '127.0.0.1');
    const end = (): void => {
      for (const socket of [near, far]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay().on('error', end).on('close', end);
    }
    carry(near, far).catch(end);
    far.pipe(near);
  });
  const cut = (): void => {
    cuts += open.size > 0 ? 1 : 0;
    for (const socket of open) socket.destroy();
  };
  const cutting = setInterval(cut, cutEveryMs);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  return {
    port: (server.address() as { port: number }).port,
    sent: () => sent,
    cuts: () => cuts,
    cut,
    close: () => {
      clearInterval(cutting);
      for (const socket of open) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
