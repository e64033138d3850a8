import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { roles } from '../src/domains/land/staff/staff.model.ts';
import { packageRoot } from '../src/kernel/root.ts';
import { helpFor } from '../src/web/console/help.ts';

/* The handbook says what is so: its pictures are the browser tests', its buttons are on the pages, every role has a chapter. */
const folder = join(packageRoot, 'docs', 'guides', 'zh');
const chapters = readdirSync(folder).filter((name) => name.endsWith('.md'));
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const all = chapters.map(textOf).join('\n');
const shown = [...new Set([...all.matchAll(/pictures\/([\w-]+)\.webp/g)].map(([, name]) => name ?? ''))].toSorted();

function sources(path: string): string {
  return readdirSync(path, { withFileTypes: true })
    .map((it) => {
      const inside = join(path, it.name);
      if (it.isDirectory()) return sources(inside);
      return /\.tsx?$/.test(it.name) && !/\.test\./.test(it.name) ? readFileSync(inside, 'utf8') : '';
    })
    .join('\n');
}

test('每个岗位都有一页，每一页都有配图', () => {
  for (const role of Object.keys(roles) as (keyof typeof roles)[])
    expect(chapters, role).toContain(`${helpFor(role).slice('/help/'.length)}.md`);
  for (const name of chapters.filter((one) => one !== 'README.md')) expect(textOf(name), name).toContain('.webp)');
});

test('配图都在、都用着、都是浏览器测试拍的，都不大', () => {
  const kept = readdirSync(join(folder, 'pictures')).toSorted();
  expect(kept).toEqual(shown.map((name) => `${name}.webp`));
  for (const name of kept) expect(statSync(join(folder, 'pictures', name)).size, name).toBeLessThan(150_000);
  const shots = sources(join(packageRoot, 'test', 'e2e'));
  for (const name of shown) expect(shots.includes(`'${name}'`), `nothing photographs ${name}`).toBe(true);
});

test('【】里的按钮和页名，程序里都有', () => {
  const program = sources(join(packageRoot, 'src'));
  const buttons = [...new Set([...all.matchAll(/【([^】]+)】/g)].map(([, name]) => name ?? ''))];
  expect(buttons.length).toBeGreaterThan(20);
  expect(buttons.filter((name) => !program.includes(`'${name}'`) && !program.includes(`>${name}<`))).toEqual([]);
});

test('章节之间的链接都通', () => {
  for (const name of chapters)
    for (const [, to] of textOf(name).matchAll(/\]\(([^)#]+\.md)\)/g))
      expect(() => statSync(join(folder, to ?? '')), `${name} → ${to}`).not.toThrow();
});
