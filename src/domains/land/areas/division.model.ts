import { Problem } from '../../../kernel/problem.ts';
import type { AreaLevel } from './area.model.ts';
import {
  cellOfRow,
  codeTitles,
  type GivenRow,
  intakeProblems,
  nameTitles,
  type Refusal,
  refuse,
  type Standing,
} from './intake.model.ts';

/** Rows of the official divisions (统计用区划代码): the level follows from the length of the code. */
export interface Division {
  readonly file: string;
  readonly row: number;
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
  readonly parentCode: string;
}

const levelOfLength: Readonly<Record<number, AreaLevel>> = {
  2: 'province',
  4: 'city',
  6: 'county',
  9: 'town',
  12: 'community',
};

/** Where a table says what lies above, by level; a table that does not say leaves it to the code. */
const parentTitles: Readonly<Partial<Record<AreaLevel, readonly string[]>>> = {
  city: ['provinceCode', 'parent_code', 'parentCode', '上级编码', '上级代码'],
  county: ['cityCode', 'parent_code', 'parentCode', '上级编码', '上级代码'],
  town: ['areaCode', 'parent_code', 'parentCode', '上级编码', '上级代码'],
  community: ['streetCode', 'parent_code', 'parentCode', '上级编码', '上级代码'],
};

const lengthsUp = [12, 9, 6, 4, 2];

/** Without the zeros that fill up a code of a higher level: 140100 is the city 1401, 140106001000 a town. */
export function bareCode(code: string): string {
  if (code.length === 12 && code.endsWith('000')) return bareCode(code.slice(0, 9));
  if (code.length === 9 && code.endsWith('000')) return bareCode(code.slice(0, 6));
  if (code.length === 6 && code.endsWith('00')) return bareCode(code.slice(0, 4));
  return code.length === 4 && code.endsWith('00') ? code.slice(0, 2) : code;
}

const codeAbove = (code: string): string =>
  code.slice(
    0,
    lengthsUp.find((length) => length < code.length),
  );

/** Not a place but a line of the register: municipalities and counties run by the province stand below one. */
const isPseudoCity = ({ level, name }: Pick<Division, 'level' | 'name'>): boolean =>
  level === 'city' && /^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$/.test(name);

/** A zone that statisticians list beside the legal districts (…71 to …79): it has streets, and no border of its own. */
export const isStatisticalZone = ({ code }: { readonly code: string }): boolean => /^\d{4}7[1-9]$/.test(code);

export interface ReadDivisions {
  readonly divisions: readonly Division[];
  readonly refused: readonly Refusal[];
  /** Rows of other counties. */
  readonly outside: number;
}

/** The rows of the counties asked for and of what stands above them below the root, in the order of the levels. */
export function readDivisions(rows: readonly GivenRow[], root: Standing, counties: readonly string[]): ReadDivisions {
  const wanted = wantedCodes(root, counties);
  const rootCode = bareCode(root.code);
  const refused: Refusal[] = [];
  const found = new Map<string, Division>();
  const pseudo = new Map<string, string>();
  let outside = 0;
  for (const row of rows) {
    const typed = cellOfRow(row, codeTitles);
    const code = bareCode(typed);
    const level = /^\d+$/.test(code) ? levelOfLength[code.length] : undefined;
    if (level === undefined) {
      refused.push(refuse(row, typed, intakeProblems['intake.code_invalid'], { code: typed }));
      continue;
    }
    if (!wanted.some((one) => code.startsWith(one) || (one.startsWith(code) && code.length >= rootCode.length))) {
      outside += 1;
      continue;
    }
    const division = { ...row, level, code, name: cellOfRow(row, nameTitles), parentCode: parentOf(row, level, code) };
    const fault = faultOf(division, found);
    if (fault) refused.push(fault);
    // The realm of a municipality may be rooted in such a line.
    else if (isPseudoCity(division) && code === rootCode) continue;
    else if (isPseudoCity(division)) pseudo.set(code, division.parentCode);
    else found.set(code, toDivision(division));
  }
  const divisions = [...found.values()]
    .map((one) => ({ ...one, parentCode: pseudo.get(one.parentCode) ?? one.parentCode }))
    .sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
  if (divisions.length === 0 && refused.length === 0)
    throw new Problem(intakeProblems['intake.no_rows'], { counties: wanted.join('、') });
  return { divisions, refused, outside };
}

const toDivision = ({ file, row, level, code, name, parentCode }: Division): Division => ({
  file,
  row,
  level,
  code,
  name,
  parentCode,
});

function parentOf(row: GivenRow, level: AreaLevel, code: string): string {
  const said = cellOfRow(row, parentTitles[level] ?? []);
  return /^\d+$/.test(said) ? bareCode(said) : codeAbove(code);
}

function faultOf({ name, code, ...row }: Division & GivenRow, found: ReadonlyMap<string, Division>): Refusal | null {
  if (name === '') return refuse(row, code, intakeProblems['intake.name_missing']);
  if ([...name].length > 60) return refuse(row, code, intakeProblems['intake.name_too_long']);
  const earlier = found.get(code);
  return earlier ? refuse(row, code, intakeProblems['intake.twice'], { code, earlier: earlier.row }) : null;
}

/** Codes typed at the prompt, each below the root; without any, all that lies below it. */
export function wantedCodes(root: Standing, counties: readonly string[]): string[] {
  const rootCode = bareCode(root.code);
  if (counties.length === 0) return [rootCode];
  return counties.map((typed) => {
    const county = bareCode(typed.trim());
    if (!/^\d{2,6}$/.test(county) || levelOfLength[county.length] === undefined)
      throw new Problem(intakeProblems['intake.code_invalid'], { code: typed });
    if (!county.startsWith(rootCode))
      throw new Problem(intakeProblems['intake.county_elsewhere'], { county, root: root.name, code: root.code });
    return county;
  });
}
