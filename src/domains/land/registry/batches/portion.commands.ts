import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import type { Area } from '../../areas/index.ts';
import type { Known, Ledger, Verdict } from '../ledger.model.ts';
import { type Found, marksFound, recordsNamed } from '../ledger.queries.ts';
import { markOf, type OpenRecord, openRecords } from '../record.commands.ts';
import type { LedgerBatch } from './batch.queries.ts';
import {
  type Candidate,
  candidateOf,
  type GivenRow,
  type Ground,
  type RowFault,
  type Values,
} from './candidate.model.ts';
import { type Difference, differencesOf, isUncontested, knownTexts, mayBe } from './told_change.model.ts';

/** A row of a file, and what is to become of it. */
export interface Considered {
  /** Its place in the file, over all tables. */
  readonly n: number;
  readonly where: string;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly known: OpenRecord | null;
  readonly differences: readonly Difference[];
  readonly faults: readonly RowFault[];
}

/** Rows of the file that were read before: by their marks, and by name whoever is new. */
export type Seen = Map<string, SeenRow[]>;
interface SeenRow {
  readonly where: string;
  readonly candidate: Candidate;
}

export interface Part {
  readonly first: number;
  readonly rows: readonly GivenRow[];
}

/** Reads rows against what the ledger knows; writes nothing. */
export async function consider(
  ctx: Ctx,
  ledger: Ledger,
  { batch, ground, seen }: { batch: LedgerBatch; ground: Ground; seen: Seen },
  { first, rows }: Part,
): Promise<Considered[]> {
  const read = rows.flatMap((given, i) => {
    const table = batch.tables[given.table];
    if (!table?.isTaken) return [];
    const candidate = candidateOf(ledger, ground, table, given);
    const texts = candidate.faults.length === 0 ? knownTexts(ledger, candidate.values) : [];
    const marks = new Map(texts.map(({ kind, text }) => [kind, markOf(ctx, text)]));
    return [{ n: first + i, where: `${table.sheet}!${given.row}`, candidate, marks }];
  });
  const kinds = ledger.knownBy.map((known) => ({ ...known, kind: known.fields.join('+') }));
  const called = ledger.namesakes?.name ?? '';
  const wanted = read.flatMap(({ marks }) => kinds.flatMap(({ kind }) => marks.get(kind) ?? []));
  const names = read.flatMap(({ marks }) => (hasOwnKey(ledger, marks) ? [] : (marks.get(called) ?? [])));
  const found = await marksFound(ctx, [...wanted, ...names]);
  const keyed = new Set(found.flatMap(({ recordId, kind }) => (kind === called ? [] : [recordId])));
  const records = await recordsNamed(ctx, [...new Set(found.map(({ recordId }) => recordId))]);
  // A name is looked for near by only: all over the county there are many of it.
  const known = await openRecords(
    ctx,
    records.filter(({ id, scopeNo }) => keyed.has(id) || isWithin(ground.area, scopeNo)),
  );
  const formerly = await mergedInto(ctx, found);
  const holders = new Map<string, Id[]>();
  for (const { mark, recordId } of found)
    holders.set(hex(mark), [...new Set([...(holders.get(hex(mark)) ?? []), recordId])]);
  return read.map(({ n, where, candidate, marks }) => {
    const it = { n, where, candidate };
    const community = communityOf(ground, candidate);
    const held = (kind: string): Held[] =>
      (holders.get(hexOf(marks.get(kind))) ?? []).flatMap((id) => {
        const one = known.get(id);
        return one ? [{ ...one, said: [one.standing.values, ...(formerly.get(id) ?? [])] }] : [];
      });
    const near = (kind: string): Held[] => held(kind).filter(({ row }) => isWithin(community, row.scopeNo));
    const own = kinds.flatMap(({ kind, isLocal, apartBy = [] }) => {
      const mark = marks.get(kind);
      return mark ? [{ mark: isLocal ? `${community.no} ${hex(mark)}` : hex(mark), apartBy }] : [];
    });
    const like = kinds.map((by) => ({ by, found: by.isLocal ? near(by.kind) : held(by.kind) }));
    const judged = judge(ledger, { batch, ground }, candidate, like, twin(ledger, seen, own, it));
    const name = marks.get(called);
    if (judged.verdict !== 'new' || !name) return { ...it, ...judged };
    const above = remembered(seen, `called ${community.no} ${hex(name)}`);
    const unsure = hasOwnKey(ledger, marks) ? null : amongNamesakes(ledger, batch, candidate, near(called), above);
    if (unsure === null) above.push(it);
    return { ...it, ...(unsure ?? judged) };
  });
}

/** A record, and what it and those that were merged into it say. */
interface Held extends OpenRecord {
  readonly said: readonly Values[];
}

/** What those said of themselves by whose marks another was found, into which they were merged. */
async function mergedInto(ctx: Ctx, found: readonly Found[]): Promise<Map<Id, Values[]>> {
  const through = new Map(found.flatMap(({ via, recordId }) => (via === recordId ? [] : [[via, recordId] as const])));
  const parts = await openRecords(ctx, await recordsNamed(ctx, [...through.keys()]));
  const said = new Map<Id, Values[]>();
  for (const [via, id] of through) {
    const part = parts.get(via);
    if (part) said.set(id, [...(said.get(id) ?? []), part.standing.values]);
  }
  return said;
}

function remembered(seen: Seen, key: string): SeenRow[] {
  const rows = seen.get(key) ?? [];
  seen.set(key, rows);
  return rows;
}

/**
 * A row with nothing but a name, and perhaps where it lives, where others are called the same. It is the only one of them if
 * it tells nothing else than what stands; somebody new if they all live elsewhere; else nobody knows, and that is said.
 */
function amongNamesakes(
  ledger: Ledger,
  batch: LedgerBatch,
  { values }: Candidate,
  near: readonly Held[],
  above: readonly SeenRow[],
): Judged | null {
  const home = ledger.namesakes?.home ?? '';
  const may = near.filter(({ said }) => fits(ledger, [home], said, values));
  const before = above.find(({ candidate }) => fits(ledger, [home], candidate.values, values));
  const [known] = may;
  if (!known && !before) return null;
  if (known && may.length === 1 && !before && differencesOf(known.standing, values, batch.toldOn).length === 0)
    return { verdict: 'same', faults: [], known, differences: [] };
  const fault = cannotBeTold(may.length, before?.where ?? '', values[home] !== undefined);
  return { verdict: 'refused', faults: [fault], known: null, differences: [] };
}

/** Whether a row tells more that one is known by than a name and where it lives. */
function hasOwnKey({ namesakes, knownBy }: Ledger, marks: ReadonlyMap<string, Buffer>): boolean {
  const weak = `${namesakes?.name}+${namesakes?.home}`;
  return knownBy.map(({ fields }) => fields.join('+')).some((kind) => kind !== weak && marks.has(kind));
}

const hex = (mark: Buffer): string => mark.toString('hex');
const hexOf = (mark: Buffer | undefined): string => (mark ? hex(mark) : '');

/** The community to which the row goes; of a file for less than one, its own area. */
function communityOf({ area, below }: Ground, { areaId }: Candidate): Area {
  const at = [area, ...below].find(({ id }) => id === areaId)?.no ?? area.no;
  return below.find((one) => one.level === 'community' && one.no <= at && at <= one.lastNo) ?? area;
}

const isWithin = ({ no, lastNo }: Area, scopeNo: number): boolean => no <= scopeNo && scopeNo <= lastNo;

/** The row above that tells of the same one; else this is the first, and is remembered. */
function twin(
  ledger: Ledger,
  seen: Seen,
  marks: readonly { readonly mark: string; readonly apartBy: readonly string[] }[],
  it: SeenRow,
): string | null {
  for (const { mark, apartBy } of marks) {
    const before = seen
      .get(mark)
      ?.find(({ candidate }) => fits(ledger, apartBy, candidate.values, it.candidate.values));
    if (before) return before.where;
  }
  for (const { mark } of marks) {
    const there = seen.get(mark);
    if (there) there.push(it);
    else seen.set(mark, [it]);
  }
  return null;
}

const fits = (ledger: Ledger, apartBy: readonly string[], one: Values | readonly Values[], other: Values) =>
  mayBe(ledger, one, other) && isUncontested(apartBy, one, other);

type Judged = Pick<Considered, 'verdict' | 'known' | 'differences' | 'faults'>;

function judge(
  ledger: Ledger,
  { batch, ground }: { batch: LedgerBatch; ground: Ground },
  { values, faults }: Candidate,
  like: readonly { readonly by: Known; readonly found: readonly Held[] }[],
  twinAt: string | null,
): Judged {
  const none = { known: null, differences: [] };
  if (faults.length > 0) return { verdict: 'refused', faults, ...none };
  if (twinAt !== null) return { verdict: 'duplicate', faults: [sameAs(ledger, twinAt)], ...none };
  const fitting = like.map(({ by, found }) => {
    return { by, found: found.filter(({ said }) => fits(ledger, by.apartBy ?? [], said, values)) };
  });
  const { by, found } = fitting.find((one) => one.found.length > 0) ?? { found: [] };
  if (by?.isSole && found.length > 1) return { verdict: 'refused', faults: [several(found.length)], ...none };
  const [known] = found;
  if (!known) return { verdict: 'new', faults: [], ...none };
  if (!isWithin(ground.area, known.row.scopeNo)) return { verdict: 'elsewhere', faults: [elsewhere], ...none };
  const differences = differencesOf(known.standing, values, batch.toldOn);
  const verdict = differences.some(({ taken }) => taken) ? 'changed' : differences.length > 0 ? 'conflict' : 'same';
  return { verdict, faults: [], known, differences };
}

const sameAs = ({ says: { same } }: Ledger, twinAt: string): RowFault => ({
  column: null,
  says: { zh: `与 ${twinAt.replace('!', ' 第 ')} 行${same.zh}`, en: `${same.en} as ${twinAt}` },
});
const several = (n: number): RowFault => ({
  column: null,
  says: {
    zh: `台账里有 ${n} 条对得上，请在表里写得更全`,
    en: `the ledger has ${n} that fit; tell more of it in the file`,
  },
});
/** Never silently somebody new, and never taken for somebody else. */
function cannotBeTold(many: number, above: string, hasHome: boolean): RowFault {
  const zh = many > 0 ? `同名的已有 ${many} 人` : `与 ${above.replace('!', ' 第 ')} 行同名`;
  const en = many > 0 ? `registered under this name: ${many}` : `the same name as ${above}`;
  // Whoever is added with a number that the registered one does not have would stand there twice.
  const [first, firstEn] =
    many > 0
      ? ['（是已登记的那一位，先在他的台账里补上同样的一项）', ' (if it is, add the same to that record first)']
      : ['', ''];
  return {
    column: null,
    says: {
      zh: `${zh}，认不出是不是同一个人；请加上身份证号、电话${hasHome ? '或出生日期' : '、出生日期或住址'}${first}`,
      en: `${en}; nobody can tell whether it is the same person: add the identity number, telephone${hasHome ? ' or birthday' : ', birthday or address'}${firstEn}`,
    },
  };
}
/** Where else is not said: whoever keeps this ledger may not read that one. */
const elsewhere: RowFault = {
  column: null,
  says: {
    zh: '已登记在别的社区；确已迁来的，请镇街受理立案岗核实',
    en: 'registered in another community; if they have moved here, ask the registrar of the town',
  },
};
