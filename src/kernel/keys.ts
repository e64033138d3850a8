import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { flushFolderNow } from './durable_folder.ts';
import { deriveKey, hasNational, keyLength, type SuiteName, suiteOf } from './envelope.ts';
import type { Id } from './id.ts';
import { defineProblems, Problem } from './problem.ts';

/**
 * The keys of a deployment: one root key in a 0600 file of a 0700 folder that lies apart from the data and is backed up
 * apart. Who has only the data reads no sensitive value; who has only the keys has nothing to read.
 */
export interface Keys {
  readonly folder: string;
  /** Wraps the keys of persons and cases. */
  readonly wrapping: Buffer;
  /** Makes and recognises tracking codes. */
  readonly tracking: Buffer;
  /** Blind index of exact values such as phone numbers. */
  readonly index: Buffer;
  /** Makes the keys of programs. */
  readonly programs: Buffer;
  /** Seals backups. */
  readonly backup: Buffer;
  /** Makes the keys that open phones whose PIN was forgotten. */
  readonly phones: Buffer;
  /** The seed of the pair that signs checkpoints of the journal. */
  readonly checkpoint: Buffer;
  /** Password of a database role. */
  databasePassword(role: string): string;
  /** Whether a copy of the folder is kept elsewhere, and nothing was destroyed since it was made. */
  readonly isBackedUp: boolean;
}

const keysProblems = defineProblems({
  'keys.other_suite': {
    status: 503,
    title: {
      zh: '密钥是按另一套算法建的，程序没有启动',
      en: 'The keys belong to another suite of algorithms, nothing was started',
    },
    hint: {
      zh: '{path} 里的密钥是 {made}，JINGWEI_SUITE 写的是 {wanted}。已有数据只能用建库时的算法打开：请改回设置；要换算法，请用新的密钥目录和新的数据目录另建。',
      en: 'The keys in {path} are {made}, JINGWEI_SUITE says {wanted}. What was sealed opens only with what it was sealed with: change the setting back, or begin with new folders for keys and data.',
    },
  },
  'keys.suite_missing': {
    status: 503,
    title: {
      zh: '这个 Node.js 没有国密算法，程序没有启动',
      en: 'This Node.js has no national algorithms, nothing was started',
    },
    hint: {
      zh: '需要 OpenSSL 里的 sm4-ctr 和 sm3。请用官方发布的 Node.js，或者用带国密的 OpenSSL 编译的。没有改动任何内容。',
      en: 'It needs sm4-ctr and sm3 of OpenSSL: take the published Node.js, or one built with them. Nothing was changed.',
    },
  },
});

const ROOT = 'root.key';
const DESTROYED = 'destroyed.list';
const BACKED_UP = 'backed-up';

/** Makes the keys of `wanted` where there are none yet; without it they are what they are, and new ones international. */
export function openKeys(folder: string, wanted?: SuiteName): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const root = readRoot(folder, wanted);
  return {
    folder,
    wrapping: deriveKey(root, 'wrapping'),
    tracking: deriveKey(root, 'tracking'),
    index: deriveKey(root, 'index'),
    programs: deriveKey(root, 'programs'),
    backup: deriveKey(root, 'backup'),
    phones: deriveKey(root, 'phones'),
    // The seed of an Ed25519 pair has 32 bytes in either suite.
    checkpoint: deriveKey(root, 'checkpoint').subarray(0, 32),
    databasePassword: (role) => deriveKey(root, `database ${role}`).toString('base64url'),
    isBackedUp: isCopyFresh(folder),
  };
}

/** The list of what was destroyed grows; a copy without its end would bring somebody back. */
function isCopyFresh(folder: string): boolean {
  const changed = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const copied = changed(BACKED_UP);
  return copied > 0 && copied >= changed(DESTROYED);
}

function readRoot(folder: string, wanted?: SuiteName): Buffer {
  const file = join(folder, ROOT);
  if (!existsSync(file)) makeRoot(folder, file, wanted ?? 'international');
  const root = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  const made = suiteOf(root);
  if (made === null) throw new Error(`${file} does not hold a root key`);
  if (wanted !== undefined && made !== wanted)
    throw new Problem(keysProblems['keys.other_suite'], { path: folder, made, wanted });
  if (made === 'national') requireNational();
  return root;
}

function requireNational(): void {
  if (!hasNational()) throw new Problem(keysProblems['keys.suite_missing']);
}

/**
 * Under its name only when it is whole and on the disk: nothing that was sealed could be opened without it. Two processes
 * starting at once must not each believe in their own key, so the name is given, never taken over.
 */
function makeRoot(folder: string, file: string, suite: SuiteName): void {
  if (suite === 'national') requireNational();
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(keyLength(suite)).toString('hex'), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  flushFolderNow(folder);
  flushFolderNow(dirname(resolve(folder)));
}

/**
 * The list of keys that were destroyed so that a person could be forgotten. It lies with the keys, not with the data:
 * a restored backup of the data brings the wrapped keys back, and this list takes them away again before serving.
 */
export function listDestroyedKeys(folder: string): { realm: number; id: Id }[] {
  const file = join(folder, DESTROYED);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [realm, id] = line.split(' ');
    return { realm: Number(realm), id: id ?? '' };
  });
}

/** Written and flushed before the key is deleted: a crash between the two is repaired at the next start. */
export function noteDestroyedKey(folder: string, realm: number, id: Id): void {
  const file = openSync(join(folder, DESTROYED), 'a', 0o600);
  try {
    appendFileSync(file, `${realm} ${id}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  flushFolderNow(folder);
}

export function noteKeysBackedUp(folder: string, when: Date): void {
  writeFileSync(join(folder, BACKED_UP), `${when.toISOString()}\n`, { mode: 0o600 });
}
