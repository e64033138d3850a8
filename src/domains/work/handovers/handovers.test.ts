import { beforeAll, describe, expect, it } from 'vitest';
import { allDayCalendarId } from '../../../../seeds/planting.ts';
import { inside } from '../../../../seeds/small/plan.ts';
import type { Caller } from '../../../../test/harness.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, body, look, owes, person, report, step } from '../../../../test/telling.ts';
import { type Answer, execute } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../kernel/transaction.ts';
import { verifyCasefiles } from '../casefiles/index.ts';
import { chainQuery, openFinding } from '../chain/index.ts';
import {
  type HandoverForm,
  handOver,
  previewHandover,
  previewStandDown,
  type RaiseForm,
  raise,
  type StandDownForm,
  standDown,
} from './index.ts';

const county = await openCounty();
const { as, anyone, clock, runtime, settle, sql } = county;

const act = async <T extends Answer>(work: (ctx: Ctx) => Promise<T>, id = runtime.ids.newId()): Promise<T> =>
  (await execute(runtime, asSystem(1, 'operator'), { id, name: 'test', input: {} }, { work })).answer;
const looking = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => transact(runtime, asSystem(1, 'operator'), work);
const refusal = async (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.unreachable('should be refused'),
    (problem: Problem) => problem,
  );
const entries = async (): Promise<number> =>
  (await sql<{ n: number }>('select count(*)::int as n from entry'))[0]?.n ?? 0;
const expectTrue = async (): Promise<void> => {
  await settle();
  expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
};

let [he, chen]: Caller[] = [];
beforeAll(async () => {
  [he, chen] = [await as('何静'), await as('陈敏')];
});

/** A case on the desk of a body, taken in by whoever sits there. */
async function handledBy(bodyId: string, by: Caller): Promise<string> {
  const { id } = await report(anyone, {
    words: `水管漏水 ${await entries()}`,
    place: { ...inside(0, 0), words: '巷口' },
  });
  await settle();
  await step(he as Caller, id, 'register', { conditionCode: 'water-pipe-break-seeping' });
  await step(chen as Caller, id, 'dispatch', { bodyId });
  await step(by, id, 'acknowledge');
  return id;
}

describe('移交', () => {
  const form = (from: string, to: string, postIds: string[] | null = null): HandoverForm => ({
    fromId: person(from),
    toId: person(to),
    postIds,
  });

  it('岗位、手上的待办、包保一起走：先看清单，再办，有回执；原来的人从这一刻起没有了', async () => {
    const [zhou, xu, xie] = [await as('周工'), await as('许师傅'), await as('谢工')];
    const id = await handledBy(body('water'), zhou);
    await step(zhou, id, 'assign', { personId: person('xushifu') });
    const admin = await as('管理员');
    const charge = { id: runtime.ids.newId(), areaId: area('park'), personId: person('xushifu'), rank: 'paired' };
    expect((await admin.post('/api/responsibilities', { ...charge, mode: 'emergency', charge: '防汛' })).status).toBe(
      200,
    );
    expect(await owes(xu, id)).toEqual(['casefile.handle']);

    const before = await entries();
    const shown = await looking((ctx) => previewHandover(ctx, form('xushifu', 'xiegong')));
    expect(shown).toMatchObject({
      from: '许师傅',
      to: '谢工',
      posts: [{ name: expect.stringContaining('处置人员') }],
      charges: [{ area: '青园社区', charge: '防汛' }],
      duties: [{ recordId: id, duty: { zh: '处置' }, owedBy: '安澜县供水公司' }],
    });
    expect(await entries(), '只是看').toBe(before);

    clock.advance(1000);
    const commandId = runtime.ids.newId();
    const receipt = await act((ctx) => handOver(ctx, form('xushifu', 'xiegong')), commandId);
    expect(receipt).toMatchObject({
      posts: shown.posts.map(({ postId }) => postId),
      duties: shown.duties.map((one) => one.id),
    });
    expect(receipt.charges).toHaveLength(1);
    expect(await owes(xie, id)).toEqual(['casefile.handle']);
    expect(await owes(xu, id)).toEqual([]);
    const chain = (await xie.get(`/api/areas/${area('park')}/responsible`)).body[0].people;
    expect(chain.map(({ name }: { name: string }) => name)).toEqual(['谢工']);
    expect((await look(zhou, id)).story.at(-1)).toMatchObject({ kind: 'obligation.handed_over', words: null });

    const after = await entries();
    expect(await act((ctx) => handOver(ctx, form('xushifu', 'xiegong')), commandId), '同一次再发').toEqual(receipt);
    expect((await refusal(act((ctx) => handOver(ctx, form('xushifu', 'xiegong'))))).code).toBe('handover.nothing');
    expect(await entries()).toBe(after);
    await expectTrue();
  });

  it('只移交一个岗位：别的留下；岗位上的待办跟着岗位', async () => {
    const seat = (key: string) =>
      sql<{ id: string }>(`select id from post where realm = 1 and role = 'grid_worker' and area_id = $1`, [area(key)]);
    const [post] = await seat('station-2');
    clock.advance(1000);
    await act((ctx) => handOver(ctx, form('wufang', 'zhenghai', [post?.id ?? ''])));
    const posts = async (name: '吴芳' | '郑海') =>
      (await (await as(name)).get('/api/me')).body.posts.map(({ place }: { place: string }) => place).sort();
    expect(await posts('吴芳')).toEqual(['二运第三网格']);
    expect(await posts('郑海')).toContain('二运第二网格');
  });

  it('移交给自己、没有的人：拒绝，什么都不变', async () => {
    const before = await entries();
    expect((await refusal(act((ctx) => handOver(ctx, form('sunli', 'sunli'))))).code).toBe('handover.same_person');
    const nobody = { ...form('sunli', 'gaoming'), toId: runtime.ids.newId() };
    expect((await refusal(act((ctx) => handOver(ctx, nobody)))).code).toBe('handover.no_person');
    expect(await entries()).toBe(before);
    expect((await (await as('孙丽')).get('/api/me')).body.posts).toHaveLength(1);
  });

  it('管理员的岗位不能交给审计员', async () => {
    expect((await refusal(act((ctx) => handOver(ctx, form('admin', 'auditor'))))).code).toBe('staff.must_be_separate');
    expect((await (await as('管理员')).get('/api/me')).body.posts).toHaveLength(1);
  });
});

describe('临时组织', () => {
  const general = (changes: Partial<RaiseForm> = {}): RaiseForm => ({
    id: runtime.ids.newId(),
    name: `临时总支${runtime.ids.newId().slice(-6)}`,
    kind: 'township',
    purpose: '防汛期间合署办公',
    until: '2026-12-31',
    areaId: area('east'),
    calendarId: allDayCalendarId(1),
    aboveId: null,
    areaIds: [area('park')],
    members: [
      { role: 'body_head', personId: person('jiangtao') },
      { role: 'body_desk', personId: person('gaoming') },
      { role: 'body_worker', personId: person('lufa') },
    ],
    ...changes,
  });
  const down = (bodyId: string, toId: string | null = null, duties: Record<string, string> = {}): StandDownForm => ({
    bodyId,
    toId,
    duties,
  });

  it('成立：借来的人原来的岗位都在；撤销：待办交出去，权利从这一刻起没有了', async () => {
    const form = general();
    const [gao, peng] = [await as('高明'), await as('彭队')];
    const had = (await gao.get('/api/me')).body.posts.length;
    const commandId = runtime.ids.newId();
    const raised = await act((ctx) => raise(ctx, form), commandId);
    expect(raised).toEqual({ bodyId: form.id, posts: 3, members: 3 });
    expect(await act((ctx) => raise(ctx, form), commandId), '同一次再发').toEqual(raised);
    expect((await gao.get('/api/me')).body.posts).toHaveLength(had + 1);
    expect((await gao.get(`/api/areas/${area('park')}/responsible`)).body[0].people).toContainEqual(
      expect.objectContaining({ name: '蒋涛', mode: 'emergency', charge: form.name }),
    );

    const id = await handledBy(form.id, gao);
    expect(await owes(gao, id)).toEqual(['casefile.handle']);
    expect((await look(gao, id)).bodyName).toBe(form.name);

    // Nobody is named for what is open: refused with the list, nothing changed.
    const before = await entries();
    const left = await refusal(act((ctx) => standDown(ctx, down(form.id))));
    expect(left).toMatchObject({ code: 'organisation.left_with_nobody', params: { count: 1 } });
    expect(left.faults[0]?.says.zh).toContain('处置');
    const shown = await looking((ctx) => previewStandDown(ctx, down(form.id, body('order'))));
    expect(shown).toMatchObject({ left: [], duties: [{ recordId: id, to: '城东街道综合执法队' }] });
    expect(await entries()).toBe(before);

    clock.advance(1000);
    const done = await act((ctx) => standDown(ctx, down(form.id, body('order'))));
    expect(done).toMatchObject({ posts: 3, holdings: 3, charges: 1, duties: shown.duties.map((one) => one.id) });
    expect(await owes(gao, id)).toEqual([]);
    expect((await gao.get(`/api/casefiles/${id}`)).status, '不在自己的社区，看不到了').toBe(404);
    expect((await gao.get('/api/me')).body.posts, '原来的岗位还在').toHaveLength(had);
    expect(await owes(peng, id)).toEqual(['casefile.handle']);
    expect((await look(peng, id)).bodyName).toBe('城东街道综合执法队');
    await step(peng, id, 'send-back', { reason: 'not_ours', words: '请派供水公司' });
    expect((await refusal(act((ctx) => standDown(ctx, down(form.id, body('order')))))).code).toBe(
      'organisation.unknown',
    );
    const again = await (chen as Caller).post(`/api/casefiles/${id}/dispatch`, { bodyId: form.id });
    expect(again.status, '撤了的单位派不过去').toBeGreaterThanOrEqual(400);
    await expectTrue();
  });

  it('下面的支部没有撤、接手的单位没有人：拒绝，列出来', async () => {
    const [above, below, empty] = [general(), general(), runtime.ids.newId()];
    await act((ctx) => raise(ctx, above));
    await act((ctx) => raise(ctx, { ...below, aboveId: above.id }));
    const admin = await as('管理员');
    const bare = { id: empty, name: '空单位', kind: 'water', areaId: area('east'), calendarId: allDayCalendarId(1) };
    expect((await admin.post('/api/bodies', bare)).status).toBe(200);
    const id = await handledBy(below.id, await as('高明'));
    const twice = await looking((ctx) => previewStandDown(ctx, down(above.id, body('order'))));
    expect(twice.left.map(({ path }) => path)).toEqual([below.name]);
    for (const to of [empty, below.id])
      expect((await refusal(act((ctx) => standDown(ctx, down(below.id, to))))).code).toBe(
        'organisation.left_with_nobody',
      );
    const { duties } = await looking((ctx) => previewStandDown(ctx, down(below.id)));
    clock.advance(1000);
    await act((ctx) => standDown(ctx, down(below.id, null, { [duties[0]?.id ?? '']: body('water') })));
    expect(await owes(await as('周工'), id)).toEqual(['casefile.handle']);
    await act((ctx) => standDown(ctx, down(above.id)));
    await expectTrue();
  });

  it('没有负责人、期限过了、上级不是临时组织、常设单位不能撤：都说清楚', async () => {
    const before = await entries();
    const refusedForm = (changes: Partial<RaiseForm>) => refusal(act((ctx) => raise(ctx, general(changes))));
    expect((await refusedForm({ members: [{ role: 'body_worker', personId: person('lufa') }] })).code).toBe(
      'organisation.no_head',
    );
    expect((await refusedForm({ until: '2026-01-01' })).code).toBe('organisation.term');
    expect((await refusedForm({ aboveId: body('water') })).code).toBe('organisation.unknown');
    expect((await refusedForm({ areaIds: [runtime.ids.newId()] })).code).toBe('area.not_found');
    expect((await refusal(act((ctx) => standDown(ctx, down(body('water'), body('order')))))).code).toBe(
      'organisation.unknown',
    );
    expect(await entries()).toBe(before);
  });

  it('期限过了还没有撤：责任链报告里看得到', async () => {
    const form = general({ until: '2026-03-31' });
    await act((ctx) => raise(ctx, form));
    const past = () => looking((ctx) => openFinding(ctx, 'body_past_term', chainQuery.parse({})));
    expect((await past()).lines.map(({ name }) => name)).not.toContain(form.name);
    clock.advance(60 * 86_400_000);
    expect((await past()).lines.map(({ name }) => name)).toContain(form.name);
  });
});
