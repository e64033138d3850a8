import { randomUUID } from 'node:crypto';
import { read, writeXlsx } from 'hucre';
import { beforeAll, describe, expect, it } from 'vitest';
import { blankBook } from '../../test/fixtures/blank_book.ts';
import { idNumber, residentBook } from '../../test/fixtures/resident_book.ts';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';
import { openArchive, unpack } from '../gateways/workbooks/marked_zip.model.ts';

/** A superior's blank workbook: sent once, put right, filled again and again; and the ledger itself as a workbook. */
const county = await openCounty();
const { as, clock, settle, sql } = county;
type Name = Parameters<typeof as>[0];

const HOME = '/console/ledgers';
const TEMPLATES = `${HOME}/templates`;
const plain = (text: string): string =>
  text.replaceAll('&amp;', '&').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const textOf = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const get = async (name: Name, path: string, language = 'zh') => {
  const { status, body } = await (await as(name)).get<string>(path, {
    'accept-language': language,
    accept: 'text/html',
  });
  const page = plain(String(body));
  return { status, page, text: textOf(page) };
};
const post = async (name: Name, path: string, fields: object) => {
  const { status, body, headers } = await (await as(name)).post<string>(path, fields);
  const page = plain(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, page, text: textOf(page), to: String(headers.location ?? '') };
};
const send = async (name: Name, file: Buffer, areaId = area('station'), fileName = '老年人登记表.xlsx') => {
  const files = file.length === 0 ? [] : [{ name: fileName, bytes: file }];
  const { status, body, headers } = await (await as(name)).upload(TEMPLATES, { areaId }, files);
  return { status, text: textOf(plain(String(body))), to: String(headers.location ?? '') };
};
/** The file to which an answer leads. */
const fileAt = async (name: Name, to: string) => {
  const id = /made=([0-9a-f-]{36})/.exec(to)?.[1] ?? '没有做出来';
  const { raw, headers } = await (await as(name)).get(`/api/ledger-exports/${id}/file`);
  return { raw, name: decodeURIComponent(String(headers['content-disposition'])) };
};

/** Every part of an archive, as it reads. */
const inside = (bytes: Buffer): string => {
  const archive = openArchive(bytes);
  return archive?.entries.map((entry) => unpack(archive, entry)?.toString() ?? '').join('\n') ?? '';
};

const person = (n: number, name: string, day: string, alone: string, phone = `1397335000${n}`): string[] => [
  ...[
    String(n),
    `H${n}`,
    name,
    n % 2 ? '男' : '女',
    idNumber(day, n),
    phone,
    '二运第一网格',
    `1-1-10${n}`,
    '户主',
    alone,
  ],
];
const people = [
  person(3, '张大山', '19500312', '是'),
  person(2, '李桂花', '19520601', '是'),
  person(4, '王年轻', '19950101', '是'),
  person(5, '赵有伴', '19480101', '否'),
  person(7, '钱阿公', '19390909', '是').with(5, ''),
];

beforeAll(async () => {
  const head = await as('孙丽');
  const form = { commandId: randomUUID(), areaId: area('station'), toldOn: '2026-01-05' };
  const { body } = await head.upload('/api/ledger-batches', form, [
    { name: '二运居民.xlsx', bytes: await residentBook(people) },
  ]);
  await settle();
  await head.post(`/api/ledger-batches/${body.batchId}/take`);
  await settle();
  const { body: found } = await head.post('/api/residents/find', { words: '张大山' });
  await (await as('王秀兰')).post(`/api/residents/${found.rows[0].id}/facts`, {
    values: { 'person.health': '高血压' },
  });
});

let at = '';
const bindings = { 'c.0.A': 'row.number', 'c.0.B': 'person.name', 'c.0.C': 'person.sex', 'c.0.D': 'person.age' };
const more = { 'c.0.E': 'person.id_number', 'c.0.F': 'person.phone', 'c.0.G': 'person.health', 's.0.A2': 'area' };
const alone = { 'k.0.field': 'person.age', 'k.0.is': 'at_least', 'k.0.value': '60' };
const bound = { version: '1', table: '0', ...bindings, ...more, ...alone };

describe('传一张空表', () => {
  it('看懂表头和下面的空行；没认出来的列说出来；改过的对法和“填哪些人”存下来', async () => {
    const commandId = randomUUID();
    const files = [{ name: '老年人登记表.xlsx', bytes: await blankBook() }];
    const form = { areaId: area('station'), commandId };
    const sent = { text: '', to: String((await (await as('孙丽')).upload(TEMPLATES, form, files)).headers.location) };
    expect(String((await (await as('孙丽')).upload(TEMPLATES, form, files)).headers.location)).toBe(sent.to);
    expect(sent.to, sent.text).toMatch(/templates\/[0-9a-f-]{36}\?done=sent$/);
    at = sent.to.replace(/\?.*/, '');
    const seen = await get('孙丽', sent.to);
    expect(seen.text).toContain('看懂了，存好了');
    // The title asks for old people who live alone: offered and not set.
    expect(seen.text).toMatch(
      /填的是：所有登记的人，二运社区有 \d+ 人.*只填：年龄 不小于 60.*只填：是否独居 为 是.*填好这张表/,
    );
    expect(seen.text).toContain('有 1 列没有认出来');
    expect(seen.page).toMatch(/aria-label="H 帮扶成效 填"(?:(?!<\/tr>).)*没有认出来/s);
    expect(seen.text).toContain('表头下面有 2 个空行');
    expect(seen.page).toMatch(/aria-label="E 身份证号 填".*?<option value="person.id_number" selected>/s);
    expect(seen.page).toMatch(/aria-label="A2 填报单位 填".*?<option value="area" selected>/s);
    expect(seen.text).toContain('这张表要身份证号、联系电话');
    const saved = await post('孙丽', `${at}/bind`, {
      ...bound,
      'k.1.field': 'person.lives_alone',
      'k.1.is': 'equals',
      'k.1.value': '是',
    });
    expect(saved.to, saved.text).toContain('done=bound');
    expect((await get('孙丽', at)).text).toContain('填的是：符合“年龄 不小于 60，是否独居 为 是”的，二运社区有 3 人');
    // Once more, by the same command: nothing is changed, and the version stays.
    const path = `/api/ledger-templates/${at.split('/').at(-1)}/bind`;
    const body = { version: 2, table: 0, columns: [{ column: 'H', field: null }], cells: [], conditions: [] };
    const head = await as('孙丽');
    const again = randomUUID();
    const first = await head.post(path, body, again);
    expect(first).toMatchObject({ status: 200, body: { version: 3 } });
    expect((await head.post(path, body, again)).body).toEqual({ ...first.body, repeated: true });
    const both = { 'k.1.field': 'person.lives_alone', 'k.1.is': 'equals', 'k.1.value': '是' };
    await post('孙丽', `${at}/bind`, { ...bound, version: '3', ...both });
    expect((await get('孙丽', TEMPLATES)).text).toMatch(/老年人登记表.xlsx 二运社区 · 8 列里填 7 列/);
  });

  it('别人刚改过、一列也不填、没有的列、读不懂的条件：说为什么，什么都没有存', async () => {
    const late = await post('孙丽', `${at}/bind`, bound);
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('别人刚改过')]);
    const now = { ...bound, version: '4' };
    const none = Object.fromEntries([...'ABCDEFGH'].map((column) => [`c.0.${column}`, '']));
    for (const [fields, words] of [
      [{ ...now, ...none }, '没有一列对上'],
      [{ ...now, 'c.0.A': 'enterprise.name' }, '没有这一列，或不能填'],
      [{ ...now, table: '7' }, '没有这一列，或不能填'],
      [{ ...now, 'k.0.value': '六十' }, '有一条读不懂'],
      [{ ...now, 'k.0.field': 'person.name' }, '有一条读不懂'],
      [{ ...now, 'k.0.field': 'person.id_number', 'k.0.is': 'equals' }, '有一条读不懂'],
    ] as const) {
      const refused = await post('孙丽', `${at}/bind`, fields);
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(words)]);
      if (words === '有一条读不懂') expect(refused.page).toContain(`value="${fields['k.0.value']}"`);
    }
    expect((await get('孙丽', at)).page).toContain('name="version" value="4"');
  });

  it('不是空表的：没有表、不是 xlsx、有密码、照片、没选文件、不是自己的地方', async () => {
    const secret = await writeXlsx({
      sheets: [{ name: '一', rows: [['姓名', '性别', '年龄'], []] }],
      encryption: { password: 'x', spinCount: 1 },
    });
    const poem = await writeXlsx({ sheets: [{ name: '一', rows: [['一首诗'], ['两首诗']] }] });
    const full = await residentBook(people);
    for (const [bytes, words] of [
      [Buffer.from(poem), '没有找到可以填的空表'],
      [full, '没有找到可以填的空表'],
      [Buffer.from('姓名,性别,年龄\n'), '空表要是 xlsx'],
      [Buffer.from(secret), '文件有打开密码'],
      [Buffer.from('ffd8ffe000104a464946000101', 'hex'), '这不是表格文件'],
      [Buffer.alloc(0), '没有选文件'],
    ] as const) {
      const refused = await send('孙丽', bytes);
      expect([refused.status >= 400, refused.text]).toEqual([true, expect.stringContaining(words)]);
    }
    const empty = [{ name: '空.xlsx', bytes: Buffer.alloc(0) }];
    const nothing = await (await as('孙丽')).upload(TEMPLATES, { areaId: area('station') }, empty);
    expect([nothing.status, textOf(plain(String(nothing.body)))]).toEqual([422, expect.stringContaining('文件是空的')]);
    const other = await send('孙丽', await blankBook(), area('park'));
    expect([other.status, other.text]).toEqual([403, expect.stringContaining('只能为自己负责的地方')]);
    expect(await sql('select 1 from ledger_template')).toHaveLength(1);
  });
});

describe('填', () => {
  const areaId = area('station');
  it('还是那个文件：只填符合的人，格式、签字栏都在；号码遮住；另一页说每一项从哪里来', async () => {
    const filled = await post('孙丽', `${at}/fill`, { areaId });
    expect(filled.to, filled.text).toContain('?made=');
    const shown = await get('孙丽', filled.to);
    expect(shown.text).toContain('做好了：二运社区 3 人');
    const { raw, name } = await fileAt('孙丽', filled.to);
    expect(name).toMatch(/老年人登记表 二运社区 2026-\d\d-\d\d\.xlsx/);
    for (const one of people)
      for (const number of [one[4], one[5]])
        expect(number === '' || !inside(raw).includes(number as string)).toBe(true);
    const [sheet, sources] = (await read(raw)).sheets;
    expect(sheet?.rows.map((row) => row.slice(0, 7).map((cell) => cell ?? ''))).toEqual([
      ['独居老年人登记表', '', '', '', '', '', ''],
      ['填报单位：二运社区', ...['', '', '', '', '', '']],
      ['序号', '姓名', '性别', '年龄', '身份证号', '联系电话', '健康状况'],
      [1, '张大山', '男', 75, expect.stringMatching(/^4399\*{10}/), '139****0003', '高血压'],
      [2, '李桂花', '女', 73, expect.stringMatching(/^4399\*{10}/), '139****0002', ''],
      [3, '钱阿公', '男', 86, expect.stringMatching(/^4399\*{10}/), '', ''],
      ['负责人签字：', '', '', '', '', '', ''],
    ]);
    expect(sources?.name).toBe('填表来源');
    expect(sources?.rows.slice(3).map((row) => row.map((cell) => cell ?? ''))).toEqual([
      [4, '姓名、性别、年龄、身份证号、联系电话', '二运居民.xlsx 居民 第 3 行', '孙丽', '2026-01-05', ''],
      [4, '健康状况', '当面填写', '王秀兰', expect.stringMatching(/^2026-/), ''],
      [5, '姓名、性别、年龄、身份证号、联系电话', '二运居民.xlsx 居民 第 4 行', '孙丽', '2026-01-05', ''],
      [6, '姓名、性别、年龄、身份证号', '二运居民.xlsx 居民 第 7 行', '孙丽', '2026-01-05', ''],
    ]);
    const [counted] = await sql<{ rows: number; cells: number }>('select rows, cells from ledger_export');
    const written = sheet?.rows.slice(3, 6).flatMap((row) => row.filter((cell) => (cell ?? '') !== '')) ?? [];
    // And the unit above them.
    expect(counted).toEqual({ rows: 3, cells: written.length + 1 });
    expect((await get('孙丽', '/console/burden')).text).toContain(`${written.length + 1} 格`);
    const [noted] = await sql<{ body: object }>(`select body from entry where kind = 'ledger.template_filled'`);
    expect(noted?.body).toEqual({ areaId, rows: 3, fields: [], templateId: at.split('/').at(-1) });
  });

  it('写明用途的填完整号码，谁、多少人、哪几项记在流水里，用途封存；同一次提交只算一次', async () => {
    const fields = { areaId, reason: '民政核发高龄津贴', commandId: randomUUID() };
    const filled = await post('孙丽', `${at}/fill`, fields);
    expect((await post('孙丽', `${at}/fill`, fields)).to).toBe(filled.to);
    const { raw } = await fileAt('孙丽', filled.to);
    const [sheet] = (await read(raw)).sheets;
    expect(sheet?.rows[3]?.slice(4, 6)).toEqual([idNumber('19500312', 3), '13973350003']);
    const noted = await sql<{ body: { fields: string[] } }>(
      `select body from entry where kind = 'ledger.template_filled' and body->'fields' <> '[]'`,
    );
    expect(noted.map(({ body }) => body.fields)).toEqual([['person.id_number', 'person.phone']]);
    expect(await sql(`select 1 from entry where body::text like '%津贴%'`)).toEqual([]);
    await settle();
    const audit = await (await as('审计员')).get('/api/audit?what=looks');
    expect(JSON.stringify(audit.body)).toContain('ledger.template_filled');
  });

  it('一年没有再问的标出来；没有人符合、别处的地方：说为什么，没有做文件', async () => {
    clock.advance(400 * 86_400_000);
    const { raw } = await fileAt('孙丽', (await post('孙丽', `${at}/fill`, { areaId })).to);
    const sources = (await read(raw)).sheets[1];
    expect(sources?.rows.slice(3, 5).map((row) => [row[1], row[5] ?? ''])).toEqual([
      ['姓名、性别、年龄、身份证号', ''],
      ['联系电话', '是'],
    ]);
    const made = await sql('select 1 from ledger_export');
    const nobody = await post('孙丽', `${at}/fill`, { areaId: area('station-2') });
    expect([nobody.status, nobody.text]).toEqual([422, expect.stringContaining('没有符合的人')]);
    const other = await post('孙丽', `${at}/fill`, { areaId: area('park') });
    expect([other.status, other.text]).toEqual([403, expect.stringContaining('只能为自己负责的地方')]);
    const short = await post('孙丽', `${at}/fill`, { areaId, reason: '我' });
    expect(short.status).toBe(422);
    expect(await sql('select 1 from ledger_export')).toHaveLength(made.length);
  });

  it('缺的去问：发起走访的页面上，人、地方、要问的项都写好了；看不到空表的人打不开', async () => {
    const id = at.split('/').at(-1);
    const { page, text } = await get('孙丽', `/console/campaigns/new?template=${id}`);
    expect(page).toMatch(/<textarea id="lines"[^>]*>联系电话\n健康状况/);
    expect(page).toMatch(/id="title" name="title" value="[^"]*老年人登记表/);
    expect(text).toContain('先看会问谁');
    expect((await get('高明', `/console/campaigns/new?template=${id}`)).status).toBe(404);
    expect((await get('王秀兰', `/console/campaigns/new?template=${id}`)).status).toBe(403);
  });

  it('同样表头的下一张记得对法和填哪些人', async () => {
    const sent = await send('孙丽', await blankBook('二〇二七年'));
    expect((await get('孙丽', sent.to)).text).toContain('符合“年龄 不小于 60，是否独居 为 是”的');
    const filled = await post('孙丽', `${sent.to.replace(/\?.*/, '')}/fill`, { areaId });
    expect((await get('孙丽', filled.to)).text).toContain('3 人');
  });
});

describe('谁能用', () => {
  it('网格员、别处的书记、没有这个岗位的人都看不到空表，也拿不到做好的文件；街道的受理岗可以', async () => {
    const filled = await post('孙丽', `${at}/fill`, { areaId: area('station') });
    for (const name of ['王秀兰', '曹路', '管理员', '审计员'] as const) {
      for (const path of [TEMPLATES, at]) expect((await get(name, path)).status, name + path).toBe(403);
      for (const act of ['bind', 'fill', 'drop'])
        expect((await post(name, `${at}/${act}`, bound)).status, name + act).toBe(403);
    }
    for (const act of ['bind', 'fill', 'drop']) expect((await post('罗河', `${at}/${act}`, bound)).status).toBe(404);
    expect((await get('罗河', at)).status).toBe(404);
    expect((await get('罗河', TEMPLATES)).text).toContain('还没有');
    expect((await get('何静', at)).text).toContain('老年人登记表');
    const others = filled.to.replace(/.*made=/, `${at}?made=`);
    expect((await get('何静', others)).page).not.toContain('id="made"');
  });

  it('居民台账：一按做成表格；网格员的遮住号码，书记写明用途的完整；不能的说为什么', async () => {
    const mine = await get('王秀兰', HOME);
    expect(mine.page).not.toContain('name="reason"');
    expect(mine.page).not.toContain(TEMPLATES);
    const out = await post('王秀兰', `${HOME}/out`, { areaId: area('station-1') });
    expect(out.to, out.text).toContain('made=');
    expect((await get('王秀兰', out.to)).text).toContain('做好了：二运第一网格 5 人');
    const sheet = (await read((await fileAt('王秀兰', out.to)).raw)).sheets[0];
    expect(sheet?.rows[3]?.slice(1, 3)).toEqual(['张大山', '男']);
    const full = await post('孙丽', `${HOME}/out`, { areaId: area('station'), reason: '人口普查核对' });
    const texts = JSON.stringify((await read((await fileAt('孙丽', full.to)).raw)).sheets[0]?.rows);
    expect(texts).toContain('13973350003');
    const none = await post('孙丽', `${HOME}/out`, { areaId: area('station-3') });
    expect([none.status, none.text]).toEqual([422, expect.stringContaining('没有符合的人')]);
    expect((await post('罗河', `${HOME}/out`, { areaId: area('station') })).status).toBe(404);
  });

  it('英文也全；收起来就不列了', async () => {
    const english = async (path: string) => (await get('孙丽', path, 'en')).text.replace(/^.*?孙丽/, '');
    for (const path of [TEMPLATES, at, HOME])
      expect(await english(path), path).not.toMatch(/请|台账|填好|保存|空表(?!\.)|收起/);
    const commandId = randomUUID();
    expect((await post('孙丽', `${at}/drop`, { commandId })).to).toContain('done=dropped');
    expect((await post('孙丽', `${at}/drop`, { commandId })).status).toBe(303);
    expect((await get('孙丽', at)).status).toBe(404);
    expect((await post('孙丽', `${at}/drop`, {})).status).toBe(404);
  });
});

describe('标题里写着填哪些人', () => {
  const areaId = area('station');
  it('一按就加上；没有年龄的另外说有几人，页上和来源页上都说', async () => {
    const unknown = ['9', 'H9', '孙不详', '男', '', '13973350009', '二运第一网格', '1-1-109', '户主', '是'];
    const form = { commandId: randomUUID(), areaId, toldOn: '2026-01-06' };
    const file = { name: '补登.xlsx', bytes: await residentBook([unknown]) };
    const head = await as('孙丽');
    const { body } = await head.upload('/api/ledger-batches', form, [file]);
    await settle();
    await head.post(`/api/ledger-batches/${body.batchId}/take`);
    await settle();
    const sent = await send('孙丽', await blankBook('六十岁以上、80周岁以上'));
    const here = sent.to.replace(/\?.*/, '');
    const versionIn = (page: string) => /name="version" value="(\d+)"/.exec(page)?.[1];
    // It remembers the conditions of the former one, which are taken away.
    const version = versionIn((await get('孙丽', here)).page);
    await post('孙丽', `${here}/bind`, { version, table: '0', ...bindings, ...more });
    const seen = await get('孙丽', here);
    expect(seen.page).toContain('value="person.age:at_least:80"');
    const offered = await post('孙丽', `${here}/bind`, {
      ...{ version: versionIn(seen.page), table: '0', ...bindings, ...more, offer: 'person.age:at_least:80' },
    });
    expect(offered.to, offered.text).toContain('done=bound');
    const now = await get('孙丽', here);
    expect(now.text).toContain('填的是：符合“年龄 不小于 80”的，二运社区有 1 人');
    expect(now.text).toContain('另有 1 人没有年龄，没有算进去');
    expect(now.page).not.toContain('value="person.age:at_least:80"');
    const { raw } = await fileAt('孙丽', (await post('孙丽', `${here}/fill`, { areaId })).to);
    const [, sources] = (await read(raw)).sheets;
    expect(String(sources?.rows[1]?.[0])).toMatch(/符合“年龄 不小于 80”的共 1 人；另有 1 人没有年龄，没有算进去/);
    await post('孙丽', `${here}/drop`, {});
  });
});
