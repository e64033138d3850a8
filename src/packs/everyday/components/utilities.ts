import { urgentHours, workingDays, workingHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { dangerFirst, likeBrokenCover, likeBrokenPipe, likeMissingCover, proposal } from '../sources.ts';

export const utilities = under(majors.utilities, [
  {
    code: 'street-lamp',
    name: { zh: '路灯', en: 'Street lamp' },
    answersTo: 'municipal-works',
    alsoNeeds: ['power'],
    conditions: [
      condition(
        'street-lamp-down',
        { zh: '灯杆倒伏、断裂，或有电线裸露', en: 'Pole down or broken, or bare wires within reach' },
        urgentHours(2),
        { zh: '已断电，倒杆移走，现场无裸线', en: 'Power off, pole taken away, no bare wire left' },
        likeMissingCover,
      ),
      condition(
        'street-lamp-leaning',
        { zh: '灯杆明显倾斜，未倒且无裸线', en: 'Pole clearly leaning, not down, no bare wire' },
        workingDays(1),
        { zh: '灯杆扶正，基座紧固', en: 'Pole upright and its base fixed' },
        proposal,
      ),
      condition(
        'street-lamp-row-dark',
        { zh: '灯杆完好，相邻三盏及以上不亮', en: 'Poles sound, three or more lamps in a row dark' },
        workingDays(1),
        { zh: '当晚查看，该段路灯全部亮起', en: 'Checked at night: every lamp in the row is lit' },
        proposal,
      ),
      condition(
        'street-lamp-dark',
        { zh: '灯杆完好，一盏或两盏不亮', en: 'Poles sound, one or two lamps dark' },
        workingDays(3),
        { zh: '当晚查看，路灯亮起', en: 'Checked at night: the lamps are lit' },
        proposal,
      ),
    ],
  },
  {
    code: 'utility-pole',
    name: { zh: '电力通信杆', en: 'Power or telecom pole' },
    answersTo: 'power',
    alsoNeeds: ['telecom'],
    conditions: [
      condition(
        'utility-pole-down',
        { zh: '杆已倒，或靠在房屋、树木、车辆上', en: 'Pole down, or resting on a house, tree or vehicle' },
        urgentHours(2),
        { zh: '线缆断电，倒杆移除，道路恢复', en: 'Lines dead, pole removed, way open' },
        likeMissingCover,
      ),
      condition(
        'utility-pole-leaning',
        { zh: '杆身倾斜、开裂或拉线松脱，未倒', en: 'Leaning, cracked or with a slack stay, not down' },
        workingDays(3),
        { zh: '扶正加固或换杆，拉线绷紧', en: 'Upright and firm or replaced, stay tight' },
        proposal,
      ),
      condition(
        'utility-pole-unused',
        { zh: '杆身稳固，已无线缆，占道废弃', en: 'Firm, carries no lines any more, stands in the way' },
        workingDays(15),
        { zh: '废杆拔除，坑洞填平', en: 'Pole pulled, hole filled' },
        proposal,
      ),
    ],
  },
  {
    code: 'power-line',
    name: { zh: '架空电力线', en: 'Overhead power line' },
    answersTo: 'power',
    alsoNeeds: ['greening'],
    conditions: [
      condition(
        'power-line-down',
        { zh: '电线断落，或垂到人能碰到的高度', en: 'Line fallen, or hanging where a person can touch it' },
        urgentHours(1),
        { zh: '线路断电，断线清走或升回原高', en: 'Line dead, taken away or back at its height' },
        dangerFirst,
      ),
      condition(
        'power-line-sparking',
        { zh: '电线未垂落，但打火，或树枝搭线', en: 'Not fallen, but sparking or touched by branches' },
        urgentHours(8),
        { zh: '无火花，树枝修离导线', en: 'No sparks, branches cut clear of the line' },
        proposal,
      ),
      condition(
        'power-line-new-obstacle',
        { zh: '线下新建房、堆物或钓鱼，尚未触线', en: 'Building, stacking or fishing under the line, not touching it' },
        workingDays(1),
        { zh: '线下作业停止，警示牌设好', en: 'Work under the line has stopped, warning sign stands' },
        proposal,
      ),
    ],
  },
  {
    code: 'telecom-line',
    name: { zh: '架空通信线', en: 'Overhead telecom line' },
    answersTo: 'telecom',
    conditions: [
      condition(
        'telecom-line-across',
        { zh: '线缆垂落，拦住行人或车辆', en: 'Cable hanging low across a path or road' },
        urgentHours(2),
        { zh: '线缆收起或升高，人车可过', en: 'Cable taken up, the way is free' },
        likeMissingCover,
      ),
      condition(
        'telecom-line-sagging',
        { zh: '线缆下垂、缠成团，不拦人车', en: 'Sagging or in tangles, not in anyone’s way' },
        workingDays(5),
        { zh: '线缆理顺捆扎，高度一致', en: 'Cables bundled and at one height' },
        proposal,
      ),
      condition(
        'telecom-line-dead',
        { zh: '废弃断头线挂在墙面或杆上，未下垂', en: 'Dead cable ends left on a wall or pole, not sagging' },
        workingDays(15),
        { zh: '废线拆除带走', en: 'Dead cables removed and taken away' },
        proposal,
      ),
    ],
  },
  {
    code: 'power-box',
    name: { zh: '配电箱', en: 'Power cabinet' },
    answersTo: 'power',
    conditions: [
      condition(
        'power-box-live',
        { zh: '箱门敞开或损坏，能碰到带电部分', en: 'Door open or broken, live parts within reach' },
        urgentHours(2),
        { zh: '箱门上锁，带电部分碰不到', en: 'Door locked, live parts out of reach' },
        likeMissingCover,
      ),
      condition(
        'power-box-damaged',
        { zh: '箱体锈穿、倾斜，带电部分碰不到', en: 'Rusted through or leaning, live parts out of reach' },
        workingDays(3),
        { zh: '箱体修复扶正，警示标志清楚', en: 'Cabinet repaired and upright, warning sign legible' },
        proposal,
      ),
    ],
  },
  {
    code: 'telecom-box',
    name: { zh: '通信交接箱', en: 'Telecom cabinet' },
    answersTo: 'telecom',
    conditions: [
      condition(
        'telecom-box-in-way',
        { zh: '箱体倒在人行道或车道上', en: 'Cabinet lying on the pavement or road' },
        urgentHours(2),
        { zh: '箱体归位固定，通道畅通', en: 'Cabinet fixed in place, way free' },
        likeMissingCover,
      ),
      condition(
        'telecom-box-open',
        { zh: '箱体未倒，门缺失或关不上', en: 'Standing, but door missing or will not close' },
        workingDays(3),
        { zh: '箱门补齐关严', en: 'Door replaced and shut' },
        proposal,
      ),
    ],
  },
  {
    code: 'street-hydrant',
    name: { zh: '市政消火栓', en: 'Street fire hydrant' },
    answersTo: 'water',
    alsoNeeds: ['fire'],
    conditions: [
      condition(
        'street-hydrant-gushing',
        { zh: '被撞断或阀门坏，正在喷水', en: 'Knocked off or valve broken, water gushing' },
        urgentHours(1),
        { zh: '水已止住，消防部门知道该栓停用', en: 'Water stopped, the fire brigade knows it is out of use' },
        likeBrokenPipe,
      ),
      condition(
        'street-hydrant-blocked',
        { zh: '未漏水，被车辆、摊位圈占或埋压', en: 'Not leaking, but walled in, parked over or buried' },
        workingHours(4),
        { zh: '栓体四周清空，消防车能接水', en: 'Free on all sides, an engine can connect' },
        likeBrokenCover,
      ),
      condition(
        'street-hydrant-dry',
        { zh: '未被圈占，开栓无水或水压明显不足', en: 'Reachable, but no water or clearly too little pressure' },
        workingDays(2),
        { zh: '试水出水有力，记录留存', en: 'Tested: a strong jet, and the test is on record' },
        proposal,
      ),
      condition(
        'street-hydrant-incomplete',
        { zh: '能出水，缺闷盖、接口损坏或编号不清', en: 'Gives water, but cap, coupling or number is missing' },
        workingDays(5),
        { zh: '配件补齐，编号清楚', en: 'Parts replaced, number legible' },
        proposal,
      ),
    ],
  },
  {
    code: 'gas-regulator',
    name: { zh: '燃气调压箱', en: 'Gas regulator box' },
    answersTo: 'gas',
    conditions: [
      condition(
        'gas-regulator-hit',
        { zh: '箱体被撞变形或移位，无燃气味', en: 'Box bent or moved by an impact, no smell of gas' },
        urgentHours(2),
        { zh: '燃气公司测漏合格，箱体修复', en: 'The gas company measured no leak, box repaired' },
        likeMissingCover,
      ),
      condition(
        'gas-regulator-crowded',
        { zh: '箱体完好，一米内堆物、停车或用火', en: 'Sound, but goods, cars or fire within one metre' },
        workingDays(1),
        { zh: '一米内清空，警示标志设好', en: 'One metre around it is free, warning sign stands' },
        proposal,
      ),
      condition(
        'gas-regulator-unguarded',
        { zh: '箱体完好，四周无堆物，防撞栏缺失', en: 'Sound and free, but the crash rail is missing' },
        workingDays(7),
        { zh: '防撞栏安装牢固', en: 'Crash rail firmly in place' },
        proposal,
      ),
    ],
  },
  {
    code: 'car-charger',
    name: { zh: '电动汽车公用充电桩', en: 'Public car charger' },
    answersTo: 'power',
    conditions: [
      condition(
        'car-charger-live',
        { zh: '冒烟、外壳破裂或露出带电部分', en: 'Smoking, casing broken or live parts bare' },
        urgentHours(2),
        { zh: '断电封存，警示牌设好', en: 'Power off, sealed, warning sign stands' },
        likeMissingCover,
      ),
      condition(
        'car-charger-site-dead',
        { zh: '外观安全，全站充不上电', en: 'Looks safe, but no charger of the site works' },
        workingDays(2),
        { zh: '现场试充成功', en: 'A trial charge on site works' },
        proposal,
      ),
      condition(
        'car-charger-dead',
        { zh: '外观安全，部分桩充不上电', en: 'Looks safe, some chargers do not work' },
        workingDays(5),
        { zh: '试充成功，或停用牌写明恢复日期', en: 'Trial charge works, or a sign names the day it will' },
        proposal,
      ),
    ],
  },
  {
    code: 'loudspeaker',
    name: { zh: '应急广播喇叭', en: 'Emergency loudspeaker' },
    answersTo: 'culture',
    alsoNeeds: ['emergency'],
    conditions: [
      condition(
        'loudspeaker-silent-warning',
        { zh: '预警生效期间，喇叭不响或听不清', en: 'A warning is in force and the loudspeaker is silent or unclear' },
        urgentHours(4),
        {
          zh: '试播清楚；修好前有人上门或用手持喇叭通知',
          en: 'Test broadcast is clear; until then people were told door to door or by megaphone',
        },
        proposal,
      ),
      condition(
        'loudspeaker-silent',
        { zh: '无预警，喇叭不响或听不清', en: 'No warning in force, silent or unclear' },
        workingDays(3),
        { zh: '试播清楚', en: 'A test is clearly heard' },
        proposal,
      ),
    ],
  },
]);
