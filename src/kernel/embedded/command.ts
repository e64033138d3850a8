import { spawn } from 'node:child_process';

interface Outcome {
  /** Exit code; 127 when the program could not be run at all, 128 when a signal ended it. */
  code: number;
  /** Both streams, at most the last 64 kB. */
  output: string;
}

// The settings of whoever started us (PGDATA, PGOPTIONS, LD_PRELOAD, a translated LC_MESSAGES) must not reach the
// database: it outlives them. Windows programs do not run without SystemRoot, so there everything is inherited (untried).
const cleanEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
};

/** Runs a program to its end and never throws: what cannot be run is an outcome as well. */
export function run(words: readonly string[], limitSeconds = 0): Promise<Outcome> {
  const [program = '', ...args] = words;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitSeconds * 1000,
      ...(process.platform === 'win32' ? {} : { env: cleanEnvironment, cwd: '/' }),
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-65_536);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 128, output: output.trim() }));
  });
}
