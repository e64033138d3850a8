import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { report, step } from '../../test/telling.ts';
import { openShell, type Ran } from './fixtures/shell.ts';

/** The commands as an operator or a script runs them: another process, its words, its exit code. */
const county = await openCounty();
const { app, anyone, sql } = county;
const { folder, start, jingwei } = openShell(county);

/** With --json the result is alone on stdout: a script reads all of it. */
async function asked(words: readonly string[]) {
  const ran = await jingwei(['--json', ...words]);
  expect(ran.out, ran.err).toMatch(/^.+\n$/);
  return { ...ran, json: JSON.parse(ran.out) };
}
const expectRefused = ({ code, out, err }: Ran, problem: string): void => {
  expect(err).toContain(`(${problem})`);
  expect(err).toMatch(/\p{Script=Han}/u);
  expect(err).not.toMatch(/\n\s+at /);
  expect({ code, out }).toEqual({ code: 1, out: '' });
};

describe('tables', () => {
  it('说出有哪些表、每列是什么；--json 给程序；读不了的说清楚', async () => {
    const file = join(folder, '走访.csv');
    writeFileSync(file, '姓名,联系电话,喜好\n李福根,13973350001,象棋\n');
    const { out } = await jingwei(['tables', file]);
    expect(out).toContain('csv A1:C2：1 行');
    expect(out).toContain('A 姓名 → 姓名（person.name）');
    expect(out).toContain('C 喜好 → 没认出来');
    const { json } = await asked(['tables', file]);
    expect(json.tables[0]).toMatchObject({
      sheet: 'csv',
      range: 'A1:C2',
      rows: 1,
      continues: null,
      totals: [],
      notes: [],
    });
    expect(json.tables[0].columns[1]).toEqual({ path: '联系电话', column: 'B', field: 'person.phone', by: 'alias' });
    expectRefused(await jingwei(['tables', join(folder, '没有.xlsx')]), 'workbook.no_file');
  });
});

describe('用法', () => {
  it.each([
    [
      '',
      [
        'serve',
        'migrate',
        'seed',
        'realm',
        'account',
        'apikey',
        'keys',
        'forget',
        'import',
        'journal',
        'doctor',
        '--json',
      ],
    ],
    ['serve', ['运行服务']],
    ['migrate', ['升级数据库结构']],
    ['realm create', ['--name', '--code', '--level']],
    ['import areas', ['--divisions', '--polygons', '--datum', '--compare', '--dry-run']],
    ['account create', ['<login>', '--admin', '--realm']],
    ['account reset', ['<login>']],
    ['apikey create', ['--scope']],
    ['keys backup', ['<folder>']],
    ['forget', ['<code>', '--reason', 'asked']],
    ['import casefiles', ['<file>', '--map', '--area', '--dry-run']],
    ['import undo', ['<batch>']],
    ['journal verify', ['核对封印']],
    ['doctor', ['体检']],
    ['tables', ['<file>']],
  ])('jingwei %s --help', async (command, told) => {
    const { code, out } = await jingwei([...command.split(' ').filter(Boolean), '--help']);
    expect(code).toBe(0);
    for (const word of told) expect(out).toContain(word);
  });

  it.each([
    ['没有这个命令', ['sevre']],
    ['少了登录名', ['account', 'create']],
    ['少了权限', ['apikey', 'create']],
    ['没有这个选项', ['doctor', '--fast']],
    ['没有这个理由', ['forget', 'K7QD-3XWM-9T2P', '--reason', 'bored']],
  ])('%s:用法不对是 2，不碰数据', async (_what, words) => {
    const { code, out, err } = await jingwei(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/error: /);
  });

  it('设置不对：说哪一个，不启动', async () => {
    const ran = await jingwei(['serve'], { PORT: 'abc', JINGWEI_POOL: '1' });
    expectRefused(ran, 'config.invalid');
    expect(ran.err).toContain('PORT');
    expect(ran.err).toContain('JINGWEI_POOL');
  });

  it('不是中文的终端说英文', async () => {
    const { code, out } = await jingwei(['migrate'], { LANG: 'en_US.UTF-8' });
    expect({ code, out }).toEqual({ code: 0, out: 'The database is up to date.\n' });
  });
});

describe('县和账号', () => {
  it('建县，一个编号只能一次', async () => {
    const words = ['realm', 'create', '--name', '新河县', '--code', '439911', '--realm', '7'];
    expect(await asked(words)).toMatchObject({ code: 0, json: { realm: 7, name: '新河县' } });
    expectRefused(await jingwei(words), 'cli.realm_exists');
  });

  it('新建的县导入区划：一行一个下落；再来一次不变；没说导入什么就拒绝', async () => {
    const table = join(folder, 'divisions.csv');
    writeFileSync(table, 'code,name\n439911101,新河镇\n439911101001,河口社区居委会\n439911102,\n');
    const words = ['import', 'areas', '--realm', '7', '--divisions', table, '--grids', '2'];
    expect(await asked(words)).toMatchObject({
      code: 0,
      json: { rows: 5, created: 4, same: 0, refused: [{ row: 4, problem: 'intake.name_missing' }], proposed: [] },
    });
    expect(await asked(words)).toMatchObject({ code: 0, json: { created: 0, same: 4 } });
    expectRefused(await jingwei(['import', 'areas']), 'cli.nothing_to_import');
  });

  it('建账号：初始密码能登录，登录就要改；重名、不合要求、没有的县都说清楚', async () => {
    const { code, json } = await asked(['account', 'create', 'newadmin', '--name', '钱新', '--admin']);
    expect(code).toBe(0);
    const signIn = (typed: string) =>
      app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { login: 'newadmin', password: typed, bearer: true },
      });
    expect((await signIn(json.password)).json()).toMatchObject({ mustChangePassword: true });
    expectRefused(await jingwei(['account', 'create', 'newadmin']), 'account.login_taken');
    expectRefused(await jingwei(['account', 'create', '钱新']), 'cli.login_invalid');
    expectRefused(await jingwei(['account', 'create', 'other', '--realm', '99']), 'cli.no_realm');

    const reset = await asked(['account', 'reset', 'newadmin']);
    expect(reset.json.password).not.toBe(json.password);
    expect((await signIn(json.password)).statusCode).toBe(401);
    expect((await signIn(reset.json.password)).statusCode).toBe(200);
    expectRefused(await jingwei(['account', 'reset', 'nobody-here']), 'account.not_found');
  });

  it('接口密钥单独在最后一行，只显示这一次', async () => {
    const { code, out } = await jingwei(['apikey', 'create', '--scope', 'report', '--name', '热线']);
    expect(code).toBe(0);
    const key = out.trim().split('\n').at(-1) ?? '';
    expect(key).toMatch(/^jwk_1\.[\w-]{43}$/);
    expect(await sql(`select 1 from api_key where encode(key_hash, 'escape') like '%' || $1 || '%'`, [key])).toEqual(
      [],
    );
    expect((await asked(['apikey', 'create', '--scope', 'report'])).json.key).toMatch(/^jwk_1\./);
  });
});

describe('导入', () => {
  const maps = join(import.meta.dirname, '..', '..', 'seeds', 'maps');
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('空的编号上建县并导入；试运行不写；再导未变；撤回', async () => {
    const map = write(
      'map.json',
      JSON.stringify({
        ...JSON.parse(readFileSync(join(maps, 'citizen-messages.json'), 'utf8')),
        realm: { name: '望港市', code: '439900' },
      }),
    );
    const file = write(
      'm.csv',
      '留言编号,留言主题,留言时间,留言详情\n1,停水,2019/2/28 11:25:05,三栋停水\n2,路灯,2019/3/1 9:00,\n',
    );
    const words = ['import', 'casefiles', file, '--map', map, '--realm', '9'];
    expect(await asked([...words, '--dry-run'])).toMatchObject({ code: 0, json: { rows: 2, created: 2, batch: null } });
    expect(await sql('select 1 from realm where realm = 9')).toEqual([]);
    const done = await asked(words);
    expect(done).toMatchObject({
      code: 0,
      json: { rows: 2, created: 2, changed: 0, same: 0, refused: [], onTime: 0, late: 0, noFlag: 0 },
    });
    expect(await asked(words)).toMatchObject({ json: { created: 0, same: 2 } });
    expect(await sql('select 1 from entry_pending where realm = 9')).toEqual([]);
    expect(await asked(['import', 'undo', done.json.batch, '--realm', '9'])).toMatchObject({
      code: 0,
      json: { withdrawn: 2 },
    });
  });

  it('有行不能导：是 3，说清哪一行', async () => {
    const file = write('bad.csv', '留言编号,留言主题,留言时间,留言详情\n7,停水,昨天,三栋停水\n');
    const ran = await jingwei(['import', 'casefiles', file, '--map', join(maps, 'citizen-messages.json')]);
    expect(ran.code).toBe(3);
    expect(ran.out).toContain('第 2 行 留言时间：日期“昨天”读不懂');
  });

  it('没有对照表、没有文件、没有县、没有批次：说清楚', async () => {
    const map = join(maps, 'citizen-messages.json');
    const file = write('ok.csv', '留言编号,留言主题,留言时间,留言详情\n');
    expectRefused(await jingwei(['import', 'casefiles', file, '--map', '/nowhere.json']), 'import.no_file');
    expectRefused(await jingwei(['import', 'casefiles', '/nowhere.csv', '--map', map]), 'import.no_file');
    expectRefused(await jingwei(['import', 'casefiles', file, '--map', file]), 'import.map_wrong');
    expectRefused(await jingwei(['import', 'casefiles', file, '--map', map, '--realm', '77']), 'import.realm_missing');
    expectRefused(await jingwei(['import', 'undo', 'abc']), 'import.no_batch');
  });
});

describe('看护数据', () => {
  it('升级：没有要升级的，也是办成了', async () => {
    expect(await asked(['migrate'])).toMatchObject({ code: 0, json: { applied: [] } });
  });

  it('备份密钥：复制全部，记下备份过', async () => {
    const to = join(folder, 'apart');
    const { code, json } = await asked(['keys', 'backup', to]);
    expect({ code, files: json.files }).toEqual({ code: 0, files: readdirSync(to) });
    expect(json.files.length).toBeGreaterThan(0);
    expect(existsSync(join(folder, 'keys', 'backed-up'))).toBe(true);
  });

  it('按查询码忘记报事人；不是查询码、没有这个码都说清楚', async () => {
    const { code: tracking, reportId } = await report(anyone, { contact: { name: '王先生', phone: '13800001111' } });
    const { code, json } = await asked(['forget', tracking]);
    expect({ code, json }).toMatchObject({ code: 0, json: { reportId } });
    const [row] = await sql('select words, sealed from report where id = $1', [reportId]);
    expect(row).toEqual({ words: null, sealed: null });
    expectRefused(await jingwei(['forget', 'abc']), 'cli.code_invalid');
    expectRefused(await jingwei(['forget', 'K7QD-3XWM-9T2P']), 'casefile.not_found');
  });

  it('体检：说出每一样；有坏的就是 3', async () => {
    // The database of the tests need not survive a power cut, and the examination sees that.
    const { code, json } = await asked(['doctor']);
    const states = json.findings.map(({ check, state }: { check: string; state: string }) => [check, state]);
    expect(states).toContainEqual(['database', 'bad']);
    expect(states).toContainEqual(['keys private', 'good']);
    expect(states).toContainEqual(['jobs', 'good']);
    expect(code).toBe(3);
  });

  it('指标：分子、分母、口径，与网页同一个算法；打开记录；选项写错就说', async () => {
    const { number } = await report(anyone);
    const period = ['figures', 'casefiles', '--from', '2026-03-01', '--to', '2026-03-31'];
    const told = await asked([...period, '--area', '439901', '--pack', 'weighted']);
    expect([told.code, told.json.area.name, told.json.pack.code]).toEqual([0, '安澜县', 'weighted']);
    const intake = told.json.figures.find(({ id }: { id: string }) => id === 'intake');
    const [counted] = await sql<{ n: number }>('select count(*)::int as n from casefile where realm = 1');
    expect(intake).toMatchObject({ version: 1, value: counted?.n });
    const opened = await asked([...period, '--records', 'intake']);
    expect(opened.json.records.map((row: { casefile: { number: string } }) => row.casefile.number)).toContain(number);
    const said = await jingwei([...period, '--as-of', '2026-03-01T00:00:00Z']);
    expect(said.out).toContain('满意率 (content v1): 没有数据（分母里一件也没有） = 0 / 0');
    expectRefused(await jingwei([...period, '--area', '999999']), 'figure.no_area');
    expectRefused(await jingwei([...period, '--records', 'beauty']), 'figure.not_found');
    expectRefused(await jingwei(['figures', 'casefiles', '--from', 'yesterday']), 'cli.figures_invalid');
    expect((await jingwei([...period, '--vintage', 'old'])).code).toBe(2);
    const beside = await asked([...period, '--by', 'body']);
    expect(beside.json.figures[0].cells.map(({ split }: { split: string }) => split)).toContain('none');
  });

  it('指标汇总数：核对是 0;有人动过是 3，点出来；--mend 重做', async () => {
    const { id } = await report(anyone);
    await step(await county.as('何静'), id, 'decline', { outcome: 'not_found', publicText: '现场没有发现。' });
    const first = await asked(['figures', 'recount']);
    expect(first).toMatchObject({ code: 0, json: { wrong: 0, differences: [] } });
    expect(first.json.checked).toBeGreaterThan(0);
    await sql(`update figure_cell set n = n + 2 where kind = 'reported' and span = 1`);
    const second = await asked(['figures', 'recount']);
    expect(second).toMatchObject({ code: 3, json: { mended: false } });
    expect(second.json.differences[0]).toMatchObject({ kind: 'reported', area: expect.stringContaining('4399') });
    expect(await asked(['figures', 'recount', '--mend'])).toMatchObject({ code: 0, json: { mended: true } });
    expect(await asked(['figures', 'recount'])).toMatchObject({ code: 0, json: { wrong: 0 } });
  });

  it('核对台账：对得上是 0;有人动过是 3，说是哪一件', async () => {
    const { id } = await report(anyone);
    await county.settle();
    expect(await asked(['journal', 'verify'])).toMatchObject({ code: 0, json: { faults: [] } });
    await sql('update casefile set round = 3 where id = $1', [id]);
    const { code, json } = await asked(['journal', 'verify']);
    expect({ code, faults: json.faults }).toEqual({
      code: 3,
      faults: [{ realm: 1, what: 'casefile', id, says: 'differs from the journal in round' }],
    });
  });
});

describe('运行服务', () => {
  it('起来、答话、叫停就停，退出码是 0', async () => {
    const child = start(['serve'], { PORT: '0', JINGWEI_SEED: 'none' });
    let out = '';
    const address = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (part) => {
        out += part;
        const found = /http:\/\/localhost:\d+/.exec(out)?.[0];
        if (found) resolve(found);
      });
      child.on('close', () => reject(new Error(`ended early: ${out}`)));
    });
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ alive: true });
    expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ ready: true });
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.kill('SIGTERM');
    expect(await closed).toBe(0);
    expect(out).toContain('正在停止');
  });

  it('端口有人用：说是哪个端口', async () => {
    const taken = new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port;
    const ran = await jingwei(['serve'], { PORT: taken, JINGWEI_SEED: 'none' });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(taken);
    expect(ran.err).toContain('(serve.port_taken)');
  });
});
