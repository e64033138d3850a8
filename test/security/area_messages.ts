import { randomUUID } from 'node:crypto';
import { idOf } from '../../seeds/small/plan.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { County } from '../harness.ts';
import { readsAt } from './oracle.ts';
import type { Viewer } from './viewers.ts';

/** What residents wrote to areas, with words and phones that nobody meets by accident. */
export interface AreaMessage {
  readonly id: Id;
  readonly realm: number;
  readonly place: string;
  readonly words: string;
  readonly phone: string;
  readonly code: string;
  /** What the desk answered. */
  readonly answer: string;
}

export const robotSecret = 'robot-secret-0123456789';
export const robots = ['station', 'ferry'].map((place) => ({ id: idOf(1, 'robot', place), realm: 1, place }));
export const maySetRobot = (viewer: Viewer, realm: number, place: string): boolean =>
  viewer.realm === realm &&
  viewer.seats.some(([role]) => role === 'admin' || (role === 'community_head' && readsAt(viewer, realm, place)));

export async function plantAreaMessages(county: County): Promise<AreaMessage[]> {
  const messages = [
    await write(county, 1, 'station-1', '17011110001', '王秀兰'),
    await write(county, 1, 'station', '17011110002', null),
    await write(county, 1, 'park-1', '17011110003', '高明'),
    await write(county, 1, 'ferry-1', '17011110004', null),
  ];
  for (const { id, place } of robots) {
    const form = { id, areaId: idOf(1, 'area', place), shape: 'wecom', enabled: true };
    const address = `https://robot.example.com/hook?key=${robotSecret}`;
    const set = await (await county.as('管理员')).post('/api/group-robots', { ...form, address });
    if (set.status !== 200) throw new Error(JSON.stringify(set.body));
  }
  await county.settle();
  return messages;
}

async function write(
  county: County,
  realm: number,
  place: string,
  phone: string,
  by: string | null,
): Promise<AreaMessage> {
  const [words, answer] = [`暗语〔留言·${place}〕`, `暗语〔答复·${place}〕`];
  const form = { id: randomUUID(), areaId: idOf(realm, 'area', place), words, contact: { phone } };
  const sent = await county.anyone.post('/api/area-messages', form);
  if (sent.status !== 200) throw new Error(JSON.stringify(sent.body));
  if (by !== null) {
    const done = await (await county.as(by, realm)).post(`/api/area-messages/${form.id}/answer`, { words: answer });
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  }
  return { id: form.id, realm, place, words, phone, code: sent.body.trackingCode, answer };
}
