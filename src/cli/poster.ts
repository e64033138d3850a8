import { atlasOf, requireArea, walled } from '../domains/land/areas/index.ts';
import { type PaperSize, sheetOf } from '../http/pages/posters.ts';
import { asSystem } from '../kernel/entrance.ts';
import { realmOf } from '../kernel/realm.ts';
import { transact } from '../kernel/transaction.ts';
import { areaOf } from './area_named.ts';
import { requireRealm } from './operator.ts';
import { writeNew } from './poster.outside.ts';
import { warnOfAddress } from './slips.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface PosterOptions {
  readonly size: PaperSize;
  readonly realm?: string;
}

/** `jingwei poster 二运社区 二运.html`: one file to print, a page for each grid. */
export async function printPosters(
  terminal: Terminal,
  typed: string,
  file: string,
  { size, realm: named }: PosterOptions,
): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, named ?? String(config.realm));
    const { name, zone, grids } = await transact(runtime, asSystem(realm, 'operator'), async (ctx) => {
      const [atlas, of] = [await atlasOf(ctx), await realmOf(ctx)];
      const found = walled(atlas, await requireArea(ctx, await areaOf(ctx, typed)));
      return { ...of, grids: found.map(({ id, code, name: grid }) => ({ code, name: grid, path: atlas.path(id) })) };
    });
    const told = { county: name, zone, now: runtime.clock.now(), by: '', size, publicUrl: config.publicUrl };
    writeNew(file, sheetOf(told, grids, 'within'));
    warnOfAddress(terminal, config);
    terminal.say({ zh: `${grids.length} 张，写在 ${file}。`, en: `${grids.length} posters in ${file}.` });
    terminal.result({ file, codes: grids.map(({ code }) => code) });
  });
}
