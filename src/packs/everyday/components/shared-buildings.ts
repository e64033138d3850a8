import { naturalDays, urgentHours, workingDays, workingHours } from '../../../domains/work/calendars/limit.model.ts';
import { atOnce, condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { dangerFirst, likeBrokenCover, likeMissingCover, proposal } from '../sources.ts';

export const sharedBuildings = under(majors.sharedBuildings, [
  {
    code: 'facade',
    name: { zh: '房屋外墙', en: 'Outer wall' },
    answersTo: 'housing',
    alsoNeeds: ['property-company', 'community'],
    conditions: [
      condition(
        'facade-falling',
        { zh: '墙砖、墙皮、空调架正在掉落或摇晃', en: 'Tiles, plaster or brackets falling or swaying' },
        urgentHours(2),
        { zh: '下方拉线无人，松动部分清除', en: 'Roped off with nobody beneath, loose parts removed' },
        likeMissingCover,
      ),
      condition(
        'facade-hollow',
        { zh: '未掉落，有明显空鼓、裂缝', en: 'Nothing falling, clearly hollow or cracked' },
        workingDays(5),
        { zh: '专业单位查看，维修计划和日期已公示', en: 'Experts have looked, plan and date are posted' },
        proposal,
        'document',
      ),
      condition(
        'facade-seeping',
        { zh: '无空鼓裂缝，雨后渗水进户', en: 'Not hollow or cracked, rain seeps into homes' },
        workingDays(15),
        { zh: '雨后查看不再渗水', en: 'Seen after rain: no more seepage' },
        proposal,
      ),
    ],
  },
  {
    code: 'retaining-wall',
    name: { zh: '围墙与挡土墙', en: 'Boundary and retaining wall' },
    answersTo: 'housing',
    alsoNeeds: ['property-company', 'planning', 'township'],
    conditions: [
      condition(
        'retaining-wall-moving',
        { zh: '鼓肚、倾斜或裂缝在加宽', en: 'Bulging, leaning or cracks widening' },
        urgentHours(4),
        { zh: '墙边人车撤离，围挡看守，专业人员到场', en: 'People and cars away, fenced and watched, expert on site' },
        dangerFirst,
      ),
      condition(
        'retaining-wall-broken',
        { zh: '墙体稳定，局部缺损或泄水孔堵塞', en: 'Stable, locally broken or weep holes blocked' },
        workingDays(10),
        { zh: '缺损补齐，泄水孔通畅', en: 'Repaired, weep holes open' },
        proposal,
      ),
    ],
  },
  {
    code: 'lift',
    name: { zh: '住宅电梯', en: 'Lift in common use' },
    answersTo: 'property-company',
    alsoNeeds: ['market-supervision'],
    conditions: [
      condition(
        'lift-abnormal',
        { zh: '能运行，但夹人、急坠、不平层或剧烈抖动', en: 'Runs, but pinches, drops, stops uneven or shakes' },
        urgentHours(2),
        {
          zh: '已停梯挂牌，维保到场；修好并记录后再用',
          en: 'Stopped with a sign, maintenance on site; used again when recorded as fixed',
        },
        likeMissingCover,
      ),
      condition(
        'lift-call-dead',
        { zh: '运行平稳，轿厢求救无人应答', en: 'Runs well, the call button is not answered' },
        urgentHours(4),
        { zh: '当场试按有人应答', en: 'Pressed in front of the checker, it is answered' },
        proposal,
      ),
      condition(
        'lift-label-overdue',
        { zh: '运行平稳、求救有效，检验标志过期', en: 'Runs, call works, inspection label overdue' },
        workingDays(5),
        { zh: '检验合格换标，或停用', en: 'Inspected and labelled, or out of use' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'building-fire-gear',
    name: { zh: '楼内消防设施', en: 'Building fire equipment' },
    answersTo: 'property-company',
    alsoNeeds: ['fire'],
    conditions: [
      condition(
        'building-fire-gear-no-water',
        { zh: '消火栓无水或喷淋阀被关', en: 'Hydrant dry or sprinkler valve shut' },
        urgentHours(24),
        { zh: '最高层试水有压力，阀门常开上封', en: 'Pressure on the top floor, valve sealed open' },
        proposal,
      ),
      condition(
        'building-fire-gear-alarm',
        { zh: '水路正常，报警主机关闭或大面积故障', en: 'Water fine, alarm panel off or widely faulty' },
        urgentHours(24),
        { zh: '主机正常，抽测报警有响应', en: 'Panel normal, a trial alarm answers' },
        proposal,
      ),
      condition(
        'building-fire-gear-door',
        { zh: '水路、报警正常，防火门损坏或常闭门被撑开', en: 'Water and alarm fine, fire door broken or wedged open' },
        workingDays(2),
        { zh: '防火门能自行关严', en: 'The door shuts by itself' },
        proposal,
      ),
      condition(
        'building-fire-gear-extinguisher',
        {
          zh: '以上正常，灭火器缺失、过期或应急灯不亮',
          en: 'Those in order, extinguishers missing or stale or lamps dead',
        },
        workingDays(3),
        { zh: '灭火器有效，应急灯试亮', en: 'Extinguishers valid, lamps tested' },
        proposal,
      ),
    ],
  },
  {
    code: 'e-bike-shed',
    name: { zh: '电动自行车充电棚', en: 'E-bike charging shed' },
    answersTo: 'property-company',
    alsoNeeds: ['fire', 'power'],
    conditions: [
      condition(
        'e-bike-shed-hot',
        { zh: '冒烟、烧焦味或电线裸露', en: 'Smoke, burnt smell or bare wires' },
        urgentHours(1),
        { zh: '断电，车辆移开，修好前不送电', en: 'Power off, bikes moved, no power until repaired' },
        dangerFirst,
      ),
      condition(
        'e-bike-shed-dead',
        { zh: '无以上危险，半数以上充电口不能用', en: 'None of these, more than half the sockets dead' },
        workingDays(2),
        { zh: '充电口恢复，价格公示', en: 'Sockets work, the price is posted' },
        proposal,
      ),
      condition(
        'e-bike-shed-no-gear',
        { zh: '充电正常，无灭火器、隔断或监控', en: 'Charging works, no extinguisher, partition or camera' },
        workingDays(7),
        { zh: '灭火器材和隔断配齐', en: 'Extinguishers and partitions in place' },
        proposal,
      ),
    ],
  },
  {
    code: 'stair-light',
    name: { zh: '楼道照明与扶手', en: 'Stair light and handrail' },
    answersTo: 'property-company',
    conditions: [
      condition(
        'stair-light-rail',
        { zh: '栏杆扶手断开，可能坠落', en: 'Railing broken, a person may fall' },
        urgentHours(4),
        { zh: '栏杆修牢，或临时封好', en: 'Railing firm or safely closed off' },
        proposal,
      ),
      condition(
        'stair-light-dark',
        { zh: '栏杆完好，整个单元楼道灯不亮', en: 'Railing sound, no light in the whole stairwell' },
        workingDays(1),
        { zh: '每层灯亮', en: 'Every floor is lit' },
        proposal,
      ),
      condition(
        'stair-light-some',
        { zh: '栏杆完好，部分楼层灯不亮', en: 'Railing sound, some floors dark' },
        workingDays(3),
        { zh: '每层灯亮', en: 'Every floor is lit' },
        proposal,
      ),
    ],
  },
  {
    code: 'water-tank',
    name: { zh: '二次供水水箱', en: 'Building water tank' },
    answersTo: 'property-company',
    alsoNeeds: ['water', 'health'],
    conditions: [
      condition(
        'water-tank-open',
        { zh: '箱盖未锁、有破口，或发现死虫死鼠', en: 'Lid unlocked, holed, or dead vermin inside' },
        urgentHours(4),
        {
          zh: '停用告知住户，清洗消毒上锁，水质检测合格',
          en: 'Residents told, tank cleaned and locked, water test passed',
        },
        proposal,
        'document',
      ),
      condition(
        'water-tank-overdue',
        { zh: '箱体密闭上锁，超过半年未清洗', en: 'Closed and locked, not cleaned for over half a year' },
        workingDays(7),
        { zh: '清洗消毒，检测结果公示', en: 'Cleaned, and the test is posted' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'compound-gate',
    name: { zh: '小区大门与单元门', en: 'Gate and entrance door' },
    answersTo: 'property-company',
    alsoNeeds: ['fire'],
    conditions: [
      atOnce(
        condition(
          'compound-gate-stuck',
          {
            zh: '打不开，救护车、消防车或住户进出不了',
            en: 'Will not open: no way for ambulance, engine or residents',
          },
          urgentHours(1),
          { zh: '通道打开，有人值守', en: 'The way is open and someone stands there' },
          dangerFirst,
        ),
      ),
      condition(
        'compound-gate-broken',
        { zh: '能进出，门锁、闭门器或道闸损坏', en: 'Passable, but lock, closer or barrier broken' },
        workingDays(3),
        { zh: '开关正常，紧急时能手动打开', en: 'Works, and opens by hand in need' },
        proposal,
      ),
    ],
  },
  {
    code: 'access-ramp',
    name: { zh: '无障碍坡道', en: 'Wheelchair ramp' },
    answersTo: 'property-company',
    alsoNeeds: ['community', 'civil-affairs'],
    conditions: [
      condition(
        'access-ramp-blocked',
        { zh: '坡道完好，被车辆或杂物占住', en: 'Sound, but blocked by vehicles or goods' },
        workingHours(4),
        { zh: '清空，轮椅能上下', en: 'Clear, a wheelchair goes up and down' },
        likeBrokenCover,
      ),
      condition(
        'access-ramp-broken',
        { zh: '坡面破损、过陡或扶手松动', en: 'Surface broken, too steep or rail loose' },
        workingDays(7),
        { zh: '修好，由使用者试过', en: 'Repaired and tried by someone who needs it' },
        proposal,
      ),
    ],
  },
  {
    code: 'air-raid-shelter',
    name: { zh: '人防工程', en: 'Civil-defence basement' },
    answersTo: 'civil-defence',
    alsoNeeds: ['property-company'],
    conditions: [
      condition(
        'air-raid-shelter-misused',
        { zh: '存放易燃易爆物或违规住人', en: 'Flammables stored or people living in it' },
        naturalDays(1),
        { zh: '物品搬出，人员妥善搬离', en: 'Goods out, people decently rehoused' },
        proposal,
      ),
      condition(
        'air-raid-shelter-broken',
        { zh: '无以上情形，渗水、门损或通道堵塞', en: 'None of these, seeping, door damaged or passage blocked' },
        workingDays(10),
        { zh: '设施修好，通道畅通', en: 'Repaired, passage free' },
        proposal,
      ),
    ],
  },
  {
    code: 'heritage-site',
    name: { zh: '文物与历史建筑', en: 'Heritage building' },
    answersTo: 'culture',
    alsoNeeds: ['fire', 'housing'],
    conditions: [
      condition(
        'heritage-site-being-hurt',
        { zh: '正在被拆改、挖掘或违规用火用电', en: 'Being altered or dug, or unsafe fire or wiring' },
        urgentHours(2),
        { zh: '行为停止，现场保全，执法接手', en: 'Stopped, scene kept, enforcement has taken over' },
        likeMissingCover,
      ),
      condition(
        'heritage-site-decaying',
        { zh: '无人为破坏，漏雨、开裂或构件松动', en: 'Nobody harming it, leaking, cracking or parts loose' },
        workingDays(5),
        { zh: '临时遮护到位，修缮方案已报', en: 'Sheltered for now, repair plan handed in' },
        proposal,
      ),
    ],
  },
]);
