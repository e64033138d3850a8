import { randomUUID } from 'node:crypto';
import { read as readBook } from 'hucre';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../../seeds/small/plan.ts';
import { book, secretary } from '../../../../../test/fixtures/ledger_books.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { throwFault } from '../../../../kernel/sweep.ts';
import { followSweep } from '../../acts/index.ts';

/** A community keeps a ledger of its own: added, filled by hand and by spreadsheet, taken out, retired; elsewhere it does not exist. */
const county = await openCounty();
const head = await county.as('孙丽');
const worker = await county.as('王秀兰');
const other = await county.as('高明');
const { send, look, act, taken, list, find, read, enter } = secretary(county, head);
const [station, park, grid] = ['station', 'park', 'station-1'].map((key) => idOf(1, 'area', key)) as [
  string,
  string,
  string,
];

const dogs = { areaId: station, name: '养犬台账', unit: '只', called: '犬名', usedFor: '打疫苗和走失时找主人' };
const add = (form: object, by = head) => by.post('/api/own-ledgers', { ...dogs, ...form });
const { body: made } = await add({});
const ledger = `own-${made.ledgerId}`;
const write = (values: Record<string, string>, by = head, areaId = station, to = ledger) =>
  by.post('/api/residents', { areaId, ledger: to, values });
const says = ({ body }: { body: { errors?: unknown } }) => JSON.stringify(body.errors);

describe('建一本', () => {
  it('同一条命令两遍是一本；空着的、重名的逐处说；别处的人看不到也改不了', async () => {
    const commandId = randomUUID();
    const [one, two] = [await add({ commandId, name: '充电桩台账' }), await add({ commandId, name: '充电桩台账' })];
    expect(two.body).toMatchObject(one.body);
    expect((await head.get(`/api/areas/${station}/own-ledgers`)).body).toHaveLength(2);
    expect(says(await add({ name: ' ', usedFor: '', unit: '' }))).toMatch(/name.*unit.*usedFor/);
    for (const name of ['养犬 台账', '居民台账', '房屋'])
      expect(says(await add({ name }))).toContain('已经有这样一本台账');
    expect(await add({ name: '甲', areaId: park })).toMatchObject({
      status: 403,
      body: { code: 'own_ledger.not_here' },
    });
    expect(await add({ name: '甲' }, worker)).toMatchObject({ status: 403 });
    expect(await other.get(`/api/own-ledgers/${made.ledgerId}`)).toMatchObject({ status: 404 });
    expect((await other.get(`/api/areas/${park}/own-ledgers`)).body).toEqual([]);
    expect(await other.post(`/api/own-ledgers/${made.ledgerId}/retire`)).toMatchObject({ status: 404 });
    expect(await add({ areaId: park }, other)).toMatchObject({ status: 200 });
    expect((await worker.get(`/api/own-ledgers/${made.ledgerId}`)).body).toMatchObject({
      ...{ name: '养犬台账', mayChange: false, addedBy: '孙丽', code: ledger },
    });
  });
});

describe('登记和导入', () => {
  it('当面登记：有出处和经过；没写名称、写错、已经有了都说；没有的台账、别的地方的登记不进去', async () => {
    const wrong = await write({ 'thing.name': '', 'work.answerable_phone': '123' }, worker, grid);
    expect(wrong).toMatchObject({ status: 422, body: { code: 'ledger.wrong_value' } });
    expect(says(wrong)).toMatch(/thing\.name.*不能空着.*work\.answerable_phone/);
    expect(says(await write({ 'thing.name': '旺财', 'person.name': '甲' }, worker, grid))).toContain(
      '台账里没有这个字段',
    );
    const { status, body } = await write(
      {
        'thing.name': '旺财',
        'place.door': '3栋2单元401',
        'work.answerable': '何大爷',
        'work.answerable_phone': '13900000071',
      },
      worker,
      grid,
    );
    expect(status, JSON.stringify(body)).toBe(200);
    const record = await read(body.recordId);
    expect(record).toMatchObject({ ledger, own: { name: '养犬台账', unit: '只', called: '犬名' }, name: '旺财' });
    expect(record.facts).toContainEqual(expect.objectContaining({ field: 'place.grid', value: '二运第一网格' }));
    expect(record.facts[0]).toMatchObject({ field: 'thing.name', name: { zh: '犬名' }, setBy: '王秀兰', source: null });
    expect(record.facts.find(({ field }: { field: string }) => field === 'work.answerable_phone')).toMatchObject({
      ...{ isMasked: true, value: '139****0071' },
    });
    const twice = await write({ 'thing.name': '旺财' });
    expect(twice).toMatchObject({ status: 409, body: { code: 'ledger.there_already' } });
    expect(says(twice)).toContain('values.thing.name');
    expect(await write({ 'thing.name': '旺财', 'place.door': '9栋1单元101' })).toMatchObject({ status: 200 });
    expect(await write({ 'thing.name': '来福' }, other, park)).toMatchObject({ status: 404 });
    expect(await write({ 'thing.name': '来福' }, head, station, `own-${randomUUID()}`)).toMatchObject({
      status: 404,
      body: { code: 'own_ledger.not_found' },
    });
    expect(await write({ 'thing.name': '来福' }, head, station, 'own-x')).toMatchObject({ status: 422 });
  });

  it('名称和电话在库里是密的', async () => {
    const rows = await county.sql<{ open: object; ledger: string }>(
      `select open, ledger from ledger_record where ledger = '${ledger}'`,
    );
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/旺财|13900000071|何大爷/);
  });

  it('表格：写着“犬名”的列就是名称，自建字段也认得；再传一遍没有变化；整批撤回，后来改过的那一条留下', async () => {
    const field = { areaId: station, ledger, kind: 'date', sensitive: false, name: '疫苗日期', aliases: [], help: '' };
    const more = { usedFor: '到期提醒', choices: [], freshMonths: 12 };
    const { status, body } = await head.post('/api/own-fields', { ...field, ...more });
    expect(status, JSON.stringify(body)).toBe(200);
    const { code } = (await head.get(`/api/own-fields/${body.fieldId}`)).body;
    const file = await book(
      ['序号', '犬名', '责任人', '责任人电话', '疫苗日期', '家庭住址'],
      [
        ['1', '大黄', '钱一', '13900000072', '2026-01-09', '青园路8号'],
        ['2', '小白', '孙二', '13900000073', '2026-01-10', '青园路9号'],
        ['3', '', '李三', '13900000074', '', ''],
      ],
    );
    const { id, looked } = await taken(ledger, file);
    expect(looked.own).toMatchObject({ name: '养犬台账' });
    expect(looked.counts).toMatchObject({ new: 2, refused: 1 });
    const fields = looked.tables[0].columns.map(({ field: one }: { field: string }) => one);
    expect(fields).toEqual([null, 'thing.name', 'work.answerable', 'work.answerable_phone', code, 'place.address']);
    const page = await list(ledger);
    expect(page.total).toBe(4);
    const yellow = page.rows.find(({ name }: { name: string }) => name === '大黄');
    expect(yellow.values).toMatchObject({ [code]: '2026-01-09', 'work.answerable': '钱一', 'place.home': '青园路8号' });
    expect((await find(ledger, '大黄')).map(({ id: one }: { id: string }) => one)).toEqual([yellow.id]);
    expect(await find('residents', '大黄')).toEqual([]);
    expect((await taken(ledger, file)).looked.counts).toMatchObject({ same: 2 });
    expect(await enter(yellow.id, { [code]: '2026-02-01' })).toMatchObject({ status: 200 });
    // What stood before can be read in its history.
    const { history } = await read(yellow.id);
    const dates = history.map(
      ({ fields: told }: { fields: { field: string; value: string }[] }) =>
        told.find((one) => one.field === code)?.value,
    );
    expect(dates).toEqual(['2026-02-01', '2026-01-09', '2026-01-09']);
    await act(id, 'undo');
    expect((await list(ledger)).total).toBe(4);
  });

  it('取出来是一个表格：自己的名字、自己的字段；号码遮住；再传回去没有变化', async () => {
    const { status, body } = await head.post('/api/ledger-exports', { areaId: station, ledger });
    expect(status, JSON.stringify(body)).toBe(200);
    const { raw: bytes } = await head.get(`/api/ledger-exports/${body.exportId}/file`);
    const [sheet] = (await readBook(bytes)).sheets;
    const text = JSON.stringify(sheet?.rows);
    expect(sheet?.name).toBe('养犬台账');
    expect(text).toMatch(/犬名.*疫苗日期/s);
    expect(text).toContain('139****0071');
    expect(text).not.toContain('13900000071');
  });
});

describe('改名、停用、跟着地走', () => {
  it('改了名，记录和文件都用新名；停用后不再收，记过的照样看', async () => {
    const words = { name: '犬只台账', unit: '只', called: '犬名', usedFor: '换了说法' };
    expect(await head.post(`/api/own-ledgers/${made.ledgerId}/change`, words)).toMatchObject({ status: 200 });
    const page = await list(ledger);
    expect((await read(page.rows[0].id)).own.name).toBe('犬只台账');
    const file = await book(['犬名', '责任人'], [['阿花', '周四']]);
    const waiting = (await send(ledger, file)).body.batchId;
    expect(await head.post(`/api/own-ledgers/${made.ledgerId}/retire`)).toMatchObject({ status: 200 });
    expect(await head.post(`/api/own-ledgers/${made.ledgerId}/retire`)).toMatchObject({
      status: 409,
      body: { code: 'own_ledger.retired' },
    });
    expect(await act(waiting, 'take')).toMatchObject({ status: 409, body: { code: 'own_ledger.retired' } });
    expect((await look(waiting)).stage).toBe('looked');
    expect(await send(ledger, file)).toMatchObject({ status: 409 });
    expect(await write({ 'thing.name': '阿黑' })).toMatchObject({ status: 409 });
    expect((await list(ledger)).total).toBe(page.total);
  });

  it('并进别的社区：台账在并进去的整个社区里用，记录跟着走', async () => {
    const admin = await county.as('管理员');
    const { body } = await add({ areaId: park, name: '文艺队台账', unit: '支', called: '' }, other);
    const form = { areaIds: [park], intoId: station };
    const preview = (await admin.post('/api/areas/merge/preview', form)).body;
    expect(preview.records).toContainEqual(expect.objectContaining({ table: 'own_ledger', open: 2, closed: 0 }));
    expect(await write({ 'thing.name': '腰鼓队' }, other, park, `own-${body.ledgerId}`)).toMatchObject({ status: 200 });
    expect(await admin.post('/api/areas/merge', form)).toMatchObject({ status: 200 });
    while ((await followSweep.run(county.runtime, 1, throwFault)) > 0);
    expect((await head.get(`/api/own-ledgers/${body.ledgerId}`)).body).toMatchObject({
      ...{ area: '二运社区', mayChange: true },
    });
    expect((await list(`own-${body.ledgerId}`)).total).toBe(1);
    expect(await write({ 'thing.name': '广场舞队' }, worker, grid, `own-${body.ledgerId}`)).toMatchObject({
      status: 200,
    });
  });
});

describe('居民也能当面登记', () => {
  it('同一个身份证号、同名同电话不登记第二遍；性别和号码对不上说出来', async () => {
    const values = { 'person.name': '田小满', 'person.phone': '13900000081', 'place.door': '1栋1单元101' };
    const { status, body } = await write(values, worker, grid, 'residents');
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await write({ ...values, 'place.door': '' }, head, station, 'residents')).toMatchObject({ status: 409 });
    expect(await write({ ...values, 'person.phone': '13900000082' }, head, station, 'residents')).toMatchObject({
      status: 409,
    });
    expect(await write({ 'person.phone': '13900000083' }, head, station, 'residents')).toMatchObject({ status: 422 });
    const [line] = await find('residents', '田小满');
    expect(line).toMatchObject({ area: expect.stringContaining('网格') });
    expect(await write(values, worker, park, 'residents')).toMatchObject({ status: 404 });
  });
});
