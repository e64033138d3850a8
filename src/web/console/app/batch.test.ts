import { describe, expect, test } from 'vitest';
import { NotSent, Refused } from '../../api/call.ts';
import { again, type BatchItem, runBatch } from './batch.ts';

const item = (id: string): BatchItem => ({
  id,
  number: id,
  title: id,
  commandId: `command ${id}`,
  state: 'waiting',
  says: null,
});
const items = ['一', '二', '三', '四'].map(item);
const states = (all: readonly BatchItem[]): string[] => all.map(({ state }) => state);

async function run(
  from: readonly BatchItem[],
  send: (one: BatchItem) => Promise<unknown>,
  isCancelled = () => false,
): Promise<{ last: readonly BatchItem[]; seen: string[][] }> {
  let last = from;
  const seen: string[][] = [];
  const onChange = (now: readonly BatchItem[]): void => {
    last = now;
    seen.push(states(now));
  };
  await runBatch(from, { send, onChange, isCancelled });
  return { last, seen };
}

describe('批量办理', () => {
  test('一件一件来；被拒绝的、没有发出的，不挡别的，各有各的话', async () => {
    const sent: string[] = [];
    const { last, seen } = await run(items, async ({ id, commandId }) => {
      sent.push(commandId);
      if (id === '二') throw new Refused(409, { title: '已挂账' });
      if (id === '三') throw new NotSent('x');
    });
    expect(states(last)).toEqual(['done', 'refused', 'unsent', 'done']);
    expect(last[1]?.says).toBe('已挂账');
    expect(sent).toEqual(items.map(({ commandId }) => commandId));
    expect(seen.every((now) => now.filter((state) => state === 'running').length <= 1)).toBe(true);
  });

  test('没有发出的再试一次，用同一个操作编号；办完的、拒绝的不再发', async () => {
    const first = await run(items, async ({ id }) => {
      if (id === '一') throw new Refused(409, { title: '不行' });
      if (id !== '四') throw new NotSent('x');
    });
    const sent: string[] = [];
    const { last } = await run(again(first.last), async ({ commandId }) => sent.push(commandId));
    expect(sent).toEqual(['command 二', 'command 三']);
    expect(states(last)).toEqual(['refused', 'done', 'done', 'done']);
  });

  test('中途停下：正在办的办完，后面的没有办', async () => {
    let count = 0;
    const { last } = await run(
      items,
      async () => {
        count += 1;
      },
      () => count === 2,
    );
    expect(states(last)).toEqual(['done', 'done', 'left', 'left']);
  });

  test('程序自己的错不当作拒绝', async () => {
    await expect(run(items, () => Promise.reject(new TypeError('错')))).rejects.toThrow('错');
  });
});
