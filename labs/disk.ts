import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A file system on a loop device of its own, from which the power can be cut. */
export interface Disk {
  readonly path: string;
  /**
   * Everybody on it is stopped where they are and never goes on; what had been handed to the disk by then is there when
   * it is mounted again, and nothing else. `before` runs while all stand still.
   */
  cut(before: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const SIZE = '3G';

/** Why no disk can be had here; null: it can. Mounting needs root and a kernel with loop devices. */
export function whyNoDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a disk';
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices';
  return ['mkfs.ext4', 'mount', 'cp'].find((name) => !isProgram(name))?.concat(' is missing') ?? null;
}

const isProgram = (name: string): boolean =>
  [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'].some((folder) => existsSync(join(folder, name)));

const run = (program: string, ...words: string[]): void =>
  void execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });

/**
 * The journal of the file system is committed when somebody flushes and at no other time, so what lies on the disk
 * between two flushes is what a power cut could have left: a plain copy of the image is one.
 */
export function openDisk(folder: string): Disk {
  const path = join(folder, 'disk');
  let [number, image] = [0, join(folder, 'disk-0.img')];
  mkdirSync(path);
  run('truncate', '-s', SIZE, image);
  run('mkfs.ext4', '-q', image);
  const mount = (): void => run('mount', '-o', 'loop,commit=3600', image, path);
  mount();
  return {
    path,
    async cut(before) {
      for (let seen = 0, now = holdersOf(path); now.length !== seen; seen = now.length, now = holdersOf(path))
        for (const pid of now) signal(pid, 'SIGSTOP');
      await before();
      number += 1;
      const next = join(folder, `disk-${number}.img`);
      run('cp', '--sparse=always', image, next);
      await leave(path);
      rmSync(image);
      image = next;
      mount();
    },
    async close() {
      await leave(path);
      rmSync(image, { force: true });
    },
  };
}

/** Whoever works there is ended, and the disk let go. */
async function leave(path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    for (const pid of holdersOf(path)) signal(pid, 'SIGKILL');
    await sleep(100);
    try {
      run('umount', path);
      return;
    } catch (error) {
      if (attempt >= 50) throw error;
    }
  }
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It went by itself.
  }
}

/** Processes that stand in this folder or were told of it. */
function holdersOf(path: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isThere(pid, path));
}

function isThere(pid: number, path: string): boolean {
  try {
    if (/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))) return false;
    const told = ['cmdline', 'environ'].some((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1').includes(path));
    return told || `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${path}/`);
  } catch {
    return false;
  }
}
