// biome-ignore-all lint/suspicious/noTemplateCurlyInString: names of questions are written like this in an XLSForm
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { questionsForm, questionsOf } from '../../domains/land/registry/forms/form_shape.model.ts';
import { sheetsIn } from '../workbooks/sheets_in.model.ts';
import { survey } from './fixtures/survey.ts';
import { xlsformIn } from './xlsform.model.ts';

async function read(text: string) {
  const sheets = await sheetsIn(Buffer.from(text));
  if (typeof sheets === 'string') throw new Error(sheets);
  return xlsformIn(sheets);
}
const asked = async (rows: string[], choices: string[] = []) => read(survey(rows, choices));
const stopsIn = async (rows: string[], choices: string[] = []) =>
  (await asked(rows, choices)).remarks.filter(({ stops }) => stops).map(({ cell, says }) => `${cell} ${says.zh}`);

const care = ['care,children,子女,Children', 'care,neighbour,邻居,Neighbour', 'care,nobody,没有人,Nobody'];

describe('子集里的都成为问题', () => {
  it('各种问题、选项、两种语言、必填、范围、条件、组、行', async () => {
    const form = await asked(
      [
        'text,phone,联系电话,Telephone,yes,,,',
        'integer,age,年龄几岁,Age,,,. >= 0 and . < 121,',
        'select_one care,who,谁来照看,Who helps,yes,,,',
        `note,alone,请记下需要,,,"selected(\${who}, 'nobody')",,`,
        'select_multiple care,others,还有谁,,,${age} > 60,,',
        "begin group,home,家里,,,${who} != '',,",
        'decimal,size,面积,,,${age} >= 18,. >= 1.5,',
        'end group,,,,,,,',
        'begin repeat,members,家里人,,,,,',
        'text,name,姓名,,yes,,,',
        'integer,born,哪年生,,,,,',
        'text,why,为什么,,,${born} <= 1960,,',
        'end repeat,,,,,,,',
        'geopoint,where,在哪里,,,,,',
        'date,since,哪天开始,,,,. <= today(),',
      ],
      care,
    );
    expect(form.remarks).toEqual([]);
    expect(form.title).toBe('冬季探访');
    expect(questionsForm.safeParse(form.questions).success).toBe(true);
    expect(questionsOf(form.questions)).not.toHaveProperty('faults');
    expect(form.questions).toEqual([
      { name: 'phone', ask: '联系电话', askEn: 'Telephone', required: true, widget: 'phone', field: 'person.phone' },
      { name: 'age', ask: '年龄几岁', askEn: 'Age', required: false, widget: 'integer', least: 0, most: 120 },
      {
        ...{ name: 'who', ask: '谁来照看', askEn: 'Who helps', required: true, widget: 'choice' },
        options: [
          { code: 'children', label: '子女', en: 'Children' },
          { code: 'neighbour', label: '邻居', en: 'Neighbour' },
          { code: 'nobody', label: '没有人', en: 'Nobody' },
        ],
      },
      {
        ...{ name: 'alone', ask: '请记下需要', required: false, widget: 'note' },
        when: { question: 'who', is: 'has', value: 'nobody' },
      },
      expect.objectContaining({ widget: 'choices', when: { question: 'age', is: 'at_least', value: '61' } }),
      { name: 'home', ask: '家里', widget: 'note', required: false, when: { question: 'who', is: 'answered' } },
      {
        ...{ name: 'size', ask: '面积', required: false, widget: 'decimal', least: 1.5 },
        when: {
          all: [
            { question: 'who', is: 'answered' },
            { question: 'age', is: 'at_least', value: '18' },
          ],
        },
      },
      {
        ...{ name: 'members', ask: '家里人', widget: 'repeat', required: false },
        of: [
          { name: 'name', ask: '姓名', required: true, widget: 'text' },
          { name: 'born', ask: '哪年生', required: false, widget: 'integer' },
          expect.objectContaining({ name: 'why', when: { question: 'born', is: 'at_most', value: '1960' } }),
        ],
      },
      { name: 'where', ask: '在哪里', required: false, widget: 'place' },
      { name: 'since', ask: '哪天开始', required: false, widget: 'date' },
    ]);
  });

  it('or_other 成为两个问题；名字不合用的另起，条件跟着走；是否成为是或否', async () => {
    const form = await asked(
      [
        'select_one care or_other,谁照看,谁来照看,,,,,',
        "text,Big-Name,需要什么,,,${谁照看} = 'nobody',,",
        'select_one yn,ok,行不行,,,,,',
      ],
      [...care, 'yn,yes,行,', 'yn,no,不行,'],
    );
    expect(form.remarks).toEqual([]);
    expect(form.questions.map(({ name, widget, when }) => [name, widget, when])).toEqual([
      ['q3', 'choice', undefined],
      ['q3_other', 'text', { question: 'q3', is: 'has', value: 'other' }],
      ['big_name', 'text', { question: 'q3', is: 'equals', value: 'nobody' }],
      ['ok', 'yes_no', undefined],
    ]);
  });
});

describe('收不下的，逐格说出来', () => {
  it.each([
    ['audio,p,录音,,,,,', 'B3 走访的表收照片，还收不了录音、录像、文件和手绘'],
    ['calculate,c,,,,,,1 + 1', 'B3 表里不能计算'],
    ['text,t,说说,,,,"regex(., \'^a\')",', 'H3 不支持 regex()'],
    ['text,t,说说,,,${later} = 1,,', 'G3 前面没有“later”这个问题'],
    ['text,t,你好 ${name},,,,,', 'D3 文字里不能带出别的回答'],
    ['select_one none,t,选,,,,,', 'B3 choices 里没有“none”'],
    ['begin group,g,组,,,,,', 'B3 没有结束（end）'],
    ['end repeat,,,,,,,', 'B3 没有和它配对的开头'],
    ['text,t,,,,,,', 'D3 没有写问什么（label）'],
    ['integer,t,几个,,,,. != 3,', 'H3 只能拿回答本身和数字比'],
    ['decimal,t,多少,,,,. > 3,', 'H3 小数只能“不小于”“不大于”'],
    ['text,t,说说,,maybe,,,', 'F3 必填只能写 yes 或 no'],
  ])('%s', async (row, says) => {
    expect((await stopsIn([row])).join('\n')).toContain(says);
  });

  it('条件混着“都要”和“任一”的收不下；行里看不见行外的', async () => {
    const rows = ['integer,a,几个,,,,,', 'integer,b,几天,,,,,'];
    expect(await stopsIn([...rows, 'text,t,说,,,${a} = 1 and (${b} = 2 or ${b} = 3),,'])).toEqual([
      expect.stringMatching(/^G5 条件只能一层/),
    ]);
    const inside = ['begin repeat,r,行,,,,,', 'text,t,说,,,${a} = 1,,', 'end repeat,,,,,,,'];
    expect(await stopsIn([...rows, ...inside])).toEqual(['G6 “a”不在同一行里']);
    expect(await stopsIn([...rows, 'text,a,说,,,,,'])).toEqual(['C5 和前面的重名']);
  });

  it('不影响问什么的另外说，不拦', async () => {
    const form = await read(survey(['start,start,,,,,,', 'text,t,说说,,,,,'], [], 'form_id,冬-1'));
    expect(form.questions).toHaveLength(1);
    expect(form.remarks.map(({ sheet, cell, stops }) => [sheet, cell, stops])).toEqual([
      ['csv', 'B3', false],
      ['csv', 'C9', false],
    ]);
  });

  it('不是 XLSForm 的，一句话说清', async () => {
    const { remarks } = await read('姓名,电话\n王,1');
    expect(remarks.map(({ says }) => says.zh)).toEqual(['没有 survey 工作表，不是 XLSForm']);
  });
});

const trial = process.env.JINGWEI_TRIAL_DATA;
const folder = join(trial ?? '', 'forms', 'xlsform');

describe.skipIf(trial === undefined || !existsSync(folder))('别人的 XLSForm（JINGWEI_TRIAL_DATA）', () => {
  it('每一份都或者成为能用的表，或者逐格说出收不下的；没有一份出错', async () => {
    const told: Record<string, number> = {};
    for (const file of readdirSync(folder).filter((name) => !name.endsWith('.xml'))) {
      const sheets = await sheetsIn(readFileSync(join(folder, file)));
      if (typeof sheets === 'string') throw new Error(`${file} ${sheets}`);
      const { questions, remarks } = xlsformIn(sheets);
      const stops = remarks.filter(({ stops: is }) => is);
      if (stops.length === 0) {
        expect(questionsForm.safeParse(questions).success, file).toBe(true);
        expect(questionsOf(questionsForm.parse(questions)), file).not.toHaveProperty('faults');
      }
      for (const { cell } of remarks) expect(cell, file).toMatch(/^[A-Z]+\d+$/);
      told[file] = stops.length;
    }
    const whole = Object.values(told).filter((stops) => stops === 0).length;
    expect([Object.keys(told).length, whole], JSON.stringify(told)).toEqual([17, 6]);
  });
});
