import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, inject, test } from 'vitest';
import { packageRoot } from '../../src/kernel/root.ts';

/*
 * docs/guides/set-up-a-county.md as it stands: its tables are written to files, its commands are given to a shell, the
 * server is started as it says, and the people of its table do what it says, through the pages they would use.
 */
const folder = mkdtempSync(join(tmpdir(), 'jingwei-set-up-'));
const running: ChildProcess[] = [];
afterAll(async () => {
  for (const child of running) {
    child.kill('SIGTERM');
    if (child.exitCode === null) await new Promise((resolve) => child.once('close', resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

const guide = readFileSync(join(packageRoot, 'docs/guides/set-up-a-county.md'), 'utf8');
const blocks = [...guide.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, kind = '', name = '', text = '']) => ({
    kind,
    name,
    text,
  }),
);

const environment = {
  PATH: process.env.PATH,
  HOME: folder,
  LANG: 'zh_CN.UTF-8',
  JINGWEI_DATA: join(folder, 'data'),
  JINGWEI_KEYS: join(folder, 'keys'),
  JINGWEI_LOG: 'error',
  JINGWEI_SEED: 'none',
  PORT: '0',
};

/** A block of the guide, as somebody pastes it; `npx jingwei` runs what was built for the tests. */
async function paste(text: string): Promise<string> {
  const npx = `npx() { shift; "${process.execPath}" "${inject('program')}" "$@"; }`;
  const child = spawn('bash', ['-euc', `${npx}\n${text}`], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part;
    });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code, `${text}\n${said}`).toBe(0);
  return said;
}

/** `npm start`, on a port that is free; the address that it says. */
async function serve(): Promise<string> {
  const child = spawn(process.execPath, [inject('program'), 'serve'], {
    cwd: packageRoot,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let said = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      said += part;
      const [, address] = /(http:\/\/localhost:\d+)\/console/.exec(said) ?? [];
      if (address) resolve(address);
    });
    child.on('close', () => reject(new Error(said)));
  });
}

/** A browser as far as these pages need one: it keeps its cookie, sends the hidden fields along, and follows. */
function browser(base: string) {
  let cookie = '';
  const visit = async (
    path: string,
    options: RequestInit = {},
  ): Promise<{ status: number; body: string; url: string }> => {
    const answer = await fetch(new URL(path, base), {
      redirect: 'manual',
      ...options,
      // It runs no script, so it keeps to the plain pages, whether the desk is built or not.
      headers: { accept: 'text/html', cookie: `plain=1; ${cookie}`, ...options.headers },
    });
    const [set] = answer.headers.getSetCookie();
    if (set) cookie = set.split(';')[0] ?? '';
    const to = answer.headers.get('location');
    if (to) return visit(to);
    return { status: answer.status, body: await answer.text(), url: path };
  };
  const send = (path: string, fields: Record<string, string>) =>
    visit(path, { method: 'POST', body: new URLSearchParams(fields) });
  const upload = async (path: string, fields: Record<string, string>, photo: Buffer) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('photos', new Blob([new Uint8Array(photo)]), 'after.jpg');
    return visit(path, { method: 'POST', body: form });
  };
  return { visit, send, upload };
}

const hidden = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
const option = (body: string, words: string): string =>
  new RegExp(`<option value="([^"]*)"[^>]*>[^<]*${words}`).exec(body)?.[1] ?? '';

test('照着指南：从空的数据目录到第一件结案', { timeout: 580_000 }, async () => {
  let said = '';
  let base = '';
  for (const { kind, name, text } of blocks) {
    if (kind === 'csv') writeFileSync(join(folder, name), text);
    if (kind === 'sh' && text.includes('npm start')) base = await serve();
    else if (kind === 'sh') said += await paste(text);
  }
  expect(said.match(/共 11 行：新增 11，修改 0，已有 0，拒绝 0/g), 'areas, the trial, and staff').toHaveLength(3);
  expect(said).toContain('试算，没有写入');
  const slips = readFileSync(join(folder, 'slips.html'), 'utf8');
  expect(statSync(join(folder, 'slips.html')).mode & 0o777).toBe(0o600);
  const tokenOf = (page: string, login: string): string =>
    new RegExp(`>${login}<[\\s\\S]*?(\\d\\.[0-9A-Z-]{23})<`).exec(page)?.[1] ?? '';

  // The lost page is void, the new one sets the password.
  const password = '桥头的水管不再漏水了';
  const activate = (token: string) => browser(base).send(`/activate/${token}`, { password, again: password });
  expect((await activate(tokenOf(slips, 'tianhe'))).body).toContain('已经作废');
  expect((await activate(tokenOf(readFileSync(join(folder, 'again.html'), 'utf8'), 'tianhe'))).body).toContain(
    '已启用',
  );
  for (const login of ['meixue', 'jianghe']) expect((await activate(tokenOf(slips, login))).body).toContain('已启用');

  const signIn = async (login: string) => {
    const staff = browser(base);
    expect((await staff.send('/console/sign-in', { login, password })).body).toContain('我的待办');
    return staff;
  };

  // A resident says it once.
  const resident = browser(base);
  const form = await resident.visit('/');
  const reported = await resident.send('/', {
    ...Object.fromEntries(['commandId', 'casefileId', 'reportId'].map((name) => [name, hidden(form.body, name)])),
    ...{ words: '桥头的自来水管漏水，路面都湿了', place: '桥头', areaId: option(form.body, '桥头第1网格') },
  });
  expect(reported.url).toMatch(/^\/track\//);
  const track = reported.url.replace(/\?.*/, '');

  const [mei, jiang, tian] = [await signIn('meixue'), await signIn('jianghe'), await signIn('tianhe')];
  const onDesk = async (staff: ReturnType<typeof browser>): Promise<string> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const [, path] = /href="(\/console\/cases\/[0-9a-f-]{36})/.exec((await staff.visit('/console')).body) ?? [];
      if (path) return path;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('nothing came to this desk');
  };
  const path = await onDesk(mei);
  const take = async (staff: ReturnType<typeof browser>, command: string, fields: Record<string, string> = {}) => {
    const done = await staff.send(`${path}/${command}`, { commandId: randomUUID(), ...fields });
    expect(done.body, command).toContain('已办：');
  };
  await take(mei, 'register', { conditionCode: 'water-pipe-break-seeping' });
  await take(mei, 'dispatch', { bodyId: option((await mei.visit(path)).body, '云溪县供水公司') });
  expect(await onDesk(jiang)).toBe(path);
  await take(jiang, 'acknowledge');
  const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#8a7f60' } })
    .jpeg()
    .toBuffer();
  expect((await jiang.upload(`${path}/photos`, { commandId: randomUUID(), stage: 'after' }, photo)).status).toBe(200);
  await take(jiang, 'feed_back', { words: '换了一节水管' });
  expect(await onDesk(tian)).toBe(path);
  await take(tian, 'verify', { words: '不漏了' });
  await take(mei, 'close', { outcome: 'resolved', publicText: '水管已经换好。' });

  // And is asked whether it is solved.
  let asked = await resident.visit(track);
  for (let tries = 0; tries < 100 && !asked.body.includes('解决了吗'); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    asked = await resident.visit(track);
  }
  expect(asked.body).toContain('水管已经换好。');
  const answered = await resident.send(`${track}/answer`, {
    commandId: hidden(asked.body, 'commandId'),
    answer: 'satisfied',
  });
  expect(answered.body).toContain('谢谢您的评价');
});
