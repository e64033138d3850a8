import type { Browser, Locator, Page } from 'playwright-core';
import { desk, type phone, sitDown, type Viewer } from './browser.ts';

/** At the console: signing in, finding a case among one's work, and pressing what the case offers. */
export async function signIn(
  browser: Browser,
  url: string,
  login: string,
  { screen = desk, ...manner }: { screen?: typeof desk | typeof phone; expected?: readonly RegExp[] } = {},
): Promise<Viewer> {
  const viewer = await sitDown(browser, url, screen, manner);
  const { page } = viewer;
  await page.goto('/console');
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill('jingwei-demo');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '我的待办' }).waitFor();
  return viewer;
}

/** What falls to me appears by itself: nobody reloads the page. */
export async function openFromInbox(page: Page, duty: string): Promise<void> {
  const line = page.locator('a.line', { hasText: duty }).first();
  await line.waitFor({ timeout: 30_000 });
  await line.click();
  await page.getByRole('heading', { name: '下一步' }).waitFor();
}

/** Opens the step by its name, fills in, presses, and waits to be told that it is done. */
export async function press(page: Page, step: string, fill: (form: Locator) => Promise<unknown>): Promise<void> {
  const act = page.locator('.acts').getByRole('button', { name: step, exact: true });
  // The step that a clock waits for stands open already.
  if ((await act.getAttribute('aria-expanded')) === 'false') await act.click();
  const form = page.locator('form.command');
  await fill(form);
  await form.getByRole('button', { name: step, exact: true }).click();
  await page.getByRole('status').getByText(`已办：${step}`).waitFor();
}

/** Types into a list of choices and takes the first that is left. */
export async function choose(form: Locator, label: string, typed: string): Promise<void> {
  const box = form.getByLabel(label);
  await box.click();
  if (await box.isEditable()) await box.fill(typed);
  await form.page().locator('.ant-select-item-option', { hasText: typed }).first().click();
}

export async function addPhoto(page: Page, stage: string, bytes: Buffer): Promise<void> {
  await choose(page.locator('.case'), '哪一步', stage);
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: bytes });
  await page.locator('figure', { hasText: stage }).waitFor();
}
