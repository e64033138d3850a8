import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  clearLength,
  deriveKey,
  hasNational,
  keyedHash,
  keyLength,
  LABEL,
  overhead,
  seal,
  suiteNames,
  suiteOf,
  unseal,
} from './envelope.ts';

const words = '张三，13800001111';

describe.each(suiteNames)('%s', (suite) => {
  const length = keyLength(suite);
  const key = Buffer.alloc(length, 7);

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
    expect(() => unseal(Buffer.alloc(length, 8), sealed, 'report 1')).toThrow();
  });

  it('各种用途的钥匙互不相同，同一用途总是同一把', () => {
    const root = Buffer.alloc(length, 1);
    const purposes = ['wrapping', 'tracking', 'index', 'database app', 'database system'];
    const made = purposes.map((purpose) => deriveKey(root, purpose).toString('hex'));
    expect(new Set(made).size).toBe(purposes.length);
    expect(made.every((hex) => hex.length === 2 * length)).toBe(true);
    expect(deriveKey(root, 'wrapping').toString('hex')).toBe(made[0]);
    expect(deriveKey(Buffer.alloc(length, 2), 'wrapping').toString('hex')).not.toBe(made[0]);
  });

  it('带钥匙的散列：没有钥匙算不出', () => {
    expect(keyedHash(key, 'a').equals(keyedHash(key, 'a'))).toBe(true);
    expect(keyedHash(key, 'a').length).toBe(32);
    expect(keyedHash(key, 'a').equals(keyedHash(Buffer.alloc(length), 'a'))).toBe(false);
  });

  it('多出来的字节数说得准', () => {
    expect(suiteOf(key)).toBe(suite);
    const sealed = seal(key, Buffer.alloc(1000), 'x');
    expect(sealed.length).toBe(1000 + overhead(key));
    expect(clearLength(sealed.subarray(0, LABEL), sealed.length)).toBe(1000);
    expect(clearLength(sealed.subarray(0, LABEL), overhead(key) - 1)).toBe(null);
    expect(clearLength(Buffer.of(1, 9), 1000)).toBe(null);
  });
});

it('一套算法封的，另一套的钥匙打不开；没有这样长的钥匙就直说', () => {
  const [a, b] = [Buffer.alloc(keyLength('international'), 7), Buffer.alloc(keyLength('national'), 7)];
  expect(() => unseal(b, seal(a, words, 'x'), 'x')).toThrow('unknown format');
  expect(() => unseal(a, seal(b, words, 'x'), 'x')).toThrow('unknown format');
  expect(() => seal(Buffer.alloc(31), words, 'x')).toThrow('no suite');
});

it('名字的结尾不会当成内容的开头', () => {
  const key = Buffer.alloc(keyLength('national'), 7);
  const sealed = seal(key, 'b', 'xa');
  // The same bytes in the same order, cut elsewhere.
  expect(() => unseal(key, sealed, 'x')).toThrow('broken');
});

it('国密算法算得和标准里的例子一样', () => {
  expect(hasNational()).toBe(true);
  // GB/T 32907-2016 annex A.1: one block; in counter mode the key stream is that block.
  const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
  const stream = createCipheriv('sm4-ctr', block, block).update(Buffer.alloc(16));
  expect(stream.toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  // GB/T 32905-2016 annex A.1.
  const sum = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0';
  expect(createHash('sm3').update('abc').digest('hex')).toBe(sum);
});

it('国密的封条按写下来的格式能重新算出来', () => {
  const key = Buffer.from(Array.from({ length: 48 }, (_, i) => i));
  const sealed = seal(key, words, 'report 1');
  const nonce = sealed.subarray(2, 18);
  const text = sealed.subarray(18, -32);
  expect(createCipheriv('sm4-ctr', key.subarray(0, 16), nonce).update(text).toString()).toBe(words);
  const told = Buffer.concat([Buffer.of(1, 2, 0, 0, 0, 8), Buffer.from('report 1'), nonce, text]);
  expect(sealed.subarray(-32)).toEqual(createHmac('sm3', key.subarray(16)).update(told).digest());
});
