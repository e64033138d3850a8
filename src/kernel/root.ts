import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, from the sources and from the bundle alike. */
export const packageRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'migrations'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('the migrations folder is missing from this installation');
    folder = above;
  }
  return folder;
})();
