import { expect, it } from 'vitest';
import { deriveKey, keyedHash, seal, unseal } from './envelope.ts';

const key = Buffer.alloc(32, 7);
const words = '张三，13800001111';

it('封好的能原样打开', () => {
  expect(unseal(key, seal(key, words, 'report 1'), 'report 1').toString()).toBe(words);
  expect(unseal(key, seal(key, '', 'x'), 'x').length).toBe(0);
});

it('封里看不到原文', () => {
  const sealed = seal(key, words, 'report 1');
  expect(sealed.includes(Buffer.from('张三'))).toBe(false);
  expect(sealed.includes(Buffer.from('1380'))).toBe(false);
});

it('同样的内容封两次，两封不一样', () => {
  expect(seal(key, words, 'x').equals(seal(key, words, 'x'))).toBe(false);
});

it('任何一个字节的任何一位变了，就打不开', () => {
  const sealed = seal(key, words, 'report 1');
  const opened: string[] = [];
  for (let byte = 0; byte < sealed.length; byte += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const forged = Buffer.from(sealed);
      forged[byte] = (forged[byte] ?? 0) ^ (1 << bit);
      try {
        unseal(key, forged, 'report 1');
        opened.push(`${byte}.${bit}`);
      } catch {
        // as it should be
      }
    }
  }
  expect(opened).toEqual([]);
});

it('截短、加长都打不开，截到多短也一样', () => {
  const sealed = seal(key, words, 'report 1');
  for (let length = 0; length < sealed.length; length += 1)
    expect(() => unseal(key, sealed.subarray(0, length), 'report 1'), String(length)).toThrow();
  expect(() => unseal(key, Buffer.concat([sealed, Buffer.of(0)]), 'report 1')).toThrow();
});

it('搬到另一条记录上、换一把钥匙，都打不开', () => {
  const sealed = seal(key, words, 'report 1');
  for (const bound of ['report 2', 'report 1 ', '', 'report'])
    expect(() => unseal(key, sealed, bound), bound).toThrow();
  expect(() => unseal(Buffer.alloc(32, 8), sealed, 'report 1')).toThrow();
});

it('各种用途的钥匙互不相同，同一用途总是同一把', () => {
  const root = Buffer.alloc(32, 1);
  const purposes = ['wrapping', 'tracking', 'index', 'database app', 'database system'];
  const made = purposes.map((purpose) => deriveKey(root, purpose).toString('hex'));
  expect(new Set(made).size).toBe(purposes.length);
  expect(made.every((hex) => hex.length === 64)).toBe(true);
  expect(deriveKey(root, 'wrapping').toString('hex')).toBe(made[0]);
  expect(deriveKey(Buffer.alloc(32, 2), 'wrapping').toString('hex')).not.toBe(made[0]);
});

it('带钥匙的散列：没有钥匙算不出', () => {
  expect(keyedHash(key, 'a').equals(keyedHash(key, 'a'))).toBe(true);
  expect(keyedHash(key, 'a').equals(keyedHash(Buffer.alloc(32), 'a'))).toBe(false);
});
