import type { LearningTurn } from '../../work/suggestions/learning.model.ts';
import type { Backup, JournalCheck } from './backup.model.ts';
import type { Part, PartName, PartState } from './upkeep.model.ts';

/** How each part is, by plain rules: what is asked of it, from where on it needs a look, from where on an act. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const GB = 1024 ** 3;

const older = (at: Date | null, than: number, now: Date): boolean => at !== null && now.getTime() - at.getTime() > than;
const worst = (bad: boolean, near: boolean): PartState => (bad ? 'bad' : near ? 'near' : 'good');
const part = (
  name: PartName,
  state: PartState,
  says: Part['says'],
  more: Partial<Pick<Part, 'since' | 'act'>> = {},
): Part => ({ part: name, state, says, since: null, act: null, ...more });
const gigabytes = (bytes: number): string => (bytes / GB).toFixed(1);

interface Waiting {
  readonly waiting: number;
  readonly oldest: Date | null;
  readonly failed: number;
  readonly failedSince: Date | null;
}

export function databasePart(it: { version: string; startedAt: Date; bytes: number; durable: boolean }): Part {
  const size = (it.bytes / 1024 ** 2).toFixed(0);
  const says = {
    zh: `PostgreSQL ${it.version}，数据 ${size} MB${it.durable ? '，已确认的内容断电也不丢' : '，断电会丢数据'}`,
    en: `PostgreSQL ${it.version}, ${size} MB of data; ${it.durable ? 'what is acknowledged survives a power cut' : 'a power cut loses data'}`,
  };
  const act = it.durable
    ? null
    : {
        zh: '请打开数据库的 fsync 和 synchronous_commit，再重启。',
        en: 'Switch fsync and synchronous_commit on in the database and restart it.',
      };
  return part('database', worst(!it.durable, false), says, { since: it.startedAt, act });
}

export function jobsPart({ waiting, oldest, failed, failedSince }: Waiting, now: Date): Part {
  const stuck = older(oldest, 10 * MINUTE, now);
  const says = {
    zh: `排队 ${waiting} 个，停下 ${failed} 个`,
    en: `${waiting} waiting, ${failed} gave up`,
  };
  const act =
    failed > 0
      ? { zh: '看停下的原因，再试一次或放弃。', en: 'See why they gave up; run them again or put them aside.' }
      : stuck
        ? {
            zh: '最早的一个等了十分钟以上：请看程序日志，必要时重启程序，排队的不会丢。',
            en: 'The oldest has waited for more than ten minutes: look at the log, restart if need be; nothing that waits is lost.',
          }
        : null;
  const state = worst(failed > 0 || stuck, older(oldest, MINUTE, now));
  return part('jobs', state, says, { since: failed > 0 ? failedSince : oldest, act });
}

export function outboxPart({ waiting, oldest, failed, failedSince }: Waiting, now: Date): Part {
  const says = {
    zh: `等着发出 ${waiting} 条，发不出去 ${failed} 条`,
    en: `${waiting} waiting to leave, ${failed} given up`,
  };
  const late = older(oldest, HOUR, now);
  const near = older(oldest, 10 * MINUTE, now);
  const act =
    failed > 0 || near
      ? {
          zh: '看是哪个渠道、为什么；修好后重新发送，同一条对方只会收到一次。',
          en: 'See which channel and why; once mended send again, the receiver takes each only once.',
        }
      : null;
  return part('outbox', worst(failed > 0 || late, near), says, { since: failed > 0 ? failedSince : oldest, act });
}

export function phonesPart(
  { inUse, silent, since }: { inUse: number; silent: number; since: Date | null },
  days: number,
): Part {
  const says = {
    zh: `在用 ${inUse} 台，${days} 天以上没有同步 ${silent} 台`,
    en: `${inUse} in use, ${silent} not synced for ${days} days or more`,
  };
  const act =
    silent > 0
      ? {
          zh: '问一问拿手机的人；丢了的请停用。没同步的内容还在手机里。',
          en: 'Ask whoever holds it; revoke what is lost. What was not synced is still on the phone.',
        }
      : null;
  return part('phones', worst(false, silent > 0), says, { since, act });
}

const learn = {
  zh: '程序每晚自己学一次；等不及，在服务器上运行：jingwei learn dispatch',
  en: 'The program learns every night by itself; not to wait, run on the server: jingwei learn dispatch',
};

/** What past dispatches taught, and from how many. That there are too few yet is nobody's fault. */
export function learningPart(last: LearningTurn | null, now: Date): Part {
  const ended = last?.ended ?? null;
  const broken = last !== null && (ended === null || ended.at < last.begunAt) && older(last.begunAt, HOUR, now);
  const near = broken || older(ended?.at ?? null, 3 * DAY, now);
  const more = { since: ended?.at ?? null, act: near ? learn : null };
  if (broken) return part('learning', 'near', { zh: '上次没有学完', en: 'The last time it was not finished' }, more);
  if (ended === null)
    return part('learning', 'good', { zh: '还没有学过，每晚自己学一次', en: 'Not yet; it learns every night' }, more);
  const says = {
    learned: {
      zh: `从 ${ended.lessons} 件派遣学成第 ${ended.version} 版`,
      en: `Version ${ended.version}, learned from ${ended.lessons} dispatches`,
    },
    same: {
      zh: `看了 ${ended.lessons} 件派遣，没有新东西，还是第 ${ended.version} 版`,
      en: `Nothing new in ${ended.lessons} dispatches; version ${ended.version} stays`,
    },
    too_few: {
      zh: `能学的派遣只有 ${ended.lessons} 件，还不够`,
      en: `Only ${ended.lessons} dispatches to learn from: too few yet`,
    },
  }[ended.outcome];
  return part('learning', worst(false, near), says, more);
}

/** Every autumn the holidays of the next year are published; they come with a new release, or are typed into a calendar. */
export function holidaysPart(now: Date, through: number): Part {
  const year = now.getFullYear();
  const says = { zh: `法定节假日已知到 ${through} 年`, en: `Public holidays are known through ${through}` };
  const act =
    through > year
      ? null
      : {
          zh: `${year + 1} 年的安排还没有收录：国务院公布后请更新版本，或在“立案标准-工作日历”里写上。在那之前跨年的期限标“暂定”。`,
          en: `Those of ${year + 1} are not known yet: once they are published update, or write them into the calendars. Until then deadlines into that year are provisional.`,
        };
  return part('holidays', worst(through < year, through === year && now.getMonth() >= 10), says, { act });
}

export function diskPart(disk: { free: number; total: number } | null, embedded: boolean): Part {
  if (disk === null) return part('disk', 'near', { zh: '查不到磁盘还剩多少', en: 'How much is free cannot be told' });
  const holds = embedded
    ? { zh: '数据库和照片都在这里', en: 'database and photos lie here' }
    : { zh: '照片在这里，数据库在另一台服务器', en: 'photos lie here, the database on its own server' };
  const says = {
    zh: `剩 ${gigabytes(disk.free)} GB，共 ${gigabytes(disk.total)} GB；${holds.zh}`,
    en: `${gigabytes(disk.free)} of ${gigabytes(disk.total)} GB free; ${holds.en}`,
  };
  const act =
    disk.free < 5 * GB
      ? {
          zh: '请腾出空间或换大盘。磁盘满了就收不进新的内容，已有的不会丢。',
          en: 'Make room or take a larger disk. A full one takes in nothing new; what is there stays.',
        }
      : null;
  return part('disk', worst(disk.free < 0.5 * GB, disk.free < 5 * GB), says, { act });
}

export function backupPart(last: Backup | null, now: Date): Part {
  if (last === null)
    return part(
      'backup',
      'bad',
      { zh: '从来没有备份过', en: 'There has never been a backup' },
      { act: { zh: '在服务器上运行：jingwei backup 文件', en: 'On the server run: jingwei backup FILE' } },
    );
  const checks = {
    false: { zh: '核对时发现已损坏', en: 'found damaged when it was checked' },
    null: { zh: '没有核对过', en: 'not checked yet' },
    true: last.restored
      ? { zh: '核对过，试恢复过', en: 'checked, and restored for trial' }
      : { zh: '核对过，完好', en: 'checked and whole' },
  }[`${last.whole}`];
  const act =
    last.whole === null
      ? {
          zh: `核对它：jingwei backup verify ${last.path} --restore`,
          en: `Check it: jingwei backup verify ${last.path} --restore`,
        }
      : last.whole && !older(last.at, 36 * HOUR, now)
        ? null
        : { zh: '再做一份：jingwei backup 文件', en: 'Make another: jingwei backup FILE' };
  const bad = last.whole === false || older(last.at, 7 * DAY, now);
  return part('backup', worst(bad, last.whole === null || older(last.at, 36 * HOUR, now)), checks, {
    since: last.at,
    act,
  });
}

export const keysPart = (isBackedUp: boolean): Part =>
  isBackedUp
    ? part('keys', 'good', { zh: '密钥已另外备份', en: 'The keys are backed up apart' })
    : part(
        'keys',
        'bad',
        {
          zh: '密钥没有备份，或者备份之后又有删除',
          en: 'The keys are not backed up, or something was forgotten since',
        },
        {
          act: {
            zh: '没有密钥，备份打不开。在服务器上运行：jingwei keys backup 目录',
            en: 'Without them no backup opens. On the server run: jingwei keys backup FOLDER',
          },
        },
      );

export function journalPart(
  check: JournalCheck | null,
  seal: { position: number; sealedAt: Date | null },
  now: Date,
): Part {
  const sealed = { zh: `已封存 ${seal.position} 条`, en: `${seal.position} entries sealed` };
  const run = { zh: '在服务器上运行：jingwei journal verify', en: 'On the server run: jingwei journal verify' };
  if (check === null)
    return part(
      'journal',
      'near',
      { zh: `${sealed.zh}，还没有核对过`, en: `${sealed.en}, never checked` },
      { since: seal.sealedAt, act: run },
    );
  if (check.faults > 0)
    return part(
      'journal',
      'bad',
      { zh: `核对发现 ${check.faults} 处不一致`, en: `The check found ${check.faults} disagreements` },
      {
        since: check.at,
        act: {
          zh: '请马上报告，保留现场，不要覆盖旧备份。',
          en: 'Report it at once; keep everything as it is, and no old backup overwritten.',
        },
      },
    );
  const near = older(check.at, 31 * DAY, now);
  return part(
    'journal',
    worst(false, near),
    { zh: `${sealed.zh}，核对一致`, en: `${sealed.en}, and they agree` },
    { since: check.at, act: near ? run : null },
  );
}

export function checkpointPart(at: Date | null): Part {
  if (at === null)
    return part(
      'checkpoint',
      'near',
      { zh: '还没有检查点', en: 'There is no checkpoint yet' },
      {
        act: {
          zh: '程序每小时写一次；一直没有，请看 JINGWEI_CHECKPOINTS 指的目录能不能写。',
          en: 'The program writes one an hour; if none comes, see whether the folder of JINGWEI_CHECKPOINTS can be written.',
        },
      },
    );
  return part(
    'checkpoint',
    'good',
    {
      zh: '已写到数据库之外；台账不增加就不再写',
      en: 'Written outside the database; no more is written while the journal does not grow',
    },
    { since: at },
  );
}
