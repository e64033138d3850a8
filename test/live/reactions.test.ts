import { describe, expect, it } from 'vitest';
import { consequences } from '../../src/domains/index.ts';
import { throwFault } from '../../src/kernel/sweep.ts';
import { openCounty } from '../harness.ts';
import { body, DAY, look, MINUTE, owes, type Reported, report, step } from '../telling.ts';
import { finishedByAnother, killedDuring } from './killed.ts';

/** What follows from a step, done by the live program; the process is killed in the midst of it, and another finishes. */
const county = await openCounty();
const { as, anyone, clock, settle, sql, runtime } = county;

const entriesOf = (id: string, kind: string) =>
  sql('select 1 from entry where realm = 1 and record_id = $1 and kind = $2', [id, kind]).then((rows) => rows.length);
const toldOf = (id: string, code: string) =>
  sql<{ told: string; people: string }>(
    `select count(*) as told, count(distinct to_id) as people from message where realm = 1 and record_id = $1 and text_code = $2`,
    [id, code],
  ).then(([row]) => ({ told: Number(row?.told), people: Number(row?.people) }));
/** What is due becomes an entry, and nothing more: the reactions to it are left to the live program. */
const sweep = (name: string) =>
  consequences.sweeps.find((one) => one.name === name)?.run(runtime, 1, throwFault) ?? Promise.reject(new Error(name));

async function reportedAlone(): Promise<Reported> {
  await settle();
  return report(anyone, { urgent: true });
}

/** Half of the registrar's minutes are gone: the ladder was climbed, nobody heard of it yet. */
async function climbed(): Promise<Reported> {
  const said = await report(anyone, { urgent: true });
  await settle();
  const before = await entriesOf(said.id, 'obligation.climbed');
  clock.advance(3 * MINUTE);
  await sweep('obligation: climb');
  expect(await entriesOf(said.id, 'obligation.climbed')).toBeGreaterThan(before);
  return said;
}

async function restGranted(until = new Date(clock.now().getTime() + 10 * DAY)): Promise<Reported> {
  const [he, chen, cao] = [await as('何静'), await as('陈敏'), await as('曹路')];
  const said = await report(anyone);
  await step(he, said.id, 'register', { conditionCode: 'road-sunken-cut-off' });
  await step(chen, said.id, 'dispatch', { bodyId: body('works') });
  await step(cao, said.id, 'acknowledge');
  expect(await owes(cao, said.id)).toEqual(['casefile.handle']);
  const { duties } = await look(chen, said.id);
  const owed = duties.find((one: { duty: string }) => one.duty === 'casefile.handle');
  const form = { words: '要等汛期过后才能开挖', until: until.toISOString() };
  const asked = await cao.post(`/api/obligations/${owed.id}/ask-suspension`, form);
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  await settle();
  const granted = await chen.post(`/api/adjustments/${asked.body.adjustmentId}/grant`, { words: '同意' });
  expect(granted.status, JSON.stringify(granted.body)).toBe(200);
  return said;
}

/** The rest is over: the clock runs again, the case does not know it yet. */
async function woken(): Promise<Reported> {
  const said = await restGranted(new Date(clock.now().getTime() + DAY));
  await settle();
  clock.advance(DAY);
  await sweep('obligation: wake');
  return said;
}

describe.each(['before its commit', 'after its commit'] as const)('进程死在%s', (moment) => {
  it('告诉报事人：恰好一条', async () => {
    const { id } = await reportedAlone();
    await killedDuring(county, 'casefile: tell reporters', moment);
    const committed = moment === 'after its commit' ? 1 : 0;
    expect(await toldOf(id, 'casefile.received')).toEqual({ told: committed, people: committed });
    await finishedByAnother(county);
    expect(await toldOf(id, 'casefile.received')).toEqual({ told: 1, people: 1 });
  });

  it('时限用掉一半，告诉上面：每人恰好一条', async () => {
    const { id } = await climbed();
    await killedDuring(county, 'obligation: tell a rung', moment);
    await finishedByAnother(county);
    const { told, people } = await toldOf(id, 'obligation.unattended');
    expect(people).toBeGreaterThan(0);
    expect(told).toBe(people);
  });

  it('升级的标记：恰好标一次', async () => {
    const { id } = await climbed();
    await killedDuring(county, 'casefile: mark escalated', moment);
    await finishedByAnother(county);
    expect(await entriesOf(id, 'casefile.escalated')).toBe(1);
    expect((await look(await as('陈敏'), id)).flags).toContain('escalated');
  });

  it('公开页上的一步：恰好一行', async () => {
    const { id } = await report(anyone);
    await settle();
    await step(await as('何静'), id, 'register', { conditionCode: 'road-sunken-cut-off' });
    await killedDuring(county, 'publication: show the public', moment);
    await finishedByAnother(county);
    expect(await sql('select 1 from public_step where realm = 1 and case_id = $1', [id])).toHaveLength(1);
  });

  it('催办：办事的每人恰好听到一次', async () => {
    const { id } = await report(anyone);
    await settle();
    await step(await as('何静'), id, 'register', { conditionCode: 'road-sunken-cut-off' });
    await step(await as('陈敏'), id, 'dispatch', { bodyId: body('works') });
    await settle();
    await step(await as('陈敏'), id, 'urge', { words: '群众在等' });
    await killedDuring(county, 'casefile: tell the urged', moment);
    await finishedByAnother(county);
    const { told, people } = await toldOf(id, 'casefile.urged');
    expect(people).toBeGreaterThan(0);
    expect(told).toBe(people);
  });

  it('同意挂账以后：恰好挂一次，报事人恰好听到一次', async () => {
    const { id } = await restGranted();
    await killedDuring(county, 'casefile: mark resting', moment);
    await finishedByAnother(county);
    expect(await entriesOf(id, 'casefile.suspended')).toBe(1);
    expect(await toldOf(id, 'casefile.suspended')).toEqual({ told: 1, people: 1 });
    expect((await look(await as('陈敏'), id)).flags).toContain('suspended');
  });

  it('挂账到期：恰好恢复一次', async () => {
    const { id } = await woken();
    await killedDuring(county, 'casefile: mark woken', moment);
    await finishedByAnother(county);
    expect(await entriesOf(id, 'casefile.resumed')).toBe(1);
    expect(await toldOf(id, 'casefile.resumed')).toEqual({ told: 1, people: 1 });
    expect((await look(await as('陈敏'), id)).flags).not.toContain('suspended');
  });
});
