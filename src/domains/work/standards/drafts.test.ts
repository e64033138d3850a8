import { randomUUID } from 'node:crypto';
import { writeXlsx } from 'hucre';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { body as bodyId, look, report, step } from '../../../../test/telling.ts';
import { gbkOf, zipOf } from './fixtures/sheets.ts';
import { columnNames, sheetRows } from './sheet.model.ts';

/** A county changes its standard: a table out, a draft in, a look at what it would do, and from a day on it holds. */
const county = await openCounty();
const { as, anyone, clock, sql } = county;
const admin = await as('管理员');
const PATH = '/api/standard/draft';
const at = (column: (typeof columnNames)[number]): number => columnNames.indexOf(column);

async function table(change: (cells: string[]) => string[] | null = (cells) => cells): Promise<string[][]> {
  const { body } = await admin.get('/api/standard/version');
  const [titles = [], ...rows] = sheetRows(body, body.version, 'zh');
  return [titles, ...rows.map(change).filter((cells) => cells !== null)];
}
const only = (code: string, change: (cells: string[]) => string[] | null) => (cells: string[]) =>
  cells[at('conditionCode')] === code ? change(cells) : cells;
const limit = (code: string, text: string) => table(only(code, (cells) => cells.with(at('limit'), text)));

const workbook = async (rows: string[][]): Promise<Buffer> =>
  Buffer.from(await writeXlsx({ sheets: [{ name: '立案标准', rows }] }));
const csv = (rows: string[][]): Buffer =>
  Buffer.from(rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n'));
const send = (bytes: Buffer, fields: Record<string, string> = {}, name = '标准.xlsx') =>
  admin.upload(PATH, { commandId: randomUUID(), ...fields }, [{ name, bytes }]);
const sent = async (rows: string[][], fields = {}) => send(await workbook(rows), fields);
const draft = async () => (await admin.get(PATH)).body.draft;
const issue = (draftId: string, changes: object = {}, commandId?: string) =>
  admin.post(
    `${PATH}/issue`,
    { draftId, title: '2026 年修订', source: '县政办〔2026〕3 号', validFrom: inDays(0), ...changes },
    commandId,
  );
const versions = async () => (await sql('select 1 from standard where realm = 1')).length;
const entries = async (kind: string) => (await sql('select 1 from entry where realm = 1 and kind = $1', [kind])).length;
const [code, other] = ['road-sunken-passable', 'road-sunken-cut-off'];
const inDays = (days: number): string => new Date(clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

beforeEach(async () => {
  const { body } = await admin.get(PATH);
  if (body.draft) await admin.post(`${PATH}/discard`, { draftId: body.draft.id });
});

describe('导入成草稿', () => {
  it('一格读不懂：整张留着，说哪一行哪一格；没有发布，也发布不了', async () => {
    const [before, noted] = [await versions(), await entries('standard.drafted')];
    const said = await sent(await limit(code, '种植季节15工作日'));
    expect(said.status, JSON.stringify(said.body)).toBe(200);
    expect(said.body).toMatchObject({ refused: 1 });
    const kept = await draft();
    expect(kept.refused[0].says.zh).toMatch(/^第 \d+ 行 G 列（时限）：“种植季节15工作日”读不出时限/);
    expect(kept).toMatchObject({ fileName: '标准.xlsx', draftedBy: '管理员', changes: [] });
    const refused = await issue(kept.id);
    expect(refused.body).toMatchObject({ status: 422, code: 'standard.rows_refused' });
    expect([await versions(), await entries('standard.drafted')]).toEqual([before, noted + 1]);
    expect((await draft()).id).toBe(kept.id);
  });

  it('改好再导入，代替原来那份；同一次提交重发，不多一份', async () => {
    const { body } = await sent(await limit(code, '尽快'));
    const [bytes, commandId] = [await workbook(await limit(code, '6 工作日')), randomUUID()];
    const mended = await send(bytes, { replaces: body.draftId, commandId });
    expect(mended.body).toMatchObject({ refused: 0 });
    const noted = await entries('standard.drafted');
    const again = await send(bytes, { replaces: body.draftId, commandId });
    expect(again.body).toMatchObject({ draftId: mended.body.draftId });
    expect(await entries('standard.drafted')).toBe(noted);
    expect((await draft()).changes).toMatchObject([{ what: 'limit', code }]);
  });

  it('已有一份：第二份不收，原来那份不动；两个人同时导入只留一份', async () => {
    const { body } = await sent(await limit(code, '6 工作日'));
    expect((await sent(await limit(code, '7 工作日'))).body).toMatchObject({ code: 'standard.draft_exists' });
    expect((await draft()).id).toBe(body.draftId);
    await admin.post(`${PATH}/discard`, { draftId: body.draftId });
    const both = await Promise.all([sent(await limit(code, '6 工作日')), sent(await limit(code, '7 工作日'))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('扔掉：没有了；再扔一次、扔别的，说没有这份', async () => {
    const { body } = await sent(await limit(code, '6 工作日'));
    const [id, commandId] = [body.draftId, randomUUID()];
    expect((await admin.post(`${PATH}/discard`, { draftId: randomUUID() })).body).toMatchObject({
      code: 'standard.no_draft',
    });
    expect((await admin.post(`${PATH}/discard`, { draftId: id }, commandId)).status).toBe(200);
    expect((await admin.post(`${PATH}/discard`, { draftId: id }, commandId)).body).toMatchObject({ repeated: true });
    expect((await admin.post(`${PATH}/discard`, { draftId: id })).body).toMatchObject({
      status: 409,
      code: 'standard.no_draft',
    });
    expect(await draft()).toBeNull();
  });

  it('GBK 的 csv 一样读', async () => {
    const gbk = gbkOf(csv(await limit(code, '6 工作日')).toString('utf8'));
    expect((await send(gbk, {}, '标准.csv')).body).toMatchObject({ refused: 0 });
    expect((await draft()).changes).toContainEqual(expect.objectContaining({ what: 'limit', code }));
  });

  it('只有管理员能导入、扔掉、发布、看草稿', async () => {
    const { body } = await sent(await limit(code, '6 工作日'));
    const registrar = await as('何静');
    expect((await registrar.get(PATH)).status).toBe(403);
    expect((await registrar.upload(PATH, { commandId: randomUUID() }, [])).status).toBe(403);
    expect((await registrar.post(`${PATH}/discard`, { draftId: body.draftId })).status).toBe(403);
    const form = { draftId: body.draftId, title: '试', source: '试', validFrom: inDays(0) };
    expect((await registrar.post(`${PATH}/issue`, form)).status).toBe(403);
    expect((await draft()).id).toBe(body.draftId);
  });
});

describe('收不了的文件：说是什么、怎么办，什么也不留', () => {
  const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  const parts = { 'xl/workbook.xml': Buffer.from('<workbook/>') };
  it.each([
    ['空文件', async () => Buffer.alloc(0), 'standard.file_empty'],
    ['只有列名', async () => workbook((await table()).slice(0, 1)), 'standard.file_empty'],
    ['50 MB', async () => Buffer.alloc(50 * 1024 * 1024, 'a'), 'standard.file_too_large'],
    ['旧版或加密的 xls', async () => Buffer.concat([OLE, Buffer.alloc(600)]), 'standard.file_kind'],
    ['带宏的工作簿', async () => zipOf({ ...parts, 'xl/vbaProject.bin': Buffer.from('Sub') }), 'standard.file_kind'],
    ['别的压缩包', async () => zipOf({ 'a.txt': Buffer.from('a') }), 'standard.file_kind'],
    [
      '展开来太大',
      async () => zipOf({ ...parts, 'xl/media/a.bin': Buffer.alloc(70 << 20) }),
      'standard.file_too_large',
    ],
    ['照片', async () => Buffer.from('ffd8ffe000104a46494600010100', 'hex'), 'standard.file_kind'],
    ['半个工作簿', async () => (await workbook(await table())).subarray(0, 900), 'standard.file_kind'],
    ['引号没有合上的 csv', async () => Buffer.from('"时限\n1'), 'standard.file_kind'],
    [
      '别的表',
      async () =>
        csv([
          ['姓名', '电话'],
          ['甲', '1'],
        ]),
      'standard.columns_missing',
    ],
    [
      '旧版的表',
      async () => csv((await table()).map((row, i) => (i === 0 ? row.with(-1, '导出自第 77 版') : row))),
      'standard.older_table',
    ],
  ] as const)('%s', async (_what, bytes, problem) => {
    const said = await send(await bytes());
    expect(said.body, JSON.stringify(said.body).slice(0, 300)).toMatchObject({ code: problem });
    expect(await draft()).toBeNull();
  });

  it('没有选文件', async () => {
    expect((await admin.upload(PATH, { commandId: randomUUID() }, [])).body).toMatchObject({
      code: 'standard.file_missing',
    });
  });
});

describe('发布', () => {
  const versionOf = async (id: string) =>
    (await sql<{ v: number }>('select standard_version as v from casefile where id = $1', [id]))[0]?.v;
  const inForce = async () => (await admin.get('/api/standard')).body.version;

  it('从今天起：报来没立案的按新版，立了案的时限不变；再发一次不多一版', async () => {
    const [filed, waiting] = [await report(anyone), await report(anyone)];
    const registrar = await as('何静');
    await step(registrar, filed.id, 'register', { conditionCode: code });
    const old = await inForce();
    const { body } = await sent(await limit(code, '9 工作日'));
    const { effect, changes } = await draft();
    expect(changes).toMatchObject([{ what: 'limit', code }]);
    expect(effect).toMatchObject({ limitChanged: 1, ended: [], staying: [{ version: old, open: 1 }] });
    expect(effect.unregistered).toBeGreaterThan(0);
    const [before, commandId] = [await versions(), randomUUID()];
    const done = await issue(body.draftId, {}, commandId);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const { version } = done.body;
    expect((await issue(body.draftId, {}, commandId)).body).toMatchObject({ version, repeated: true });
    expect(await versions()).toBe(before + 1);
    clock.advance(60_000);
    await step(registrar, waiting.id, 'register', { conditionCode: code });
    expect([await versionOf(filed.id), await versionOf(waiting.id)]).toEqual([old, version]);
    const overview = (await admin.get('/api/standard/versions')).body;
    expect(overview).toMatchObject({
      counted: 'realm',
      versions: [{ version, state: 'in_force', open: 1 }, { version: old }],
    });
    expect((await registrar.get(`/api/casefiles?openUnder=${old}`)).body).toMatchObject([{ id: filed.id }]);
    const mine = (await registrar.get('/api/standard/versions')).body;
    expect(mine).toMatchObject({ counted: 'mine', versions: [{ open: 1 }, { version: old, open: 1 }] });
    expect(await draft()).toBeNull();
  });

  it('岗位看不到的案卷，数里也没有', async () => {
    const { versions: lines, unregistered } = (await (await as('田青')).get('/api/standard/versions')).body;
    expect([...lines.map(({ open }: { open: number }) => open), unregistered].every((n) => n === 0)).toBe(true);
  });

  it('取消一条还有在办案卷的：可以，先说有几件；案卷照原来的办，新的不能再用它', async () => {
    const { body } = await sent(await table(only(code, () => null)));
    expect((await draft()).effect.ended).toMatchObject([{ code, open: 2 }]);
    expect((await issue(body.draftId)).status).toBe(200);
    const registrar = await as('何静');
    const [file] = (await registrar.get(`/api/casefiles?openUnder=${(await inForce()) - 1}`)).body;
    expect((await look(registrar, file.id)).title.zh).toContain('路面塌陷');
    await step(await as('陈敏'), file.id, 'dispatch', { bodyId: bodyId('works') });
    const next = await report(anyone);
    const refused = await registrar.post(`/api/casefiles/${next.id}/register`, { conditionCode: code });
    expect(refused.body).toMatchObject({ code: 'casefile.no_such_condition' });
  });

  it('取消过的编码不能给别的小类用', async () => {
    const rows = await table(only(other, (cells) => cells));
    const model =
      rows.slice(1).find((cells) => cells[at('typeCode')] !== 'road-sunken' && cells[at('conditionCode')]) ?? [];
    const { body } = await sent([...rows, model.with(at('conditionCode'), code).with(at('when'), '别的')]);
    expect(body).toMatchObject({ refused: 1 });
    expect((await draft()).refused[0].says.zh).toContain('一直属于小类“road-sunken”');
  });

  it.each([
    ['过去的日子', '2020-01-01'],
    ['太远的日子', '2206-03-01'],
  ])('%s：不行，草稿还在', async (_what, validFrom) => {
    const { body } = await sent(await limit(other, '20 紧急工作时'));
    expect((await issue(body.draftId, { validFrom })).body).toMatchObject({ status: 422, code: 'standard.date_wrong' });
    expect((await draft()).id).toBe(body.draftId);
  });

  it('一字没改：没有可发布的', async () => {
    const { body } = await sent(await table());
    expect((await issue(body.draftId)).body).toMatchObject({ code: 'standard.nothing_changed' });
  });

  it('导入以后别人先发布了一版：这份发布不了', async () => {
    const { body } = await sent(await limit(other, '20 紧急工作时'));
    const row = { kind: 'component', major: 'roads', typeCode: 'new-one', typeName: '新', answersTo: 'sanitation' };
    const rows = [{ ...row, conditionCode: 'new-one-a', when: '有', limit: '4工作时', done: '好', source: '测试' }];
    expect((await admin.post('/api/standard', { title: '先发布', source: '测试', rows })).status).toBe(200);
    expect((await draft()).isStale).toBe(true);
    expect((await issue(body.draftId)).body).toMatchObject({ status: 409, code: 'standard.published_meanwhile' });
  });

  it('定在以后：那天以前还是旧的，别的不能插到前面；同一天可以再发一版代替', async () => {
    const [before, day] = [await inForce(), inDays(3)];
    const first = await sent(await limit(other, '20 紧急工作时'));
    expect((await issue(first.body.draftId, { validFrom: day })).status).toBe(200);
    expect(await inForce()).toBe(before);
    expect((await admin.get('/api/standard/versions')).body.versions[0]).toMatchObject({ state: 'waiting' });
    const row = { kind: 'component', major: 'roads', typeCode: 'new-two', typeName: '新', answersTo: 'sanitation' };
    const rows = [{ ...row, conditionCode: 'new-two-a', when: '有', limit: '4工作时', done: '好', source: '测试' }];
    const early = await admin.post('/api/standard', { title: '插队', source: '测试', rows });
    expect(early.body).toMatchObject({ status: 409, code: 'standard.one_waits' });
    const second = await sent(await limit(other, '16 紧急工作时'));
    expect((await issue(second.body.draftId)).body).toMatchObject({ code: 'standard.date_wrong' });
    const done = await issue(second.body.draftId, { validFrom: day });
    expect(done.status).toBe(200);
    clock.advance(4 * 86_400_000);
    expect(await inForce()).toBe(done.body.version);
  });
});
