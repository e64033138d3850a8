/** Invented names of streets, compounds, hamlets and shops; none is meant to be found on a map of the country. */
export const streetStems = (
  '安澜 澜江 望澜 朝晖 晴川 枕流 惠风 听雨 砚池 墨香 书院 锦屏 梧桐 桂影 槐荫 柳堤 杏坛 竹影 兰亭 菊圃 ' +
  '東篱 云台 星桥 月塘 虹桥 石鼓 钟楼 鼓楼 西关 东门 南塘 北渡 织布 染坊 油坊 米市 盐仓 船厂 码头 渡口'
)
  .replace('東', '东')
  .split(' ');
export const streetKinds = ['路', '街', '巷', '大道'] as const;

export const compoundStems = (
  '澜庭 江晓 晴园 和悦 安居 馨月 丹桂 银杏 紫藤 芙蓉 玉兰 海棠 翠屏 松涛 听松 悦溪 临江 望江 向阳 朝阳里 ' +
  '纺织厂 机械厂 农机站 粮站 物资局 水泥厂 教工 供销 运输公司 二建 锦绣里 同德 仁和 平安里 宁远 康宁 福临 春晓 秋月 明澜'
).split(' ');
export const compoundKinds = ['小区', '家园', '苑', '花园', '新村', '公寓', '宿舍'] as const;

export const hamletStems = (
  '张家 李家 周家 何家 曾家 彭家 邓家 谭家 石家 熊家 桐子 枫树 樟树 柏树 竹山 茶山 石子 黄泥 白沙 沙子 ' +
  '荷叶 菱角 芦苇 鸭婆 牛角 马鞍 狮子 龙王 土地 新屋 老屋 上屋 下屋 对门 井边 塘边'
).split(' ');
export const hamletKinds = ['湾', '冲', '坪', '坡', '塘', '垅', '坝', '岭'] as const;

export const shops = [
  '老谭粉馆',
  '好再来餐馆',
  '邻里便民超市',
  '惠民大药房',
  '小张水果店',
  '阿珍早餐店',
  '旺角烧烤',
  '长兴五金店',
  '快修电动车行',
  '老街理发店',
  '顺达汽修',
  '百味卤菜',
  '鲜果园',
  '家家粮油',
  '童心文具店',
] as const;

export const landmarks = [
  '社区服务中心',
  '农贸市场',
  '小学',
  '幼儿园',
  '公交站',
  '卫生服务站',
  '文化广场',
  '停车场',
] as const;
export const villageLandmarks = [
  '村部',
  '村小学',
  '卫生室',
  '文化广场',
  '抽水机房',
  '老祠堂',
  '便民超市',
  '村口公交站',
] as const;
