import { describe, expect, it } from 'vitest';
import { bareName, fieldOf, fieldsOf } from './batches/columns.model.ts';
import { nameHere } from './batches/fit.model.ts';
import { dictionary } from './fields/dictionary.model.ts';
import { fieldNamed } from './fields/keeping.model.ts';
import { ledgerFields } from './fields/ledger_fields.model.ts';
import { isCreditCode, isIdNumber, typeOfValue, typeOfValues } from './fields/value.model.ts';
import { followingFields } from './households/following.model.ts';
import { ledgerNamed, ledgers } from './ledgers.model.ts';

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

describe('各台账自己的列名', () => {
  it.each(ledgers.map((ledger) => [ledger.words.zh, ledger] as const))(
    '%s：一个名称只指一个字段，字段都有名字',
    (_, ledger) => {
      const here = [...ledgerFields, ...followingFields].filter(({ code }) => ledger.fields.includes(code));
      const names = here.flatMap(({ name, aliases }) => [...new Set([name.zh, ...aliases].map(bareName))]);
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
      expect(new Set(ledger.fields).size).toBe(ledger.fields.length);
      for (const code of ledger.fields) expect(fieldNamed(code)?.code, code).toBe(code);
    },
  );

  it.each([
    ['houses', '承租人姓名', 'house.tenant'],
    ['houses', '承租人电话', 'house.tenant_phone'],
    ['houses', '房屋安全隐患', 'house.hazards'],
    ['houses', '灭火器数量', 'house.extinguishers'],
    ['enterprises', '企业类型', 'enterprise.kind'],
    ['enterprises', '经营范围', 'enterprise.scope'],
    ['enterprises', '安全责任人', 'enterprise.safety_head'],
    ['enterprises', '法人身份证号', 'enterprise.head_id_number'],
    ['enterprises', '灭火器数量', 'enterprise.extinguishers'],
    ['facilities', '威胁人数', 'hazard.people'],
    ['facilities', '监测责任人', 'hazard.watcher'],
    ['facilities', '维保单位', 'facility.keeper'],
    ['residents', '监护人姓名', 'guardian.name'],
    ['residents', '监护人/电话', 'guardian.phone'],
  ] as const)('%s 的“%s”是 %s', (code, label, field) => {
    expect(nameHere(ledgerNamed(code), label)).toBe(field);
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
    ['是否空巢', 'person.empty_nest'],
    ['残疾等级', 'person.disability_grade'],
    ['残疾人证号', 'person.disability_number'],
    ['证件类型', 'person.paper_kind'],
    ['证件号码', 'person.id_number'],
    ['护照号码', 'person.paper_number'],
    ['户口性质', 'person.registration_kind'],
    ['户类型', 'household.kind'],
    ['人均纯收入', 'household.income_each'],
    ['家庭年收入', 'household.income'],
    ['低保证号', 'person.low_income_number'],
    ['是否低保', 'person.low_income'],
    ['占地面积', 'house.land_area'],
    ['隐患类型', 'hazard.kind'],
    ['紧急联系人电话', 'person.emergency_phone'],
    ['紧急联系人/电话', 'person.emergency_phone'],
    ['帮扶责任人', 'person.helper'],
    ['包保责任人', 'work.answerable'],
  ])('“%s”是 %s', (label, field) => {
    expect(fieldOf(label.split('/'), [])?.field).toBe(field);
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
    expect(fields('姓名', '父亲工作单位', '母亲/职业')).toEqual(['person.name', null, null]);
    expect(fields('姓名', '工作单位', '单位/职业')).toEqual(['person.name', 'person.works_at', 'person.occupation']);
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
