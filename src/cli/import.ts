import type { Command } from 'commander';
import { type CasefilesOptions, importCases, undo } from './import_casefiles.ts';
import type { Terminal } from './terminal.ts';

type CarryOut = <G extends unknown[]>(
  work: (terminal: Terminal, ...given: G) => Promise<number> | Promise<void>,
) => (...given: G) => Promise<void>;

/** `jingwei import …`: what comes from other systems. */
export function importCommands(program: Command, carryOut: CarryOut): void {
  const group = program.command('import').description('导入 / take in what other systems hold');
  group
    .command('casefiles <file>')
    .description('导入案卷或留言（csv、csv.gz、xlsx） / cases or messages from a table, read by a map')
    .requiredOption('--map <map>', 'how its columns are read, such as seeds/maps/boston.json')
    .option('--area <code>', 'the area in whose queue rows without a place go')
    .option('--dry-run', 'say what would happen and write nothing')
    .option('--realm <number>', 'which county or city, when there are several')
    .action(carryOut((terminal, file: string, options: CasefilesOptions) => importCases(terminal, file, options)));
  group
    .command('undo <batch>')
    .description('撤回一个导入批次 / withdraw what a batch brought, where nobody has worked on it')
    .option('--realm <number>', 'which county or city, when there are several')
    .action(carryOut((terminal, batch: string, options: { realm?: string }) => undo(terminal, batch, options)));
}
