import type { Words } from '../../../kernel/words.ts';
import { type Due, dueIn } from './due.model.ts';
import { type Owners, ownersIn } from './owners.model.ts';
import { isRow, type Piece, piecesOf } from './pieces.model.ts';
import { tableItems } from './table.model.ts';
import { type Named, type Unit, unitNamed } from './unit.model.ts';

/** What a pasted notice could be cut into: a proposal, for somebody to look over. What is not understood is left open. */
export interface CutItem {
  readonly number: string;
  readonly level: number;
  readonly under: readonly string[];
  readonly content: string;
  readonly measure: string;
  readonly lead: Named | null;
  readonly supports: readonly Named[];
  readonly due: Due;
  readonly doubts: readonly Words[];
}

export interface CutPiece {
  readonly kind: 'left' | 'heading' | 'item';
  readonly raw: string;
  readonly item: number | null;
}

export interface Cut {
  readonly pieces: readonly CutPiece[];
  readonly items: readonly CutItem[];
}

export function cut(text: string, datedOn: string, units: readonly Unit[]): Cut {
  const pieces = piecesOf(text);
  const isNumbered = pieces.some(({ level }) => level !== null);
  const rows = pieces.some(({ raw, level }) => level === null && isRow(raw)) ? tableItems(pieces) : null;
  const cutPieces: CutPiece[] = [];
  const items: CutItem[] = [];
  for (const [i, piece] of pieces.entries()) {
    const row = rows?.get(i);
    const kind = row ? 'item' : rows ? 'left' : kindOf(pieces, i, isNumbered);
    cutPieces.push({ kind, raw: piece.raw, item: kind === 'item' ? items.length : null });
    if (kind !== 'item') continue;
    items.push(row ? ofRow(row, datedOn, units) : ofPiece(piece, above(pieces, i), datedOn, units));
  }
  return { pieces: cutPieces, items };
}

/** A piece with deeper ones right below it is their heading; without any numbering what says that somebody must is an item. */
function kindOf(pieces: readonly Piece[], i: number, isNumbered: boolean): CutPiece['kind'] {
  const piece = pieces[i];
  if (!piece || piece.body === '') return 'left';
  if (piece.level === null) return !isNumbered && MUST.test(piece.body) && !OPENING.test(piece.body) ? 'item' : 'left';
  const next = pieces.slice(i + 1).find(({ level, body }) => level !== null || body !== '');
  if (next?.level != null && next.level > piece.level) return 'heading';
  const isBackground = BACKGROUND.test(piece.body) && !MUST.test(piece.body);
  return (isBackground || isAnnexed(pieces, i)) && ownersIn(piece.body) === null ? 'left' : 'item';
}

/** What annexes are called is no work. */
const isAnnexed = (pieces: readonly Piece[], i: number): boolean =>
  pieces.slice(0, i).some(({ level, body }) => level === null && /^附(?:件|[:：])/.test(body));

const MUST =
  /[县市区镇乡村街道局委办组站所队部门单位公司社区员].{0,20}?(?:要|须|应当|必须|负责|牵头)|责任单位|牵头单位/;
const OPENING = /^(?:各.{2,60}[:：]$|.{0,40}(?:关于|通知)[^。]*$)|(?:现将|通知如下|特制定|要求如下|安排如下)/;
/** 指导思想, 工作目标 without anybody who must: read, not owed. */
const BACKGROUND = /^(?:指导思想|总体要求|工作目标|总体目标|基本原则|编制依据|适用范围|形势分析|背景)/;

/** The headings it stands under, the outermost first. */
function above(pieces: readonly Piece[], i: number): Piece[] {
  const found: Piece[] = [];
  let level = pieces[i]?.level ?? 0;
  for (const piece of pieces.slice(0, i).reverse()) {
    if (piece.level === null || piece.level >= level) continue;
    found.unshift(piece);
    level = piece.level;
  }
  return found;
}

const titleOf = ({ number, body }: Piece): string => `${number}${body.split(/[。\n（(]/)[0] ?? ''}`;
const inherited: Words = { zh: '单位写在上面的标题里', en: 'the units stand in the heading above' };
const kinds: Words = {
  zh: '写的是一类单位，请选是哪一个，几个单位就分成几项',
  en: 'a kind of unit is written: choose which; make one item for each',
};
const nobody: Words = { zh: '没写责任单位，请选', en: 'no unit is written; choose one' };
const several: Words = {
  zh: '几个单位并列，先按第一个牵头',
  en: 'several side by side: the first is taken as the lead',
};

function ofPiece(piece: Piece, over: readonly Piece[], datedOn: string, units: readonly Unit[]): CutItem {
  const own = ownersIn(piece.body) ?? beginsWith(units, piece.body);
  const from = own ?? over.map(({ body }) => ownersIn(body, true)).findLast((one) => one !== null) ?? null;
  const due = dueIn(piece.body, datedOn);
  const later =
    due.written === null
      ? over.map(({ body }) => dueIn(body, datedOn)).findLast(({ written }) => written !== null)
      : undefined;
  return {
    ...{ number: piece.number, level: piece.level ?? 0, under: over.map(titleOf) },
    ...{ content: piece.body, measure: measureIn(piece.body) },
    ...named(from, units, own === null && from !== null),
    due: later
      ? { ...later, how: { zh: `${later.how.zh}（写在上面的标题里）`, en: `${later.how.en} (in the heading above)` } }
      : due,
  };
}

/** The sentence begins with a name that is known here: 县水利局5月底前报方案. Not where it only says whose something is. */
function beginsWith(units: readonly Unit[], body: string): Owners | null {
  const said = body.replace(/^由/, '');
  const names = units
    .flatMap(({ name, called }) => [name, ...called])
    .flatMap((name) => [name, `县${name}`, `市${name}`, `区${name}`]);
  const lead = names.filter((name) => said.startsWith(name)).sort((one, other) => other.length - one.length)[0];
  if (lead === undefined || /^(?:的|旁|附近|门前|门口|院内|大楼|宿舍|家属|辖区)/.test(said.slice(lead.length)))
    return null;
  return { lead, supports: [], isGuessed: false };
}

interface Row {
  readonly number: string;
  readonly content: string;
  readonly measure: string;
  readonly owners: Owners | null;
  readonly due: string;
}

const ofRow = ({ number, content, measure, owners, due }: Row, datedOn: string, units: readonly Unit[]): CutItem => ({
  ...{ number, level: 0, under: [], content, measure: measure || measureIn(content) },
  ...named(owners, units, false),
  due: dueIn(due === '' ? content : `时限：${due}`, datedOn),
});

function named(
  from: Owners | null,
  units: readonly Unit[],
  isInherited: boolean,
): Pick<CutItem, 'lead' | 'supports' | 'doubts'> {
  if (from === null) return { lead: null, supports: [], doubts: [nobody] };
  const lead = unitNamed(units, from.lead);
  const supports = from.supports.map((one) => unitNamed(units, one));
  const doubts = [...(isInherited ? [inherited] : []), ...(from.isGuessed ? [several] : [])];
  const open = [lead, ...supports].filter(({ unit }) => unit === null);
  return { lead, supports, doubts: [...doubts, ...open.map(unknown)] };
}

function unknown({ written, among }: Named): Words {
  if (/^各|等(?:单位|部门)?$|有关|相关/.test(written))
    return { zh: `“${written}”：${kinds.zh}`, en: `“${written}”: ${kinds.en}` };
  if (among.length > 1)
    return {
      zh: `“${written}”不止一个：${among.map(({ name }) => name).join('、')}`,
      en: `several are called “${written}”: ${among.map(({ name }) => name).join(', ')}`,
    };
  return { zh: `系统里没有“${written}”，请选`, en: `there is no “${written}” here; choose one` };
}

/** By what one sees that it is done, where the text says it with a figure. */
function measureIn(text: string): string {
  const match =
    /(?:达到|不低于|不少于|覆盖率|完成率|整改率|到位率)[^，。；、\n（(]{0,20}?\d[\d,.]*\s*(?:%|％|处|个|次|户|人|座|公里|场|支|份)(?:以上)?/.exec(
      text,
    );
  return match?.[0] ?? '';
}
