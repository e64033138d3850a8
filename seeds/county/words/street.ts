import type { ReportWords } from './say.ts';

/** What is said of streets and what stands in them. {place} is where; residents tell, workers note. */
export const streetWords: Readonly<Record<string, ReportWords>> = {
  'street-stall': {
    residents: [
      '{place}每天傍晚都有人摆摊，人行道走不通，只能走车道，麻烦管一管',
      '{place}卖水果的三轮车又占道了，接孩子放学特别危险',
    ],
    workers: ['巡查发现{place}有流动摊贩占道，影响行人通行', '{place}两辆三轮车占道卖菜，劝了没走'],
  },
  'shop-overflow': {
    residents: ['{place}把桌椅摆到外面，推着婴儿车过不去', '{place}店家把货堆在人行道上好几天了'],
    workers: ['{place}店外堆放货物，占人行道约一米', '{place}出店经营，桌椅摆了六套'],
  },
  'illegal-parking': {
    residents: ['{place}有辆白色小车堵住出口，打挪车电话没人接', '{place}人行道上天天停满车，老人推轮椅没法走'],
    workers: ['{place}三辆小车停在人行道上', '{place}面包车停在公交站位置，公交靠不了边'],
  },
  'shared-bikes': {
    residents: ['{place}共享单车倒了一地，路都堵了', '{place}盲道上全是共享电单车'],
    workers: ['{place}共享单车堆了二十多辆，占了盲道', '{place}几辆坏的共享单车没人收'],
  },
  'illegal-ad': {
    residents: ['{place}又贴满了办证贷款的小广告，孩子天天看见', '{place}墙上刚刷干净又被贴了开锁广告'],
    workers: ['{place}发现疏通、开锁小广告七张', '{place}电线杆上有贷款小广告，撕了几张还有'],
  },
  'dirty-road': {
    residents: ['{place}路上一大片垃圾，两天没人扫了', '{place}渣土车过后全是泥，骑车打滑'],
    workers: ['{place}路面有散落垃圾约五平方米', '{place}路口有油污，雨天易滑'],
  },
  'waste-pile': {
    residents: ['{place}垃圾堆了好几天，臭得开不了窗', '{place}有人扔了个旧沙发，一直没人拖走'],
    workers: ['{place}桶外袋装垃圾十来袋', '{place}弃置旧床垫、旧衣柜，挡了半边路'],
  },
  'litter-bin': {
    residents: ['{place}垃圾桶满了溢出来，苍蝇很多', '{place}垃圾桶盖坏了，野狗天天来翻'],
    workers: ['{place}果皮箱满溢', '{place}垃圾桶底裂了，污水流到路面'],
  },
  'dumped-rubble': {
    residents: ['{place}半夜有人倒了一车装修垃圾', '{place}路边一堆砖渣，绕着走了一个星期了'],
    workers: ['{place}发现偷倒建筑垃圾约半方', '{place}空地上有一车砖渣，没看到人'],
  },
  'road-surface': {
    residents: ['{place}路面坑坑洼洼，昨晚我骑电动车差点摔了', '{place}有个大坑，下雨看不见，车轮掉进去过'],
    workers: ['{place}路面破损约一平方米，深五厘米左右', '{place}沥青起壳，碎石散了一片'],
  },
  sidewalk: {
    residents: ['{place}地砖松了，一踩一裤腿泥水', '{place}人行道缺了好几块砖，老人摔过'],
    workers: ['{place}人行道砖松动六块', '{place}路缘石歪倒一块，已扶到边上'],
  },
  'road-sunken': {
    residents: ['{place}路面塌下去一块，下面好像是空的，快来人看看', '{place}路中间陷了个坑，比昨天又大了'],
    workers: ['巡查发现{place}路面下沉，已摆锥桶提醒绕行', '{place}路面塌陷约一米见方，附近有雨水井'],
  },
  'street-lamp': {
    residents: ['{place}路灯坏了好几天，晚上黑漆漆的不敢走', '{place}一排路灯都不亮，孩子下晚自习害怕'],
    workers: ['夜巡发现{place}路灯两盏不亮', '{place}路灯杆有点歪，灯还亮'],
  },
  'storm-cover': {
    residents: ['{place}井盖一过车就咣当响，整夜睡不好', '{place}雨水井盖破了个洞，小孩脚会卡进去'],
    workers: ['{place}雨水井盖松动，有响声', '{place}雨水井盖破损，已放锥桶'],
  },
  'sewage-cover': {
    residents: ['{place}污水井盖翘起来了，晚上绊倒过人', '{place}污水井盖周围塌了一圈'],
    workers: ['{place}污水井盖与路面高差约三厘米', '{place}污水井盖破角，用木板先盖上了'],
  },
  'water-cover': {
    residents: ['{place}自来水井盖松了，车压上去溅水', '{place}水表井盖裂了，怕孩子踩空'],
    workers: ['{place}供水井盖松动', '{place}供水井盖比路面低两厘米多'],
  },
  'rain-grate': {
    residents: ['{place}下水口被树叶堵死了，一下雨就积水', '{place}雨水篦子断了一根，自行车轮会卡住'],
    workers: ['{place}雨水口被泥沙堵了大半', '{place}雨水篦子断裂，已用锥桶围住'],
  },
  'open-drain': {
    residents: ['{place}的沟堵了，脏水漫到门口来了', '{place}沟里全是垃圾和淤泥，夏天蚊子多得很'],
    workers: ['{place}排水沟淤积约三分之一', '{place}沟壁垮了一段，水流不动'],
  },
  'street-tree': {
    residents: ['{place}大树的枝子伸到我家窗户了，刮风打玻璃', '{place}树枝把路灯全挡住了'],
    workers: ['{place}行道树枝叶遮挡信号灯', '{place}行道树一株枯死，暂无倒伏危险'],
  },
  'green-plot': {
    residents: ['{place}绿化带被人围起来种菜，还浇大粪', '{place}花坛光秃秃的，一刮风都是灰'],
    workers: ['{place}绿地被踩秃约三平方米', '{place}绿化带内有人停车，草皮压坏'],
  },
  'telecom-line': {
    residents: ['{place}电线网线垂下来，大一点的车都过不去', '{place}一团废线吊在门口，不知道带不带电'],
    workers: ['{place}通信线缆下垂，离地约两米五', '{place}墙上废弃线缆一团，未见带电'],
  },
  'power-cover': {
    residents: ['{place}写着电字的井盖松了，走上去直晃', '{place}电缆井盖塌了一角，怕踩空'],
    workers: ['{place}电力井盖松动', '{place}电力井盖破损，已围挡'],
  },
  'utility-pole': {
    residents: ['{place}电线杆歪得厉害，一刮风就担心', '{place}有根没用的旧电杆立在路中间，开车老要绕'],
    workers: ['{place}电杆倾斜，拉线松了', '{place}废弃水泥杆一根，占半边路'],
  },
  'site-dust': {
    residents: ['{place}工地门口全是泥，车一过满街灰', '{place}工地堆的土没盖，晒的被子全是灰'],
    workers: ['{place}工地出入口带泥上路', '{place}工地裸土约一百平方米未覆盖'],
  },
};
