import { afterEach, expect, test, vi } from 'vitest';
import { isForGood } from '../engine/trouble.ts';
import { openHttpWire } from './http_wire.ts';

afterEach(() => vi.unstubAllGlobals());

const op = {
  ...{ commandId: 'o1', name: 'casefile.say', target: 'c1', files: ['h1'], seq: 1, params: { id: 'c1' }, body: {} },
  ...{ occurredAt: '2026-11-22T00:00:00.000Z', urgent: false },
};
const file = { sha256: 'h1', type: 'image/jpeg;stage=after', size: 1, keptAt: '', refused: null };
const saved = { photos: [{ sha256: 'h1', outcome: 'saved', problem: null }] };

/** A server that has so much of the photo already; what it was asked, in order. */
function serverWith(offset: number, finish: () => Response = () => Response.json(saved)) {
  const asked: string[] = [];
  let has = offset;
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body?: Uint8Array }) => {
    asked.push(`${init.method} ${path}${init.method === 'PATCH' ? ` ${init.body?.byteLength}` : ''}`);
    if (init.method === 'PATCH') has += init.body?.byteLength ?? 0;
    if (path.endsWith('/uploaded')) return finish();
    const headers = { location: '/api/uploads/u1', 'upload-offset': String(has) };
    return new Response(null, { status: init.method === 'POST' ? 201 : 204, headers });
  });
  return asked;
}

test.each([
  ['photo.busy', 503],
  ['photo.not_stored', 503],
  ['database.away', 503],
  ['upload.not_whole', 503],
  ['photo.not_a_picture', 422],
])('总的算成功的回答里，一张照片的 %s 是 %i', async (code, status) => {
  const words = { zh: '没有存', en: 'not kept' };
  const photos = [{ sha256: 'h1', outcome: 'refused', problem: { code, title: words, hint: words } }];
  serverWith(1, () => Response.json({ photos }));
  await expect(openHttpWire().sendFile(op, file, Uint8Array.of(1))).rejects.toMatchObject({
    ...{ status, code, title: '没有存' },
  });
});

test('一张照片分段传，每段接在服务器已有的后面，最后请它收下', async () => {
  const asked = serverWith(100_000);
  await openHttpWire().sendFile(op, file, new Uint8Array(600_000));
  const pieces = asked.slice(1, -1);
  expect([asked[0], asked.at(-1)]).toEqual(['POST /api/uploads', 'POST /api/casefiles/c1/photos/uploaded']);
  const sizes = pieces.map((line) => Number(line.slice('PATCH /api/uploads/u1 '.length)));
  expect(sizes[0]).toBe(65_536);
  expect(Math.max(...sizes), 'larger where the link is quick').toBeGreaterThan(65_536);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(500_000);
});

test('每一段都带着自己的校验值；到了变样的只重传那一段，一直变样就以后再说', async () => {
  const sums: string[] = [];
  let [spoils, has] = [1, 0];
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body?: Uint8Array; headers: HeadersInit }) => {
    if (path.endsWith('/uploaded')) return Response.json(saved);
    if (init.method === 'PATCH') {
      const said = new Headers(init.headers).get('upload-checksum') ?? '';
      sums.push(said);
      const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(init.body ?? []));
      expect(said).toBe(`sha256 ${btoa(String.fromCharCode(...new Uint8Array(hash)))}`);
      if (spoils-- > 0) return Response.json({ code: 'upload.mismatch', title: '变样', detail: '' }, { status: 460 });
      has += init.body?.byteLength ?? 0;
    }
    const headers = { location: '/api/uploads/u1', 'upload-offset': String(has) };
    return new Response(null, { status: 201, headers });
  });
  await openHttpWire().sendFile(op, file, new Uint8Array(70_000));
  expect([sums.length, new Set(sums).size], 'only the spoilt one went twice').toEqual([3, 2]);
  spoils = 100;
  has = 0;
  await expect(openHttpWire().sendFile(op, file, new Uint8Array(70_000))).rejects.toMatchObject({ status: 460 });
  expect(sums).toHaveLength(6);
});

test('录音走同样的分段，另请服务器收下，带上秒数；收到一半的过会儿再来', async () => {
  const bodies: string[] = [];
  const asked = serverWith(0, () => Response.json({ voiceId: 'v', sha256: 'h1' }));
  const counted = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: { method: string; body?: unknown; headers: Record<string, string> }) => {
    bodies.push(path.endsWith('/uploaded') ? String(init.body) : (init.headers['upload-metadata'] ?? ''));
    return counted(path, init as RequestInit);
  });
  const voice = { ...file, type: 'audio/webm;seconds=23' };
  await openHttpWire().sendFile(op, voice, new Uint8Array(5000));
  expect(asked.slice(-2)).toEqual(['PATCH /api/uploads/u1 5000', 'POST /api/casefiles/c1/voices/uploaded']);
  expect(bodies[0]).toContain(`kind ${btoa('voice')}`);
  expect(JSON.parse(bodies.at(-1) ?? '')).toMatchObject({ sha256: 'h1', seconds: 23 });
  const told = { code: 'upload.not_whole', title: '还没有传完整', detail: '' };
  serverWith(5000, () => Response.json(told, { status: 409 }));
  const refused = await openHttpWire()
    .sendFile(op, voice, new Uint8Array(5000))
    .catch((error: unknown) => error);
  expect(isForGood(refused)).toBe(false);
});

test('服务器还是旧的，不会分段收，就整张传', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return path === '/api/uploads'
      ? Response.json({ code: 'http.not_found', title: '没有这个地址', detail: '' }, { status: 404 })
      : Response.json(saved);
  });
  await openHttpWire().sendFile(op, file, Uint8Array.of(1));
  expect(asked).toEqual(['/api/uploads', '/api/casefiles/c1/photos']);
});

test('开头就被拒绝的，原样说出来', async () => {
  const told = { code: 'casefile.not_found', title: '没有这个案卷', detail: '' };
  vi.stubGlobal('fetch', async () => Response.json(told, { status: 404 }));
  await expect(openHttpWire().sendFile(op, file, Uint8Array.of(1))).rejects.toMatchObject({ status: 404, ...told });
});

test('走访里答的照片跟着名单上的那个人走，走访先到，照片后到', async () => {
  const asked = serverWith(0);
  const visit = { ...op, name: 'campaign.visit', target: 't1', params: { id: 't1' } };
  await openHttpWire().sendFile(visit, { ...file, type: 'image/jpeg;stage=answer' }, new Uint8Array(1000));
  expect(asked).toEqual([
    ...['POST /api/uploads', 'PATCH /api/uploads/u1 1000', 'POST /api/campaign-targets/t1/photos/uploaded'],
  ]);
});
