import { randomUUID } from 'node:crypto';
import { inside } from '../../seeds/small/plan.ts';
import type { Viewer } from './viewers.ts';
import { type Line, openLine } from './wire.ts';

/** Cases to begin with, in both counties, so that there is something to act on and something not to be reached. */
const HERE = 40;
const THERE = 10;

export async function settle(port: number, viewers: readonly Viewer[]): Promise<void> {
  const line = openLine(port);
  const worker = (realm: number) => viewers.find((one) => one.realm === realm && one.roles.includes('grid_worker'));
  for (const [realm, many] of [
    [1, HERE],
    [2, THERE],
  ] as const) {
    const viewer = worker(realm);
    for (let i = 0; viewer && i < many; i += 1) await report(line, viewer, i);
  }
  line.end();
}

async function report(line: Line, viewer: Viewer, i: number): Promise<void> {
  const form = {
    ...{ commandId: randomUUID(), casefileId: randomUUID(), reportId: randomUUID(), channel: 'field' },
    ...{ words: '路面塌了一块', place: { ...inside(i % 3, 0), words: '巷口' }, urgent: i % 5 === 0 },
    ...{ confidential: i % 9 === 0, contact: { name: '测试', phone: '13900000000' } },
  };
  const headers = [
    ['content-type', 'application/json'],
    ['authorization', `Bearer ${viewer.token}`],
  ] as const;
  const sent = { ...{ method: 'POST', target: '/api/casefiles', headers, viewer }, language: 'zh' as const };
  const answer = await line.send(
    { ...sent, body: Buffer.from(JSON.stringify(form)), isElsewhere: false, commands: [form.commandId] },
    i,
  );
  if (answer.status !== 200) throw new Error(`a report was answered ${answer.status}: ${answer.body}`);
}
