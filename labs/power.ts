import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Disk, openDisk, whyNoDisk } from './disk.ts';
import { between, chanceOf, type Finding, type Lab } from './frame.ts';
import { underLoad } from './load.ts';
import { makeServer, type OwnServer } from './own_server.ts';
import { danglingOf, type Photo, sendPhoto } from './photographing.ts';
import { openProgram, type Program, untilReady, verify } from './program.ts';
import { signIn } from './victim.ts';

/** Cuts of each form: embedded, on a server of one's own. */
const SMALL = 2;

export const power: Lab = {
  name: 'power',
  claim: 'when the power is cut, whatever was acknowledged had been flushed: it is there when it comes back',
  async run({ seed, size = SMALL }, tell) {
    const reason = whyNoDisk();
    if (reason !== null) {
      // Not a pass: somebody who may mount has to run it.
      tell({ what: 'not tried', reason, pass: false });
      return;
    }
    const chance = chanceOf(seed);
    await onDisk((disk) => firstStart(disk, chance, tell));
    await onDisk((disk) => embedded(disk, { cuts: size, chance }, tell));
    await onDisk((disk) => withoutFlushing(disk, chance, tell));
    await onDisk((disk) => ownServer(disk, { cuts: size, chance, settings: [] }, tell));
    await onDisk((disk) => ownServer(disk, { cuts: 1, chance, settings: ['fsync=off'] }, tell));
  },
};

type Tell = (finding: Finding) => void;
type Chance = () => number;

async function onDisk(work: (disk: Disk) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-lab-'));
  // PostgreSQL refuses root; who it is instead must be able to come through.
  chmodSync(folder, 0o711);
  const disk = openDisk(folder);
  try {
    await work(disk);
  } finally {
    await disk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** While the first start is under way, and the moment it is over. */
async function firstStart(disk: Disk, chance: Chance, tell: Tell): Promise<void> {
  const program = await openProgram(disk.path);
  const afterMs = between(chance, 800, 6000);
  serve(program);
  await sleep(afterMs);
  await disk.cut(async () => undefined);
  const child = serve(program);
  await untilReady(program.port);
  tell({ what: 'cut during the first start: it starts', afterMs, pass: child.exitCode === null });
  await disk.cut(async () => undefined);
  serve(program);
  await untilReady(program.port);
  await signIn(program.port, 'wangxiulan');
  const { code, says } = await verify(program);
  tell({ what: 'cut when it was ready for the first time: it is what it was', says, pass: code === 0 });
}

interface Round {
  readonly cuts: number;
  readonly chance: Chance;
}

async function embedded(disk: Disk, { cuts, chance }: Round, tell: Tell): Promise<void> {
  const program = await openProgram(disk.path);
  for (let i = 0; i < cuts; i += 1) {
    serve(program);
    await untilReady(program.port);
    const ledger = await untilCut(disk, program, { chance, isBackedUp: i % 4 === 0 });
    serve(program);
    await untilReady(program.port);
    const found = await lookAgain(program, disk, ledger, program.sql);
    tell({ what: 'embedded: what was acknowledged is there', ...found.figures, pass: found.pass });
    await disk.cut(async () => undefined);
  }
}

/** The same program, but for photos that are written and never flushed. Its database flushes what is its, and points to them. */
async function withoutFlushing(disk: Disk, chance: Chance, tell: Tell): Promise<void> {
  const program = await openProgram(disk.path, {
    NODE_OPTIONS: `--import ${new URL('unflushed.js', import.meta.url)}`,
  });
  serve(program);
  await untilReady(program.port);
  // What it loses is then what came after this.
  execFileSync('sync', ['-f', disk.path]);
  const ledger = await untilCut(disk, program, { chance, isBackedUp: false });
  serve(program);
  await untilReady(program.port);
  const found = await lookAgain(program, disk, ledger, program.sql);
  tell({ what: 'control: photos that are not flushed', ...found.figures, pass: found.photosLost > 0 });
  await disk.cut(async () => undefined);
}

async function ownServer(disk: Disk, round: Round & { readonly settings: string[] }, tell: Tell): Promise<void> {
  const isControl = round.settings.length > 0;
  const server = await makeServer(disk.path, round.settings);
  const program = await openProgram(disk.path, server.environment);
  await server.start();
  await program.end(['migrate']);
  for (let i = 0; i < round.cuts; i += 1) {
    serve(program);
    await untilReady(program.port);
    // What the control loses is then what came after this, as with a disk that flushes now and then.
    if (isControl) execFileSync('sync', ['-f', disk.path]);
    const ledger = await untilCut(disk, program, { ...round, isBackedUp: false });
    const found = await comeBack(disk, { server, program }, ledger);
    const what = isControl
      ? 'control: a server that does not flush'
      : `PostgreSQL ${server.version}: what was acknowledged is there`;
    tell({ what, ...found.figures, pass: isControl ? found.lost : found.pass });
    await disk.cut(async () => undefined);
    if (i + 1 < round.cuts) await server.start();
  }
}

interface Found {
  readonly pass: boolean;
  /** Something acknowledged is gone, or all of it, since nothing starts any more. */
  readonly lost: boolean;
  readonly photosLost: number;
  readonly figures: Readonly<Record<string, string | number | boolean>>;
}

async function comeBack(
  disk: Disk,
  { server, program }: { readonly server: OwnServer; readonly program: Program },
  ledger: Ledger,
): Promise<Found> {
  try {
    await server.start();
    serve(program);
    await untilReady(program.port);
    return await lookAgain(program, disk, ledger, async (text, values) => {
      const client = server.look();
      await client.connect();
      try {
        return (await client.query(text, values)).rows;
      } finally {
        await client.end();
      }
    });
  } catch (error) {
    return { pass: false, lost: true, photosLost: ledger.photos.length, figures: { says: String(error) } };
  }
}

type Ask = <T extends object>(text: string, values: unknown[]) => Promise<T[]>;

const PRESENT = `select count(distinct c.id)::int as n, count(e.id)::int as told from casefile c
  join entry e on e.realm = c.realm and e.record_id = c.id and e.kind = 'casefile.reported' where c.id = any ($1::uuid[])`;

/** Also of photos whose answer the cut came before. */
const POINTED_TO = 'select id from photo where added_by is not null';

/** What somebody was told is kept, up to the moment of the cut. */
interface Ledger {
  readonly reports: readonly string[];
  readonly photos: readonly Photo[];
  readonly backup: string | null;
}

async function untilCut(
  disk: Disk,
  program: Program,
  { chance, isBackedUp }: { readonly chance: Chance; readonly isBackedUp: boolean },
): Promise<Ledger> {
  const token = await signIn(program.port, 'wangxiulan');
  const photos: Photo[] = [];
  const backup = isBackedUp ? join(disk.path, `backup-${Date.now()}.sealed`) : null;
  const isOver = { yet: false };
  const reports = await underLoad({ port: program.port, token }, async () => {
    const photographing = takePhotos(program.port, token, photos, isOver);
    if (backup !== null && (await program.end(['backup', backup])).code !== 0) throw new Error('no backup was made');
    await sleep(between(chance, backup === null ? 1500 : 0, backup === null ? 4000 : 200));
    await untilSome(photos);
    await disk.cut(async () => {
      // In this order: a flush takes along every name that was given before it.
      flushed(join(disk.path, 'flushed'));
      writeFileSync(join(disk.path, 'not-flushed'), 'x');
      // Answers that were sent come in; nobody sends any more.
      await sleep(200);
      isOver.yet = true;
    });
    await photographing;
  });
  return { reports, photos: [...photos], backup };
}

/** A cut before anybody was told that a photo is kept would prove nothing. On a busy machine developing takes its time. */
async function untilSome(photos: readonly Photo[]): Promise<void> {
  for (let waited = 0; photos.length === 0 && waited < 60_000; waited += 100) await sleep(100);
}

function flushed(path: string): void {
  const file = openSync(path, 'w');
  fsyncSync(file);
  closeSync(file);
}

async function takePhotos(port: number, token: string, photos: Photo[], isOver: { yet: boolean }): Promise<void> {
  for (; !isOver.yet; await sleep(50)) {
    const photo = await sendPhoto(port, token).catch(() => null);
    if (photo) photos.push(photo);
  }
}

async function lookAgain(program: Program, disk: Disk, { reports, photos, backup }: Ledger, ask: Ask): Promise<Found> {
  const [{ n, told } = { n: 0, told: 0 }] = await ask<{ n: number; told: number }>(PRESENT, [reports]);
  const pointedTo = await ask<Photo>(POINTED_TO, []);
  const token = await signIn(program.port, 'wangxiulan');
  const photosLost = await danglingOf(program.port, token, photos);
  const dangling = await danglingOf(program.port, token, pointedTo);
  const isWhole = backup === null || (await program.end(['backup', 'verify', backup])).code === 0;
  const { code, says } = await verify(program);
  const isDiskHonest = existsSync(join(disk.path, 'flushed')) && !existsSync(join(disk.path, 'not-flushed'));
  const lost = reports.length - n;
  const tried = reports.length > 0 && photos.length > 0;
  return {
    lost: lost + photosLost > 0,
    photosLost,
    pass: tried && lost + photosLost + dangling === 0 && told === n && isWhole && code === 0 && isDiskHonest,
    figures: {
      ...{ acknowledged: reports.length, lost, photos: photos.length, photosLost },
      ...{ photosPointedTo: pointedTo.length, dangling },
      ...(backup !== null && { backupWhole: isWhole }),
      ...{ says, diskForgetsWhatWasNotFlushed: isDiskHonest },
    },
  };
}

function serve(program: Program) {
  const child = program.run(['serve']);
  child.stdout?.resume();
  return child;
}
