import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { areas, inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { addPhoto, can, look, type Reported, refused, report, step } from '../../../../test/telling.ts';
import { execute } from '../../../kernel/command.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { granteeOfCode } from '../../../kernel/tracking.ts';
import { forgetReporter } from './index.ts';

/** What a reporter said becomes public by a desk's hand and in no other way. */
const county = await openCounty();
const { app, as, anyone, settle, sql, runtime } = county;
const registrar = await as('何静');
const grid = areas.find(({ key }) => key === 'station-1')?.code ?? '';

const canary = '金丝雀原话三单元二零一';
const released = '居民说：井盖翘起，夜里看不见';

async function filed(changes: object = {}): Promise<Reported> {
  const told = await report(anyone, {
    words: canary,
    place: { ...inside(0, 0), words: `${canary}门口` },
    contact: { name: '钱大爷', phone: '13912345678' },
    ...changes,
  });
  await addPhotoOf(told.code);
  await step(registrar, told.id, 'register', { conditionCode: 'road-sunken-passable' });
  await settle();
  return told;
}

async function addPhotoOf(code: string): Promise<void> {
  const sharp = (await import('sharp')).default;
  const background = { r: 10, g: 120, b: Math.floor(Math.random() * 256) };
  const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const sent = await anyone.upload(`/api/track/${code}/photos`, { commandId: randomUUID() }, [
    { name: 'a.jpg', bytes },
  ]);
  expect(sent.body.photos?.[0]?.outcome).toBe('saved');
}

const photosOf = async (id: string): Promise<string[]> =>
  (await registrar.get<{ id: string }[]>(`/api/casefiles/${id}/photos`)).body.map((photo) => photo.id);

/** Everything that anybody may open, as one text. */
async function publicly(): Promise<string> {
  const urls = ['/grids', '/notices', '/', `/g/${grid}`, '/api/public/area', '/open311/v2/servicerequestupdates.json'];
  const ofGrid = [`/grids/${grid}`, `/grids/${grid}?status=closed`, `/api/public/area?code=${grid}`];
  const open311 = ['json', 'xml'].map((format) => `/open311/v2/requests.${format}`);
  const pages = await Promise.all([...urls, ...ofGrid, ...open311].map((url) => app.inject({ url })));
  return pages.map(({ body }) => body).join('\n');
}

describe('公开报事人的话和照片', () => {
  it('没有公开以前，网页和 Open311 上都没有；照片打不开', async () => {
    const { id, number } = await filed();
    const text = await publicly();
    expect(text).toContain(number);
    for (const said of [canary, '钱大爷', '13912345678', '二零一']) expect(text).not.toContain(said);
    for (const photo of await photosOf(id)) {
      expect((await anyone.get(`/api/public/photos/${photo}`)).status).toBe(404);
      expect(text).not.toContain(photo);
    }
  });

  it('受理岗改好的话、选好的照片才公开；原话仍然没有；报事人被告知', async () => {
    const { id, code, number } = await filed();
    await addPhoto(registrar, id, 'measure').catch(() => undefined);
    const [photo = ''] = await photosOf(id);
    await step(registrar, id, 'disclose', { releasedWords: released, photoIds: [photo] });
    await settle();
    const text = await publicly();
    expect(text.split(released).length).toBeGreaterThanOrEqual(5);
    expect(text).not.toContain(canary);
    const shown = await app.inject({ url: `/api/public/photos/${photo}/thumb` });
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/jpeg']);
    const [one] = (await app.inject({ url: `/open311/v2/requests/${number}.json` })).json();
    expect(one.description).toContain(released);
    expect(one.media_url).toBe(`http://localhost:3000/api/public/photos/${photo}`);
    const tracked = (await anyone.get(`/api/track/${code}`)).body;
    expect(JSON.stringify(tracked.messages)).toContain('公开给居民看了');
    expect((await look(registrar, id)).released).toEqual({ words: released, photoIds: [photo] });
    // In the journal only sealed.
    const clear = await sql<{ body: unknown }>(`select body from entry where record_id = $1`, [id]);
    expect(JSON.stringify(clear)).not.toContain(released);
  });

  it('重复提交不再记一笔；再公开一次就换成新的', async () => {
    const { id } = await filed();
    const [commandId, form] = [randomUUID(), { releasedWords: '第一版说法' }];
    const first = await registrar.post(`/api/casefiles/${id}/disclose`, form, commandId);
    const again = await registrar.post(`/api/casefiles/${id}/disclose`, form, commandId);
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await sql(`select 1 from entry where kind = 'casefile.disclosed' and record_id = $1`, [id])).length).toBe(
      1,
    );
    await step(registrar, id, 'disclose', { releasedWords: '第二版说法' });
    const text = await publicly();
    expect(text).toContain('第二版说法');
    expect(text).not.toContain('第一版说法');
  });

  it.each([
    ['手机号', '居民说打 139 1234 5678', 'casefile.discloses_person'],
    ['证件号', '他的号码 43990119700101123X', 'casefile.discloses_person'],
    ['报事人的姓名', '钱大爷说井盖坏了', 'casefile.discloses_person'],
    ['什么也没写', undefined, 'casefile.nothing_to_disclose'],
  ])('%s：不公开，说清楚', async (_what, releasedWords, code) => {
    const { id } = await filed();
    const problem = await refused(registrar, id, 'disclose', { ...(releasedWords && { releasedWords }) });
    expect(problem.code).toBe(code);
    expect((await look(registrar, id)).released).toBeNull();
  });

  it('别的案卷的照片、没有的照片：一样也不公开', async () => {
    const [mine, other] = [await filed(), await filed()];
    for (const photo of [(await photosOf(other.id))[0] ?? '', randomUUID()]) {
      const problem = await refused(registrar, mine.id, 'disclose', { releasedWords: released, photoIds: [photo] });
      expect(problem.code).toBe('casefile.photo_not_of_case');
    }
    expect((await sql('select 1 from disclosure where casefile_id = $1', [mine.id])).length).toBe(0);
  });

  it('没有立案的、保密的、别的岗位：不能公开', async () => {
    const early = await report(anyone, { words: canary, place: inside(0, 0) });
    expect(can(await look(registrar, early.id), 'disclose')).toMatchObject({ allowed: false });
    const { id } = await filed();
    for (const name of ['王秀兰', '陈敏', '周工', '丁一'] as const)
      expect(
        (await (await as(name)).post(`/api/casefiles/${id}/disclose`, { releasedWords: released })).status,
      ).toBeGreaterThanOrEqual(403);
    expect((await anyone.post(`/api/casefiles/${id}/disclose`, { releasedWords: released })).status).toBe(401);
  });
});

describe('收回公开', () => {
  async function disclosed(): Promise<Reported & { photo: string }> {
    const told = await filed();
    const [photo = ''] = await photosOf(told.id);
    await step(registrar, told.id, 'disclose', { releasedWords: `${released}${told.number}`, photoIds: [photo] });
    return { ...told, photo };
  }
  const isGone = async ({ number, photo }: { number: string; photo: string }): Promise<void> => {
    const text = await publicly();
    expect(text).not.toContain(`${released}${number}`);
    expect(text).not.toContain(photo);
    expect((await anyone.get(`/api/public/photos/${photo}`)).status).toBe(404);
  };

  it('受理岗收回：当场就没有了，不用等', async () => {
    const told = await disclosed();
    await step(registrar, told.id, 'conceal');
    await isGone(told);
    expect((await refused(registrar, told.id, 'conceal')).code).toBe('casefile.command_not_allowed');
  });

  it('报事人自己凭查询码收回；别人的查询码不行', async () => {
    const [told, other] = [await disclosed(), await filed()];
    expect((await anyone.post(`/api/track/${other.code}/conceal`)).status).toBe(409);
    expect((await anyone.post(`/api/track/${told.code}/conceal`)).status).toBe(200);
    await isGone(told);
  });

  it('报事人要求删除个人信息：公开的也跟着没有', async () => {
    const told = await disclosed();
    await execute(
      runtime,
      asSystem(1, 'test'),
      { id: randomUUID(), name: 'forget', input: {} },
      {
        work: async (ctx) => ({
          ...(await forgetReporter(ctx, granteeOfCode(runtime.keys, told.code), 'asked')),
        }),
      },
    );
    await isGone(told);
    expect((await refused(registrar, told.id, 'disclose', { releasedWords: released })).code).toBe(
      'casefile.nothing_to_disclose',
    );
  });

  it('并入另一件：不再公开', async () => {
    const [told, main] = [await disclosed(), await filed()];
    await step(registrar, told.id, 'merge', { intoId: main.id });
    await settle();
    await isGone(told);
  });
});
