import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf } from '../../seeds/small/plan.ts';
import { openBrowser, phone, sitDown } from './browser.ts';
import { signIn } from './desk.ts';
import { dispatched, officeOf } from './office.ts';
import { openSite, type Site } from './site.ts';

/* Who answers for what, level by level; and somebody who leaves hands over to a colleague, who confirms it. */
let site: Site;
let browser: Browser;
const person = (login: string): string => idOf(1, 'person', login);
const area = (key: string): string => idOf(1, 'area', key);

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  const admin = await officeOf(site.url, 'admin');
  for (const [key, login, rank, mode, charge] of [
    ['station', 'jiangtao', 'town', 'normal', '包联'],
    ['station', 'sunli', 'community', 'normal', '包联'],
    ['station-1', 'sunli', 'community', 'normal', '包联'],
    ['station', 'pengdui', 'paired', 'emergency', '防汛'],
  ] as const)
    await admin.post('/api/responsibilities', {
      ...{ id: randomUUID(), areaId: area(key), personId: person(login), rank, mode, charge },
    });
  const id = await dispatched(site.url, '巷口路面塌了一块，电动车差点摔了');
  const works = await officeOf(site.url, 'caolu');
  await works.post(`/api/casefiles/${id}/acknowledge`, {});
  await works.post(`/api/casefiles/${id}/assign`, { personId: person('xiegong') });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test('从县里一级一级看下去：谁负责，哪里没有人，数字打开就是清单', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'jiangtao');
  await page.locator('summary', { hasText: '更多' }).click();
  await page.getByRole('link', { name: '人员', exact: true }).click();
  await page.getByRole('heading', { name: '安澜县 谁负责' }).waitFor();
  await page.getByRole('link', { name: '城东街道', exact: true }).click();
  await page.getByText('平时没有人包保', { exact: true }).first().waitFor();
  await shot('70-people-town');
  // By keyboard alone: to the community, and back by the trail.
  await page.getByRole('link', { name: '二运社区', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '二运社区 谁负责' }).waitFor();
  await shot('71-people-community');
  const open = page.locator('dl.figures dd a').first();
  const count = Number(await open.innerText());
  await open.click();
  await page.getByRole('heading', { name: /未办完的待办/ }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(count);
  await shot('72-people-duties');
  await page.goto(`/console/people/person/${person('sunli')}`);
  await shot('73-people-person');
  await page.goto('/console/people/bodies');
  await shot('74-people-bodies');
  await leave();
});

test('同样的几页在手机上、用英文', async () => {
  const { page, shot, leave } = await sitDown(browser, site.url, phone, { locale: 'en-GB' });
  await page.goto('/console');
  await page.getByLabel('Account').fill('jiangtao');
  await page.getByLabel('Password').fill('jingwei-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/console$/);
  await page.goto(`/console/people?area=${area('station')}`);
  await page.getByRole('heading', { name: /Who answers/ }).waitFor();
  await shot('75-people-phone');
  await page.goto('/console/people/bodies');
  await shot('76-people-bodies-phone');
  await leave();
});

test('管理员移交：先看会转什么，再办；接手的人在手机上确认', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'admin');
  await page.goto(`/console/people/person/${person('xiegong')}`);
  await page.getByRole('link', { name: '移交给别人' }).click();
  await page.getByLabel('谁接手').fill('许');
  await page.getByRole('button', { name: '找' }).click();
  await page.getByRole('link', { name: '许师傅' }).click();
  await page.getByRole('heading', { name: '会从 谢工 转给 许师傅' }).waitFor();
  await shot('77-hand-over-preview');
  await page.getByRole('button', { name: '移交', exact: true }).click();
  await page.getByRole('status').getByText('已移交').waitFor();
  await shot('78-hand-over-receipt');
  await leave();

  const taker = await signIn(browser, site.url, 'xushifu', { screen: phone });
  await taker.page.goto('/console/account');
  await taker.page.getByRole('link', { name: '待确认的交接 1' }).click();
  await taker.page.getByText('市政养护中心').first().waitFor();
  await taker.shot('79-hand-over-confirm-phone');
  await taker.page.getByRole('button', { name: '看过了，确认接手' }).click();
  await taker.page.getByRole('status').getByText('已确认接手').waitFor();
  expect(await taker.page.getByRole('link', { name: /待确认的交接/ }).count()).toBe(0);
  await taker.leave();
});

test('任命、免去：先找人，先看会怎样；办了岗位上就有，免了就没有', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'admin');
  await page.goto(`/console/people?area=${area('station')}`);
  await page.getByRole('link', { name: '社区书记', exact: true }).first().click();
  await page.getByRole('heading', { name: '任命' }).waitFor();
  await page.getByLabel('姓名里的字').fill('没有这个人');
  await page.getByRole('button', { name: '找' }).click();
  await page.getByText('没有名字里带“没有这个人”').waitFor();
  await page.getByLabel('姓名里的字').fill('高明');
  await page.getByRole('button', { name: '找' }).click();
  await page.getByLabel(/高明/).check();
  await shot('84-appoint');
  await page.getByRole('button', { name: '任命', exact: true }).click();
  await page.getByRole('status').waitFor();
  const holder = page.locator('main ul.plain li', { hasText: '高明' });
  await holder.waitFor();
  await holder.getByRole('link', { name: '免去' }).click();
  await page.getByText('还有 孙丽 担任。').waitFor();
  await shot('85-relieve');
  await page.getByRole('button', { name: '免去', exact: true }).click();
  await page.getByRole('status').waitFor();
  expect(await holder.count()).toBe(0);
  expect(await page.locator('main ul.plain li', { hasText: '孙丽' }).count()).toBe(1);
  await leave();
});

test('单位换作息：另立一个自己的日历，接着就改它；别的单位照旧', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'admin');
  await page.goto('/console/people/bodies');
  await page.getByRole('link', { name: '安澜县环卫所' }).click();
  await page.locator('summary', { hasText: '换作息' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '另立一个' }).waitFor();
  await shot('88-body-hours');
  await page.getByRole('button', { name: '另立一个' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /安澜县环卫所作息/ }).waitFor();
  await page.getByText('用它的单位：安澜县环卫所。').waitFor();
  await leave();
});

test('成立临时组织、撤销：写错名字的说是哪一个，写好的都还在', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'admin', { expected: [/status of 4\d\d/] });
  await page.goto('/console/people/bodies');
  await page.getByRole('link', { name: '成立临时组织' }).click();
  await page.getByLabel('名称', { exact: true }).fill('防汛值守组');
  await page.getByLabel('为什么成立').fill('汛期值守');
  await page.getByLabel('期限到哪一天').fill('2027-09-30');
  await page.getByLabel('设在哪里').selectOption({ label: '城东街道' });
  await page.getByLabel('作息').selectOption({ index: 1 });
  await page.getByLabel('负责人').fill('查无此人');
  await page.getByRole('button', { name: '成立', exact: true }).click();
  await page.getByRole('alert').getByText('查无此人').waitFor();
  expect(await page.getByLabel('为什么成立').inputValue()).toBe('汛期值守');
  await shot('86-raise-refused');
  await page.getByLabel('负责人').fill('彭队');
  await page.getByRole('button', { name: '成立', exact: true }).click();
  await page.getByRole('heading', { name: '防汛值守组' }).waitFor();
  await page.getByRole('link', { name: '彭队' }).waitFor();
  await page.getByRole('link', { name: '撤销这个临时组织' }).click();
  await page.getByText('还有 0 件待办没有办完。').waitFor();
  await shot('87-stand-down');
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await page.getByRole('status').waitFor();
  expect(await page.getByRole('link', { name: '防汛值守组' }).count()).toBe(0);
  await leave();
});
