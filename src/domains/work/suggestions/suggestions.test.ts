import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { area, body, HOUR, report, step } from '../../../../test/telling.ts';
import { conditionsIn, dispatchOne, dispatchSome } from './fixtures/dispatches.ts';
import { learnDispatch } from './index.ts';

/** From dispatches to a suggestion: learned from what the desks did, shown to whoever puts on file, decided by them. */
const county = await openCounty();
const { as, anyone, clock, runtime, settle, sql } = county;
const he = await as('何静');
const chen = await as('陈敏');

const desks = { anyone, registrar: he, dispatcher: chen };
const conditions = await conditionsIn(desks);

const models = () =>
  sql<{ version: number; lessons: number; learned: object }>('select * from dispatch_model order by version');
const entries = () =>
  sql<{ body: object }>(`select body from entry where kind = 'dispatch_model.learned' order by recorded_at`);
const suggested = async (id: string, by = he) => (await by.get(`/api/casefiles/${id}/suggest`)).body;

describe('学派遣', () => {
  it('没有几件可学的：说有几件、要几件，什么都没有写', async () => {
    await dispatchSome(desks, 1);
    await expect(learnDispatch(runtime, 1)).rejects.toMatchObject({ code: 'suggestion.too_few' });
    expect(await models()).toEqual([]);
    const fresh = await report(anyone, { words: '路面塌了' });
    expect(await suggested(fresh.id)).toEqual({ learned: null, suggestions: [] });
  });

  it('学成一版：写进流水，里面没有原话；人名、电话、保密案卷说的话都不在里面', async () => {
    await dispatchSome(desks, 4);
    // One household that writes again and again, and a matter that only a circle may know of.
    for (let i = 0; i < 7; i += 1)
      await dispatchOne(
        desks,
        `张建国家门口路面塌了，电话13912345578，第${'甲乙丙丁戊己庚'[i]}次说`,
        'station-1',
        conditions[0] ?? '',
        'works',
      );
    const secret = await report(anyone, { words: '家暴，隔壁天天打人', confidential: true });
    await step(he, secret.id, 'register', { conditionCode: conditions[0] });
    await step(chen, secret.id, 'dispatch', { bodyId: body('works') });
    await settle();
    const learned = await learnDispatch(runtime, 1);
    expect(learned).toMatchObject({ version: 1, lessons: 57, types: 2, bodies: 2 });
    expect(learned.tried.types.ours.top1).toBeGreaterThan(0.9);
    const stored = JSON.stringify((await models()).map((one) => one.learned));
    expect(stored).toContain('w:路面');
    expect(stored).toContain('w:垃圾');
    for (const word of ['张建国', '电话', '1391', '家暴', '打人', '塌了一个坑']) expect(stored).not.toContain(word);
    expect(await entries()).toEqual([{ body: expect.objectContaining({ version: 1, lessons: 57, bodies: 2 }) }]);
  });

  it('再学一遍，没有新的派遣：还是这一版，什么都没有写', async () => {
    expect(await learnDispatch(runtime, 1)).toMatchObject({ version: 1, lessons: 57 });
    expect(await models()).toHaveLength(1);
    expect(await entries()).toHaveLength(1);
  });
});

describe('推荐', () => {
  it('新来的没有分类：给出分类、单位和把握，按规则另有单位的也说', async () => {
    const { id } = await report(anyone, { words: '门前的路面又塌了', place: { areaId: area('park-1'), words: '' } });
    const { learned, suggestions } = await suggested(id);
    expect(learned).toMatchObject({ version: 1, lessons: 57 });
    expect(suggestions.length).toBeLessThanOrEqual(3);
    expect(suggestions[0]).toMatchObject({
      typeCode: 'road-sunken',
      confidence: 'strong',
      body: { id: body('works'), name: '安澜县市政养护中心' },
    });
    const litter = await report(anyone, { words: '巷子里垃圾没人清扫' });
    expect((await suggested(litter.id)).suggestions[0]).toMatchObject({
      typeCode: 'dirty-road',
      body: { id: body('clean') },
    });
  });

  it('没学过的说法、保密的、已立案的、并走的，都不推荐', async () => {
    const secret = await report(anyone, { words: '路面塌了', confidential: true });
    expect((await suggested(secret.id)).suggestions).toEqual([]);
    const strange = await report(anyone, { words: '邻居装修太吵' });
    expect((await suggested(strange.id)).suggestions).toEqual([]);
    const filed = await report(anyone, { words: '路面塌了' });
    await step(he, filed.id, 'register', { conditionCode: conditions[0] });
    expect((await suggested(filed.id)).suggestions).toEqual([]);
    const [copy, into] = [await report(anyone, { words: '路面塌了' }), await report(anyone, { words: '路面塌了' })];
    await step(he, copy.id, 'merge', { intoId: into.id });
    expect((await suggested(copy.id)).suggestions).toEqual([]);
  });

  it('只给立案和派遣岗看自己看得见的', async () => {
    const { id } = await report(anyone, { words: '路面塌了' });
    expect((await (await as('王秀兰')).get(`/api/casefiles/${id}/suggest`)).status).toBe(403);
    expect((await anyone.get(`/api/casefiles/${id}/suggest`)).status).toBe(401);
    expect((await (await as('丁一')).get(`/api/casefiles/${id}/suggest`)).status).toBe(404);
  });

  it('案卷页上一键填入立案表，不点立案就什么都没有发生', async () => {
    const { id } = await report(anyone, { words: '垃圾满地没人清' });
    const page = (await he.get(`/console/cases/${id}`)).body;
    expect(page).toContain('可能是哪一类');
    expect(page).toMatch(/很可能，约 \d 成把握/);
    expect(page).toContain('填入立案表');
    const filled = (await he.get(`/console/cases/${id}?type=dirty-road`)).body;
    expect(filled).toContain('已填入下面的立案表');
    expect(filled).toMatch(/<option value="dirty-road-[a-z-]+" selected>/);
    expect((await he.get(`/api/casefiles/${id}`)).body).toMatchObject({ status: 'reported', typeCode: null });
    // Whoever does not put on file is not shown it.
    expect((await (await as('王秀兰')).get(`/console/cases/${id}`)).body).not.toContain('可能是哪一类');
  });

  it('后来派得不一样了，再学就跟着变；只留这一版和前一版', async () => {
    for (const version of [2, 3]) {
      clock.advance(HOUR);
      await dispatchSome(desks, 1);
      expect(await learnDispatch(runtime, 1)).toMatchObject({ version });
    }
    expect((await models()).map(({ version }) => version)).toEqual([2, 3]);
    const { id } = await report(anyone, { words: '路面塌了' });
    expect((await suggested(id)).learned).toMatchObject({ version: 3 });
  });
});
