import { issueSlips, MOST_SLIP_DAYS, SLIP_DAYS, type Slip } from '../domains/land/accounts/index.ts';
import { placesHeld } from '../domains/land/staff/index.ts';
import type { Config } from '../kernel/config.ts';
import { asSystem } from '../kernel/entrance.ts';
import { Problem } from '../kernel/problem.ts';
import { realmOf } from '../kernel/realm.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import { byOperator, requireRealm } from './operator.ts';
import { cliProblems } from './problems.ts';
import { openPrinter, type SlipPrinter } from './slips.outside.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface SlipOptions {
  readonly days?: string;
}

export interface ReissueOptions extends SlipOptions {
  readonly slips: string;
  readonly waiting?: boolean;
  readonly realm?: string;
}

/** `jingwei account slip`: a new slip for whoever lost theirs, or first ones for all who wait; earlier ones are void. */
export async function reissueSlips(
  terminal: Terminal,
  logins: readonly string[],
  options: ReissueOptions,
): Promise<void> {
  if (logins.length > 0 === (options.waiting ?? false)) throw new Problem(cliProblems['cli.slip_for_whom']);
  const days = readDays(options);
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const { name: county, zone } = await transact(runtime, asSystem(realm, 'operator'), realmOf);
    const printer = openPrinter(options.slips, { county, zone, publicUrl: config.publicUrl });
    let issued: readonly Slip[] = [];
    let files: readonly string[] = [];
    try {
      await byOperator(runtime, realm, 'account.slip', async (ctx) => {
        issued = [];
        issued = await issueSlips(ctx, options.waiting ? null : logins, days);
        return { slips: issued.length };
      });
    } finally {
      files = await printed(runtime, realm, printer, issued);
    }
    warnOfAddress(terminal, config);
    terminal.say({
      zh: `${issued.length} 张启用单${files[0] ? `写在 ${files[0]}${files.length > 1 ? ` 等 ${files.length} 个文件` : ''}` : ''}；以前的作废。`,
      en: `${issued.length} slips${files[0] ? ` in ${files[0]}${files.length > 1 ? ` and ${files.length - 1} more files` : ''}` : ''}; earlier ones are void.`,
    });
    terminal.result({ slips: files, logins: issued.map(({ login }) => login) });
  });
}

/** With the posts of each, so that whoever hands them out knows where to. */
export async function printed(
  runtime: Runtime,
  realm: number,
  printer: SlipPrinter,
  issued: readonly Slip[],
): Promise<readonly string[]> {
  const posts = await transact(runtime, asSystem(realm, 'operator'), (ctx) => placesHeld(ctx));
  return printer.print(issued.map((slip) => ({ ...slip, posts: posts.get(slip.personId) ?? [] })));
}

export function readDays({ days }: SlipOptions): number {
  const typed = days ?? String(SLIP_DAYS);
  if (!/^\d{1,2}$/.test(typed) || Number(typed) < 1 || Number(typed) > MOST_SLIP_DAYS)
    throw new Problem(cliProblems['cli.days_invalid'], { days: typed, most: MOST_SLIP_DAYS });
  return Number(typed);
}

/** A code that leads to this machine opens nothing on somebody's phone. */
export function warnOfAddress(terminal: Terminal, { publicUrl }: Config): void {
  if (!['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname)) return;
  terminal.say({
    zh: `注意：二维码指向 ${publicUrl}，手机打不开。正式打印前请设置 JINGWEI_PUBLIC_URL。`,
    en: `Note: the codes lead to ${publicUrl}, which no phone can open. Set JINGWEI_PUBLIC_URL before you print for real.`,
  });
}
