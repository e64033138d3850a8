import { describe, expect, it } from 'vitest';
import { isChosen, lookedAt } from '../fields/choice.model.ts';
import { residents } from '../ledger.model.ts';
import { ageOn } from '../life.model.ts';
import { askedOf, isToAsk, type Question, readAnswers } from './form.model.ts';
import { asField, fieldPerhaps, questionsIn, withField } from './form_lines.model.ts';
import { questionsForm, questionsOf } from './form_shape.model.ts';

const built = (text: string): Question[] => {
  const made = questionsOf(questionsForm.parse(questionsIn(text, residents)));
  if ('faults' in made) throw new Error(JSON.stringify(made.faults));
  return made.questions;
};
const TODAY = '2026-03-02';

describe('名字不同的同一件事', () => {
  it('话里有台账字段名字的，说最长的那个；照片、签名不算，没有的就没有', () => {
    const of = (ask: string, widget: 'text' | 'photo' = 'text') => fieldPerhaps({ ask, widget }, residents);
    expect(
      ['老人平时用的手机号码', '子女的联系电话', '楼道灯亮不亮', '户主身份证号是多少'].map((ask) => of(ask)),
    ).toEqual([...['person.phone', 'person.phone', undefined, 'household.head_id_number']]);
    expect(of('身份证的照片', 'photo')).toBeUndefined();
  });

  it('改用台账里的名字：箭头、括号里的答案、星号都留着，别的行不动', () => {
    const text = '有没有人照看\n\n→ 没有：老人的手机怎么联系*\n身体怎么样（好、不好）\n';
    expect(asField(text, 'q2', '联系电话')).toBe(text.replace('老人的手机怎么联系', '联系电话'));
    expect(asField(text, 'q3', '健康状况')).toBe(text.replace('身体怎么样', '健康状况'));
    expect(asField(text, 'q9', '联系电话')).toBe(text);
  });

  it('问卷里的问题照那一项的答法问，合适的选项留着', () => {
    const [asked] = questionsForm.parse(questionsIn('身体怎么样（好、不好）', residents));
    if (!asked) throw new Error('no question');
    expect(withField(asked, 'person.health', residents)).toEqual({ ...asked, field: 'person.health' });
    expect(withField(asked, 'person.phone', residents)).toMatchObject({ widget: 'phone', field: 'person.phone' });
    expect(withField(asked, 'person.phone', residents)).not.toHaveProperty('options');
    expect(withField(asked, 'person.sex', residents).options?.map(({ code }) => code)).toEqual(['male', 'female']);
  });
});

describe('一行一个问题', () => {
  it('台账里有的认得出是哪个字段，其余按问法定怎么答', () => {
    const asked = built(
      [
        '1. 您的联系电话是多少？*',
        '是否独居',
        '有没有人照看',
        '→ 谁来照看（子女、邻居、护工）',
        '→ 没有：需要谁来看望（可多选：志愿者、网格员、医生）',
        '健康状况（良好、一般、有慢性病）',
        '一个月的药费多少元',
        '最近一次体检是哪天',
        '家里有几人',
        '还有什么困难',
        '本人签名',
        '门牌的照片',
      ].join('\n'),
    );
    expect(asked.map(({ widget, field }) => [widget, field ?? null])).toEqual([
      ['phone', 'person.phone'],
      ['yes_no', 'person.lives_alone'],
      ['yes_no', null],
      ['choice', null],
      ['choices', null],
      ['choice', 'person.health'],
      ['money', null],
      ['date', null],
      ['integer', null],
      ['paragraph', null],
      ['signature', null],
      ['photo', null],
    ]);
    expect(asked[0]).toMatchObject({ ask: '您的联系电话是多少？', required: true });
    expect(asked.map(({ when }) => when).filter(Boolean)).toEqual([
      { question: 'q3', is: 'equals', value: 'yes' },
      { question: 'q3', is: 'equals', value: 'no' },
    ]);
  });

  it('同一个事实问两遍，第二遍不再填台账', () => {
    expect(built('联系电话\n手机号码').map(({ field }) => field)).toEqual(['person.phone', undefined]);
  });
});

describe('该问哪些', () => {
  const questions = built('有没有人照看\n→ 谁来照看（子女、邻居）\n→ 没有：需要谁（可多选：志愿者、医生）');
  it('前面怎么答，后面就问什么；不该问的答了也不算', () => {
    const names = (answers: Record<string, string | string[]>): string[] =>
      askedOf(questions, answers).map(({ name }) => name);
    expect(names({})).toEqual(['q1']);
    expect(names({ q1: 'yes' })).toEqual(['q1', 'q2']);
    expect(names({ q1: 'no', q2: '子女' })).toEqual(['q1', 'q3']);
    expect(readAnswers(questions, { q1: 'no', q2: '子女', q3: ['医生'] }, TODAY)).toEqual({
      answers: { q1: 'no', q3: ['医生'] },
      faults: [],
    });
  });

  it('知道的、没有过期的不问', () => {
    const fact = { value: '139****0001', isMasked: true, toldOn: '2026-01-01' };
    const [phone, alone] = built('联系电话\n是否独居');
    if (!phone || !alone) throw new Error('two questions');
    const known = { [phone.name]: { ...fact, isStale: false }, [alone.name]: { ...fact, isStale: true } };
    expect([phone, alone].map((one) => isToAsk(one, known))).toEqual([false, true]);
  });
});

describe('答得对不对', () => {
  const faultsOf = (line: string, answer: string | string[]) =>
    readAnswers(built(line), { q1: answer }, TODAY).faults.map(({ says }) => says.zh);
  const keptOf = (line: string, answer: string | string[]) =>
    readAnswers(built(line), { q1: answer }, TODAY).answers.q1;
  it.each([
    ['联系电话', '139-0000-0001', '13900000001'],
    ['出生日期', '1950年3月12日', '1950-03-12'],
    ['药费多少元', '1,200.5元', '120050'],
    ['药费多少元', '0.05', '5'],
    ['家里有几人', '4', '4'],
    ['是否独居', '是', 'yes'],
    ['性别', 'female', 'female'],
  ])('%s：%s', (line, given, kept) => {
    expect([faultsOf(line, given), keptOf(line, given)]).toEqual([[], kept]);
  });
  it.each([
    ['联系电话', '1391', '不是一个电话号码（4 位）'],
    ['出生日期', '2030-01-01', '不能是以后的日子'],
    ['家里有几人', '2.5', '要填整数'],
    ['药费多少元', '三百', '金额读不懂，请写成 1200 或 1200.50'],
    ['谁（子女、邻居）', '别人', '不在可选的里面'],
    ['定位', '200,30', '位置读不懂，请重新定位'],
    ['本人签名', '<svg/>', '答案的形式不对'],
    ['姓名', '一'.repeat(201), '超过 200 个字'],
  ])('%s：“%s” 不行', (line, given, why) => {
    expect(faultsOf(line, given)).toEqual([why]);
  });
  it('必填的不能空；台账里已有的不用再填', () => {
    const questions = built('联系电话*');
    expect(readAnswers(questions, {}, TODAY).faults).toEqual([
      { path: 'q1', says: { zh: '还没有填', en: 'is not answered' } },
    ]);
    expect(readAnswers(questions, { q1: '  ' }, TODAY, { q1: '139****0001' }).faults).toEqual([]);
  });
  it('多行的逐行说哪里不对', () => {
    const [household] = questionsForm.parse([
      {
        ...{ name: 'family', ask: '家里人', widget: 'repeat', most: 2 },
        of: [
          { name: 'who', ask: '姓名', widget: 'text', required: true },
          { name: 'age', ask: '年龄', widget: 'integer', least: 0, most: 120 },
        ],
      },
    ]);
    const made = questionsOf(household ? [household] : []);
    if ('faults' in made) throw new Error('well made');
    const read = (rows: Record<string, string>[]) => readAnswers(made.questions, { family: rows }, TODAY);
    expect(read([{ who: '赵一', age: '7' }]).answers).toEqual({ family: [{ who: '赵一', age: '7' }] });
    expect(read([{ who: '赵一' }, { age: '130' }]).faults.map(({ path }) => path)).toEqual([
      'family.1.who',
      'family.1.age',
    ]);
    expect(read([{ who: '一' }, { who: '二' }, { who: '三' }]).faults).toMatchObject([{ path: 'family' }]);
  });
});

describe('表单本身', () => {
  const faultsOf = (given: unknown): string[] => {
    const made = questionsOf(questionsForm.parse(given));
    return 'faults' in made ? made.faults.map(({ path }) => path) : [];
  };
  const text = { name: 'a', ask: '甲', widget: 'text' };
  it('每个错都说在哪里', () => {
    expect(faultsOf([text, text])).toEqual(['questions.1.name']);
    expect(faultsOf([{ ...text, when: { question: 'b', is: 'answered' } }])).toEqual(['questions.0.when']);
    expect(faultsOf([{ ...text, widget: 'choice', options: [{ code: 'x', label: '甲' }] }])).toEqual([
      'questions.0.options',
    ]);
    expect(faultsOf([{ ...text, field: 'person.lives_alone' }])).toEqual(['questions.0.field']);
    expect(faultsOf([{ ...text, field: 'person.shoe' }])).toEqual(['questions.0.field']);
    expect(faultsOf([{ ...text, widget: 'integer', least: 3, most: 2 }])).toEqual(['questions.0.least']);
    expect(faultsOf([{ ...text, widget: 'repeat' }])).toEqual(['questions.0.of']);
  });
});

describe('选谁', () => {
  const values = { 'person.id_number': '439901194203071234', 'person.lives_alone': 'yes', 'person.health': '一般' };
  it.each([
    [[{ field: 'person.age', is: 'at_least', value: '83' }], true],
    [[{ field: 'person.age', is: 'at_least', value: '84' }], false],
    [[{ field: 'person.lives_alone', is: 'equals', value: 'yes' }], true],
    [
      [
        { field: 'person.age', is: 'at_most', value: '90' },
        { field: 'person.phone', is: 'told' },
      ],
      false,
    ],
    [[{ field: 'person.phone', is: 'not_told' }], true],
  ] as const)('%j：%s', (choice, chosen) => {
    expect(isChosen(choice, values, '2026-03-06')).toBe(chosen);
  });
  it('不知道年龄的人不老也不小；为什么选上的记得住', () => {
    expect(isChosen([{ field: 'person.age', is: 'at_least', value: '0' }], {}, TODAY)).toBe(false);
    expect(isChosen([{ field: 'person.age', is: 'at_most', value: '200' }], {}, TODAY)).toBe(false);
    expect(ageOn('1942-03', '2026-03-02')).toBe(83);
    expect(lookedAt([{ field: 'person.age', is: 'at_least', value: '60' }], values, '2026-03-07')).toEqual({
      'person.age': '84',
    });
  });
});
