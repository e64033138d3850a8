import { describe, expect, it } from 'vitest';
import { bareName, fieldOf, fieldsOf } from './batches/columns.model.ts';
import { dictionary } from './fields/dictionary.model.ts';
import { isCreditCode, isIdNumber, typeOfValue, typeOfValues } from './fields/value.model.ts';

describe('字段字典', () => {
  it('编码不重；一个名称只指一个字段', () => {
    const codes = dictionary.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const names = dictionary
      .flatMap(({ name, aliases }) => [name.zh, ...aliases].map(bareName))
      .filter((one) => one !== '');
    const twice = names.filter((name, i) => names.indexOf(name) !== i);
    // `镇（街）` and `镇` come down to one name, and are one field.
    const fields = twice.map(
      (name) =>
        new Set(dictionary.filter((one) => [one.name.zh, ...one.aliases].some((alias) => bareName(alias) === name)))
          .size,
    );
    expect(fields.filter((many) => many > 1)).toEqual([]);
  });

  it('每个字段按自己的中文名找得到', () => {
    for (const { code, name } of dictionary)
      expect(fieldOf([name.zh], []), name.zh).toEqual({ field: code, by: 'alias' });
  });
});

describe('列名', () => {
  it.each([
    ['＊身份证号（18位）', 'person.id_number'],
    ['姓 名', 'person.name'],
    ['镇（街）', 'place.town'],
    ['建筑面积(㎡)', 'house.floor_area'],
    ['1.联系电话', 'person.phone'],
    ['是否独居', 'person.lives_alone'],
  ])('“%s”是 %s', (label, field) => {
    expect(fieldOf([label], [])?.field).toBe(field);
  });

  it('认不出的不猜', () => {
    expect(fieldOf(['水体名称'], ['梅峰河', '泮洋河'])).toBeNull();
  });
});

describe('一张表的列', () => {
  const phones = ['13973350001', '13973350002', '13973350003'];
  const fields = (...labels: string[]): (string | null)[] =>
    fieldsOf(labels.map((label) => ({ path: label.split('/'), values: /电话/.test(label) ? phones : [] }))).map(
      (one) => one?.field ?? null,
    );

  it('别人的电话不当作本人的', () => {
    expect(fields('姓名', '联系电话', '监护人电话', '备用电话')).toEqual(['person.name', 'person.phone', null, null]);
    expect(fields('隐患内容', '责任人/姓名', '责任人/电话')).toEqual(['hazard.words', 'work.answerable', null]);
    expect(fields('户主/姓名', '户主/电话')).toEqual(['household.head_name', 'household.head_phone']);
  });

  it('没有“姓名”一列：头一个写了姓名的、不是旁人的，就是这一行的人', () => {
    expect(fields('房东姓名', '承租人姓名', '承租人电话', '监护人姓名')).toEqual([
      'house.owner',
      'person.name',
      'person.phone',
      null,
    ]);
  });

  it('一行里一件事只有一列：叫得最准的那列', () => {
    expect(fields('残疾类型', '残疾类别')).toEqual([null, 'person.disability']);
    expect(fields('成员1/姓名', '成员2/姓名')).toEqual(['person.name', null]);
  });

  it('两种文字、繁体、带单位', () => {
    expect(fields('姓名 Name', '備註', '建筑面积㎡', 'Date of birth')).toEqual([
      'person.name',
      'row.remark',
      'house.floor_area',
      'person.born_on',
    ]);
    expect(fields('28d日期')).toEqual([null]);
  });

  it('值说不是的不算：“总人口”下面是几百', () => {
    expect(fieldOf(['总人口'], ['900', '1200'])).toBeNull();
    expect(fieldOf(['总人口'], ['3', '5'])?.field).toBe('household.size');
  });
});

describe('值', () => {
  it('身份证号：校验码、日期、全角、小写 x', () => {
    expect(isIdNumber('11010519491231002X')).toBe(true);
    expect(isIdNumber(' １１０１０５１９４９１２３１００２ｘ')).toBe(true);
    expect(isIdNumber('110105194912310021')).toBe(false);
    expect(isIdNumber('11010519491331002X')).toBe(false);
    expect(isIdNumber('11010519491231000')).toBe(false);
  });

  it('统一社会信用代码的校验码', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
    expect(isCreditCode('91350100M000100Y44')).toBe(false);
  });

  it.each([
    ['13973350001', 'phone'],
    ['+8613973350001', 'phone'],
    ['0733-28680000', 'phone'],
    ['2026年3月5日', 'date'],
    ['2026.7.1', 'date'],
    ['20260701', 'date'],
    ['20261301', 'number'],
    ['430225100201', 'area_code'],
    ['1,203.5', 'number'],
    ['√', 'yes_no'],
    ['3栋2单元401室', 'door'],
    ['已到现场', 'text'],
  ])('“%s”像 %s', (text, type) => {
    expect(typeOfValue(text)).toBe(type);
  });

  it('多数一样才算；空的不算', () => {
    expect(typeOfValues(['13973350001', '', '13973350002', '13973350003', '13973350004', '不详'])).toBe('phone');
    expect(typeOfValues(['13973350001', '不详', '没有'])).toBeNull();
    expect(typeOfValues(['', ' '])).toBeNull();
  });
});
