import { describe, expect, it } from 'vitest';
import { type Area, type Atlas, buildAtlas } from '../areas/atlas.model.ts';
import { buildDirectory, deskFor, desksAbove, type Post } from './directory.model.ts';

/** county ← town ← community ← grid, and another town: who gets the work when a seat is empty. */
const area = (id: string, parentId: string | null, no: number): Area => ({
  id,
  parentId,
  no,
  lastNo: no + 9,
  level: 'grid',
  code: String(no),
  name: id,
  boundary: null,
});
const atlas: Atlas = buildAtlas([
  area('county', null, 1),
  area('town', 'county', 2),
  area('community', 'town', 3),
  area('grid', 'community', 4),
  area('other', 'county', 5),
]);
const post = (
  id: string,
  role: Post['role'],
  areaId: string | null,
  held = true,
  bodyId: string | null = null,
): Post => ({ id, role, areaId, bodyId, held });
const deskOf = (posts: Post[], areaId: string, role: Post['role'] = 'registrar'): string | null =>
  deskFor(buildDirectory(posts, []), atlas, areaId, role)?.id ?? null;

describe('活落到谁的桌上', () => {
  it('本级有人就是本级', () => {
    expect(deskOf([post('t', 'registrar', 'town'), post('c', 'registrar', 'county')], 'grid')).toBe('t');
  });

  it('本级空着，往上找到有人的', () => {
    expect(deskOf([post('t', 'registrar', 'town', false), post('c', 'registrar', 'county')], 'grid')).toBe('c');
  });

  it('上面都空着，落在最近的空位上，总比没有地方落好', () => {
    expect(deskOf([post('t', 'registrar', 'town', false), post('c', 'registrar', 'county', false)], 'grid')).toBe('t');
  });

  it('不会落到旁边的街道，也不会落到别的岗位', () => {
    expect(deskOf([post('o', 'registrar', 'other'), post('d', 'dispatcher', 'town')], 'grid')).toBeNull();
    expect(deskOf([post('o', 'registrar', 'other'), post('c', 'registrar', 'county')], 'town')).toBe('c');
  });

  it('下面的岗位不接上面的活', () => {
    expect(deskOf([post('t', 'registrar', 'town')], 'county')).toBeNull();
  });

  it('同一级有几个位子，有人的先', () => {
    expect(deskOf([post('a', 'registrar', 'town', false), post('b', 'registrar', 'town', true)], 'grid')).toBe('b');
  });

  it('没有这个区域：没有桌子，不出错', () => {
    expect(deskOf([post('c', 'registrar', 'county')], 'nowhere')).toBeNull();
  });
});

describe('名册', () => {
  const posts = [
    post('t', 'leader', 'town'),
    post('c', 'leader', 'county'),
    post('b', 'body_desk', null, true, 'works'),
  ];
  const works = { id: 'works', name: '养护中心', kind: 'x', areaId: 'county', calendarId: 'k' };
  const directory = buildDirectory(posts, [works]);

  it('按编号、按地方、按单位都查得到', () => {
    expect(directory.post('t')?.role).toBe('leader');
    expect(directory.post('x')).toBeUndefined();
    expect(directory.at('town', 'leader').map(({ id }) => id)).toEqual(['t']);
    expect(directory.at('town', 'registrar')).toEqual([]);
    expect(directory.inBody('works').map(({ id }) => id)).toEqual(['b']);
    expect(directory.inBody('none')).toEqual([]);
    expect(directory.body('works')?.name).toBe('养护中心');
  });

  it('一级一级往上的同一种岗位，近的在前', () => {
    expect(desksAbove(directory, atlas, 'grid', 'leader').map(({ id }) => id)).toEqual(['t', 'c']);
    expect(desksAbove(directory, atlas, 'county', 'leader').map(({ id }) => id)).toEqual(['c']);
  });
});
