import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../src/kernel/root.ts';
import { databaseTypes } from './generate/database_types.ts';
import { openApi } from './generate/openapi.ts';
import { permissionPage } from './generate/permissions.ts';
import { problemPage } from './generate/problems.ts';
import { settingPage } from './generate/settings.ts';
import { loadProblems } from './generate/sources.ts';
import { workflowPage } from './generate/workflows.ts';

/**
 * What is made from the sources and committed all the same, so that it can be read without running anything.
 * `--check` writes nothing, names what is stale and ends with 1.
 */
const products: Readonly<Record<string, () => string | Promise<string>>> = {
  'src/kernel/db.generated.ts': databaseTypes,
  'docs/problems.md': problemPage,
  'docs/settings.md': settingPage,
  'docs/permissions.md': permissionPage,
  'docs/workflows.md': workflowPage,
  'docs/api/openapi.json': openApi,
};

const onlyCheck = process.argv.includes('--check');
await loadProblems();
for (const [path, make] of Object.entries(products)) {
  const fresh = await make();
  const committed = readCommitted(path);
  if (fresh === committed) continue;
  if (onlyCheck) {
    console.error(`${path} is stale; npm run generate makes it anew.\n${firstDifference(committed, fresh)}`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(join(packageRoot, path)), { recursive: true });
    writeFileSync(join(packageRoot, path), fresh);
    console.log(`${path} written`);
  }
}

function readCommitted(path: string): string {
  try {
    return readFileSync(join(packageRoot, path), 'utf8');
  } catch {
    return '';
  }
}

function firstDifference(committed: string, fresh: string): string {
  const [old, made] = [committed.split('\n'), fresh.split('\n')];
  const at = made.findIndex((line, i) => line !== old[i]);
  const line = at === -1 ? made.length : at;
  return `  line ${line + 1}\n  - ${old[line] ?? '(end)'}\n  + ${made[line] ?? '(end)'}`;
}
