import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { plantRealm } from '../../../../seeds/planting.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, look, owes, step } from '../../../../test/telling.ts';
import { Problem } from '../../../kernel/problem.ts';
import { verifyCasefiles } from '../casefiles/index.ts';
import { csv, harbourMap, header, inGbk, line, mapText, openFolder, workbook } from './fixtures/hotline.ts';
import { importCasefiles, readMap, tryCasefiles, undoImport } from './index.ts';

/** From a file to cases that live on like all others, and back. Everything in the files is invented. */
const county = await openCounty();
const { runtime, as, sql, settle } = county;
const write = openFolder();
const map = harbourMap({ file: { delimiter: ';' } });
const run = (file: string, changes: object = {}) => importCasefiles(runtime, 1, { file, map, ...changes });
const counts = async (): Promise<Record<string, number>> => {
  const tables = [
    'casefile',
    'report',
    'obligation',
    'access_grant',
    'data_key',
    'entry',
    'imported_row',
    'import_batch',
  ];
  const rows = await Promise.all(tables.map((table) => sql<{ n: string }>(`select count(*) as n from ${table}`)));
  return Object.fromEntries(tables.map((table, i) => [table, Number(rows[i]?.[0]?.n)]));
};
const fileOf = async (key: string) => {
  const [row] = await sql<{ id: string; status: string; number: string; type_code: string }>(
    `select c.* from casefile c join imported_row i on i.casefile_id = c.id where i.key = $1`,
    [key],
  );
  if (!row) throw new Error(`no case of ${key}`);
  return row;
};
const agrees = async (): Promise<void> => {
  await settle();
  expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
};
const refusedBy = async (work: Promise<unknown>): Promise<Problem> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error(`expected a problem, got ${String(error)}`);
  return error;
};

const closed = { 状态: '已办结', 办结时间: '2025年3月6日 19:00', 办理意见: '已更换灯头' };
const four = [
  line({ 工单号: 'A-1', 应办结时间: '2025年3月6日 18:00', ...closed }),
  line({ 工单号: 'A-2', 应办结时间: '2025年3月9日 18:00', ...closed, 办结时间: '2025年3月5日 10:00' }),
  line({ 工单号: 'A-3', 应办结时间: '2025年3月5日 18:00' }),
  line({ 工单号: 'A-4', 诉求类别: '井盖', 社区编码: '439901102201', 地址: '渡口；码头边' }),
];

describe('一个文件', () => {
  let first: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    first = await run(write('a.csv', csv(four)));
  });

  it('每一行都有结论，按期超期由时钟算出', () => {
    expect(first).toMatchObject({ rows: 4, created: 4, changed: 0, same: 0, refused: [] });
    // As of the last closing: A-1 an hour late, A-3 open and late, A-2 in time, A-4 without a deadline.
    expect(first).toMatchObject({ onTime: 1, late: 2, noFlag: 0, asOf: '2025-03-06T11:00:00.000Z' });
    expect(first.notes).toContainEqual({ kind: 'body_unknown', rows: 4, first: [2, 3, 4, 5] });
  });

  it('办结的已办结，在办的归派遣岗，没有编出来源没有的步骤', async () => {
    const done = await look(await as('陈敏'), (await fileOf('A-1')).id);
    expect(done).toMatchObject({ status: 'evaluated', answer: null, flags: ['imported'], typeCode: 'street-lamp' });
    expect(done.story.map(({ kind, at }: { kind: string; at: string }) => [kind, at])).toEqual([
      ['casefile.imported', '2025-03-04T01:05:00.000Z'],
      ['casefile.import_settled', '2025-03-06T11:00:00.000Z'],
    ]);
    expect(done.story[1].words).toBe('已更换灯头');
    expect(done.duties[0].clock).toMatchObject({ state: 'settled', late: true });
    expect(await owes(await as('陈敏'), (await fileOf('A-3')).id)).toEqual(['casefile.handle']);
  });

  it('不认识的类别成为从文件第一天起的标准，今天的标准不变', async () => {
    const seen = await look(await as('沈月'), (await fileOf('A-4')).id);
    expect(seen.title.zh).toBe('井盖（渡口；码头边）');
    const { body: today } = await county.anyone.get('/api/standard');
    expect(today.types.some(({ name }: { name: { zh: string } }) => name.zh === '井盖')).toBe(false);
    const [version] = await sql('select version, valid_from from standard where source = $1', ['harbour-hotline']);
    expect(version).toMatchObject({ valid_from: new Date('2025-03-04T01:05:00.000Z') });
  });

  it('说的话在台账里是封住的', async () => {
    const [row] = await sql(
      `select count(*)::int as n from entry where body::text like '%灯头%' or body::text like '%二运巷%'`,
    );
    expect(row).toEqual({ n: 0 });
  });

  it('流水重算与现状一致', agrees);

  it('再导一次：都未变，案卷不多一件', async () => {
    const before = await counts();
    expect(await run(write('again.csv', csv(four)))).toMatchObject({
      created: 0,
      changed: 0,
      same: 4,
      onTime: 1,
      late: 2,
    });
    expect({ ...(await counts()), import_batch: 0, entry: 0 }).toEqual({ ...before, import_batch: 0, entry: 0 });
  });
});

describe('来源改了', () => {
  it('新的时限、新的话、办结了：有日期的更正，其余不动', async () => {
    const now = [
      line({ 工单号: 'A-3', 应办结时间: '2025年3月8日 18:00', 诉求内容: '灯杆也歪了' }),
      line({ 工单号: 'A-4', 诉求类别: '井盖', 社区编码: '439901102201', 地址: '渡口；码头边', ...closed }),
    ];
    expect(await run(write('b.csv', csv(now)))).toMatchObject({ created: 0, changed: 2, same: 0, refused: [] });
    const changed = await look(await as('陈敏'), (await fileOf('A-3')).id);
    expect(changed.reports[0].words).toBe('路灯不亮\n灯杆也歪了');
    expect(changed.duties.map(({ clock }: { clock: { state: string } }) => clock.state)).toEqual([
      'withdrawn',
      'running',
    ]);
    expect(changed.story.at(-1)).toMatchObject({ kind: 'casefile.import_amended', words: '路灯不亮\n灯杆也歪了' });
    expect(await fileOf('A-4')).toMatchObject({ status: 'evaluated' });
    await agrees();
    expect(await run(write('b2.csv', csv(now)))).toMatchObject({ changed: 0, same: 2 });
  });

  it('已办结的又打开：不改，说清楚', async () => {
    const reopened = [line({ 工单号: 'A-1', 应办结时间: '2025年3月6日 18:00' })];
    const { changed, refused } = await run(write('c.csv', csv(reopened)));
    expect({ changed, refused }).toMatchObject({ changed: 0, refused: [{ row: 2, column: '工单号' }] });
    expect(refused[0]?.says.zh).toContain('已按来源办结');
  });
});

describe('不能导的行', () => {
  const mixed = [
    line({ 工单号: 'R-1' }),
    line({ 工单号: 'R-2', 来电时间: '不详' }),
    line({ 工单号: 'R-1', 诉求内容: '重号' }),
    line({ 工单号: 'R-4', 社区编码: '999' }),
  ];

  it('试运行：同样的结论，什么也不写', async () => {
    const before = await counts();
    const tried = await tryCasefiles(runtime, 1, { file: write('d.csv', csv(mixed)), map });
    expect(tried).toMatchObject({ batch: null, rows: 4, created: 1, changed: 0, same: 0 });
    expect(tried.refused.map(({ row }) => row).sort()).toEqual([3, 4, 5]);
    expect(await counts()).toEqual(before);
  });

  it('好的导入，不好的列出行、列、原因和办法', async () => {
    const { created, refused } = await run(write('d.csv', csv(mixed)));
    expect(created).toBe(1);
    for (const { says, hint } of refused)
      expect([says.zh, says.en, hint.zh, hint.en].every((text) => text.length > 3)).toBe(true);
    expect(refused.find(({ row }) => row === 3)).toMatchObject({ column: '来电时间' });
    expect(refused.find(({ row }) => row === 4)?.says.zh).toContain('第 2 行');
    expect(refused.find(({ row }) => row === 5)?.says.zh).toContain('999');
  });
});

describe('中断', () => {
  const many = Array.from({ length: 2200 }, (_, i) => line({ 工单号: `K-${i}`, 应办结时间: '2025年3月9日 18:00' }));

  it('写了一半被打断，再运行一次接着写，同一个批次', async () => {
    const file = write('k.csv', csv(many));
    const killed = run(file, {
      progress: (done: number) => {
        if (done === 500) throw new Error('killed');
      },
    });
    await expect(killed).rejects.toThrow('killed');
    const again = await run(file);
    // Parts that were under way when it broke off may have been committed too, but not all there is.
    expect([500, 1000, 1500]).toContain(again.same);
    expect(again).toMatchObject({ isContinued: true, rows: 2200, created: 2200 - again.same });
    const [batch] = await sql(`select count(distinct batch_id)::int as n from imported_row where key like 'K-%'`);
    expect(batch).toEqual({ n: 1 });
    await agrees();
  });
});

describe('撤回', () => {
  it('整批撤回；有人办理过的留下，列出来；可以重新导入', async () => {
    const three = ['U-1', 'U-2', 'U-3'].map((key) => line({ 工单号: key }));
    const { batch } = await run(write('u.csv', csv(three)));
    const id = (await fileOf('U-2')).id;
    await step(await as('赵磊'), id, 'supervise', { words: '请盯住' });
    const undone = await undoImport(runtime, 1, batch ?? '');
    expect(undone).toMatchObject({ withdrawn: 2, kept: [{ key: 'U-2' }], changedKeys: [] });
    expect(undone.kept[0]?.says.zh).toContain('有人办理过');
    expect(await look(await as('陈敏'), id)).toMatchObject({ status: 'handling' });
    const gone = await sql(
      `select c.status, c.outcome, o.state from casefile c join obligation o on o.record_id = c.id join entry e on e.record_id = c.id
       where e.kind = 'casefile.import_withdrawn'`,
    );
    expect(gone).toEqual(Array(2).fill({ status: 'declined', outcome: 'import_withdrawn', state: 'withdrawn' }));
    await agrees();
    expect((await refusedBy(undoImport(runtime, 1, batch ?? ''))).code).toBe('import.undone_already');
    expect(await run(write('u.csv', csv(three)))).toMatchObject({ created: 2, same: 1 });
  });

  it('没有这个批次', async () => {
    expect((await refusedBy(undoImport(runtime, 1, runtime.ids.newId()))).code).toBe('import.no_batch');
  });

  it('改过别的批次的：改动留着，列出来', async () => {
    const { batch } = await run(write('v.csv', csv([line({ 工单号: 'R-1', 诉求内容: '又说了一次' })])));
    expect(await undoImport(runtime, 1, batch ?? '')).toMatchObject({ withdrawn: 0, kept: [], changedKeys: ['R-1'] });
  });
});

describe('各种文件', () => {
  it('GBK、gzip：同样的内容', async () => {
    const gbk = harbourMap();
    const text = csv([line({ 工单号: 'F-1', 诉求内容: '龘字街口，夜里不亮' })]);
    expect(await run(write('f.csv', inGbk(text)), { map: gbk })).toMatchObject({ created: 1 });
    expect(await run(write('f.csv.gz', gzipSync(inGbk(text))), { map: gbk })).toMatchObject({ same: 1 });
    expect(await run(write('f8.csv', `\uFEFF${text}`))).toMatchObject({ same: 1 });
  });

  it.each([
    ['编码不对', 'x.csv', () => inGbk(csv([line({ 工单号: 'X' })]))],
    ['引号没有收尾', 'y.csv', () => `${csv([])}\r\n"没有收尾`],
    ['不是 gzip', 'z.csv.gz', () => 'plain'],
    ['不是工作簿', 'w.xlsx', () => 'plain'],
  ])('%s:说读到哪里，不出错', async (_what, name, bytes) => {
    const problem = await refusedBy(run(write(name, bytes())));
    expect(problem.code).toBe('import.unreadable');
  });

  it('没有这个文件；少了列的说出是哪几列', async () => {
    expect((await refusedBy(run('/nowhere.csv'))).code).toBe('import.no_file');
    const problem = await refusedBy(run(write('h.csv', header.slice(2).join(';'))));
    expect(problem).toMatchObject({ code: 'import.columns_missing', params: { columns: '工单号、来电时间' } });
  });

  it('Excel 里的留言：到指定区域的受理岗，未分类、没有位置，从现在起计时', async () => {
    const messages = readMap(mapText('citizen-messages'));
    const file = write(
      'm.xlsx',
      await workbook([
        ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情'],
        [1001, 'A0001', '小区停水', '2019/2/28 11:25:05', '\n\t\t三栋停水两天\n\t'],
        ['1002', 'A0002', '路灯', new Date('2019-07-11T08:30:00Z'), '晚上很黑'],
      ]),
    );
    const order = { map: messages, area: '439901102' };
    expect(await run(file, order)).toMatchObject({ rows: 2, created: 2, refused: [] });
    const seen = await look(await as('丁一'), (await fileOf('1001')).id);
    expect(seen).toMatchObject({ status: 'reported', typeCode: null, areaId: area('river'), point: null });
    expect(seen.reports[0]).toMatchObject({ words: '小区停水\n三栋停水两天', occurredAt: '2019-02-28T03:25:05.000Z' });
    const [real] = await sql(`select r.occurred_at from report r where r.casefile_id = $1`, [
      (await fileOf('1002')).id,
    ]);
    expect(real).toEqual({ occurred_at: new Date('2019-07-11T00:30:00Z') });
    expect(await owes(await as('丁一'), seen.id)).toEqual(['casefile.register']);
    expect(await step(await as('丁一'), seen.id, 'register', { conditionCode: 'road-sunken-cut-off' })).toBe(
      'registered',
    );
    expect((await refusedBy(run(file, { ...order, area: '1' }))).code).toBe('import.no_area');
    await agrees();
  });
});

describe('空的县', () => {
  it('对照表说建哪个县，区域和单位从列里来；同名的网格各在各的镇', async () => {
    const founding = harbourMap({
      source: 'harbour-founding',
      file: { delimiter: ';' },
      columns: {
        body: { column: '承办单位', kind: 'township', create: true },
        area: {
          by: 'names',
          columns: [
            { column: '来源', level: 'town' },
            { column: '社区编码', level: 'grid', whole: true },
          ],
        },
        flag: { column: '办理意见', onTime: ['按期'], late: ['超期'] },
      },
      figures: { withoutTarget: 'on_time' },
    });
    await plantRealm(runtime, {
      realm: 8,
      name: '望港市',
      zone: 'Asia/Shanghai',
      root: { id: runtime.ids.newId(), level: 'county', code: '439908', name: '望港市' },
    });
    const rows = [
      line({ 工单号: '1', 来源: '港东', 社区编码: '12.0', 应办结时间: '2025年3月9日 18:00', 办理意见: '超期' }),
      line({ 工单号: '2', 来源: '港西', 社区编码: '12', 办理意见: '按期' }),
      line({ 工单号: '3', 来源: '', 社区编码: '', 应办结时间: '2025年3月9日 18:00' }),
      line({
        工单号: '4',
        来源: '港西',
        社区编码: '12',
        ...closed,
        办理意见: '按期',
        应办结时间: '2025年3月9日 18:00',
      }),
    ];
    const done = await importCasefiles(runtime, 8, { file: write('e.csv', csv(rows)), map: founding });
    expect(done).toMatchObject({ created: 4, onTime: 3, late: 0, noFlag: 1 });
    expect(Object.fromEntries(done.notes.map(({ kind, first }) => [kind, first]))).toEqual({
      flag_differs: [2],
      no_target_flagged: [3],
      target_without_flag: [4],
    });
    const areas = await sql(`select name, code from area_version where realm = 8 order by code`);
    expect(areas).toEqual([
      { name: '望港市', code: '439908' },
      { name: '港东', code: '439908001' },
      { name: '12', code: '439908001001' },
      { name: '港西', code: '439908002' },
      { name: '12', code: '439908002001' },
    ]);
    expect(await sql(`select name from body where realm = 8`)).toEqual([{ name: '市政所' }]);
    const later = [line({ 工单号: '5', 来源: '港南', 社区编码: '1' })];
    const next = await importCasefiles(runtime, 8, { file: write('e2.csv', csv(later)), map: founding });
    expect(next.notes.map(({ kind }) => kind)).toContain('area_unknown');
    expect((await verifyCasefiles(runtime, 8, () => undefined)).faults).toEqual([]);
  });
});
