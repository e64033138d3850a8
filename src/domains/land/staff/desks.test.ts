import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../test/harness.ts';
import { openCounty } from '../../../../test/harness.ts';
import { aReport, area, owes, person, refusesToTake, report } from '../../../../test/telling.ts';

const county = await openCounty();
const { as, anyone, clock, settle } = county;
let admin: Caller;
beforeAll(async () => {
  admin = await as('管理员');
});

const refusedWith = (path: string, form: object, status: number, code: string): Promise<void> =>
  refusesToTake(admin, path, form, status, code);
const appoint = (postId: string, personId: string) =>
  admin.post('/api/holdings', { id: randomUUID(), postId, personId });
const postOf = async (
  role: string,
  areaKey: string,
): Promise<{ id: string; holders: { personId: string; name: string }[] }> =>
  (await admin.get(`/api/areas/${area(areaKey)}/posts`)).body.find((one: { role: string }) => one.role === role);

describe('没人的时候活归谁', () => {
  const registrar = async (areaKey: string) => {
    const form = aReport({ place: { areaId: area(areaKey), words: '村口' } });
    expect((await anyone.post('/api/reports', form)).status).toBe(200);
    await settle();
    return form.casefileId;
  };

  it('乡镇的受理岗空了，新来的归县里；有人了又归乡镇', async () => {
    const [ding, shen] = [await as('丁一'), await as('沈月')];
    expect(await owes(ding, await registrar('ferry-1'))).toEqual(['casefile.register']);
    const post = await postOf('registrar', 'river');
    clock.advance(1000);
    await admin.post('/api/holdings/end', { postId: post.id, personId: person('dingyi') });
    clock.advance(1000);
    const atCounty = await registrar('ferry-1');
    expect(await owes(shen, atCounty)).toEqual(['casefile.register']);
    expect(await owes(ding, atCounty)).toEqual([]);
    await appoint(post.id, person('dingyi'));
    clock.advance(1000);
    expect(await owes(await as('丁一'), await registrar('ferry-2'))).toEqual(['casefile.register']);
  });

  it('没说在哪里的，归县里', async () => {
    const { id } = await report(anyone, { place: { words: '不知道在哪' } });
    expect(await owes(await as('沈月'), id)).toEqual(['casefile.register']);
  });
});

describe('谁负责', () => {
  const charge = (areaKey: string, login: string, changes: object = {}) => ({
    id: randomUUID(),
    areaId: area(areaKey),
    personId: person(login),
    rank: 'paired',
    mode: 'normal',
    charge: '包保',
    ...changes,
  });

  it('从网格往上一级一级说出来，平时和应急分开', async () => {
    for (const [key, login, rank] of [
      ['county', 'zhaolei', 'county'],
      ['east', 'jiangtao', 'town'],
      ['park', 'gaoming', 'community'],
      ['park-1', 'zhenghai', 'grid'],
    ] as const)
      expect((await admin.post('/api/responsibilities', charge(key, login, { rank }))).status).toBe(200);
    await admin.post('/api/responsibilities', charge('park', 'shian', { mode: 'emergency', charge: '防汛包保' }));
    const { body: chain } = await (await as('高明')).get(`/api/areas/${area('park-1')}/responsible`);
    expect(
      chain.map((one: { area: string; people: { name: string; mode: string }[] }) => [
        one.area,
        one.people.map((who) => `${who.name} ${who.mode}`),
      ]),
    ).toEqual([
      ['青园第一网格', ['郑海 normal']],
      ['青园社区', ['高明 normal', '石安 emergency']],
      ['城东街道', ['蒋涛 normal']],
      ['安澜县', ['赵磊 normal']],
    ]);
  });

  it('同一个人同一处同一样，不能落实两次：说清楚，不出错', async () => {
    await admin.post('/api/responsibilities', charge('ferry', 'luohe'));
    const again = await admin.post('/api/responsibilities', charge('ferry', 'luohe'));
    expect(again.status, JSON.stringify(again.body)).toBe(409);
  });

  it('没有的人、没有的地方：说没有', async () => {
    await refusedWith(
      '/api/responsibilities',
      { ...charge('park', 'gaoming'), personId: randomUUID() },
      404,
      'staff.not_found',
    );
    await refusedWith(
      '/api/responsibilities',
      { ...charge('park', 'gaoming'), areaId: randomUUID() },
      404,
      'area.not_found',
    );
    expect((await admin.get(`/api/areas/${randomUUID()}/responsible`)).body.code).toBe('area.not_found');
    expect((await admin.get(`/api/areas/${randomUUID()}/posts`)).body.code).toBe('area.not_found');
  });

  it('不登录的人看不到谁负责', async () => {
    expect((await anyone.get(`/api/areas/${area('park')}/responsible`)).status).toBe(401);
    expect((await anyone.get(`/api/areas/${area('park')}/posts`)).status).toBe(401);
  });
});
