import { atlasOf } from '../domains/land/areas/index.ts';
import {
  type FiguresView,
  figureProblems,
  figureQuery,
  figuresOf,
  openFigure,
  type RecordsView,
  type Recount,
  readPacks,
  recordsQuery,
  recount,
} from '../domains/telling/figures/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { asSystem } from '../kernel/entrance.ts';
import { Problem } from '../kernel/problem.ts';
import { transact } from '../kernel/transaction.ts';
import type { Words } from '../kernel/words.ts';
import { figurePacks } from '../packs/figures/index.ts';
import { checked } from './checked.ts';
import { requireRealm } from './operator.ts';
import { cliProblems } from './problems.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';
import { exitCodes } from './terminal.ts';

export interface FigureOptions {
  readonly area?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly vintage?: string;
  readonly pack?: string;
  readonly records?: string;
  readonly part?: string;
  readonly before?: string;
  readonly by?: string;
  readonly split?: string;
  readonly most?: string;
  readonly realm?: string;
}

const unread = cliProblems['cli.figures_invalid'];

/** `figures casefiles`: what the console shows, for scripts; or, with --records, the cases behind one of the figures. */
export async function tellFigures(terminal: Terminal, options: FigureOptions): Promise<void> {
  const { area: code, records, realm: named, part, before, most, split, ...asked } = options;
  const packs = readPacks(figurePacks);
  const query = checked(figureQuery, asked, unread);
  const page = checked(recordsQuery, { ...asked, part, before, most, split }, unread);
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, named ?? String(config.realm));
    await transact(runtime, asSystem(realm, 'operator'), async (ctx) => {
      const area = code === undefined ? {} : { area: await areaCoded(ctx, code) };
      if (records === undefined) sayFigures(terminal, await figuresOf(ctx, packs, { ...query, ...area }));
      else sayRecords(terminal, await openFigure(ctx, packs, records, { ...page, ...area }));
    });
  });
}

async function areaCoded(ctx: Ctx, code: string): Promise<string> {
  const area = (await atlasOf(ctx)).areas.find((one) => one.code === code);
  if (!area) throw new Problem(figureProblems['figure.no_area'], { code });
  return area.id;
}

function sayFigures(terminal: Terminal, told: FiguresView): void {
  const { language } = terminal;
  terminal.line(`${told.area.name} ${told.area.code} · ${told.from} – ${told.to} · ${told.pack.name[language]}`);
  terminal.say({ zh: `数据截至 ${told.asOf.toISOString()}`, en: `as of ${told.asOf.toISOString()}` });
  for (const figure of told.figures) {
    const share = figure.denominator === null ? '' : ` = ${figure.numerator} / ${figure.denominator}`;
    const value = figure.value === null ? none(figure.noData)[language] : shown(figure.unit, figure.value);
    terminal.line(`${figure.name[language]} (${figure.id} v${figure.version}): ${value}${share}`);
    for (const { name, value, numerator, denominator } of figure.cells)
      terminal.line(`  ${name[language]}: ${cellWords(figure.unit, value, numerator, denominator)}`);
    for (const { reason, count } of figure.exclusions.filter((one) => one.count > 0))
      terminal.line(`  − ${count} ${reason[language]}`);
  }
  terminal.result(told);
}

const none = (why: Words | null): Words => ({ zh: `没有数据（${why?.zh ?? ''}）`, en: `no data (${why?.en ?? ''})` });
const shown = (unit: string, value: number): string =>
  unit === 'count' ? String(value) : `${(value * 100).toFixed(1)}%`;

const cellWords = (unit: string, value: number | null, above: number | null, below: number | null): string =>
  `${value === null ? '—' : shown(unit, value)}${below === null ? '' : ` = ${above} / ${below}`}`;

function sayRecords(terminal: Terminal, told: RecordsView): void {
  const { language } = terminal;
  terminal.say({
    zh: `${told.figure.name.zh}：${told.counted} 件，其中 ${told.closed} 件保密，只给知情的人打开`,
    en: `${told.figure.name.en}: ${told.counted}, of which ${told.closed} are confidential and open only for their circle`,
  });
  for (const { casefile, excluded } of told.records)
    terminal.line(
      `${casefile.number} ${casefile.title[language]}${excluded === null ? '' : ` − ${excluded[language]}`}`,
    );
  terminal.result(told);
}

/** `figures recount`: all sums against a full count. What differs is named, and made anew with --mend. */
export async function recountFigures(
  terminal: Terminal,
  { realm: given, mend }: { readonly realm?: string; readonly mend?: boolean },
): Promise<number> {
  return withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, given ?? String(config.realm));
    const told = await recount(runtime, realm, mend ?? false);
    sayRecount(terminal, told);
    return told.wrong > 0 && !told.mended ? exitCodes.found : exitCodes.done;
  });
}

function sayRecount(terminal: Terminal, told: Recount): void {
  terminal.say({
    zh: `核对了 ${told.checked} 个汇总数，${told.wrong} 个与逐件重数不一致`,
    en: `${told.checked} sums compared with a full count, ${told.wrong} differ`,
  });
  for (const { area, kind, from, to, facts, expected, found } of told.differences)
    terminal.line(`  ${area} · ${kind} ${from} – ${to} ${facts}: ${found} ≠ ${expected}`);
  if (told.mended) terminal.say({ zh: '已全部重新汇总。', en: 'All sums were made anew.' });
  else if (told.wrong > 0)
    terminal.say({
      zh: '指标此刻可能不准。加上 --mend 就全部重新汇总，其间逐件统计。',
      en: 'Figures may be wrong now. With --mend all sums are made anew; meanwhile figures are counted row by row.',
    });
  terminal.result(told);
}
