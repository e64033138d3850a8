import { minutes, naturalDays, urgentHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, inNoHurry, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, proposal, stopWork } from '../sources.ts';

// A grid worker looks from outside the danger and calls; nobody is asked to enter a tank or to test a gas.
export const highRiskSectors = under(majors.enterprises, [
  {
    code: 'confined-space',
    name: { zh: '有限空间作业', en: 'Work in a confined space' },
    answersTo: 'emergency',
    alsoNeeds: ['fire', 'drainage', 'township'],
    urgent: true,
    conditions: [
      condition(
        'confined-space-man-down',
        {
          zh: '井、池、罐内有人晕倒或呼叫无应答',
          en: 'Someone in a pit, tank or shaft has collapsed or does not answer',
        },
        minutes(5),
        {
          zh: '已报 119、120，拦住他人下去，消防接手',
          en: 'Fire brigade and ambulance called, others held back, fire brigade in charge',
        },
        callFirst,
        'words',
      ),
      condition(
        'confined-space-entering',
        {
          zh: '有人在内作业，无通风检测或洞口无人看护',
          en: 'People inside, no ventilation and test, or nobody at the opening',
        },
        minutes(30),
        { zh: '作业停下，人员全部上来', en: 'Stopped, people out' },
        stopWork,
      ),
      inNoHurry(
        condition(
          'confined-space-unmarked',
          { zh: '无人在内，无警示牌、台账或救援装备', en: 'Nobody inside, no sign, register or rescue gear' },
          naturalDays(7),
          { zh: '警示、台账、装备齐全，人员会用', en: 'Sign, register and gear there, staff know them' },
          proposal,
        ),
      ),
    ],
  },
  {
    code: 'explosive-dust',
    name: { zh: '粉尘涉爆', en: 'Explosive dust' },
    answersTo: 'emergency',
    alsoNeeds: ['fire'],
    urgent: true,
    conditions: [
      condition(
        'explosive-dust-ignition',
        {
          zh: '生产中积尘盖住设备，旁边有明火、焊割或吸烟',
          en: 'Running, dust covers the machines, flame, welding or smoking near',
        },
        minutes(30),
        { zh: '火源熄灭，停产，人员撤到安全处', en: 'Flame out, production stopped, people at a safe place' },
        stopWork,
      ),
      condition(
        'explosive-dust-thick',
        {
          zh: '无火源，积尘盖住设备本色或除尘器停着',
          en: 'No flame, dust hides the colour of machines or the collector is off',
        },
        urgentHours(2),
        { zh: '停产，湿式清尘，除尘器能用后复产', en: 'Stopped, cleaned wet, restart only with the collector running' },
        stopWork,
      ),
      condition(
        'explosive-dust-no-record',
        { zh: '无明显积尘，无清扫记录、防爆标识或培训', en: 'Little dust, no cleaning record, signs or training' },
        naturalDays(7),
        { zh: '记录、标识齐全，抽问员工会答', en: 'Records and signs complete, staff asked can answer' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'ammonia-cooling',
    name: { zh: '液氨制冷', en: 'Ammonia cooling' },
    answersTo: 'emergency',
    alsoNeeds: ['fire', 'market-supervision', 'ecology'],
    urgent: true,
    conditions: [
      condition(
        'ammonia-cooling-smell',
        { zh: '闻到刺鼻氨味', en: 'A sharp smell of ammonia' },
        minutes(15),
        {
          zh: '已报 119，厂内外人员撤到上风处，企业关阀',
          en: '119 called, people in and around upwind, valves shut by the firm',
        },
        callFirst,
        'words',
      ),
      condition(
        'ammonia-cooling-alarm-dead',
        { zh: '无氨味，报警器、喷淋或防毒面具不能用', en: 'No smell, alarm, spray or masks out of use' },
        naturalDays(1),
        { zh: '设施恢复并试用，恢复前机房专人值守', en: 'Working and tried; until then the plant room was manned' },
        proposal,
      ),
      condition(
        'ammonia-cooling-paperwork',
        {
          zh: '设施正常，操作证、检验或演练记录过期',
          en: 'Equipment in order, licence, inspection or drill out of date',
        },
        naturalDays(15),
        { zh: '证件、检验有效，演练已做', en: 'Licences and inspection valid, drill held' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'molten-metal',
    name: { zh: '高温熔融金属', en: 'Molten metal' },
    answersTo: 'emergency',
    alsoNeeds: ['fire'],
    urgent: true,
    conditions: [
      condition(
        'molten-metal-water',
        {
          zh: '生产中，炉坑、包底有水或冷却水漏',
          en: 'Running, water in the pit or below the ladle, or cooling leaks',
        },
        minutes(30),
        { zh: '停止出铁、铸造，人员撤离，积水清干后再议', en: 'Pouring stopped, people away, restart only when dry' },
        stopWork,
      ),
      condition(
        'molten-metal-people',
        {
          zh: '无水，危险区内设休息室、会议室或有闲人',
          en: 'Dry, rest or meeting room or idle people in the danger zone',
        },
        urgentHours(4),
        { zh: '人员搬出，区域划线隔开', en: 'People out, zone marked and closed' },
        stopWork,
      ),
      condition(
        'molten-metal-interlock',
        { zh: '无水无闲人，水温流量报警联锁失效', en: 'Dry and clear, alarm or interlock of cooling dead' },
        naturalDays(1),
        { zh: '联锁恢复并试验，恢复前停炉或专人盯守', en: 'Interlock tested; until then furnace off or watched' },
        proposal,
      ),
    ],
  },
  {
    code: 'chemical-store',
    name: { zh: '危险化学品存放', en: 'Storing dangerous chemicals' },
    answersTo: 'emergency',
    alsoNeeds: ['fire', 'ecology', 'police'],
    conditions: [
      condition(
        'chemical-store-homes',
        { zh: '存放在住宅、地下室或与人同住', en: 'In homes, cellars or where people sleep' },
        urgentHours(8),
        { zh: '由有资质单位运走，住户安全', en: 'Taken by a licensed firm, residents safe' },
        proposal,
      ),
      condition(
        'chemical-store-mixed',
        { zh: '不在住处，禁忌物混放或超量', en: 'Not in homes, incompatible goods together or too much' },
        naturalDays(1),
        { zh: '分开存放，存量合规', en: 'Apart, and within the permitted amount' },
        proposal,
      ),
      condition(
        'chemical-store-labels',
        { zh: '存放合规，标签、说明书或应急器材缺', en: 'Stored properly, labels, sheets or gear missing' },
        naturalDays(7),
        { zh: '标签、说明书、器材齐全', en: 'Labels, sheets and gear complete' },
        proposal,
      ),
    ],
  },
  {
    code: 'stopped-firm',
    name: { zh: '停产关闭企业', en: 'Stopped or closed firm' },
    answersTo: 'emergency',
    alsoNeeds: ['power', 'ecology', 'township'],
    conditions: [
      condition(
        'stopped-firm-dismantling',
        { zh: '正在拆设备管道，无方案或未清空', en: 'Plant being dismantled, no plan or not emptied' },
        urgentHours(1),
        { zh: '停下，方案报审后再拆', en: 'Stopped until the plan is accepted' },
        stopWork,
      ),
      condition(
        'stopped-firm-running',
        { zh: '未拆除，停产令下偷开或未批准复产', en: 'Not dismantling, running in spite of the order' },
        urgentHours(4),
        { zh: '停下，书面告知送达，用电量已核', en: 'Stopped, told in writing, power use checked' },
        stopWork,
      ),
      condition(
        'stopped-firm-leftovers',
        {
          zh: '未拆未开，留有原料、气瓶或无人看守',
          en: 'Neither, but raw materials or gas bottles left, or nobody on guard',
        },
        naturalDays(3),
        { zh: '危险物清走，专人看守巡查', en: 'Dangerous goods gone, watched and patrolled' },
        proposal,
      ),
    ],
  },
]);
