import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { aReport, body, look, owes, person, refused, report, step } from '../../../../test/telling.ts';

/** Who comes to read a case, and who stops reading it. */
const county = await openCounty();
const { as, anyone } = county;
const [he, chen, lu] = [await as('何静'), await as('陈敏'), await as('卢法')];

async function dispute(): Promise<string> {
  const { id } = await report(anyone, { typeCode: 'neighbour-leak', place: { ...inside(0, 1) } });
  await step(he, id, 'register', { conditionCode: 'neighbour-leak-cause-disputed' });
  return id;
}
const reads = async (by: Caller, id: string): Promise<boolean> => {
  const listed = JSON.stringify((await by.get('/api/casefiles')).body).includes(id);
  const opened = (await by.get(`/api/casefiles/${id}`)).status === 200;
  expect(listed).toBe(opened);
  return opened;
};

test('编号用大写字母写的报事：谁报的照样打得开，查询码和再送一次都对得上', async () => {
  const form = aReport({ contact: { name: '赵敏', phone: '13800138000' } });
  const shouted = { ...form, casefileId: form.casefileId.toUpperCase(), reportId: form.reportId.toUpperCase() };
  const said = await anyone.post('/api/reports', shouted);
  expect(said.body).toMatchObject({ casefileId: form.casefileId, reportId: form.reportId });
  const read = await he.post(`/api/casefiles/${shouted.casefileId}/read-contact`, { reason: '回电问清地点' });
  expect(read.body.contacts, JSON.stringify(read.body)).toMatchObject([{ reportId: form.reportId, name: '赵敏' }]);
  const tracked = await anyone.get(`/api/track/${said.body.trackingCode}`);
  expect(tracked.body, JSON.stringify(tracked.body)).toMatchObject({ number: said.body.number });
});

test('指派只能给承办单位在岗的人：指派就能看案卷', async () => {
  const [zhou, xu, xie] = [await as('周工'), await as('许师傅'), await as('谢工')];
  const { id } = await report(anyone);
  await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off' });
  await step(chen, id, 'dispatch', { bodyId: body('water') });
  await step(zhou, id, 'acknowledge');
  for (const personId of [person('xiegong'), person('songjie'), randomUUID()])
    expect(await refused(zhou, id, 'assign', { personId })).toMatchObject({
      code: 'casefile.not_of_body',
      title: '这个人现在不在承办单位任职',
    });
  expect((await xie.get(`/api/casefiles/${id}`)).status).toBe(404);
  await step(zhou, id, 'assign', { personId: person('xushifu') });
  expect(await owes(xu, id)).toEqual(['casefile.handle']);
});

test('知情范围里只加有的人、岗位、单位', async () => {
  const id = await dispute();
  await step(chen, id, 'dispatch', { bodyId: body('justice') });
  expect((await refused(lu, id, 'admit', { granteeId: randomUUID() })).code).toBe('casefile.nobody_to_admit');
  await step(lu, id, 'admit', { granteeId: person('songjie') });
  await step(lu, id, 'admit', { granteeId: body('safety') });
  expect(await reads(await as('石安'), id)).toBe(true);
});

test('派错单位的保密案卷：说不是本单位的退回，就再也看不到；派对了的看得到', async () => {
  const id = await dispute();
  const shi = await as('石安');
  await step(chen, id, 'dispatch', { bodyId: body('safety') });
  expect(await reads(shi, id)).toBe(true);
  await step(shi, id, 'send-back', { reason: 'not_ours', words: '不是应急局的事' });
  expect(await reads(shi, id)).toBe(false);
  expect(await owes(shi, id)).toEqual([]);
  const seen = await look(chen, id);
  expect(seen).toMatchObject({ status: 'registered', bodyName: null, flags: expect.arrayContaining(['returned']) });

  // Sent there all the same, they read it again, and have the whole time.
  await step(chen, id, 'dispatch', { bodyId: body('safety') });
  expect(await reads(shi, id)).toBe(true);
  await step(shi, id, 'send-back', { reason: 'unclear', words: '请说明在哪一层' });
  expect(await reads(shi, id)).toBe(true);
  await step(chen, id, 'dispatch', { bodyId: body('justice') });
  expect(await reads(lu, id)).toBe(true);
});

test('移出知情范围：连同以前因职责看到的；正办着的看到办完为止', async () => {
  const id = await dispute();
  await step(chen, id, 'dispatch', { bodyId: body('safety') });
  const shi = await as('石安');
  await step(shi, id, 'send-back', { reason: 'needs_others', words: '请司法所调解' });
  await step(chen, id, 'dispatch', { bodyId: body('justice') });
  expect(await reads(shi, id)).toBe(true);
  await step(lu, id, 'dismiss', { granteeId: body('safety') });
  expect(await reads(shi, id)).toBe(false);
  await step(lu, id, 'dismiss', { granteeId: body('justice') });
  expect(await reads(lu, id)).toBe(true);

  // Whoever takes themselves off leaves a trace like everybody.
  const song = await as('宋洁');
  await step(lu, id, 'admit', { granteeId: person('songjie') });
  await step(song, id, 'dismiss', { granteeId: person('songjie') });
  expect(await reads(song, id)).toBe(false);
  const changed = await county.sql<{ same: boolean }>(
    `select c.changed_at = (select max((e.body->'change'->>'changedAt')::timestamptz) from entry e where e.record_id = c.id) as same
     from casefile c where c.id = $1`,
    [id],
  );
  expect(changed).toEqual([{ same: true }]);
});

test('案卷上的标志和筛选用的是同一套名字', async () => {
  const wang = await as('王秀兰');
  const handled = { channel: 'field', conditionCode: 'road-sunken-passable', did: '铺了钢板' };
  const { id } = await report(wang, handled, '/api/casefiles/handled');
  expect((await look(wang, id)).flags).toEqual(['self_handled']);
  const listed = await wang.get('/api/casefiles?flag=self_handled');
  expect(listed.body).toMatchObject([{ id, flags: ['self_handled'] }]);
});
