#!/usr/bin/env node
// Builds what is stale, then hands over to the program. Plain JavaScript, since it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, 'dist', 'jingwei.js');

const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);

/** An installation without sources has been built already. */
function isStale() {
  if (!existsSync(join(root, 'src'))) return false;
  if (!existsSync(bundle)) return true;
  const sources = ['src', 'seeds', 'scripts'].map((folder) => newest(join(root, folder)));
  return Math.max(...sources, statSync(join(root, 'package.json')).mtimeMs) > statSync(bundle).mtimeMs;
}

// In a process of its own: what bundling takes of memory would stay with the server for as long as it runs.
if (isStale()) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.js')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
await import(bundle);
