import { plantRealm } from '../../seeds/planting.ts';
import { type AreaLevel, areaLevels } from '../domains/land/areas/index.ts';
import { Problem } from '../kernel/problem.ts';
import { listRealms } from '../kernel/reaction.ts';
import { cliProblems } from './problems.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface RealmOptions {
  readonly realm?: string;
  readonly name: string;
  readonly code: string;
  readonly level: AreaLevel;
  readonly zone: string;
}

export const realmLevels = areaLevels.filter((level) => level === 'province' || level === 'city' || level === 'county');

/** An empty county that can take its first report: calendars, the everyday standard, the root area and its seats. */
export async function createRealm(terminal: Terminal, options: RealmOptions): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = Number(options.realm ?? config.realm);
    if ((await listRealms(runtime)).includes(realm)) throw new Problem(cliProblems['cli.realm_exists'], { realm });
    const { name, zone, code, level } = options;
    await plantRealm(runtime, { realm, name, zone, root: { id: runtime.ids.newId(), level, code, name } });
    terminal.say({
      zh: `${name}（编号 ${realm}）已建立。下一步：jingwei account create 登录名 --admin`,
      en: `${name} (realm ${realm}) is made. Next: jingwei account create LOGIN --admin`,
    });
    terminal.result({ realm, name });
  });
}
