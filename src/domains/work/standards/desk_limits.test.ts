import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { DAY, look, type Reported, report, step } from '../../../../test/telling.ts';

/** The county gives its desks other limits, from tomorrow on: what runs keeps its own. */
const county = await openCounty();
const { as, anyone, clock, settle } = county;
const admin = await as('管理员');
const slower = { stage: 'register', lane: 'ordinary', limit: { amount: 3, unit: 'working_hours' } };
const send = (path: string, form: object, by = admin) =>
  by.post(`/api/standard/limits${path}`, { commandId: randomUUID(), baseVersion: 1, ...form });
const named = { title: '各环节时限', source: '县政办〔2026〕9 号', validFrom: '2026-03-06' };
async function told(): Promise<{ file: Reported; limit: unknown }> {
  const file = await report(anyone);
  await settle();
  return { file, limit: (await look(await as('何静'), file.id)).duties[0].timeLimit };
}

describe('各环节的时限', () => {
  it('没有改动、过去的日子、别人先发布了、不是管理员：都拒绝，说明白', async () => {
    const same = { ...slower, limit: { amount: 1, unit: 'working_hours' } };
    for (const path of ['/preview', ''])
      expect(await send(path, { limits: [same], ...(path === '' && named) })).toMatchObject({
        ...{ status: 422, body: { code: 'standard.nothing_changed' } },
      });
    expect(await send('', { limits: [slower], ...named, validFrom: '2026-03-04' })).toMatchObject({
      ...{ status: 422, body: { code: 'standard.date_wrong' } },
    });
    expect(await send('', { baseVersion: 4, limits: [slower], ...named })).toMatchObject({
      ...{ status: 409, body: { code: 'standard.published_meanwhile' } },
    });
    const handling = { ...slower, stage: 'handle' };
    expect((await send('/preview', { limits: [handling] })).status).toBe(422);
    for (const path of ['/preview', ''])
      expect((await send(path, { limits: [slower], ...(path === '' && named) }, await as('何静'))).status).toBe(403);
  });

  it('先看：改了哪些、在办的留在哪一版；看不改动', async () => {
    const { file } = await told();
    await step(await as('何静'), file.id, 'register', { conditionCode: 'road-sunken-passable' });
    const { body } = await send('/preview', { limits: [slower], channelAnswer: { amount: 2, unit: 'working_days' } });
    expect(body).toEqual({
      changes: [
        {
          ...{ stage: 'register', lane: 'ordinary' },
          was: { amount: 1, unit: 'working_hours' },
          becomes: slower.limit,
        },
        {
          ...{ stage: 'channelAnswer', lane: 'ordinary' },
          was: { amount: 1, unit: 'working_days' },
          becomes: { amount: 2, unit: 'working_days' },
        },
      ],
      staying: [{ version: 1, open: 1 }],
      unregistered: 0,
    });
    const recheck = await send('/preview', { limits: [], hazardRecheck: { amount: 5, unit: 'working_days' } });
    expect(recheck.body.changes).toEqual([
      {
        ...{ stage: 'hazardRecheck', lane: 'ordinary' },
        was: { amount: 3, unit: 'working_days' },
        becomes: { amount: 5, unit: 'working_days' },
      },
    ]);
    const accept = await send('/preview', { limits: [], directiveAccept: { amount: 7, unit: 'natural_days' } });
    expect(accept.body.changes).toMatchObject([{ stage: 'directiveAccept', becomes: { amount: 7 } }]);
    expect((await admin.get('/api/standard/versions')).body.versions).toHaveLength(1);
  });

  it('从明天起：今天来的照旧，明天来的按新的；类别、升级没有动；同一个命令再来一次还是那一版', async () => {
    const commandId = randomUUID();
    for (let i = 0; i < 2; i += 1)
      expect(await send('', { commandId, limits: [slower], ...named })).toMatchObject({
        status: 200,
        body: { version: 2 },
      });
    expect((await told()).limit).toEqual({ amount: 1, unit: 'working_hours' });
    clock.advance(DAY);
    expect((await told()).limit).toEqual(slower.limit);
    const [old, fresh] = await Promise.all(
      [1, 2].map(async (version) => (await admin.get(`/api/standard/version?version=${version}`)).body),
    );
    expect(fresh.types).toEqual(old.types);
    expect(fresh.stages).toEqual({
      ...old.stages,
      ordinary: { ...old.stages.ordinary, register: { ...old.stages.ordinary.register, limit: slower.limit } },
    });
  });
});
