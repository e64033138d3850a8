/** What a message of a chat says besides its words: only a proposal, and only for what is still empty. */
export interface Pasted {
  readonly phone: string | null;
  readonly name: string | null;
  readonly areaId: string | null;
  readonly place: string | null;
}

interface KnownArea {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
}

const phones = /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)/;
const names = /我(?:是|叫)(?<name>\p{Script=Han}{2,3})(?=[，。,.、\s\d]|$)/u;
/** 二运巷12号, 青园小区3栋2单元: whatever ends as places do, one after the other. */
const places =
  /(?:(?:在|到|住)(?<after>))?(?<place>(?:[\p{Script=Han}\dA-Za-z]{1,8}?(?:路(?![灯面人边])|街|巷|弄|桥|小区|花园|广场|市场|学校|医院|公园|栋|幢|号楼|单元|(?<=\d)号)口?)+)/u;
const endings = /(?:社区居委会|村委会|社区|村|街道|镇|乡)$/;

export function readPasted(text: string, areas: readonly KnownArea[]): Pasted {
  return {
    phone: phones.exec(text)?.[0] ?? null,
    name: names.exec(text)?.groups?.name ?? null,
    areaId: areaIn(text, areas),
    place: places.exec(text)?.groups?.place?.replace(/^.*(?:在|到|住)(?=.{2})/, '') ?? null,
  };
}

/** The one area that is said, however many of those it lies in are said as well; else the longest name, unless two are as long. */
function areaIn(text: string, areas: readonly KnownArea[]): string | null {
  const said = areas.flatMap(({ id, parentId, name }) => {
    const short = name.replace(endings, '');
    const spoken = text.includes(name) ? name : short.length >= 2 && text.includes(short) ? short : '';
    return spoken === '' ? [] : [{ id, parentId, length: spoken.length }];
  });
  const around = new Set(said.map(({ parentId }) => parentId));
  const innermost = said.filter(({ id }) => !around.has(id));
  const most = Math.max(...innermost.map(({ length }) => length));
  const longest = innermost.filter(({ length }) => length === most);
  return longest.length === 1 ? (longest[0]?.id ?? null) : null;
}

/** 112.5489, 37.8706: as maps copy it, longitude first or last; null: no place in China's reach. */
export function readPoint(text: string): { lon: number; lat: number } | null {
  const found = /^\s*(-?\d{1,3}\.\d+)\s*[,，\s]\s*(-?\d{1,3}\.\d+)\s*$/.exec(text);
  if (!found) return null;
  const [a, b] = [Number(found[1]), Number(found[2])];
  const [lon, lat] = a > b ? [a, b] : [b, a];
  return lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54 ? { lon, lat } : null;
}
