import { expect, it } from 'vitest';
import { openCounty } from '../harness.ts';
import { body, look, owes, report, step } from '../telling.ts';

/** Two people do the same thing at the same instant: one does it, the other is told how it stands. */
const county = await openCounty();
const { as, anyone, sql } = county;

it('两个派遣员同时派给不同的单位：只派一次，另一个被告知现在的情形', async () => {
  const [he, chen, cao, shi] = [await as('何静'), await as('陈敏'), await as('曹路'), await as('周工')];
  const another = await as('陈敏');
  for (let round = 0; round < 5; round += 1) {
    const { id } = await report(anyone);
    await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off' });
    const replies = await Promise.all([
      chen.post(`/api/casefiles/${id}/dispatch`, { bodyId: body('works') }),
      another.post(`/api/casefiles/${id}/dispatch`, { bodyId: body('water') }),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const refused = replies.find((reply) => reply.status === 409);
    expect(refused?.body).toMatchObject({
      code: 'casefile.command_not_allowed',
      title: expect.stringMatching(/^现在不能“/),
      detail: expect.stringContaining('没有改动'),
    });
    const file = await look(chen, id);
    const dispatched = await sql(`select 1 from entry where record_id = $1 and kind = 'casefile.dispatched'`, [id]);
    expect(dispatched).toHaveLength(1);
    const handling = file.duties.filter((one: { duty: string }) => one.duty === 'casefile.handle');
    expect(handling).toHaveLength(1);
    const owners = [await owes(cao, id), await owes(shi, id)].filter((owed) => owed.includes('casefile.acknowledge'));
    expect(owners).toHaveLength(1);
  }
});

it('报事人一边评价、一边说没有解决：只算先到的那一个', async () => {
  const [he, wang] = [await as('何静'), await as('王秀兰')];
  const { id, code } = await report(anyone);
  await step(he, id, 'decline', { outcome: 'not_found', publicText: '现场没有发现。' });
  const contests = await Promise.all(
    [1, 2, 3].map(() => anyone.post(`/api/track/${code}/contest`, { words: '就在巷口' })),
  );
  expect(contests.filter((reply) => reply.status === 200)).toHaveLength(1);
  expect(contests.every((reply) => reply.status < 500)).toBe(true);
  expect((await look(wang, id)).status).toBe('reported');
});
