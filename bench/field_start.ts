import { type BrowserContext, type CDPSession, chromium } from 'playwright-core';
import { openSite } from '../test/e2e/site.ts';
import { fieldPage } from './field_page.ts';
import { type Bench, median } from './frame.ts';

/**
 * How long somebody looks at nothing who opens the app in a valley: the installed app from its service worker, without a
 * network, until the PIN can be typed; beside it a page with nothing in it. In turns, on a processor held back four times.
 */
const ROUNDS = 9;
const SLOWER = 4;
const BAR_MS = 2000;

export const fieldStart: Bench = {
  name: 'field_start',
  claim: `the field app starts offline at most ${BAR_MS / 1000} s slower than a blank page, at ${SLOWER}× CPU throttle`,
  async run({ say }) {
    const site = await openSite();
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--no-first-run', '--disable-background-networking'],
    });
    try {
      const screen = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
      const context = await browser.newContext({ ...screen, baseURL: site.url, locale: 'zh-CN' });
      await (await fieldPage(context)).close();
      await context.setOffline(true);
      say(`installed, ${ROUNDS} rounds without a network at ${SLOWER}× …`);
      const [app, blank]: [number[], number[]] = [[], []];
      // The first of each only warms what the system keeps.
      for (let round = 0; round <= ROUNDS; round += 1) {
        const [theirs, ours] = [await opened(context, EMPTY, 'p'), await opened(context, '/field', 'input')];
        if (round > 0) blank.push(theirs);
        if (round > 0) app.push(ours);
      }
      const slower = median(app.map((ms, i) => ms - (blank[i] ?? 0)));
      return [
        {
          name: `the field app offline against a blank page, ${SLOWER}× CPU throttle`,
          ratio: slower / BAR_MS,
          goal: `≤ 1.00 of ${BAR_MS} ms`,
          pass: slower <= BAR_MS,
          product: `${Math.round(slower)} ms slower; ${inMs(app)} until the PIN can be typed`,
          ceiling: `${inMs(blank)} for a page with one line in it`,
        },
      ];
    } finally {
      await browser.close();
      await site.close();
    }
  },
};

const EMPTY = 'data:text/html,<!doctype html><title>.</title><p>.</p>';

const inMs = (values: readonly number[]): string =>
  `${Math.round(median(values))} ms (${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))})`;

/** From the navigation until what is waited for stands there and was painted; in a page of its own, closed again. */
async function opened(context: BrowserContext, address: string, until: string): Promise<number> {
  const page = await context.newPage();
  const throttle: CDPSession = await context.newCDPSession(page);
  await throttle.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const start = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator(until).first().waitFor();
  await page.evaluate('new Promise((tell) => requestAnimationFrame(() => setTimeout(tell)))');
  const ms = performance.now() - start;
  await page.close();
  return ms;
}
