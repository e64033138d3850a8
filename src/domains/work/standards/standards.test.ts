import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';

/** A county publishes its own standard over the API. */
const county = await openCounty();
const admin = await county.as('管理员');
const rowOf = (name: string, changes: object = {}) => ({
  ...{ kind: 'component', major: 'roads', typeCode: name, typeName: '新的小类', answersTo: 'sanitation' },
  ...{ conditionCode: `${name}-seen`, when: '有人看见', limit: '4工作时', done: '清走了', source: '测试', ...changes },
});
const publish = (...rows: object[]) => admin.post('/api/standard', { title: '测试', source: '测试', rows });
const versions = () => county.sql('select 1 from standard where realm = 1').then((rows) => rows.length);

describe('发布立案标准', () => {
  it('好的发布成新的一版', async () => {
    const before = await versions();
    expect((await publish(rowOf('first'))).status).toBe(200);
    expect(await versions()).toBe(before + 1);
  });

  it('立案条件的编码已经用在别的小类里：说在哪一行，什么也不发布', async () => {
    const before = await versions();
    const said = await publish(rowOf('second', { conditionCode: 'first-seen' }));
    expect(said.status, JSON.stringify(said.body)).toBe(422);
    expect(said.body).toMatchObject({ code: 'standard.rows_refused' });
    expect(JSON.stringify(said.body.errors)).toContain('已经用在小类');
    expect(await versions()).toBe(before);
  });

  it('几个人同时发布：各成一版，或者被告知有人先发布了', async () => {
    const before = await versions();
    const names = ['a-one', 'b-two', 'c-three', 'd-four', 'e-five'];
    const said = await Promise.all(names.map((name) => publish(rowOf(name))));
    const taken = said.filter(({ status }) => status === 200).length;
    expect(taken).toBeGreaterThan(0);
    for (const { status, body } of said)
      if (status !== 200) expect(body).toMatchObject({ status: 409, code: 'standard.published_meanwhile' });
    expect(await versions()).toBe(before + taken);
  });
});
