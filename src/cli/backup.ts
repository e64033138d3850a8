import { join } from 'node:path';
import { folderStore, type PhotoStore } from '../domains/work/photos/index.ts';
import { machineClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { randomIds } from '../kernel/ids.ts';
import { type Header, type Piece, readArchive, type Sum, writeArchive } from '../kernel/keeping/archive.ts';
import { dump, type FilesToKeep } from '../kernel/keeping/dump.ts';
import { openKeys } from '../kernel/keys.ts';
import { noteChecked, noteMade, notingDamage } from './kept.ts';
import { rehearse } from './rehearsal.ts';
import { atStation } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** `backup FILE`: everything of one moment in one sealed file, beside a running server or without one. */
export async function backUp(terminal: Terminal, path: string): Promise<void> {
  await atStation(terminal, async ({ config, keys, database }) => {
    const bar = terminal.progress({ zh: '备份', en: 'backup' }, 100);
    const told = openTally();
    const pieces = dump({
      ...database,
      photos: wholeFiles(folderStore(join(config.dataFolder, 'photos'))),
      release: VERSION,
      takenAt: machineClock.now(),
      progress: (share) => bar.to(share * 100),
    });
    const salt = randomIds(machineClock).bytes(32);
    const size = await writeArchive(path, keys, salt, noting(pieces, told)).finally(() => bar.done());
    const result = { path, size, ...told.result() };
    await noteMade(result);
    terminal.say({
      zh: `已备份到 ${path}:${result.rows} 行、${result.photos} 个照片文件，${megabytes(size)}。${countedWords[result.counted].zh}`,
      en: `Backed up to ${path}: ${result.rows} rows, ${result.photos} photo files, ${megabytes(size)}. ${countedWords[result.counted].en}`,
    });
    terminal.say({
      zh: '打开它要用密钥，密钥不在里面：请另外用 jingwei keys backup 备份。',
      en: 'It opens with the keys only, which are not in it: keep them apart with jingwei keys backup.',
    });
    terminal.result(result);
  });
}

const countedWords = {
  'without row security': {
    zh: '行数与不受行级权限约束的计数一致。',
    en: 'The rows are as many as somebody counts whom row security does not bind.',
  },
  'by the policies': {
    zh: '已核对行级权限没有挡住任何一行。',
    en: 'The policies were checked: they hide no row from the backup.',
  },
  '?': { zh: '', en: '' },
} as const;

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

/** `backup verify FILE`: reads all of it, every seal and sum; with `--restore` into a database made for it and thrown away. */
export async function verifyBackup(terminal: Terminal, path: string, options: { restore?: boolean }): Promise<number> {
  const { keysFolder, suite } = readConfig();
  const keys = openKeys(keysFolder, suite);
  const told = await notingDamage(path, () => readThrough(terminal, path));
  const { header } = told;
  terminal.say({
    zh: `完好：${header?.takenAt} 由 ${header?.release} 版做的，${told.rows} 行、${told.photos} 个照片文件。`,
    en: `Whole: made at ${header?.takenAt} by release ${header?.release}, ${told.rows} rows, ${told.photos} photo files.`,
  });
  if (options.restore !== true) {
    await noteChecked(path, told, { restored: false, whole: true });
    terminal.result({ path, ...told });
    return exitCodes.done;
  }
  const code = await notingDamage(path, () => rehearse(terminal, path, keys, told));
  const isWhole = code === exitCodes.done;
  await noteChecked(path, told, { restored: isWhole, whole: isWhole });
  return code;
}

/** Every byte of the archive, before anything is done with it. */
export async function readThrough(terminal: Terminal, path: string): Promise<Tally> {
  const { keysFolder, suite } = readConfig();
  const keys = openKeys(keysFolder, suite);
  const bar = terminal.progress({ zh: '核对备份', en: 'backup' }, 100);
  const told = openTally();
  try {
    const pieces = readArchive(path, keys, (read, size) => bar.to((read / size) * 100));
    for await (const _ of noting(pieces, told));
  } finally {
    bar.done();
  }
  return told.result();
}

export interface Tally {
  readonly header: Header | null;
  readonly counted: keyof typeof countedWords;
  readonly rows: number;
  readonly photos: number;
  readonly jobs: number;
  readonly tables: Readonly<Record<string, Sum>>;
}

function openTally() {
  const tables: Record<string, Sum> = {};
  let [header, counted, photos, jobs]: [Header | null, Tally['counted'], number, number] = [null, '?', 0, 0];
  return {
    note(piece: Piece): void {
      if (piece.is === 'header') header = piece.header;
      if (piece.is === 'footer') counted = piece.footer.counted;
      if (piece.is !== 'sum') return;
      if (piece.part.kind === 'table') tables[piece.part.name] = piece.sum;
      if (piece.part.kind === 'photo') photos += 1;
      if (piece.part.kind === 'jobs') jobs = piece.sum.rows;
    },
    result: (): Tally => {
      const rows = Object.values(tables).reduce((all, sum) => all + sum.rows, 0);
      return { header, counted, rows, photos, jobs, tables };
    },
  };
}

async function* noting(pieces: AsyncIterable<Piece>, told: ReturnType<typeof openTally>): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    told.note(piece);
    yield piece;
  }
}

/** What is half written belongs to no row yet. */
function wholeFiles(store: PhotoStore): FilesToKeep {
  return {
    get: (name) => store.get(name),
    async *list() {
      for await (const { name } of store.list()) if (!name.endsWith('.part')) yield name;
    },
  };
}
