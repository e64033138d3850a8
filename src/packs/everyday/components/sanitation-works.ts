import { urgentHours, workingDays, workingHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { likeBrokenCover, likeDirtyRoad, likeMissingCover, proposal } from '../sources.ts';

export const sanitationWorks = under(majors.sanitationWorks, [
  {
    code: 'litter-bin',
    name: { zh: '果皮箱与垃圾桶', en: 'Litter bin' },
    answersTo: 'sanitation',
    conditions: [
      condition(
        'litter-bin-full',
        { zh: '箱体完好，垃圾满出箱口', en: 'Bin sound, rubbish above the rim' },
        workingHours(2),
        { zh: '垃圾清走，四周干净', en: 'Emptied, clean all round' },
        likeDirtyRoad,
      ),
      condition(
        'litter-bin-broken',
        { zh: '箱体破损、倾倒，或有锐边', en: 'Broken, tipped over or with sharp edges' },
        workingDays(2),
        { zh: '箱体修复或更换', en: 'Repaired or replaced' },
        proposal,
      ),
      condition(
        'litter-bin-missing',
        { zh: '原有箱体不见，只剩底座或空位', en: 'The bin is gone, only its base or place is left' },
        workingDays(3),
        { zh: '箱体补装，或底座拆除并说明', en: 'New bin, or base removed with a reason' },
        proposal,
      ),
    ],
  },
  {
    code: 'waste-station',
    name: { zh: '垃圾收集点与转运站', en: 'Waste collection point and station' },
    answersTo: 'sanitation',
    alsoNeeds: ['property-company'],
    conditions: [
      condition(
        'waste-station-leachate',
        { zh: '污水流到站外道路或住户门前', en: 'Leachate runs onto the road or to doors' },
        workingHours(4),
        { zh: '污水止住，路面冲净', en: 'Flow stopped, road washed' },
        likeBrokenCover,
      ),
      condition(
        'waste-station-heap',
        { zh: '污水未外流，垃圾堆到站外', en: 'No leachate outside, waste piled outside the station' },
        workingDays(1),
        { zh: '站外垃圾清净，当日清运', en: 'Outside clear, waste taken daily' },
        proposal,
      ),
      condition(
        'waste-station-machine',
        { zh: '站外干净，压缩、除臭等设备停用', en: 'Clean outside, press or odour control out of use' },
        workingDays(3),
        { zh: '设备运行正常', en: 'Machines run' },
        proposal,
      ),
    ],
  },
  {
    code: 'public-toilet',
    name: { zh: '公共厕所', en: 'Public toilet' },
    answersTo: 'sanitation',
    conditions: [
      condition(
        'public-toilet-overflow',
        { zh: '粪污外溢', en: 'Sewage running over' },
        workingHours(4),
        { zh: '管道疏通，地面冲净消毒', en: 'Pipe clear, floor washed and disinfected' },
        likeBrokenCover,
      ),
      condition(
        'public-toilet-shut',
        { zh: '无外溢，开放时间锁门且无告示', en: 'No overflow, locked in opening hours without notice' },
        workingHours(4),
        {
          zh: '恢复开放，或告示写明就近厕所和开放日期',
          en: 'Open, or a notice names the nearest toilet and the reopening date',
        },
        likeBrokenCover,
      ),
      condition(
        'public-toilet-fittings',
        { zh: '正常开放，缺水、缺灯或洁具扶手损坏', en: 'Open, but no water or light, or fittings broken' },
        workingDays(2),
        { zh: '水、灯、洁具、扶手可用', en: 'Water, light, fittings and grab rails work' },
        proposal,
      ),
    ],
  },
  {
    code: 'signboard',
    name: { zh: '广告牌与店招', en: 'Billboard and shop sign' },
    answersTo: 'urban-enforcement',
    conditions: [
      condition(
        'signboard-falling',
        { zh: '倾斜、松脱或漏电，会砸人伤人', en: 'Tilted, loose or live: it can hurt people' },
        urgentHours(2),
        { zh: '下方已清场，牌体拆除或加固', en: 'Nobody beneath, board taken down or made fast' },
        likeMissingCover,
      ),
      condition(
        'signboard-rusty',
        { zh: '尚稳固，支架锈蚀、面板开裂', en: 'Still firm, but frame rusted or panel cracked' },
        workingDays(5),
        { zh: '支架除锈加固或更换，有检查记录', en: 'Frame treated or replaced, check on record' },
        proposal,
      ),
      condition(
        'signboard-worn',
        { zh: '结构完好，缺字断亮、画面破旧', en: 'Structure sound, letters missing or picture torn' },
        workingDays(7),
        { zh: '缺字补齐，破旧画面更换', en: 'Letters complete, picture replaced' },
        proposal,
      ),
    ],
  },
  {
    code: 'notice-board',
    name: { zh: '公告栏与宣传栏', en: 'Notice board' },
    answersTo: 'community',
    alsoNeeds: ['township'],
    conditions: [
      condition(
        'notice-board-hazard',
        { zh: '玻璃破碎或栏体歪倒', en: 'Glass broken or board tipping' },
        workingHours(4),
        { zh: '碎玻璃清净，栏体扶正或拆除', en: 'Glass cleared, board upright or removed' },
        likeBrokenCover,
      ),
      condition(
        'notice-board-stale',
        { zh: '栏体完好，应公开的内容缺失或已过期', en: 'Sound, but what must be posted is missing or stale' },
        workingDays(3),
        { zh: '应公开内容张贴齐全，标明日期', en: 'What is due is posted, with its date' },
        proposal,
      ),
    ],
  },
  {
    code: 'septic-tank',
    name: { zh: '化粪池', en: 'Septic tank' },
    answersTo: 'property-company',
    alsoNeeds: ['sanitation', 'drainage'],
    conditions: [
      condition(
        'septic-tank-open',
        { zh: '池盖缺失、破洞或下沉，可能落人', en: 'Lid missing, holed or sinking: a person may fall in' },
        urgentHours(2),
        { zh: '池盖盖牢，踩上不晃', en: 'Lid tight and firm underfoot' },
        likeMissingCover,
      ),
      condition(
        'septic-tank-overflow',
        { zh: '池盖牢固，粪水外溢', en: 'Lid firm, sewage running over' },
        workingHours(4),
        { zh: '清掏完毕，地面冲净；无人下池作业', en: 'Emptied, ground washed; nobody climbed into the tank' },
        likeBrokenCover,
      ),
      condition(
        'septic-tank-full',
        { zh: '池盖牢固、未外溢，池满或异味重', en: 'Lid firm, no overflow, tank full or foul' },
        workingDays(5),
        { zh: '清掏完毕，有清运单', en: 'Emptied, with a haulage receipt' },
        proposal,
      ),
    ],
  },
  {
    code: 'clothes-bin',
    name: { zh: '旧衣回收箱', en: 'Clothes bank' },
    answersTo: 'civil-affairs',
    alsoNeeds: ['community'],
    conditions: [
      condition(
        'clothes-bin-overflow',
        { zh: '能找到单位，箱满或衣物散落', en: 'Owner known, box full or clothes scattered' },
        workingDays(2),
        { zh: '衣物收走，四周干净', en: 'Clothes taken, clean all round' },
        proposal,
      ),
      condition(
        'clothes-bin-ownerless',
        {
          zh: '箱上无单位和电话，或公示十日无人认领',
          en: 'No owner or number on it, or unclaimed ten days after a notice',
        },
        workingDays(15),
        { zh: '公示后移走或由正规单位接管', en: 'After notice, removed or taken over by a proper body' },
        proposal,
      ),
    ],
  },
]);
