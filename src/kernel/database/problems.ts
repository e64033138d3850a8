import { defineProblems } from '../problem.ts';

export const databaseProblems = defineProblems({
  'database.refuses_us': {
    status: 503,
    title: { zh: '数据库不让我们登录', en: 'The database does not let us in' },
    hint: {
      zh: '数据库还没有用 jingwei migrate 准备好，或者 JINGWEI_KEYS 不是当时的那份密钥。请核对后重试；没有改动任何内容。',
      en: 'It was not prepared by jingwei migrate, or JINGWEI_KEYS is not the folder it was prepared with. Check and try again; nothing was changed.',
    },
  },
  'database.role_too_mighty': {
    status: 503,
    title: {
      zh: '数据库用户 {role} 权限过大，程序拒绝启动',
      en: 'The database role {role} is too mighty, nothing was started',
    },
    hint: {
      zh: '超级用户、BYPASSRLS 或表的所有者会绕过行级权限。请换一个普通用户（见 docs/guides/run-on-postgres.md）。',
      en: 'A superuser, a BYPASSRLS role or the owner of the tables steps around row security. Use a plain role (docs/guides/run-on-postgres.md).',
    },
  },
  'database.not_migrated': {
    status: 503,
    title: { zh: '数据库结构不是本版本的', en: 'The database does not have the structure of this release' },
    hint: { zh: '请先运行 jingwei migrate。缺少：{missing}', en: 'Run jingwei migrate first. Missing: {missing}' },
  },
  'database.newer': {
    status: 503,
    title: { zh: '数据库结构比本程序新', en: 'The database is newer than this program' },
    hint: {
      zh: '数据库里已有 {unknown}，本程序没有。请使用更新的版本；没有做任何改动。',
      en: 'The database already has {unknown}, this program does not. Use a newer release; nothing was changed.',
    },
  },
  'database.no_owner': {
    status: 503,
    title: { zh: '没有给出数据库所有者', en: 'The owner of the database is not given' },
    hint: {
      zh: '升级数据库结构要设置 JINGWEI_DATABASE_OWNER。',
      en: 'Set JINGWEI_DATABASE_OWNER to change the structure of the database.',
    },
  },
  'database.too_old': {
    status: 503,
    title: { zh: 'PostgreSQL 版本太旧({version})', en: 'This PostgreSQL is too old ({version})' },
    hint: { zh: '需要 15 或更新的版本。', en: 'Version 15 or newer is needed.' },
  },
  'database.away': {
    status: 503,
    title: { zh: '数据库暂时连不上', en: 'The database cannot be reached at the moment' },
    hint: {
      zh: '请稍等一分钟再试。正在提交的，不能确定是否已经保存；请用原来的页面再提交一次，不会产生两条。',
      en: 'Try again in a minute. What you were sending may or may not have been saved; send it again from the same page, it is recorded once.',
    },
  },
  'database.busy': {
    status: 503,
    title: { zh: '别人正在办同一件事', en: 'Somebody else is working on the same matter' },
    hint: {
      zh: '请稍后再试。这次没有保存；用原来的页面再提交一次，不会产生两条。',
      en: 'Try again in a moment. This was not saved; send it again from the same page, it is recorded once.',
    },
  },
  'database.slow': {
    status: 503,
    title: { zh: '等了太久，已经停下', en: 'This took too long and was stopped' },
    hint: {
      zh: '这次没有保存。请稍后再试；查询的范围大，就缩小一些。',
      en: 'Nothing was saved. Try again in a moment; if you asked for much, ask for less.',
    },
  },
  'database.full': {
    status: 503,
    title: { zh: '数据盘满了，没有保存', en: 'The data disk is full; this was not saved' },
    hint: {
      zh: '请告诉管理员腾出或扩大数据盘，再用原来的页面提交一次。急事请先打电话。',
      en: 'Tell the administrator to free or enlarge the data disk, then send it again from the same page. If it is urgent, telephone.',
    },
  },
});
