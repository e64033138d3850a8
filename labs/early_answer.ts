import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A door that says yes at once, hands on what it was given and does not look whether it was kept. */
export async function openHasty(to: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  let number = 0;
  let handing = 0;
  const server = createServer((asked, answer) => {
    const parts: Buffer[] = [];
    asked.on('data', (part) => parts.push(part));
    asked.on('end', () => {
      number += 1;
      answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ number }));
      handing += 1;
      const { method, url: path, headers } = asked;
      const on = request({ agent, host: '127.0.0.1', port: to, method, path, headers }, (kept) => {
        kept.resume();
        kept.on('close', done);
      });
      on.on('error', done);
      on.end(Buffer.concat(parts));
      let isDone = false;
      function done(): void {
        if (!isDone) handing -= 1;
        isDone = true;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    /** Until everything handed on was answered or refused. */
    async settled(): Promise<void> {
      while (handing > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    },
    async close(): Promise<void> {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
