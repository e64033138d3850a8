import type { Browser, Locator, Page } from 'playwright-core';
import { desk, sitDown, type Viewer } from './browser.ts';

/** At the console: signing in, finding a case among one's work, and pressing what the case offers. */
export async function signIn(browser: Browser, url: string, login: string): Promise<Viewer> {
  const viewer = await sitDown(browser, url, desk);
  const { page } = viewer;
  await page.goto('/console');
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill('jingwei-demo');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '我的待办' }).waitFor();
  return viewer;
}

/** What follows from a step comes a moment later, by the journal; a clerk would reload the page. */
export async function openFromInbox(page: Page, duty: string): Promise<void> {
  const line = page.getByRole('row').filter({ hasText: duty });
  for (let attempt = 0; attempt < 40 && (await line.count()) === 0; attempt += 1) {
    await page.waitForTimeout(250);
    await page.goto('/console');
  }
  await line.getByRole('link').first().click();
}

/** Opens the step by its name, fills in, presses, and waits to be told that it is done. */
export async function press(page: Page, step: string, fill: (form: Locator) => Promise<unknown>): Promise<void> {
  const form = await open(page, step);
  await fill(form);
  await form.getByRole('button', { name: step, exact: true }).click();
  await page.getByRole('status').getByText(`已办：${step}`).waitFor();
}

export async function addPhoto(page: Page, stage: string, bytes: Buffer): Promise<void> {
  const form = await open(page, '加照片');
  await form.getByLabel('哪一步').selectOption({ label: stage });
  await form.getByLabel('照片').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: bytes });
  await form.getByRole('button', { name: '上传' }).click();
  await page.getByRole('heading', { name: '照片' }).waitFor();
}

async function open(page: Page, step: string): Promise<Locator> {
  const box = page.locator('details', { has: page.locator('summary', { hasText: new RegExp(`^${step}$`) }) });
  // The step that a clock waits for stands open already.
  if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
  return box.locator('form');
}
