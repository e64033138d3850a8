import type { ReportWords } from './say.ts';

/** What is said of villages: roads, ditches, fields and ponds. */
export const villageWords: Readonly<Record<string, ReportWords>> = {
  'blocked-canal': {
    residents: ['{place}的渠堵死了，我家的田放不进水', '{place}渠里全是水草和垃圾，水过不来'],
    workers: ['{place}渠道淤堵约三十米', '{place}渠口被树枝堵住，下面几块田缺水'],
  },
  'farm-waste': {
    residents: ['{place}到处是农药瓶，鸭子都毒死了'],
    workers: ['{place}田头农药瓶二十多个', '{place}废农膜挂在渠边'],
  },
  'straw-burning': {
    residents: ['{place}有人在烧稻草，烟飘到屋里来了'],
    workers: ['{place}发现焚烧秸秆，已上前劝灭', '{place}秸秆堆在路边电线下，未点火'],
  },
  'livestock-manure': {
    residents: ['{place}养猪的粪水流到路上，走路要踮脚', '{place}猪粪堆在屋旁边，臭得吃不下饭'],
    workers: ['{place}粪污堆在路边，随雨水外流'],
  },
  'rural-road': {
    residents: ['{place}坑太多，校车都不愿意进来', '{place}路肩塌了半边，会车吓死人'],
    workers: ['{place}路肩塌缺约两米', '{place}百米内坑槽六处'],
  },
  'floating-waste': {
    residents: ['{place}水面上全是垃圾和死鱼'],
    workers: ['{place}水面漂浮垃圾约五平方米', '{place}水葫芦长满半个塘'],
  },
  'goods-on-road': {
    residents: ['{place}半边路晒着谷子，晚上也不收，骑车滑倒过'],
    workers: ['{place}公路上晒谷占一半路面', '{place}路边堆放沙石，没有警示'],
  },
  'open-well': {
    residents: ['{place}有口老井没盖，旁边就是小孩玩的地方'],
    workers: ['{place}废弃水井盖板腐朽', '{place}老井敞口，已用木板压石头'],
  },
  'land-quarrel': {
    residents: ['{place}邻居把田埂往我家这边挪了，请村里来量一量', '{place}两家争一块宅基地，吵了一个多月'],
    workers: ['{place}两户因田界争执，暂未动手'],
  },
  'forest-fuel': {
    residents: ['{place}坟边的草比人高，一个烟头就完了'],
    workers: ['{place}林缘枯草成片，已进入防火期', '{place}林中电线离树枝不到两米'],
  },
};
