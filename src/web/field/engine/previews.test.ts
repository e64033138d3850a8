import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { openEngine } from './engine.ts';
import { memoryStore } from './memory_store.ts';
import { type Machine, Refused, type Wire } from './ports.ts';

/* The desk sees what all photos show before the first large file is on its way. */
let did: string[] = [];
let fails: Error | null = null;
let asked: number[] = [];
const serverTime = '2026-11-22T00:00:00.000Z';
const wire: Wire & Required<Pick<Wire, 'sendPreview'>> = {
  register: async ({ deviceId }) => ({ deviceId, accountId: 'a' }),
  push: async ({ ops }) => {
    did.push(...ops.map(({ target }) => `said ${target}`));
    const verdicts = ops.map(({ commandId }) => ({ commandId, is: 'applied', answer: {} }) as const);
    return { verdicts, acknowledged: 0, serverTime };
  },
  pull: async () => ({
    ...{ accountId: 'a', serverTime, upserts: [], evict: [], whole: [], differing: [], recheck: false },
    ...{ cursors: {}, more: false },
  }),
  sendFile: async ({ target }) => void did.push(`photo ${target}`),
  sendPreview: async ({ target }, _file, picture) => {
    if (fails) throw fails;
    did.push(`preview ${target} ${picture.byteLength}`);
  },
};
const machine: Machine = {
  now: () => new Date(serverTime),
  newId: () => crypto.randomUUID(),
  chance: () => 0.5,
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  previewOf: async (photo, most) => {
    asked.push(most);
    return photo[0] === 255 ? null : new Uint8Array(most);
  },
};

beforeEach(() => {
  did = [];
  fails = null;
  asked = [];
});

async function phone(over: Partial<Wire> = {}, on: Machine = machine, store = memoryStore()) {
  const options = { store, wire: { ...wire, ...over }, machine: on, app: { model: '测试机', version: '1' } };
  return openEngine({ ...options, language: 'zh' });
}
type Phone = Awaited<ReturnType<typeof phone>>;
async function say(engine: Phone, target: string, size: number, first = 1, type = 'image/jpeg') {
  const bytes = new Uint8Array(size).fill(first);
  bytes[1] = target.charCodeAt(0);
  const files = [await engine.keepFile(bytes, type)];
  await engine.submit({ name: 'casefile.say', params: { id: target }, body: {}, target, urgent: false, files });
}

test('话先到，小图全在大文件之前，不超过原图的七十五分之一', async () => {
  const engine = await phone();
  await say(engine, 'a', 300_000);
  await say(engine, 'b', 2_000_000);
  await engine.sync();
  expect(did).toEqual(['said a', 'said b', 'preview a 4000', 'preview b 15000', 'photo a', 'photo b']);
});

test('本来就小的、录音、缩不下去的，不传小图', async () => {
  const engine = await phone();
  await say(engine, 'a', 60_000);
  await say(engine, 'b', 300_000, 1, 'audio/webm;seconds=3');
  await say(engine, 'c', 300_000, 255);
  await engine.sync();
  expect(asked).toEqual([4000]);
  expect(did).toEqual(['said a', 'said b', 'said c', 'photo a', 'photo b', 'photo c']);
});

test('传照片的时候断了，手机重开：传过的小图不再传', async () => {
  const store = memoryStore();
  const broken = { sendFile: () => Promise.reject(new Error('no answer')) };
  const engine = await phone(broken, machine, store);
  await say(engine, 'a', 300_000);
  await engine.sync();
  await engine.sync();
  expect(did).toEqual(['said a', 'preview a 4000']);
  await (await phone({}, machine, store)).sync();
  expect(did).toEqual(['said a', 'preview a 4000', 'photo a']);
});

test('小图没有回音就停下，照片也不传；服务器忙就先传照片；不收的不再提', async () => {
  const engine = await phone();
  await say(engine, 'a', 300_000);
  fails = new Error('no answer');
  await engine.sync();
  expect(did).toEqual(['said a']);
  fails = new Refused(404, { code: 'http.not_found', title: '', detail: '' });
  expect(await engine.sync()).toMatchObject({ filesWaiting: 0, refused: 0, trouble: null });
  expect(did).toEqual(['said a', 'photo a']);
  await say(engine, 'b', 300_000);
  fails = new Refused(503, { code: 'photo.busy', title: '', detail: '' });
  expect(await engine.sync()).toMatchObject({ filesWaiting: 0, refused: 0, trouble: null });
});

test('不会缩图的手机、没有这条路的线，照旧', async () => {
  const { previewOf: _none, ...old } = machine;
  const { sendPreview: _neither, ...plain } = wire;
  const [first, second] = [await phone({}, old), await openOn(plain)];
  for (const engine of [first, second]) {
    await say(engine, 'a', 300_000);
    await engine.sync();
  }
  expect(did).toEqual(['said a', 'photo a', 'said a', 'photo a']);
});

const openOn = (plain: Wire) =>
  openEngine({ store: memoryStore(), wire: plain, machine, app: { model: '测试机', version: '1' }, language: 'zh' });
