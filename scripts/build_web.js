import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build as bundle } from 'esbuild';

/** The oldest browser desk and field app are made for: the last Chromium for Windows 7, and phones of that time. */
const OLDEST = 'chrome109';

/** The desk as files with names of their content. Who installs without development packages works with the plain pages. */
export async function buildWeb(root) {
  const tools = await Promise.all([import('vite'), import('@vitejs/plugin-react')]).catch(() => null);
  if (!tools) return;
  const [{ build }, { default: react }] = tools;
  await asProduct(async () => {
    await buildDesk(root, build, react);
    await buildField(root, build, react);
    await buildGallery(root, build, react);
  });
}

/** Vite takes NODE_ENV from whoever started it; from a test runner that would make React's developer build, half as big again. */
async function asProduct(work) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function buildDesk(root, build, react) {
  await build({
    root,
    configFile: false,
    base: '/assets/desk/',
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(root, 'dist', 'web'),
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: OLDEST,
      chunkSizeWarningLimit: 1200,
      // Nothing comes as a data address: the content policy lets no font in that way.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { desk: join(root, 'src/web/console/app/main.tsx') } },
    },
  });
  press(join(root, 'dist', 'web', 'assets'));
  // The font goes with its licence.
  const font = join(root, 'node_modules', '@fontsource-variable', 'noto-sans-sc', 'LICENSE');
  copyFileSync(font, join(root, 'dist', 'web', 'assets', 'noto-sans-sc.LICENSE.txt'));
}

/** The field app by itself: a phone loads nothing of the desk. Its service worker is one plain script. */
async function buildField(root, build, react) {
  const outDir = join(root, 'dist', 'field');
  await build({
    root,
    configFile: false,
    base: '/assets/field/',
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: OLDEST,
      rolldownOptions: { input: { field: join(root, 'src/web/field/app/main.tsx') } },
    },
  });
  press(join(outDir, 'assets'));
  await bundle({
    absWorkingDir: root,
    entryPoints: ['src/web/field/worker.ts'],
    outfile: join(outDir, 'worker.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: OLDEST,
    logLevel: 'warning',
  });
}

/** What the field app is made of, to be looked at: by itself, so that phones carry nothing of it. */
async function buildGallery(root, build, react) {
  await build({
    root,
    configFile: false,
    base: '/assets/gallery/',
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(root, 'dist', 'gallery'),
      emptyOutDir: true,
      target: OLDEST,
      rolldownOptions: { input: { field: join(root, 'src/web/field/app/gallery.tsx') } },
    },
  });
}

/** Pressed once here, not at each request. */
function press(folder) {
  for (const name of readdirSync(folder).filter((one) => /\.(m?js|css)$/.test(one))) {
    const bytes = readFileSync(join(folder, name));
    const tight = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, tight));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes));
  }
}
