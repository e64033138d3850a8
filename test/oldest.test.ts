import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { OLDEST, readNewer } from '../scripts/oldest/known.ts';
import { newerInScript } from '../scripts/oldest/scripts.ts';
import { newerInSheet } from '../scripts/oldest/styles.ts';
import { packageRoot } from '../src/kernel/root.ts';

/* What the oldest browser does not know is found in what browsers get; and who has an older one is told in words. */
const newer = readNewer();

describe('交给浏览器的脚本和样式', () => {
  it.each([
    ['[3,1].toSorted()', '.toSorted() (110)'],
    ['Object.groupBy(list, (it) => it.kind)', '.groupBy() (117)'],
    ['const { promise } = Promise.withResolvers()', '.withResolvers() (119)'],
    ['document.startViewTransition(go)', '.startViewTransition() (111)'],
    ['panel.showPopover()', '.showPopover() (114)'],
    ['new CloseWatcher()', 'CloseWatcher (126)'],
    ['const name = /[\\p{L}--[a-z]]/v', '/[\\p{L}--[a-z]]/v (112)'],
    ['const style = `color: light-dark(red, blue)`', 'light-dark() (123)'],
    ['using file = open()', 'syntax that the build did not turn into older'],
  ])('查得出 %s', async (code, what) => {
    expect(await newerInScript(code, newer)).toContain(what);
  });

  it.each([
    'if (list.toSorted) list = list.toSorted(); else list = [...list].sort()',
    'document.startViewTransition?.(go)',
    "if (typeof CloseWatcher === 'function') new CloseWatcher()",
    'z.object({ groupBy: 1 }); structuredClone(it); list.at(-1); list.findLast(is); a ??= b',
  ])('不冤枉有退路的和早就有的：%s', async (code) => {
    expect(await newerInScript(code, newer)).toEqual([]);
  });

  it.each([
    ['.a { color: red; &:hover { color: blue } }', 'a rule inside a rule (120)'],
    ['.a { color: color-mix(in srgb, red, blue) }', 'color-mix() (111)'],
    ['.a { text-wrap: balance }', 'text-wrap (114)'],
    ['.a { width: stretch }', 'width: stretch (138)'],
    ['@scope (.a) { p { color: red } }', '@scope (118)'],
    ['.a:popover-open { color: red }', ':popover-open (114)'],
  ])('样式里查得出 %s', (sheet, what) => {
    expect(newerInSheet(sheet, newer)).toContain(what);
  });

  it('样式里有退路的、早就有的不算', () => {
    const sheet = `@media (width > 600px) { .a:has(b) { height: 100vh; height: 100dvh; color: red; color: color-mix(in srgb, red, blue) } }
      @supports (text-wrap: balance) { .a { text-wrap: balance } } @keyframes k { from { top: 0 } 50% { top: 1px } }
      .a::before { content: "color-mix(" } /* .b { .c { } } */`;
    expect(newerInSheet(sheet, newer)).toEqual([]);
  });
});

describe('旧浏览器', () => {
  const script = readFileSync(join(packageRoot, 'public', 'oldest.js'), 'utf8');

  /** The page as the script sees it: what it says there, or nothing. */
  function saidTo(userAgent: string, lang = 'zh-CN', has = true): string {
    interface Made {
      href: string;
      readonly parts: (Made | string)[];
      appendChild(part: Made | string): void;
      setAttribute(): void;
    }
    const make = (): Made => {
      const parts: (Made | string)[] = [];
      return { href: '', parts, appendChild: (part) => void parts.push(part), setAttribute: () => undefined };
    };
    const shown: Made[] = [];
    const attributes: Record<string, string> = { 'data-oldest': String(OLDEST), 'data-plain': '/console?plain=1' };
    const document = {
      querySelector: () => ({ getAttribute: (name: string) => attributes[name] }),
      documentElement: { lang },
      createElement: make,
      createTextNode: (text: string) => text,
      body: { firstChild: null, insertBefore: (made: Made) => void shown.push(made) },
    };
    const CSS = { supports: () => has };
    const window = has ? { structuredClone: true, CSS } : {};
    runInNewContext(script, { document, navigator: { userAgent }, window, CSS });
    const flat = (part: Made | string): string =>
      typeof part === 'string' ? part : part.parts.map(flat).join('') + part.href;
    return shown.map(flat).join('');
  }
  const chrome = (version: number): string =>
    `Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

  it('说一句明白话，指一条还能走的路；够新的什么也不说', () => {
    expect(saidTo(chrome(86))).toMatch(/太旧（Chrome 86）.*109.*已经存下的不会丢.*用简单页面办理\/console\?plain=1/);
    expect(saidTo(chrome(108), 'en')).toMatch(/too old \(Chrome 108\).*109/);
    expect(saidTo(`${chrome(95)} wv`)).toContain('WebView');
    for (const version of [109, 156]) expect(saidTo(chrome(version))).toBe('');
    expect(saidTo('Mozilla/5.0 Gecko/20100101 Firefox/140.0')).toBe('');
    expect(saidTo('Mozilla/5.0 (compatible; MSIE 10.0)', 'zh-CN', false)).toContain('这个浏览器太旧');
  });

  it('这段话本身，再旧的浏览器也读得懂', async () => {
    const { code } = await transform(script, { target: 'es5' });
    expect(code).toBe((await transform(script, { target: 'esnext' })).code);
  });
});
