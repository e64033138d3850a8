import { expect, it } from 'vitest';
import { freeCodes } from './codes.ts';

const grid = (code: string) => ({ parentId: 'station', code });

it('编码接着兄弟往后排，三位一级，已经用了的跳过', () => {
  const areas = [grid('439901001001001'), grid('439901001001002'), { parentId: 'park', code: '439901001001003' }];
  expect(freeCodes(areas, grid('439901001001001'), 2)).toEqual(['439901001001004', '439901001001005']);
});

it('排满了就不再给，由人自己填', () => {
  expect(freeCodes([grid('439901001001999')], grid('439901001001999'), 2)).toEqual([]);
});
