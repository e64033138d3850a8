import type { Places } from './places.ts';

const small = {
  shared_buffers: '128MB',
  max_connections: '100',
  jit: 'off',
  // A county can be filled within minutes; what the planner knows must not be older.
  autovacuum_naptime: '15s',
  cluster_name: 'jingwei',
  lc_messages: 'C',
};

/** What we tell users about this database rests on these; nobody may change them. */
const promised = {
  // What was acknowledged survives a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  password_encryption: 'scram-sha-256',
  unix_socket_permissions: '0700',
  log_destination: 'stderr',
  logging_collector: 'off',
  // No personal data in the log: neither statements nor their values, nor DETAIL: Key (phone)=(…) already exists.
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const ours = ['listen_addresses', 'port', 'unix_socket_directories', 'data_directory', 'hba_file', 'external_pid_file'];

/**
 * Errors of sessions (`invalid input syntax for type integer: "张三"`) go to the client that caused them and not into
 * the log; those of the checkpointer and its siblings, which have no client, still do. A setting of all roles is the
 * only way to tell the two apart.
 */
export const quietSessions = `ALTER ROLE ALL SET log_min_messages = 'log'`;

/** A wrong setting is a mistake of the caller's, said before anything is made. */
export function checkSettings(extra: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(extra)) {
    if (!/^[a-z_][a-z0-9_.]*$/.test(name)) throw new Error(`${name} is not the name of a PostgreSQL setting`);
    if (name in promised || ours.includes(name)) throw new Error(`${name} is promised and cannot be set`);
  }
}

/** The text of jingwei.conf, which postgresql.conf includes last and which is written anew at every start. */
export function settingsText(places: Places, tcpPort: number | null, extra: Readonly<Record<string, string>>): string {
  const all: Record<string, string> = { ...small, ...extra, ...promised, ...address(places, tcpPort) };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${quote(value)}`);
  return ['# Written anew by Jingwei at every start: put nothing here.', ...lines, ''].join('\n');
}

/** The address is a socket only its owner can reach; the port is then no more than a part of its name. */
function address(places: Places, tcpPort: number | null): Record<string, string> {
  if (tcpPort !== null) {
    return { listen_addresses: '127.0.0.1', port: String(tcpPort), unix_socket_directories: '' };
  }
  // A list of folders: without the double quotes a comma in the path would end it.
  const folder = `"${places.socket.replaceAll('"', '""')}"`;
  return { listen_addresses: '', port: '5432', unix_socket_directories: folder };
}

function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
