import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addLeaf, leafHash, rootOf } from './merkle.ts';

/** RFC 6962 §2.1 word for word: MTH(D[n]) = H(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest power of two below n. */
const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
function treeHash(entries: readonly Buffer[]): Buffer {
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Buffer.from([0x00]), entries[0] as Buffer);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Buffer.from([0x01]), treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
}

const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`第 ${i} 条`.repeat((i % 3) + 1)));
const ones = (n: number): number => n.toString(2).replaceAll('0', '').length;

describe('默克尔树', () => {
  it('从 0 到 300 片叶子，根都和 RFC 6962 逐字写的一样', () => {
    let peaks: Buffer[] = [];
    for (let count = 0; count <= entries.length; count += 1) {
      expect(rootOf(peaks).equals(treeHash(entries.slice(0, count))), `${count} 片`).toBe(true);
      expect(peaks.length).toBe(ones(count));
      const next = entries[count];
      if (next) peaks = addLeaf(peaks, count, leafHash(next));
    }
  });

  it('RFC 6962 公布的例子', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const peaks = inputs.reduce<Buffer[]>((so, hex, i) => addLeaf(so, i, leafHash(Buffer.from(hex, 'hex'))), []);
    expect(rootOf(peaks).toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
    expect(rootOf([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('换两片叶子、改一片、少一片，根都变', () => {
    const root = (of: readonly Buffer[]): string =>
      rootOf(of.reduce<Buffer[]>((peaks, entry, i) => addLeaf(peaks, i, leafHash(entry)), [])).toString('hex');
    const [a, b, c] = entries as [Buffer, Buffer, Buffer];
    const roots = [root([a, b, c]), root([b, a, c]), root([a, c, b]), root([a, b]), root([a, b, Buffer.from('别的')])];
    expect(new Set(roots).size).toBe(roots.length);
  });

  it('叶子和节点用不同的前缀：两片叶子的节点不能冒充一片叶子', () => {
    const [a, b] = [leafHash('a'), leafHash('b')];
    const root = rootOf(addLeaf(addLeaf([], 0, a), 1, b));
    expect(leafHash(Buffer.concat([a, b])).equals(root)).toBe(false);
  });

  it('加叶子不改动原来的峰', () => {
    const peaks = addLeaf([], 0, leafHash('a'));
    addLeaf(peaks, 1, leafHash('b'));
    expect(peaks).toEqual([leafHash('a')]);
  });

  it('峰和叶数对不上就报错，不会算出一个错的根', () => {
    expect(() => addLeaf([], 1, leafHash('a'))).toThrow('peaks');
    expect(() => addLeaf([leafHash('a')], 3, leafHash('b'))).toThrow('peaks');
  });
});
