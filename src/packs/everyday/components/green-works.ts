import { urgentHours, workingDays } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { dangerFirst, likeMissingCover, proposal } from '../sources.ts';

export const greenWorks = under(majors.greenWorks, [
  {
    code: 'street-tree',
    name: { zh: '行道树与庭院树', en: 'Street and courtyard tree' },
    answersTo: 'greening',
    alsoNeeds: ['power', 'property-company'],
    conditions: [
      condition(
        'street-tree-hanging',
        { zh: '断枝悬在行人或车辆上方', en: 'Broken branch hanging over people or cars' },
        urgentHours(4),
        { zh: '断枝取下运走', en: 'Branch taken down and away' },
        proposal,
      ),
      condition(
        'street-tree-leaning',
        { zh: '无断枝，树干倾斜开裂或根部松动', en: 'No loose branch, but trunk leaning and cracking or roots loose' },
        urgentHours(24),
        { zh: '支撑牢固，或依规伐除', en: 'Firmly propped, or felled as the rules allow' },
        proposal,
      ),
      condition(
        'street-tree-covering',
        { zh: '树身稳固，枝叶遮路灯标志或贴近门窗', en: 'Firm, but hides lamps or signs or touches windows' },
        workingDays(3),
        { zh: '修剪到位，枝叶清走', en: 'Pruned clear, cuttings taken away' },
        proposal,
      ),
      condition(
        'street-tree-dead',
        { zh: '树身稳固，整株枯死', en: 'Firm, but dead' },
        workingDays(10),
        { zh: '枯树移除，树池填平或补种', en: 'Dead tree removed, pit filled or replanted' },
        proposal,
      ),
    ],
  },
  {
    code: 'old-tree',
    name: { zh: '古树名木', en: 'Ancient or notable tree' },
    answersTo: 'greening',
    alsoNeeds: ['forestry', 'urban-enforcement'],
    conditions: [
      condition(
        'old-tree-being-hurt',
        { zh: '正在被砍挖、剥皮、倒污或钉物', en: 'Being cut, dug, stripped, poisoned or nailed' },
        urgentHours(2),
        { zh: '伤害停止，现场保全，执法已接手', en: 'It has stopped, scene kept, enforcement has taken over' },
        likeMissingCover,
      ),
      condition(
        'old-tree-unstable',
        { zh: '无人为伤害，倾斜、空洞扩大或支撑松动', en: 'Not being hurt, but leaning, hollow growing or prop loose' },
        workingDays(2),
        { zh: '专家看过，加固措施到位', en: 'An expert has seen it, supports are in place' },
        proposal,
      ),
      condition(
        'old-tree-sick',
        { zh: '树体稳固，黄叶、虫蛀或长势衰弱', en: 'Stable, but yellow, bored by insects or failing' },
        workingDays(10),
        { zh: '诊断完成，养护方案开始执行', en: 'Diagnosed, and the care plan has begun' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'green-plot',
    name: { zh: '绿地花坛', en: 'Lawn and flower bed' },
    answersTo: 'greening',
    conditions: [
      condition(
        'green-plot-spilling',
        { zh: '围边破损，泥土流到路上', en: 'Edging broken, soil on the road' },
        workingDays(2),
        { zh: '围边修好，路面泥土清净', en: 'Edging repaired, road clean' },
        proposal,
      ),
      condition(
        'green-plot-taken',
        { zh: '围边完好，被种菜、圈占或停车', en: 'Edging whole, used for vegetables, fenced in or parked on' },
        workingDays(5),
        { zh: '提前告知当事人，占用清退，绿地恢复', en: 'Users told beforehand, plot cleared and restored' },
        proposal,
      ),
      condition(
        'green-plot-bare',
        { zh: '围边完好、无占用，裸土 1 平方米及以上', en: 'Whole and free, bare soil of 1 m² or more' },
        workingDays(15),
        { zh: '补种或覆盖，裸土不外露', en: 'Replanted or covered, no bare soil' },
        proposal,
      ),
    ],
  },
  {
    code: 'tree-pit',
    name: { zh: '树池', en: 'Tree pit' },
    answersTo: 'greening',
    conditions: [
      condition(
        'tree-pit-trip',
        { zh: '池框翘起或篦子缺失，会绊人', en: 'Frame raised or grating missing, people may trip' },
        workingDays(2),
        { zh: '池框与地面齐平，篦子补齐', en: 'Frame flush, grating complete' },
        proposal,
      ),
      condition(
        'tree-pit-empty',
        { zh: '不绊人，池内无树', en: 'Nothing to trip on, no tree in it' },
        workingDays(15),
        { zh: '已补种，或覆平并登记待种季节', en: 'Replanted, or covered and listed for the season' },
        proposal,
      ),
    ],
  },
  {
    code: 'bench',
    name: { zh: '公共座椅与廊亭', en: 'Public bench and pavilion' },
    answersTo: 'greening',
    alsoNeeds: ['community'],
    conditions: [
      condition(
        'bench-hazard',
        { zh: '断裂、翘钉、倾倒或顶棚掉落', en: 'Broken, nails out, tipping or roof coming off' },
        workingDays(1),
        { zh: '修好，或撤走、围住', en: 'Repaired, or taken away or fenced' },
        proposal,
      ),
      condition(
        'bench-worn',
        { zh: '能安全使用，缺条掉漆', en: 'Safe to use, slats missing or paint gone' },
        workingDays(7),
        { zh: '木条补齐，漆面完好', en: 'Slats complete, painted' },
        proposal,
      ),
    ],
  },
  {
    code: 'fitness-gear',
    name: { zh: '健身器材', en: 'Outdoor fitness gear' },
    answersTo: 'culture',
    alsoNeeds: ['community'],
    conditions: [
      condition(
        'fitness-gear-hazard',
        { zh: '断裂、松动或有尖角，使用会受伤', en: 'Broken, loose or sharp: using it would hurt' },
        urgentHours(4),
        { zh: '修好，或封住并挂停用牌', en: 'Repaired, or closed off with a sign' },
        proposal,
      ),
      condition(
        'fitness-gear-worn',
        { zh: '能安全使用，生锈、异响或缺说明', en: 'Safe, but rusty, squeaking or without instructions' },
        workingDays(7),
        { zh: '除锈润滑，说明牌清楚', en: 'Rust removed, oiled, instructions legible' },
        proposal,
      ),
    ],
  },
  {
    code: 'playground',
    name: { zh: '儿童游乐设施', en: 'Playground' },
    answersTo: 'culture',
    alsoNeeds: ['property-company', 'market-supervision'],
    conditions: [
      condition(
        'playground-hazard',
        { zh: '部件断裂、会夹住手指头颈，或有电线外露', en: 'Broken part, trap for fingers or neck, or bare wires' },
        urgentHours(2),
        {
          zh: '已停用围住，孩子进不去；修好后开放',
          en: 'Closed off so that no child gets in; open only when repaired',
        },
        likeMissingCover,
      ),
      condition(
        'playground-ground',
        { zh: '设备完好，缓冲地面破损变硬', en: 'Equipment sound, soft ground torn or hard' },
        workingDays(10),
        { zh: '缓冲地面补齐', en: 'Soft ground complete' },
        proposal,
      ),
    ],
  },
  {
    code: 'waterside-guard',
    name: { zh: '临水防护设施', en: 'Waterside guard' },
    answersTo: 'greening',
    alsoNeeds: ['water-affairs', 'township'],
    conditions: [
      condition(
        'waterside-guard-gap',
        { zh: '深水边护栏缺口，孩子能钻过或坠落', en: 'Gap in the rail at deep water, a child could get through' },
        urgentHours(2),
        { zh: '缺口封牢', en: 'Gap firmly closed' },
        likeMissingCover,
      ),
      condition(
        'waterside-guard-loose',
        { zh: '无缺口，护栏松动摇晃', en: 'No gap, rail loose' },
        workingDays(2),
        { zh: '护栏紧固，推不动', en: 'Rail firm against a push' },
        proposal,
      ),
      condition(
        'waterside-guard-rescue-gear',
        { zh: '护栏稳固，救生圈、救生绳或警示牌缺失', en: 'Rail firm, lifebuoy, rope or sign missing' },
        workingDays(2),
        { zh: '救生物品和警示牌补齐', en: 'Rescue gear and sign in place' },
        proposal,
      ),
    ],
  },
  {
    code: 'fountain',
    name: { zh: '喷泉水景', en: 'Fountain' },
    answersTo: 'greening',
    conditions: [
      condition(
        'fountain-live',
        { zh: '有人触电发麻，或水中电线破皮', en: 'Someone felt a shock, or a cable in the water is bare' },
        urgentHours(1),
        { zh: '断电拉线，人不能靠近，电工检测', en: 'Power off, roped off, an electrician has measured' },
        dangerFirst,
      ),
      condition(
        'fountain-foul',
        { zh: '无漏电，水发臭或长期不循环', en: 'No leakage, water foul or long stagnant' },
        workingDays(3),
        { zh: '换水清池', en: 'Basin cleaned, water changed' },
        proposal,
      ),
    ],
  },
]);
