import type { Words } from '../../../kernel/words.ts';
import type { EachLevel } from './item.model.ts';

/** A kind of unit as notices write it: 各乡镇（街道）, 各社区. */
export const eachWords: Readonly<Record<EachLevel, Words>> = {
  town: { zh: '各乡镇街道', en: 'each township' },
  community: { zh: '各社区（村）', en: 'each community' },
  grid: { zh: '各网格', en: 'each grid' },
};

const written: Readonly<Record<EachLevel, RegExp>> = {
  town: /^(?:乡镇街道?|镇街|街镇|乡镇|街道|镇乡|乡|镇|街道办|街道办事处|乡镇街道办事处|乡镇人民政府)$/,
  community: /^(?:社区村?|村社区|村社|村居|村|村居社区|社区居委会|村委会|村民委员会)$/,
  grid: /^网格$/,
};

/** Null: it names no kind that could be listed, such as 各部门, 各有关单位. */
export function eachNamed(name: string): EachLevel | null {
  const said = name.normalize('NFKC').replace(/[\s\u3000()、,和及与]/g, '');
  const kind = /^(?:每个|每一个|全部|所有|各|每)(.+)$/.exec(said)?.[1];
  if (kind === undefined) return null;
  return (Object.keys(written) as EachLevel[]).find((level) => written[level].test(kind)) ?? null;
}
