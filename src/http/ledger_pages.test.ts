import { beforeAll, describe, expect, it } from 'vitest';
import { book, firmLabels, houseLabels, secretary } from '../../test/fixtures/ledger_books.ts';
import { residentBook } from '../../test/fixtures/resident_book.ts';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';

/** The ledgers beside the residents on pages: tabs, lists with columns of their own, households, the door, old addresses. */
const county = await openCounty();
const { as, settle } = county;
const head = await as('孙丽');
const { taken, find } = secretary(county, head);
const HOME = '/console/ledgers';

const plain = (text: string): string =>
  text.replaceAll('&amp;', '&').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const textOf = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const get = async (path: string, language = 'zh', who = head) => {
  const { status, body, headers } = await who.get<string>(path, { 'accept-language': language, accept: 'text/html' });
  const page = plain(String(body));
  return { status, page, text: textOf(page), to: String(headers.location ?? '') };
};

let [house, shop] = ['', ''];

beforeAll(async () => {
  await taken('residents', await residentBook());
  const door = '1 二运第一网格 青园小区 3栋 2单元 401 房主甲 13973360001 砖混 6 1998 是'.split(' ');
  await taken('houses', await book(houseLabels, [door]));
  const firm = ['1', '二运早餐店', '', '店主乙', '13973370001', '餐饮', '3', '二运巷2号', '二运第一网格'];
  await taken('enterprises', await book(firmLabels, [firm]));
  [[{ id: house }], [{ id: shop }]] = [await find('houses', '房主甲'), await find('enterprises', '二运早餐店')];
});

describe('几本台账', () => {
  it('一排切换；每本的列是它自己的；说的话是它自己的', async () => {
    const houses = await get(`${HOME}?ledger=houses`);
    expect(houses.text).toContain('居民 按户看 房屋 企业商户 设施与风险点');
    expect(houses.page).toMatch(/ledger=houses&area=[0-9a-f-]{36}" aria-current="page">房屋</);
    expect(houses.text).toContain('共 1 处 位置 产权人 产权人电话 房屋结构 层数 鉴定等级 是否出租 网格 更新');
    expect(houses.text).toContain('青园小区 3栋 2单元 401 房主甲 139****0001 砖混 6 — 是 二运第一网格');
    const shops = await get(`${HOME}?ledger=enterprises`);
    expect(shops.text).toContain('共 1 家 企业名称 行业类别 法定代表人 负责人电话 从业人数 位置 网格');
    const points = await get(`${HOME}?ledger=facilities`);
    expect(points.text).toContain('这里还没有登记的。手里有设施与风险点表的');
    expect((await get(`${HOME}?ledger=nowhere`)).text).toContain('居民台账');
  });

  it('按户看；从人到房屋，从房屋到人', async () => {
    const households = await get(`${HOME}/households`);
    expect(households.text).toMatch(/共 2 户 .*户号 H1 二运第一网格 · 2 人 张大山 户主 139\*\*\*\*0001 李桂花 妻/);
    const one = await get(`${HOME}/${house}`);
    expect(one.text).toMatch(/住在这里的人 2 张大山 户主 李桂花 妻/);
    expect(one.page).not.toContain('13973360001');
    const [zhang] = await find('residents', '张大山');
    expect((await get(`${HOME}/${zhang.id}`)).text).toMatch(/住的房屋 1 青园小区 3栋 2单元 401 房主甲/);
    expect((await get(`${HOME}/households?area=${area('station-2')}`)).text).toContain('共 1 户');
    expect((await get(`${HOME}/households?area=nowhere`)).status).toBe(404);
  });

  it('更正的格子、删除的话、找的话都是这本台账的', async () => {
    const one = await get(`${HOME}/${shop}`);
    expect(one.page).toContain('name="value.enterprise.head"');
    expect(one.page).not.toContain('name="value.person.name"');
    expect(one.text).not.toMatch(/居民|本人要求/);
    expect((await get(`${HOME}/${shop}/forget`)).text).toMatch(/删除这一家 .*如：已拆除、已注销、登记错了/);
    const typed = { 'was.enterprise.staff': '3', 'value.enterprise.staff': '四', 'value.person.name': '不收' };
    const refused = await head.post<string>(`${HOME}/${shop}/facts`, typed);
    expect([refused.status, textOf(plain(refused.body))]).toEqual([422, expect.stringContaining('“四”不是数')]);
    const found = await head.post<string>(`${HOME}/find`, { ledger: 'enterprises', words: '店主乙' });
    expect(textOf(plain(found.body))).toMatch(/找一家 .*找到 1 家 .*二运早餐店/);
    const gone = await head.post(`${HOME}/${shop}/forget`, { reason: '已注销' });
    expect(gone.headers.location).toBe(`${HOME}?ledger=enterprises&done=forgotten`);
    await settle();
    expect((await get(`${HOME}/${shop}`)).status).toBe(404);
  });

  it('原来的地址带到新的地方，找什么、填什么都带着', async () => {
    for (const path of ['', `?area=${area('station')}`, '/files', `/${house}`])
      expect(await get(`/console/residents${path}`)).toMatchObject({ status: 308, to: `${HOME}${path}` });
    const sent = await head.post<string>('/console/residents/find', { words: '张大山' });
    expect([sent.status, sent.headers.location]).toEqual([308, `${HOME}/find`]);
    expect(await get('/console/residents//elsewhere.example')).toMatchObject({ to: `${HOME}//elsewhere.example` });
  });

  it('英文也全', async () => {
    for (const path of [
      `?ledger=houses`,
      '?ledger=facilities',
      '/households',
      `/${house}`,
      `/${house}/forget`,
      '/files',
    ])
      expect((await get(`${HOME}${path}`, 'en')).text.replace(/^.*?孙丽/, ''), path).not.toMatch(
        /请|台账|核对|导入|更正|号码|删掉|房屋|户号/,
      );
  });
});
