import { randomUUID } from 'node:crypto';
import { read } from 'hucre';
import { describe, expect, it } from 'vitest';
import { blankOf } from '../../../test/fixtures/blank_ledgers.ts';
import { openCounty } from '../../../test/harness.ts';
import { area } from '../../../test/telling.ts';
import { invented } from '../../domains/land/registry/fixtures/people.ts';

/* A superior's blank workbook asks what only this community knows: its own fields, and the entries of its own ledger. */
const county = await openCounty();
const [head, other, town] = [await county.as('孙丽'), await county.as('高明'), await county.as('何静')];
const [station, park, east] = [area('station'), area('park'), area('east')];

async function field(form: object, by = head): Promise<{ id: string; code: string }> {
  const common = { areaId: station, ledger: 'residents', kind: 'whole', sensitive: false, usedFor: '结对帮扶' };
  const plain = { aliases: [], help: '', choices: [], freshMonths: null };
  const { status, body } = await by.post('/api/own-fields', { ...common, ...plain, ...form });
  expect(status, JSON.stringify(body)).toBe(200);
  return { id: body.fieldId, code: (await by.get(`/api/own-fields/${body.fieldId}`)).body.code };
}
const write = async (values: object, ledger = 'residents', areaId = station, by = head) => {
  const { status, body } = await by.post('/api/residents', { areaId, ledger, values });
  expect(status, JSON.stringify(body)).toBe(200);
};
const send = async (bytes: Buffer, areaId = station, by = head) => {
  const form = { commandId: randomUUID(), areaId };
  const { body, status } = await by.upload('/api/ledger-templates', form, [{ name: '空表.xlsx', bytes }]);
  if (status !== 200) return { at: '', status, body, template: null };
  const at = `/api/ledger-templates/${body.templateId}`;
  return { at, status, body, template: (await by.get(at)).body };
};
const fieldsIn = ({ tables, chosen }: { chosen: number; tables: { columns: { path: string; field: string }[] }[] }) =>
  Object.fromEntries(tables[chosen]?.columns.map(({ path, field: code }) => [path, code]) ?? []);
async function sheetsOf(exportId: string, by = head) {
  const { sheets } = await read((await by.get(`/api/ledger-exports/${exportId}/file`)).raw);
  return sheets.map(({ rows }) => rows.map((row) => row.map((cell) => cell ?? '')));
}
const says = ({ body }: { body: { errors?: unknown } }) => JSON.stringify(body.errors);

describe('居民的空表要自建字段', async () => {
  const visits = await field({ name: '每月探访次数', aliases: ['探访频次'] });
  const level = await field({ name: '关注等级', kind: 'choice', choices: ['一级', '二级'] });
  const pair = await field({ name: '结对志愿者', kind: 'text', sensitive: true });
  const told = [
    ['10', '一级', '陈老师'],
    ['2', '二级', ''],
    ['', '一级', ''],
  ];
  for (const [i, [times = '', grade = '', by = '']] of told.entries()) {
    const values = { 'person.name': invented(i).name, 'person.id_number': invented(i).id, [level.code]: grade };
    await write({ ...values, ...(times && { [visits.code]: times }), ...(by && { [pair.code]: by }) });
  }
  const blank = {
    ...{ sheet: '表', title: '重点关注居民登记表' },
    labels: ['序号', '姓名', '身份证号', '探访频次', '关注等级', '结对志愿者'],
  };

  it('表头叫这个名字或别名就对上；来源那一页写是自建字段、谁加的；条件按类型', async () => {
    const { at, template } = await send(await blankOf(blank));
    expect(template).toMatchObject({ ledger: 'residents', own: null });
    expect(template.added.map(({ name }: { name: string }) => name)).toEqual([
      '每月探访次数',
      '关注等级',
      '结对志愿者',
    ]);
    expect(fieldsIn(template)).toMatchObject({
      ...{ 姓名: 'person.name', 探访频次: visits.code, 关注等级: level.code, 结对志愿者: pair.code },
    });
    const bind = (conditions: object[], version: number, columns: object[] = []) =>
      head.post(`${at}/bind`, { version, table: 0, cells: [], columns, conditions });
    const least = { field: visits.code, is: 'at_least', value: '3' };
    expect(says(await bind([{ ...least, field: pair.code, is: 'told' }], 1))).toContain('加密保存');
    expect(await bind([least], 1)).toMatchObject({ status: 200 });
    const seen = (await head.get(at)).body;
    expect(seen.meant).toEqual({ many: 1, unjudged: 1, lacking: [visits.code] });
    const made = await head.post(`${at}/fill`, { areaId: station });
    expect(made).toMatchObject({ status: 200, body: { rows: 1 } });
    const [sheet, sources] = await sheetsOf(made.body.exportId);
    expect(sheet?.[4]?.slice(3)).toEqual([10, '一级', '陈老师']);
    expect(sources?.[1]?.[0]).toMatch(/符合“每月探访次数 不小于 3”的共 1 人；另有 1 人没有填“每月探访次数”/);
    expect(sources?.slice(2, 5).map(([line]) => line)).toEqual(
      ['D 列“每月探访次数”', 'E 列“关注等级”', 'F 列“结对志愿者”'].map(
        (one) => `${one}是自建字段：二运社区的，孙丽加的。`,
      ),
    );
    expect(sources?.[6]?.[1]).toMatch(/每月探访次数、关注等级|每月探访次数/);

    // Retired: not offered any more, and what stands keeps its meaning.
    expect(await head.post(`/api/own-fields/${visits.id}/retire`)).toMatchObject({ status: 200 });
    expect(await bind([least], 2, [{ column: 'D', field: visits.code }])).toMatchObject({ status: 200 });
    const again = await head.post(`${at}/fill`, { areaId: station });
    expect(again.body).toMatchObject({ rows: 1 });
    expect((await sheetsOf(again.body.exportId))[1]?.[2]?.[0]).toContain('孙丽加的，已停用');
    expect(await bind([], 3, [{ column: 'D', field: null }])).toMatchObject({ status: 200 });
    const late = await bind([], 4, [{ column: 'D', field: visits.code }]);
    expect(late).toMatchObject({ status: 422, body: { code: 'template.wrong_column' } });
    expect(says(await bind([least], 4))).toContain('已经停用');
  });

  it('别的社区记得同样的表头，不把这里的字段带过去；街道的表只要街道的字段', async () => {
    const theirs = await send(await blankOf(blank), park, other);
    expect(fieldsIn(theirs.template)).toMatchObject({ 姓名: 'person.name', 关注等级: null });
    const foreign = { version: 1, table: 0, cells: [], conditions: [], columns: [{ column: 'E', field: level.code }] };
    expect(await other.post(`${theirs.at}/bind`, foreign)).toMatchObject({
      ...{ status: 422, body: { code: 'template.wrong_column' } },
    });
    const towns = await field({ name: '包联干部', kind: 'text', areaId: east }, town);
    const wide = { ...blank, labels: ['序号', '姓名', '身份证号', '包联干部', '关注等级'] };
    const whole = await send(await blankOf(wide), east, town);
    expect(fieldsIn(whole.template)).toMatchObject({ 包联干部: towns.code, 关注等级: null });
  });
});

describe('自建台账的空表', async () => {
  const said = { areaId: station, name: '充电桩台账', unit: '处', called: '桩号', usedFor: '消防检查' };
  const ledger = `own-${(await head.post('/api/own-ledgers', said)).body.ledgerId}`;
  const plugs = await field({ ledger, name: '插口数' });
  const power = await field({ ledger, name: '功率', kind: 'decimal' });
  for (const i of [1, 2, 3]) {
    const values = { 'thing.name': `${i}号桩`, 'work.answerable': '何大爷', 'work.answerable_phone': '13900000071' };
    await write({ ...values, [plugs.code]: String(i * 4), [power.code]: '3.5' }, ledger);
  }
  const labels = ['桩号', '插口数', '功率', '责任人', '责任人电话'];
  const blank = { sheet: '桩', title: '充电设施登记', labels };

  it('只有这里才有的列名也看得出是表头；说了从这本台账填，每一列就对上；填好有来源', async () => {
    const bare = await send(await blankOf({ ...blank, labels: labels.slice(0, 3) }));
    expect(bare.status, JSON.stringify(bare.body)).toBe(200);
    expect(await send(await blankOf({ ...blank, labels: labels.slice(0, 3) }), park, other)).toMatchObject({
      ...{ status: 422, body: { code: 'template.no_table' } },
    });
    const { at } = await send(await blankOf(blank));
    const turn = (to: string, version: number) => head.post(`${at}/ledger`, { version, table: 0, ledger: to });
    expect(await turn(ledger, 1)).toMatchObject({ status: 200 });
    const seen = (await head.get(at)).body;
    expect(seen).toMatchObject({ ledger, own: { name: '充电桩台账' }, meant: { many: 3 } });
    expect(fieldsIn(seen)).toEqual({
      ...{ 桩号: 'thing.name', 插口数: plugs.code, 功率: power.code },
      ...{ 责任人: 'work.answerable', 责任人电话: 'work.answerable_phone' },
    });
    const conditions = [{ field: plugs.code, is: 'at_least', value: '8' }];
    const bound = { version: 2, table: 0, columns: [], cells: [], conditions };
    expect(await head.post(`${at}/bind`, bound)).toMatchObject({ status: 200 });
    const made = await head.post(`${at}/fill`, { areaId: station });
    expect(made).toMatchObject({ status: 200, body: { rows: 2 } });
    const [sheet, sources] = await sheetsOf(made.body.exportId);
    expect(sheet?.slice(4, 6)).toEqual([
      ['2号桩', 8, 3.5, '何大爷', '139****0071'],
      ['3号桩', 12, 3.5, '何大爷', '139****0071'],
    ]);
    expect(sources?.[1]?.[0]).toMatch(/^二运社区充电桩台账，.*符合“插口数 不小于 8”的共 2 处/);
    const file = (await head.get(`/api/ledger-exports/${made.body.exportId}`)).body;
    expect(file).toMatchObject({ ledger, own: { name: '充电桩台账', unit: '处' } });

    // The same labels once more: remembered.
    expect((await send(await blankOf(blank))).template).toMatchObject({ ledger, conditions });
    expect(await turn(`own-${randomUUID()}`, 3)).toMatchObject({ status: 404, body: { code: 'own_ledger.not_found' } });
    const towns = await send(await blankOf({ ...blank, labels: ['序号', '姓名', '性别', '插口数'] }), east, town);
    expect(await town.post(`${towns.at}/ledger`, { version: 1, table: 0, ledger })).toMatchObject({
      ...{ status: 422, body: { code: 'own_ledger.elsewhere' } },
    });
    expect(await head.post(`/api/own-ledgers/${ledger.slice(4)}/retire`)).toMatchObject({ status: 200 });
    // What stands in it is still taken out; nothing is turned to it anew.
    expect((await head.post(`${at}/fill`, { areaId: station })).body).toMatchObject({ rows: 2 });
    expect(await turn('enterprises', 3)).toMatchObject({ status: 200 });
    expect(await turn(ledger, 4)).toMatchObject({ status: 409, body: { code: 'own_ledger.retired' } });
  });
});
