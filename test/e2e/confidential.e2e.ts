import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openBrowser, phone, sitDown, type Viewer } from './browser.ts';
import { signIn } from './desk.ts';
import { openTab, takePhone } from './field.ts';
import { openSite, type Site } from './site.ts';

/*
 * B3 as it is seen: a dispute between two neighbours. Whoever is outside its circle goes through every page, the map, the
 * search, the exports and a phone, and nothing that reaches their browser tells that it exists.
 */
let site: Site;
let browser: Browser;
const CANARY = '金丝雀漏水七年';
const said = { id: randomUUID() as string, number: '', code: '' };

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  const form = {
    ...{ commandId: randomUUID(), casefileId: said.id, reportId: randomUUID(), channel: 'portal' },
    ...{ words: `${CANARY}，两家已经不说话了`, typeCode: 'neighbour-leak' },
    ...{ place: { ...inside(0, 1), words: '青园小区3栋' }, contact: { name: '张某', phone: '13811112222' } },
  };
  const sent = await fetch(`${site.url}/api/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(form),
  });
  const told = (await sent.json()) as { number: string; trackingCode: string };
  Object.assign(said, { number: told.number, code: told.trackingCode });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Everything that comes to this browser, as text; what a workbook holds is unpacked. */
function overhear(context: BrowserContext): () => Promise<string> {
  const heard: Promise<string>[] = [];
  context.on('response', (response) => {
    // The live feed never ends; what it tells of is asked for by the page, and heard then.
    const isFeed = response.headers()['content-type']?.startsWith('text/event-stream');
    const isOurs = response.url().startsWith(site.url) && !response.url().includes('/assets/');
    if (isOurs && !isFeed)
      heard.push(
        response.body().then(
          (body) => `${response.url()}\n${unpacked(body).toString('latin1')}`,
          () => '',
        ),
      );
  });
  return async () => (await Promise.all(heard)).join('\n');
}

/** Local headers of a ZIP name the place of what follows; that is enough to read a workbook. */
function unpacked(body: Buffer): Buffer {
  if (body.subarray(0, 2).toString() !== 'PK') return body;
  const parts: Buffer[] = [];
  for (let at = body.indexOf('PK\u0003\u0004'); at >= 0; at = body.indexOf('PK\u0003\u0004', at + 4)) {
    const from = at + 30 + body.readUInt16LE(at + 26) + body.readUInt16LE(at + 28);
    if (body.readUInt16LE(at + 8) === 8) parts.push(inflateRawSync(body.subarray(from), { finishFlush: 2 }));
    else parts.push(body.subarray(from, from + body.readUInt32LE(at + 18)));
  }
  return Buffer.concat(parts);
}

const asLatin = (text: string): string => Buffer.from(text).toString('latin1');

/** None of what names it: its words, its number, its id, who said it. Opening its page by its id is answered as if it were nothing. */
function expectSilence(heard: string, by: string): void {
  expect(heard.length, by).toBeGreaterThan(1000);
  for (const trace of [CANARY, said.number, '13811112222', '张某', '两家已经不说话'])
    expect(heard.includes(asLatin(trace)), `${by} hears ${trace}`).toBe(false);
}

async function goThroughTheDesk({ page }: Viewer): Promise<void> {
  for (const path of ['/console', '/console/cases', '/console/dispatch', '/console/callbacks', '/console/figures'])
    await page.goto(path).then(() => page.waitForTimeout(700));
  for (const path of ['/console/audit', '/console/responsibility']) await page.goto(path);
  const seen = page.waitForResponse((response) => response.url().includes('/api/tiles/cases/'), { timeout: 20_000 });
  await page.goto('/console/map');
  await seen.catch(() => undefined);
  await page.goto('/console');
  await page.getByRole('heading', { name: '我的待办' }).waitFor();
  // Who reads no cases has no box to search in.
  const box = page.getByRole('combobox', { name: '查找' });
  for (const words of (await box.count()) === 0 ? [] : [CANARY.slice(3), said.number, '青园小区3栋']) {
    await page.keyboard.press('/');
    await box.fill(words);
    await page.waitForTimeout(900);
  }
  for (const path of ['/console/audit.xlsx', '/api/casefiles?most=200', '/api/inbox', '/api/entries', '/api/messages'])
    await page.evaluate(`fetch(${JSON.stringify(path)}).then((answer) => answer.arrayBuffer()).then(() => null)`);
}

const REFUSED = [/status of 40[0-9]/];

test.each(['jiangtao', 'shian', 'auditor'])('圈外的 %s 在电脑上哪里也看不到、找不到、导不出', async (login) => {
  const outsider = await signIn(browser, site.url, login, { expected: REFUSED });
  const heard = overhear(outsider.page.context());
  await goThroughTheDesk(outsider);
  expectSilence((await heard()).replaceAll(encodeURIComponent(said.number), ''), login);
  const asked = `fetch('/api/casefiles/${said.id}').then((answer) => answer.status)`;
  expect(await outsider.page.evaluate(asked)).toBeGreaterThanOrEqual(403);
  await outsider.page.goto(`/console/cases/${said.id}`);
  await outsider.page.waitForTimeout(1500);
  expectSilence((await heard()).replaceAll(encodeURIComponent(said.number), ''), login);
  await outsider.leave();
});

test('网格员的手机里没有', async () => {
  const hand = await takePhone(browser, site.url, 'zhenghai');
  const heard = overhear(hand.page.context());
  await hand.page.reload();
  await hand.page.getByLabel('这台手机的数字密码').fill('246813');
  await hand.page.locator('.tabs').waitFor();
  await hand.page.getByRole('button', { name: '同步' }).click();
  await hand.page.waitForTimeout(2000);
  for (const tab of ['上报', '我的', '今日'] as const) await openTab(hand.page, tab);
  expect(await hand.page.content()).not.toContain('邻里漏水');
  expectSilence(await heard(), 'zhenghai');
  await hand.leave();
});

test('公众页和 Open311 里没有；有查询码的人看得到', async () => {
  const public_ = await sitDown(browser, site.url, phone, { expected: REFUSED });
  const heard = overhear(public_.page.context());
  for (const path of ['/', '/grids', '/grids/439901001002', '/grids/439901001002001', '/notices', '/track'])
    await public_.page.goto(path);
  await public_.page.evaluate(`fetch('/open311/v2/requests.json').then((answer) => answer.text())`);
  expectSilence(await heard(), 'anybody');
  await public_.page.goto(`/track/${said.code}`);
  await public_.page.getByText(said.number).first().waitFor();
  await public_.leave();
});

test('圈里的人看得到：同样的耳朵听得见', async () => {
  const registrar = await signIn(browser, site.url, 'hejing', { expected: REFUSED });
  const heard = overhear(registrar.page.context());
  await goThroughTheDesk(registrar);
  await expect.poll(heard).toContain(asLatin(said.number));
  await registrar.page.goto(`/console/cases/${said.id}`);
  await registrar.page.getByText('保密').first().waitFor();
  await expect.poll(heard).toContain(asLatin(CANARY));
  await registrar.leave();
});
