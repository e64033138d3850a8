import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnotherApp } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { forms } from '../domains/work/casefiles/casefile.model.ts';
import { casefileRoutes } from '../domains/work/casefiles/index.ts';
import { fitsPhone } from '../web/field/app/command_fields.ts';

const county = await openCounty();
const folder = mkdtempSync(join(tmpdir(), 'jingwei-field-'));
for (const name of ['field-1.js', 'visits-1.js']) writeFileSync(join(folder, name), 'export {};');
const field = {
  folder,
  script: 'field-1.js',
  sheets: ['field-1.css'],
  later: ['visits-1.js'],
  worker: 'go();',
  release: 'r1',
};
const built = await openAnotherApp(county, { field });
afterAll(async () => {
  await built.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('外勤应用的外框', () => {
  it('谁打开都一样，里面没有人的信息；手机留着它，没有网络也打得开', async () => {
    const { body, headers, statusCode } = await built.inject({ url: '/field' });
    expect(statusCode).toBe(200);
    const frame = JSON.parse(/id="frame">(.*?)<\/script>/s.exec(body)?.[1] ?? '');
    expect(frame).toEqual({ county: '安澜县', zone: 'Asia/Shanghai', release: 'r1' });
    const policy = String(headers['content-security-policy']);
    for (const part of ["script-src 'self';", "style-src 'self';", "worker-src 'self'", "manifest-src 'self'"])
      expect(policy).toContain(part);
    expect(policy).not.toContain('unsafe');
    expect((await built.inject({ url: '/field/cases/1' })).body).toBe(body);
  });

  it('看门的脚本说得出自己是哪一版、要留哪些文件，管整个 /field', async () => {
    const { body, headers } = await built.inject({ url: '/field/worker.js' });
    expect(headers['service-worker-allowed']).toBe('/field');
    expect(headers['cache-control']).toBe('no-cache');
    const told = JSON.parse(/^self\.release=(.*);$/m.exec(body)?.[1] ?? '') as { name: string; files: string[] };
    expect(told.name).toBe('r1');
    expect(body).toContain('go();');
    const kept = told.files.filter((file) => file !== '/assets/field/field-1.css');
    for (const file of kept) expect((await built.inject({ url: file })).statusCode, file).toBe(200);
    expect(told.files).toContain('/assets/field/field-1.css');
  });

  it('能放到手机桌面上：名字、图标、从哪里打开', async () => {
    const { body, headers } = await built.inject({ url: '/field/manifest.webmanifest' });
    expect(headers['content-type']).toContain('application/manifest+json');
    const told = JSON.parse(body);
    expect(told).toMatchObject({
      name: '经纬外勤 · 安澜县',
      start_url: '/field',
      scope: '/field',
      display: 'standalone',
    });
    for (const { src } of told.icons)
      expect((await built.inject({ url: src })).headers['content-type']).toBe('image/png');
  });

  it('没有编译：送到网页去办', async () => {
    const { headers, statusCode } = await county.app.inject({ url: '/field' });
    expect([statusCode, headers.location]).toEqual([303, '/console']);
  });

  it('手机上能办的，服务器都肯事后收', () => {
    const taken = casefileRoutes.filter((it) => it.does === 'write' && it.fromDevice).map(({ name }) => name);
    const fits = Object.keys(forms).filter(fitsPhone);
    expect(fits.filter((command) => !taken.includes(`casefile.${command}`))).toEqual([]);
  });
});
