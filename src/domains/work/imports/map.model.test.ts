import { describe, expect, it } from 'vitest';
import { Problem } from '../../../kernel/problem.ts';
import { harbourMap, header, line, mapText } from './fixtures/hotline.ts';
import { columnsOf, readMap } from './map.model.ts';
import { isRefused, rowReader } from './row.model.ts';
import { isDateFormat, whenIn } from './when.model.ts';

describe('对照表', () => {
  it.each(['boston', 'harbour-city', 'citizen-messages'])('%s 读得懂', (name) => {
    const map = readMap(mapText(name));
    expect(columnsOf(map)).toContain(map.key);
  });

  const faultsOf = (json: string): string[] => {
    try {
      readMap(json);
      return [];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect(error.code).toBe('import.map_wrong');
      return error.faults.map(({ path }) => path);
    }
  };

  it('每一处不对都说出位置', () => {
    const map = JSON.parse(mapText('harbour-city'));
    const wrong = {
      ...map,
      zone: 'Asia/Nowhere',
      dates: ['YYYY-MM'],
      columns: { ...map.columns, channel: { ...map.columns.channel, otherwise: 'pigeon' }, colour: 'x' },
    };
    expect(faultsOf(JSON.stringify(wrong)).sort()).toEqual(['columns', 'columns.channel.otherwise', 'dates.0', 'zone']);
    expect(faultsOf('{')).toEqual(['JSON']);
  });

  it('合起来才不对的也说：有状态没有办结时间，按点没有点，留言没有时限', () => {
    const map = JSON.parse(mapText('harbour-city'));
    const { closed: _, ...columns } = map.columns;
    const odd = { ...map, kind: 'reports', columns: { ...columns, area: { by: 'point' } } };
    expect(faultsOf(JSON.stringify(odd)).sort()).toEqual(['columns.area', 'columns.closed', 'kind']);
  });
});

describe('日期', () => {
  const read = (zone: string, format: string, text: string) => whenIn(zone, [format])(text)?.at.toISOString() ?? null;

  it.each([
    ['America/New_York', 'MM/DD/YYYY hh:mm:ss A', '02/09/2015 12:16:27 AM', '2015-02-09T05:16:27.000Z'],
    ['America/New_York', 'MM/DD/YYYY hh:mm:ss A', '07/09/2015 12:16:27 PM', '2015-07-09T16:16:27.000Z'],
    // The clocks were put forward: 02:30 was 03:30.
    ['America/New_York', 'MM/DD/YYYY hh:mm:ss A', '03/08/2015 02:30:00 AM', '2015-03-08T07:30:00.000Z'],
    ['Asia/Shanghai', 'YYYY年M月D日 H:mm', '2025年3月4日 9:05', '2025-03-04T01:05:00.000Z'],
    ['Asia/Shanghai', 'YYYY.M.D', '2025.12.31', '2025-12-30T16:00:00.000Z'],
  ])('%s %s:%s', (zone, format, text, instant) => {
    expect(read(zone, format, text)).toBe(instant);
  });

  it.each(['2025年2月30日 9:05', '2025年3月4日 24:05', '2025年3月4日', '2025-03-04 09:05', '昨天'])(
    '不猜：%s',
    (text) => {
      expect(read('Asia/Shanghai', 'YYYY年M月D日 H:mm', text)).toBeNull();
    },
  );

  it('写法本身要完整', () => {
    expect(['YYYY-MM-DD', 'hh:mm A MM/DD/YYYY'].map(isDateFormat)).toEqual([true, true]);
    expect(['MM/DD', 'YYYY-MM-DD hh:mm', 'YYYY-MM-DD HH:mm A', 'YYYY YYYY-MM-DD'].map(isDateFormat)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('一行', () => {
  const read = (changes: Record<string, string>) => rowReader(harbourMap(), header)(7, line(changes));

  it('读成上报和来源记下的办理', () => {
    const row = read({
      工单号: 'G-1',
      应办结时间: '2025年3月6日 18:00',
      办结时间: '2025年3月5日 10:00',
      状态: '已办结',
      办理意见: '已更换灯头',
    });
    expect(row).toMatchObject({
      row: 7,
      key: 'G-1',
      day: '2025-03-04',
      form: { words: '路灯不亮\n二运巷口的路灯坏了三天', channel: 'hotline', place: { words: '二运巷口' } },
      type: { name: '路灯不亮' },
      area: { by: 'code', code: '439901001001' },
      closingWords: '已更换灯头',
    });
  });

  it.each([
    ['没有编号', { 工单号: '' }, '工单号', '是空的'],
    ['没有时间', { 来电时间: '' }, '来电时间', '是空的'],
    ['日期读不懂', { 来电时间: '上个月' }, '来电时间', '读不懂'],
    ['时限在上报之前', { 应办结时间: '2025年3月1日 9:00' }, '应办结时间', '早于'],
    ['没见过的状态', { 状态: '搁置' }, '状态', '不在对照表里'],
    ['说已办结却没有时间', { 状态: '已办结' }, '状态', '不符'],
    ['说在办却有办结时间', { 办结时间: '2025年3月5日 10:00' }, '状态', '不符'],
    ['什么也没说', { 诉求标题: '', 诉求内容: '' }, '诉求标题 诉求内容', '不合上报的要求'],
    ['说得太长', { 诉求内容: '长'.repeat(4001) }, '诉求标题 诉求内容', '不合上报的要求'],
  ])('%s:哪一格、什么不对、怎么办', (_what, changes, column, says) => {
    const row = read({ 工单号: 'G-1', ...changes });
    if (!isRefused(row)) throw new Error('was taken');
    expect(row).toMatchObject({ row: 7, column });
    expect(row.says.zh).toContain(says);
    expect(row.hint.zh).not.toBe('');
  });

  it('格子比表头多：不猜是哪一列', () => {
    expect(rowReader(harbourMap(), header)(3, [...line({ 工单号: 'G-1' }), '多'])).toMatchObject({ row: 3 });
  });

  it('浮点数写的编码、缺层的区域', () => {
    const map = harbourMap({
      columns: {
        area: {
          by: 'names',
          columns: [
            { column: '承办单位', level: 'town' },
            { column: '社区编码', level: 'grid', whole: true },
          ],
        },
      },
    });
    const area = (changes: Record<string, string>) => {
      const row = rowReader(map, header)(2, line({ 工单号: 'G-1', ...changes }));
      return isRefused(row) || row.area.by !== 'names' ? null : row.area.names.map(({ name }) => name);
    };
    expect(area({ 社区编码: '1709.0' })).toEqual(['市政所', '1709']);
    expect(area({ 承办单位: '', 社区编码: '1709.0' })).toEqual([]);
  });
});
