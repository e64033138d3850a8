import { describe, expect, it } from 'vitest';
import { invented } from '../fixtures/people.ts';
import { canonicalOf, type GivenCell, isSameValue } from './canonical_value.model.ts';
import { fieldNamed, maskOf } from './keeping.model.ts';

const read = (field: string, text: string, kind: GivenCell['kind'] = 'text') => {
  const known = fieldNamed(field);
  if (!known) throw new Error(field);
  const got = canonicalOf(known, { text, kind });
  return 'value' in got ? got.value : `✗ ${got.fault.zh}`;
};
const { id } = invented(3);

describe('一格里写的，台账里记成什么', () => {
  it.each([
    ['1950-3-12', '1950-03-12'],
    ['1950/03/12', '1950-03-12'],
    ['1950.3.12', '1950-03-12'],
    ['1950年3月12日', '1950-03-12'],
    ['19500312', '1950-03-12'],
    ['1950-03-12T00:00:00', '1950-03-12'],
    ['１９５０年３月', '1950-03'],
    ['195003', '1950-03'],
    ['1950.03', '1950-03'],
    ['12/31/1950', '1950-12-31'],
    ['3/4/1950', '✗ 日期“3/4/1950”读不懂，请写成 1950-03-12'],
    ['1951-02-29', '✗ 没有“1951-02-29”这一天'],
    ['三月初五', '✗ 日期“三月初五”读不懂，请写成 1950-03-12'],
  ])('日期 %s → %s', (text, told) => expect(read('person.born_on', text)).toBe(told));

  it('表格软件里存成数的日期', () => {
    expect(read('person.born_on', '18334', 'number')).toBe('1950-03-12');
    expect(read('person.born_on', '1950', 'number')).toMatch(/^✗/);
  });

  it.each([
    [id, id],
    [`'${id}`, id],
    [` ${id.slice(0, 6)} ${id.slice(6)} `, id],
    [id.slice(0, 17), '✗ 应为 18 位，现在是 17 位'],
    ['439901197704110', '✗ 是 15 位旧号，请填 18 位'],
    ['439901197713410034', '✗ 第 7–14 位不是一个日期'],
  ])('身份证号 %s → %s', (text, told) => expect(read('person.id_number', text)).toBe(told));

  it('末位小写的 x 是大写；被当成数字丢了后三位的，不猜', () => {
    const withX = Array.from({ length: 200 }, (_, i) => invented(i).id).find((one) => one.endsWith('X')) ?? '';
    expect(withX).toHaveLength(18);
    expect(read('person.id_number', withX.toLowerCase())).toBe(withX);
    for (const [text, kind] of [
      [`${id.slice(0, 15)}000`, 'number'],
      ['4.39901E+17', 'text'],
    ] as const)
      expect(read('person.id_number', text, kind)).toBe(
        '✗ 被表格软件当成数字，后三位丢了；请按证件重填，单元格设为文本',
      );
  });

  it.each([
    ['13800000001', '13800000001'],
    ['+86 138-0000-0001', '13800000001'],
    ['8613800000001', '13800000001'],
    ['0731-88880000', '073188880000'],
    ['88880000', '✗ 是座机却没有区号，请写上'],
    ['13800000001、13800000002', '✗ 写了不止一个号码，请只留一个'],
    ['1380000', '✗ 不是一个电话号码（7 位）'],
  ])('电话 %s → %s', (text, told) => expect(read('person.phone', text)).toBe(told));

  it.each([
    ['person.sex', '女性', 'female'],
    ['person.sex', '不详', '✗ “不详”不是男或女'],
    ['person.lives_alone', '√', 'yes'],
    ['person.lives_alone', '0', 'no'],
    ['person.lives_alone', '有时', '✗ “有时”看不出是还是否'],
    ['household.size', '1,204', '1204'],
    ['household.size', '四', '✗ “四”不是数'],
    ['person.name', '  王　小 明 ', '王小明'],
    ['person.born_on', '500312', '✗ 没有“500312”这一天'],
    ['row.remark', '长'.repeat(201), '✗ 超过 200 个字'],
  ])('%s：%s → %s', (field, text, told) => expect(read(field, text)).toBe(told));
});

describe('姓名', () => {
  it.each([
    ['王小明', '王小明'],
    ['买买提·艾合买提', '买买提·艾合买提'],
    ["Mary-Anne O'Brien", "Mary-Anne O'Brien"],
    ['J. Smith', 'J. Smith'],
    ['王秀英(租户)', '王秀英(租户)'],
    ['何以上', '何以上'],
    ['吴〇', '吴〇'],
    ['\u{20BB7}田', '\u{20BB7}田'],
  ])('%s 是', (text, kept) => expect(read('person.name', text)).toBe(kept));

  it.each([
    ...['12345', '=1+1', '无', '暂无', '不详', '无人', '15人', '<script>alert(1)</script>', '姓名', '合计', '本页小计'],
    ...['以上情况属实', '制表日期', '二运社区合计', '同上', '空户', '---', '张*', 'N/A', 'none', '王'.repeat(41)],
  ])('%s 不是', (text) => expect(read('person.name', text)).toMatch(/^✗ .*不像姓名/));
});

it('一户的人数是整数，不少于一', () => {
  for (const text of ['-3', '0', '1.5', '1,204.5']) expect(read('household.size', text)).toMatch(/^✗ .*不是人数/);
  expect(read('household.size', '4')).toBe('4');
});

it('只说到月的生日与说到日的是一回事；换了月就不是', () => {
  const born = fieldNamed('person.born_on');
  if (!born) throw new Error('no field');
  expect(isSameValue(born, '1950-03', '1950-03-12')).toBe(true);
  expect(isSameValue(born, '1950-04', '1950-03-12')).toBe(false);
});

it('遮住的只留首尾；短的一个不留', () => {
  expect(maskOf('person.phone', '13800000001')).toBe('138****0001');
  expect(maskOf('person.id_number', id)).toBe(`4399**********${id.slice(-4)}`);
  expect(maskOf('person.phone', '12345')).toBe('*****');
});
