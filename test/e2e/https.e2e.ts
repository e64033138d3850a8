import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openTab, shoot, strip, synced, takePhone, unlock } from './field.ts';
import { officeOf } from './office.ts';
import { openSite, type Site } from './site.ts';

/*
 * As the guide sets it up for a real phone: a certificate of one's own authority, a proxy in front, and the phone knows
 * the program by https alone. Service worker, secure cookie and uploads work through it.
 */
let site: Site;
let browser: Browser;
let front: Awaited<ReturnType<typeof openFront>>;

beforeAll(async () => {
  front = await openFront();
  [site, browser] = await Promise.all([
    openSite({ JINGWEI_PUBLIC_URL: front.url }),
    openBrowser([`--ignore-certificate-errors-spki-list=${front.trusted}`]),
  ]);
  front.leadTo(new URL(site.url).port);
});

afterAll(async () => {
  await browser?.close();
  front?.close();
  await site?.close();
});

/** The guide's own commands, then what Caddy or nginx do: take the certificate off and hand everything on. */
async function openFront() {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-https-'));
  const openssl = (line: string): Buffer => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });
  openssl('req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Jingwei-CA -keyout ca.key -out ca.pem');
  openssl(
    'req -newkey rsa:2048 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout site.key -out site.csr',
  );
  openssl(
    'x509 -req -in site.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -copy_extensions copy -out site.pem',
  );
  const [cert, key] = [readFileSync(join(folder, 'site.pem')), readFileSync(join(folder, 'site.key'))];
  rmSync(folder, { recursive: true });
  let port = '';
  const server = createServer({ cert, key }, (asked, answer) => {
    const { method, url: path, headers } = asked;
    const on = request({ host: '127.0.0.1', port, method, path, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.pipe(answer);
    });
    on.on('error', () => answer.destroy());
    asked.on('error', () => on.destroy());
    answer.on('close', () => on.destroy());
    asked.pipe(on);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    /** The phone trusts this one key, as it trusts what an authority it knows has signed. */
    trusted: createHash('sha256').update(spki).digest('base64'),
    leadTo: (to: string) => {
      port = to;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('手机经 https 登录：cookie 是 __Host- 的，断网打得开、存得下，联网后文字和照片都到', async () => {
  const expected = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /Failed to load resource/];
  const hand = await takePhone(browser, front.url, 'wangxiulan', { expected });
  const { page, context } = hand;
  const [cookie] = (await context.cookies()).filter(({ name }) => name.includes('jingwei'));
  expect(cookie).toMatchObject({ name: '__Host-jingwei', secure: true, httpOnly: true, sameSite: 'Strict' });
  expect(await page.evaluate('isSecureContext && navigator.serviceWorker.controller !== undefined')).toBe(true);
  await hand.offline(true);
  await page.reload();
  await unlock(page);
  await openTab(page, '上报');
  await page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  await shoot(page, 'camera', '#446677');
  await page.getByLabel('什么事，一句话').fill('经 https 报来的一条');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  const desk = await officeOf(site.url, 'hejing');
  const found = async (): Promise<{ id: string }[]> =>
    (await desk.get<{ id: string; summary: string | null }[]>('/api/casefiles?most=200')).filter(({ summary }) =>
      summary?.includes('经 https 报来'),
    );
  await expect.poll(async () => (await found()).length, { timeout: 30_000 }).toBe(1);
  const id = (await found())[0]?.id;
  await expect
    .poll(async () => (await desk.get<object[]>(`/api/casefiles/${id}/photos`)).length, { timeout: 30_000 })
    .toBe(1);
  await expect.poll(() => strip(page), { timeout: 30_000 }).not.toMatch(/待/);
  await synced(page);
  await hand.leave();
});
