import { describe, expect, it } from 'vitest';
import { lineOf, readLines } from './corner_lines.model.ts';

describe('界址点，一行一个', () => {
  it('逗号、空格、制表符都认；前面有点号也认；空行不算', () => {
    const text = '112.9, 28.1\n112.905，28.1\n\n3\t112.905\t28.105\nJ4 112.9 28.105';
    expect(readLines(text, 'wgs84')).toEqual({
      points: [
        [112.9, 28.1],
        [112.905, 28.1],
        [112.905, 28.105],
        [112.9, 28.105],
      ],
      unread: [],
    });
  });

  it('哪一行看不懂、写反了、不在国内，逐行说；看得懂的留着', () => {
    const { points, unread } = readLines('112.9, 28.1\n二运巷口\n28.1, 112.9\n12.5, 41.9', 'wgs84');
    expect(points).toEqual([[112.9, 28.1]]);
    expect(unread.map(({ line, says }) => [line, says.zh])).toEqual([
      [2, '看不出经度和纬度两个数'],
      [3, '经度和纬度写反了，经度在前'],
      [4, '不在中国的范围里，请核对'],
    ]);
  });

  it('GCJ-02 差几百米，换回 WGS 84；CGCS2000 原样', () => {
    const [moved] = readLines('112.9, 28.1', 'gcj02').points;
    expect(Math.hypot((moved?.[0] ?? 0) - 112.9, (moved?.[1] ?? 0) - 28.1)).toBeGreaterThan(0.002);
    expect(readLines('112.9, 28.1', 'cgcs2000').points).toEqual([[112.9, 28.1]]);
  });

  it('写出去再读回来是同一点', () => {
    expect(readLines(lineOf([112.9012345, 28.1]), 'wgs84').points).toEqual([[112.9012345, 28.1]]);
  });
});
