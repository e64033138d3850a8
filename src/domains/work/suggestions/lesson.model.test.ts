import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segment } from '../../../kernel/segment.ts';
import { knowsAny, type Lesson, learnFrom, rankBodies, rankTypes, wordsToKeep } from './lesson.model.ts';
import { learnLinear, rank } from './linear.model.ts';
import { holdOut, tryOut } from './trial.model.ts';

const said: Readonly<Record<string, { body: string; texts: readonly string[] }>> = {
  road: { body: 'works', texts: ['路面塌了一个坑', '马路坑洼，路面开裂', '路面沉陷，车轮会陷', '门口路面有大坑'] },
  lamp: { body: 'power', texts: ['路灯不亮', '晚上路灯坏了', '路灯一直闪', '巷子里的路灯不亮了'] },
  litter: { body: 'clean', texts: ['垃圾没有清运', '垃圾桶满了', '垃圾堆在路口', '楼下垃圾没人清'] },
};

/** Cases of six places and as many people, one a day. */
function lessons(count: number, changes: (i: number) => Partial<Lesson> = () => ({})): Lesson[] {
  const kinds = Object.keys(said);
  return Array.from({ length: count }, (_, i) => {
    const type = kinds[i % kinds.length] ?? '';
    const turn = Math.floor(i / kinds.length);
    const { body = '', texts = [] } = said[type] ?? {};
    return {
      at: i * 86_400_000,
      words: segment(texts[turn % texts.length] ?? ''),
      by: `person ${i}`,
      areas: [`grid ${turn % 6}`, 'town'],
      type,
      body,
      ...changes(i),
    };
  });
}

describe('词怎么切', () => {
  it('中文按词典，外文按字母；数字、标点、单字不要，长短都不出错', () => {
    expect(segment('小区门口井盖丢了，LED 灯 13912345678 号')).toEqual(['小区', '门口', '井盖', 'led']);
    expect(segment('Broken LIGHT on 5th St.')).toEqual(['broken', 'light', 'on', 'th', 'st']);
    expect(segment('')).toEqual([]);
    expect(segment('\u0000\ud800😀')).toEqual([]);
    expect(segment('路面'.repeat(9000)).length).toBeLessThanOrEqual(2000);
  });
});

describe('哪些词可以留', () => {
  it('几个地方、几个人、五件以上都说的才留', () => {
    const kept = wordsToKeep(lessons(60));
    expect(kept).toEqual(expect.arrayContaining(['路面', '路灯', '垃圾']));
  });

  it('一个人、一个地方反复说的名字，说得再多也不留', () => {
    const named = (i: number): Partial<Lesson> => ({
      words: ['路面', '张建国', `第${i}次`],
      areas: ['grid 1'],
      by: `p${i}`,
    });
    expect(wordsToKeep([...lessons(60), ...lessons(40, named)])).not.toContain('张建国');
    const samePerson = (i: number): Partial<Lesson> => ({ words: ['路面', '张建国', `第${i}次`], by: 'one person' });
    expect(wordsToKeep([...lessons(60), ...lessons(40, samePerson)])).not.toContain('张建国');
  });

  it('同一处原样再发，只算一次；四件也还不够', () => {
    const again: Partial<Lesson> = { words: ['冷僻', '说法'], areas: ['grid 1'] };
    expect(wordsToKeep(lessons(50, () => again))).toEqual([]);
    const four = (i: number): Partial<Lesson> => ({ words: ['冷僻'], areas: [`grid ${i}`], by: `p${i}` });
    expect(wordsToKeep(lessons(4, four))).toEqual([]);
    expect(wordsToKeep(lessons(5, four))).toEqual(['冷僻']);
  });
});

describe('学出来的', () => {
  const learned = learnFrom(lessons(90));
  const asked = (text: string, areas: string[] = ['grid 1', 'town']) => ({ words: segment(text), areas });

  it('换个说法也认得出分类和单位', () => {
    expect(rankTypes(learned, asked('我家门前路面塌了，有坑'))[0]).toMatchObject({ label: 'road' });
    expect(rankTypes(learned, asked('路灯又坏了'))[0]?.share).toBeGreaterThan(0.6);
    expect(rankBodies(learned, asked('垃圾没清'), 'litter')[0]).toMatchObject({ label: 'clean' });
  });

  it('一样的说法在哪里归谁，看地方', () => {
    const byPlace = (i: number): Partial<Lesson> => ({
      body: Math.floor(i / 3) % 2 === 0 ? 'works of the east' : 'works of the west',
    });
    const model = learnFrom(lessons(120, byPlace));
    expect(rankBodies(model, asked('路面塌了', ['grid 2', 'town']), 'road')[0]?.label).toBe('works of the east');
    expect(rankBodies(model, asked('路面塌了', ['grid 3', 'town']), 'road')[0]?.label).toBe('works of the west');
  });

  it('没学过的说法，不拿最多的那类来充数', () => {
    expect(knowsAny(learned, asked('邻居家装修太吵'))).toBe(false);
    expect(knowsAny(learned, asked('__proto__ constructor toString'))).toBe(false);
    expect(knowsAny(learned, asked('路灯'))).toBe(true);
  });

  it('学两遍一模一样；里面没有一句原话', () => {
    expect(learnFrom(lessons(90))).toEqual(learned);
    const stored = JSON.stringify(learned);
    for (const { texts } of Object.values(said)) for (const text of texts) expect(stored).not.toContain(text);
  });

  it('各项加起来是 1，什么词都不出错', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (signs) => {
        const shares = rank(learned.types, signs).map(({ share }) => share);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      }),
    );
    expect(rank(learnLinear([], []), ['w:x'])).toEqual([]);
  });
});

describe('试得准不准', () => {
  const month = (at: number): string => new Date(at).toISOString().slice(0, 7);

  it('按月往后考，强过总报最多的；单位逐个列出', () => {
    const trial = tryOut(lessons(180), month);
    expect(trial.months).toEqual(['1970-04', '1970-05', '1970-06']);
    expect(trial.cases).toBe(180 - 90);
    expect(trial.types.ours.top1).toBeGreaterThan(0.95);
    expect(trial.types.majority.top1).toBeLessThan(0.4);
    expect(trial.bodies.ours.top1).toBeGreaterThan(0.95);
    expect(trial.perBody.map(({ body, cases }) => [body, cases])).toEqual([
      ['clean', 30],
      ['power', 30],
      ['works', 30],
    ]);
  });

  it('只从以前学：当月才冒出来的说法和分类，当月认不出', () => {
    const inLast = (i: number): Partial<Lesson> => (i >= 150 ? { type: 'new', words: ['蜂窝', `新词${i}`] } : {});
    const trial = tryOut(lessons(181, inLast), month);
    const known = trial.types.ours.top3 * trial.cases;
    expect(known).toBeLessThanOrEqual(trial.cases - 30);
  });

  it('答案打乱了就学不出：不是从答案里偷看', () => {
    const kinds = Object.keys(said);
    const shuffled = (i: number): Partial<Lesson> => ({ type: kinds[Math.floor(((i * 0.754878) % 1) * 3)] ?? '' });
    expect(holdOut(lessons(300, shuffled)).types.ours.top1).toBeLessThan(0.55);
  });
});
