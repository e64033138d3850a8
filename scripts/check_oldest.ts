import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../src/kernel/root.ts';
import { posterSheet } from '../src/web/portal/poster.pages.ts';
import { sheet, tokenSheet } from '../src/web/ui/sheet.ts';
import { OLDEST, readNewer } from './oldest/known.ts';
import { newerInScript } from './oldest/scripts.ts';
import { newerInSheet } from './oldest/styles.ts';

/** Fails when what browsers get uses anything newer than the oldest of them knows. */

/** What may stand although it is newer, and why nobody misses it. By file without its hash, then by what was found. */
const meant: readonly (readonly [file: RegExp, what: RegExp, why: string])[] = [
  [
    /^(?:desk|field|visits|patrols|dispatch|page)-/,
    /^\.to(?:Sorted|Reversed)\(\)/,
    'src/web/api/older.ts gives them to a browser that has none',
  ],
  [
    /^(?:canvas|maplibre)/,
    /^\.(?:resize|difference)\(\)/,
    'methods of MapLibre’s own; the browser’s are of ArrayBuffer and Set',
  ],
  [
    /^(?:limit\.model|frame)-/,
    /^color-mix\(\)/,
    'the colour of a line between joined buttons of Ant Design: it is another, nothing else',
  ],
  [
    /./,
    /^\.(?:startViewTransition|skipTransition)\(\)/,
    'React asks for them in <ViewTransition> alone, which nothing of ours uses',
  ],
  [
    /^(?:canvas|field|mine|visits|inspections|limit\.model|frame)-/,
    /^\.(?:take|drop|toArray|getName)\(\)/,
    'common names; what TypeScript lets us write ends before the browser’s',
  ],
  [/^posterSheet/, /^text-wrap/, 'without it a line on paper breaks elsewhere'],
];

const folders = ['dist/web/assets', 'dist/field/assets', 'dist/field', 'dist/gallery/assets', 'public'].map((path) =>
  join(packageRoot, path),
);

const newest = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, { parentPath, name }) => Math.max(latest, statSync(join(parentPath, name)).mtimeMs), 0);

async function main(): Promise<void> {
  const built = join(packageRoot, 'dist', 'field', 'worker.js');
  if (!existsSync(built) || statSync(built).mtimeMs < newest(join(packageRoot, 'src')))
    execFileSync(process.execPath, [join(packageRoot, 'scripts', 'build.js')]);
  const newer = readNewer();
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const found: string[] = [];
  const tell = (file: string, all: readonly string[]): void => {
    for (const what of all)
      if (!meant.some(([of, is]) => of.test(file) && is.test(what))) found.push(`${file}: ${what}`);
  };
  for (const path of files) {
    const text = /\.(?:m?js|css)$/.test(path) ? readFileSync(path, 'utf8') : null;
    if (text !== null)
      tell(basename(path), path.endsWith('.css') ? newerInSheet(text, newer) : await newerInScript(text, newer));
  }
  for (const [name, text] of Object.entries({ sheet, tokenSheet, posterSheet })) tell(name, newerInSheet(text, newer));
  for (const line of found) console.error(line);
  console.log(`${found.length} uses of what Chromium ${OLDEST} does not know, in ${files.length} files.`);
  if (found.length > 0) process.exitCode = 1;
}

await main();
