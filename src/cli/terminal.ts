import cliProgress from 'cli-progress';
import { terminalLanguage } from '../kernel/config.ts';
import { Problem } from '../kernel/problem.ts';
import type { Language, Words } from '../kernel/words.ts';

/** How the shell commands speak: in the language of the terminal, or in JSON when a program asks. */
export interface Terminal {
  readonly language: Language;
  readonly json: boolean;
  say(words: Words): void;
  line(text: string): void;
  /** The result for programs; printed only with --json, alone on the last line. */
  result(value: unknown): void;
  progress(title: Words, total: number): Progress;
}

export interface Progress {
  to(done: number): void;
  done(): void;
}

/** Meaningful to scripts: 0 done, 1 refused (a Problem says why), 2 wrong usage, 3 a check found something, 70 a bug. */
export const exitCodes = { done: 0, refused: 1, usage: 2, found: 3, bug: 70 } as const;

export function openTerminal(json: boolean): Terminal {
  // Whoever reads us may have seen enough: `jingwei … | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const language = terminalLanguage();
  const out = (text: string): void => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  return {
    language,
    json,
    say: (words) => out(words[language]),
    line: out,
    result: (value) => json && process.stdout.write(`${JSON.stringify(value)}\n`),
    progress: (title, total) => openProgress(title[language], total, json),
  };
}

function openProgress(title: string, total: number, json: boolean): Progress {
  if (json || !process.stderr.isTTY) return { to: () => undefined, done: () => undefined };
  const bar = new cliProgress.SingleBar(
    { format: `${title} {bar} {percentage}%`, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0);
  return { to: (done) => bar.update(done), done: () => bar.stop() };
}

/** One of the places where a Problem is caught: says what happened and what to do, and how the command ended. */
export function explain(terminal: Terminal, error: unknown): number {
  if (!(error instanceof Problem)) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return exitCodes.bug;
  }
  const { language } = terminal;
  process.stderr.write(`${error.title[language]}\n${error.hint[language]}\n`);
  for (const { path, says } of error.faults) process.stderr.write(`  ${path}: ${says[language]}\n`);
  process.stderr.write(`(${error.code})\n`);
  return exitCodes.refused;
}
