import type { Repair } from '../domains/land/areas/border_plan.model.ts';
import type { Proposal } from '../domains/land/areas/comparison.model.ts';
import type { Refusal } from '../domains/land/areas/intake.model.ts';
import type { Language } from '../kernel/words.ts';
import type { Terminal } from './terminal.ts';

/** What became of every row of an import, told to a person or to a program. */
export interface Verdicts {
  rows: number;
  /** Rows of counties that were not asked for. */
  outside: number;
  created: number;
  changed: number;
  same: number;
  readonly refused: Refusal[];
  readonly proposed: Proposal[];
  readonly polygons: {
    features: number;
    taken: number;
    same: number;
    readonly repairs: Repair[];
    readonly refused: Refusal[];
    readonly questioned: Refusal[];
    /** Beside those that got a border, areas of the same level that have none; zones of statisticians never do. */
    readonly without: { readonly code: string; readonly name: string; readonly statistical: boolean }[];
  };
}

export const noVerdicts = (): Verdicts => ({
  rows: 0,
  outside: 0,
  created: 0,
  changed: 0,
  same: 0,
  refused: [],
  proposed: [],
  polygons: { features: 0, taken: 0, same: 0, repairs: [], refused: [], questioned: [], without: [] },
});

export function tell(terminal: Terminal, verdicts: Verdicts, isDry: boolean): void {
  const { rows, created, changed, same, refused, proposed, polygons } = verdicts;
  if (isDry) terminal.say({ zh: '试算，没有写入：', en: 'A trial; nothing was written:' });
  terminal.say({
    zh: `共 ${rows} 行：新增 ${created}，修改 ${changed}，已有 ${same}，拒绝 ${refused.length}，待确认 ${proposed.length}。`,
    en: `${rows} rows: ${created} created, ${changed} changed, ${same} there already, ${refused.length} refused, ${proposed.length} to be confirmed.`,
  });
  listed(terminal, refused, (one) => sayRefusal(one, terminal.language));
  listed(terminal, proposed, (one) => `  ${sayProposal(one, terminal.language)}`);
  if (polygons.features > 0) tellBorders(terminal, polygons);
  terminal.result(resultOf(verdicts, terminal.language, isDry));
}

function tellBorders(terminal: Terminal, polygons: Verdicts['polygons']): void {
  const { features, taken, same, repairs, refused, questioned, without } = polygons;
  terminal.say({
    zh: `边界 ${features} 个：采用 ${taken}，已有 ${same}，修补 ${repairs.length}，存疑 ${questioned.length}，拒绝 ${refused.length}；同级还有 ${without.length} 个区域没有边界。`,
    en: `${features} borders: ${taken} taken, ${same} there already, ${repairs.length} mended, ${questioned.length} questioned, ${refused.length} refused; ${without.length} areas beside them have none.`,
  });
  listed(terminal, repairs, ({ row, code, did, changePct }) => `  ${row} ${code}: ${did.join(', ')} (${changePct} %)`);
  listed(terminal, [...questioned, ...refused], (one) => sayRefusal(one, terminal.language));
}

const MOST_LINES = 20;

/** A screenful; the whole list is in the JSON. */
function listed<T>(terminal: Terminal, list: readonly T[], say: (one: T) => string): void {
  for (const one of list.slice(0, MOST_LINES)) terminal.line(say(one));
  const more = list.length - MOST_LINES;
  if (more > 0)
    terminal.say({ zh: `  …还有 ${more} 条，用 --json 看全部`, en: `  … and ${more} more, all of them with --json` });
}

const says = ({ problem }: Refusal, language: Language): string =>
  `${problem.title[language]} ${problem.hint[language]}`;
const sayRefusal = (refusal: Refusal, language: Language): string =>
  `  ${refusal.file}:${refusal.row} ${refusal.code}: ${says(refusal, language)}`;

const kinds = {
  added: { zh: '新增', en: 'added' },
  gone: { zh: '不再有（不会删除）', en: 'gone (never deleted)' },
  renamed: { zh: '改名', en: 'renamed' },
  moved: { zh: '改了上级', en: 'moved' },
  recoded: { zh: '改了编码', en: 'recoded' },
} as const;

function sayProposal({ what, was, now }: Proposal, language: Language): string {
  const sides = [was, now].flatMap((side) => (side ? `${side.code} ${side.name}` : []));
  return `${kinds[what][language]}: ${sides.join(' → ')}`;
}

function resultOf(verdicts: Verdicts, language: Language, dryRun: boolean): object {
  const flat = (list: readonly Refusal[]) =>
    list.map((one) => ({
      file: one.file,
      row: one.row,
      code: one.code,
      problem: one.problem.code,
      says: says(one, language),
    }));
  const { refused, polygons, ...counts } = verdicts;
  return {
    ...counts,
    dryRun,
    refused: flat(refused),
    polygons: {
      ...polygons,
      repaired: polygons.repairs.length,
      refused: flat(polygons.refused),
      questioned: flat(polygons.questioned),
    },
  };
}
