import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnotherApp, tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import type { BaseMap } from '../kernel/config.ts';
import { shellPage } from '../web/console/shell.pages.ts';

const county = await openCounty();
const folder = mkdtempSync(join(tmpdir(), 'jingwei-desk-'));
writeFileSync(join(folder, 'desk-1.js'), 'export {};');
const built = await openAnotherApp(county, { desk: { folder, script: 'desk-1.js', sheets: ['desk-1.css'] } });
const token = await tokenOf(county, 'hejing');
afterAll(async () => {
  await built.close();
  rmSync(folder, { recursive: true, force: true });
});

const look = (url: string, cookies: Record<string, string> = { jingwei: token }) =>
  built.inject({ url, cookies, headers: { accept: 'text/html' } });

describe('工作台的外框', () => {
  it('登录了：外框里写着谁在看、能去哪里，样式只认自己的号', async () => {
    const { body, headers, statusCode } = await look('/console');
    expect(statusCode).toBe(200);
    const frame = JSON.parse(/id="frame">(.*?)<\/script>/s.exec(body)?.[1] ?? '');
    expect(frame).toMatchObject({ county: '安澜县', language: 'zh', me: { name: '何静' }, nonce: expect.any(String) });
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${frame.nonce}'`);
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['cache-control']).toBe('no-store');
    const again = JSON.parse(/id="frame">(.*?)<\/script>/s.exec((await look('/console')).body)?.[1] ?? '');
    expect(again.nonce).not.toBe(frame.nonce);
    expect((await look('/console/cases/01a20000-0000-7000-8000-000000000000')).body).toContain('id="frame"');
  });

  it('名字里有标签也出不了那一段', () => {
    const now = new Date('2026-11-22T00:00:00Z');
    const county = '安澜</script><b>县';
    const frame = {
      county,
      language: 'zh',
      zone: 'Asia/Shanghai',
      now,
      me: { name: '何静', posts: [] },
      map: null,
    } as const;
    const page = shellPage(frame, { script: '/a.js', sheets: [] }, 'n');
    expect(page).not.toContain('</script><b>');
    expect(JSON.parse(/id="frame">(.*?)<\/script>/s.exec(page)?.[1] ?? '').county).toBe(county);
  });

  it('没有登录、登录失效：登录页；脚本按内容命名，可以一直留着', async () => {
    expect((await look('/console', {})).body).toContain('登录工作台');
    const stale = await look('/console', { jingwei: `${token.slice(0, -4)}AAAA` });
    expect(stale.statusCode).toBe(401);
    expect(stale.body).toContain('登录工作台');
    const script = await look('/assets/desk/desk-1.js', {});
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await look('/assets/desk/../../package.json', {})).statusCode).toBe(404);
  });

  it('要简单页面的给简单页面，直到说不要', async () => {
    const plain = await look('/console?plain=1');
    expect(plain.body).toContain('<h1>我的待办');
    expect(plain.headers['set-cookie']).toContain('plain=1');
    expect((await look('/console', { jingwei: token, plain: '1' })).body).toContain('<h1>我的待办');
    expect((await look('/console?plain=0', { jingwei: token, plain: '1' })).body).toContain('id="frame"');
  });

  it('没有编译工作台：简单页面照样办事', async () => {
    const { body } = await county.app.inject({ url: '/console', cookies: { jingwei: token } });
    expect(body).toContain('<h1>我的待办');
  });
});

describe('底图', () => {
  const withMap = (map: BaseMap) =>
    openAnotherApp(county, { desk: { folder, script: 'desk-1.js', sheets: ['desk-1.css'] }, map });

  it('自己的文件只给登录的人，要哪一段给哪一段；旁边的文件不给', async () => {
    writeFileSync(join(folder, 'county.pmtiles'), 'PMTiles0123456789');
    const app = await withMap({ kind: 'file', from: join(folder, 'county.pmtiles'), credit: '' });
    const url = '/assets/base.pmtiles';
    const range = { range: 'bytes=0-6' };
    expect((await app.inject({ url, headers: range })).statusCode).toBe(401);
    const piece = await app.inject({ url, headers: range, cookies: { jingwei: token } });
    expect([piece.statusCode, piece.body, piece.headers['cache-control']]).toEqual([
      206,
      'PMTiles',
      'private, no-cache',
    ]);
    expect((await app.inject({ url: '/assets/desk-1.css', cookies: { jingwei: token } })).statusCode).toBe(404);
    await app.close();
  });

  it('别人的服务器只在工作台的页上放行，别的页不放', async () => {
    const app = await withMap({ kind: 'tiles', from: 'https://t0.example.gov.cn/{z}/{x}/{y}.png?tk=1', credit: '' });
    const policyAt = async (url: string) =>
      String((await app.inject({ url, cookies: { jingwei: token } })).headers['content-security-policy']);
    expect(await policyAt('/console/map')).toContain("connect-src 'self' https://t0.example.gov.cn;");
    expect(await policyAt('/console/map')).toContain("img-src 'self' data: https://t0.example.gov.cn;");
    for (const url of ['/', '/console/account', '/api/areas']) expect(await policyAt(url)).not.toContain('t0.example');
    await app.close();
  });

  it('文件不在，程序不启动', async () => {
    const map = { kind: 'file', from: join(folder, 'none.pmtiles'), credit: '' } as const;
    await expect(withMap(map)).rejects.toMatchObject({ code: 'config.invalid' });
  });
});
