import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, inside } from '../../seeds/small/plan.ts';
import { questionsIn } from '../../src/domains/land/registry/forms/form_lines.model.ts';
import { residents } from '../../src/domains/land/registry/ledger.model.ts';
import { allConsequences } from '../../src/gateways/index.ts';
import { openLog } from '../../src/kernel/log.ts';
import { jobsOf, runReaction } from '../../src/kernel/reaction.ts';
import { sequence } from '../../src/kernel/sequencer.ts';
import { blankBook } from '../fixtures/blank_book.ts';
import { openStrongbox, readAll } from '../fixtures/keeping.ts';
import { openCounty, type Reply } from '../harness.ts';
import { tileOver } from '../tiles.ts';
import { canaryAt, heard, thousand, word } from './canaries.ts';
import { filesHeard, tablesHeard } from './places.ts';

/*
 * A thousand people come in with a real workbook, are visited, counted and filled into a superior's form; then every
 * place is looked through for one of their names, numbers and addresses in clear. Each kind of place has a control: one
 * canary is put there, and the look must find it.
 */
const lines: string[] = [];
const log = openLog(
  'debug',
  () => new Date(),
  (line) => void lines.push(line),
);
const county = await openCounty({ log });
const { as, anyone, sql, clock, runtime } = county;
const box = openStrongbox(county);
const station = idOf(1, 'area', 'station');
const [first] = thousand;
if (!first) throw new Error('there is nobody');
let [target, record, batch, template, made] = ['', '', '', '', ''];

/** As `settle`, with the jobs left in the queue: what the live driver would find there is looked through too. */
async function settle(): Promise<void> {
  const { reactions } = allConsequences;
  for (;;) {
    const placed = await sequence(runtime, 1, (entry) => jobsOf(reactions, entry));
    if (placed.length === 0) break;
    for (const entry of placed)
      for (const one of reactions) if (one.on.includes(entry.kind)) await runReaction(runtime, one, 1, entry);
  }
  await county.settle();
}

const labels =
  '序号 姓名 性别 身份证号码 联系电话 户号 现住址 户籍地址 工作单位 所属网格 是否独居 备注 结对志愿者 志愿者电话'.split(
    ' ',
  );
const bookOf = async (): Promise<Buffer> => {
  const rows = thousand.map(({ name, id, phone, home, registeredAt, works, grid, remark }, i) => [
    ...[i + 1, name, Number(id[16]) % 2 === 1 ? '男' : '女', id, phone, `${word('户')}${i}`, home, registeredAt, works],
    ...[`二运第${'一二三'[grid - 1]}网格`, i % 4 === 0 ? '是' : '否', remark, `${word('结对')}${i}`, phone],
  ]);
  const wrong = [
    1,
    `${word('错')}行`,
    '男',
    '439901195001010012',
    '12',
    '',
    word('错巷'),
    '',
    '',
    '',
    '',
    word('错注'),
  ];
  const sheet = { name: word('表'), rows: [[word('题')], labels, ...rows, wrong] };
  return Buffer.from(await writeXlsx({ sheets: [sheet] }));
};

beforeAll(async () => {
  const head = await as('孙丽');
  // What the community asks besides lies as what the dictionary asks: sealed, and telephones covered.
  const own = { areaId: station, ledger: 'residents', sensitive: true, aliases: [], help: '', choices: [] };
  for (const [name, kind] of [
    ['结对志愿者', 'text'],
    ['志愿者电话', 'phone'],
  ])
    await head.post('/api/own-fields', { ...own, name, kind, usedFor: '测试', freshMonths: null });
  const sent = { commandId: randomUUID(), areaId: station, toldOn: '2026-02-01' };
  const came = await head.upload('/api/ledger-batches', sent, [{ name: `${word('册')}.xlsx`, bytes: await bookOf() }]);
  batch = came.body.batchId;
  await settle();
  const looked = (await head.get(`/api/ledger-batches/${batch}`)).body;
  expect(looked.counts).toEqual({ new: 1000, refused: 1 });
  const taken = looked.tables[0].columns.slice(-2).map(({ field }: { field: string }) => field.split('.')[2]);
  expect(taken).toEqual(['sealed', 'masked']);
  await head.post(`/api/ledger-batches/${batch}/take`);
  await settle();
  await visited();
  const blank = { name: `${word('空表')}.xlsx`, bytes: await blankBook(word('年')) };
  template = (await head.upload('/api/ledger-templates', { commandId: randomUUID(), areaId: station }, [blank])).body
    .templateId;
  const filled = await head.post(`/api/ledger-templates/${template}/fill`, { areaId: station, reason: word('用途') });
  expect(filled).toMatchObject({ status: 200, body: { rows: 1000 } });
  made = filled.body.exportId;
  expect((await head.post('/api/ledger-exports', { areaId: station, reason: word('缘由') })).status).toBe(200);
  const disclosed = await head.post(`/api/residents/${record}/disclose`, { reason: word('事由') });
  expect(disclosed.status).toBe(200);
  await settle();
});

/** A campaign over those who live alone; some are visited, and say more words that nobody else may hear. */
async function visited(): Promise<void> {
  const [head, wang] = [await as('孙丽'), await as('王秀兰')];
  const dueOn = new Date(clock.now().getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
  const questions = questionsIn('联系电话*\n谁来照看（子女、邻居）\n有什么难处\n健康状况', residents);
  const choice = [{ field: 'person.lives_alone', is: 'equals', value: 'yes' }];
  const asked = { title: '独居走访', purpose: '看望', areaId: station, rounds: 1, dueOn, choice, questions };
  const { campaignId } = (await head.post('/api/campaigns', asked)).body;
  await settle();
  const mine = (await wang.get(`/api/campaigns/${campaignId}/targets`)).body.rows;
  for (const [i, one] of mine.slice(0, 12).entries()) {
    const answers = { q2: '子女', q3: `${word('难')}${i}`, q4: `${word('病')}${i}` };
    const told = await wang.post(`/api/campaign-targets/${one.id}/visits`, { round: 1, result: 'done', answers });
    expect(told.status).toBe(200);
  }
  [target, record] = [mine[0].id, mine[0].recordId];
  await settle();
}

/** All that an answer says, but for what was asked in it. */
const said = ({ raw, headers }: Reply, ...asked: string[]): Buffer | string => {
  if (asked.length === 0) return Buffer.concat([raw, Buffer.from(JSON.stringify(headers))]);
  return asked.reduce((text, one) => text.replaceAll(one, ''), `${raw.toString()} ${JSON.stringify(headers)}`);
};

const pullOf = async (name: Parameters<typeof as>[0]): Promise<Reply> => {
  const [caller, deviceId] = [await as(name), randomUUID()];
  await caller.post('/api/devices', { deviceId, model: '手机', appVersion: '0' });
  const kinds = ['casefile', 'visit', 'patrol', 'hazard', 'message'];
  const ask = { deviceId, deviceAt: clock.now().toISOString(), cursors: {}, kinds, limit: 500 };
  const pulled = await caller.post('/api/sync/pull', ask);
  return pulled.status === 422 ? caller.post('/api/sync/pull', { ...ask, kinds: ['casefile', 'visit'] }) : pulled;
};

const asPage = { accept: 'text/html', 'accept-language': 'zh' };
const pages = [
  ...['/console', '/console/inbox', '/console/burden', '/console/ledgers', '/console/ledgers/files'],
  ...[
    '/console/ledgers/templates',
    '/console/campaigns',
    '/console/audit',
    '/console/map',
    '/portal',
    '/metrics',
    '/field',
  ],
];
const asksOf = (): readonly string[] => [
  ...[`/api/areas/${station}/residents`, `/api/areas/${idOf(1, 'area', 'station-1')}/residents`],
  ...[`/api/areas/${station}/households`, `/api/residents/${record}`, `/api/ledger-batches/${batch}`],
  ...[`/api/ledger-files/${batch}/marked`, '/api/ledger-batches', '/api/ledger-templates'],
  ...[`/api/ledger-templates/${template}`, `/api/ledger-exports/${made}`, `/api/ledger-exports/${made}/file`],
  ...[`/api/campaign-targets/${target}`, '/api/campaigns', '/api/burden', '/api/burden/records?what=asked'],
  ...['/api/journal', '/api/inbox', '/api/openapi.json', `/console/ledgers/${record}`],
  ...[`/console/ledgers?area=${station}`, `/console/ledgers/files/${batch}`, `/console/ledgers/templates/${template}`],
  ...pages,
];
const without = ['田青', '罗河', '高明', '曹路', '梁督', '周工', '审计员', '管理员'] as const;

describe('一千个人，哪里都不见明文', () => {
  it('数据库每一张表，任务队列、流水、发件箱在内', async () => {
    expect(await tablesHeard(county)).toEqual([]);
    const [counted] = await sql<{ n: number }>(
      `select count(*)::int as n from ledger_record where ledger = 'residents'`,
    );
    const [queued] = await sql<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs');
    expect([counted?.n, (queued?.n ?? 0) > 5]).toEqual([1000, true]);
  });

  it('磁盘上：数据库文件、预写日志、照片目录', async () => {
    expect(await filesHeard(county)).toEqual([]);
  });

  it('备份：文件和打开后的内容', async () => {
    const path = await box.backUp('thousand.jwb');
    const pieces = await readAll(box.read(path));
    const opened = Buffer.concat(pieces.map((it) => (it.is === 'data' ? it.data : Buffer.alloc(0))));
    expect([heard(readFileSync(path)), heard(opened)]).toEqual([[], []]);
    // The look reads what is open in there.
    expect(opened.includes('ledger.template_filled')).toBe(true);
  });

  it('没有权的人：清单、本人、文件、取出、走访、负担、找人、页面，一个字也没有；旁边网格的只有自己网格的', async () => {
    const seen: string[] = [];
    for (const name of [...without, null]) {
      const caller = name === null ? anyone : await as(name);
      for (const path of asksOf())
        if (heard(said(await caller.get(path, path.startsWith('/api') ? {} : asPage))).length > 0)
          seen.push(`${name} ${path}`);
      for (const words of [first.name, first.phone, first.id]) {
        const found = await caller.post('/api/residents/find', { words });
        const searched = await caller.get(`/api/search?words=${encodeURIComponent(words)}`);
        if ([found, searched].some((one) => heard(said(one, words, encodeURIComponent(words))).length > 0))
          seen.push(`${name} 找 ${words}`);
      }
      const tried = [
        await caller.post(`/api/residents/${record}/disclose`, { reason: '想看' }),
        await caller.post('/api/ledger-exports', { areaId: station, reason: '想要' }),
        await caller.post(`/api/ledger-templates/${template}/fill`, { areaId: station, reason: '想填' }),
      ];
      expect(tried.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
    }
    expect(seen).toEqual([]);
    const others = thousand.filter(({ grid }) => grid === 1).map(({ name }) => name);
    const wu = (await (await as('吴芳')).get(`/api/areas/${idOf(1, 'area', 'station-2')}/residents`)).raw.toString();
    expect([wu.includes('鳱鵲氏'), others.some((name) => wu.includes(name))]).toEqual([true, false]);
  });

  it('有权的人：名字给，号码遮住；带名字的回答谁也不能替别人存', async () => {
    for (const name of ['孙丽', '王秀兰'] as const) {
      const caller = await as(name);
      for (const path of [`/api/areas/${idOf(1, 'area', 'station-1')}/residents`, `/api/residents/${record}`]) {
        const { raw, headers } = await caller.get(path);
        expect(raw.toString()).toContain('鳱鵲');
        expect(thousand.some(({ id, phone }) => raw.includes(id) || raw.includes(phone))).toBe(false);
        expect(String(headers['cache-control'])).toMatch(/no-store|private/);
      }
    }
  });

  it('手机带走的：只有自己网格要走访的，号码遮住；别的网格、别的村、单位的手机里没有', async () => {
    const hers = (await pullOf('王秀兰')).raw;
    expect(heard(hers).length).toBeGreaterThan(0);
    expect(thousand.some(({ id, phone }) => hers.includes(id) || hers.includes(phone))).toBe(false);
    const grids = new Map(thousand.map(({ name, grid }) => [name, grid]));
    const names = [...hers.toString().matchAll(/鳱鵲氏.{3}/g)].map(([name]) => grids.get(name));
    expect(new Set(names)).toEqual(new Set([1]));
    for (const name of ['田青', '曹路', '罗河'] as const)
      expect([name, heard(said(await pullOf(name)))]).toEqual([name, []]);
    const his = (await pullOf('吴芳')).raw.toString();
    expect([...his.matchAll(/鳱鵲氏.{3}/g)].filter(([name]) => grids.get(name) === 1)).toEqual([]);
  });

  it('地图方块：看得到的都看，没有人', async () => {
    const { lon, lat } = inside(0, 0);
    for (const kind of ['areas', 'cases'])
      for (const z of [9, 13, 16])
        expect(heard((await (await as('孙丽')).get(`/api/tiles/${kind}/${tileOver([lon, lat], z)}`)).raw)).toEqual([]);
  });

  it('出错的回答和日志：写错的、问错的、找不到的，都不留字', async () => {
    const head = await as('孙丽');
    const { name, phone, id } = canaryAt(7);
    const wrong = [
      await head.post(`/api/residents/${record}/facts`, { values: { 'person.phone': `${phone}x`, [name]: id } }),
      await head.post('/api/residents/find', { words: { name } }),
      await head.get(`/api/residents/${encodeURIComponent(name)}`),
      await head.get(`/api/${encodeURIComponent(name)}?phone=${phone}`),
      await head.get(`/api/search?words=${encodeURIComponent(name)}&id=${id}`),
      await (await as('王秀兰')).post(`/api/campaign-targets/${target}/visits`, {
        round: 9,
        result: name,
        answers: { q1: phone },
      }),
      await head.upload('/api/ledger-batches', { areaId: station, toldOn: name }, [
        { name, bytes: Buffer.from(phone) },
      ]),
    ];
    expect(wrong.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
    for (const one of wrong) expect(heard(said(one, name, encodeURIComponent(name), phone, id))).toEqual([]);
    await sql('alter table ledger_mark rename to ledger_mark_away');
    const broken = await head.post('/api/residents/find', { words: name });
    await sql('alter table ledger_mark_away rename to ledger_mark');
    expect([broken.status, heard(said(broken))]).toEqual([500, []]);
    expect(lines.filter((line) => line.includes('request failed'))).toHaveLength(1);
    expect(lines.filter((line) => heard(line).length > 0)).toEqual([]);
  });
});

describe('对照：放进去一个，就看得见', () => {
  const planted = canaryAt(42);

  it('表、流水、任务、备份、磁盘：按一个人的名字、电话、身份证号', async () => {
    await sql('update area_version set name = $1 where realm = 1 and area_id = $2', [
      planted.name,
      idOf(1, 'area', 'ferry-2'),
    ]);
    await sql(
      `update entry set body = jsonb_build_object('phone', $1::text) where id = (select min(id::text)::uuid from entry)`,
      [planted.phone],
    );
    await sql(
      `insert into graphile_worker._private_jobs (task_id, payload) select id, json_build_object('id', $1::text) from graphile_worker._private_tasks limit 1`,
      [planted.id],
    );
    expect(await tablesHeard(county)).toEqual(['_private_jobs', 'area_version', 'entry']);
    const pieces = await readAll(box.read(await box.backUp('control.jwb')));
    expect(
      heard(Buffer.concat(pieces.map((it) => (it.is === 'data' ? it.data : Buffer.alloc(0))))).length,
    ).toBeGreaterThan(1);
    const file = join(county.photoFolder, 'control');
    writeFileSync(file, Buffer.concat([Buffer.alloc(4_194_300, 'x'), Buffer.from(planted.name)]));
    const found = await filesHeard(county);
    rmSync(file);
    expect(found).toContain(file);
    expect(found.some((path) => path.includes('/base/'))).toBe(true);
    expect(await isWrittenAhead(planted.name)).toBe(true);
  });

  /** Other tests write into the same server: what was written ahead is overwritten by them after a while. */
  async function isWrittenAhead(name: string): Promise<boolean> {
    for (let tries = 0; tries < 8; tries += 1) {
      await sql('update area_version set name = $1 where realm = 1 and area_id = $2', [
        name,
        idOf(1, 'area', 'ferry-2'),
      ]);
      if ((await filesHeard(county)).some((path) => path.includes('/pg_wal/'))) return true;
    }
    return false;
  }

  it('日志、回答、方块、手机：有的就听见', async () => {
    log.error('control', { words: planted.name });
    expect(lines.filter((line) => heard(line).length > 0)).toHaveLength(1);
    const head = await as('孙丽');
    expect(heard(said(await head.get(`/api/ledger-exports/${made}`))).length).toBeGreaterThan(0);
    expect(heard(said(await head.get(`/api/residents/${record}`))).length).toBeGreaterThan(0);
    expect(heard((await head.get(`/console/ledgers/${record}`, asPage)).raw).length).toBeGreaterThan(0);
    expect(heard((await pullOf('王秀兰')).raw).length).toBeGreaterThan(0);
    // A name that is public stands in the same tile, and is read there by the same look.
    const { lon, lat } = inside(0, 0);
    const tile = await head.get(`/api/tiles/areas/${tileOver([lon, lat], 13)}`);
    expect(tile.raw.includes('二运')).toBe(true);
  });

  it('怎样写下来都认得：十六进制、转义、网址、base64、UTF-16', () => {
    const { name, phone } = planted;
    const written = [
      ...[name, phone, Buffer.from(name).toString('hex'), Buffer.from(phone).toString('hex'), encodeURIComponent(name)],
      ...['', 'x', 'xy'].map((before) => Buffer.from(`${before}${name}`).toString('base64')),
      ...['\\u9cf1\\u9d72\\u6c0f', `{"a":"${planted.id}"}`],
    ];
    for (const text of written) expect([text, heard(text).length > 0]).toEqual([text, true]);
    for (const bytes of [Buffer.from(name, 'utf16le'), Buffer.from(name, 'utf16le').swap16()])
      expect(heard(bytes)).toHaveLength(1);
    expect([heard('17077999999'), heard('170****0294'), heard('鵲鳱')]).toEqual([[], [], []]);
  });
});
