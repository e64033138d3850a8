import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 §2.1, grown leaf by leaf. Only its peaks are kept: the roots of the complete subtrees
 * that the leaves so far split into, largest first, one for each 1 in the binary number of leaves.
 */
const hash = (prefix: number, ...parts: Buffer[]): Buffer => {
  const digest = createHash('sha256').update(Buffer.of(prefix));
  for (const part of parts) digest.update(part);
  return digest.digest();
};

export const leafHash = (content: Buffer | string): Buffer => hash(0x00, Buffer.from(content));
const nodeHash = (left: Buffer, right: Buffer): Buffer => hash(0x01, left, right);

/** The peaks after one more leaf; `count` is the number of leaves before it. */
export function addLeaf(peaks: readonly Buffer[], count: number, leaf: Buffer): Buffer[] {
  const grown = [...peaks];
  let node = leaf;
  for (let before = count; before % 2 === 1; before = (before - 1) / 2) {
    const left = grown.pop();
    if (!left) throw new Error('the peaks do not fit the number of leaves');
    node = nodeHash(left, node);
  }
  grown.push(node);
  return grown;
}

/** The root over all leaves: peaks folded from the smallest to the largest. The root of no leaves is the hash of nothing. */
export function rootOf(peaks: readonly Buffer[]): Buffer {
  const [smallest, ...rest] = [...peaks].reverse();
  if (!smallest) return createHash('sha256').digest();
  return rest.reduce((root, peak) => nodeHash(peak, root), smallest);
}
