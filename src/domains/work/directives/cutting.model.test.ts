import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut } from './cutting.model.ts';
import { dueIn, plainOf } from './due.model.ts';
import { layouts, units } from './fixtures/layouts.ts';

/** What a careful clerk reads, layout by layout; whatever is pasted, nothing of it is lost, and nothing is guessed in silence. */
const OF = '2021-04-01';
const whole = (text: string, datedOn = OF): string =>
  cut(text, datedOn, units)
    .pieces.map(({ raw }) => raw)
    .join('');

describe.each(layouts)('$name', ({ text, truth, datedOn = OF }) => {
  it('读出的事项和人读的一样', () => {
    const { items } = cut(text, datedOn, units);
    const read = items.map(({ number, lead, supports, due }) => ({
      ...{ number, lead: lead?.unit?.id ?? null, helps: supports.map(({ unit }) => unit?.id ?? null) },
      due: due.kind === 'lasting' ? 'lasting' : due.on,
    }));
    expect(read).toEqual(truth.map(({ number, lead, helps = [], due }) => ({ number, lead, helps, due })));
    for (const [i, { has }] of truth.entries()) if (has !== undefined) expect(items[i]?.content).toContain(has);
  });

  it('一个字不丢；留空的都说了为什么', () => {
    const { items } = cut(text, datedOn, units);
    expect(whole(text, datedOn)).toBe(text);
    for (const { lead, due, doubts } of items) {
      if (lead?.unit == null) expect(doubts.length).toBeGreaterThan(0);
      expect(due.how.zh).not.toBe('');
      expect(due.kind === 'day').toBe(due.on !== null);
    }
  });
});

/** Bits that notices are made of, and anything else. */
const bits = [
  '一、',
  '（二）',
  '3.',
  '(4)',
  '⑤',
  '第六条',
  '县水利局',
  '各乡镇要',
  '（责任单位：',
  '）',
  '；',
  '。',
  '\n',
  '\r\n',
  '\t',
  '　',
];
const dates = [
  '6月30日前',
  '年底前',
  '每周五',
  '立即',
  '长期坚持',
  '２０２１年',
  '三十一日',
  '13月底',
  '2.30前',
  '附件：',
  '2021年4月1日',
];
const pasted = fc.array(fc.oneof(fc.constantFrom(...bits, ...dates), fc.string({ unit: 'grapheme', maxLength: 6 })), {
  maxLength: 40,
});

describe('随便贴什么', () => {
  it('各段连起来就是贴来的原文，每一项都有自己的一段', () => {
    fc.assert(
      fc.property(pasted, (parts) => {
        const text = parts.join('');
        const { pieces, items } = cut(text, OF, units);
        expect(pieces.map(({ raw }) => raw).join('')).toBe(text);
        expect(pieces.flatMap(({ item }) => (item === null ? [] : [item]))).toEqual(items.map((_, i) => i));
      }),
      { numRuns: 500 },
    );
  });

  it('期限是真有的一天，写法在原文里找得到', () => {
    fc.assert(
      fc.property(pasted, (parts) => {
        const text = parts.join('');
        const { kind, on, written } = dueIn(text, OF);
        if (kind === 'day') expect(new Date(`${on}T00:00:00Z`).toISOString().slice(0, 10)).toBe(on);
        for (const said of written?.split('、') ?? []) expect(text).toContain(said);
        expect(plainOf(text)).toHaveLength(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it('很长的也很快', () => {
    const long = `一、${'各乡镇要县水利局和、'.repeat(3000)}`;
    const begun = performance.now();
    cut(long, OF, units);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

it.each([
  ['5月20日前', '2021-05-20', '按发文那年'],
  ['三月底前', '2022-03-31', '发文时 3 月已过，按次年'],
  ['2021年6月30日前', '2021-06-30', '写明的日子'],
  ['下周一前', '2021-04-05', '发文后一周'],
])('%s：%s，说明怎么算的', (said, on, how) => {
  const due = dueIn(`请于${said}完成`, OF);
  expect(due).toMatchObject({ kind: 'day', on, written: said });
  expect(due.how.zh).toContain(how);
});
