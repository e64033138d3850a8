import { describe, expect, it } from 'vitest';
import { compoundKind, fileKind, sheetsOf2003, withSpaces } from './file.model.ts';

describe('文件是什么', () => {
  it('2003 年的 XML：跳过的格子补上，合并的照合并', () => {
    const xml =
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一"><Table><Row><Cell ss:MergeAcross="1"><Data>甲</Data></Cell><Cell ss:Index="4"><Data>乙</Data></Cell></Row></Table></Worksheet></Workbook>';
    const one = '<td colspan="1" rowspan="1">';
    expect(sheetsOf2003(xml)).toEqual([
      {
        name: '一',
        html: `<table><tr><td colspan="2" rowspan="1">甲</td><td></td>${one}乙</td></tr></table>`,
      },
    ]);
    expect(sheetsOf2003('姓名,电话')).toBeNull();
  });

  it('网页里不断行的空格是空格', () => {
    expect(withSpaces('备&nbsp;注&#160;1')).toBe('备 注 1');
  });

  it('旧的复合文件：太短的是坏的', () => {
    const start = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0);
    expect(fileKind(start)).toBe('ole');
    expect(compoundKind(start)).toBe('damaged');
    expect(compoundKind(new Uint8Array(4096))).toBe('damaged');
  });
});
