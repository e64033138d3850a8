import { expect, it } from 'vitest';
import { handClock, later } from './clock.ts';
import { idSchema } from './id.ts';
import { derivedId, jitter, randomIds, seededIds } from './ids.ts';

const start = new Date('2026-03-05T01:00:00Z');
const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

it('编号是 UUIDv7，前 48 位是时间', () => {
  const id = randomIds(handClock(start)).newId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(timeOf(id)).toBe(start.getTime());
  expect(idSchema.safeParse(id).success).toBe(true);
});

it('同一毫秒里做的编号一个比一个大，不重复', () => {
  const { newId } = randomIds(handClock(start));
  const made = Array.from({ length: 20_000 }, () => newId());
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
});

it('过了几毫秒，后做的还是排在后面', () => {
  const clock = handClock(start);
  const { newId } = randomIds(clock);
  const made = Array.from({ length: 3000 }, (_, i) => {
    if (i % 7 === 0) clock.advance(1);
    return newId();
  });
  expect(made).toEqual([...made].sort());
});

it('机器的钟往回拨了一下，后做的编号也不会排到前面', () => {
  const at = { ms: start.getTime() };
  const { newId } = randomIds({ now: () => new Date(at.ms) });
  const before = newId();
  at.ms -= 5000;
  expect(newId() > before).toBe(true);
});

it('两个来源做的编号不一样', () => {
  const [a, b] = [randomIds(handClock(start)), randomIds(handClock(start))];
  expect(a.newId()).not.toBe(b.newId());
});

it('同一颗种子：同样的次序做出同样的编号和随机字节', () => {
  const make = (seed: string): string[] => {
    const ids = seededIds(seed, handClock(start));
    return [ids.newId(), ids.bytes(16).toString('hex'), ids.newId(), ids.bytes(3).toString('hex')];
  };
  expect(make('demo')).toEqual(make('demo'));
  expect(make('demo').some((one) => make('other').includes(one))).toBe(false);
});

it('有种子时，一个操作做的编号只看它自己的编号，不看旁边在做什么', () => {
  const one = seededIds('demo', handClock(start));
  const two = seededIds('demo', handClock(start));
  two.newId();
  const command = derivedId('a command');
  expect(one.of(command).newId()).toBe(two.of(command).newId());
  expect(one.of(command).newId()).not.toBe(one.of(derivedId('another')).newId());
});

it('推导出来的编号：同样的名字同样的编号，分段不同就不同', () => {
  expect(derivedId('reaction', 'a', 'b')).toBe(derivedId('reaction', 'a', 'b'));
  const made = [derivedId('ab', 'c'), derivedId('a', 'bc'), derivedId('abc'), derivedId('a', 'b', 'c'), derivedId('')];
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
});

// SHA-256 of the names joined by zero bytes, with version and variant put in: worked out by sha256sum.
it('推导出来的编号永远不变：换了版本也和今天一样', () => {
  expect(derivedId('reaction', 'casefile: tell reporters', '018f')).toBe('b7be976a-7fee-8468-bfeb-34fbe2e00a3d');
});

it('散开重试用的数在 0 和 1 之间', () => {
  const made = Array.from({ length: 1000 }, jitter);
  expect(made.every((share) => share >= 0 && share < 1)).toBe(true);
  expect(new Set(made).size).toBeGreaterThan(900);
});

it('手拨的钟只往前走', () => {
  const clock = handClock(start);
  clock.moveTo(new Date(start.getTime() - 1000));
  clock.advance(-5);
  expect(clock.now()).toEqual(start);
  clock.advance(10);
  expect(clock.now().getTime()).toBe(start.getTime() + 10);
  expect(later(start, clock.now())).toEqual(clock.now());
  expect(later(clock.now(), start)).toEqual(clock.now());
});
