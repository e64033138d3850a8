import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { refusesToTake, report } from '../../../../test/telling.ts';
import { allConsequences } from '../../../gateways/index.ts';
import { countFailedJobs } from '../../../kernel/failed_jobs.ts';
import { reactionWords } from './upkeep.model.ts';

/** Jobs that the queue gave up: who sees them, who runs them again, and what of it is told. */
const county = await openCounty();
const { as, anyone, sql, runtime } = county;
const admin = await as('管理员');
const { id: casefileId } = await report(anyone);

/** One that gave up, as the queue leaves it; the error quotes what nobody may read. */
async function gaveUp(error = 'duplicate key: Key (name)=(王秀兰) already exists', realm = 1): Promise<string> {
  const [job] = await sql<{ id: string }>(
    `select (graphile_worker.add_job('react', json_build_object('realm', $1::int, 'entry', e.id, 'reaction', 'casefile: tell reporters'), max_attempts => 12)).id::text as id
     from entry e where e.record_id = $2 limit 1`,
    [realm, casefileId],
  );
  await sql('update graphile_worker._private_jobs set attempts = max_attempts, last_error = $2 where id = $1', [
    job?.id,
    error,
  ]);
  return job?.id ?? '';
}

const stateOf = async (id: string) =>
  (
    await sql<{ attempts: number; last_error: string | null; payload: object }>(
      'select attempts, last_error, payload from graphile_worker._private_jobs where id = $1',
      [id],
    )
  )[0];
const entries = (kind: string) =>
  sql<{ body: object; person_id: string; command_id: string }>(
    'select body, person_id, command_id from entry where kind = $1 order by ord',
    [kind],
  );
const failed = async () => (await admin.get<{ id: string }[]>('/api/jobs/failed')).body;

beforeEach(async () => {
  await sql('delete from graphile_worker._private_jobs');
});

describe('清单', () => {
  it('说做什么、试了几次、为什么，不说原文：原文里可能有人名', async () => {
    const id = await gaveUp();
    const listed = await failed();
    expect(listed).toMatchObject([
      {
        ...{ id, attempts: 12, cause: 'rule', givenUp: false },
        reactionWords: { zh: '告诉报事人进展' },
        causeWords: { zh: '违反了数据库的规则，多半是程序的错' },
      },
    ]);
    expect(JSON.stringify(listed)).not.toContain('王秀兰');
    expect(await countFailedJobs(runtime, 1)).toBe(1);
  });

  it('每一种任务都有中文名称，没有多余的', () => {
    const known = allConsequences.reactions.map(({ name }) => name).sort();
    expect(Object.keys(reactionWords).sort()).toEqual(known);
    for (const { zh } of Object.values(reactionWords)) expect(zh).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['no reaction is called x', 'unknown_reaction'],
    ['entry 1 has no position', 'no_entry'],
    ['canceling statement due to statement timeout', 'slow'],
    ['deadlock detected', 'at_once'],
    ['could not extend file: No space left on device', 'disk_full'],
    ['connect ECONNREFUSED 127.0.0.1', 'away'],
    ['Cannot read properties of undefined', 'fault'],
  ])('“%s”归成 %s', async (error, cause) => {
    await gaveUp(error);
    expect(await failed()).toMatchObject([{ cause }]);
  });

  it('还在试的不算；别的县的看不到', async () => {
    const id = await gaveUp();
    await gaveUp('x', 2);
    await sql('update graphile_worker._private_jobs set attempts = 3 where id = $1', [id]);
    expect(await failed()).toEqual([]);
  });

  it('别的岗位看不到', async () => {
    await gaveUp();
    for (const name of ['何静', '王秀兰', '审计员'] as const)
      expect((await (await as(name)).get('/api/jobs/failed')).status).toBe(403);
    expect((await anyone.get('/api/jobs/failed')).status).toBe(401);
  });
});

describe('再试一次', () => {
  it('给回全部次数，流水里有谁、哪个编号，没有案卷', async () => {
    const [one, two] = [await gaveUp(), await gaveUp()];
    const before = (await entries('job.rerun')).length;
    const done = await admin.post('/api/jobs/rerun', { ids: [one, two] });
    expect(done).toMatchObject({ status: 200, body: { rerun: 2 } });
    expect(await stateOf(one)).toMatchObject({ attempts: 0, last_error: null });
    const noted = (await entries('job.rerun')).slice(before);
    expect(noted.map(({ body }) => body)).toEqual([
      { job: one, reaction: 'casefile: tell reporters' },
      { job: two, reaction: 'casefile: tell reporters' },
    ]);
    expect(noted.every(({ person_id }) => person_id !== null)).toBe(true);
    expect(JSON.stringify(noted)).not.toContain(casefileId);
  });

  it('同一次操作再发一遍：同样的回答，没有第二次', async () => {
    const id = await gaveUp();
    const commandId = randomUUID();
    expect((await admin.post('/api/jobs/rerun', { ids: [id] }, commandId)).body).toMatchObject({ rerun: 1 });
    await sql('update graphile_worker._private_jobs set attempts = max_attempts where id = $1', [id]);
    const before = (await entries('job.rerun')).length;
    expect((await admin.post('/api/jobs/rerun', { ids: [id] }, commandId)).body).toMatchObject({ rerun: 1 });
    expect(await stateOf(id)).toMatchObject({ attempts: 12 });
    expect(await entries('job.rerun')).toHaveLength(before);
  });

  it('没有停下的、别的县的、写错的：拒绝，什么也不动', async () => {
    const id = await gaveUp();
    const other = await gaveUp('x', 2);
    await sql('update graphile_worker._private_jobs set attempts = 3 where id = $1', [id]);
    await refusesToTake(admin, '/api/jobs/rerun', { ids: [id] }, 409, 'job.not_failed');
    await refusesToTake(admin, '/api/jobs/rerun', { ids: [other] }, 409, 'job.not_failed');
    await refusesToTake(admin, '/api/jobs/rerun', { ids: ['1; drop'] }, 422, 'input.invalid');
    await refusesToTake(admin, '/api/jobs/rerun', { ids: [] }, 422, 'input.invalid');
    expect(await stateOf(id)).toMatchObject({ attempts: 3 });
    expect(await stateOf(other)).toMatchObject({ attempts: 12 });
  });

  it('别的岗位不能', async () => {
    const id = await gaveUp();
    await refusesToTake(await as('何静'), '/api/jobs/rerun', { ids: [id] }, 403, 'account.not_for_you');
    expect(await stateOf(id)).toMatchObject({ attempts: 12 });
  });
});

describe('放弃', () => {
  it('不再算在没有办成里，留在清单上，随时可以再试', async () => {
    const id = await gaveUp();
    expect(await admin.post('/api/jobs/give-up', { ids: [id] })).toMatchObject({ body: { givenUp: 1 } });
    expect(await failed()).toMatchObject([{ id, givenUp: true }]);
    expect(await countFailedJobs(runtime, 1)).toBe(0);
    expect((await entries('job.given_up')).at(-1)?.body).toEqual({ job: id, reaction: 'casefile: tell reporters' });
    expect(await admin.post('/api/jobs/rerun', { ids: [id] })).toMatchObject({ body: { rerun: 1 } });
    expect(await stateOf(id)).toMatchObject({ attempts: 0 });
    expect((await stateOf(id))?.payload).not.toHaveProperty('givenUp');
  });

  it('放弃过的再放弃：拒绝，流水不增加；同一次操作再发：同样的回答', async () => {
    const id = await gaveUp();
    const commandId = randomUUID();
    await admin.post('/api/jobs/give-up', { ids: [id] }, commandId);
    const before = (await entries('job.given_up')).length;
    await refusesToTake(admin, '/api/jobs/give-up', { ids: [id] }, 409, 'job.not_failed');
    expect(await admin.post('/api/jobs/give-up', { ids: [id] }, commandId)).toMatchObject({ body: { givenUp: 1 } });
    expect(await entries('job.given_up')).toHaveLength(before);
  });

  it('别的岗位不能', async () => {
    const id = await gaveUp();
    await refusesToTake(await as('审计员'), '/api/jobs/give-up', { ids: [id] }, 403, 'account.not_for_you');
    expect((await stateOf(id))?.payload).not.toHaveProperty('givenUp');
  });
});
