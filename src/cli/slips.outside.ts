import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { renderSVG } from 'uqr';
import type { Slip } from '../domains/land/accounts/index.ts';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';
import { slipsPage } from './slip_page.ts';

/** Where slips are written: one file for all, or a folder with a file each. Nobody but its owner can read them. */
export interface SlipPrinter {
  print(slips: readonly ToPrint[]): readonly string[];
}

export interface ToPrint extends Slip {
  readonly posts: readonly string[];
}

export interface Letterhead {
  readonly county: string;
  readonly zone: string;
  readonly publicUrl: string;
}

/** Opened before anything is written to the database: a token that cannot be printed is never made. */
export function openPrinter(path: string, head: Letterhead): SlipPrinter {
  if (!/\.html?$/i.test(path)) return folderPrinter(path, head);
  const file = openNew(path);
  return {
    print: (slips) => {
      if (slips.length > 0) writeSync(file, pageOf(slips, head));
      closeSync(file);
      if (slips.length === 0) rmSync(path);
      return slips.length > 0 ? [path] : [];
    },
  };
}

function folderPrinter(path: string, head: Letterhead): SlipPrinter {
  if (existsSync(path) && !statSync(path).isDirectory()) throw taken(path);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return {
    print: (slips) =>
      slips.map((slip) => {
        // An older slip of this account is void; it may not be mistaken for this one.
        const name = join(path, `${slip.login}-${slip.token.slice(-5)}.html`);
        const file = openNew(name);
        writeSync(file, pageOf([slip], head));
        closeSync(file);
        return name;
      }),
  };
}

const taken = (file: string): Problem => new Problem(cliProblems['cli.file_exists'], { file });

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'EEXIST') throw taken(path);
    throw new Problem(cliProblems['cli.file_unwritable'], { file: path, says: String(code ?? error) });
  }
}

function pageOf(slips: readonly ToPrint[], { county, zone, publicUrl }: Letterhead): string {
  return slipsPage(
    county,
    slips.map(({ name, login, posts, token, expiresAt }) => {
      const address = `${publicUrl}/activate/${token}`;
      const until = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' }).format(
        expiresAt,
      );
      const qr = renderSVG(address, { ecc: 'M', border: 2 });
      return { name, login, posts, token, address, until, qr, typeAt: `${publicUrl}/activate` };
    }),
  );
}
