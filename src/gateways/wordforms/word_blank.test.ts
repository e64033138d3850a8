import { describe, expect, it } from 'vitest';
import { cell, documentXml, formDocument, line, listDocument, row, table } from '../../../test/fixtures/word_forms.ts';
import { blanksIn } from './word_blank.model.ts';
import { bodyOf } from './word_body.model.ts';

const blanks = (xml: string) => blanksIn(bodyOf(Buffer.from(xml)).tables);
const fields = (xml: string): Record<string, string | null> =>
  Object.fromEntries(blanks(xml)[0]?.columns.map(({ path, at, field }) => [at ?? path, field]) ?? []);

describe('Word 里的空表', () => {
  it('一览表：表头、空行、下面的格子', () => {
    const [list, ...others] = blanks(listDocument());
    expect(others).toEqual([]);
    expect(list).toMatchObject({ sheet: '表1', word: 'table', title: '60岁以上老年人登记表', first: 1, below: 4 });
    expect(list?.columns.map(({ column, path, field }) => [column, path, field])).toEqual([
      ['A', '序号', 'row.number'],
      ['B', '姓名', 'person.name'],
      ['C', '性别', 'person.sex'],
      ['D', '身份证号', 'person.id_number'],
      ['E', '联系电话', 'person.phone'],
      ['F', '家庭住址', 'person.lives_at'],
    ]);
    expect(list?.cells.map(({ at, holds }) => [at, holds])).toEqual([
      ['A5', 'area'],
      ['D5', 'filler'],
    ]);
  });

  it('两层表头，左右、上下合并的', () => {
    const xml = documentXml(
      table(
        5,
        row(
          ['序号', { down: 'begin' }],
          ['房屋地址', { down: 'begin' }],
          ['产权人', { wide: 2 }],
          ['层数', { down: 'begin' }],
        ),
        row(['', { down: 'on' }], ['', { down: 'on' }], '姓名', '联系电话', ['', { down: 'on' }]),
        row('', '', '', '', ''),
        row('', '', '', '', ''),
      ),
    );
    expect(blanks(xml)[0]).toMatchObject({ word: 'table', first: 2, below: 4 });
    expect(fields(xml)).toMatchObject({ '产权人/姓名': 'house.owner', 层数: 'house.storeys' });
  });

  it('没有空行的表不是一览表；下面什么都没有的，到表尾为止', () => {
    expect(blanks(documentXml(table(3, row('姓名', '性别', '身份证号'))))).toEqual([]);
    const [list] = blanks(documentXml(table(3, row('姓名', '性别', '身份证号'), row('', '', ''))));
    expect(list).toMatchObject({ first: 1, below: 2, title: null });
  });

  it('一人一份的登记表：右边、下面的空格，合并的格子，监护人不是本人，家庭成员不动', () => {
    const [form] = blanks(formDocument());
    expect(form).toMatchObject({ word: 'form', title: '老年人关爱服务登记表' });
    expect(fields(formDocument())).toEqual({
      ...{ B2: 'person.name', D2: 'person.sex', F2: 'person.born_on' },
      ...{ B3: 'person.nation', D3: 'person.marital', B4: 'person.id_number', F4: 'person.phone' },
      ...{ B5: 'person.lives_at', C6: null, F6: null, C7: null, F7: null, B11: null },
    });
    expect(form?.columns.find(({ at }) => at === 'D3')?.choices).toEqual(['未婚', '已婚', '丧偶']);
  });

  it('监护人的民族、住址不是本人的，本人没有这两项也不填', () => {
    const xml = documentXml(
      table(
        5,
        row('姓名', '', '性别', ['', { wide: 2 }]),
        row('联系电话', '', '身份证号', ['', { wide: 2 }]),
        row(['监护人', { down: 'begin' }], '民族', '', '家庭住址', ''),
        row(['', { down: 'on' }], '工作单位', '', '姓名', ''),
      ),
    );
    expect(Object.entries(fields(xml)).flatMap(([at, field]) => (/[34]$/.test(at) ? [field] : []))).toEqual([
      ...[null, null, null, null],
    ]);
    expect(fields(xml)).toMatchObject({ B1: 'person.name', D1: 'person.sex', B2: 'person.phone' });
  });

  it('名目在上、空格在下', () => {
    const xml = documentXml(table(2, row('姓名', '性别'), row('', ''), row('民族', '联系电话'), row('', '')));
    expect(fields(xml)).toEqual({ A2: 'person.name', B2: 'person.sex', A4: 'person.nation', B4: 'person.phone' });
  });

  it('点一下才写的控件是空的；勾选的符号字体也是方框；格子里还有表的不是空的', () => {
    const asked =
      '<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt></w:p>';
    const sign = '<w:sym w:font="Wingdings" w:char="F0A8"/>';
    const boxes = `<w:p><w:r>${sign}<w:t>男</w:t>${sign}<w:t>女</w:t></w:r></w:p>`;
    const xml = documentXml(
      table(
        2,
        `<w:tr>${cell('姓名')}${cell('', { inside: asked })}</w:tr>`,
        `<w:tr>${cell('性别')}${cell('', { inside: boxes })}</w:tr>`,
        `<w:tr>${cell('联系电话')}${cell('', { inside: `${table(1, row(''))}<w:p/>` })}</w:tr>`,
        `<w:sdt><w:sdtPr/><w:sdtContent>${row('民族', '')}</w:sdtContent></w:sdt>`,
      ),
    );
    expect(fields(xml)).toEqual({ B1: 'person.name', B2: 'person.sex', B4: 'person.nation' });
  });

  it('都不认得的、只有文字的：什么也没有', () => {
    expect(blanks(documentXml(line('姓名：____  性别：____')))).toEqual([]);
    expect(blanks(documentXml(table(2, row('甲项', ''), row('乙项', ''))))).toEqual([]);
  });
});
