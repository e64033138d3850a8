import { describe, expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { body, report } from '../../../../test/telling.ts';

/* One box for everything one may see: cases, areas, people, bodies; a tracking code apart. */
const county = await openCounty();
const { as, anyone, sql } = county;
const [he, wang, tian] = [await as('何静'), await as('王秀兰'), await as('田青')];

const find = async (by: Caller, words: string) => {
  const found = await by.get(`/api/search?words=${encodeURIComponent(words)}`);
  expect(found.status, JSON.stringify(found.body)).toBe(200);
  return found.body as {
    cases: { id: string }[];
    more: boolean;
    areas: { name: string; path: string[] }[];
    people: { name: string; roleWords: { zh: string }; place: string }[];
    bodies: { id: string; name: string }[];
  };
};
const named = (all: readonly { name: string }[]): string[] => all.map(({ name }) => name);

describe('一个框查全部', () => {
  test('区域按名称、拼音首字母、代码；单位按名称；人按姓名，说得出岗位和在哪里', async () => {
    expect(named((await find(wang, '二运')).areas)).toContain('二运社区');
    expect((await find(wang, 'eysq')).areas).toMatchObject([
      { name: '二运社区', path: ['安澜县', '城东街道', '二运社区'] },
    ]);
    expect(named((await find(wang, '439901102')).areas)).toContain('临河镇');
    expect((await find(wang, '供水')).bodies).toMatchObject([{ id: body('water') }]);
    const { people } = await find(wang, '王秀兰');
    expect(people).toMatchObject([{ name: '王秀兰', roleWords: { zh: '网格员' }, place: '二运第一网格' }]);
    expect(await find(wang, '没有这样的东西')).toEqual({ cases: [], more: false, areas: [], people: [], bodies: [] });
  });

  test('案卷和单独查案卷一样多：看不到的没有，保密的没有', async () => {
    const said = await report(anyone, { words: '一个框里查的青铜铃' });
    const secret = await report(
      await as('宋洁'),
      { words: '保密的青铜铃', confidential: true, place: { ...inside(0, 0), words: '铃铛巷' }, channel: 'visit' },
      '/api/casefiles',
    );
    const ids = async (by: Caller, words: string) => (await find(by, words)).cases.map(({ id }) => id);
    expect(await ids(wang, '青铜铃')).toEqual([said.id]);
    expect(await ids(tian, '青铜铃')).toEqual([]);
    expect(await ids(await as('赵磊', 2), '青铜铃')).toEqual([]);
    for (const words of ['青铜铃', '铃铛巷', secret.number])
      expect(await ids(wang, words), words).not.toContain(secret.id);
  });

  test('没有登录的、不办案的进不来；太短说得清楚', async () => {
    expect((await anyone.get('/api/search?words=二运')).status).toBe(401);
    for (const role of ['管理员', '审计员'] as const)
      expect((await (await as(role)).get('/api/search?words=二运')).status).toBe(403);
    const short = await he.get('/api/search?words=二');
    expect([short.status, short.body.code]).toEqual([422, 'input.invalid']);
  });
});

describe('凭报事人念的查询码', () => {
  const byCode = (by: Caller, code: string) => by.post('/api/casefiles/by-code', { code });

  test('能看这件案卷的人找得到，怎么写都行；并且留下一条谁查过的流水', async () => {
    const said = await report(anyone, { words: '念查询码的一件' });
    for (const typed of [said.code, said.code.toLowerCase().replaceAll('-', ' '), said.code.replaceAll('0', 'O')])
      expect((await byCode(he, typed)).body).toMatchObject({ id: said.id, number: said.number });
    const looks = await sql<{ body: object }>(
      `select body from entry where record_id = $1 and kind = 'casefile.read' and actor_kind = 'account'`,
      [said.id],
    );
    expect(looks).toEqual(Array.from({ length: 3 }, () => ({ body: { by: 'code' } })));
    const { story } = (await he.get(`/api/casefiles/${said.id}`)).body;
    expect(story.map(({ kind }: { kind: string }) => kind)).not.toContain('casefile.read');
  });

  test('看不到的人、编的码、别的县的码：都一样是没有这个码，什么也没留下', async () => {
    const said = await report(anyone, { words: '不给看的一件' });
    const secret = await report(
      await as('宋洁'),
      { confidential: true, channel: 'visit', place: { ...inside(0, 0), words: '' } },
      '/api/casefiles',
    );
    const before = await sql(`select 1 from entry where kind = 'casefile.read'`);
    const refusals = [
      await byCode(tian, said.code),
      await byCode(await as('赵磊', 2), said.code),
      await byCode(wang, secret.code),
      await byCode(he, '0000-0000-0000'),
      await byCode(he, '不是码'),
    ];
    for (const { status, body: told } of refusals)
      expect({ status, code: told.code }).toEqual({ status: 404, code: 'track.unknown_code' });
    expect(await sql(`select 1 from entry where kind = 'casefile.read'`)).toHaveLength(before.length);
    expect((await byCode(anyone, said.code)).status).toBe(401);
    // Who took it down is in its circle and is led to it, by the code as by its page.
    expect((await byCode(await as('宋洁'), secret.code)).body).toMatchObject({ id: secret.id });
  });
});
