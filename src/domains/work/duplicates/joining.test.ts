import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import {
  addPhoto,
  area,
  body,
  can,
  HOUR,
  look,
  type Reported,
  refused,
  report,
  step,
} from '../../../../test/telling.ts';

/** Right after reporting: perhaps it was reported already. Only what the public may know is told of it. */
const county = await openCounty();
const { app, as, anyone, clock, settle, sql } = county;
const he = await as('何静');

const inGrid = (key: string) => ({ areaId: area(key), words: '' });
const hints = async ({ code }: { code: string }) => (await anyone.get(`/api/track/${code}/alike`)).body;
const join = (one: Reported, number: string, commandId = randomUUID()) =>
  anyone.post(`/api/track/${one.code}/join`, { number }, commandId);

/** An earlier one, put on file, so that the public may know of it. */
async function filed(changes: object = {}): Promise<Reported> {
  const one = await report(anyone, { words: '路面塌陷，张三丰家门口', contact: { phone: '13912340000' }, ...changes });
  await step(he, one.id, 'register', { conditionCode: 'road-sunken-passable' });
  await settle();
  clock.advance(2 * HOUR);
  return one;
}

describe('报完以后：可能已有人报过', () => {
  it('同一网格、看来同一类的，说类别、大致地点、什么时候、办到哪里；别人的话、电话、编号都不在里面', async () => {
    const first = await filed({ place: { areaId: area('station-3'), words: '张三丰家门口' } });
    const mine = await report(anyone, { words: '这里路面塌陷了', place: inGrid('station-3') });
    const found = await hints(mine);
    expect(found).toEqual([
      {
        number: first.number,
        type: { zh: '路面塌陷', en: expect.any(String) },
        place: '二运第三网格 · 二运社区',
        reportedAt: expect.any(String),
        state: { zh: '正在办理', en: expect.any(String) },
        reasons: [
          { zh: '看来是同一类事', en: expect.any(String) },
          { zh: '同一网格', en: 'the same grid' },
          { zh: '早 2 小时', en: expect.any(String) },
        ],
      },
    ]);
    const page = await anyone.get(`/track/${mine.code}?sent=1`);
    expect(page.body).toContain('可能已有人报过');
    expect(page.body).toContain('是同一件，也告诉我');
    expect(page.body).toContain('不是，我的是另一件');
    for (const text of [JSON.stringify(found), page.body])
      for (const secret of ['张三丰', '13912340000', first.id, first.reportId, first.code])
        expect(text).not.toContain(secret);
    // Whoever says no, or comes back later, is not asked again.
    expect((await anyone.get(`/track/${mine.code}`)).body).not.toContain('可能已有人报过');
  });

  it('有坐标的按距离，只说到百米', async () => {
    const first = await filed({ place: { ...inside(1, 1), words: '' } });
    const { lon, lat } = inside(1, 1);
    const near = await report(anyone, { words: '路面塌陷', place: { lon: lon + 0.001, lat, words: '' } });
    const [one] = await hints(near);
    expect(one).toMatchObject({ number: first.number });
    expect(one.reasons[1].zh).toMatch(/^相距不到 [1-3]00 米$/);
    const far = await report(anyone, { words: '路面塌陷', place: { ...inside(0, 1), words: '' } });
    expect((await hints(far)).map(({ number }: { number: string }) => number)).not.toContain(first.number);
  });

  it('没立案的、保密的、别的网格的、别的事，都不说', async () => {
    const place = inGrid('tower-3');
    const mine = async () => hints(await report(anyone, { words: '路面塌陷', place }));
    await report(anyone, { words: '路面塌陷', place });
    const secret = await report(anyone, { words: '路面塌陷', place, confidential: true });
    await step(he, secret.id, 'register', { conditionCode: 'road-sunken-passable' });
    await settle();
    expect(await mine()).toEqual([]);
    await filed({ place: inGrid('tower-4') });
    expect(await mine()).toEqual([]);
    await filed({ place });
    expect(await hints(await report(anyone, { words: '野狗追人', place }))).toEqual([]);
    expect(await hints(await report(anyone, { words: '路面塌陷', place, confidential: true }))).toEqual([]);
    expect(await mine()).toHaveLength(1);
  });

  it('查询码不对，什么都不说；已立案的也不再问', async () => {
    expect((await anyone.get('/api/track/AAAA-BBBB-CCCC/alike')).status).toBeGreaterThanOrEqual(400);
    const place = inGrid('station-2');
    await filed({ place });
    const mine = await report(anyone, { words: '路面塌陷', place });
    expect(await hints(mine)).toHaveLength(1);
    await step(he, mine.id, 'register', { conditionCode: 'road-sunken-passable' });
    expect(await hints(mine)).toEqual([]);
  });
});

describe('是同一件，也告诉我', () => {
  const place = inGrid('station-1');

  it('不用脚本的表单：报完、点“是”，并到前面那件，两个人都听到', async () => {
    const first = await filed({ place });
    const form = new URLSearchParams({
      commandId: randomUUID(),
      words: '路面塌陷了',
      areaId: area('station-1'),
      place: '',
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = await app.inject({ method: 'POST', url: '/', payload: form.toString(), headers });
    expect(sent.statusCode).toBe(303);
    const asked = await app.inject({ url: String(sent.headers.location) });
    const [, action = ''] = /action="(\/track\/[^"]+\/join)"/.exec(asked.body) ?? [];
    const commandId = /name="commandId" value="([^"]+)"><input type="hidden" name="number"/.exec(asked.body)?.[1] ?? '';
    const payload = new URLSearchParams({ commandId, number: first.number }).toString();
    const joined = await app.inject({ method: 'POST', url: action, payload, headers });
    expect(joined.statusCode).toBe(303);
    expect((await app.inject({ url: String(joined.headers.location) })).body).toContain('记下了');
    await settle();
    const code = action.split('/')[2] ?? '';
    expect((await anyone.get(`/api/track/${code}`)).body).toMatchObject({
      status: 'registered',
      mergedInto: first.number,
    });
    const told = (await anyone.get(`/api/track/${code}`)).body.messages.map(
      ({ text }: { text: { zh: string } }) => text.zh,
    );
    expect(told.join()).toContain('已并在一起办理');
  });

  it('加入的听得到进展，听不到写给先报那个人的话，也不能替先报的人评价；先报的人照常', async () => {
    const first = await filed({ place });
    const mine = await report(anyone, { words: '路面塌陷', place });
    expect((await join(mine, first.number)).status).toBe(200);
    await settle();
    const [chen, cao] = [await as('陈敏'), await as('曹路')];
    await step(he, first.id, 'say', { words: '张先生，明早上门' });
    await step(chen, first.id, 'dispatch', { bodyId: body('works') });
    await step(cao, first.id, 'acknowledge');
    await addPhoto(cao, first.id, 'after');
    await step(cao, first.id, 'feed-back', { words: '补好了' });
    await step(await as('王秀兰'), first.id, 'verify', {});
    await step(he, first.id, 'close', { outcome: 'resolved', publicText: '已经补好' });
    await settle();
    const [theirs, own] = await Promise.all([
      anyone.get(`/api/track/${first.code}`),
      anyone.get(`/api/track/${mine.code}`),
    ]);
    expect(own.body).toMatchObject({ status: 'closed', publicText: '已经补好' });
    expect(JSON.stringify(theirs.body)).toContain('张先生');
    expect(JSON.stringify(own.body)).not.toContain('张先生');
    expect(can(own.body, 'answer')).toMatchObject({
      allowed: false,
      reason: { zh: expect.stringContaining('后来说“同一件”') },
    });
    expect((await anyone.post(`/api/track/${mine.code}/answer`, { answer: 'satisfied' })).status).toBe(409);
    expect((await anyone.post(`/api/track/${mine.code}/object`, { words: '没好' })).status).toBe(409);
    expect((await anyone.post(`/api/track/${first.code}/answer`, { answer: 'satisfied' })).status).toBe(200);
  });

  it('并错了，受理岗分开；它又是自己的一件', async () => {
    const first = await filed({ place });
    const mine = await report(anyone, { words: '路面塌陷', place });
    await join(mine, first.number);
    await settle();
    expect((await look(he, mine.id)).flags).toEqual(expect.arrayContaining(['merged', 'joined']));
    await step(he, mine.id, 'unmerge', { words: '不是一处' });
    const seen = await look(he, mine.id);
    expect(seen).toMatchObject({ status: 'reported', mergedInto: null });
    expect(seen.flags).not.toContain('joined');
  });

  it('没有的编号、没公开的、保密的、自己的，都一个样地拒绝；已立案的、说过一次的，不能再说', async () => {
    const hidden = await report(anyone, { place });
    const secret = await report(anyone, { place, confidential: true });
    await step(he, secret.id, 'register', { conditionCode: 'road-sunken-passable' });
    await settle();
    const mine = await report(anyone, { words: '路面塌陷', place });
    for (const number of ['20000101-000001', hidden.number, secret.number, mine.number]) {
      const said = await join(mine, number);
      expect({ status: said.status, code: said.body.code }).toEqual({ status: 422, code: 'casefile.no_such_number' });
    }
    expect((await look(he, mine.id)).flags).not.toContain('joined');
    const first = await filed({ place });
    const later = await report(anyone, { place });
    await step(he, later.id, 'register', { conditionCode: 'road-sunken-passable' });
    expect((await join(later, first.number)).status).toBe(409);
    expect((await join(mine, first.number)).status).toBe(200);
    expect((await join(mine, first.number)).status).toBe(409);
    // Of the desks nobody gives this command.
    expect((await he.post(`/api/casefiles/${mine.id}/ask-to-join`, { number: first.number })).status).toBe(404);
  });

  it('同一次提交发两遍：一条流水，一个结果；前面那件刚并走的，自己单独办', async () => {
    const third = await filed({ place: inGrid('station-2') });
    const first = await filed({ place });
    const mine = await report(anyone, { words: '路面塌陷', place });
    const commandId = randomUUID();
    const [one, two] = [await join(mine, first.number, commandId), await join(mine, first.number, commandId)];
    expect(two.body).toMatchObject(one.body);
    const entries = await sql(`select 1 from entry where record_id = $1 and kind = 'casefile.join_asked'`, [mine.id]);
    expect(entries).toHaveLength(1);
    // Merged elsewhere before the system came to it.
    await step(he, first.id, 'merge', { intoId: third.id });
    await settle();
    expect(await look(he, mine.id)).toMatchObject({ status: 'reported', mergedInto: null });
    expect((await refused(he, mine.id, 'merge', { intoId: first.id })).title).toContain('已并入另一案卷');
  });
});
