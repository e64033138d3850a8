import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { idNumber, messy, residentBook } from '../../test/fixtures/resident_book.ts';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';

/** The residents' ledger on pages: a spreadsheet is looked over and taken in, a resident read and put right. */
const county = await openCounty();
const { as, clock, settle, sql } = county;
type Name = Parameters<typeof as>[0];

/** The template escapes more than it must. */
const plain = (text: string): string =>
  text.replaceAll('&amp;', '&').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const textOf = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

const HOME = '/console/ledgers';
const get = async (name: Name, path: string, language = 'zh') => {
  const { status, body, headers } = await (await as(name)).get<string>(HOME + path, {
    'accept-language': language,
    accept: 'text/html',
  });
  const page = plain(body);
  return { status, headers, page, text: textOf(page) };
};
const post = async (name: Name, path: string, fields: object) => {
  const { status, body, headers } = await (await as(name)).post<string>(HOME + path, fields);
  const page = plain(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, page, text: textOf(page), to: String(headers.location ?? '') };
};
const send = async (name: Name, fields: Record<string, string>, bytes: Buffer) => {
  const files = bytes.length === 0 ? [] : [{ name: '二运居民.xlsx', bytes }];
  const { status, body, headers } = await (await as(name)).upload(`${HOME}/files`, fields, files);
  return { status, text: textOf(plain(String(body))), to: String(headers.location ?? '') };
};
/** The part of a page under one of its headings. */
const under = (page: string, id: string): string => page.split(`id="${id}"`)[1]?.split('<h2')[0] ?? '';

let [file, zhang] = ['', ''];
const idIn = (page: string, name: string): string =>
  new RegExp(`href="${HOME}/([0-9a-f-]{36})">${name}<`).exec(page)?.[1] ?? '没有这个人';

beforeAll(async () => {
  const sent = await send('孙丽', { areaId: area('station'), toldOn: '2025-02-01' }, await residentBook());
  expect(sent.status, sent.text).toBe(303);
  file = sent.to.slice(HOME.length);
});

describe('传一个表', () => {
  it('核对时说在核对，自己更新；核对好了用话说有多少行怎么样，哪里要改、为什么', async () => {
    const busy = await get('孙丽', file);
    expect(busy.headers.refresh).toBe('1');
    expect(busy.text).toContain('正在核对 8 行，台账还没有变');
    expect(busy.page).not.toContain('整批撤回');
    await settle();
    const looked = await get('孙丽', file);
    expect(looked.headers.refresh).toBeUndefined();
    expect(looked.text).toContain('核对好了，还没有入账');
    expect(looked.text).toContain('入账：新增 3 人，更新 0 人');
    expect(looked.text).toMatch(/整批撤回 核对好了，还没有入账/);
    const refused = textOf(under(looked.page, 'refused'));
    expect(refused).toContain('赵错号 居民 第 6 行 E 列（身份证号） 校验位不对');
    expect(refused).toContain('F 列（联系电话） 不是一个电话号码');
    expect(refused).toContain('G 列（所属网格） 二运社区没有“三运网格”');
    expect(refused).toContain('J 列（是否独居） “也许”看不出是还是否');
    expect(textOf(under(looked.page, 'duplicate'))).toContain('张大山 居民 第 9 行 与 居民 第 3 行是同一个人');
    expect(looked.page).toContain(`href="/api/ledger-files/${file.slice('/files/'.length)}/marked"`);
  });

  it('“新增”点开是名单：谁，在第几行；别的行不在里面', async () => {
    expect((await get('孙丽', file)).page).toContain(`href="${HOME}${file}?fresh=0"`);
    const { page, text } = await get('孙丽', `${file}?fresh=0`);
    expect(text).toMatch(/新增的人 3 张大山 居民 第 3 行 李桂花 居民 第 4 行 王阿婆 居民 第 5 行/);
    expect(page).not.toMatch(/赵错号|rel="next"/);
    expect((await get('孙丽', `${file}?fresh=0`, 'en')).text).toContain('Who is new 3');
    expect((await get('王秀兰', `${file}?fresh=0`)).status).toBe(403);
    expect((await get('罗河', `${file}?fresh=0`)).status).toBe(404);
  });

  it('认不出的列说出来；改了列就重新核对，只改动过的那几列', async () => {
    const before = await get('孙丽', file);
    expect(before.text).toContain('有 1 列没有认出来');
    expect(before.text).toMatch(/A 序号 .*居民台账里没有这一项/);
    const same = await post('孙丽', `${file}/columns`, { 'c.0.C': 'person.name' });
    expect(same.to).toContain('done=same');
    const wrong = await post('孙丽', `${file}/columns`, { 'c.0.L': 'house.owner' });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('不能填这个字段')]);
    const mapped = await post('孙丽', `${file}/columns`, {
      'c.0.L': 'row.remark',
      'c.0.C': 'person.name',
    });
    expect(mapped.to, mapped.text).toContain('done=columns');
    await settle();
    const after = await get('孙丽', `${file}?done=columns`);
    expect(after.text).toContain('列改好了');
    expect(after.text).toContain('您指定的');
    await post('孙丽', `${file}/columns`, { 'c.0.H': '' });
    await settle();
    expect((await get('孙丽', file)).text).toMatch(/H 门牌号 .*?您指定的/);
    await post('孙丽', `${file}/columns`, { 'c.0.H': 'place.door' });
    await settle();
    expect(after.text).toContain('列都认出来了');
  });

  it('入账以后人就在台账里；错的没有进来', async () => {
    expect((await post('孙丽', `${file}/take`, {})).to).toContain('done=take');
    await settle();
    const taken = await get('孙丽', `${file}?done=take`);
    expect(taken.text).toContain('已入账');
    expect(taken.page).not.toContain('fresh=0');
    expect((await get('孙丽', `${file}?fresh=0`)).text).toContain('人在居民台账里');
    expect((await get('孙丽', `${file}?done=columns`)).text).not.toContain('列改好了');
    expect((await post('孙丽', `${file}/drop`, {})).status).toBe(409);
    const list = await get('孙丽', '');
    expect(list.text).toContain('共 3 人');
    expect(list.text).toMatch(/王阿婆 女 85 4399\*+\w{4} 139\*+0003 1-1-101 二运第二网格/);
    expect(list.page).not.toContain('13973350003');
    expect(list.text).not.toContain('赵错号');
    zhang = idIn(list.page, '张大山');
  });

  it('没选文件、不是自己的地方、没有姓名的表：说为什么，填的还在', async () => {
    const fields = { areaId: area('station'), toldOn: '2025-02-01' };
    const none = await send('孙丽', fields, Buffer.alloc(0));
    expect([none.status, none.text]).toEqual([400, expect.stringContaining('没有选文件')]);
    const other = await send('孙丽', { ...fields, areaId: area('park') }, await residentBook());
    expect([other.status, other.text]).toEqual([403, expect.stringContaining('只能为自己负责的地方导入')]);
    const odd = await send('孙丽', fields, Buffer.from('水体名称,长度\n梅峰河,3\n泮洋河,4\n'));
    expect([odd.status, odd.text]).toEqual([422, expect.stringContaining('没有找到居民表')]);
    const ahead = await send('孙丽', { ...fields, toldOn: '2026-12-01' }, await residentBook());
    expect([ahead.status, ahead.text]).toEqual([422, expect.stringContaining('不能是以后的')]);
    const old = await send('孙丽', { ...fields, toldOn: '0226-11-23' }, await residentBook());
    expect([old.status, old.text]).toEqual([422, expect.stringContaining('不能早于 1900 年')]);
    const large = await send('孙丽', fields, Buffer.alloc(21 * 1024 * 1024, 'a'));
    expect([large.status, large.text]).toEqual([413, expect.stringContaining('文件超过 20 MB')]);
    const empty = await (await as('孙丽')).upload(`${HOME}/files`, fields, [
      { name: '空.xlsx', bytes: Buffer.alloc(0) },
    ]);
    expect([empty.status, empty.body]).toEqual([422, expect.stringContaining('文件是空的')]);
    const broken = await send('孙丽', { ...fields, toldOn: '昨天' }, await residentBook());
    expect(broken.status).toBe(422);
  });
});

describe('一个居民', () => {
  it('每一项从哪里来：谁、哪一天、哪个文件第几行、说的是哪天；同一户的人；号码遮住', async () => {
    const { text, page } = await get('孙丽', `/${zhang}`);
    expect(text).toContain('张大山 安澜县 / 城东街道 / 二运社区 / 二运第一网格');
    expect(text).toMatch(/孙丽 · 2026-\d\d-\d\d · 二运居民.xlsx 居民 第 3 行 · 说的是 2025-02-01 的情况/);
    expect(page).toMatch(/\/console\/ledgers\/[0-9a-f-]{36}">李桂花/);
    expect(text).toMatch(/身份证号 4399\*+/);
    for (const secret of [idNumber('19500312', 1), '13973350001']) expect(page).not.toContain(secret);
    expect(page).toContain('<title>一个居民 ·');
  });

  it('看完整号码要写用途；只在这一次的回答里，再打开就没有；台账记下谁看了什么', async () => {
    const refused = await post('孙丽', `/${zhang}/numbers`, { reason: ' ' });
    expect(refused.status).toBe(422);
    expect(refused.page).not.toContain('13973350001');
    const seen = await post('孙丽', `/${zhang}/numbers`, { reason: '上门前打电话' });
    expect(seen.status).toBe(200);
    expect(seen.text).toContain(idNumber('19500312', 1));
    expect(seen.text).toContain('13973350001');
    expect((await get('孙丽', `/${zhang}`)).page).not.toContain('13973350001');
    const [noted] = await sql<{ body: object }>(`select body from entry where kind = 'ledger.disclosed'`);
    expect(noted?.body).toEqual({ fields: expect.arrayContaining(['person.id_number', 'person.phone']) });
  });

  it('更正：错的写在那一格旁边，写好的都还在；改好的记下是谁；没动的不碰', async () => {
    const fields = {
      'was.person.schooling': '',
      'value.person.schooling': '小学',
      'was.person.born_on': '',
      'value.person.born_on': '1950年',
      'value.person.phone': '123',
      'value.person.id_number': '',
    };
    const refused = await post('孙丽', `/${zhang}/facts`, fields);
    expect(refused.status).toBe(422);
    expect(refused.page).toMatch(/id="f-person-born_on"[^>]*value="1950年"[^>]*aria-invalid="true"/);
    expect(refused.page).toMatch(/id="f-person-phone-fault">▲ 不是一个电话号码/);
    expect(refused.page).toMatch(
      /id="f-person-schooling"[^>]*>(<option[^<]*<\/option>)*<option value="小学" selected>/,
    );
    expect(refused.page).toMatch(/<details id="correct" open>/);
    const good = { ...fields, 'value.person.born_on': '1950-03-12', 'value.person.phone': '13973359999' };
    expect((await post('孙丽', `/${zhang}/facts`, good)).to).toContain('done=entered');
    const { text } = await get('孙丽', `/${zhang}?done=entered`);
    expect(text).toContain('已更正');
    expect(text).toMatch(/联系电话 139\*+9999 孙丽 · [\d-]+ · 当面填写/);
    expect(text).toMatch(/文化程度 小学|小学/);
    expect(text).toMatch(/出生日期：1950-03-12 联系电话：139\*+9999 文化程度：小学/);
    const still = { 'was.person.schooling': '小学', 'value.person.schooling': '小学' };
    expect((await post('孙丽', `/${zhang}/facts`, still)).to).toContain('done=same');
  });

  it('性别在表单上选得动；该重新问的勾“仍然如此”，按今天的算', async () => {
    const fields = { 'was.person.sex': 'male', 'value.person.sex': 'female' };
    const refused = await post('孙丽', `/${zhang}/facts`, fields);
    expect(refused.page).toMatch(/id="f-person-sex-fault">▲ 与身份证号里的性别不同/);
    expect((await post('孙丽', `/${zhang}/facts`, { 'was.person.sex': '', 'value.person.sex': 'male' })).status).toBe(
      303,
    );
    const before = await get('孙丽', `/${zhang}`);
    expect(before.page).not.toContain('name="still.person.phone"');
    expect(before.page).toContain('name="still.person.lives_alone"');
    expect(before.text).toContain('仍然如此（2025-02-01 说的，该重新问了）');
    const sent = await post('孙丽', `/${zhang}/facts`, { 'still.person.lives_alone': 'yes' });
    expect(sent.to).toContain('done=confirmed');
    const { page, text } = await get('孙丽', `/${zhang}?done=confirmed`);
    expect(text).toContain('今天问过，仍然如此');
    expect(page).not.toContain('name="still.person.lives_alone"');
  });

  it('换网格只能换到自己负责的；不是网格编号的不收', async () => {
    const move = (grid: string) =>
      post('孙丽', `/${zhang}/facts`, { 'was.place.grid': area('station-1'), 'value.place.grid': grid });
    for (const grid of [area('ferry-1'), area('station'), '二运第三网格']) {
      const refused = await move(grid);
      expect([refused.status, refused.text], refused.to).toEqual([422, expect.stringContaining('不是您负责的网格')]);
    }
    expect((await move(area('station-3'))).to).toContain('done=entered');
    expect((await get('王秀兰', `/${zhang}`)).status).toBe(404);
    expect(
      (await post('孙丽', `/${zhang}/facts`, { 'was.place.grid': '', 'value.place.grid': area('station-1') })).status,
    ).toBe(303);
  });

  it('按身份证号、电话、姓名找得到，要写全；找什么不出现在地址里', async () => {
    for (const words of [idNumber('19500312', 1), '139 7335 9999', '张大山']) {
      const found = await post('孙丽', '/find', { words });
      expect([found.status, found.text]).toEqual([200, expect.stringContaining('找到 1 人')]);
      expect(found.page).not.toContain(`value="${words}"`);
    }
    expect((await post('孙丽', '/find', { words: '张大' })).text).toContain('没有找到');
    expect((await post('罗河', '/find', { words: '张大山' })).text).toContain('没有找到');
    expect((await post('孙丽', '/find', { words: ' ' })).status).toBe(422);
    expect((await get('孙丽', '/find')).status).toBe(303);
  });
});

describe('更新、冲突、撤回', () => {
  it('下个月的表：改了什么写成原来 → 现在，比台账旧的不动；撤回去掉它带来的，留下人改的', async () => {
    clock.advance(20 * 86_400_000);
    const [grandma] = messy.filter((cells) => cells[2] === '王阿婆');
    const [man] = messy;
    if (!grandma || !man) throw new Error('they are not in the book');
    const people = [grandma.with(7, '1-1-108'), man.with(10, '别处').with(5, '13973350000')];
    const sent = await send('孙丽', { areaId: area('station'), toldOn: '2025-03-01' }, await residentBook(people));
    const at = sent.to.slice(HOME.length);
    await settle();
    const looked = await get('孙丽', at);
    expect(looked.text, looked.text).toContain('入账：新增 0 人，更新 2 人');
    const changed = textOf(under(looked.page, 'changed'));
    expect(changed).toContain('门牌号 1-1-101 → 1-1-108');
    expect(changed).toMatch(/联系电话 139\*+9999 → 139\*+0000 不改，台账里的更新/);
    await post('孙丽', `${at}/take`, {});
    await settle();
    expect((await get('孙丽', `/${zhang}`)).text).toContain('139****9999');
    expect((await post('孙丽', `${at}/undo`, {})).to).toContain('done=undo');
    await settle();
    const undone = await get('孙丽', `${at}?done=undo`);
    expect(undone.text).toContain('已整批撤回');
    expect(undone.page).not.toContain('disabled');
    const list = await get('孙丽', '');
    expect(list.text).toContain('1-1-101');
    expect(list.text).not.toContain('1-1-108');
    expect((await get('孙丽', '/files')).text).toContain('已撤回');
  });
});

describe('谁能看', () => {
  it('网格员看自己网格的人，不能导入，不能删；别处的社区书记、没有这个岗位的人什么都看不到', async () => {
    const list = await get('王秀兰', '');
    expect(list.text).toContain('共 2 人');
    expect(list.page).not.toContain('/console/ledgers/files');
    const one = await get('王秀兰', `/${zhang}`);
    expect(one.text).toMatch(/孙丽 · [\d-]+ · 二运居民.xlsx 居民 第 3 行/);
    expect(one.page).not.toContain('/forget');
    for (const path of ['/files', file, `/${zhang}/forget`]) expect((await get('王秀兰', path)).status, path).toBe(403);
    expect((await post('王秀兰', `/${zhang}/forget`, { reason: '测试' })).status).toBe(403);
    expect((await get('罗河', '')).text).toContain('共 0 人');
    for (const path of [`/${zhang}`, file]) expect((await get('罗河', path)).status, path).toBe(404);
    for (const act of ['facts', 'numbers', 'forget'])
      expect((await post('罗河', `/${zhang}/${act}`, { reason: '测试', 'value.person.name': '某' })).status).toBe(404);
    expect((await get('罗河', `?area=${area('station')}`)).status).toBe(404);
    for (const name of ['曹路', '管理员', '审计员', '韩冬']) {
      expect((await get(name, `/${zhang}`)).status, name).toBe(403);
      expect((await (await as(name)).get<string>('/console/account')).body).not.toContain('href="/console/ledgers"');
    }
    expect((await get('何静', '')).text).toContain('共 3 人');
    const others = await get('何静', file);
    expect(others.text).toContain('标好错的原文件只给传的人：孙丽');
    expect(others.page).not.toContain('/marked');
  });

  it('英文也全', async () => {
    const english = async (path: string) => (await get('孙丽', path, 'en')).text.replace(/^.*?孙丽/, '');
    for (const path of ['', '/files', file, `/${zhang}`, `/${zhang}/forget`])
      expect(await english(path), path).not.toMatch(/请|台账|核对|导入|更正|号码|删掉/);
    const grandma = idIn((await get('孙丽', '')).page, '王阿婆');
    expect(await english(`/${grandma}`)).toContain('due to be asked again');
  });
});

describe('本人要求删除', () => {
  it('先看会删掉什么，写明依据，再删；删了就找不到', async () => {
    const page = await get('孙丽', `/${zhang}/forget`);
    expect(page.text).toMatch(/\d+ 项内容、\d+ 次更改的经过全部删掉/);
    expect((await post('孙丽', `/${zhang}/forget`, { reason: '' })).status).toBe(422);
    const commandId = randomUUID();
    const gone = await post('孙丽', `/${zhang}/forget`, { commandId, reason: '本人当面提出' });
    expect(gone.to).toContain('done=forgotten');
    await settle();
    expect((await get('孙丽', `/${zhang}`)).status).toBe(404);
    expect((await post('孙丽', '/find', { words: '张大山' })).text).toContain('没有找到');
    expect((await get('孙丽', '?done=forgotten')).text).toContain('已经开始删除');
  });
});
