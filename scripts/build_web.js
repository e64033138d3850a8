import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** The oldest browser the desk is made for: the last Chromium for Windows 7. */
const OLDEST = 'chrome109';

/** The desk as files with names of their content. Who installs without development packages works with the plain pages. */
export async function buildWeb(root) {
  const tools = await Promise.all([import('vite'), import('@vitejs/plugin-react')]).catch(() => null);
  if (!tools) return;
  const [{ build }, { default: react }] = tools;
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
      rolldownOptions: { input: { desk: join(root, 'src/web/console/app/main.tsx') } },
    },
  });
  press(join(root, 'dist', 'web', 'assets'));
}

/** Pressed once here, not at each request. */
function press(folder) {
  for (const name of readdirSync(folder).filter((one) => /\.(js|css)$/.test(one))) {
    const bytes = readFileSync(join(folder, name));
    const tight = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, tight));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes));
  }
}
