import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, inside } from '../../seeds/small/plan.ts';
import { csv, line, mapText } from '../../src/domains/work/imports/fixtures/hotline.ts';
import { readConfig } from '../../src/kernel/config.ts';
import { type OpenDatabase, openDatabase } from '../../src/kernel/database/open.ts';
import { openKeys } from '../../src/kernel/keys.ts';
import { packageRoot } from '../../src/kernel/root.ts';
import { openBrowser, phone } from './browser.ts';
import { signIn } from './desk.ts';
import { officeOf } from './office.ts';
import { openSite, type Site } from './site.ts';

/* An ordinary Monday of whoever looks after the program: a job that gave up, a message that did not leave, a lost phone. */
const folder = mkdtempSync(join(tmpdir(), 'jingwei-operator-'));
const places = { JINGWEI_DATA: join(folder, 'data'), JINGWEI_KEYS: join(folder, 'keys') };
let site: Site;
let browser: Browser;
let database: OpenDatabase;

beforeAll(async () => {
  [site, browser] = await Promise.all([
    openSite({ ...places, JINGWEI_WEBHOOKS_PRIVATE: 'true', JINGWEI_LOG: 'silent' }),
    openBrowser(),
  ]);
  database = await openDatabase(readConfig(places), openKeys(places.JINGWEI_KEYS), () => undefined);
});

afterAll(async () => {
  await browser?.close();
  await database?.release();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const jingwei = (...args: string[]) =>
  spawnSync(process.execPath, [join(packageRoot, 'bin', 'jingwei.js'), ...args], {
    env: { PATH: process.env.PATH, LANG: 'zh_CN.UTF-8', ...places },
    encoding: 'utf8',
  });

/** Given to the queue of the running program, which tries it, fails, and gives up. */
async function failingJob(): Promise<void> {
  const client = new pg.Client(database.unbound ?? {});
  await client.connect();
  await client.query(
    `select graphile_worker.add_job('react', json_build_object('realm', 1, 'entry', gen_random_uuid(), 'reaction', 'casefile: tell reporters'), max_attempts => 1)`,
  );
  await client.end();
}

/** Until the page says so: workers take their time. */
async function until(page: Page, path: string, says: string): Promise<void> {
  for (let i = 0; i < 40; i += 1) {
    await page.goto(path);
    if ((await page.getByText(says).count()) > 0) return;
    await page.waitForTimeout(500);
  }
  throw new Error(`${path} never said ${says}`);
}

async function reportToday(): Promise<void> {
  const place = { ...inside(0, 0), areaId: idOf(1, 'area', 'station-1'), words: '二运巷口' };
  const form = { casefileId: randomUUID(), reportId: randomUUID(), words: '路灯不亮', place, channel: 'portal' };
  const answer = await fetch(`${site.url}/api/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ commandId: randomUUID(), ...form }),
  });
  expect(answer.status).toBe(200);
}

test('运行维护：看到停下的任务、没发出去的消息，修好后重新发送；停用丢失的手机；发密钥；备份', async () => {
  const admin = await officeOf(site.url, 'admin');
  const door = createServer((_request, response) => response.writeHead(200).end()).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port } = door.address() as AddressInfo;
  door.close();
  const channel = { id: randomUUID(), kind: 'webhook', address: `http://127.0.0.1:${port}/in`, enabled: true };
  await admin.post('/api/channels', channel);
  await Promise.all([reportToday(), failingJob()]);
  const worker = await officeOf(site.url, 'wangxiulan');
  await worker.post('/api/devices', { deviceId: randomUUID(), model: '红米 12', appVersion: '0.1.0' });

  const desk = await signIn(browser, site.url, 'admin');
  const { page } = desk;
  await page.getByRole('link', { name: '运行维护' }).first().click();
  await page.getByText('从来没有备份过').waitFor();
  await until(page, '/console/operator', '停下 1 个');
  await desk.shot('60-operator-health');

  await page.getByRole('link', { name: '看清单：后台任务' }).click();
  await page.getByText('找不到它要处理的流水').waitFor();
  await desk.shot('61-operator-jobs');
  await page.getByRole('button', { name: '放弃' }).click();
  await page.getByText('已放弃，留在下面。').waitFor();
  await page.getByText('没有停下的任务。').waitFor();

  await until(page, '/console/operator/outbox', '对方连不上');
  await desk.shot('62-operator-outbox');
  const opened = createServer((_request, response) => response.writeHead(200).end()).listen(port, '127.0.0.1');
  await once(opened, 'listening');
  await page.getByRole('button', { name: '重新发送' }).first().click();
  await page.getByText('已重新排队').waitFor();
  await until(page, '/console/operator/outbox', '发件箱是空的');
  opened.close();

  await page.goto('/console/operator/phones?days=0');
  await page.getByRole('link', { name: '停用……' }).first().click();
  await page.getByText('手机上的登录马上退出').waitFor();
  await desk.shot('63-operator-revoke');
  await page.getByRole('button', { name: '停用这台手机' }).click();
  await page.getByText('已停用').first().waitFor();

  await page.getByRole('link', { name: '接口密钥' }).click();
  await page.getByLabel('给谁用').fill('12345 热线平台');
  await page.getByLabel(/登记来报/).check();
  await page.getByRole('button', { name: '发放' }).click();
  await page.getByText('只显示这一次').waitFor();
  await desk.shot('64-operator-keys');

  const file = join(folder, 'first.jingwei');
  expect(jingwei('backup', file)).toMatchObject({ status: 0 });
  await page.goto('/console/operator/backups');
  await page.getByText('! 没有核对过').waitFor();
  expect(jingwei('backup', 'verify', file)).toMatchObject({ status: 0 });
  await page.reload();
  await page.getByText('✓ 核对过，完好').waitFor();
  await desk.shot('65-operator-backups');
  await desk.leave();
});

/** With the map of the harbour city, whose tables have semicolons here. */
function importHotline(keys: readonly string[]): void {
  const map = JSON.parse(mapText('harbour-city')) as object;
  const [file, mapFile] = [join(folder, 'hotline.csv'), join(folder, 'map.json')];
  writeFileSync(file, csv(keys.map((key) => line({ 工单号: key }))));
  writeFileSync(mapFile, JSON.stringify({ ...map, file: { delimiter: ';' } }));
  const { status, stdout, stderr } = jingwei('import', 'casefiles', file, '--map', mapFile);
  expect(`${status} ${stdout}${stderr}`).toMatch(/^0 /);
}

interface Line {
  readonly id: string;
  readonly summary: string | null;
}

test('撤回一次导入：先看会撤回什么，写原因，后台做；有人办理过的留下，列出来', async () => {
  importHotline(['T-1', 'T-2', 'T-3']);
  const leader = await officeOf(site.url, 'zhaolei');
  const lines = await leader.get<Line[]>('/api/casefiles?status=handling');
  const one = lines.find(({ summary }) => summary?.includes('坏了三天'));
  await leader.post(`/api/casefiles/${one?.id}/supervise`, { words: '请盯住' });

  const desk = await signIn(browser, site.url, 'admin');
  const { page } = desk;
  await page.goto('/console/operator/imports');
  await page.getByRole('link', { name: '看结果' }).click();
  const here = new URL(page.url()).pathname;
  // Nothing but the keyboard.
  await page.getByRole('button', { name: '看看会撤回什么' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('已经开始核对').waitFor();
  await until(page, here, '2 件会撤回');
  await page.getByRole('heading', { name: '会留下的' }).waitFor();
  await page.getByText('有人办理过').first().waitFor();
  await desk.shot('67-operator-undo');
  await page.getByLabel('为什么撤回').focus();
  await page.keyboard.type('对照表用错了');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('已经开始撤回。').waitFor();
  await until(page, here, '撤回 2 件，留下 1 件。');
  await page.getByText('对照表用错了').waitFor();
  await desk.shot('68-operator-undone');
  await desk.leave();

  const small = await signIn(browser, site.url, 'admin', { screen: phone });
  await small.page.goto(here);
  await small.page.getByText('撤回 2 件，留下 1 件。').waitFor();
  await small.shot('69-operator-undone-phone');
  await small.leave();
});

test('手机宽度、英文、只用键盘也能用', async () => {
  await failingJob();
  const desk = await signIn(browser, site.url, 'admin', { screen: phone });
  const { page } = desk;
  for (const [path, says] of [
    ['', '数据备份'],
    ['/jobs', '找不到它要处理的流水'],
    ['/outbox', '发件箱'],
    ['/phones?days=0', '手机'],
    ['/keys', '12345 热线平台'],
    ['/imports', '已撤回'],
    ['/backups', 'jingwei backup'],
  ] as const) {
    await until(page, `/console/operator${path}`, says);
    await desk.shot(`66-operator-phone${path.replace(/\W+/g, '-')}`);
  }
  await page.goto('/console/operator/jobs');
  const again = page.getByRole('button', { name: '再试一次' }).first();
  await again.focus();
  await page.keyboard.press('Enter');
  await page.getByText('已重新排队').waitFor();
  await desk.leave();
});
