import type { ReportWords } from './say.ts';

/** What is said of compounds, homes, shops and neighbours. */
export const homeWords: Readonly<Record<string, ReportWords>> = {
  'living-noise': {
    residents: [
      '{place}广场舞音响太大，关着窗都听得见，孩子没法写作业',
      '{place}烧烤店半夜一两点还在喝酒喊叫，天天睡不着',
    ],
    workers: ['群众反映{place}夜间喧哗，到场时仍有七八人', '{place}音响声大，提醒后关小了又开'],
  },
  'cooking-fumes': {
    residents: ['{place}的油烟直接排到我家窗户，衣服都不敢晒', '{place}晚上露天烧烤，整栋楼都是烟'],
    workers: ['{place}餐馆净化器没开', '{place}油烟口正对住户窗户'],
  },
  'site-noise': {
    residents: ['{place}工地半夜还在打桩，老人心脏受不了', '{place}中午十二点多就开始切割，没法午休'],
    workers: ['{place}工地夜间施工，未见公告', '{place}工地超时段施工，已提醒'],
  },
  'stairwell-clutter': {
    residents: ['{place}楼道堆满纸箱和旧家具，着火了怎么跑', '{place}三楼住户把鞋柜摆到楼梯口，提醒过几次没用'],
    workers: ['{place}楼道堆放纸板、旧家具', '入户巡查，{place}二单元楼道有杂物，能通行'],
  },
  'e-bike-indoors': {
    residents: ['{place}有人把电动车推进电梯，还在门口充电', '{place}楼上从窗户拉线下来给电动车充电，太吓人了'],
    workers: ['{place}一楼门厅停电动车三辆', '{place}发现飞线充电一处'],
  },
  'blocked-fire-passage': {
    residents: ['{place}消防通道又停了车，一排堵得死死的', '{place}消防车道被花盆和杂物占了'],
    workers: ['{place}消防车道停放小车两辆', '{place}消防通道堆放装修材料'],
  },
  'stair-light': {
    residents: ['{place}楼道灯整个单元都不亮，老人摸黑上楼', '{place}四楼五楼的灯坏了快半个月'],
    workers: ['{place}楼道灯三层不亮', '{place}整单元楼道灯不亮'],
  },
  lift: {
    residents: ['{place}电梯抖得厉害，停的时候不平层，不敢坐', '{place}电梯年检标志过期两个月了'],
    workers: ['{place}电梯检验标志过期', '{place}电梯求救按钮按了没人接'],
  },
  'compound-gate': {
    residents: ['{place}单元门关不上，外面的人随便进', '{place}道闸杆断了，车子乱进'],
    workers: ['{place}单元门闭门器损坏', '{place}门禁失灵，门一直开着'],
  },
  'e-bike-shed': {
    residents: ['{place}充电棚一半插座没电，只好排队', '{place}充电棚连个灭火器都没有'],
    workers: ['{place}充电棚六个口不能用', '{place}充电棚未配灭火器'],
  },
  'septic-tank': {
    residents: ['{place}化粪池满了，粪水漫出来，臭得没法下楼', '{place}一楼厕所返水，应该是化粪池堵了'],
    workers: ['{place}化粪池外溢，约两平方米', '{place}化粪池将满，异味重'],
  },
  'water-cut': {
    residents: ['{place}从早上就停水，也没通知', '{place}六楼水压太小，洗澡都打不着火'],
    workers: ['{place}多户反映停水，未见通知', '{place}高层住户反映水压不足'],
  },
  'water-pipe-break': {
    residents: ['{place}地上一直冒水，流了一夜了', '{place}水管爆了，水喷得老高，快来关阀'],
    workers: ['{place}墙根持续渗水', '{place}路面冒清水，怀疑供水管漏'],
  },
  'power-cut': {
    residents: ['{place}我家停电了，隔壁都有电，电表也没欠费', '{place}好几户一起停电，冰箱里的东西要坏了'],
    workers: ['{place}五户停电，已联系供电所', '{place}半个组没电，跳闸合不上'],
  },
  'cold-homes': {
    residents: [
      '{place}暖气还是冰凉的，家里有刚出生的孩子',
      '{place}交了暖气费，屋里只有十四五度',
      '{place}整个单元都不热，打热线一直占线',
    ],
    workers: ['走访{place}，独居老人家暖气不热', '{place}住户反映室温不到十八度'],
  },
  'telecom-outage': {
    residents: ['{place}宽带断了两天，孩子上网课急死人', '{place}这一片手机都没信号'],
    workers: ['{place}多户反映宽带中断', '{place}全组手机无信号'],
  },
  'stray-dog': {
    residents: ['{place}有条流浪狗老追电动车，昨天扑了个小孩', '{place}四五条野狗成群，晚上不敢下楼'],
    workers: ['{place}流浪犬一只，未伤人', '{place}见流浪犬三只以上，靠近学校'],
  },
  'falling-object': {
    residents: ['{place}楼上老有人往下扔烟头和剩饭', '{place}七楼阳台外面搁着花盆，看着要掉'],
    workers: ['{place}阳台外沿搁置花盆四个', '{place}有住户高空抛物，无人受伤'],
  },
  'illegal-building': {
    residents: ['{place}有人在楼顶搭房子，天天敲', '{place}邻居把院墙往外扩了一米多'],
    workers: ['{place}顶楼正在搭建铁皮棚', '{place}院内加建一间，拿不出手续'],
  },
  'consumer-complaint': {
    residents: ['{place}买的东西坏了不给退，态度还很差', '{place}办的卡才用两次就关门了，电话打不通'],
    workers: ['群众反映{place}拒绝退款', '{place}预付卡商家关门，来问的有五六人'],
  },
  'food-hygiene': {
    residents: ['{place}吃出虫子来了，老板还说没事', '{place}后厨脏得很，从后门看见老鼠'],
    workers: ['{place}后厨地面油污、垃圾桶无盖', '{place}从业人员健康证过期'],
  },
  'enterprise-wiring': {
    residents: ['{place}电线乱拉，插座烧黑了还在用'],
    workers: ['检查{place}，配电箱无漏电保护', '{place}用电线路乱接，插排串了三个'],
  },
  'restaurant-gas': {
    residents: ['{place}把煤气罐放在客人桌子旁边'],
    workers: ['检查{place}，燃气报警器失灵', '{place}报警器未通电，胶管穿墙'],
  },
  'neighbour-leak': {
    residents: [
      '{place}楼上卫生间漏水，我家天花板都泡坏了，找了几次不肯修',
      '{place}楼上说不是他家漏的，墙已经长霉了，请社区来评评理',
    ],
    workers: ['{place}上下楼漏水起争执，双方愿意调解'],
  },
  'neighbour-quarrel': {
    residents: ['{place}楼上半夜拖桌子，说了几次差点打起来', '{place}邻居把我家门口的路堵了，请来调解一下'],
    workers: ['{place}两家因公共过道堆物争吵，已劝开'],
  },
  'property-fee': {
    residents: ['{place}物业收费不公开，不交就不给录门禁', '{place}电梯老坏，物业还催费，我们十几户都不服'],
    workers: ['{place}住户与物业因收费争执'],
  },
  'family-quarrel': {
    residents: ['{place}我妈的赡养费三个兄弟说不拢，想请社区帮忙'],
    workers: ['{place}老人反映子女不给赡养费'],
  },
};
