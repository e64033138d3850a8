import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { report } from '../../../../test/telling.ts';
import * as corpus from './fixtures/corpus/index.ts';
import { named, openPhotoCounty } from './fixtures/county/index.ts';
import { sweepOrphans } from './index.ts';

/* The folder in which the files lie. */
const { runtime, clock, room, folder, anyone, add, filesOnDisk } = await openPhotoCounty();

const age = (path: string, days: number): void => {
  const at = new Date(clock.now().getTime() - days * 86_400_000);
  utimesSync(path, at, at);
};

test('loses what no photo stands on after a day, and nothing else', async () => {
  const { id } = await report(anyone);
  await add('王秀兰', id, 'measure', [named(await corpus.jpeg(81))]);
  for (const path of filesOnDisk()) age(path, 3);
  const kept = filesOnDisk();
  await room.store.put('a'.repeat(32), Buffer.from('x'));
  await room.store.put('b'.repeat(32), Buffer.from('x'));
  writeFileSync(join(folder, 'bb', `${'b'.repeat(32)}.thumb.part`), 'x');
  for (const name of ['b'.repeat(32), `${'b'.repeat(32)}.thumb.part`]) age(join(folder, 'bb', name), 2);
  expect(await sweepOrphans(room.store, runtime)).toEqual({ removed: 2, heldBack: 0 });
  expect(await room.store.get('a'.repeat(32))).not.toBeNull();
  expect(await room.store.get('b'.repeat(32))).toBeNull();
  expect(filesOnDisk()).toEqual(expect.arrayContaining(kept));
  expect((await sweepOrphans(room.store, runtime)).removed).toBe(0);
});

test('is left alone when suspiciously many would go', async () => {
  for (let i = 0; i < 40; i += 1) {
    const name = `cc${String(i).padStart(30, '0')}`;
    await room.store.put(name, Buffer.from('x'));
    age(join(folder, 'cc', name), 2);
  }
  expect(await sweepOrphans(room.store, runtime)).toEqual({ removed: 0, heldBack: 40 });
});

test('takes no name but its own', async () => {
  for (const name of ['../../../etc/passwd', 'a'.repeat(31), `${'a'.repeat(32)}/x`, 'A'.repeat(32)])
    expect(() => room.store.get(name)).toThrow('not the name');
  expect(await room.store.get('f'.repeat(32))).toBeNull();
});
