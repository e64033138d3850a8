import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { openPhone } from '../../../../test/phone.ts';
import { area } from '../../../../test/telling.ts';
import type { VisitBody } from '../../../web/field/engine/visit.ts';
import { invented, rowOf, titles } from '../../land/registry/fixtures/people.ts';
import { verifyTold } from '../retelling/index.ts';

/*
 * What a community added itself is asked for like what every community has: its own fields choose who is visited, and the dogs in
 * its own ledger are called at, with and without network.
 */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [])).faults).toEqual([]));
const { as, clock, settle, sql } = county;
const [head, worker, other, town] = [await as('孙丽'), await as('王秀兰'), await as('高明'), await as('何静')];
const [station, park] = [area('station'), area('park')];
const dueOn = new Date(clock.now().getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
const says = ({ body }: { body: { errors?: unknown } }) => JSON.stringify(body.errors);

async function field(form: object, by = head): Promise<{ id: string; code: string }> {
  const common = { areaId: station, ledger: 'residents', kind: 'whole', sensitive: false, usedFor: '结对帮扶' };
  const plain = { aliases: [], help: '', choices: [], freshMonths: null };
  const { status, body } = await by.post('/api/own-fields', { ...common, ...plain, ...form });
  expect(status, JSON.stringify(body)).toBe(200);
  return { id: body.fieldId, code: (await by.get(`/api/own-fields/${body.fieldId}`)).body.code };
}
const campaign = (over: object) => ({
  ...{ title: '上门看一看', purpose: '安排下个月的走访', areaId: station, rounds: 1, dueOn, choice: [] },
  ...{ questions: [{ name: 'q1', ask: '有什么困难', widget: 'text' }], ...over },
});
const preview = (over: object, by = head) => {
  const { areaId, choice, questions, ledger } = { ledger: 'residents', ...campaign(over) };
  return by.post('/api/campaigns/preview', { areaId, choice, questions, ledger });
};
const open = async (over: object, by = head) => {
  const sent = await by.post('/api/campaigns', campaign(over));
  await settle();
  return sent;
};
const targetsOf = async (id: string, by = worker) => (await by.get(`/api/campaigns/${id}/targets?most=200`)).body.rows;

describe('自建字段当条件', async () => {
  const visits = await field({ name: '每月探访次数' });
  const since = await field({ name: '结对日期', kind: 'date' });
  const level = await field({ name: '关注等级', kind: 'choice', choices: ['一级', '二级'] });
  const secret = await field({ name: '结对志愿者', kind: 'text', sensitive: true });
  const call = await field({ name: '志愿者电话', kind: 'phone', sensitive: true });
  const told = [
    ['2', '2025-03-01', '一级'],
    ['10', '2025-12-20', '二级'],
    ['3', '2026-01-05', '一级'],
    ['', '', ''],
  ];
  const rows = told.map((own, i) => [...rowOf(invented(i), i), ...own]);
  const bytes = Buffer.from(
    [[...titles, '每月探访次数', '结对日期', '关注等级'], ...rows].map((row) => row.join(',')).join('\n'),
  );
  const form = { commandId: randomUUID(), areaId: station, toldOn: '2026-01-15', ledger: 'residents' };
  const { body } = await head.upload('/api/ledger-batches', form, [{ name: '居民.csv', bytes }]);
  await settle();
  expect(await head.post(`/api/ledger-batches/${body.batchId}/take`)).toMatchObject({ status: 200 });
  await settle();
  const named = (i: number) => invented(i).name;

  it('按各自的类型比：10 次比 3 次多，日期按日子，选项要是其中一个', async () => {
    const meant = async (...choice: object[]) =>
      ((await preview({ choice })).body.people ?? []).map(({ name }: { name: string }) => name).sort();
    const at = (is: string, value?: string, { code } = visits) => ({ field: code, is, ...(value && { value }) });
    expect(await meant(at('at_least', '3'))).toEqual([named(1), named(2)].sort());
    expect(await meant(at('at_most', '3 '))).toEqual([named(0), named(2)].sort());
    expect(await meant(at('at_least', '2026年1月1日', since), at('equals', '一级', level))).toEqual([named(2)]);
    expect(await meant(at('not_told'))).toEqual([named(3)]);
    for (const [one, why] of [
      [at('equals', '三级', level), '不在选项里'],
      [at('at_least', '一级', level), '只有数和日期能比大小'],
      [at('equals', '很多'), '不是数'],
      [at('equals', '李四', secret), '加密保存的自建字段不能当条件'],
      [at('told', undefined, call), '加密保存的自建字段不能当条件'],
      [at('equals', '1', { ...visits, code: `own.whole.open.${randomUUID()}` }), '台账里没有这个字段'],
    ] as const) {
      const refused = await preview({ choice: [one] });
      expect([refused.status, refused.body.code]).toEqual([422, 'campaign.wrong_choice']);
      expect(says(refused)).toContain(why);
    }
  });

  it('名单上写着为什么选了他；字段停用以后，原来的名单照旧说得清，新的不能再用', async () => {
    const { body: opened } = await open({ choice: [{ field: level.code, is: 'equals', value: '一级' }] });
    const id = opened.campaignId;
    const targets = await targetsOf(id, head);
    expect(targets.map(({ why }: { why: string }) => why)).toEqual(['关注等级 一级', '关注等级 一级']);
    expect(await head.post(`/api/own-fields/${level.id}/retire`)).toMatchObject({ status: 200 });
    const seen = (await head.get(`/api/campaigns/${id}`)).body;
    expect(seen.added).toContainEqual(expect.objectContaining({ code: level.code, name: '关注等级', isRetired: true }));
    expect(seen.choice).toEqual([{ field: level.code, is: 'equals', value: '一级' }]);
    expect((await targetsOf(id, head)).map(({ why }: { why: string }) => why)).toContain('关注等级 一级');
    const again = await preview({ choice: [{ field: level.code, is: 'equals', value: '一级' }] });
    expect(says(again)).toContain('已经停用');
  });

  it('别的社区的字段、只在社区里有的字段，别处和整个街道都不能用', async () => {
    const [theirs, ours] = [await field({ name: '楼长', kind: 'whole', areaId: park }, other), visits];
    for (const [areaId, { code }, by] of [
      [station, theirs, head],
      [park, ours, other],
      [area('east'), ours, town],
    ] as const) {
      const refused = await preview({ areaId, choice: [{ field: code, is: 'told' }] }, by);
      expect([refused.status, refused.body.code]).toEqual([422, 'campaign.wrong_choice']);
    }
  });

  it('街道和社区各有一个同名的：各是各的，名单上说得清是哪一个', async () => {
    const ours = await field({ name: '帮扶次数' });
    const theirs = await field({ name: '帮扶次数', areaId: area('east') }, town);
    const record = (await head.post('/api/residents/find', { ledger: 'residents', words: named(0) })).body.rows[0].id;
    const values = { [ours.code]: '1', [theirs.code]: '9' };
    expect(await head.post(`/api/residents/${record}/facts`, { values })).toMatchObject({ status: 200 });
    const choice = [ours, theirs].map(({ code }) => ({ field: code, is: 'told' }));
    const { body: opened } = await open({ choice });
    const [{ why }] = await targetsOf(opened.campaignId, head);
    expect(why).toMatch(/^帮扶次数（二运社区） 1，帮扶次数（.+街道） 9$/);
  });
});

describe('走访自建台账', async () => {
  const said = { areaId: station, name: '养犬台账', unit: '只', called: '犬名', usedFor: '打疫苗' };
  const { body: made } = await head.post('/api/own-ledgers', said);
  const ledger = `own-${made.ledgerId}`;
  const shot = await field({ ledger, name: '疫苗日期', kind: 'date' });
  const big = await field({ ledger, name: '大型犬', kind: 'yes_no' });
  const grid = area('station-1');
  for (const [i, name] of ['旺财', '大黄', '小白', '阿黑'].entries()) {
    const values = {
      ...{ 'thing.name': name, 'place.door': `${i + 1}栋1单元101`, 'place.grid': i < 3 ? grid : area('station-2') },
      ...{ 'work.answerable': '何大爷', [big.code]: i === 2 ? '否' : '是' },
    };
    const { status, body } = await head.post('/api/residents', { areaId: station, ledger, values });
    expect(status, JSON.stringify(body)).toBe(200);
  }
  const questions = [
    { name: 'q1', ask: '疫苗日期', widget: 'date', field: shot.code },
    { name: 'q2', ask: '有没有拴绳', widget: 'yes_no' },
  ];
  const dogs = { ledger, title: '夏季查疫苗', choice: [{ field: big.code, is: 'equals', value: '是' }], questions };

  it('名单、理由、断网走访、走到哪里、听到的成为这只狗的事实', async () => {
    expect((await preview(dogs)).body).toMatchObject({ targets: 3, people: expect.any(Array) });
    const { body } = await open(dogs);
    const id = body.campaignId;
    expect((await head.get(`/api/campaigns/${id}`)).body).toMatchObject({
      ...{ ledger, own: { name: '养犬台账', unit: '只', called: '犬名' }, stage: 'open', counts: { targets: 3 } },
    });
    expect((await targetsOf(id)).map(({ name, why }: Record<string, string>) => [name, why]).sort()).toEqual([
      ['大黄', '大型犬 是'],
      ['旺财', '大型犬 是'],
    ]);
    const phone = await openPhone(county, worker);
    await phone.engine.sync();
    const held = async () =>
      (await phone.engine.held('visit')).map(({ id: target, body: one }) => ({
        ...(one as unknown as VisitBody),
        target,
      }));
    const mine = (await held()).filter(({ campaignId }) => campaignId === id);
    expect(mine).toHaveLength(2);
    expect(mine[0]).toMatchObject({
      ledger,
      unit: { zh: '只' },
      why: '大型犬 是',
      home: expect.stringMatching(/何大爷/),
    });
    phone.now.online = false;
    const wang = mine.find(({ name }) => name === '旺财');
    const visit = { round: 1, result: 'done', answers: { q1: '2026-02-01', q2: 'yes' }, confirmed: [] };
    await phone.engine.submit({
      ...{ name: 'campaign.visit', params: { id: wang?.target ?? '' }, target: wang?.target ?? '' },
      ...{ urgent: false, files: [], body: visit },
    });
    expect((await held()).find(({ name }) => name === '旺财')?.result).toBe('done');
    phone.now.online = true;
    await phone.engine.sync();
    await settle();
    expect((await head.get(`/api/campaigns/${id}`)).body.counts).toMatchObject({ targets: 3, done: 1, left: 2 });
    const record = (await head.get(`/api/residents/${wang?.recordId}`)).body;
    expect(record.facts.find(({ field: code }: { field: string }) => code === shot.code)).toMatchObject({
      ...{ value: '2026-02-01', source: '走访：夏季查疫苗', setBy: '王秀兰' },
    });
    expect((await head.get(`/api/campaigns/${id}/answers`)).body.rows).toMatchObject([{ name: '旺财' }]);

    // Somebody retires the ledger: what is heard stays with the visit, and nothing more is told of a dog.
    expect(await head.post(`/api/own-ledgers/${made.ledgerId}/retire`)).toMatchObject({ status: 200 });
    const huang = (await targetsOf(id)).find(({ name }: { name: string }) => name === '大黄');
    const late = { ...visit, answers: { q1: '2026-03-01' } };
    expect(await worker.post(`/api/campaign-targets/${huang.id}/visits`, late)).toMatchObject({ status: 200 });
    const facts = (await head.get(`/api/residents/${huang.recordId}`)).body.facts;
    expect(facts.map(({ field: code }: { field: string }) => code)).not.toContain(shot.code);
    expect((await head.get(`/api/campaigns/${id}/answers`)).body.rows).toHaveLength(2);
    expect((await head.get(`/api/campaigns/${id}`)).body).toMatchObject({ own: { name: '养犬台账' } });
    expect(await open(dogs)).toMatchObject({ status: 409, body: { code: 'own_ledger.retired' } });
  });

  it('别处的台账、没有的台账、整个街道没有的台账，都拒绝', async () => {
    const charging = (await head.post('/api/own-ledgers', { ...said, name: '充电桩台账' })).body.ledgerId;
    const of = { ledger: `own-${charging}`, choice: [] };
    expect(await open({ ...of, areaId: park }, other)).toMatchObject({ status: 404 });
    expect(await open({ ...of, areaId: area('east') }, town)).toMatchObject({
      ...{ status: 422, body: { code: 'own_ledger.elsewhere' } },
    });
    expect(await open({ ...of, ledger: `own-${randomUUID()}` })).toMatchObject({
      ...{ status: 404, body: { code: 'own_ledger.not_found' } },
    });
    expect(await open({ ...of, ledger: 'own-x' })).toMatchObject({ status: 422 });
    expect(await preview(of)).toMatchObject({ status: 422, body: { code: 'campaign.nobody' } });
    expect(await sql('select 1 from campaign where ledger = $1', [`own-${charging}`])).toEqual([]);
  });
});
