import { urgentHours, workingDays } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { brokenPipe, hotlineLife, hotlineSupply, likeBrokenPipe, proposal } from '../sources.ts';

export const pipeBreaks = under(majors.outages, [
  {
    code: 'gas-leak',
    name: { zh: '燃气泄漏', en: 'Gas leak' },
    answersTo: 'gas',
    alsoNeeds: ['fire', 'police', 'property-company', 'community'],
    urgent: true,
    conditions: [
      condition(
        'gas-leak-broken-pipe',
        { zh: '燃气管道破裂，听见漏气声', en: 'Gas pipe broken, gas heard escaping' },
        urgentHours(1),
        { zh: '人员撤出，阀门关闭，测不到燃气', en: 'People out, valve shut, no gas measured' },
        brokenPipe,
      ),
      condition(
        'gas-leak-indoor',
        {
          zh: '管道未见破裂，室内、楼道或地下室有燃气味',
          en: 'No broken pipe seen, smell indoors, in stairs or cellar',
        },
        urgentHours(1),
        {
          zh: '不动电器、开窗撤人，漏点修好，测不到燃气',
          en: 'No switch touched, windows open, people out, leak mended, no gas measured',
        },
        likeBrokenPipe,
      ),
      condition(
        'gas-leak-outdoor',
        { zh: '管道未见破裂，只在室外、井口闻到', en: 'No broken pipe seen, smell only outdoors or at a manhole' },
        urgentHours(2),
        { zh: '周边围护，漏点找到处理，测不到燃气', en: 'Fenced, leak found and treated, no gas measured' },
        hotlineLife,
      ),
    ],
  },
  {
    code: 'water-pipe-break',
    name: { zh: '供水管道破裂', en: 'Water pipe break' },
    answersTo: 'water',
    alsoNeeds: ['municipal-works', 'property-company'],
    conditions: [
      condition(
        'water-pipe-break-gushing',
        { zh: '管道破裂，水成股涌出', en: 'Pipe broken, water gushing' },
        urgentHours(1),
        {
          zh: '阀门关闭水止住，停水范围和修复时间已告知',
          en: 'Valve shut, water stopped, area and time of repair announced',
        },
        brokenPipe,
      ),
      condition(
        'water-pipe-break-seeping',
        { zh: '未成股涌出，路面、墙根持续渗水', en: 'Not gushing, steady seepage from road or wall' },
        urgentHours(24),
        { zh: '漏点修好，地面不再渗水', en: 'Leak mended, no more seepage' },
        hotlineSupply,
      ),
    ],
  },
  {
    code: 'heating-pipe-break',
    name: { zh: '供热管道破裂', en: 'Heating pipe break' },
    answersTo: 'heating',
    alsoNeeds: ['municipal-works', 'property-company', 'community'],
    conditions: [
      condition(
        'heating-pipe-break-gushing',
        { zh: '热水、蒸汽喷出，会烫伤人', en: 'Hot water or steam bursting out, people may be scalded' },
        urgentHours(1),
        {
          zh: '阀门关闭，现场围护，停暖范围和时间已告知',
          en: 'Valve shut, fenced, area and time without heat announced',
        },
        likeBrokenPipe,
      ),
      condition(
        'heating-pipe-break-seeping',
        { zh: '未喷出，管沟冒汽或渗水', en: 'Not bursting, steam or water from the duct' },
        urgentHours(24),
        { zh: '漏点修好', en: 'Leak mended' },
        hotlineSupply,
      ),
    ],
  },
  {
    code: 'sewage-overflow',
    name: { zh: '污水外溢', en: 'Sewage overflow' },
    answersTo: 'drainage',
    alsoNeeds: ['property-company', 'sanitation'],
    conditions: [
      condition(
        'sewage-overflow-homes',
        { zh: '污水倒灌进户或进地下室', en: 'Sewage rising into homes or cellars' },
        urgentHours(4),
        { zh: '外溢止住，进水处清洗消毒', en: 'Stopped, flooded rooms washed and disinfected' },
        proposal,
      ),
      condition(
        'sewage-overflow-road',
        { zh: '未进户，流到道路、院落', en: 'Not in homes, running over road or yard' },
        urgentHours(8),
        { zh: '疏通，路面冲净', en: 'Cleared, road washed' },
        proposal,
      ),
      condition(
        'sewage-overflow-slow',
        { zh: '未外溢，井内水位高、排得慢', en: 'No overflow, manhole nearly full and slow' },
        workingDays(2),
        { zh: '疏通，井内流水顺畅', en: 'Cleared, water runs in the manhole' },
        proposal,
      ),
    ],
  },
]);
