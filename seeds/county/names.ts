import { type Chance, chance } from './chance.ts';

/** Ordinary names put together by chance. They are nobody's on purpose; what is known to be somebody's is left out. */
const surnames = (
  '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 罗 郑 梁 谢 宋 唐 许 邓 冯 韩 曹 曾 彭 萧 蔡 潘 田 董 袁 于 余 叶 ' +
  '蒋 杜 苏 魏 程 吕 丁 沈 任 姚 卢 傅 钟 姜 崔 谭 廖 范 汪 陆 金 石 戴 贾 韦 夏 邱 方 侯 邹 熊 孟 秦 白 江 阎 薛 尹 段 雷'
).split(' ');

const givenOfWomen = (
  '秀英 玉梅 桂香 春燕 小红 丽君 晓霞 慧敏 雪梅 美华 月娥 冬梅 巧云 佳怡 文静 思雨 海燕 素芬 金花 淑珍 艳红 彩霞 翠莲 ' +
  '婷婷 雅琴 菊香 兰英 晓芳 红霞 凤英'
).split(' ');
const givenOfMen = (
  '志强 建华 国庆 海涛 文斌 德明 永福 春生 卫东 立新 学文 少军 大勇 兴旺 长根 新民 家兴 远志 水生 成林 冬生 明辉 小龙 ' +
  '伟民 光明 俊杰 天佑 运来 爱国 小兵'
).split(' ');

/** Names that would make somebody think of somebody. */
const wellKnown = new Set([
  '刘少军',
  '孙志强',
  '李少军',
  '宋文静',
  '周立新',
  '王建华',
  '李建华',
  '陈光明',
  '田海燕',
  '金秀英',
]);

/** As many different names as are asked for, none of them among those that are taken. */
export function inventNames(taken: readonly string[]): () => string {
  const by = chance('names of people');
  const used = new Set([...taken, ...wellKnown]);
  return () => {
    for (;;) {
      const name = oneName(by);
      if (used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
}

export const surnameOf = (by: Chance): string => by.pick(surnames);
export const givenName = (by: Chance, ofWoman: boolean): string => by.pick(ofWoman ? givenOfWomen : givenOfMen);

const oneName = (by: Chance): string => `${by.pick(surnames)}${by.pick(by.happens(0.45) ? givenOfWomen : givenOfMen)}`;

/** How a reporter signs: often only by surname, sometimes in full. */
export function reporterName(by: Chance): string {
  const surname = by.pick(surnames);
  return by.happens(0.3)
    ? `${surname}${by.pick(by.happens(0.5) ? givenOfWomen : givenOfMen)}`
    : `${surname}${by.pick(['女士', '先生', '阿姨', '师傅', '大爷'])}`;
}

/** No network gives out numbers with so many zeros. */
export const inventedPhone = (by: Chance): string => `1380000${String(by.between(0, 9999)).padStart(4, '0')}`;
