import { Command, Option } from 'commander';
import { forgetReasons } from '../domains/work/casefiles/index.ts';
import { paperSizes } from '../http/pages/posters.ts';
import { type AccountOptions, createAccount, createApiKey, resetAccount } from './account.ts';
import {
  type ActOptions,
  actOn,
  correcting,
  merging,
  moving,
  renaming,
  splitting,
  type ZoneOptions,
  zones,
} from './area.ts';
import { backUp, verifyBackup } from './backup.ts';
import { addDevices } from './device.ts';
import { examine } from './doctor.ts';
import { evaluateDuplicates } from './evaluate.ts';
import { evaluateClassification } from './evaluate_classification.ts';
import { type FigureOptions, recountFigures, tellFigures } from './figures.ts';
import { type ForgetOptions, forget } from './forget.ts';
import { checkForm } from './forms.ts';
import { type HandoverOptions, handover } from './handover.ts';
import { addImports } from './import.ts';
import { checkpoint, verify } from './journal.ts';
import { backUpKeys } from './keys.ts';
import { learn } from './learn.ts';
import { migrateDatabase } from './migrate.ts';
import { addNeighbours } from './neighbour.ts';
import { listOrganisations, raiseOrganisation, type StandDownOptions, standOrganisationDown } from './organisation.ts';
import { type PosterOptions, printPosters } from './poster.ts';
import { createRealm, type RealmOptions, realmLevels } from './realm.ts';
import { type ChainOptions, tellChain } from './responsibility.ts';
import { restore } from './restore.ts';
import { demoCounties, type SeedOptions, seed } from './seed.ts';
import { serve } from './serve.ts';
import { type ReissueOptions, reissueSlips } from './slips.ts';
import { tellTables } from './tables.ts';
import { exitCodes, explain, openTerminal, type Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** `npx jingwei …`: one file a command; those that need no database start none. */
const program = new Command('jingwei')
  .description('经纬 Jingwei: the software a county, its townships and communities run on')
  .version(VERSION)
  .option('--json', 'print the result as JSON, alone on the last line')
  .exitOverride((stop) => process.exit(stop.exitCode === 0 ? exitCodes.done : exitCodes.usage));

type Work<G extends unknown[]> = (terminal: Terminal, ...given: G) => Promise<number> | Promise<void>;

/** Besides http the place where a Problem is caught: it is explained, and the exit code says what kind it was. */
function carryOut<G extends unknown[]>(work: Work<G>): (...given: G) => Promise<void> {
  return async (...given) => {
    const terminal = openTerminal(program.opts<{ json?: boolean }>().json ?? false);
    try {
      process.exitCode = (await work(terminal, ...given)) ?? exitCodes.done;
    } catch (error) {
      process.exitCode = explain(terminal, error);
    }
  };
}

const inRealm = ['--realm <number>', 'which county or city, when there are several'] as const;

program
  .command('serve')
  .description('运行服务 / run the server; the embedded database comes up by itself')
  .action(carryOut((terminal) => serve(terminal)));
program
  .command('migrate')
  .description('升级数据库结构 / bring the tables to this release')
  .action(carryOut((terminal) => migrateDatabase(terminal)));
program
  .command('seed')
  .description('建立或推进演示县 / plant the demo county, or move an old one forward')
  .addOption(new Option('--what <which>', 'which demo').choices(demoCounties).default('county'))
  .option('--until <date>', 'the last day it lives through: 2026-11-21 or today', 'today')
  .action(carryOut((terminal, options: SeedOptions) => seed(terminal, options)));

const realm = program.command('realm').description('县、市 / counties and cities of this installation');
realm
  .command('create')
  .description('建立一个空的县（市） / make an empty county that can take its first report')
  .requiredOption('--name <name>', 'for example 安澜县')
  .requiredOption('--code <digits>', 'its official code')
  .addOption(new Option('--level <level>', 'what it is').choices(realmLevels).default('county'))
  .option('--zone <zone>', 'IANA time zone', 'Asia/Shanghai')
  .option(...inRealm)
  .action(carryOut((terminal, options: RealmOptions) => createRealm(terminal, options)));

program
  .command('poster <area> <file>')
  .description(
    '打印报事二维码：一个网格或下面每个网格一张 / posters to report by, for a grid or for each below an area',
  )
  .addOption(new Option('--size <size>', 'the paper').choices(paperSizes).default('a4'))
  .option(...inRealm)
  .action(
    carryOut((terminal, one: string, file: string, options: PosterOptions) =>
      printPosters(terminal, one, file, options),
    ),
  );

const dated = (command: Command): Command =>
  command
    .option('--preview', 'show what would change, change nothing')
    .option('--on <date>', 'the day from which it holds, not later than today')
    .option(...inRealm);
const area = program.command('area').description('区域变更 / acts on the tree of areas');
dated(area.command('rename <area>').description('更名 / another name or code'))
  .option('--name <name>', 'the new name')
  .option('--code <digits>', 'the new official code')
  .action(
    carryOut((terminal, one: string, options: ActOptions & { name?: string; code?: string }) =>
      actOn(terminal, options, renaming(one, options)),
    ),
  );
dated(area.command('move <area>').description('改属 / under another area'))
  .requiredOption('--under <area>', 'code, id or name of the area above from then on')
  .action(
    carryOut((terminal, one: string, options: ActOptions & { under: string }) =>
      actOn(terminal, options, moving(one, options)),
    ),
  );
dated(area.command('split <area>').description('拆分 / into parts told in a file'))
  .requiredOption('--form <file>', 'JSON with parts, rest (code of a part), children, posts')
  .action(
    carryOut((terminal, one: string, options: ActOptions & { form: string }) =>
      actOn(terminal, options, splitting(one, options)),
    ),
  );
dated(area.command('correct <area>').description('改正边界 / another border'))
  .requiredOption('--form <file>', 'JSON with boundary, from (who gives way), to (who takes what is given up)')
  .action(
    carryOut((terminal, one: string, options: ActOptions & { form: string }) =>
      actOn(terminal, options, correcting(one, options)),
    ),
  );
dated(area.command('merge <areas...>').description('合并 / into one of them or a new one'))
  .option('--into <area>', 'the area that stays')
  .option('--form <file>', 'JSON with the new area under “as”, boundary, posts')
  .action(
    carryOut((terminal, all: string[], options: ActOptions & { into?: string; form?: string }) =>
      actOn(terminal, options, merging(all, options)),
    ),
  );
area
  .command('zone [name]')
  .description('临时区划：列出、划定、结束 / zones: list, lay, end')
  .option('--area <area...>', 'the areas in it')
  .option('--purpose <words>', 'what for')
  .option('--from <date>', 'its first day')
  .option('--until <date>', 'the first day on which it no longer holds')
  .option('--end <id>', 'end this zone today')
  .option(...inRealm)
  .action(carryOut((terminal, name: string | undefined, options: ZoneOptions) => zones(terminal, name, options)));
addImports(program, carryOut, inRealm);
addNeighbours(program, carryOut, inRealm);
addDevices(program, carryOut, inRealm);

const account = program.command('account').description('账号 / accounts');
account
  .command('create <login>')
  .description('新建账号 / make an account with a first password')
  .option('--name <name>', 'the name of the person')
  .option('--admin', 'with the seat of the administrator')
  .option(...inRealm)
  .action(carryOut((terminal, login: string, options: AccountOptions) => createAccount(terminal, login, options)));
account
  .command('reset <login>')
  .description('重置密码和第二重验证 / new first password, second factor removed, sessions ended')
  .option(...inRealm)
  .action(carryOut((terminal, login: string, options: { realm?: string }) => resetAccount(terminal, login, options)));
account
  .command('slip [logins...]')
  .description('打印启用单，以前的作废 / print activation slips; earlier ones are void')
  .requiredOption('--slips <place>', 'one .html file, or a folder with one a person')
  .option('--waiting', 'for all who have not activated and hold no valid slip')
  .option('--days <number>', 'how long a slip holds; default 14')
  .option(...inRealm)
  .action(carryOut((terminal, logins: string[], options: ReissueOptions) => reissueSlips(terminal, logins, options)));

program
  .command('apikey')
  .description('接口密钥 / keys for programs')
  .command('create')
  .description('新建密钥，单独打印在最后一行 / make a key, printed alone on the last line')
  .requiredOption('--scope <scope...>', 'what it may do: report, open311')
  .option('--name <name>', 'whose it is')
  .option(...inRealm)
  .action(
    carryOut((terminal, options: { scope: string[]; name?: string; realm?: string }) =>
      createApiKey(terminal, options),
    ),
  );

program
  .command('keys')
  .description('密钥 / the keys that seal personal data')
  .command('backup <folder>')
  .description('把密钥复制到别处 / copy the keys to a place apart from the data')
  .action(carryOut((terminal, folder: string) => backUpKeys(terminal, folder)));

program
  .command('forget <code>')
  .description('按查询码删除报事人的个人信息 / erase the personal data of a reporter, by tracking code')
  .addOption(new Option('--reason <reason>', 'why').choices(forgetReasons).default('asked'))
  .option(...inRealm)
  .action(carryOut((terminal, code: string, options: ForgetOptions) => forget(terminal, code, options)));

const figures = program.command('figures').description('指标 / figures');
figures
  .command('casefiles')
  .description('案卷指标：分子、分母、除外，可打开记录 / figures over casefiles, and the records behind each')
  .option('--area <code>', 'code of the area; without it the whole county')
  .option('--from <day>', 'first day; default: the first of the month of --to')
  .option('--to <day>', 'last day, included; default: today')
  .option('--as-of <instant>', 'as it was known then; default: now')
  .addOption(new Option('--vintage <which>', 'areas as of today, or as cases were filed').choices(['today', 'filed']))
  .addOption(new Option('--by <what>', 'rows beside each figure: areas below, or bodies').choices(['area', 'body']))
  .option('--pack <code>', 'whose formulas')
  .option('--records <figure>', 'the cases behind this figure')
  .addOption(new Option('--part <part>', 'which of them').choices(['all', 'numerator', 'denominator', 'excluded']))
  .option('--split <row>', 'only one row of the table: the id of an area or body, none, or others')
  .option('--before <key>', 'go on after this line')
  .option('--most <number>', 'lines at once, at most 200')
  .option(...inRealm)
  .action(carryOut((terminal, options: FigureOptions) => tellFigures(terminal, options)));
figures
  .command('recount')
  .description('把汇总数与逐件重数核对 / compare the sums behind the figures with a full count')
  .option('--mend', 'make all sums anew when one differs')
  .option(...inRealm)
  .action(carryOut((terminal, options: { realm?: string; mend?: boolean }) => recountFigures(terminal, options)));

program
  .command('responsibility')
  .description('责任链：缺口、过载 / who answers for what: gaps and overload')
  .option('--area <code>', 'code of the area; without it the whole county')
  .option('--list <finding>', 'open one of the numbers')
  .option('--most-posts <number>', 'more posts than this in one person are too many; default 3')
  .option('--most-areas <number>', 'more areas; default 5')
  .option('--most-cases <number>', 'more open duties; default 50')
  .option('--few-households <number>', 'fewer households make a small grid; default 100')
  .option('--many-households <number>', 'more make a large one; default 500')
  .option(...inRealm)
  .action(carryOut((terminal, options: ChainOptions) => tellChain(terminal, options)));

program
  .command('handover <from> <to>')
  .description('移交：岗位、包保、手上的待办 / posts, responsibilities and open duties to somebody else')
  .option('--post <post...>', 'only these, such as 网格员@桥头第1网格')
  .option('--preview', 'show what would go, change nothing')
  .option(...inRealm)
  .action(
    carryOut((terminal, from: string, to: string, options: HandoverOptions) => handover(terminal, from, to, options)),
  );

const organisation = program.command('organisation').description('临时组织 / temporary organisations');
organisation
  .command('raise <file>')
  .description('成立 / as a JSON file tells')
  .option(...inRealm)
  .action(
    carryOut((terminal, file: string, options: { realm?: string }) => raiseOrganisation(terminal, file, options)),
  );
organisation
  .command('stand-down <name>')
  .description('撤销，待办交给别的单位 / end it; what is open goes to other bodies')
  .option('--to <body>', 'who takes over what nobody else is named for')
  .option('--duty <id=body...>', 'who takes over this one')
  .option('--preview', 'show what would be left with nobody, change nothing')
  .option(...inRealm)
  .action(
    carryOut((terminal, name: string, options: StandDownOptions) => standOrganisationDown(terminal, name, options)),
  );
organisation
  .command('list')
  .description('现有的 / those that stand')
  .option(...inRealm)
  .action(carryOut((terminal, options: { realm?: string }) => listOrganisations(terminal, options)));

const journal = program.command('journal').description('台账流水 / the journal');
journal
  .command('verify')
  .description(
    '核对封印和检查点，并从流水重算案卷、隐患、文件事项、巡查、卡口和时限 / check the seals and checkpoints, replay records and clocks',
  )
  .option('--against <file>', 'checkpoints kept elsewhere, besides those of JINGWEI_CHECKPOINTS')
  .action(carryOut((terminal, options: { against?: string }) => verify(terminal, options)));
journal
  .command('checkpoint <place>')
  .description('把签名的检查点写到数据库之外 / append signed checkpoints to a file or folder outside the database')
  .action(carryOut((terminal, place: string) => checkpoint(terminal, place)));

const backup = program
  .command('backup')
  .description('备份全部数据到一个加密文件 / back everything up into one sealed file')
  .argument('<file>', 'a name that is not taken yet')
  .action(carryOut((terminal, file: string) => backUp(terminal, file)));
backup
  .command('verify <file>')
  .description('核对一份备份，不需要数据库 / read a backup to its end; needs no database')
  .option('--restore', 'restore it for trial into a database of its own, compare and throw that away')
  .action(carryOut((terminal, file: string, options: { restore?: boolean }) => verifyBackup(terminal, file, options)));
program
  .command('restore <file>')
  .description('把备份恢复到一个空的数据库 / restore a backup into an empty database')
  .action(carryOut((terminal, file: string) => restore(terminal, file)));

program
  .command('learn')
  .description('从以往的办理中学 / learn from past work')
  .command('dispatch')
  .description('从以往派遣学分类和责任单位，存为新的一版 / kinds of work and bodies, kept as the next version')
  .option(...inRealm)
  .action(carryOut((terminal, options: { realm?: string }) => learn(terminal, options)));

program
  .command('tables <file>')
  .description('一个表格文件里有哪些表、各列是什么 / which tables a workbook has, and what their columns hold')
  .action(carryOut((terminal, file: string) => tellTables(terminal, file)));

program
  .command('forms')
  .description('表单 / forms')
  .command('check <file>')
  .description('一份 XLSForm 成了哪些问题，哪些格子不支持 / what an XLSForm becomes, and which of its cells do not')
  .action(carryOut((terminal, file: string) => checkForm(terminal, file)));

const evaluate = program
  .command('evaluate')
  .description('试算 / try a rule out on records of the past; needs no database');
evaluate
  .command('classification')
  .description(
    '分类和责任单位：学前几个月，考后几个月 / kinds and bodies: learns from earlier months, is tried on later ones',
  )
  .requiredOption('--cases <file>', 'cases with words, kind and body')
  .requiredOption('--map <map>', 'how its columns are read, such as seeds/maps/boston.json')
  .action(carryOut((terminal, options: { cases: string; map: string }) => evaluateClassification(terminal, options)));
evaluate
  .command('duplicates')
  .description('重复上报：学前几个月，考后几个月 / repeats: learns from earlier months, is tried on later ones')
  .requiredOption(
    '--cases <file>',
    'reports with place, time, kind and words; the map in seeds/maps is found by the header',
  )
  .requiredOption('--labels <file>', 'csv with case_id, duplicate_of: what staff closed as a repeat, and of which')
  .action(carryOut((terminal, options: { cases: string; labels: string }) => evaluateDuplicates(terminal, options)));

program
  .command('doctor')
  .description('体检 / look at keys, disk, database, calendars, failed jobs')
  .action(carryOut((terminal) => examine(terminal)));

await program.parseAsync();
