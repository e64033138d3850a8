import { statfsSync, statSync } from 'node:fs';
import { chineseHolidays } from '../domains/work/calendars/holidays.model.ts';
import { machineClock } from '../kernel/clock.ts';
import { withClient } from '../kernel/database/pools.ts';
import { countFailedJobs } from '../kernel/failed_jobs.ts';
import { listRealms } from '../kernel/reaction.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import type { Words } from '../kernel/words.ts';
import { type Station, withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

interface Finding {
  readonly check: string;
  readonly state: 'good' | 'warning' | 'bad';
  readonly says: Words;
}

/** Looks at what an operator should know; changes nothing. Ends with 3 when something is bad. */
export async function examine(terminal: Terminal): Promise<number> {
  return withRuntime(terminal, async (runtime, station) => {
    const findings = [
      ...checkKeys(station),
      checkDisk(station),
      await checkDatabase(runtime, station),
      checkHolidays(),
      ...(await checkRealms(runtime)),
    ];
    const marks = { good: '✓', warning: '!', bad: '✗' };
    for (const { state, says } of findings) terminal.line(`${marks[state]} ${says[terminal.language]}`);
    terminal.result({ findings });
    return findings.some((finding) => finding.state === 'bad') ? exitCodes.found : exitCodes.done;
  });
}

function checkKeys({ keys }: Station): Finding[] {
  const open = (statSync(keys.folder).mode & 0o077) !== 0;
  return [
    keys.isBackedUp
      ? { check: 'keys backed up', state: 'good', says: { zh: '密钥已另外备份', en: 'The keys are backed up apart' } }
      : {
          check: 'keys backed up',
          state: 'warning',
          says: {
            zh: `密钥还没有备份，或者备份之后又有删除：${keys.folder}。没有密钥，备份的数据打不开。请运行 jingwei keys backup 目录`,
            en: `The keys are not backed up, or something was forgotten since: ${keys.folder}. Without them a backup cannot be opened. Run jingwei keys backup FOLDER`,
          },
        },
    open
      ? {
          check: 'keys private',
          state: 'bad',
          says: { zh: '密钥目录别人也能读，请改成 0700', en: 'Others can read the folder of keys: make it 0700' },
        }
      : {
          check: 'keys private',
          state: 'good',
          says: { zh: '密钥目录只有本用户能读', en: 'Only this user can read the keys' },
        },
  ];
}

const GB = 1024 ** 3;

function checkDisk({ config, database }: Station): Finding {
  if (!database.embedded)
    return {
      check: 'disk',
      state: 'good',
      says: { zh: '数据在您自己的数据库服务器上', en: 'The data lies on your own database server' },
    };
  const { bavail, bsize } = statfsSync(config.dataFolder);
  const free = (bavail * bsize) / GB;
  const says = { zh: `数据盘还有 ${free.toFixed(1)} GB`, en: `${free.toFixed(1)} GB free where the data lies` };
  return { check: 'disk', state: free < 0.5 ? 'bad' : free < 5 ? 'warning' : 'good', says };
}

async function checkDatabase(runtime: OpenRuntime, { database }: Station): Promise<Finding> {
  const { rows } = await withClient(runtime.pools.keeper, (client) =>
    client.query<{ version: string; fsync: string; durable: string }>(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as durable`,
    ),
  );
  const { version = '?', fsync, durable } = rows[0] ?? {};
  const safe = fsync === 'on' && durable !== 'off';
  const where = `${database.access.label}, PostgreSQL ${version}`;
  return safe
    ? {
        check: 'database',
        state: 'good',
        says: { zh: `${where}:已确认的内容断电也不丢`, en: `${where}: what is acknowledged survives a power cut` },
      }
    : {
        check: 'database',
        state: 'bad',
        says: {
          zh: `${where}:fsync 或 synchronous_commit 关着，断电会丢数据`,
          en: `${where}: fsync or synchronous_commit is off, a power cut loses data`,
        },
      };
}

/** The years whose holidays are known; a deadline that reaches further is provisional. */
function checkHolidays(): Finding {
  const year = machineClock.now().getFullYear();
  const through = chineseHolidays.publishedThrough;
  const says = { zh: `法定节假日已公布到 ${through} 年`, en: `Public holidays are known through ${through}` };
  return { check: 'holidays', state: through < year ? 'bad' : through === year ? 'warning' : 'good', says };
}

async function checkRealms(runtime: OpenRuntime): Promise<Finding[]> {
  const realms = await listRealms(runtime);
  const counts = await Promise.all(realms.map((realm) => countFailedJobs(runtime, realm)));
  const failed = counts.reduce((all, count) => all + count, 0);
  return [
    realms.length > 0
      ? {
          check: 'realms',
          state: 'good',
          says: { zh: `已建立的县（市）：${realms.join('、')}`, en: `Realms: ${realms.join(', ')}` },
        }
      : {
          check: 'realms',
          state: 'warning',
          says: { zh: '还没有建立县（市）：jingwei realm create', en: 'No realm yet: jingwei realm create' },
        },
    failed === 0
      ? { check: 'jobs', state: 'good', says: { zh: '没有失败的后台任务', en: 'No job has given up' } }
      : {
          check: 'jobs',
          state: 'bad',
          says: {
            zh: `有 ${failed} 个后台任务没有办成，请管理员到 /console/operator/jobs 处理`,
            en: `${failed} jobs gave up; the administrator deals with them at /console/operator/jobs`,
          },
        },
  ];
}
