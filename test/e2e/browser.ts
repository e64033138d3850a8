import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { packageRoot } from '../../src/kernel/root.ts';

/** The system's own Chromium; no other is fetched. */
export const openBrowser = (
  more: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Browser> =>
  chromium.launch({ ...started(more), env: { ...(process.env as Record<string, string>), ...environment } });

/** One that keeps everything in a folder, as an installed one does: killed and opened again it is the same. */
export const openProfile = (folder: string): Pick<Browser, 'newContext'> => ({
  newContext: (options) => chromium.launchPersistentContext(folder, { ...started([]), ...options }),
});

const started = (more: readonly string[]) => ({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Without --no-sandbox it refuses root; the rest keeps it from calling home.
  args: [
    '--no-sandbox',
    '--lang=zh-CN',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // A microphone that hums, for whoever is allowed to use one.
    '--use-fake-device-for-media-stream',
    ...more,
  ],
});

export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const desk = { viewport: { width: 1440, height: 900 } };

/** Somebody at a screen of their own, with nobody else's cookies. Whatever their browser complains of fails the test. */
export interface Viewer {
  readonly page: Page;
  /** Full page to var/screens, after looking that nothing sticks out sideways and that everybody can use it. */
  shot(name: string): Promise<void>;
  /** The network goes, or comes back. */
  offline(isOff: boolean): Promise<void>;
  leave(): Promise<void>;
}

const screens = join(packageRoot, 'var', 'screens');

export async function sitDown(
  browser: Pick<Browser, 'newContext'>,
  url: string,
  screen: typeof phone | typeof desk,
  { locale = 'zh-CN', expected = [] }: Manner = {},
): Promise<Viewer> {
  const context = await browser.newContext({ ...screen, baseURL: url, locale, timezoneId: 'Asia/Shanghai' });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = listen(page, expected);
  return {
    page,
    async shot(name) {
      mkdirSync(screens, { recursive: true });
      const path = join(screens, `${name}.png`);
      await page.screenshot({ path, fullPage: true });
      if (process.env.JINGWEI_HANDBOOK) await keepForHandbook(path, name, 'isMobile' in screen);
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'), name).toBeLessThanOrEqual(
        0,
      );
      expect(await barriers(page), name).toEqual([]);
    },
    offline: (isOff) => context.setOffline(isOff),
    leave: () => leave(context, complaints),
  };
}

const handbook = join(packageRoot, 'docs', 'guides', 'zh');

/** What a chapter shows is photographed by the tests, so that no picture is of a page that is no more. */
async function keepForHandbook(path: string, name: string, isPhone: boolean): Promise<void> {
  const chapters = readdirSync(handbook).filter((file) => file.endsWith('.md'));
  const isShown = chapters.some((file) => readFileSync(join(handbook, file), 'utf8').includes(`pictures/${name}.webp`));
  if (!isShown) return;
  const picture = isPhone ? sharp(path).resize({ width: 520 }) : sharp(path).resize({ width: 1200 });
  await picture.webp({ quality: 72 }).toFile(join(handbook, 'pictures', `${name}.webp`));
}

interface Manner {
  readonly locale?: string;
  /** What the browser complains of when a test cuts the network or is refused on purpose. */
  readonly expected?: readonly RegExp[];
}

/** What keeps somebody out: by axe, what it calls serious or worse. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

function listen(page: Page, expected: readonly RegExp[]): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !expected.some((one) => one.test(text))) complaints.push(text);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

async function leave(context: BrowserContext, complaints: readonly string[]): Promise<void> {
  await context.close();
  expect(complaints).toEqual([]);
}
