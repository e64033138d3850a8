import type { Words } from '../../../kernel/words.ts';
import { type Limit, readLimit } from '../calendars/limit.model.ts';
import type { RefusedRow } from '../imports/import.model.ts';
import type { CategoryMap } from './category_map.model.ts';

/** A row of the table, read: which category, under which, and what is said of it. */
interface Node {
  readonly row: number;
  /** What it is known by in its source: its code, or the names from the top down to it. */
  readonly key: string;
  readonly parent: string | null;
  readonly name: string;
  readonly owner: string;
  readonly limit: Limit | null;
  readonly when: string;
}

/** A category without others below it, with the rows that tell of it. */
export interface Leaf {
  readonly key: string;
  /** Names from below the topmost down: `安全生产 / 其他`, since many are called 其他. */
  readonly name: string;
  readonly top: { readonly key: string; readonly name: string };
  readonly owner: { readonly row: number; readonly text: string } | null;
  readonly conditions: readonly { readonly row: number; readonly limit: Limit; readonly when: string }[];
  readonly rows: readonly number[];
}

export interface Tree {
  readonly leaves: readonly Leaf[];
  /** Rows of categories that have others below them, with the leaves that lie there. */
  readonly branches: readonly { readonly row: number; readonly leaves: readonly string[] }[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
}

export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

const LONGEST_NAME = 200;

/** The whole table at once: whether a row is good depends on the ones above it in the tree, wherever they stand. */
export function treeOf(map: CategoryMap, header: readonly string[], rows: readonly TableRow[]): Tree {
  const refused: RefusedRow[] = [];
  const read = rows.flatMap((row) => readNodes(map, header, row, refused));
  const nodes = linked(map, withoutRepeats(read, refused), refused);
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const parents = new Set(nodes.map(({ parent }) => parent));
  const isLeaf = ({ key }: Node): boolean => !parents.has(key);
  const good = nodes.filter((node) => isLeaf(node) || isPlain(node, refused));
  const groups = new Map<string, Node[]>();
  for (const node of good.filter(isLeaf)) groups.set(node.key, [...(groups.get(node.key) ?? []), node]);
  const leaves = [...groups.values()].map((group) => leafOf(group, byKey));
  return {
    leaves: leaves.filter((leaf) => isNameable(leaf, refused)),
    branches: good.filter((node) => !isLeaf(node) && node.row > 0).map((node) => branchOf(node, leaves, byKey)),
    refused: refused.sort((a, b) => a.row - b.row),
    rows: rows.length,
  };
}

function readNodes(
  map: CategoryMap,
  header: readonly string[],
  { row, cells }: TableRow,
  refused: RefusedRow[],
): Node[] {
  const cell = (name: string | undefined): string =>
    name === undefined ? '' : (cells[header.indexOf(name)] ?? '').trim();
  const refuse = (column: string, says: Words, hint: Words): Node[] => {
    refused.push({ row, column, says, hint });
    return [];
  };
  const { tree } = map;
  const written = cell(map.limit);
  const limit = written === '' ? null : readLimit(written);
  if (written !== '' && limit === null)
    return refuse(
      map.limit ?? '',
      { zh: `时限“${written.slice(0, 60)}”读不懂`, en: `the limit “${written.slice(0, 60)}” cannot be read` },
      {
        zh: '请写成“4 工作时”“2 紧急工作时”“5 工作日”或“3 自然日”；带条件的请拆成几行。',
        en: 'Write 4工作时, 2紧急工作时, 5工作日 or 3自然日, and split what is conditional.',
      },
    );
  const said = { row, owner: cell(map.owner), limit, when: cell(map.when) };
  if (tree.by === 'codes') {
    const [key, name] = [cell(tree.code), cell(tree.name)];
    if (key === '' || name === '') return refuse(key === '' ? tree.code : tree.name, isEmpty, fillIn);
    return [{ ...said, key, name, parent: cell(tree.parent) || null }];
  }
  const names = tree.columns.map(cell);
  const depth = names.findLastIndex((name) => name !== '') + 1;
  const gap = names.slice(0, depth).indexOf('');
  if (depth === 0 || gap !== -1) return refuse(tree.columns[Math.max(0, gap)] ?? '', isEmpty, fillIn);
  // Levels above are said along with each leaf; row 0: no row of their own.
  return names.slice(0, depth).map((name, i) => {
    const [key, parent] = [pathOf(names.slice(0, i + 1)), i === 0 ? null : pathOf(names.slice(0, i))];
    return i === depth - 1
      ? { ...said, key, name, parent }
      : { ...said, row: 0, key, name, parent, limit: null, when: '', owner: '' };
  });
}

const pathOf = (names: readonly string[]): string => names.join(' / ');
const isEmpty: Words = { zh: '是空的', en: 'is empty' };
const fillIn: Words = { zh: '请补上再导入一次。', en: 'Fill it in and import again.' };

/** One category may have several rows, each with a filing condition of its own; the same thing twice is refused. */
function withoutRepeats(nodes: readonly Node[], refused: RefusedRow[]): Node[] {
  const first = new Map<string, Node>();
  const conditions = new Map<string, number>();
  return nodes.filter((node) => {
    const { key, row, when, limit, name } = node;
    const known = first.get(key);
    if (row === 0) return known === undefined && first.set(key, node) !== undefined;
    const condition = `${key}\u0000${when}`;
    const before = conditions.get(condition);
    const isOther =
      known !== undefined && known.row > 0 && (before !== undefined || limit === null || known.name !== name);
    if (isOther) {
      const of = before ?? known.row;
      refused.push({
        row,
        column: '',
        says: { zh: `与第 ${of} 行是同一个分类`, en: `is the category of row ${of} again` },
        hint: {
          zh: '同一分类的几行，要有各自的立案条件和时限，名称相同。',
          en: 'Rows of one category each need a filing condition and a limit of their own, and the same name.',
        },
      });
      return false;
    }
    conditions.set(condition, row);
    if (known === undefined || known.row === 0) first.set(key, node);
    return true;
  });
}

/** Every row under one that was taken in, without going round in a circle. */
function linked(map: CategoryMap, nodes: readonly Node[], refused: RefusedRow[]): Node[] {
  const keys = new Set(nodes.map(({ key }) => key));
  const byPrefix = map.tree.by === 'codes' && map.tree.parent === undefined;
  const placed = byPrefix ? nodes.map((node) => ({ ...node, parent: longestBelow(node.key, keys) })) : nodes;
  const parentOf = new Map(placed.map(({ key, parent }) => [key, parent]));
  const reachesTop = (key: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | null = key; at !== null; at = parentOf.get(at) ?? null) {
      if (seen.has(at) || !parentOf.has(at)) return false;
      seen.add(at);
    }
    return true;
  };
  return placed.filter((node) => {
    if (reachesTop(node.key)) return true;
    refused.push({
      row: node.row,
      column: map.tree.by === 'codes' ? (map.tree.parent ?? map.tree.code) : '',
      says: { zh: `上级“${node.parent}”没有导入`, en: `the one above, “${node.parent}”, was not taken in` },
      hint: {
        zh: '请先改正上级那一行（没有这个编码、上下级绕成圈，或者它自己没有导入）。',
        en: 'Correct the row above it first: its code is missing, they go round in a circle, or it was refused itself.',
      },
    });
    return false;
  });
}

function longestBelow(key: string, keys: ReadonlySet<string>): string | null {
  for (let length = key.length - 1; length > 0; length -= 1)
    if (keys.has(key.slice(0, length))) return key.slice(0, length);
  return null;
}

/** A limit belongs to what is filed: of a whole branch it would be a guess for each category in it. */
function isPlain({ row, limit }: Node, refused: RefusedRow[]): boolean {
  if (limit === null) return true;
  refused.push({
    row,
    column: '',
    says: {
      zh: '有下级分类，时限不知道归哪一个',
      en: 'has categories below it, so whose limit this is cannot be told',
    },
    hint: {
      zh: '请把时限写到最小的分类上；分类本身已导入。',
      en: 'Write limits at the smallest categories; the branch itself is taken in.',
    },
  });
  return false;
}

function isNameable({ name, rows }: Leaf, refused: RefusedRow[]): boolean {
  if (name.length <= LONGEST_NAME) return true;
  const says = { zh: `名称太长（最多 ${LONGEST_NAME} 字）`, en: `the name is too long (at most ${LONGEST_NAME})` };
  for (const row of rows) refused.push({ row, column: '', says, hint: { zh: '请缩短。', en: 'Shorten it.' } });
  return false;
}

function leafOf(group: readonly Node[], byKey: ReadonlyMap<string, Node>): Leaf {
  const [leaf] = group as [Node];
  const upwards = upwardsOf(leaf, byKey);
  const top = upwards.at(-1) ?? leaf;
  const owner = [...group, ...upwards].find((node) => node.owner !== '');
  return {
    key: leaf.key,
    name: pathOf((upwards.length > 1 ? upwards.slice(0, -1) : upwards).map(({ name }) => name).reverse()),
    top: { key: top.key, name: top.name },
    owner: owner ? { row: owner.row, text: owner.owner } : null,
    conditions: group.flatMap(({ row, limit, when }) => (limit === null ? [] : [{ row, limit, when }])),
    rows: group.map(({ row }) => row),
  };
}

/** The node itself first. */
function upwardsOf(node: Node, byKey: ReadonlyMap<string, Node>): Node[] {
  const above = node.parent === null ? undefined : byKey.get(node.parent);
  return above ? [node, ...upwardsOf(above, byKey)] : [node];
}

function branchOf(branch: Node, leaves: readonly Leaf[], byKey: ReadonlyMap<string, Node>): Tree['branches'][number] {
  const isBelow = ({ key }: Leaf): boolean => {
    const node = byKey.get(key);
    return node !== undefined && upwardsOf(node, byKey).some((one) => one.key === branch.key);
  };
  return { row: branch.row, leaves: leaves.filter(isBelow).map(({ key }) => key) };
}
