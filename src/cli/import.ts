import { type Command, Option } from 'commander';
import { datums } from '../kernel/geo.ts';
import { type ImportAreasOptions, importAreas } from './import_areas.ts';
import { type CasefilesOptions, importCases, undo } from './import_casefiles.ts';
import { type CategoryOptions, takeInCategories } from './import_categories.ts';
import { type ImportStaffOptions, importStaff } from './import_staff.ts';
import type { Terminal } from './terminal.ts';

type CarryOut = <G extends unknown[]>(
  work: (terminal: Terminal, ...given: G) => Promise<number> | Promise<void>,
) => (...given: G) => Promise<void>;

/** `jingwei import …`: what other systems hold; every row gets a verdict, twice does no harm. */
export function addImports(program: Command, carryOut: CarryOut, inRealm: readonly [string, string]): void {
  const group = program
    .command('import')
    .description('导入 / take in what other systems hold: every row gets a verdict');
  addAreas(group, carryOut, inRealm);
  addCasefiles(group, carryOut, inRealm);
  group
    .command('categories <file>')
    .description('导入分类体系（csv、xlsx） / a tree of categories, as the next version of the standard')
    .option('--map <map>', 'how its columns are read, such as seeds/maps/categories/citizen-messages.json')
    .option('--dry-run', 'say what would happen and write nothing')
    .option(...inRealm)
    .action(carryOut((terminal, file: string, options: CategoryOptions) => takeInCategories(terminal, file, options)));
  addStaff(group, carryOut, inRealm);
}

function addStaff(group: Command, carryOut: CarryOut, inRealm: readonly [string, string]): void {
  group
    .command('staff <file>')
    .description('导入单位、岗位、人员（xlsx、csv） / bodies, posts and people from a table')
    .option('--slips <place>', 'write activation slips: into one .html file, or a folder with one a person')
    .option('--days <number>', 'how long a slip holds; default 14')
    .option('--dry-run', 'say what would happen, write nothing')
    .option(...inRealm)
    .action(carryOut((terminal, file: string, options: ImportStaffOptions) => importStaff(terminal, file, options)));
}

function addAreas(group: Command, carryOut: CarryOut, inRealm: readonly [string, string]): void {
  group
    .command('areas')
    .description('导入区划、边界和网格 / divisions, borders and grids')
    .option('--divisions <file...>', 'tables of divisions: CSV or JSON, UTF-8 or GBK, also .gz')
    .option('--county <code...>', 'only these counties (6 digits) or cities (4); default: all below the root')
    .option('--grids <n|file>', 'number so many grids in every community, or as a table says: code, count, names')
    .option('--micro-grids <n|file>', 'the same below grids')
    .option('--polygons <file...>', 'borders: GeoJSON FeatureCollection')
    .option('--code-property <name>', 'where a feature has the code of its area')
    .option('--name-property <name>', 'where it has the name')
    .option('--corners <file...>', 'tables of corner points: code or name, order, x, y')
    .addOption(new Option('--datum <datum>', 'of the borders').choices(datums).default('wgs84'))
    .option('--take-questioned', 'also take borders that were questioned, after somebody has looked')
    .option('--compare', 'only compare: added, gone, renamed, moved, recoded; apply nothing')
    .option('--confirm <file>', 'apply proposals of --compare --json that somebody has read')
    .option('--dry-run', 'say what would happen, write nothing')
    .option(...inRealm)
    .action(carryOut((terminal, options: ImportAreasOptions) => importAreas(terminal, options)));
}

function addCasefiles(group: Command, carryOut: CarryOut, inRealm: readonly [string, string]): void {
  group
    .command('casefiles <file>')
    .description('导入案卷或留言（csv、csv.gz、xlsx） / cases or messages from a table, read by a map')
    .requiredOption('--map <map>', 'how its columns are read, such as seeds/maps/boston.json')
    .option('--area <code>', 'the area in whose queue rows without a place go')
    .option('--dry-run', 'say what would happen and write nothing')
    .option(...inRealm)
    .action(carryOut((terminal, file: string, options: CasefilesOptions) => importCases(terminal, file, options)));
  group
    .command('undo <batch>')
    .description('撤回一个导入批次 / withdraw what a batch brought, where nobody has worked on it')
    .option(...inRealm)
    .action(carryOut((terminal, batch: string, options: { realm?: string }) => undo(terminal, batch, options)));
}
