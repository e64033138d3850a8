import { describe, expect, it } from 'vitest';
import { everydayStandard } from '../../../packs/everyday/index.ts';
import { differences } from './difference.model.ts';
import { columnNames, letterOf, sheetRows, versionIn } from './sheet.model.ts';
import { homesOf, readTable } from './sheet_reading.model.ts';

/** The shipped standard, out to a table and back. */
const base = { ...everydayStandard, homes: homesOf([everydayStandard]) };
const rowsOf = (language: 'zh' | 'en' = 'zh') => sheetRows(base, 3, language);
const linesOf = (rows: readonly (readonly string[])[]) => rows.map((cells, i) => ({ row: i + 1, cells }));
const at = (column: (typeof columnNames)[number]): number => columnNames.indexOf(column);

/** The table with single cells written over: by condition code, column and text. */
function changed(...cells: readonly [string, (typeof columnNames)[number], string][]) {
  const rows = rowsOf();
  for (const [code, column, text] of cells) {
    const row = rows.find((one) => one[at('conditionCode')] === code);
    if (!row) throw new Error(`no row ${code}`);
    row[at(column)] = text;
  }
  return rows;
}
const read = (rows: readonly (readonly string[])[]) => readTable(linesOf(rows), base);
const saidOf = (rows: readonly (readonly string[])[]) => read(rows).refused.map(({ says }) => says.zh);
const changesOf = (rows: readonly (readonly string[])[]) => differences(base, read(rows));
const first = everydayStandard.types.find(({ code }) => code === 'road-sunken');
const code = 'road-sunken-passable';

describe('导出再读回来', () => {
  it.each(['zh', 'en'] as const)('%s 的表一字不改：每行都读得进，没有任何变化', (language) => {
    const back = read(rowsOf(language));
    expect(back.refused).toEqual([]);
    expect(back.rows).toBe(everydayStandard.types.reduce((sum, one) => sum + Math.max(1, one.conditions.length), 0));
    expect(differences(base, back)).toEqual([]);
    expect(differences(back, base)).toEqual([]);
  });

  it('没有立案条件的小类也在表里，读回来还是没有', () => {
    const [major] = base.majors;
    const bare = {
      code: 'from-elsewhere',
      kind: major?.kind,
      major: major?.code,
      name: { zh: '别处来的', en: 'From elsewhere' },
    };
    const types = [...base.types, { ...bare, answersTo: 'township', conditions: [] } as never];
    const back = readTable(linesOf(sheetRows({ majors: base.majors, types }, 1, 'zh')), { ...base, types });
    expect(back.refused).toEqual([]);
    expect(back.types.find((one) => one.code === 'from-elsewhere')?.conditions).toEqual([]);
  });

  it('列的字母、版本标题', () => {
    expect([letterOf(0), letterOf(6), letterOf(25), letterOf(26), letterOf(27)]).toEqual(['A', 'G', 'Z', 'AA', 'AB']);
    expect([versionIn('导出自第 12 版'), versionIn('exported from version 4'), versionIn('时限')]).toEqual([
      12,
      4,
      null,
    ]);
  });
});

describe('读不进的，说哪一行哪一格、怎么写', () => {
  const rowNo = rowsOf().findIndex((cells) => cells[at('conditionCode')] === code) + 1;

  it('“种植季节15工作日”', () => {
    const [said] = saidOf(changed([code, 'limit', '种植季节15工作日']));
    expect(said).toBe(
      `第 ${rowNo} 行 G 列（时限）：“种植季节15工作日”读不出时限，请写成数字和单位，如“4 工作时”“2 紧急工作时”“15 工作日”“3 自然日”；带条件的拆成几行`,
    );
  });

  it.each([
    ['limit', '4小时', '读不出时限'],
    ['limit', '1紧急工作时制止', '读不出时限'],
    ['limit', '', '没有填写'],
    ['answersTo', '龙王庙', '不是认得的单位类别'],
    ['alsoNeeds', '环卫、龙王庙', '不是认得的单位类别'],
    ['evidence', '录像', '只能写：照片、文书、说明'],
    ['confidence', '差不多', '只能写：本地确定、通行做法、待核'],
    ['confidential', '大概', '只能写：是、否'],
    ['kind', '', '没有填写'],
    ['when', '', '没有填写'],
    ['source', '', '没有填写'],
    ['when', '长'.repeat(201), '太长'],
    ['conditionCode', 'Road Sunken', '不是编码'],
    ['conditionCode', 'road-sunken-other-name', '编码不能改：原来是“road-sunken-passable”'],
    ['conditionCode', 'manhole-cover-missing-anything', '编码不能改'],
    ['majorCode', '', '没有填写'],
    ['type', '另一个名字', '行说的不一样'],
  ] as const)('%s 写成“%s”：%s', (column, text, why) => {
    const said = saidOf(changed([code, column, text]));
    expect(said.join('\n')).toContain(why);
    expect(said.every((one) => one.startsWith(`第 ${rowNo} 行`) || column === 'type')).toBe(true);
  });

  it('一行有几格不对，每格都说', () => {
    expect(saidOf(changed([code, 'limit', '尽快'], [code, 'evidence', '录像']))).toHaveLength(2);
  });

  it('同一个编码写了两次，指出前一行；挪到别的小类，说一直属于哪里', () => {
    const other = first?.conditions.find((one) => one.code !== code)?.code ?? '';
    expect(saidOf(changed([other, 'conditionCode', code])).join()).toContain('已经用了这个编码');
    const elsewhere = everydayStandard.types.find((one) => one.code !== 'road-sunken')?.conditions[0]?.code ?? '';
    const moved = rowsOf().filter((cells) => cells[at('conditionCode')] !== elsewhere);
    const row = moved.find((cells) => cells[at('conditionCode')] === code) ?? [];
    row[at('conditionCode')] = elsewhere;
    expect(saidOf(moved).join()).toContain('一直属于小类');
  });

  it('小类的编码改了、名称没改：不让', () => {
    const rows = rowsOf().map((cells) =>
      cells[at('typeCode')] === 'road-sunken' ? cells.with(at('typeCode'), 'road-sinks') : cells,
    );
    expect(saidOf(rows).join()).toContain('编码不能改：原来是“road-sunken”');
  });

  it('保密的小类不能要照片', () => {
    const rows = rowsOf().map((cells) =>
      cells[at('typeCode')] === 'road-sunken' ? cells.with(at('confidential'), '是') : cells,
    );
    expect(saidOf(rows).join()).toContain('保密的小类不能要照片');
  });

  it('没读进去的那一条不算取消', () => {
    expect(changesOf(changed([code, 'limit', '尽快']))).toEqual([]);
  });
});

describe('和现行标准相比，一条一句话', () => {
  const says = (rows: readonly (readonly string[])[]) => changesOf(rows).map(({ what, says: { zh } }) => [what, zh]);

  it('时限改了，依据没改：提醒核对', () => {
    const was = first?.conditions.find((one) => one.code === code);
    const [change, ...rest] = changesOf(changed([code, 'limit', '9 工作日']));
    expect(rest).toEqual([]);
    expect(change).toMatchObject({ what: 'limit', of: 'condition', code, doubt: { zh: '依据没有改，请核对' } });
    expect(change?.says.zh).toContain('改为“9 工作日”');
    expect(change?.says.en).toContain('9 working days');
    expect(was).toBeDefined();
    expect(changesOf(changed([code, 'limit', '9 工作日'], [code, 'source', '县政办 3 号']))[0]?.doubt).toBeNull();
  });

  it('责任单位、说法、加急', () => {
    const rows = rowsOf().map((cells) =>
      cells[at('typeCode')] === 'road-sunken'
        ? cells.with(at('answersTo'), '环卫').with(at('typeUrgent'), '否')
        : cells,
    );
    expect(says(rows)).toEqual([
      ['owner', expect.stringMatching(/^小类“.+”的责任单位由市政养护改为环卫$/)],
      ['other', expect.stringMatching(/不再加急$/)],
    ]);
    const reworded = changesOf(changed([code, 'when', '路面下沉，车还过得去']));
    expect(reworded).toMatchObject([{ what: 'words', doubt: { zh: '英文没有跟着改，请核对' } }]);
  });

  it('去掉一行是取消，加一行是新增', () => {
    const rows = rowsOf().filter((cells) => cells[at('conditionCode')] !== code);
    expect(says(rows)).toEqual([['gone', expect.stringContaining('取消立案条件')]]);
    const model = rowsOf().find((cells) => cells[at('conditionCode')] === code) ?? [];
    const added = model
      .with(at('conditionCode'), 'road-sunken-sinking')
      .with(at('when'), '还在往下沉')
      .with(at('whenEn'), '');
    expect(says([...rowsOf(), added])).toEqual([['added', expect.stringContaining('新增立案条件“还在往下沉”')]]);
  });
});
