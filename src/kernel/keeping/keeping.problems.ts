import { defineProblems } from '../problem.ts';

export const keepingProblems = defineProblems({
  'backup.exists': {
    status: 409,
    title: { zh: '{path} 已经存在，没有覆盖', en: '{path} exists already and was not overwritten' },
    hint: { zh: '请换一个文件名，例如带上日期。', en: 'Choose another name, with the date for instance.' },
  },
  'backup.cannot_write': {
    status: 503,
    title: { zh: '写不了 {path}({fault})', en: '{path} cannot be written ({fault})' },
    hint: {
      zh: '请检查目录是否存在、是否有权限。没有留下半个文件，数据没有改动。',
      en: 'Look whether the folder exists and may be written. No half file was left, the data is untouched.',
    },
  },
  'backup.disk_full': {
    status: 503,
    title: { zh: '磁盘满了，备份没有做成：{path}', en: 'The disk is full, no backup was made: {path}' },
    hint: {
      zh: '请腾出空间，或者写到另一个盘。没有留下半个文件，以前的备份和数据都没有改动。',
      en: 'Free some space or write to another disk. No half file was left; older backups and the data are untouched.',
    },
  },
  'backup.rows_hidden': {
    status: 503,
    title: { zh: '备份看不全 {table}，没有做成', en: 'The backup does not see all of {table}; none was made' },
    hint: {
      zh: '这张表的行级权限被改过，keeper 看不到全部行({seen} / {there})。请用 jingwei migrate 核对数据库，改回后再备份。',
      en: 'Its row security was changed, the keeper does not see every row ({seen} of {there}). Put the policy right and try again.',
    },
  },
  'backup.cannot_read': {
    status: 404,
    title: { zh: '读不了 {path}({fault})', en: '{path} cannot be read ({fault})' },
    hint: { zh: '请核对文件名和权限。', en: 'Check the name and the permissions.' },
  },
  'backup.not_one': {
    status: 422,
    title: { zh: '{path} 不是经纬的备份', en: '{path} is not a backup of Jingwei' },
    hint: { zh: '请核对文件名；没有改动任何内容。', en: 'Check the name; nothing was changed.' },
  },
  'backup.newer_format': {
    status: 422,
    title: { zh: '{path} 是更新的版本做的备份', en: '{path} was made by a newer release' },
    hint: {
      zh: '它的格式或表结构({what})本程序不认识。请换用做备份时的版本或更新的版本；没有改动任何内容。',
      en: 'This program does not know its format or its tables ({what}). Use the release that made it, or a newer one; nothing was changed.',
    },
  },
  'backup.wrong_key': {
    status: 422,
    title: { zh: '这份备份不是用现在的密钥做的', en: 'This backup was not made with these keys' },
    hint: {
      zh: '请把 JINGWEI_KEYS 指向做备份时那份密钥(jingwei keys backup 留下的)；没有改动任何内容。',
      en: 'Point JINGWEI_KEYS at the keys it was made with (the copy that jingwei keys backup made); nothing was changed.',
    },
  },
  'backup.damaged': {
    status: 422,
    title: {
      zh: '备份被改动或损坏：第 {from}–{to} 字节之间',
      en: 'The backup was changed or damaged, between bytes {from} and {to}',
    },
    hint: {
      zh: '这份备份一个字也不会用。请换另一份；没有改动任何内容。',
      en: 'Nothing of it will be used. Take another one; nothing was changed.',
    },
  },
  'backup.cut': {
    status: 422,
    title: { zh: '备份不完整：到第 {at} 字节就断了', en: 'The backup is cut off after byte {at}' },
    hint: {
      zh: '多半是复制没有完成。请重新复制或换另一份；没有改动任何内容。',
      en: 'Most likely a copy was not finished. Copy it again or take another one; nothing was changed.',
    },
  },
  'backup.differs': {
    status: 422,
    title: { zh: '{table} 恢复出来与备份不一样', en: '{table} is not, when restored, what the backup holds' },
    hint: {
      zh: '恢复已全部撤回，数据库还是空的。请保留这份备份并告诉维护者。',
      en: 'All of it was undone, the database is empty as before. Keep the backup and tell the maintainers.',
    },
  },
  'restore.not_empty': {
    status: 409,
    title: { zh: '数据库里已经有数据，没有恢复', en: 'The database is not empty, nothing was restored' },
    hint: {
      zh: '恢复只放进空库。请用 JINGWEI_DATA 指定一个新目录，或者新建一个数据库；原有数据没有改动。',
      en: 'A backup goes into an empty database only. Name a new folder by JINGWEI_DATA or make a new database; what is there is untouched.',
    },
  },
  'restore.not_fresh': {
    status: 409,
    title: {
      zh: '这个空库的表结构比备份新({newer})',
      en: 'The tables of this empty database are newer than the backup ({newer})',
    },
    hint: {
      zh: '请用一个全新的数据库或新的 JINGWEI_DATA 目录：先按备份的结构恢复，再升级。没有改动任何内容。',
      en: 'Use an altogether new database or JINGWEI_DATA folder: it is restored with the structure of the backup and then brought up to date. Nothing was changed.',
    },
  },
});
