import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Former, followed, freeRun, newlyVacated, runsOf, vacate } from './numbers.model.ts';

/**
 * A tree that is changed at random, with rows that keep the number under which they were written and know, besides, which
 * area they belong to. Whoever reads an area reads exactly the rows of what lies below it by the tree.
 */
interface Node {
  no: number;
  lastNo: number;
  parent: number | null;
  gone: boolean;
}

const open = (nodes: readonly Node[]) => nodes.flatMap((node, i) => (node.gone ? [] : [i]));
const isBelow = (nodes: readonly Node[], i: number, top: number): boolean => {
  for (let at: number | null = i; at !== null; at = nodes[at]?.parent ?? null) if (at === top) return true;
  return false;
};

class Land {
  readonly nodes: Node[] = [{ no: 1, lastNo: 2 ** 30, parent: null, gone: false }];
  formers: Former[] = [];
  readonly rows: { no: number; at: number }[] = [];

  taken() {
    return [...this.nodes, ...this.formers.map(({ from, last }) => ({ no: from, lastNo: last }))];
  }
  add(parent: number): void {
    const above = this.nodes[parent];
    const run = above && freeRun(above, this.taken(), 2 ** 16, 1);
    if (run) this.nodes.push({ ...run, parent, gone: false });
  }
  write(at: number): void {
    this.rows.push({ no: this.nodes[at]?.no ?? 0, at });
  }
  move(i: number, parent: number): void {
    const [node, above] = [this.nodes[i], this.nodes[parent]];
    if (!node || !above || i === 0 || isBelow(this.nodes, parent, i)) return;
    const length = node.lastNo - node.no + 1;
    const run = freeRun(above, this.taken(), length, length);
    if (!run) return;
    this.lead({ from: node.no, last: node.lastNo, to: run.no, torn: null });
    const [from, last, by] = [node.no, node.lastNo, run.no - node.no];
    for (const one of this.nodes)
      if (!one.gone && from <= one.no && one.no <= last)
        Object.assign(one, { no: one.no + by, lastNo: one.lastNo + by });
    node.parent = parent;
  }
  merge(i: number, into: number): void {
    const [node, other] = [this.nodes[i], this.nodes[into]];
    if (!node || !other || i === 0 || i === into || isBelow(this.nodes, into, i)) return;
    for (const [child, one] of this.nodes.entries()) if (one.parent === i && !one.gone) this.move(child, into);
    if (this.nodes.some((one) => one.parent === i && !one.gone)) return;
    this.lead({ from: node.no, last: node.no, to: other.no, torn: null });
    node.gone = true;
    for (const row of this.rows) if (row.at === i) row.at = into;
  }
  lead(gone: Former): void {
    const fresh = newlyVacated(gone, this.formers);
    this.formers = vacate(this.formers, gone);
    for (const one of fresh) expect(this.formers).toContainEqual(one);
  }
  /** As the sweep does: some rows get the number to which theirs leads. */
  sweep(most: number): void {
    for (const row of this.rows.slice(0, most)) row.no = followed(this.formers, row.no);
  }
  check(): void {
    const standing = open(this.nodes);
    for (const i of standing) {
      const node = this.nodes[i] as Node;
      const parent = node.parent === null ? null : (this.nodes[node.parent] as Node);
      if (parent) expect(parent.no < node.no && node.lastNo <= parent.lastNo, '在上级里面').toBe(true);
      for (const j of standing) {
        const other = this.nodes[j] as Node;
        if (isBelow(this.nodes, i, j) || isBelow(this.nodes, j, i)) continue;
        expect(other.lastNo < node.no || node.lastNo < other.no, '同级不重叠').toBe(true);
      }
      const runs = runsOf(this.formers, node);
      for (const row of this.rows) {
        const reads = runs.some(([first, last]) => first <= row.no && row.no <= last);
        expect(reads, `区域 ${i} 读不读得到 ${row.at} 的`).toBe(isBelow(this.nodes, row.at, i));
      }
    }
    const sorted = [...this.formers].sort((a, b) => a.from - b.from);
    for (const [k, one] of sorted.entries()) expect(one.from).toBeGreaterThan(sorted[k - 1]?.last ?? 0);
  }
}

const steps = fc.array(
  fc.tuple(fc.constantFrom('add', 'write', 'move', 'merge', 'sweep'), fc.nat({ max: 30 }), fc.nat({ max: 30 })),
  { minLength: 5, maxLength: 40 },
);

it('随便怎么改属、合并，编号总是套着、不重叠；谁读得到谁，和树上说的一样', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const land = new Land();
      for (let i = 0; i < 4; i += 1) land.add(i % 2 === 0 ? 0 : i);
      for (const [does, a, b] of taken) {
        const standing = open(land.nodes);
        const [i = 0, j = 0] = [standing[a % standing.length], standing[b % standing.length]];
        if (does === 'add') land.add(i);
        if (does === 'write') land.write(i);
        if (does === 'move') land.move(i, j);
        if (does === 'merge') land.merge(i, j);
        if (does === 'sweep') land.sweep(a);
        land.check();
      }
    }),
    { numRuns: 300 },
  );
});
