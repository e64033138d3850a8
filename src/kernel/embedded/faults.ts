import { statfs } from 'node:fs/promises';
import { Problem } from '../problem.ts';
import { embeddedProblems } from './embedded.problems.ts';

/** One segment of the write-ahead log: below that no database starts. */
const fullBelowBytes = 16 * 1024 * 1024;

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Makes a Problem of an error of the file system; anything else is a bug and is handed on. */
export function folderFault(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Problem(embeddedProblems['database.disk_full'], { path });
  const denied = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG'];
  if (!denied.includes(code)) return error;
  return new Problem(embeddedProblems['database.folder_denied'], {
    path,
    detail: String(error).split('\n')[0] ?? code,
  });
}

/** Makes a Problem of what initdb, pg_ctl and the server's log said. */
export async function programFault(folder: string, said: string, logFile: string): Promise<Problem> {
  // A full disk often cannot even take the line that says so, hence the look at the disk itself.
  if (/No space left on device|Disk quota exceeded/.test(said) || (await isFull(folder))) {
    return new Problem(embeddedProblems['database.disk_full'], { path: folder });
  }
  const detail = lastWords(said);
  if (/Permission denied|Operation not permitted|has wrong ownership|has invalid permissions/.test(said)) {
    return new Problem(embeddedProblems['database.folder_denied'], { path: folder, detail });
  }
  return new Problem(embeddedProblems['database.start_failed'], { path: logFile, detail });
}

async function isFull(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => null);
  return disk !== null && disk.bavail * disk.bsize < fullBelowBytes;
}

function lastWords(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const grave = lines.filter((line) => /FATAL|PANIC|error:|could not|invalid|unrecognized/.test(line));
  return (grave.length > 0 ? grave : lines).slice(-2).join(' · ').slice(-400);
}
