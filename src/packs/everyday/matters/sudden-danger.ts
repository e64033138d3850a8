import { minutes, naturalDays, urgentHours, workingDays } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, dangerFirst, hotlineLife, liftRescue, proposal } from '../sources.ts';

export const suddenDanger = under(majors.outages, [
  {
    code: 'lift-trapped',
    name: { zh: '电梯困人', en: 'People trapped in a lift' },
    answersTo: 'property-company',
    alsoNeeds: ['fire', 'market-supervision', 'health'],
    urgent: true,
    conditions: [
      condition(
        'lift-trapped-distress',
        {
          zh: '有人受伤、发病、孕妇幼儿被困，或联系不上轿厢',
          en: 'Someone hurt, ill, pregnant or very young, or no answer from the car',
        },
        minutes(30),
        { zh: '人员救出并由医护看过，电梯停用', en: 'Out and seen by medical staff, lift stopped' },
        dangerFirst,
        'words',
      ),
      condition(
        'lift-trapped-calm',
        { zh: '轿厢能通话，无人受伤不适', en: 'They answer, nobody hurt or unwell' },
        minutes(60),
        { zh: '人员救出，电梯停用待检', en: 'Out, lift stopped until examined' },
        liftRescue,
        'words',
      ),
    ],
  },
  {
    code: 'lift-stopped',
    name: { zh: '电梯停运', en: 'Lift out of order' },
    answersTo: 'property-company',
    alsoNeeds: ['market-supervision', 'housing', 'community'],
    conditions: [
      condition(
        'lift-stopped-only',
        {
          zh: '全单元没有电梯可用，维保说能当次修好',
          en: 'No lift left in the stairwell, maintenance can mend it in one visit',
        },
        urgentHours(24),
        { zh: '恢复运行；停运期间老弱病户有人帮', en: 'Runs again; the old and ill were helped meanwhile' },
        proposal,
      ),
      condition(
        'lift-stopped-one',
        { zh: '还有电梯可用，其中一台停运', en: 'One of several stopped, another runs' },
        workingDays(3),
        { zh: '恢复运行', en: 'Runs again' },
        proposal,
      ),
      condition(
        'lift-stopped-overhaul',
        {
          zh: '没有电梯可用，维保书面说明须大修或换件',
          en: 'No lift left, maintenance says in writing it needs parts or overhaul',
        },
        naturalDays(15),
        { zh: '恢复运行，或资金、工期已定并公示', en: 'Runs again, or money and date settled and posted' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'waterlogging',
    name: { zh: '积水内涝', en: 'Waterlogging' },
    answersTo: 'drainage',
    alsoNeeds: ['traffic-police', 'township', 'fire', 'property-company'],
    urgent: true,
    conditions: [
      condition(
        'waterlogging-trapped',
        { zh: '有人或车被水困住', en: 'People or vehicles trapped by the water' },
        minutes(15),
        {
          zh: '已报 119，道路两头封住有人守；人救出后由排水单位接着排',
          en: 'Fire brigade called, both ends closed and guarded; draining follows the rescue',
        },
        callFirst,
      ),
      condition(
        'waterlogging-deep',
        { zh: '无人被困，最深处 25 厘米及以上或水进住户', en: 'Nobody trapped, 25 cm or deeper, or water in homes' },
        urgentHours(2),
        { zh: '封路绕行，水泵到位，水位开始下降', en: 'Closed with a detour, pumps there, the water is falling' },
        dangerFirst,
      ),
      condition(
        'waterlogging-shallow',
        { zh: '无人被困、未进户，深度不足 25 厘米', en: 'Nobody trapped, no homes, less than 25 cm' },
        urgentHours(8),
        { zh: '积水排净，雨水口畅通', en: 'Water gone, gullies clear' },
        proposal,
      ),
    ],
  },
  {
    code: 'fallen-tree',
    name: { zh: '倒树', en: 'Fallen tree' },
    answersTo: 'greening',
    alsoNeeds: ['power', 'traffic-police', 'fire', 'property-company'],
    conditions: [
      condition(
        'fallen-tree-wires',
        { zh: '压住电线、房屋、车辆，或伤人', en: 'On wires, a house or car, or someone is hurt' },
        urgentHours(2),
        { zh: '人员安全，线路断电，树移走', en: 'People safe, wires dead, tree removed' },
        hotlineLife,
      ),
      condition(
        'fallen-tree-road',
        { zh: '未压到人和物，挡住道路', en: 'Nobody and nothing hit, road blocked' },
        urgentHours(4),
        { zh: '道路打通，枝干清走', en: 'Road open, wood taken away' },
        proposal,
      ),
      condition(
        'fallen-tree-beside',
        { zh: '未压到人和物、不挡路', en: 'Nobody and nothing hit, road free' },
        workingDays(2),
        { zh: '树干清走或扶正支撑', en: 'Taken away, or raised and propped' },
        proposal,
      ),
    ],
  },
  {
    code: 'falling-object',
    name: { zh: '高空坠物', en: 'Falling object' },
    answersTo: 'property-company',
    alsoNeeds: ['police', 'community', 'housing'],
    conditions: [
      condition(
        'falling-object-hanging',
        { zh: '窗扇、花盆、雨棚等悬着将落', en: 'Window, flowerpot or awning about to fall' },
        urgentHours(2),
        { zh: '下方围住，物品取下或固定', en: 'Fenced beneath, taken in or fixed' },
        hotlineLife,
      ),
      condition(
        'falling-object-thrown',
        { zh: '无悬物，有人从楼上抛物', en: 'Nothing hanging, someone throws things from above' },
        workingDays(2),
        {
          zh: '已报警留证，逐户提醒，抛物点有防护',
          en: 'Police told, evidence kept, every household reminded, spot guarded',
        },
        proposal,
        'words',
      ),
      condition(
        'falling-object-stored',
        {
          zh: '无人抛物、暂不会落，阳台栏外搁置物品',
          en: 'Nobody throws, nothing about to fall, things stand outside balconies',
        },
        workingDays(3),
        { zh: '栏外无搁置物', en: 'Nothing stands outside' },
        proposal,
      ),
    ],
  },
  {
    code: 'fire-seen',
    name: { zh: '房屋车辆起火冒烟', en: 'Fire or smoke in house or vehicle' },
    answersTo: 'fire',
    alsoNeeds: ['police', 'health', 'community', 'property-company'],
    urgent: true,
    conditions: [
      condition(
        'fire-seen-burning',
        { zh: '看见火或烟', en: 'Fire or smoke is seen' },
        minutes(5),
        {
          zh: '已报 119，能撤的人撤出，通道让开；网格员不进火场',
          en: '119 called, whoever can is out, way clear; grid workers stay out of the fire',
        },
        callFirst,
        'words',
      ),
      condition(
        'fire-seen-out',
        { zh: '火已灭，现场有余烬或住户受灾', en: 'Fire out, embers left or a household affected' },
        urgentHours(4),
        {
          zh: '有人看守防复燃，受灾户当晚有处住',
          en: 'Watched in case it flares up, the family has a place for the night',
        },
        proposal,
        'words',
      ),
    ],
  },
]);
