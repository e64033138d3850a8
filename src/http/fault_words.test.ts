import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { daySchema } from '../kernel/day.ts';
import { packageRoot } from '../kernel/root.ts';
import type { Words } from '../kernel/words.ts';
import { fieldName } from '../web/ui/fields.ts';
import { faultWords, spoken } from './fault_words.ts';

const saidOf = (schema: z.ZodType, value: unknown): Words => {
  const [issue] = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  if (!issue) throw new Error('was accepted');
  return faultWords(issue);
};

/** What our schemas say themselves when a pattern or a rule is not met: the last argument of `.regex` and `.refine`. */
function ownWords(): string[] {
  const files = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /^(domains|kernel)/.test(name) && name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  return files.flatMap((name) => {
    const text = readFileSync(join(packageRoot, 'src', name), 'utf8');
    return [...text.matchAll(/\.(?:regex|refine)\(/g)].flatMap(({ index, 0: begin }) => {
      let end = index + begin.length;
      for (let depth = 1; depth > 0 && end < text.length; end += 1)
        depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0;
      const last = /,\s*(?:\{\s*error:\s*)?'([^']+)'\s*\}?,?\s*\)$/.exec(text.slice(index, end));
      return last?.[1] ?? [];
    });
  });
}

describe('填错的地方怎么说', () => {
  it.each([
    ['没有选', z.array(z.string()).min(1), [], '一个都没有选'],
    ['选少了', z.array(z.string()).min(3), ['a'], '至少要 3 个'],
    ['选多了', z.array(z.string()).max(1), ['a', 'b'], '太多了，最多 1 个'],
    ['编号', z.guid(), 'x', '编号不对，请从列表里选，或者刷新页面再试'],
    ['时间', z.iso.datetime(), '昨天', '时间不对，例如 2026-11-20T16:40:00+08:00'],
    ['日期', z.iso.date(), '昨天', '日期不对，例如 2026-11-20'],
    ['年份少打了', daySchema, '0026-11-23', '年份不对，应在 1900 到 2199 之间'],
    ['没有的一年', daySchema, '0000-01-01', '年份不对，应在 1900 到 2199 之间'],
    ['数字写成文字', z.number(), '1', '应当是数字'],
    ['没有填', z.number(), undefined, '没有填写'],
    ['半个', z.number().int(), 1.5, '应当是整数'],
    ['电话', z.string().regex(/^\d{5,20}$/, '5–20 digits'), 'x', '应当是 5 到 20 位数字'],
    ['没有名字的格式', z.string().regex(/^a$/), 'b', '写法不对'],
    ['自己的规则', z.string().refine(() => false, 'not known here'), 'b', '写法不对'],
    ['选项', z.enum(['satisfied', 'unsatisfied']), 'x', '请从这些里选：满意、不满意'],
    ['几选一', z.union([z.number(), z.boolean()]), 'x', '写法不对'],
  ])('%s', (_what, schema, value, zh) => {
    const said = saidOf(schema, value);
    expect(said.zh).toBe(zh);
    expect(said.en).not.toMatch(/\p{Script=Han}|Invalid|regex|guid/u);
  });

  it('我们自己的规则，每一条都有中文', () => {
    const own = ownWords();
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter((text) => spoken[text] === undefined)).toEqual([]);
  });
});

describe('哪一处', () => {
  it.each([
    ['contact.phone', '电话'],
    ['place.words', '在哪里'],
    ['words', '说明'],
    ['intoId', '并入哪个案卷'],
    ['bodyIds', '单位'],
    ['bodyIds.1', '单位（第 2 个）'],
    ['no.such', 'no.such'],
    ['', ''],
  ])('%s 叫“%s”', (path, zh) => {
    expect(fieldName(path, 'zh')).toBe(zh);
  });
});
