import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { folderStore } from './store.outside.ts';

/** What is told to be kept must be found after a power cut: also the names of the folders above it. `lab:power` cuts it. */
const root = mkdtempSync(join(tmpdir(), 'jingwei-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const nameOf = (no: number): string => `ab${no.toString(16).padStart(30, '0')}`;

it('第一张照片：放它的文件夹、上面的文件夹，都先刷到盘上才算收下', async () => {
  const folder = join(root, 'data', 'photos');
  const flushed: string[] = [];
  const store = folderStore(folder, async (path) => void flushed.push(path));
  await store.put(nameOf(1), Buffer.from('x'));
  expect(flushed).toEqual([root, join(root, 'data'), folder, join(folder, 'ab')]);
  expect(await store.get(nameOf(1))).toEqual(Buffer.from('x'));
  await store.put(nameOf(2), Buffer.from('y'));
  expect(flushed.slice(4)).toEqual([join(folder, 'ab')]);
});

it('两张同时进一个新文件夹：文件夹的名字还没刷到盘上，哪一张都不算收下', async () => {
  const folder = join(root, 'at-once');
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const store = folderStore(folder, async (path) => (path === folder ? gate : undefined));
  const kept: number[] = [];
  const putting = [1, 2].map((no) => store.put(nameOf(no), Buffer.from('x')).then(() => kept.push(no)));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(kept).toEqual([]);
  open();
  await Promise.all(putting);
  expect(kept.sort()).toEqual([1, 2]);
});

it('上次建了文件夹还没刷就被杀掉：这次补刷', async () => {
  const folder = join(root, 'killed');
  await folderStore(folder, async () => undefined).put(nameOf(1), Buffer.from('x'));
  const flushed: string[] = [];
  await folderStore(folder, async (path) => void flushed.push(path)).put(nameOf(2), Buffer.from('y'));
  expect(flushed).toContain(folder);
});

it('刷不下去：不算收下，下一次再试', async () => {
  const folder = join(root, 'broken');
  let isBroken = true;
  const store = folderStore(folder, async () => {
    if (isBroken) throw new Error('the disk is gone');
  });
  await expect(store.put(nameOf(1), Buffer.from('x'))).rejects.toThrow('the disk is gone');
  isBroken = false;
  await store.put(nameOf(1), Buffer.from('x'));
  expect(readdirSync(join(folder, 'ab'))).toEqual([nameOf(1)]);
});
