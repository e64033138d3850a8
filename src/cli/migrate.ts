import { migrate } from '../kernel/database/migrate.ts';
import { atStation } from './station.ts';
import type { Terminal } from './terminal.ts';

/** Brings the tables to this release; on a server of one's own it needs JINGWEI_DATABASE_OWNER. */
export async function migrateDatabase(terminal: Terminal): Promise<void> {
  await atStation(terminal, async ({ database }) => {
    const { applied } = await migrate(database.access);
    terminal.say(
      applied.length === 0
        ? { zh: '数据库结构已经是最新的。', en: 'The database is up to date.' }
        : { zh: `已升级：${applied.join('、')}`, en: `Applied: ${applied.join(', ')}` },
    );
    terminal.result({ applied });
  });
}
