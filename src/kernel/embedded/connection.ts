import pg from 'pg';
import { superuser } from './context.ts';
import { codeOf } from './faults.ts';

/** Where a server listens: for pg, `host` is the socket folder. */
export interface Address {
  host: string;
  port: number;
}

/**
 * What a server says to our knock. `absent`: nobody listens. `not yet`: it starts, recovers, stops or is slow.
 * `denied`: it listens but our password is wrong.
 */
type Answer = { is: 'open'; client: pg.Client } | { is: 'absent' | 'not yet' | 'denied'; says: string };

const knockMilliseconds = 5_000;
const absentCodes = ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'];
const deniedCodes = ['28P01', '28000'];
// 57P01–57P03: stopped, crashed, not (or no longer) accepting; 53300: too many at this moment.
const laterCodes = ['57P01', '57P02', '57P03', '53300', 'ECONNRESET', 'EPIPE', 'EAGAIN'];

export async function knock(address: Address, password: string): Promise<Answer> {
  const client = new pg.Client({
    ...address,
    password,
    user: superuser,
    database: 'postgres',
    application_name: 'jingwei embedded',
    // Said outright, or PGSSLMODE and PGOPTIONS of whoever started us would be taken.
    ssl: false,
    // It must stay open however long it is idle, whatever the caller's settings say.
    options: '-c search_path=pg_catalog -c idle_session_timeout=0 -c statement_timeout=0 -c lock_timeout=0',
    connectionTimeoutMillis: knockMilliseconds,
  });
  // Without a listener a connection that breaks later would end the whole process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { is: 'open', client };
  } catch (error) {
    void client.end().catch(() => undefined);
    return { is: meaningOf(error), says: String(error) };
  }
}

function meaningOf(error: unknown): 'absent' | 'not yet' | 'denied' {
  const code = codeOf(error);
  if (absentCodes.includes(code)) return 'absent';
  if (deniedCodes.includes(code)) return 'denied';
  if (isCutOff(error)) return 'not yet';
  throw error;
}

/** Was the connection (or the attempt) ended by the server's going, rather than by something we asked? */
export function isCutOff(error: unknown): boolean {
  if (laterCodes.includes(codeOf(error))) return true;
  return error instanceof Error && /terminated|timeout expired|not queryable|was closed/i.test(error.message);
}
