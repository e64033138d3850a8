import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { phone, sitDown, type Viewer } from './browser.ts';
import { station } from './office.ts';

/** A phone in somebody's hand: signing in once, the PIN, the camera, and what its outbox says. */
const PIN = '246813';

export interface Hand extends Viewer {
  readonly context: BrowserContext;
}

export async function takePhone(
  browser: Pick<Browser, 'newContext'>,
  url: string,
  login: string,
  { expected = [], stands = station.at }: { expected?: readonly RegExp[]; stands?: typeof station.at | null } = {},
): Promise<Hand> {
  const viewer = await sitDown(browser, url, phone, { expected });
  const { page } = viewer;
  const context = page.context();
  if (stands) {
    await context.grantPermissions(['geolocation'], { origin: url });
    await context.setGeolocation({ longitude: stands.lon, latitude: stands.lat, accuracy: 12 });
  }
  await signInHere(page, login);
  await page.getByLabel('6 位数字').fill(PIN);
  await page.getByLabel('再输一次').fill(PIN);
  await page.getByRole('button', { name: '开始工作' }).click();
  await synced(page);
  // From here on the phone opens without a network.
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  return { ...viewer, context };
}

export async function signInHere(page: Page, login: string): Promise<void> {
  await page.goto('/field');
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill('jingwei-demo');
  await page.getByRole('button', { name: '登录' }).click();
}

export async function unlock(page: Page, pin = PIN): Promise<void> {
  await page.getByLabel('这台手机的数字密码').fill(pin);
  await page.locator('.tabs').waitFor();
}

/** The strip says that everything is at the server. */
export async function synced(page: Page): Promise<void> {
  await page.locator('.strip', { hasText: '已联网' }).waitFor({ timeout: 30_000 });
}

export const strip = (page: Page): Promise<string> => page.locator('.strip [role=status]').innerText();

export async function openTab(page: Page, name: '今日' | '上报' | '我的'): Promise<void> {
  await page.locator('.tabs').getByRole('link', { name }).click();
}

export const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 2400, height: 1800, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

/** What the camera of a phone hands over. */
export async function shoot(page: Page, id: string, colour: string): Promise<void> {
  const before = await page.locator('.shots figure').count();
  await page
    .locator(`input#${id}`)
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await picture(colour) });
  await page.locator('.shots figure').nth(before).waitFor();
}
