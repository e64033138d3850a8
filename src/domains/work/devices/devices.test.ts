import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { openPhone, type Phone } from '../../../../test/phone.ts';
import { addPhoto, aReport, area, body, HOUR, refusesToTake, report, step } from '../../../../test/telling.ts';

const county = await openCounty();
const worker = await county.as('王秀兰');
const leader = await county.as('李建国');
const registrar = await county.as('何静');
const admin = await county.as('管理员');

const onGrid = (changes: object = {}) => aReport({ channel: 'field', ...changes });
const newOp = (body: Record<string, unknown>, changes: object = {}) => ({
  ...{ name: 'casefile.report', params: {}, body, target: String(body.casefileId), urgent: false, files: [] },
  ...changes,
});
const measure = (id: string, words = '先围起来') => ({
  ...{ name: 'casefile.measure', params: { id }, body: { words }, target: id, urgent: false, files: [] },
});
const sync = async (phone: Phone) => {
  await county.settle();
  return phone.engine.sync();
};
const heldIds = async (phone: Phone) => (await phone.engine.held('casefile')).map(({ id }) => id).sort();

/** A device as a bare client knows it. */
async function device(caller = worker): Promise<string> {
  const deviceId = randomUUID();
  const registered = await caller.post('/api/devices', { deviceId, model: '测试机', appVersion: '1' });
  expect(registered.status, JSON.stringify(registered.body)).toBe(200);
  return deviceId;
}
const sent = (deviceId: string, ops: object[], more: object = {}) => ({
  ...{ deviceId, deviceAt: county.clock.now().toISOString(), ops, ...more },
});
const rawOp = (seq: number, body: Record<string, unknown>, changes: object = {}) => ({
  ...{ commandId: randomUUID(), seq, name: 'casefile.report', params: {}, body },
  ...{ occurredAt: county.clock.now().toISOString(), target: String(body.casefileId ?? randomUUID()) },
  ...changes,
});

describe('上报', () => {
  it('离线办理的一次交上来：每件有结果；同样的再交一次，结果一样，没有第二件', async () => {
    const deviceId = await device();
    const form = onGrid();
    const pack = sent(deviceId, [
      rawOp(1, form),
      rawOp(
        2,
        { words: '围挡好了' },
        { name: 'casefile.measure', params: { id: form.casefileId }, target: form.casefileId },
      ),
    ]);
    const first = await worker.post('/api/sync/push', pack);
    expect(
      first.body.verdicts.map(({ is }: { is: string }) => is),
      JSON.stringify(first.body),
    ).toEqual(['applied', 'applied']);
    expect(first.body.acknowledged).toBe(2);
    const again = await worker.post('/api/sync/push', pack);
    expect(again.body.verdicts).toEqual(first.body.verdicts);
    const entries = await county.sql('select kind from entry where record_id = $1', [form.casefileId]);
    expect(entries).toHaveLength(2);
  });

  it('和单个接口是同一个操作：先从页面提交过的，再从手机来，只算一次', async () => {
    const deviceId = await device();
    const op = rawOp(1, onGrid());
    const alone = await worker.post('/api/casefiles', op.body, op.commandId);
    const pushed = await worker.post('/api/sync/push', sent(deviceId, [op]));
    expect(pushed.body.verdicts).toMatchObject([{ is: 'duplicate', answer: { number: alone.body.number } }]);
  });

  it('一件不行，别的照办；同一件事后面的等着，放下被拒的就接着办', async () => {
    const deviceId = await device();
    const bad = onGrid({ words: '' });
    const after = rawOp(
      2,
      { words: '围挡好了' },
      { name: 'casefile.measure', params: { id: bad.casefileId }, target: bad.casefileId },
    );
    const ops = [rawOp(1, bad), after, rawOp(3, onGrid())];
    const pushed = await worker.post('/api/sync/push', sent(deviceId, ops));
    expect(pushed.body.verdicts).toMatchObject([
      { is: 'refused', code: 'input.invalid', title: '有几处填写不对' },
      { is: 'held', code: 'device.waits' },
      { is: 'applied' },
    ]);
    expect(pushed.body.acknowledged).toBe(1);
    const dismissed = [ops[0]?.commandId];
    const later = await worker.post('/api/sync/push', sent(deviceId, [after], { dismissed }));
    expect(later.body.verdicts).toMatchObject([{ is: 'refused', code: 'casefile.not_found' }]);
    expect(later.body.acknowledged).toBe(3);
  });

  it('不能离线办理的、没有这个接口的，都说清楚', async () => {
    const deviceId = await device();
    const ops = ['casefile.read_contact', 'account.change_password', 'no.such'].map((name, i) =>
      rawOp(i + 1, {}, { name, params: { id: randomUUID() } }),
    );
    const pushed = await worker.post('/api/sync/push', sent(deviceId, ops));
    expect(pushed.body.verdicts.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill('device.not_offline'));
  });

  it('同时到的两份一样的，各得同样的结果，只办一次', async () => {
    const deviceId = await device();
    const pack = sent(
      deviceId,
      Array.from({ length: 5 }, (_, i) => rawOp(i + 1, onGrid())),
    );
    const both = await Promise.all([1, 2].map(() => worker.post('/api/sync/push', pack)));
    const settled = await worker.post('/api/sync/push', pack);
    expect(settled.body.verdicts.every(({ is }: { is: string }) => is === 'applied')).toBe(true);
    for (const { body: one } of both)
      for (const [i, verdict] of one.verdicts.entries())
        if (verdict.is !== 'held') expect(verdict).toEqual(settled.body.verdicts[i]);
  });

  it('时钟错了三天：按发出时的差改正', async () => {
    const deviceId = await device();
    const wrong = (ms: number) => new Date(county.clock.now().getTime() + ms).toISOString();
    const op = rawOp(1, onGrid(), { occurredAt: wrong(72 * HOUR - HOUR) });
    await worker.post('/api/sync/push', sent(deviceId, [op], { deviceAt: wrong(72 * HOUR) }));
    const [row] = await county.sql<{ late: number }>(
      `select extract(epoch from recorded_at - occurred_at)::int as late from entry where command_id = $1`,
      [op.commandId],
    );
    expect(row?.late).toBe(3600);
  });

  it('编号用过而内容不是同一个：整份不收，说设备对不上', async () => {
    const deviceId = await device();
    await worker.post('/api/sync/push', sent(deviceId, [rawOp(1, onGrid())]));
    await refusesToTake(worker, '/api/sync/push', sent(deviceId, [rawOp(1, onGrid())]), 409, 'device.out_of_step');
  });
});

describe('设备', () => {
  it('再登记一次不变；别人的、没登记的、停用的都不收', async () => {
    const holder = await county.as('王秀兰');
    const deviceId = await device(holder);
    const form = { deviceId, model: '测试机', appVersion: '2' };
    expect((await holder.post('/api/devices', form)).status).toBe(200);
    await refusesToTake(leader, '/api/devices', form, 403, 'device.not_yours');
    const stranger = await county.as('田青');
    await refusesToTake(stranger, '/api/devices', form, 403, 'device.not_yours');
    await refusesToTake(stranger, '/api/sync/push', sent(deviceId, []), 404, 'device.unknown');
    await refusesToTake(worker, '/api/sync/push', sent(randomUUID(), []), 404, 'device.unknown');
    await refusesToTake(leader, `/api/devices/${deviceId}/revoke`, {}, 404, 'device.unknown');
    const commandId = randomUUID();
    expect((await admin.post(`/api/devices/${deviceId}/revoke`, {}, commandId)).body).toEqual({ revoked: 1 });
    expect((await admin.post(`/api/devices/${deviceId}/revoke`, {}, commandId)).body).toMatchObject({
      revoked: 1,
      repeated: true,
    });
    await refusesToTake(worker, '/api/sync/push', sent(deviceId, [rawOp(1, onGrid())]), 403, 'device.revoked');
    const ask = { deviceId, deviceAt: county.clock.now().toISOString(), cursors: {}, limit: 10 };
    await refusesToTake(worker, '/api/sync/pull', ask, 403, 'device.revoked');
  });

  it('被拒的：本人和网格长看得到要办的是什么，同网格外的人看不到', async () => {
    const deviceId = await device();
    const op = rawOp(1, onGrid({ typeCode: 'no-such-type', words: '井盖不见了，很危险' }));
    await worker.post('/api/sync/push', sent(deviceId, [op]));
    for (const caller of [worker, leader]) {
      const kept = (await caller.get('/api/devices/refused')).body.find(
        (it: { commandId: string }) => it.commandId === op.commandId,
      );
      expect(kept).toMatchObject({
        code: 'casefile.no_such_type',
        name: '王秀兰',
        body: { words: '井盖不见了，很危险' },
      });
    }
    expect((await (await county.as('田青')).get('/api/devices/refused')).body).toEqual([]);
    const [row] = await county.sql<{ text: string }>('select o::text as text from device_op o where command_id = $1', [
      op.commandId,
    ]);
    expect(row?.text).not.toContain('井盖');
  });

  it('多久没同步、还有没有没发出的，网格长看得到', async () => {
    const deviceId = await device();
    const oldestUnsent = new Date(county.clock.now().getTime() - HOUR).toISOString();
    await worker.post('/api/sync/push', sent(deviceId, [], { oldestUnsent }));
    const lines = (await leader.get('/api/devices')).body;
    expect(lines.find((it: { id: string }) => it.id === deviceId)).toMatchObject({
      name: '王秀兰',
      mine: false,
      oldestUnsentAt: oldestUnsent,
    });
  });
});

describe('手机', () => {
  it('没有网络时存下、预测；有了网络发出、取回；该有的都在，不该有的没有', async () => {
    const phone = await openPhone(county, worker);
    await sync(phone);
    const elsewhere = await report(
      registrar,
      { channel: 'hotline', place: { ...inside(2, 0), words: '' } },
      '/api/casefiles',
    );
    phone.now.online = false;
    const form = onGrid();
    await phone.engine.submit(newOp(form));
    expect(await phone.engine.one('casefile', form.casefileId)).toMatchObject({
      position: 0,
      body: { status: 'reported', unsent: 1 },
    });
    await phone.engine.submit(measure(form.casefileId));
    expect(await phone.engine.sync()).toMatchObject({ online: false, waiting: 2, trouble: null });
    phone.now.online = true;
    expect(await sync(phone)).toMatchObject({ online: true, waiting: 0, refused: 0, trouble: null });
    const held = await phone.engine.one('casefile', form.casefileId);
    expect(held?.body).toMatchObject({ status: 'reported', areaId: area('station-1'), words: form.words });
    expect(held?.body.unsent).toBeUndefined();
    expect(await heldIds(phone)).not.toContain(elsewhere.id);
    const [me] = await phone.engine.held('me');
    expect(me?.body).toMatchObject({ name: '王秀兰', posts: [{ role: 'grid_worker' }] });
    expect((await phone.engine.held('area')).map(({ body }) => body.name)).toContain('二运第一网格');
  });

  it('案卷移到别的网格：这里的让出，没发出的还挂着就先留着；那里的到手', async () => {
    const [mine, theirs] = [await openPhone(county, worker), await openPhone(county, await county.as('吴芳'))];
    const { id } = await report(county.anyone);
    await Promise.all([sync(mine), sync(theirs)]);
    expect(await heldIds(mine)).toContain(id);
    expect(await heldIds(theirs)).not.toContain(id);
    mine.now.online = false;
    await mine.engine.submit(measure(id));
    await step(registrar, id, 'relocate', { place: { ...inside(1, 0), words: '' } });
    mine.now.online = true;
    await Promise.all([sync(mine), sync(theirs)]);
    expect(await heldIds(theirs)).toContain(id);
    const [item] = (await mine.engine.outbox()).filter(({ state }) => state.is === 'refused');
    expect(item?.state).toMatchObject({ code: 'casefile.not_found' });
    expect(await mine.engine.one('casefile', id)).toMatchObject({ leaving: true });
    await mine.engine.dismiss(item?.op.commandId ?? '');
    await sync(mine);
    expect(await heldIds(mine)).not.toContain(id);
  });

  it('转为保密的让出', async () => {
    const phone = await openPhone(county, worker);
    const { id } = await report(worker, { channel: 'field' }, '/api/casefiles');
    await sync(phone);
    expect(await heldIds(phone)).toContain(id);
    await step(registrar, id, 'register', { conditionCode: 'neighbour-leak-cause-disputed' });
    await sync(phone);
    expect(await heldIds(phone)).not.toContain(id);
  });

  it('没有任何人告诉它的变化，每天一次、每次打开时的比对会补上', async () => {
    const phone = await openPhone(county, worker);
    const { id } = await report(worker, { channel: 'field' }, '/api/casefiles');
    await sync(phone);
    await county.sql(`update casefile set place_words = '改过的地点' where id = $1`, [id]);
    county.clock.advance(25 * HOUR);
    await sync(phone);
    expect((await phone.engine.one('casefile', id))?.body.placeWords).toBe('改过的地点');
    const [row] = await phone.store.held('casefile');
    await phone.store.commit({ dropHeld: [{ kind: 'casefile', id: row?.id ?? '' }] }, 'strict');
    const again = await openPhone(county, worker, phone.store);
    await sync(again);
    expect(await heldIds(again)).toContain(row?.id);
  });

  it('首次同步分页，断了接着取', async () => {
    for (let i = 0; i < 3; i += 1) await report(worker, { channel: 'field' }, '/api/casefiles');
    await county.settle();
    const deviceId = await device();
    const seen = new Set<string>();
    let cursors = {};
    for (let pages = 0; pages < 200; pages += 1) {
      const ask = { deviceId, deviceAt: county.clock.now().toISOString(), cursors, limit: 2 };
      const { body } = await worker.post('/api/sync/pull', ask);
      for (const { id } of body.upserts) seen.add(id);
      cursors = body.cursors;
      if (!body.more) break;
    }
    const phone = await openPhone(county, worker);
    await sync(phone);
    expect([...seen].sort()).toEqual(await heldIds(phone));
  });

  it('没发出前可以改、可以撤回；发出后都不行', async () => {
    const phone = await openPhone(county, worker);
    await sync(phone);
    const [first, second] = [onGrid(), onGrid()];
    const [one, two] = [await phone.engine.submit(newOp(first)), await phone.engine.submit(newOp(second))];
    expect(await phone.engine.change(one, { ...first, words: '改过的话' })).toBe(true);
    expect(await phone.engine.withdraw(two)).toBe(true);
    await sync(phone);
    expect((await phone.engine.one('casefile', first.casefileId))?.body.words).toBe('改过的话');
    expect(await phone.engine.one('casefile', second.casefileId)).toBeNull();
    expect([await phone.engine.change(one, first), await phone.engine.withdraw(one)]).toEqual([false, false]);
  });

  it('照片跟在案卷后面发，收妥了才腾出地方', async () => {
    const phone = await openPhone(county, worker);
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#8a7f19' } })
      .jpeg()
      .toBuffer();
    const hash = await phone.engine.keepFile(picture, 'image/jpeg');
    const form = onGrid();
    await phone.engine.submit(newOp(form, { files: [hash] }));
    phone.now.online = false;
    await sync(phone);
    expect(phone.engine.status().filesWaiting).toBe(1);
    phone.now.online = true;
    expect(await sync(phone)).toMatchObject({ filesWaiting: 0, waiting: 0, trouble: null });
    expect((await worker.get(`/api/casefiles/${form.casefileId}/photos`)).body).toHaveLength(1);
    expect(await phone.store.bytes(hash)).toBeNull();
  });

  it('手机恢复了旧备份：按新设备登记，发过的不重复', async () => {
    const phone = await openPhone(county, worker);
    await sync(phone);
    const before = await phone.store.open();
    const form = onGrid();
    await phone.engine.submit(newOp(form));
    const old = await phone.store.open();
    await sync(phone);
    await phone.store.commit({ ...(old.meta && { meta: old.meta }), putOps: old.ops }, 'strict');
    const again = await openPhone(county, worker, phone.store);
    const other = onGrid();
    await again.engine.submit(newOp(other, { urgent: true }));
    expect(await sync(again)).toMatchObject({ waiting: 0, refused: 0, trouble: null });
    expect((await phone.store.open()).meta?.deviceId).not.toBe(before.meta?.deviceId);
    const rows = await county.sql('select id from casefile where id = any ($1)', [[form.casefileId, other.casefileId]]);
    expect(rows).toHaveLength(2);
  });

  it('停用、退出登录：说明白，什么都不丢', async () => {
    const phone = await openPhone(county, await county.as('王秀兰'));
    await sync(phone);
    const { meta } = await phone.store.open();
    await admin.post(`/api/devices/${meta?.deviceId}/revoke`);
    await phone.engine.submit(newOp(onGrid()));
    expect(await sync(phone)).toMatchObject({ waiting: 1, trouble: { code: 'session.ended' } });
    const again = await openPhone(county, worker, phone.store);
    expect(await sync(again)).toMatchObject({ waiting: 1, trouble: { code: 'device.revoked' } });
    const out = await openPhone(county, county.anyone);
    await out.engine.submit(newOp(onGrid()));
    expect(await sync(out)).toMatchObject({ waiting: 1, trouble: { code: 'session.ended' } });
  });

  it('照着流程表预测：签收以后是“处置中”', async () => {
    const { id } = await report(worker, { channel: 'field', typeCode: 'road-sunken' }, '/api/casefiles');
    await step(registrar, id, 'register', { conditionCode: 'road-sunken-passable' });
    await step(await county.as('陈敏'), id, 'dispatch', {
      bodyId: body('works'),
    });
    const phone = await openPhone(county, await county.as('谢工'));
    await sync(phone);
    phone.now.online = false;
    expect(await heldIds(phone)).toContain(id);
    const act = (command: string, body: Record<string, unknown> = {}) => ({
      ...measure(id),
      name: `casefile.${command}`,
      body,
    });
    await phone.engine.submit(act('acknowledge'));
    expect((await phone.engine.one('casefile', id))?.body).toMatchObject({ status: 'handling', unsent: 1 });
    phone.now.online = true;
    await sync(phone);
    expect((await phone.engine.one('casefile', id))?.body).toMatchObject({ status: 'handling' });
    await addPhoto(await county.as('谢工'), id, 'after');
  });
});
