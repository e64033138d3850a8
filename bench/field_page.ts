import type { BrowserContext, Page } from 'playwright-core';

const PIN = '246813';

/** The field app of the demo county's grid worker: signed in once, with a PIN, and kept by the service worker. */
export async function fieldPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/field');
  await page.getByLabel('账号').fill('wangxiulan');
  await page.getByLabel('密码').fill('jingwei-demo');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('6 位数字').fill(PIN);
  await page.getByLabel('再输一次').fill(PIN);
  await page.getByRole('button', { name: '开始工作' }).click();
  await page.locator('.strip', { hasText: '已联网' }).waitFor({ timeout: 60_000 });
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  return page;
}
