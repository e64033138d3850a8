import { expect, it } from 'vitest';
import { summaryOf } from './casefile.model.ts';

it('清单里的一句话不带电话；别的数字照旧，最多 80 个字', () => {
  expect(summaryOf('李阿姨 13812345678：下水道堵了')).toBe('李阿姨 …：下水道堵了');
  expect(summaryOf('打 138 1234 5678 或 0431-8123456 找我')).toBe('打 … 或 … 找我');
  expect(summaryOf('订单 20261122139000012345，3 号楼，119 打过了')).toBe(
    '订单 20261122139000012345，3 号楼，119 打过了',
  );
  expect(summaryOf('长'.repeat(100))).toHaveLength(80);
});
