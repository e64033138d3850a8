import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { officeCalendarId } from '../../../../seeds/planting.ts';
import { tokenOf } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, HOUR, look, type Reported, report } from '../../../../test/telling.ts';
import { verifyCasefiles } from '../casefiles/index.ts';

/** Thursday, half past five in the afternoon: a desk gets a day off tomorrow, and what is due then moves to Monday. */
const county = await openCounty();
const { app, as, anyone, clock, settle, runtime, sql } = county;
clock.advance(8.5 * HOUR);
const admin = await as('管理员');
const cookie = `jingwei=${await tokenOf(county, 'admin')}`;
const id = officeCalendarId(1);
const pathOf = (act: string): string => (act === 'preview' ? 'change/preview' : act);
const tomorrow = { on: '2026-03-06', slots: [], why: '停电检修' };
const send = (act: string, form: object, by = admin) =>
  by.post(`/api/calendars/${id}/${pathOf(act)}`, { commandId: randomUUID(), baseVersion: 1, ...form });
const dutyOf = async (file: Reported) => (await look(await as('何静'), file.id)).duties[0];
const HOME = '/console/standards/calendars';
async function press(path: string, fields: Record<string, string>) {
  const payload = new URLSearchParams({ commandId: randomUUID(), baseVersion: '1', ...fields }).toString();
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  const answer = await app.inject({ method: 'POST', url: `${HOME}/${id}/${path}`, payload, headers });
  return {
    status: answer.statusCode,
    to: answer.headers.location,
    text: answer.body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
    body: answer.body,
  };
}
const [plain, urgent] = [
  await report(anyone),
  await report(anyone, { urgent: true, place: { areaId: area('park'), words: '楼下' } }),
];
await settle();
const before = await dutyOf(plain);

describe('改工作日历', () => {
  it('拒绝的都说明白：已经到的日子、没有改动、读不懂的行、没有这个日历、不是管理员', async () => {
    expect(before.clock.dueAt).toMatch(/^2026-03-06/);
    const early = await send('preview', { days: [{ ...tomorrow, on: '2026-03-05' }] });
    expect(early).toMatchObject({ status: 422, body: { code: 'calendar.day_too_early' } });
    expect(early.body.detail ?? JSON.stringify(early.body)).toContain('2026-03-06');
    expect(await send('preview', {})).toMatchObject({ status: 422, body: { code: 'calendar.nothing_changed' } });
    expect(await send('change', { baseVersion: 7, days: [tomorrow] })).toMatchObject({ status: 409 });
    for (const act of ['preview', 'change']) {
      expect((await send(act, { days: [tomorrow] }, await as('何静'))).status).toBe(403);
      const nowhere = await admin.post(`/api/calendars/${randomUUID()}/${pathOf(act)}`, {
        commandId: randomUUID(),
        baseVersion: 1,
      });
      expect(nowhere).toMatchObject({ status: 404, body: { code: 'calendar.not_found' } });
    }
    const unread = await press('preview', { days: '2026-03-06 休\n明天休', hours: '9-17', weekdays: '1' });
    expect(unread.status).toBe(422);
    expect(unread.text).toMatch(/2 处没有读懂.*第 2 行.*作息要写全/);
    expect(unread.body).toContain('明天休</textarea>');
    const other = await app.inject({
      url: `${HOME}/${id}`,
      headers: { cookie: `jingwei=${await tokenOf(county, 'hejing')}` },
    });
    expect(other.statusCode).toBe(403);
  });

  it('先看：哪天变、多少个时限推后、最早哪一个；看不改动', async () => {
    const told = (await send('preview', { days: [tomorrow] })).body;
    expect(told).toMatchObject({
      movesFrom: '2026-03-06',
      days: [{ from: '2026-03-06', to: '2026-03-06', becomes: [], why: '停电检修' }],
      effect: { moved: 1, later: 1, earlier: 0, firstDueAt: before.clock.dueAt },
    });
    const { text } = await press('preview', { days: '2026-03-06 休 停电检修' });
    expect(text).toMatch(/从 2026-03-06 起.*停电检修.*1 个推后，0 个提前.*施行，重算 1 个时限/);
    expect((await dutyOf(plain)).clock.dueAt).toBe(before.clock.dueAt);
  });

  it('施行：在走的时限移到周一，写在经过里，算式说得通；没变的不吵人；流水重算一致', async () => {
    const done = await press('change', { days: '2026-03-06 休 停电检修' });
    expect(done).toMatchObject({ status: 303, to: `${HOME}?done=changed` });
    await settle();
    const after = await dutyOf(plain);
    expect(after.clock.dueAt).toBe(before.clock.dueAt.replace('03-06', '03-09'));
    type Told = { kind: string; body: { was?: string; due?: string; cause?: string; why?: string } };
    const told: Told[] = (await look(await as('何静'), plain.id)).story;
    const [was, due] = [before.clock.dueAt, after.clock.dueAt];
    expect(told.find(({ kind }) => kind === 'obligation.recounted')?.body).toMatchObject({
      ...{ was, due, cause: 'calendar', why: '停电检修' },
    });
    // Whoever owes it sees it beside the deadline, whoever waits for it is told.
    const inbox = (await (await as('何静')).get('/api/inbox')).body as { id: string; moved: unknown }[];
    expect(inbox.find(({ id }) => id === after.id)?.moved).toEqual({
      was,
      because: { zh: '工作日历改了（停电检修）', en: 'the working calendar was changed (停电检修)' },
    });
    expect(inbox.filter(({ moved }) => moved !== null)).toHaveLength(1);
    const heard = (await anyone.get(`/api/track/${plain.code}`)).body.messages;
    expect(JSON.stringify(heard)).toMatch(/“受理立案”的期限由 03-06.* 改到 03-09.*：工作日历改了（停电检修）/);
    const { story } = await look(await as('何静'), urgent.id).catch(() => ({ story: [] }));
    expect(story.map(({ kind }: { kind: string }) => kind)).not.toContain('obligation.followed');
    const arithmetic = (await (await as('何静')).get(`/api/obligations/${after.id}`)).body;
    expect(JSON.stringify(arithmetic)).toContain(after.clock.dueAt);
    expect(await sql(`select distinct calendar_version from obligation where calendar_id = $1`, [id])).toEqual([
      { calendar_version: 2 },
    ]);
    const fresh = await report(anyone);
    await settle();
    expect((await dutyOf(fresh)).clock.dueAt).toMatch(/^2026-03-09/);
    expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
  });

  it('同一个命令再来一次不再改；照原来那一版再改，说刚才有人改过', async () => {
    const commandId = randomUUID();
    const hours = {
      from: '2026-11-01',
      weekdays: [1, 2, 3, 4, 5],
      slots: [
        ['08:30', '12:00'],
        ['14:00', '17:30'],
      ],
    };
    for (let i = 0; i < 2; i += 1)
      expect(await send('change', { commandId, baseVersion: 2, hours })).toMatchObject({
        ...{ status: 200, body: { version: 3, movesFrom: '2026-11-01' } },
      });
    expect(await send('change', { baseVersion: 2, days: [{ ...tomorrow, on: '2026-03-10' }] })).toMatchObject({
      ...{ status: 409, body: { code: 'calendar.changed_meanwhile' } },
    });
    await settle();
    expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
    const page = await app.inject({ url: HOME, headers: { cookie } });
    expect(page.body).toContain('2026-11-01 起');
    const english = await app.inject({ url: `${HOME}/${id}`, headers: { cookie, 'accept-language': 'en' } });
    expect(english.body).toContain('Look what it would do');
  });

  it('提前的期限告诉要办的人：从几时到几时，为什么', async () => {
    const file = await report(anyone);
    await settle();
    const { clock: set } = await dutyOf(file);
    const open = { on: '2026-03-07', slots: [['08:00', '18:00']], why: '抗旱加班' };
    const known = (await admin.get('/api/calendars')).body.calendars as { id: string; version: number }[];
    await send('change', { baseVersion: known.find((one) => one.id === id)?.version, days: [open] });
    await settle();
    expect((await dutyOf(file)).clock.dueAt < set.dueAt).toBe(true);
    const { body } = await (await as('何静')).get('/api/messages');
    expect(JSON.stringify(body)).toMatch(/期限提前了：受理立案，由 03-09.* 改到 03-07.*，工作日历改了（抗旱加班）/);
  });

  it('按接口发的不带日子的一版：在走的时限照旧', async () => {
    const { body } = await admin.get('/api/calendars');
    const { spec } = body.calendars.find((one: { id: string }) => one.id === id);
    const due = (await dutyOf(plain)).clock.dueAt;
    await admin.post('/api/calendars', {
      calendarId: id,
      spec: { ...spec, exceptions: [...spec.exceptions, { ...tomorrow, on: '2026-03-09' }] },
    });
    await settle();
    expect((await dutyOf(plain)).clock.dueAt).toBe(due);
    expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
  });
});
