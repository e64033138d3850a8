import { expect, test } from 'vitest';
import { openCounty, type Reply } from '../../../../test/harness.ts';
import { area, body } from '../../../../test/telling.ts';

/*
 * One county, one campaign against hazards: 699 found, 593 put right, the other 106 in progress, each with who owes it and
 * until when. All of it by the commands of the people themselves; the register counts, nobody types a number.
 */
const county = await openCounty();
const { as, clock } = county;
const [head, works, verifier, leader] = await Promise.all(['孙丽', '曹路', '韩冬', '蒋涛'].map((name) => as(name)));
if (!head || !works || !verifier || !leader) throw new Error('the cast is not complete');

const [FOUND, RECTIFIED, WIDTH] = [699, 593, 12];
const sectors = ['fire', 'gas', 'self_built', 'workplace', 'crowds'] as const;

async function each<T>(all: readonly T[], work: (one: T, i: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += WIDTH) {
    clock.advance(1000);
    await Promise.all(all.slice(at, at + WIDTH).map((one, i) => work(one, at + i)));
  }
}
const done = (reply: { status: number; body: unknown }) => expect(reply.status, JSON.stringify(reply.body)).toBe(200);

test('发现 699 处，整改 593 处，其余 106 处正在整改，每处都有单位和期限', { timeout: 240_000 }, async () => {
  const ids: string[] = [];
  await each(Array.from({ length: FOUND }), async (_, i) => {
    const reply = await head.post('/api/hazards', {
      ...{
        areaId: area('station'),
        what: `第 ${i + 1} 处`,
        where: '站前路',
        grade: i % 50 === 0 ? 'major' : 'general',
      },
      ...{ sector: sectors[i % sectors.length], source: 'patrol', bodyId: body('works') },
      limit: { amount: 15 + (i % 10), unit: 'natural_days' },
    });
    done(reply);
    ids.push(reply.body.hazardId);
  });
  const right = ids.slice(0, RECTIFIED);
  await each(right, async (id) => done(await works.post(`/api/hazards/${id}/rectify`, { words: '改好了' })));
  await each(right, async (id) => done(await verifier.post(`/api/hazards/${id}/check-off`, { words: '看过了' })));

  const { counts } = (await leader.get('/api/hazards?part=all')).body;
  expect(counts).toMatchObject({ all: 699, checked_off: 593, in_progress: 106, found: 106, rectified: 0, late: 0 });
  const bySector = await Promise.all(
    sectors.map(async (sector) => (await leader.get(`/api/hazards?sector=${sector}`)).body.counts.all),
  );
  expect(bySector.reduce((sum: number, many: number) => sum + many, 0)).toBe(699);

  // Every number opens to its rows, page by page, none twice.
  const rows: { id: string; owner: string; clock: { dueAt: string | null } | null }[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page: Reply = await leader.get(
      `/api/hazards?part=in_progress&most=50${after === '' ? '' : `&after=${after}`}`,
    );
    rows.push(...page.body.rows);
    after = page.body.next;
  }
  expect(new Set(rows.map(({ id }) => id)).size).toBe(106);
  expect(rows.every(({ owner, clock: due }) => owner === '安澜县市政养护中心' && due?.dueAt)).toBe(true);
  expect(rows.map(({ id }) => id).sort()).toEqual(ids.slice(RECTIFIED).sort());
});
