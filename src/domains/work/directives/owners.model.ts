/** Whom a text names for a piece of work, as it writes them; who that is, is looked up apart. */
export interface Owners {
  readonly lead: string;
  readonly supports: readonly string[];
  /** Several stand side by side, and none is said to lead. */
  readonly isGuessed: boolean;
}

/** `onlyNamed`: of a heading, where 各…要 speaks of everything below. */
export function ownersIn(text: string, onlyNamed = false): Owners | null {
  return ownersOfWords(text) ?? ownersOfClause(text) ?? (onlyNamed ? null : ownersOfSubject(text));
}

const END = '[^；;。\\n）)】\\]]+';
/** （牵头单位：甲；配合单位：乙、丙）, 责任单位：甲、乙 on a line of its own. */
function ownersOfWords(text: string): Owners | null {
  const field = (names: string): string[] =>
    namesIn(new RegExp(`(?:${names})\\s*[:：]\\s*(${END})`).exec(text)?.[1] ?? '');
  const [first, ...led] = field('牵头(?:责任)?(?:单位|部门)|主责单位|主办单位');
  const owing = field('责任(?:单位|部门|主体)|承办单位|落实单位|责任');
  const helping = field('配合(?:单位|部门)|协办单位|参加单位|协同单位|参与单位');
  if (first !== undefined)
    return { lead: first, supports: unique([...led, ...owing, ...helping], first), isGuessed: led.length > 0 };
  const [lead, ...rest] = owing;
  if (lead === undefined) return null;
  return { lead, supports: unique([...rest, ...helping], lead), isGuessed: rest.length > 0 };
}

/** （甲牵头，乙、丙配合）, 由甲牵头，乙按职责分工负责, （甲、乙按职责分工负责） */
function ownersOfClause(text: string): Owners | null {
  const name = '[^，。；;：:（）()\\n]';
  const led = new RegExp(`(?:由|[（(，。；\\n]|^)\\s*((?:(?!由)${name}){2,30}?)(?:负责)?牵头`).exec(text);
  if (led?.[1]) {
    const [lead = '', ...others] = namesIn(led[1]);
    const after = text.slice(led.index + led[0].length);
    const helping =
      new RegExp(
        `^[^，,。；\\n）)]{0,12}[，,；]\\s*(${name}{2,120}?)(?:等)?(?:积极|协同|共同)?(?:配合|参与|参加|协助|按职责)`,
      ).exec(after)?.[1] ?? '';
    return { lead, supports: unique([...others, ...namesIn(helping)], lead), isGuessed: others.length > 0 };
  }
  const shared = new RegExp(
    `[（(]\\s*(?:由)?(${name}{2,120}?)(?:等)?(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别)?负责`,
  ).exec(text);
  const [lead, ...rest] = namesIn(shared?.[1] ?? '');
  return lead === undefined ? null : { lead, supports: unique(rest, lead), isGuessed: rest.length > 0 };
}

/** 县水利局要…, 各乡镇（街道）要…: the first whom a sentence tells that they must. */
function ownersOfSubject(text: string): Owners | null {
  const match =
    /(?:^|[，。；\n])\s*(?:由)?((?:各|县|市|区|镇|乡|本|我)?[\u4e00-\u9fff、]{1,40}?(?:（[\u4e00-\u9fff、]{1,16}）|\([\u4e00-\u9fff、]{1,16}\))?)(?:要|应当|应|须|必须|负责)(?!求|点|素|害|闻|道|用|对|急|付)/.exec(
      text,
    );
  if (!match?.[1] || !UNIT.test(match[1])) return null;
  const [lead, ...rest] = namesIn(match[1]);
  return lead === undefined ? null : { lead, supports: unique(rest, lead), isGuessed: rest.length > 0 };
}

const UNIT =
  /(?:局|委|办|部|站|所|队|中心|公司|院|校|镇|乡|街道|社区|村|网格|单位|部门|县|市|区|组|指挥部|物业|企业|[）)])$/;

/** Names side by side. What stands in brackets belongs to the name before it: 乡镇（街道）. */
export function namesIn(written: string): string[] {
  return written
    .replace(/[（(].*?[)）]?$/, (rest) => (/^[（(](?:街道|镇|乡|园区|社区|区)[)）]$/.test(rest) ? rest : ''))
    .split(/[、，,；;／/\s\u3000]+|(?<=[局委办部站所队司心院校镇乡道区村])(?:和|及|以及|会同|与)(?=[\u4e00-\u9fff]{2})/)
    .map((one) =>
      one
        .trim()
        .replace(/^(?:由|及|和)/, '')
        .replace(/(?:负责|牵头|等)$/, ''),
    )
    .filter((one) => one.length >= 2);
}

const unique = (names: readonly string[], without: string): string[] =>
  [...new Set(names)].filter((one) => one !== without);
