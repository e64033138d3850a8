import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, aReport, type Place, send } from './reporting.ts';

const LANES = 4;

/** Residents who send until they are answered, always the same command. Returns the ids of what was acknowledged. */
export async function underLoad(
  { port, token }: { readonly port: number; readonly token: string },
  work: () => Promise<void>,
): Promise<readonly string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * LANES });
  const place: Place = { agent, port, token };
  const acknowledged: string[] = [];
  let going = true;
  const lane = async (): Promise<void> => {
    while (going) {
      const report = aReport('路面塌了一块');
      let answer: Answer = { status: 0, body: {} };
      for (; answer.status !== 200 && (going || answer.status === 0); await sleep(answer.status === 200 ? 50 : 100)) {
        answer = await send(place, report);
        if (!going && answer.status !== 200) break;
      }
      if (answer.status === 200) acknowledged.push(report.casefileId);
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  try {
    await work();
  } finally {
    going = false;
    await Promise.all(lanes);
    agent.destroy();
  }
  return acknowledged;
}
