import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { buildWeb } from './build_web.js';

/** The program, and what browsers get of it. */
async function build(root) {
  await Promise.all([buildProgram(root), buildWeb(root)]);
}

/** One file for the program and one for each process of its own: photos, learning. Packages stay where npm put them. */
async function buildProgram(root, folder = 'dist') {
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      jingwei: 'src/cli/main.ts',
      photo_worker: 'src/domains/work/photos/photo_worker.ts',
      lesson_worker: 'src/domains/work/suggestions/lesson_worker.ts',
      workbook_worker: 'src/gateways/workbooks/workbook_worker.ts',
      marking_worker: 'src/gateways/workbooks/marking_worker.ts',
      filling_worker: 'src/gateways/workbooks/filling_worker.ts',
      word_worker: 'src/gateways/wordforms/word_worker.ts',
      xlsform_worker: 'src/gateways/xlsform/xlsform_worker.ts',
    },
    outdir: join(root, folder),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] === thisFile) {
  const [root, only] = [dirname(dirname(thisFile)), process.argv[2]];
  // Tests want the program alone, and beside the one that is being used.
  await (only ? buildProgram(root, only) : build(root));
}
