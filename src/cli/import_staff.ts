import { allDayCalendarId, officeCalendarId } from '../../seeds/planting.ts';
import { addWaitingAccount, issueSlip, type Slip } from '../domains/land/accounts/index.ts';
import { atlasOf } from '../domains/land/areas/index.ts';
import type { Refusal } from '../domains/land/areas/intake.model.ts';
import {
  addStaff,
  isRoster,
  phoneMark,
  planRoster,
  type RosterGround,
  type RosterRow,
  type RowPlan,
  readRosterRow,
  rosterGround,
  rosterProblems,
  rosterTitles,
} from '../domains/land/staff/index.ts';
import { bodyKindOf, bodyKindWords } from '../domains/work/standards/body_kind.model.ts';
import type { Ctx } from '../kernel/context.ts';
import { asSystem } from '../kernel/entrance.ts';
import { Problem } from '../kernel/problem.ts';
import { realmOf } from '../kernel/realm.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import { byOperator, requireRealm } from './operator.ts';
import { openPrinter, type SlipPrinter } from './slips.outside.ts';
import { printed, readDays, type SlipOptions, warnOfAddress } from './slips.ts';
import { withRuntime } from './station.ts';
import { readRows } from './table_file.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export interface ImportStaffOptions extends SlipOptions {
  readonly dryRun?: boolean;
  readonly realm?: string;
  readonly slips?: string;
}

/** Bodies, posts and people out of a table; the whole file is read before the database is opened. */
export async function importStaff(terminal: Terminal, file: string, options: ImportStaffOptions): Promise<number> {
  const [rows, days] = [await readRoster(file), readDays(options)];
  return withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const { name: county, zone } = await transact(runtime, asSystem(realm, 'operator'), realmOf);
    const wantsSlips = options.slips !== undefined && !options.dryRun;
    const printer = wantsSlips ? openPrinter(options.slips ?? '', { county, zone, publicUrl: config.publicUrl }) : null;
    const done = await takeInStaff({ runtime, realm, terminal }, rows, {
      printer,
      days,
      dryRun: options.dryRun ?? false,
    });
    if (printer) warnOfAddress(terminal, config);
    tell(terminal, done);
    return done.refused.length === 0 ? exitCodes.done : exitCodes.found;
  });
}

export async function readRoster(file: string): Promise<RosterRow[]> {
  const given = await readRows(file);
  if (!given[0] || !isRoster(given[0]))
    throw new Problem(rosterProblems['roster.columns'], {
      file,
      titles: rosterTitles('zh'),
      titlesEn: rosterTitles('en'),
    });
  return given.map(readRosterRow);
}

interface At {
  readonly runtime: Runtime;
  readonly realm: number;
  readonly terminal: Terminal;
}

export interface StaffDone {
  readonly rows: number;
  readonly planned: readonly RowPlan[];
  readonly refused: readonly Refusal[];
  readonly made: Readonly<Record<'bodies' | 'posts' | 'people' | 'accounts' | 'holdings' | 'responsibilities', number>>;
  readonly slips: readonly string[];
  readonly dryRun: boolean;
}

/**
 * Planned against what stands and written in packs in the order of the table: what stands already is left alone, so that
 * a run that was broken off goes on where it stopped. What was written is printed, also when a later pack fails.
 */
export async function takeInStaff(
  { runtime, realm, terminal }: At,
  rows: readonly RosterRow[],
  { printer, days, dryRun }: { printer: SlipPrinter | null; days: number; dryRun: boolean },
): Promise<StaffDone> {
  const ground = await transact(runtime, asSystem(realm, 'operator'), groundOf);
  const { planned, refused } = planRoster(rows, ground);
  const issued: Slip[] = [];
  let slips: readonly string[] = [];
  const packs = dryRun ? [] : packsOf(planned.filter(({ verdict }) => verdict !== 'same'));
  const progress = terminal.progress({ zh: '写入', en: 'Writing' }, Math.max(1, packs.length));
  try {
    for (const [i, pack] of packs.entries()) {
      issued.push(...(await writePack(runtime, realm, pack, printer ? days : null)));
      progress.to(i + 1);
    }
  } finally {
    progress.done();
    if (printer) slips = await printed(runtime, realm, printer, issued);
  }
  return { rows: rows.length, planned, refused, made: countsOf(planned), slips, dryRun };
}

const PACK = 100;
const packsOf = (planned: readonly RowPlan[]): (readonly RowPlan[])[] =>
  Array.from({ length: Math.ceil(planned.length / PACK) }, (_, i) => planned.slice(i * PACK, (i + 1) * PACK));

/** The tokens leave the transaction in memory and nowhere else; the answer that is stored holds counts. */
async function writePack(
  runtime: Runtime,
  realm: number,
  pack: readonly RowPlan[],
  days: number | null,
): Promise<Slip[]> {
  let issued: Slip[] = [];
  await byOperator(runtime, realm, 'staff.import', async (ctx) => {
    const steps = pack.map((row) => row.steps);
    const made = await addStaff(ctx, steps);
    issued = [];
    for (const { account } of steps) {
      if (!account) continue;
      await addWaitingAccount(ctx, account);
      if (days !== null) issued.push(await issueSlip(ctx, { ...account, accountId: account.id }, days));
    }
    return made;
  });
  return issued;
}

async function groundOf(ctx: Ctx): Promise<RosterGround> {
  const [atlas, stands, { calendarId }] = [await atlasOf(ctx), await rosterGround(ctx), await realmOf(ctx)];
  const words = Object.values(bodyKindWords);
  return {
    ...stands,
    areas: atlas.areas,
    calendars: { office: calendarId ?? officeCalendarId(ctx.realm), allDay: allDayCalendarId(ctx.realm) },
    newId: () => ctx.ids.newId(),
    newLogin: () => `w${100_000 + (ctx.ids.bytes(4).readUInt32BE() % 900_000)}`,
    markOf: (phone) => phoneMark(ctx, phone).toString('hex'),
    bodyKindOf,
    knownKinds: { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') },
  };
}

function countsOf(planned: readonly RowPlan[]): StaffDone['made'] {
  const count = (kind: keyof RowPlan['steps']): number => planned.filter(({ steps }) => steps[kind] !== null).length;
  return {
    bodies: count('body'),
    posts: count('post'),
    people: count('person'),
    accounts: count('account'),
    holdings: count('holding'),
    responsibilities: count('responsibility'),
  };
}

const MOST_TOLD = 20;

export function tell(terminal: Terminal, { rows, planned, refused, made, slips, dryRun }: StaffDone): void {
  const count = (verdict: RowPlan['verdict']): number => planned.filter((one) => one.verdict === verdict).length;
  const [created, changed, same] = [count('created'), count('changed'), count('same')];
  if (dryRun) terminal.say({ zh: '试算，没有写入：', en: 'A trial; nothing was written:' });
  terminal.say({
    zh: `共 ${rows} 行：新增 ${created}，修改 ${changed}，已有 ${same}，拒绝 ${refused.length}。`,
    en: `${rows} rows: ${created} created, ${changed} changed, ${same} there already, ${refused.length} refused.`,
  });
  terminal.say({
    zh: `单位 ${made.bodies}，岗位 ${made.posts}，人员 ${made.people}，账号 ${made.accounts}，任职 ${made.holdings}，包保 ${made.responsibilities}。`,
    en: `${made.bodies} bodies, ${made.posts} posts, ${made.people} people, ${made.accounts} accounts, ${made.holdings} appointments, ${made.responsibilities} responsibilities.`,
  });
  for (const { file, row, problem } of refused.slice(0, MOST_TOLD))
    terminal.line(`  ${file}:${row} ${problem.title[terminal.language]} ${problem.hint[terminal.language]}`);
  if (refused.length > MOST_TOLD)
    terminal.say({
      zh: `  …还有 ${refused.length - MOST_TOLD} 行，用 --json 看全部`,
      en: `  … and ${refused.length - MOST_TOLD} more, all of them with --json`,
    });
  tellSlips(terminal, slips, made.accounts, dryRun);
  const says = ({ problem }: Refusal): string =>
    `${problem.title[terminal.language]} ${problem.hint[terminal.language]}`;
  terminal.result({
    ...{ rows, created, changed, same, dryRun, made, slips },
    refused: refused.map((one) => ({ file: one.file, row: one.row, problem: one.problem.code, says: says(one) })),
    verdicts: planned.map(({ row, verdict, steps }) => ({
      row,
      verdict,
      did: Object.keys(steps).filter((kind) => steps[kind as keyof typeof steps]),
    })),
  });
}

function tellSlips(terminal: Terminal, slips: readonly string[], accounts: number, dryRun: boolean): void {
  if (slips.length > 0)
    terminal.say({
      zh: `启用单写在 ${slips[0]}${slips.length > 1 ? ` 等 ${slips.length} 个文件` : ''}，只有您能读。打印、分发后请删除。`,
      en: `The slips are in ${slips[0]}${slips.length > 1 ? ` and ${slips.length - 1} more files` : ''}, which only you can read. Print, hand out, delete.`,
    });
  else if (accounts > 0 && !dryRun)
    terminal.say({
      zh: '没有打印启用单。要打印：jingwei account slip --waiting --slips 文件.html',
      en: 'No slips were printed. To print them: jingwei account slip --waiting --slips FILE.html',
    });
}
