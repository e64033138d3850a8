/**
 * JSON lines on stderr. A log line carries codes, ids and counts; never a name, a phone number, words a user wrote or a
 * request's body.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  error(what: string, fields?: LogFields): void;
  warn(what: string, fields?: LogFields): void;
  info(what: string, fields?: LogFields): void;
  debug(what: string, fields?: LogFields): void;
}

const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof levels)[number];

export function openLog(level: LogLevel, now: () => Date, write: (line: string) => void): Log {
  const most = levels.indexOf(level);
  const at =
    (name: LogLevel) =>
    (what: string, fields: LogFields = {}): void => {
      if (levels.indexOf(name) <= most)
        write(`${JSON.stringify({ at: now().toISOString(), level: name, what, ...fields })}\n`);
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

export const silentLog: Log = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

/** What of an error may be logged: its kind and where it was thrown, not its message (which may quote a row). */
export function faultOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { fault: typeof error };
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    fault: error.name,
    code,
    constraint,
    table,
    where: frames
      .slice(0, 4)
      .map((line) => line.trim())
      .join(' | '),
  };
}
