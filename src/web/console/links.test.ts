import { expect, it } from 'vitest';
import { cast } from '../../../seeds/small/plan.ts';
import { linkAt, linksOf } from './links.ts';

const held = (login: string) => {
  const posts = cast.find((one) => one.login === login)?.posts ?? [];
  return {
    me: { name: login, posts: posts.map(([role]) => ({ role, roleWords: { zh: '', en: '' }, place: '' })) },
  };
};

it('谁的菜单都在一行里：多了的收进“更多”，少的全摆着；一个也不少', () => {
  expect(cast.length).toBeGreaterThan(20);
  for (const { login } of cast) {
    const all = linksOf(held(login));
    const line = all.filter(({ seldom }) => !seldom);
    expect([login, line.length]).toEqual([login, Math.min(line.length, 9)]);
    expect(all.map(({ href }) => href)).toContain('/console/account');
    if (all.length <= 9) expect([login, line.length]).toEqual([login, all.length]);
  }
  const leader = linksOf(held('jiangtao'));
  const away = leader.filter(({ seldom }) => seldom).map(({ words }) => words.zh);
  expect(away).toEqual([
    '个人信息请求',
    '走访',
    '巡查',
    '卡口',
    '填表负担',
    '任务分解',
    '承诺书',
    '隐患',
    '督导检查',
    '责任链',
    '人员',
    '立案标准',
    '我的账号',
    '？帮助',
  ]);
  // What waits to be confirmed is never put away.
  const waiting = linksOf({ ...held('jiangtao'), handovers: 2 }).find(({ href }) => href === '/console/handovers');
  expect(waiting?.seldom).toBeUndefined();
});

it('每一页都知道自己在菜单的哪一项：本项，或最近的上一级；首页只算它自己', () => {
  const all = linksOf(held('admin'));
  expect(linkAt(all, '/console/standards/limits')).toBe('/console/standards');
  expect(linkAt(all, '/console/channel/robots')).toBe('/console/channel/robots');
  expect(linkAt(all, '/console')).toBe('/console');
  expect(linkAt(all, '/console/handovers')).toBeUndefined();
});
