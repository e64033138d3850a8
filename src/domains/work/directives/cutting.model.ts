import type { Words } from '../../../kernel/words.ts';
import { type Due, dueIn } from './due.model.ts';
import { eachNamed } from './each.model.ts';
import { inOrder } from './order.model.ts';
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
  const pieces = inOrder(piecesOf(text));
  const isNumbered = pieces.some(({ level }) => level !== null);
  const rows = pieces.some(({ raw, level }) => level === null && isRow(raw)) ? tableItems(pieces) : null;
  const cutPieces: CutPiece[] = [];
  const items: CutItem[] = [];
  for (const [i, piece] of pieces.entries()) {
    const row = rows?.get(i);
    const kind = row ? 'item' : rows ? 'left' : kindOf(pieces, i, isNumbered, datedOn);
    cutPieces.push({ kind, raw: piece.raw, item: kind === 'item' ? items.length : null });
    if (kind !== 'item') continue;
    items.push(row ? ofRow(row, datedOn, units) : ofPiece(piece, above(pieces, i), datedOn, units, isAbove(pieces, i)));
  }
  return { pieces: cutPieces, items };
}

/**
 * A piece with deeper ones right below it is their heading, unless it says itself who does what until when; without any
 * numbering what says that somebody must is an item.
 */
function kindOf(pieces: readonly Piece[], i: number, isNumbered: boolean, datedOn: string): CutPiece['kind'] {
  const piece = pieces[i];
  if (!piece || piece.body === '') return 'left';
  if (piece.level === null) return !isNumbered && MUST.test(piece.body) && !OPENING.test(piece.body) ? 'item' : 'left';
  if (isAbove(pieces, i)) return isMeasure(piece.body, datedOn) ? 'item' : 'heading';
  if (isExhortation(piece.body)) return 'left';
  const isBackground = BACKGROUND.test(piece.body) && !MUST.test(piece.body);
  return (isBackground || isAnnexed(pieces, i)) && ownersIn(piece.body) === null ? 'left' : 'item';
}

function isAbove(pieces: readonly Piece[], i: number): boolean {
  const next = pieces.slice(i + 1).find(({ level, body }) => level !== null || body !== '');
  const level = pieces[i]?.level ?? null;
  return level !== null && next?.level != null && next.level > level;
}

/** A sentence of its own with a unit and a day: 县应急管理局负责，12月5日前排查完. In brackets they are meant for what stands below. */
function isMeasure(body: string, datedOn: string): boolean {
  const sentences = body
    .replace(/[（(][^（()）]*[)）]/g, '')
    .replace(/(?:牵头|责任|配合|主办|完成|办结).{0,4}[:：][^。；;\n]*/g, '');
  return ownersIn(sentences) !== null && dueIn(sentences, datedOn).written !== null;
}

/** 工作要求 of which nothing is left but what is said everywhere: 高度重视, 加强领导. */
function isExhortation(body: string): boolean {
  const [, rest] =
    /^(?:工作要求|有关要求|相关要求|几点要求|组织保障|保障措施)[\s\u3000：:。]*([\s\S]*)$/.exec(body) ?? [];
  return rest?.split(/[，,。；;、\s]+/).every((part) => part === '' || EXHORTING.test(part)) ?? false;
}
const EXHORTING =
  /^(?:各(?:单位|部门|乡镇|镇街|社区|有关单位)*)?(?:要|应|须|必须)?(?:切实|进一步|认真|严格)?(?:高度重视|提高认识|统一思想|加强(?:组织)?领导|压实责任|落实责任|密切配合|通力协作|抓好落实|狠抓落实|贯彻落实|确保取得实效|精心组织)$/;

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
const alsoAbove: Words = {
  zh: '下面还有小项：这一项自己写了单位和时间，先当作一项；只是总起就去掉“下达这一项”',
  en: 'there are smaller ones below it, but it names a unit and a day itself: untick it where it only introduces them',
};
const nobody: Words = { zh: '没写责任单位，请选', en: 'no unit is written; choose one' };
const several: Words = {
  zh: '几个单位并列，先按第一个牵头',
  en: 'several side by side: the first is taken as the lead',
};

function ofPiece(
  piece: Piece,
  over: readonly Piece[],
  datedOn: string,
  units: readonly Unit[],
  hasBelow: boolean,
): CutItem {
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
    ...withDoubt(named(from, units, own === null && from !== null), hasBelow),
    due: later
      ? { ...later, how: { zh: `${later.how.zh}（写在上面的标题里）`, en: `${later.how.en} (in the heading above)` } }
      : due,
  };
}

const withDoubt = (named: Whom, hasBelow: boolean): Whom =>
  hasBelow ? { ...named, doubts: [alsoAbove, ...named.doubts] } : named;

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

type Whom = Pick<CutItem, 'lead' | 'supports' | 'doubts'>;

function named(from: Owners | null, units: readonly Unit[], isInherited: boolean): Whom {
  if (from === null) return { lead: null, supports: [], doubts: [nobody] };
  const lead = unitNamed(units, from.lead);
  const supports = from.supports.map((one) => unitNamed(units, one));
  const doubts = [...(isInherited ? [inherited] : []), ...(from.isGuessed ? [several] : [])];
  const open = [lead, ...supports].filter(({ unit }) => unit === null);
  return { lead, supports, doubts: [...doubts, ...open.map(unknown)] };
}

const eachOne: Words = {
  zh: '写的是一类单位，每一个各得一项；不对就改成一个单位',
  en: 'a kind of unit is written: each of them gets an item; choose one unit where that is wrong',
};

function unknown({ written, among }: Named): Words {
  if (eachNamed(written) !== null) return { zh: `“${written}”：${eachOne.zh}`, en: `“${written}”: ${eachOne.en}` };
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
