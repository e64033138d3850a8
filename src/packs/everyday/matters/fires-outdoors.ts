import { minutes, naturalDays, urgentHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, dangerFirst, proposal } from '../sources.ts';

// Residents and grid workers call, warn and get people out. They do not fight a forest fire.
export const firesOutdoors = under(majors.farmAndNature, [
  {
    code: 'straw-burning',
    name: { zh: '秸秆焚烧', en: 'Straw burning' },
    answersTo: 'township',
    alsoNeeds: ['ecology', 'agriculture', 'fire', 'forestry'],
    conditions: [
      condition(
        'straw-burning-near',
        { zh: '明火，离林地、房屋、电线不足 100 米', en: 'Flames within 100 m of wood, houses or lines' },
        minutes(30),
        { zh: '已报镇街和 119，人员撤开；火灭有人看守', en: 'Township and 119 called, people away; out and watched' },
        callFirst,
      ),
      condition(
        'straw-burning-field',
        { zh: '明火或浓烟，100 米内无林地、房屋、电线', en: 'Flames or smoke, none of these within 100 m' },
        urgentHours(1),
        { zh: '火灭浇透，地块和当事人登记', en: 'Out and drenched, plot and person on record' },
        proposal,
      ),
      condition(
        'straw-burning-heap',
        { zh: '未点火，秸秆堆放在林边、路边、电线下', en: 'Not lit, straw heaped by wood, road or under lines' },
        naturalDays(3),
        { zh: '移走打捆，去处落实', en: 'Baled and taken away, a use found' },
        proposal,
      ),
    ],
  },
  {
    code: 'wild-fire-use',
    name: { zh: '林区野外用火', en: 'Open fire in a forest area' },
    answersTo: 'forestry',
    alsoNeeds: ['fire', 'township', 'police', 'emergency'],
    urgent: true,
    conditions: [
      condition(
        'wild-fire-use-out-of-hand',
        { zh: '林中起烟起火，无人控制', en: 'Smoke or fire in the wood, nobody controls it' },
        minutes(5),
        {
          zh: '已报 12119 或 119 和镇街，说清地点；群众撤离，不自行扑火',
          en: 'Fire line and township called with the place; people away, nobody fights it alone',
        },
        callFirst,
        'words',
      ),
      condition(
        'wild-fire-use-attended',
        { zh: '有人看着，祭祀烧纸、烧荒、野炊、吸烟', en: 'Attended: paper at graves, clearing, cooking or smoking' },
        minutes(30),
        { zh: '火熄灭浇透，火源收下', en: 'Out and drenched, lighters handed in' },
        dangerFirst,
      ),
      condition(
        'wild-fire-use-embers',
        { zh: '无明火，留有余烬', en: 'No flame, embers left' },
        urgentHours(1),
        { zh: '浇透翻看，手背试不热', en: 'Drenched and turned, no warmth to the back of a hand' },
        dangerFirst,
      ),
    ],
  },
  {
    code: 'forest-fuel',
    name: { zh: '林缘可燃物', en: 'Fuel at the forest edge' },
    answersTo: 'forestry',
    alsoNeeds: ['power', 'township'],
    conditions: [
      condition(
        'forest-fuel-season',
        { zh: '防火期内，路边、坟边、房边枯草成片', en: 'In the fire season, dry growth by road, graves or houses' },
        naturalDays(5),
        { zh: '清出隔离带，枯草运走', en: 'A break is cut, growth taken away' },
        proposal,
      ),
      condition(
        'forest-fuel-line',
        {
          zh: '防火期内，枯草不成片，林中电线距树枝不足 2 米',
          en: 'In the fire season, no such growth, branches within 2 m of a line in the wood',
        },
        naturalDays(3),
        { zh: '树枝修离电线', en: 'Branches cut clear' },
        proposal,
      ),
      condition(
        'forest-fuel-off-season',
        { zh: '非防火期，有以上任一情形', en: 'Either of these outside the fire season' },
        naturalDays(30),
        { zh: '防火期前清理完', en: 'Cleared before the season' },
        proposal,
      ),
    ],
  },
]);
