import { defineProblems } from '../kernel/problem.ts';

export const cliProblems = defineProblems({
  'cli.nothing_to_classify': {
    status: 422,
    title: {
      zh: '“{map}”的对照表没有分类和承办单位两列，没有答案可对',
      en: 'The map “{map}” names no column of kinds and bodies: there is no answer to compare with',
    },
    hint: {
      zh: '请在对照表的 columns 里写明 type 和 body，或换一张有这两列的表。',
      en: 'Name type and body in its columns, or take a table that has both.',
    },
  },
  'cli.too_few_months': {
    status: 422,
    title: {
      zh: '{rows} 件不够试算：学前三个月，考后面的',
      en: '{rows} cases are too few: three months are learned from, later ones judged',
    },
    hint: { zh: '请用四个月以上的案卷。', en: 'Take cases of more than three months.' },
  },
  'cli.login_invalid': {
    status: 422,
    title: { zh: '登录名“{login}”不合要求', en: '“{login}” cannot be a login' },
    hint: { zh: '2–40 位小写字母、数字，可以用 . _ -。', en: '2–40 small letters and digits, with . _ - allowed.' },
  },
  'cli.no_realm': {
    status: 404,
    title: { zh: '没有编号为 {realm} 的县（市）', en: 'There is no realm {realm}' },
    hint: {
      zh: '请先运行 jingwei realm create，或用 --realm 指定。',
      en: 'Run jingwei realm create first, or name one with --realm.',
    },
  },
  'cli.realm_exists': {
    status: 409,
    title: { zh: '编号 {realm} 已经用过', en: 'Realm {realm} exists already' },
    hint: { zh: '请换一个编号；没有改动任何内容。', en: 'Choose another number; nothing was changed.' },
  },
  'cli.not_empty': {
    status: 409,
    title: { zh: '数据库里已经有数据，没有建立演示县', en: 'The database is not empty, no demo county was planted' },
    hint: {
      zh: '演示数据只放进空库；要往前推进已有的演示县，请用 seed --until。',
      en: 'Demo data goes into an empty database only; to move an old demo forward use seed --until.',
    },
  },
  'cli.serving_already': {
    status: 409,
    title: { zh: '这个数据目录已经有一个服务在运行', en: 'A server is running on this data folder already' },
    hint: {
      zh: '请先停掉它，或者用 JINGWEI_DATA 指定另一个目录。没有改动任何内容。',
      en: 'Stop it first, or name another folder by JINGWEI_DATA. Nothing was changed.',
    },
  },
  'cli.in_use': {
    status: 409,
    title: {
      zh: '服务正在运行，现在不能建立或推进演示县',
      en: 'The demo county cannot be planted or moved while a server runs',
    },
    hint: {
      zh: '请先停掉服务，完成后再启动。没有改动任何内容。',
      en: 'Stop the server first and start it again afterwards. Nothing was changed.',
    },
  },
  'cli.in_use_by_server': {
    status: 409,
    title: { zh: '服务正在这个数据库上运行，不能恢复', en: 'A server runs on this database, nothing was restored' },
    hint: {
      zh: '恢复只放进空库。请先停掉服务，或者用 JINGWEI_DATA 指定一个新目录。没有改动任何内容。',
      en: 'A backup goes into an empty database. Stop the server, or name a new folder by JINGWEI_DATA. Nothing was changed.',
    },
  },
  'cli.code_invalid': {
    status: 422,
    title: { zh: '这不是查询码', en: 'This is not a tracking code' },
    hint: { zh: '查询码是 12 位，例如 K7QD-3XWM-9T2P。', en: 'It has 12 characters, for example K7QD-3XWM-9T2P.' },
  },
  'cli.no_area': {
    status: 404,
    title: { zh: '没有区域“{area}”', en: 'There is no area “{area}”' },
    hint: {
      zh: '请写编码、编号或者现在的全名；没有改动任何内容。',
      en: 'Give its code, id or present name. Nothing was changed.',
    },
  },
  'cli.area_unclear': {
    status: 409,
    title: { zh: '有 {count} 个区域叫“{area}”', en: '{count} areas are called “{area}”' },
    hint: { zh: '请写编码；没有改动任何内容。', en: 'Give its code. Nothing was changed.' },
  },
  'cli.form_invalid': {
    status: 422,
    title: { zh: '有几处填写不对', en: 'Some of what was given is not valid' },
    hint: { zh: '请改正以后再运行；没有改动任何内容。', en: 'Correct it and run again. Nothing was changed.' },
  },
  'cli.no_part': {
    status: 422,
    title: { zh: '文件里没有编码为 {code} 的部分', en: 'The file has no part with the code {code}' },
    hint: {
      zh: 'rest 和 children 要写 parts 里的编码；没有改动任何内容。',
      en: 'Write in rest and children a code that stands under parts. Nothing was changed.',
    },
  },
  'cli.form_unreadable': {
    status: 422,
    title: { zh: '文件 {file} 读不了，或者不是 JSON', en: '{file} cannot be read, or is no JSON' },
    hint: { zh: '请核对路径和内容；没有改动任何内容。', en: 'Check the path and the content. Nothing was changed.' },
  },
  'cli.figures_invalid': {
    status: 422,
    title: { zh: '有的选项读不懂，没有统计', en: 'An option cannot be read, nothing was counted' },
    hint: {
      zh: '日期写成 2026-11-21，时刻写成 2026-11-21T18:00:00+08:00。',
      en: 'Write days as 2026-11-21 and instants as 2026-11-21T18:00:00+08:00.',
    },
  },
  'cli.date_invalid': {
    status: 422,
    title: { zh: '日期“{date}”读不懂', en: '“{date}” is not a date' },
    hint: { zh: '请写成 2026-11-21 或 today。', en: 'Write 2026-11-21 or today.' },
  },
  'cli.file_unreadable': {
    status: 404,
    title: { zh: '文件 {file} 打不开（{says}）', en: 'The file {file} cannot be opened ({says})' },
    hint: { zh: '请核对路径和权限。没有改动任何内容。', en: 'Check path and permissions. Nothing was changed.' },
  },
  'cli.file_exists': {
    status: 409,
    title: { zh: '{file} 已经有了', en: '{file} is there already' },
    hint: {
      zh: '请换一个名字：已有的启用单不会被覆盖。没有改动任何内容。',
      en: 'Choose another name: slips that are there are not overwritten. Nothing was changed.',
    },
  },
  'cli.file_unwritable': {
    status: 422,
    title: { zh: '{file} 写不了（{says}）', en: '{file} cannot be written ({says})' },
    hint: { zh: '请核对路径和权限。没有改动任何内容。', en: 'Check path and permissions. Nothing was changed.' },
  },
  'cli.nobody': {
    status: 404,
    title: { zh: '没有叫“{typed}”的人或账号', en: 'Nobody has the name or login “{typed}”' },
    hint: { zh: '请核对。没有改动任何内容。', en: 'Check it. Nothing was changed.' },
  },
  'cli.person_unclear': {
    status: 409,
    title: { zh: '有 {count} 个人叫“{typed}”', en: '{count} people are called “{typed}”' },
    hint: { zh: '请写账号。没有改动任何内容。', en: 'Write the login. Nothing was changed.' },
  },
  'cli.no_body': {
    status: 404,
    title: { zh: '没有叫“{typed}”的单位', en: 'No body is called “{typed}”' },
    hint: { zh: '请核对名称。没有改动任何内容。', en: 'Check the name. Nothing was changed.' },
  },
  'cli.no_post': {
    status: 404,
    title: { zh: '没有“{typed}”这个岗位', en: 'There is no post “{typed}”' },
    hint: {
      zh: '写法：岗位@区域或单位，例如 网格员@桥头第1网格。没有改动任何内容。',
      en: 'Write role@area or role@body, such as body_head@NAME. Nothing was changed.',
    },
  },
  'cli.slip_for_whom': {
    status: 422,
    title: { zh: '没有说给谁打印启用单', en: 'It was not said whom the slips are for' },
    hint: {
      zh: '写账号（可以几个），或者用 --waiting 给所有还没有启用、手上没有有效启用单的人。没有改动任何内容。',
      en: 'Name logins, or use --waiting for all who have not activated and hold no valid slip. Nothing was changed.',
    },
  },
  'cli.days_invalid': {
    status: 422,
    title: { zh: '“{days}”不是天数', en: '“{days}” is no number of days' },
    hint: { zh: '请写 1 到 {most}。没有改动任何内容。', en: 'Write 1 to {most}. Nothing was changed.' },
  },
  'cli.file_encoding': {
    status: 422,
    title: { zh: '文件 {file} 的编码读不懂', en: 'The encoding of {file} is not known' },
    hint: {
      zh: '请另存为 UTF-8 或 GBK 的 CSV；Excel 工作簿要先另存为 CSV。没有改动任何内容。',
      en: 'Save it as CSV in UTF-8 or GBK; a workbook needs saving as CSV first. Nothing was changed.',
    },
  },
  'cli.file_empty': {
    status: 422,
    title: { zh: '文件 {file} 里没有数据行', en: 'The file {file} has no rows' },
    hint: { zh: '第一行是列名，下面才是数据。没有改动任何内容。', en: 'Titles first, then rows. Nothing was changed.' },
  },
  'cli.file_not_table': {
    status: 422,
    title: { zh: '文件 {file} 不是表格：{says}', en: 'The file {file} is no table: {says}' },
    hint: { zh: '请另存为 CSV。没有改动任何内容。', en: 'Save it as CSV. Nothing was changed.' },
  },
  'cli.file_not_json': {
    status: 422,
    title: { zh: '文件 {file} 不是 JSON：{says}', en: 'The file {file} is not JSON: {says}' },
    hint: { zh: '文件可能没有下载完整。没有改动任何内容。', en: 'It may be incomplete. Nothing was changed.' },
  },
  'cli.nothing_to_import': {
    status: 422,
    title: { zh: '没有说要导入什么', en: 'Nothing was named to import' },
    hint: {
      zh: '请用 --divisions、--polygons、--corners、--grids、--micro-grids 或 --confirm 指定。',
      en: 'Name it by --divisions, --polygons, --corners, --grids, --micro-grids or --confirm.',
    },
  },
  'cli.count_invalid': {
    status: 422,
    title: { zh: '“{count}”不是 1 到 999 的数量', en: '“{count}” is not a number from 1 to 999' },
    hint: {
      zh: '--grids 后面写每个社区的网格数，或一个表格文件。没有改动任何内容。',
      en: 'Give --grids a number for every community, or a table. Nothing was changed.',
    },
  },
});
