import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newBase, sweepAfter } from './fixtures/rig.ts';
import { identityOf } from './processes.ts';
import { inTurn } from './turn.ts';

sweepAfter();

const quietly = (): void => undefined;
const nothing = async (): Promise<void> => undefined;

async function plant(folder: string, number: number, content: object | string): Promise<void> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(join(folder, `opening.${number}.lock`), `${text}\n`);
}

it('lets one in at a time', async () => {
  const folder = await newBase();
  let inside = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    expect(inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
  };
  const turns = Array.from({ length: 5 }, () => inTurn(folder, quietly, { waitSeconds: 5 }, work));
  await Promise.all(turns);
  expect(await readdir(folder)).toEqual(['opening.5.lock']);
});

it('goes on after work that failed', async () => {
  const folder = await newBase();
  const failing = inTurn(folder, quietly, { waitSeconds: 1 }, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await inTurn(folder, quietly, { waitSeconds: 0 }, nothing);
});

it('passes over the turns of the dead', async () => {
  const folder = await newBase();
  const me = await identityOf(process.pid);
  const dead = [
    { ...me, pid: 4_194_000 },
    { ...me, started: '1' },
    { ...me, boot: 'another boot' },
  ];
  for (const [index, identity] of dead.entries()) {
    await plant(folder, 100 + index * 10, identity);
    await inTurn(folder, quietly, { waitSeconds: 0 }, nothing);
  }
  expect(await readdir(folder)).toEqual(['opening.121.lock']);
});

it('does not pass over the turn of the living', async () => {
  const folder = await newBase();
  await inTurn(folder, quietly, { waitSeconds: 1 }, async () => {
    const lines: string[] = [];
    const second = inTurn(folder, (line) => lines.push(line), { waitSeconds: 0.5 }, nothing);
    await expect(second).rejects.toMatchObject({ code: 'database.opening_busy', params: { pid: String(process.pid) } });
    expect(lines).toEqual([`process ${process.pid} is opening or closing the database: waiting for it`]);
  });
});

it.each(['of a process that cannot be seen', 'without a name'])('waits until a turn %s stands still', async (which) => {
  const folder = await newBase();
  const elsewhere = { ...(await identityOf(process.pid)), space: 'pid:[another container]' };
  await plant(folder, 500, which === 'without a name' ? '' : elsewhere);
  const turn = (waitSeconds: number): Promise<void> =>
    inTurn(folder, quietly, { waitSeconds, silentSeconds: 1 }, nothing);
  await expect(turn(0.5)).rejects.toThrow('opening_busy');
  await turn(3);
  expect(await readdir(folder)).toEqual(['opening.501.lock']);
});
