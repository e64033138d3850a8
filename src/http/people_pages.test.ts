import { beforeAll, describe, expect, it } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openCounty } from '../../test/harness.ts';
import { area, body, person, report, step } from '../../test/telling.ts';

/** Who answers for what, on pages: level by level, each number leading to the list it was counted from. */
const county = await openCounty();
const { as, anyone, clock, settle, sql } = county;

/** The template escapes more than it must. */
const plain = (text: string): string =>
  text.replaceAll('&amp;', '&').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** A page as somebody sees it. */
const see = async (name: Parameters<typeof as>[0], url: string, language = 'zh') => {
  const { status, body: text } = await (await as(name)).get<string>(url, {
    'accept-language': language,
    accept: 'text/html',
  });
  return { statusCode: status, body: plain(text) };
};
const get = (name: Parameters<typeof as>[0], path: string, language = 'zh') =>
  see(name, `/console/people${path}`, language);
const textOf = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
/** The row of an area on a page. */
const rowOf = (page: string, name: string): string =>
  page.split('<tr>').find((row) => row.includes(`>${name}</a>`)) ?? '没有这一行';
const linksIn = (text: string): string[] => [...text.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);

let [first, second] = ['', ''];
beforeAll(async () => {
  const he = await as('何静');
  [first, second] = [(await report(anyone)).id, (await report(anyone, { place: inside(0, 1) })).id];
  await settle();
  await step(he, first, 'register', { conditionCode: 'road-sunken-passable' });
  const admin = await as('管理员');
  const charge = { id: crypto.randomUUID(), areaId: area('station'), personId: person('sunli'), rank: 'community' };
  const added = await admin.post('/api/responsibilities', { ...charge, mode: 'normal', charge: '包联' });
  expect(added.status).toBe(200);
});

describe('区域逐级看', () => {
  it('面包屑、谁包保、岗位上是谁、没有人的写出来；下一级能点进去，也能到地图', async () => {
    const top = await get('蒋涛', `?area=${area('east')}`);
    expect(top.statusCode).toBe(200);
    expect(textOf(/<nav class="trail".*?<\/nav>/s.exec(top.body)?.[0] ?? '')).toContain('安澜县 / 城东街道');
    const station = textOf(rowOf(top.body, '二运社区'));
    expect(station).toContain('孙丽');
    expect(station).toContain('社区（村）级');
    expect(textOf(rowOf(top.body, '青园社区'))).toContain('平时没有人包保');
    expect(top.body).toContain(`/console/map/${area('east')}`);
    const below = await get('蒋涛', `?area=${area('station')}`);
    expect(textOf(rowOf(below.body, '二运第一网格'))).toMatch(/网格员 王秀兰/);
    // By its code, as people have it on paper.
    expect((await get('蒋涛', '?area=439901001001')).body).toContain('二运第一网格');
  });

  it('数字就是打开后清单的长度；只数看得到的，看不到的是一横，不是 0', async () => {
    const page = (await get('蒋涛', `?area=${area('east')}`)).body;
    const row = rowOf(page, '二运社区');
    const [link = ''] = linksIn(row).filter((href) => href.includes('/duties'));
    const shown = Number(/class="number">(?:<a[^>]*>)?([\d,]+)/.exec(row)?.[1]);
    expect(shown).toBeGreaterThan(0);
    const list = await see('蒋涛', link);
    expect(list.body.split('<tr>').length - 2, '清单的行').toBe(shown);
    const known = await sql<{ n: number }>(
      `select count(*)::int as n from obligation o join area a on a.id = $1 and a.realm = o.realm
       where o.realm = 1 and o.state in ('running', 'paused', 'suspended') and o.scope_no between a.no and a.last_no and not o.confidential`,
      [area('station')],
    );
    expect(shown).toBe(known[0]?.n);
    // The leader of the street sees nothing of the other town.
    const other = (await get('蒋涛', `?area=${area('county')}`)).body;
    expect(textOf(rowOf(other, '临河镇'))).toContain('—');
    expect(textOf(rowOf(other, '城东街道'))).not.toContain('—');
  });

  it('超期的单独数，单独打开', async () => {
    clock.advance(10 * 86_400_000);
    const page = (await get('蒋涛', `?area=${area('station')}`)).body;
    const late = linksIn(page).find((href) => href.includes('late=1'));
    expect(late).toBeDefined();
    const list = await see('蒋涛', late ?? '');
    expect(textOf(list.body)).toContain('超期的待办');
    expect(list.body).toContain('/console/cases/');
  });

  it('没有人包保的：从县里一张清单，和缺口报告的数一样', async () => {
    const nobody = (await get('审计员', `?only=nobody&area=${area('county')}`)).body;
    const auditor = await as('审计员');
    const report = (await auditor.get(`/api/responsibility/area_without_responsible`)).body;
    expect(nobody.split('<th scope="row">').length - 1).toBe(report.count);
    expect(rowOf(nobody, '二运社区')).toBe('没有这一行');
  });

  it('没有这个编码：说哪个编码，不说程序出错', async () => {
    const page = await get('蒋涛', '?area=999999');
    expect(page.statusCode).toBe(404);
    expect(textOf(page.body)).toContain('没有编码为“999999”的区域');
    expect((await get('蒋涛', '?from=-1')).statusCode).toBe(422);
    expect((await get('蒋涛', '/duties?person=x')).statusCode).toBe(422);
    expect((await get('蒋涛', `/duties?person=${person('sunli')}&area=1`)).statusCode).toBe(422);
  });
});

describe('一个人、一个岗位、单位', () => {
  it('岗位和期间、负责什么、待办；没有电话', async () => {
    const page = await get('蒋涛', `/person/${person('sunli')}`);
    const text = textOf(page.body);
    for (const words of ['孙丽', '社区书记', '二运社区', '包联', '起']) expect(text).toContain(words);
    expect(page.body).not.toContain('13900000003');
    expect((await get('蒋涛', `/person/${crypto.randomUUID()}`)).statusCode).toBe(404);
  });

  it('按姓名找得到，也找不到不存在的', async () => {
    expect((await get('蒋涛', `/find?words=${encodeURIComponent('秀兰')}`)).body).toContain(person('wangxiulan'));
    expect(textOf((await get('蒋涛', `/find?words=${encodeURIComponent('没这人')}`)).body)).toContain('没有名字里带');
    const empty = await get('蒋涛', '/find?words=');
    expect(empty.statusCode).toBe(422);
    expect(textOf(empty.body)).toContain('没有填写');
  });

  it('单位有作息、岗位和人；英文也全', async () => {
    expect(textOf((await get('蒋涛', '/bodies')).body)).toContain('安澜县供水公司');
    expect(textOf((await get('蒋涛', `/bodies/${body('clean')}`)).body)).toMatch(/周一至周五 08:00/);
    const english = textOf((await get('蒋涛', `/bodies/${body('clean')}`, 'en')).body);
    expect(english).toMatch(/Mon–Fri 08:00/);
    expect(english).toContain('body desk');
    expect((await get('蒋涛', `/bodies/${crypto.randomUUID()}`)).statusCode).toBe(404);
  });
});

describe('谁能看', () => {
  it('网格员没有这一页，菜单上也没有；管理员能看谁负责，看不到待办', async () => {
    expect((await get('王秀兰', '')).statusCode).toBe(403);
    const own = await see('王秀兰', '/console/account');
    expect(own.body).not.toContain('href="/console/people"');
    const page = await get('管理员', `?area=${area('station')}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('href="/console/people"');
    expect(textOf(rowOf(page.body, '二运第一网格'))).toMatch(/王秀兰.*—/);
    expect(page.body).not.toContain('/console/responsibility');
    expect(page.body).not.toContain(second);
  });

  it('缺口报告的每一行都能点进来', async () => {
    const url = `/console/responsibility/area_without_responsible?area=${area('east')}`;
    const list = await see('蒋涛', url);
    expect(list.body).toContain(`/console/people?area=${area('park')}`);
  });
});

describe('单位的作息', () => {
  const at = `/bodies/${body('clean')}`;
  const post = async (name: Parameters<typeof as>[0], fields: object) =>
    (await as(name)).post<string>(`/console/people${at}/hours`, { commandId: crypto.randomUUID(), ...fields });
  const calendars = async () =>
    (await (await as('管理员')).get('/api/calendars')).body.calendars as { id: string; spec: { name: string } }[];

  it('管理员换一个日历，或照着另立一个自己的；别的单位不变，换成一样的被拒绝', async () => {
    expect((await get('蒋涛', at)).body).not.toContain('换作息');
    expect((await get('管理员', at)).body).toContain('换作息');
    const allDay = (await calendars()).find(({ spec }) => spec.name === '全天值守')?.id;
    const done = await post('管理员', { calendarId: allDay });
    expect(done.headers.location).toBe(`/console/people${at}?done=hours`);
    expect(textOf((await get('管理员', at)).body)).toMatch(/每天 00:00/);
    expect(plain(String((await post('管理员', { calendarId: allDay })).body))).toContain('和现在的日历一样');
    const own = await post('管理员', { calendarId: allDay, own: 'yes' });
    const made = (await calendars()).find(({ spec }) => spec.name === '安澜县环卫所作息');
    expect(own.headers.location).toBe(`/console/standards/calendars/${made?.id}`);
    const kept = (await (await as('管理员')).get('/api/bodies')).body as { id: string; calendarId: string }[];
    expect(kept.filter(({ calendarId }) => calendarId === made?.id).map(({ id }) => id)).toEqual([body('clean')]);
    expect((await post('蒋涛', { calendarId: allDay })).status).toBe(403);
  });
});

describe('移交的页面', () => {
  const send = async (name: Parameters<typeof as>[0], path: string, fields: object) => {
    const reply = await (await as(name)).post<string>(path, fields);
    return { statusCode: reply.status, body: plain(String(reply.body)), to: String(reply.headers.location ?? '') };
  };
  const passing = (from: string, to: string) => `/hand-over?from=${person(from)}&to=${person(to)}`;

  it('不是管理员的没有这几页，别的岗位的人也交不出去', async () => {
    for (const path of ['/hand-over', '/raise', passing('sunli', 'gaoming')])
      expect((await get('蒋涛', path)).statusCode, path).toBe(403);
    const fields = { id: crypto.randomUUID(), from: person('sunli'), to: person('gaoming') };
    expect((await send('蒋涛', '/console/people/hand-over', fields)).statusCode).toBe(403);
    expect((await get('蒋涛', `/person/${person('sunli')}`)).body).not.toContain('/console/people/hand-over');
  });

  it('先选谁移交、谁接手，再看会转什么；不行的说为什么', async () => {
    const found = await get('管理员', `/hand-over?from=${person('sunli')}&receiver=${encodeURIComponent('高')}`);
    expect(found.body).toContain(`to=${person('gaoming')}`);
    const shown = textOf((await get('管理员', passing('sunli', 'gaoming'))).body);
    expect(shown).toContain('会从 孙丽 转给 高明');
    expect(shown).toContain('将移交 1 个岗位、1 处包保、0 件待办');
    const same = await get('管理员', passing('sunli', 'sunli'));
    expect(same.statusCode).toBe(422);
    expect(textOf(same.body)).toContain('移交给了同一个人');
    expect(textOf((await get('管理员', passing('admin', 'auditor'))).body)).toContain('不能由同一人担任');
  });

  it('办了以后有回执；接手的人每一页都看到有一份等他，确认了就没有了', async () => {
    const id = crypto.randomUUID();
    const fields = { id, from: person('louzhang8'), to: person('sunli') };
    clock.advance(1000);
    const done = await send('管理员', '/console/people/hand-over', fields);
    expect(done).toMatchObject({ statusCode: 303, to: `/console/handovers?done=${id}` });
    expect(textOf((await see('管理员', done.to)).body)).toContain('已移交，下面是回执');
    expect(textOf((await see('孙丽', '/console/cases')).body)).toContain('待确认的交接 1');
    const again = await send('管理员', '/console/people/hand-over', { ...fields, id: crypto.randomUUID() });
    expect(again.statusCode).toBe(409);
    expect(textOf(again.body)).toContain('没有要移交的');
    expect((await send('管理员', `/console/handovers/${id}/confirm`, {})).statusCode).toBe(404);
    expect((await send('孙丽', `/console/handovers/${id}/confirm`, {})).to).toBe('/console/handovers?done=confirmed');
    expect(textOf((await see('孙丽', '/console/cases')).body)).not.toContain('待确认的交接');
  });
});
