import { Command } from 'commander';
import { serve } from './serve.ts';
import { exitCodes, explain, openTerminal, type Terminal } from './terminal.ts';

/** `npx jingwei …`: one file a command; those that need no database start none. */
const program = new Command('jingwei')
  .description('经纬 Jingwei: the software a county, its townships and communities run on')
  .version('0.1.0')
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

program
  .command('serve')
  .description('运行服务 / run the server (the embedded database comes up by itself)')
  .action(carryOut((terminal) => serve(terminal)));

await program.parseAsync();
