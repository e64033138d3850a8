import { expect, test } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openCounty } from '../harness.ts';
import { body, DAY, look, owes, person, refused, report, step } from '../telling.ts';

/*
 * B3, a dispute: two neighbours, a leak, seven days of mediation. A narrow circle of readers; nobody outside it learns
 * that the case exists, and that somebody inside opened it is noted.
 */
const county = await openCounty();
const { as, anyone, clock, settle } = county;
const CANARY = '楼上李某家漏水七年';

test('邻里纠纷：七天调解，圈外的人不知道有这件事', async () => {
  const [he, chen, lu, song, gao, jiang] = [
    await as('何静'),
    await as('陈敏'),
    await as('卢法'),
    await as('宋洁'),
    await as('高明'),
    await as('蒋涛'),
  ];
  const said = await report(anyone, {
    words: `${CANARY}，两家已经不说话了`,
    place: { ...inside(0, 1), words: '青园小区3栋' },
    typeCode: 'neighbour-leak',
    contact: { name: '张某', phone: '13811112222' },
  });
  const { id } = said;
  await settle();

  // Confidential from the first moment, by its kind: those who read the whole area do not read this.
  for (const outsider of [await as('郑海'), gao, jiang, await as('赵磊'), await as('审计员'), chen]) {
    expect((await outsider.get(`/api/casefiles/${id}`)).status).toBeGreaterThanOrEqual(403);
    const everything = JSON.stringify([
      (await outsider.get('/api/casefiles')).body,
      (await outsider.get('/api/inbox')).body,
      (await outsider.get('/api/entries')).body,
      (await outsider.get('/api/messages')).body,
    ]);
    expect(everything).not.toContain(id);
    expect(everything).not.toContain(said.number);
  }

  expect(await owes(he, id)).toEqual(['casefile.register']);
  await step(he, id, 'register', { conditionCode: 'neighbour-leak-cause-disputed' });
  await step(chen, id, 'dispatch', { bodyId: body('justice') });
  await step(lu, id, 'acknowledge');

  // The mediator reads nothing until she is named.
  expect((await song.get(`/api/casefiles/${id}`)).status).toBe(404);
  await step(lu, id, 'admit', { granteeId: person('songjie') });
  for (let day = 1; day <= 7; day += 1) {
    clock.advance(DAY);
    await step(song, id, 'measure', { words: `第 ${day} 天调解` });
  }
  await step(lu, id, 'feed-back', { words: '双方签了调解协议：楼上修防水，费用各半' });
  await step(lu, id, 'dismiss', { granteeId: person('songjie') }).catch(() => undefined);

  // The check is the community secretary's, who comes into the circle by that duty and not before.
  await step(gao, id, 'verify', { words: '回访两家，都认可' });
  // Before closing the registrar calls back: whoever reads a contact says why.
  const contact = await he.post(`/api/casefiles/${id}/read-contact`, { reason: '结案前回访' });
  expect(contact.body.contacts).toEqual([{ reportId: said.reportId, name: '张某', phone: '13811112222', email: null }]);
  await step(he, id, 'close', { outcome: 'resolved', publicText: '双方已达成调解协议。' });
  await settle();
  expect((await anyone.get(`/api/track/${said.code}`)).body).toMatchObject({ publicText: '双方已达成调解协议。' });
  expect((await anyone.post(`/api/track/${said.code}/answer`, { answer: 'satisfied' })).body.status).toBe('evaluated');

  // Opening the case left a trace each time, and so did reading the contact.
  await look(he, id);
  await settle();
  const looks = await county.sql<{ kind: string; n: number }>(
    `select kind, count(*)::int as n from entry where record_id = $1 and kind in ('casefile.read', 'casefile.contact_read') group by kind order by kind`,
    [id],
  );
  expect(looks).toEqual([
    { kind: 'casefile.contact_read', n: 1 },
    { kind: 'casefile.read', n: expect.any(Number) },
  ]);

  // In the journal and in the tables the words lie sealed.
  const rows = await county.sql<{ all: string }>(
    `select (select string_agg(e::text, '') from entry e where record_id = $1) || (select string_agg(c::text, '') from casefile c where id = $1) || (select string_agg(r::text, '') from report r where casefile_id = $1) as all`,
    [id],
  );
  for (const secret of [CANARY, '13811112222', '张某', '调解协议：楼上']) expect(rows[0]?.all).not.toContain(secret);
});

test('圈外的人对保密案卷什么也做不了', async () => {
  const he = await as('何静');
  const { id } = await report(anyone, { words: CANARY, place: { ...inside(0, 1) }, typeCode: 'neighbour-leak' });
  const zheng = await as('郑海');
  for (const command of ['measure', 'say', 'read-contact']) {
    const problem = await refused(
      zheng,
      id,
      command,
      command === 'read-contact' ? { reason: '看看' } : { words: '看看' },
    );
    expect(problem.code).toBe('casefile.not_found');
  }
  expect(await owes(he, id)).toEqual(['casefile.register']);
});
