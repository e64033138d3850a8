import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { derivedId } from './ids.ts';
import { openKeys } from './keys.ts';
import { granteeOfCode, readTrackingCode, trackingCodeOf } from './tracking.ts';

const folder = mkdtempSync(join(tmpdir(), 'jingwei-tracking-'));
const keys = openKeys(join(folder, 'a'));
const others = openKeys(join(folder, 'b'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reports = Array.from({ length: 3000 }, (_, i) => derivedId('report', String(i)));
const codes = reports.map((report) => trackingCodeOf(keys, 1, report));

it('查询码是三组四位，只用不会看错的 32 个字符', () => {
  expect(codes.filter((code) => !/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/.test(code))).toEqual([]);
});

it('查询码有 60 位：每一位上 32 个字符都出现，而且差不多一样多', () => {
  for (let place = 0; place < 12; place += 1) {
    const counts = new Map<string, number>();
    for (const code of codes) {
      const character = code.replaceAll('-', '').charAt(place);
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    // 3000 / 32 ≈ 94 each; a place with fewer bits than five would leave some out or double others.
    expect(Math.max(...counts.values())).toBeLessThan(160);
    expect(Math.min(...counts.values())).toBeGreaterThan(45);
  }
  expect(new Set(codes).size).toBe(codes.length);
});

it('同一件报事总得到同一个查询码，丢了回执还能再给', () => {
  expect(trackingCodeOf(keys, 1, reports[0] ?? '')).toBe(codes[0]);
});

it('换一把钥匙就是另外的码：没有钥匙，从编号算不出码', () => {
  const theirs = new Set(reports.map((report) => trackingCodeOf(others, 1, report)));
  expect(codes.filter((code) => theirs.has(code))).toEqual([]);
});

it('两个县里编号相同的报事，查询码不同：一个县的码查不到另一个县', () => {
  const theirs = new Set(reports.map((report) => trackingCodeOf(keys, 2, report)));
  expect(codes.filter((code) => theirs.has(code))).toEqual([]);
});

it.each([
  ['K7QD-3XWM-9T2P'],
  ['k7qd-3xwm-9t2p'],
  ['K7QD3XWM9T2P'],
  [' k7qd 3xwm 9t2p '],
  ['K7QD-3XWM-9T2P\n'],
  ['K7QD－3XWM－9T2P'],
  ['K7QD3XWM9T2P'],
])('查询码随便怎么打:%j 都认得', (typed) => {
  expect(readTrackingCode(typed)).toBe('K7QD-3XWM-9T2P');
});

it('把 0 打成 O、把 1 打成 I 或 L，也认得', () => {
  expect(readTrackingCode('OoIi-LlAA-AAAA')).toBe('0011-11AA-AAAA');
});

it.each([[''], ['K7QD-3XWM'], ['K7QD-3XWM-9T2PX'], ['K7QD-3XWM-9T2U'], ['查询码查询码查询码查询'], ['K7QD_3XWM_9T2P']])(
  '%j 不是查询码',
  (typed) => {
    expect(readTrackingCode(typed)).toBeNull();
  },
);

it('长得离谱的、带空字符的，只是“不是查询码”，不会出错', () => {
  expect(readTrackingCode('A'.repeat(100_000))).toBeNull();
  expect(readTrackingCode('\u0000'.repeat(12))).toBeNull();
  expect(readTrackingCode('\ud800'.repeat(12))).toBeNull();
});

it('码代表谁：同一个码同一个身份，不同的码不同的身份', () => {
  const grantees = codes.map((code) => granteeOfCode(keys, code));
  expect(new Set(grantees).size).toBe(codes.length);
  expect(granteeOfCode(keys, codes[0] ?? '')).toBe(grantees[0]);
  expect(grantees.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
});

it('数据库里只有身份：没有钥匙，从码也算不出它', () => {
  expect(granteeOfCode(others, codes[0] ?? '')).not.toBe(granteeOfCode(keys, codes[0] ?? ''));
  expect(granteeOfCode(keys, codes[0] ?? '')).not.toContain((codes[0] ?? '').replaceAll('-', '').toLowerCase());
});

it('打法不同、码相同，就是同一个身份', () => {
  const [code = ''] = codes;
  const typed = readTrackingCode(code.toLowerCase().replaceAll('-', ' '));
  expect(granteeOfCode(keys, typed ?? '')).toBe(granteeOfCode(keys, code));
});
