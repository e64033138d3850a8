import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf } from '../../seeds/small/plan.ts';
import { invented } from '../../src/domains/land/registry/fixtures/people.ts';
import { openBrowser, phone as small } from './browser.ts';
import { signIn } from './desk.ts';
import { officeOf } from './office.ts';
import { openSite, type Site } from './site.ts';

/*
 * Somebody comes with an identity card: found by its number, everything opened and handed over; a deletion takes two people; a
 * refusal leaves a notice to print. Desk and small screen.
 */
let site: Site;
let browser: Browser;
const [one, other, third] = [invented(700), invented(701), invented(702)];

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  const head = await officeOf(site.url, 'sunli');
  for (const { name, id, phone } of [one, other, third])
    await head.post('/api/residents', {
      ...{ ledger: 'residents', areaId: idOf(1, 'area', 'station') },
      values: {
        ...{ 'person.name': name, 'person.id_number': id, 'person.phone': phone },
        ...{ 'person.occupation': '木工', 'place.grid': idOf(1, 'area', 'station-1') },
      },
    });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

type Desk = Awaited<ReturnType<typeof signIn>>;

async function begin({ page }: Desk, person: typeof one, wanted: string, words: string): Promise<void> {
  await page.goto('/console/requests/new');
  await page.getByLabel(/^身份证号/).fill(person.id);
  await page.getByRole('button', { name: '找', exact: true }).click();
  await page.getByRole('link', { name: person.name }).click();
  await page.getByLabel('要什么').selectOption({ label: wanted });
  await page.getByLabel(/^他们怎么说的/).fill(words);
}

test('查阅：按号码找到人，登记，打开全部内容给本人看，交给本人；改成表格也能拿走', async () => {
  const desk = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  const { page, shot, leave } = desk;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/console/requests');
  await page.getByText('没有。有人带证件来').waitFor();
  await begin(desk, one, '复制', '我要一份登记的内容');
  await page.getByLabel('谁来的').selectOption({ label: '监护人' });
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('请写来的人的姓名').first().waitFor();
  await shot('280-request-refused-form');
  await page.getByLabel('谁来的').selectOption({ label: '本人' });
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('已登记，期限从现在算').waitFor();
  await shot('281-request');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '打开并存成表格' }).click();
  expect((await download).suggestedFilename()).toBe('everything.xlsx');
  await page.getByRole('button', { name: '打开全部内容' }).click();
  await page.getByRole('heading', { name: /登记的全部内容/ }).waitFor();
  await page.getByRole('cell', { name: one.id }).first().waitFor();
  await shot('282-request-everything');
  await page.getByRole('link', { name: '回到这件请求' }).click();
  await page.getByRole('button', { name: '已交给本人' }).click();
  await page.getByText('已交给本人，办结').waitFor();
  await leave();
});

test('删除：书记提出，先看会删什么、留什么；自己确认不了，受理立案岗确认，再告知本人', async () => {
  const head = await signIn(browser, site.url, 'sunli');
  await begin(head, other, '删除', '我搬走了，请删掉');
  await head.page.getByRole('button', { name: '登记', exact: true }).click();
  await head.page.getByText('删除以后，这些没有了').waitFor();
  await head.shot('283-request-erasure');
  await head.page.getByRole('button', { name: '提出删除' }).click();
  await head.page.getByText('已提出').first().waitFor();
  const address = head.page.url().replace(/\?.*/, '');
  expect(await head.page.getByRole('button', { name: '确认删除' }).count()).toBe(0);
  await head.leave();

  const registrar = await signIn(browser, site.url, 'hejing');
  await registrar.page.goto('/console');
  await registrar.page.getByText('确认删除个人信息').first().waitFor();
  await registrar.page.goto(address);
  await registrar.shot('284-request-confirm');
  await registrar.page.getByRole('button', { name: '确认删除' }).click();
  await registrar.page.getByText('已确认，马上删除').waitFor();
  await expect
    .poll(
      async () => {
        await registrar.page.goto(address);
        return registrar.page.getByText('已经删除').count();
      },
      { timeout: 120_000, interval: 1000 },
    )
    .toBeGreaterThan(0);
  await registrar.page.getByLabel('怎么答复的').fill('已经全部删除');
  await registrar.page.getByRole('button', { name: '已告知本人' }).click();
  await registrar.page.getByText('已告知，办结').waitFor();
  await registrar.shot('285-request-erased');
  await registrar.leave();
});

test('小屏幕：更正的请求没有改就拒绝，写理由，告知书能打印；列表按期限看', async () => {
  const desk = await signIn(browser, site.url, 'sunli', { screen: small });
  const { page, shot, leave } = desk;
  await begin(desk, third, '更正、补充', '我的职业写错了');
  await shot('286-request-new-phone');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('登记请求以后还没有改过').waitFor();
  await shot('287-request-phone');
  await page.locator('summary', { hasText: '拒绝并告知' }).click();
  await page.locator('#refuse-reason').selectOption({ label: '核对过，登记的没有错' });
  await page.locator('#refuse-words').fill('单位证明上写的是木工');
  await page.getByRole('button', { name: '拒绝并告知' }).click();
  await page.getByRole('heading', { name: '告知书' }).waitFor();
  await shot('288-request-refused-phone');
  await page.goto('/console/requests?part=all');
  await shot('289-requests-phone');
  await leave();
});
