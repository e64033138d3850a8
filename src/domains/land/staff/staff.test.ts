import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../test/harness.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, body, person, refusesToTake } from '../../../../test/telling.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { transact } from '../../../kernel/transaction.ts';
import { appoint as appointTo } from './index.ts';
import { relieve as relieveOf } from './staff.commands.ts';

const county = await openCounty();
const { as, clock, sql } = county;
let admin: Caller;
beforeAll(async () => {
  admin = await as('管理员');
});

const refusedWith = (path: string, form: object, status: number, code: string): Promise<void> =>
  refusesToTake(admin, path, form, status, code);
const newPerson = async (name = '新来的'): Promise<string> => {
  const id = randomUUID();
  expect((await admin.post('/api/people', { id, name, phone: null })).status).toBe(200);
  return id;
};
const newPost = async (role: string, areaKey: string): Promise<string> => {
  const form = { id: randomUUID(), role, areaId: area(areaKey), bodyId: null };
  expect((await admin.post('/api/posts', form)).body).toEqual({ postId: form.id });
  return form.id;
};
const appoint = (postId: string, personId: string) =>
  admin.post('/api/holdings', { id: randomUUID(), postId, personId });
const postOf = async (
  role: string,
  areaKey: string,
): Promise<{ id: string; holders: { personId: string; name: string }[] }> =>
  (await admin.get(`/api/areas/${area(areaKey)}/posts`)).body.find((one: { role: string }) => one.role === role);

describe('设岗位', () => {
  it('设得了，看得到，还空着', async () => {
    const id = await newPost('mediator', 'park');
    expect(await postOf('mediator', 'park')).toEqual({
      id,
      role: 'mediator',
      roleWords: { zh: '调解员', en: expect.any(String) },
      holders: [],
    });
  });

  it.each([
    ['派遣员设到社区', 'dispatcher', 'park', '省、市、县（区）、乡镇（街道）'],
    ['网格员设到街道', 'grid_worker', 'east', '网格'],
    ['管理员设到街道', 'admin', 'east', '县（区）、市、省'],
    ['楼栋长设到网格', 'building_lead', 'park-1', '微网格'],
    ['部门岗位设到区域', 'body_desk', 'county', '单位'],
  ])('%s:不能，并说能设在哪里', async (_what, role, areaKey, places) => {
    const reply = await admin.post('/api/posts', { id: randomUUID(), role, areaId: area(areaKey), bodyId: null });
    expect(reply).toMatchObject({
      status: 422,
      body: { code: 'staff.wrong_place', detail: `请把岗位设在：${places}。` },
    });
  });

  it('区域岗位不能设到单位；两处都给、两处都不给也不行', async () => {
    const at = (areaId: string | null, bodyId: string | null) => ({
      id: randomUUID(),
      role: 'grid_worker',
      areaId,
      bodyId,
    });
    await refusedWith('/api/posts', at(null, body('works')), 422, 'staff.wrong_place');
    await refusedWith('/api/posts', at(null, null), 404, 'staff.not_found');
    await refusedWith('/api/posts', at(area('park-1'), body('works')), 404, 'staff.not_found');
    await refusedWith('/api/posts', at(randomUUID(), null), 404, 'area.not_found');
    await refusedWith('/api/posts', at(null, randomUUID()), 404, 'staff.not_found');
  });

  it('一个地方一种岗位只有一个', async () => {
    await refusedWith(
      '/api/posts',
      { id: randomUUID(), role: 'registrar', areaId: area('east'), bodyId: null },
      409,
      'staff.post_exists',
    );
  });

  it('没有这种岗位', async () => {
    await refusedWith(
      '/api/posts',
      { id: randomUUID(), role: 'mayor', areaId: area('east'), bodyId: null },
      422,
      'input.invalid',
    );
  });
});

describe('任命和免去', () => {
  it('几个人可以同担一个岗位', async () => {
    const post = await postOf('dispatcher', 'east');
    const second = await newPerson('第二个派遣员');
    expect((await appoint(post.id, second)).status).toBe(200);
    expect((await postOf('dispatcher', 'east')).holders.map(({ name }) => name).sort()).toEqual(
      ['第二个派遣员', '陈敏'].sort(),
    );
    expect((await admin.post('/api/holdings/end', { postId: post.id, personId: second })).body).toEqual({ ended: 1 });
  });

  it('同一个人同一个岗位不能任两次', async () => {
    const post = await postOf('registrar', 'east');
    await refusedWith(
      '/api/holdings',
      { id: randomUUID(), postId: post.id, personId: person('hejing') },
      409,
      'staff.holds_already',
    );
  });

  it('免了以后可以再任', async () => {
    const [post, id] = [
      await newPost('grid_worker', 'tower-1').catch(() => newPost('mediator', 'ferry')),
      await newPerson(),
    ];
    for (let i = 0; i < 3; i += 1) {
      expect((await appoint(post, id)).status, `第 ${i + 1} 次`).toBe(200);
      clock.advance(1000);
      expect((await admin.post('/api/holdings/end', { postId: post, personId: id })).status).toBe(200);
      clock.advance(1000);
    }
  });

  it('没有担任的岗位免不了', async () => {
    const post = await postOf('registrar', 'east');
    await refusedWith('/api/holdings/end', { postId: post.id, personId: person('chenmin') }, 404, 'staff.not_found');
    await refusedWith(
      '/api/holdings/end',
      { postId: randomUUID(), personId: person('chenmin') },
      404,
      'staff.not_found',
    );
  });

  it('任命不存在的人、不存在的岗位：说没有，不出错', async () => {
    const post = await postOf('registrar', 'east');
    await refusedWith(
      '/api/holdings',
      { id: randomUUID(), postId: randomUUID(), personId: person('hejing') },
      404,
      'staff.not_found',
    );
    await refusedWith(
      '/api/holdings',
      { id: randomUUID(), postId: post.id, personId: randomUUID() },
      404,
      'staff.not_found',
    );
  });

  it('最后一位能登录的管理员免不了；两位同时互相免，也留下一位', async () => {
    const post = await postOf('admin', 'county');
    const withoutAccount = await newPerson('没有账号的管理员');
    await appoint(post.id, withoutAccount);
    const alone = { postId: post.id, personId: person('admin') };
    await refusedWith('/api/holdings/end', alone, 409, 'staff.last_admin');

    await appoint(post.id, person('hejing'));
    clock.advance(1000);
    const bySystem = (work: (ctx: Ctx) => Promise<unknown>) =>
      transact(county.runtime, asSystem(1, 'test'), work, { commandId: randomUUID() });
    const outcomes = await Promise.all(
      ['admin', 'hejing'].map((login) =>
        bySystem((ctx) => relieveOf(ctx, { postId: post.id, personId: person(login) })).then(
          () => login,
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(outcomes).toContain('staff.last_admin');
    const [gone] = outcomes.filter((one) => one !== 'staff.last_admin');
    expect(gone, '另一位免成了').toMatch(/^(admin|hejing)$/);
    clock.advance(1000);
    await bySystem(async (ctx) => {
      if (gone === 'hejing') return;
      await appointTo(ctx, { id: randomUUID(), ...alone });
      await relieveOf(ctx, { postId: post.id, personId: person('hejing') });
    });
  });

  it('管理员和审计员不能是同一个人，先后、倒过来都不行', async () => {
    const [adminPost, auditorPost] = [await postOf('admin', 'county'), await postOf('auditor', 'county')];
    await refusedWith(
      '/api/holdings',
      { id: randomUUID(), postId: auditorPost.id, personId: person('admin') },
      409,
      'staff.must_be_separate',
    );
    await refusedWith(
      '/api/holdings',
      { id: randomUUID(), postId: adminPost.id, personId: person('auditor') },
      409,
      'staff.must_be_separate',
    );
    const both = await newPerson('想两样都当的');
    expect((await appoint(adminPost.id, both)).status).toBe(200);
    expect((await appoint(auditorPost.id, both)).body.code).toBe('staff.must_be_separate');
    clock.advance(1000);
    await admin.post('/api/holdings/end', { postId: adminPost.id, personId: both });
    clock.advance(1000);
    expect((await appoint(auditorPost.id, both)).status, '不当管理员了，可以当审计员').toBe(200);
  });

  it('同时任命管理员和审计员，也只成一个', async () => {
    const [adminPost, auditorPost] = [await postOf('admin', 'county'), await postOf('auditor', 'county')];
    const personId = await newPerson('两头同时任命的');
    const { runtime } = county;
    const appointing = (postId: string, before: () => Promise<void>) =>
      transact(
        runtime,
        asSystem(1, 'test'),
        async (ctx) => {
          await appointTo(ctx, { id: randomUUID(), postId, personId });
          await before();
        },
        { commandId: randomUUID() },
      );
    let second: Promise<unknown> = Promise.resolve();
    const first = appointing(adminPost.id, async () => {
      second = appointing(auditorPost.id, async () => undefined).catch((error: { code: string }) => error.code);
      await sleep(300);
    });
    await first;
    expect(await second).toBe('staff.must_be_separate');
  });

  it('只有管理员能任免；管理员不看案卷', async () => {
    const post = await postOf('registrar', 'east');
    for (const name of ['赵磊', '何静', '审计员'] as const)
      expect(
        (
          await (
            await as(name)
          ).post('/api/holdings', { id: randomUUID(), postId: post.id, personId: person('chenmin') })
        ).status,
        name,
      ).toBe(403);
    expect((await admin.get('/api/casefiles')).body.code).toBe('account.not_for_you');
  });

  it.each(['/api/people', '/api/posts', '/api/holdings', '/api/bodies', '/api/responsibilities'])(
    '%s:自己做的编号重了，说编号用过，不出错',
    async (path) => {
      const id = randomUUID();
      const forms: Record<string, () => Promise<object>> = {
        '/api/people': async () => ({ id, name: '某人', phone: null }),
        '/api/posts': async () => ({
          id,
          role: (await postOf('mediator', 'river')) ? 'verifier' : 'mediator',
          areaId: area('river'),
          bodyId: null,
        }),
        '/api/holdings': async () => ({
          id,
          postId: (await postOf('registrar', 'east')).id,
          personId: await newPerson(),
        }),
        '/api/bodies': async () => ({
          id,
          name: `单位${randomUUID()}`,
          kind: 'water',
          areaId: area('county'),
          calendarId: (await admin.get('/api/bodies')).body[0].calendarId,
        }),
        '/api/responsibilities': async () => ({
          id,
          areaId: area('river'),
          personId: await newPerson(),
          rank: 'paired',
          mode: 'normal',
          charge: '包保',
        }),
      };
      const make = forms[path] ?? (async () => ({}));
      expect((await admin.post(path, await make())).status).toBe(200);
      const again = await admin.post(path, await make());
      expect(again.status, JSON.stringify(again.body)).toBe(409);
    },
  );
});

describe('登记单位和人员', () => {
  const calendarId = async (): Promise<string> => (await admin.get('/api/bodies')).body[0].calendarId;
  it('同名单位不行', async () => {
    await refusedWith(
      '/api/bodies',
      {
        id: randomUUID(),
        name: '安澜县供水公司',
        kind: 'water',
        areaId: area('county'),
        calendarId: await calendarId(),
      },
      409,
      'staff.body_name_taken',
    );
  });

  it('没有的工作日历：说没有', async () => {
    const reply = await admin.post('/api/bodies', {
      id: randomUUID(),
      name: '无日历单位',
      kind: 'water',
      areaId: area('county'),
      calendarId: randomUUID(),
    });
    expect(reply.status, JSON.stringify(reply.body)).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
  });

  it.each([['abc'], ['1'], ['1380000111122223333444455556666'], ['<script>']])('电话 %s 不像电话', async (phone) => {
    await refusedWith('/api/people', { id: randomUUID(), name: '某人', phone }, 422, 'input.invalid');
  });

  it('电话封着存，名字和电话都不在台账的明文里', async () => {
    await admin.post('/api/people', { id: randomUUID(), name: '独一无二的名字', phone: '13912349876' });
    const rows = await sql<{ text: string }>(
      `select to_jsonb(p)::text as text from person p union all select body::text from entry`,
    );
    expect(rows.filter(({ text }) => text.includes('13912349876'))).toEqual([]);
    expect(
      (await sql<{ text: string }>('select body::text as text from entry')).filter(({ text }) =>
        text.includes('独一无二的名字'),
      ),
    ).toEqual([]);
  });
});
