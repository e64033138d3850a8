import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Darkroom, type DarkroomOptions, openDarkroom } from './develop.outside.ts';
import * as corpus from './fixtures/corpus/index.ts';

const hasProc = existsSync('/proc/self/statm');
const folder = mkdtempSync(join(tmpdir(), 'jingwei-photos-'));
const opened: Darkroom[] = [];
let workerPath = '';
let room: Darkroom;

const darkroom = (options: DarkroomOptions = {}): Darkroom => {
  const made = openDarkroom({ workerPath, ...options });
  opened.push(made);
  return made;
};
const codeOf = (bytes: Buffer, by = room): Promise<string> =>
  by.develop(bytes, 'Asia/Shanghai').then(
    () => 'saved',
    (error: { code?: string }) => error.code ?? String(error),
  );
/** A worker of a few lines that does what it is told to. */
function stub(name: string, onMessage: string, atStart = 'process.send({ ready: true });'): string {
  const path = join(folder, `photo_worker_${name}.mjs`);
  writeFileSync(
    path,
    `process.on('disconnect', () => process.exit());\nprocess.on('message', () => { ${onMessage} });\n${atStart}`,
  );
  return path;
}

beforeAll(async () => {
  workerPath = await corpus.bundledWorker(join(folder, 'bundle'));
  room = darkroom();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

describe('what comes out', () => {
  test('a JPEG no larger than a screen, with a thumbnail, upright, and nothing of the file but its pixels', async () => {
    const { picture, thumb, width, height } = await room.develop(await corpus.wide(), 'Asia/Shanghai');
    expect([width, height]).toEqual([2048, 512]);
    expect(await sharp(thumb).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 80 });
    const header = await sharp(picture).metadata();
    expect(header).toMatchObject({ format: 'jpeg', width: 2048, height: 512 });
    expect([header.exif, header.icc, header.xmp, header.iptc]).toEqual([undefined, undefined, undefined, undefined]);

    expect(await room.develop(await corpus.lyingOnItsSide(), 'UTC')).toMatchObject({ width: 800, height: 1200 });
    const small = await room.develop(await corpus.jpeg(1, 200, 100), 'UTC');
    expect(small).toMatchObject({ width: 200, height: 100, takenAt: null, point: null });
  });

  test('place and time of the camera come out as fields and are in no byte of the picture', async () => {
    const sent = await corpus.jpegWithGps();
    const { picture, thumb, takenAt, point } = await room.develop(sent, 'Asia/Shanghai');
    expect(point?.lon).toBeCloseTo(corpus.GPS.lon, 5);
    expect(point?.lat).toBeCloseTo(corpus.GPS.lat, 5);
    expect(takenAt).toEqual(new Date('2026-03-04T07:20:30Z'));
    expect(sent.includes('Test camera')).toBe(true);
    for (const bytes of [picture, thumb]) {
      expect(bytes.includes('Exif')).toBe(false);
      expect(bytes.includes('Test camera')).toBe(false);
    }
    const elsewhere = await room.develop(await corpus.jpegWithGps('+02:00'), 'Asia/Shanghai');
    expect(elsewhere.takenAt).toEqual(new Date('2026-03-04T13:20:30Z'));
  });

  test('the same from PNG and WebP, whatever the file is called', async () => {
    for (const format of ['png', 'webp'] as const) {
      const sent = await corpus.scene(400, 300)[format]().withExif(corpus.cameraExif()).toBuffer();
      const { picture, point, takenAt } = await room.develop(sent, 'Asia/Shanghai');
      expect(point?.lat, format).toBeCloseTo(corpus.GPS.lat, 5);
      expect(takenAt, format).toEqual(new Date('2026-03-04T07:20:30Z'));
      expect(picture.subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff));
    }
  });

  test('a picture that is a page as well comes out as a picture only', async () => {
    const sent = await corpus.polyglot();
    expect(sent.includes('<script>')).toBe(true);
    const { picture, thumb } = await room.develop(sent, 'UTC');
    expect(picture.includes('<script>') || thumb.includes('<script>')).toBe(false);
  });

  test('of an animation of a thousand frames the first is kept', async () => {
    expect(await room.develop(await corpus.animation(1000), 'UTC')).toMatchObject({ width: 64, height: 64 });
  });
});

describe('what is refused', () => {
  const cases: readonly [string, () => Buffer | Promise<Buffer>, string][] = [
    ['nothing at all', () => Buffer.alloc(0), 'photo.not_a_picture'],
    ['a page', () => Buffer.from(corpus.PAGE), 'photo.not_a_picture'],
    ['an SVG with a script', corpus.svg, 'photo.not_a_picture'],
    ['a ZIP', corpus.zip, 'photo.not_a_picture'],
    ['a PDF', corpus.pdf, 'photo.not_a_picture'],
    ['a GIF', corpus.gif, 'photo.not_a_picture'],
    ['a TIFF', corpus.tiff, 'photo.not_a_picture'],
    ['an AVIF', corpus.avif, 'photo.not_a_picture'],
    ['a HEIC, which this build of sharp cannot open', corpus.heic, 'photo.heic'],
    ['noise behind a JPEG’s first bytes', corpus.noiseAfterMagic, 'photo.unreadable'],
    ['half a JPEG', async () => (await corpus.jpeg()).subarray(0, 20_000), 'photo.unreadable'],
    ['the head of a JPEG', async () => (await corpus.jpeg()).subarray(0, 300), 'photo.unreadable'],
    ['half a PNG', async () => (await corpus.scene(300, 300).png().toBuffer()).subarray(0, 3000), 'photo.unreadable'],
    ['a bomb of 14,000 × 14,000', corpus.bomb, 'photo.too_many_pixels'],
    ['a header that boasts', corpus.boastfulPng, 'photo.too_many_pixels'],
    [
      'more than 20 MB',
      () => Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(20 * 1024 * 1024)]),
      'photo.too_large',
    ],
  ];
  test.each(cases)('%s', async (_name, make, code) => {
    expect(await codeOf(await make())).toBe(code);
  });
});

describe('the process', () => {
  test.runIf(hasProc)('stays under its cap over everything hostile, and goes on with what comes next', async () => {
    const own = darkroom();
    const hostile = [
      corpus.heavyJpeg,
      corpus.heavyPng,
      corpus.bomb,
      corpus.boastfulPng,
      corpus.polyglot,
      corpus.noiseAfterMagic,
    ];
    const before = corpus.workerPids();
    await codeOf(await corpus.jpeg(), own);
    const [pid] = corpus.workerPids().filter((one) => !before.includes(one));
    const rest = corpus.peakMb(pid ?? 0);
    expect(await codeOf(await corpus.bomb(), own)).toBe('photo.too_many_pixels');
    expect(corpus.peakMb(pid ?? 0) - rest, 'refusing the bomb costs nothing').toBeLessThan(16);
    for (const make of [...hostile, () => corpus.animation(1000)]) {
      await codeOf(await make(), own);
      // One that is still fat once it has nothing to do is replaced by a fresh one, and leaves no more to measure.
      if (corpus.workerPids().includes(pid ?? 0)) expect(corpus.peakMb(pid ?? 0)).toBeLessThan(512);
    }
    expect(await codeOf(await corpus.jpegWithGps(), own)).toBe('saved');
  });

  test.runIf(hasProc)('is killed when it holds more than the cap', async () => {
    const swells = stub(
      'fat',
      'b.fill(1); setInterval(() => 0, 1000);',
      'const b = Buffer.allocUnsafeSlow(400 << 20); process.send({ ready: true });',
    );
    expect(await codeOf(await corpus.jpeg(), darkroom({ workerPath: swells, memoryBytes: 200 << 20 }))).toBe(
      'photo.too_many_pixels',
    );
  });

  test.runIf(existsSync('/usr/bin/prlimit'))('is not given more than the cap in the first place', async () => {
    const grows = stub('greedy', 'Buffer.alloc(300 << 20, 1); process.send({});');
    expect(await codeOf(await corpus.jpeg(), darkroom({ workerPath: grows, memoryBytes: 200 << 20 }))).toBe(
      'photo.unreadable',
    );
  });

  test('is killed after its time', async () => {
    const own = darkroom({ workerPath: stub('late', ''), longestMs: 200 });
    expect(await codeOf(await corpus.jpeg(), own)).toBe('photo.took_too_long');
  });

  test('may lie or die without harm', async () => {
    const png =
      '{ done: true, picture: Buffer.from("<script>"), thumb: Buffer.alloc(3), width: 1, height: 1, camera: {} }';
    expect(await codeOf(await corpus.jpeg(), darkroom({ workerPath: stub('liar', `process.send(${png})`) }))).toBe(
      'photo.unreadable',
    );
    expect(await codeOf(await corpus.jpeg(), darkroom({ workerPath: stub('mortal', 'process.exit(3)') }))).toBe(
      'photo.unreadable',
    );
    expect(await codeOf(await corpus.jpeg(), darkroom({ workerPath: stub('stillborn', '', 'process.exit(1)') }))).toBe(
      'photo.busy',
    );
    expect(await codeOf(await corpus.jpeg(), darkroom({ workerPath: join(folder, 'nowhere.mjs') }))).toBe('photo.busy');
  });

  test.runIf(hasProc)('killed midway takes that photo with it and no other', async () => {
    const own = darkroom();
    const before = corpus.workerPids();
    await codeOf(await corpus.jpeg(), own);
    const [pid] = corpus.workerPids().filter((one) => !before.includes(one));
    const heavy = await corpus.heavyJpeg();
    const [dying, waiting] = [codeOf(heavy, own), codeOf(await corpus.jpeg(2), own)];
    setTimeout(() => process.kill(pid ?? 0, 'SIGKILL'), 150);
    expect([await dying, await waiting]).toEqual(['photo.unreadable', 'saved']);
  });

  test.runIf(hasProc)('goes when nothing is to be done, and comes back', async () => {
    const own = darkroom({ idleMs: 50 });
    const before = corpus.workerPids();
    const started = (): number[] => corpus.workerPids().filter((pid) => !before.includes(pid));
    expect(await codeOf(await corpus.jpeg(), own)).toBe('saved');
    await expect.poll(started).toEqual([]);
    expect(await codeOf(await corpus.jpeg(), own)).toBe('saved');
    await own.close();
    expect(started()).toEqual([]);
    expect(await codeOf(await corpus.jpeg(), own)).toBe('photo.busy');
  });

  test('takes no more than a queue of photos at once; who waits is served in turn', async () => {
    const own = darkroom();
    const picture = await corpus.jpeg(1, 64, 64);
    const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(picture, own)));
    expect(codes.filter((code) => code === 'saved')).toHaveLength(24);
    expect(codes.filter((code) => code === 'photo.busy')).toHaveLength(6);
  });
});
