import { expect, test } from 'vitest';
import type { Engine, SyncStatus } from '../engine/contract.ts';
import { probing } from './probing.ts';

const status = { online: true, waiting: 1, nextTryMs: 60_000 } as unknown as SyncStatus;

function phone() {
  const now = { there: false, synced: 0 };
  const engine = {
    status: () => status,
    subscribe: () => () => undefined,
    sync: async () => {
      now.synced += 1;
      return status;
    },
  } as unknown as Engine;
  return { now, probed: probing(engine, async () => now.there) };
}

test('没有路的时候什么也不发：说离线，越试越疏；有路了就发', async () => {
  const { now, probed } = phone();
  const heard: boolean[] = [];
  const stop = probed.subscribe(() => heard.push(probed.status().online));
  const first = await probed.sync();
  const second = await probed.sync();
  expect([now.synced, first.online]).toEqual([0, false]);
  expect(second.nextTryMs).toBeGreaterThan(first.nextTryMs);
  for (let i = 0; i < 20; i += 1) await probed.sync();
  expect(probed.status().nextTryMs).toBe(60_000);
  now.there = true;
  expect((await probed.sync()).online).toBe(true);
  expect(now.synced).toBe(1);
  expect([heard[0], heard.at(-1)]).toEqual([false, true]);
  stop();
  const count = heard.length;
  await probed.sync();
  expect(heard).toHaveLength(count);
});

test('同时要同步几次，只走一趟', async () => {
  const { now, probed } = phone();
  now.there = true;
  await Promise.all([probed.sync(), probed.sync(), probed.sync()]);
  expect(now.synced).toBe(1);
});
