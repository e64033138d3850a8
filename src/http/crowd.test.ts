import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { openAnotherApp } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { aReport, area, step } from '../../test/telling.ts';

const county = await openCounty();
const limited = await openAnotherApp(county, { limits: true });
afterAll(() => limited.close());

/** The form of the public page, as a browser posts it. */
const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
const onPage = (): string =>
  new URLSearchParams({ words: '路灯不亮', place: '东街口', areaId: area('east'), commandId: randomUUID() }).toString();

it('报事不因为一个地址报得多就不收：20 件以上照收，记为未核实，另外排队；紧急的照常；别的地址不受影响', async () => {
  const sent = async (remoteAddress: string, changes: object = {}) => {
    const form = aReport({ place: { areaId: area('east') }, ...changes });
    const payload = { commandId: randomUUID(), ...form };
    const reply = await limited.inject({ method: 'POST', url: '/api/reports', remoteAddress, payload });
    expect(reply.statusCode, reply.body).toBe(200);
    return form.casefileId;
  };
  const posted = async (remoteAddress: string) => {
    const payload = onPage();
    const reply = await limited.inject({ method: 'POST', url: '/', remoteAddress, payload, headers: asForm });
    expect(reply.statusCode).toBe(303);
    return String(reply.headers.location);
  };
  // Interface and page count together: the address is the same.
  const crowd = '203.0.113.13';
  const first = await sent(crowd);
  for (let i = 0; i < 10; i += 1) await posted(crowd);
  for (let i = 0; i < 9; i += 1) await sent(crowd);
  const [above, urgent, elsewhere] = [
    await sent(crowd),
    await sent(crowd, { urgent: true }),
    await sent('203.0.113.14'),
  ];
  const tracked = await limited.inject({ url: await posted(crowd) });
  expect(tracked.body).toContain('未核实');
  const marks = await county.sql<{ id: string; unverified: boolean }>(
    'select id, unverified from casefile where id = any ($1::uuid[])',
    [[first, above, urgent, elsewhere]],
  );
  const isMarked = new Map(marks.map(({ id, unverified }) => [id, unverified]));
  expect([first, above, urgent, elsewhere].map((id) => isMarked.get(id))).toEqual([false, true, false, false]);

  // Behind everything else, also behind what came in later; until a desk has looked at it.
  const clerk = await county.as('何静');
  county.clock.advance(60_000);
  const later = await sent('203.0.113.15');
  const inbox = async () =>
    (await clerk.get<{ recordId: string; apart: boolean }[]>('/api/inbox?most=500')).body.filter(({ recordId }) =>
      [above, later].includes(recordId),
    );
  expect((await inbox()).map(({ recordId, apart }) => [recordId, apart])).toEqual([
    [later, false],
    [above, true],
  ]);
  await step(clerk, above, 'register', { conditionCode: 'road-sunken-passable' });
  const [row] = await county.sql('select unverified, status from casefile where id = $1', [above]);
  expect(row).toEqual({ unverified: false, status: 'registered' });
});
