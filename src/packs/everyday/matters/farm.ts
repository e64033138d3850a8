import { naturalDays, urgentHours, workingDays, workingHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { hotlineLife, likeBuilding, proposal } from '../sources.ts';

// A farm that lacks hands is no case: it is a need that is matched with helpers. A case is a thing that is wrong.
export const farm = under(majors.farmAndNature, [
  {
    code: 'blocked-canal',
    name: { zh: '灌渠堵塞', en: 'Blocked irrigation canal' },
    answersTo: 'water-affairs',
    alsoNeeds: ['township', 'agriculture', 'community'],
    conditions: [
      condition(
        'blocked-canal-many',
        { zh: '正需用水，受影响农田 100 亩及以上', en: 'Water needed now, 100 mu of fields or more cut off' },
        naturalDays(3),
        { zh: '渠尾来水，用水户认可', en: 'Water reaches the end of the canal, its users agree' },
        proposal,
      ),
      condition(
        'blocked-canal-few',
        { zh: '正需用水，受影响农田不足 100 亩', en: 'Water needed now, less than 100 mu cut off' },
        naturalDays(5),
        { zh: '渠尾来水，用水户认可', en: 'Water reaches the end of the canal, its users agree' },
        proposal,
      ),
      condition(
        'blocked-canal-off-season',
        { zh: '当前不用水', en: 'No water needed at present' },
        workingDays(20),
        { zh: '用水季前清通', en: 'Clear before the season' },
        proposal,
      ),
    ],
  },
  {
    code: 'broken-canal',
    name: { zh: '渠道渡槽损坏', en: 'Broken canal or aqueduct' },
    answersTo: 'water-affairs',
    alsoNeeds: ['township', 'agriculture'],
    conditions: [
      condition(
        'broken-canal-breach',
        { zh: '决口，水冲向农田、房屋或道路', en: 'Breached, water runs at fields, houses or a road' },
        urgentHours(4),
        { zh: '上游关闸，决口堵住', en: 'Gate above shut, breach closed' },
        proposal,
      ),
      condition(
        'broken-canal-dry-tail',
        { zh: '未决口，漏水严重，渠尾无水可用', en: 'No breach, leaking so badly that no water reaches the end' },
        naturalDays(7),
        { zh: '渠尾来水', en: 'Water reaches the end of the canal' },
        proposal,
      ),
      condition(
        'broken-canal-worn',
        { zh: '渠尾有水，衬砌、渡槽局部破损', en: 'Water reaches the end, lining or trough locally broken' },
        workingDays(30),
        { zh: '修补完成，不漏水', en: 'Mended, no leak' },
        proposal,
      ),
    ],
  },
  {
    code: 'field-weir',
    name: { zh: '小陂小坝损坏', en: 'Broken small dam or weir' },
    answersTo: 'water-affairs',
    alsoNeeds: ['township', 'agriculture', 'community'],
    conditions: [
      condition(
        'field-weir-downstream',
        { zh: '正在冲毁，下游有人、房屋或道路', en: 'Being washed away, people, houses or a road below' },
        urgentHours(2),
        { zh: '下游的人离开，险处看守，镇街到场', en: 'People below away, place watched, township on site' },
        hotlineLife,
      ),
      condition(
        'field-weir-no-water',
        { zh: '下游无人受威胁，正需用水而蓄不住', en: 'Nobody below in danger, water needed and not held' },
        naturalDays(10),
        {
          zh: '临时挡水到位，农田有水；永久修复有日期',
          en: 'Temporary sill holds water for the fields; date of lasting repair settled',
        },
        proposal,
      ),
      condition(
        'field-weir-off-season',
        { zh: '下游无人受威胁，当前不用水', en: 'Nobody below in danger, no water needed at present' },
        workingDays(60),
        { zh: '用水季前修复蓄水', en: 'Repaired and holding before the season' },
        proposal,
      ),
    ],
  },
  {
    code: 'farm-well',
    name: { zh: '机井泵房', en: 'Farm well and pump' },
    answersTo: 'water-affairs',
    alsoNeeds: ['power', 'agriculture', 'township'],
    conditions: [
      condition(
        'farm-well-live',
        { zh: '漏电或裸线', en: 'Electric leakage or bare wires' },
        urgentHours(2),
        { zh: '断电围护，电工修好后通电', en: 'Off and fenced until an electrician has mended it' },
        hotlineLife,
      ),
      condition(
        'farm-well-drought',
        { zh: '不漏电，正需浇地，泵坏或没电', en: 'No leakage, watering time, pump dead or no power' },
        naturalDays(2),
        { zh: '出水浇地，或临时泵到位', en: 'Gives water, or a spare pump is there' },
        proposal,
      ),
      condition(
        'farm-well-idle',
        { zh: '不漏电、当前不浇地，泵坏', en: 'No leakage, no watering now, pump dead' },
        workingDays(15),
        { zh: '试抽出水', en: 'A test run gives water' },
        proposal,
      ),
    ],
  },
  {
    code: 'farm-track',
    name: { zh: '机耕路损坏', en: 'Broken farm track' },
    answersTo: 'agriculture',
    alsoNeeds: ['township', 'transport'],
    conditions: [
      condition(
        'farm-track-season',
        { zh: '农忙时断路，农机下不了田', en: 'Cut in the busy season, machines cannot reach fields' },
        naturalDays(3),
        { zh: '农机能通过', en: 'Machines pass' },
        proposal,
      ),
      condition(
        'farm-track-worn',
        { zh: '农闲时断路，或坑洼难行', en: 'Cut out of season, or full of holes' },
        workingDays(20),
        { zh: '填平压实', en: 'Filled and firm' },
        proposal,
      ),
    ],
  },
  {
    code: 'farmland-taken',
    name: { zh: '占用破坏耕地', en: 'Farmland built on or dug up' },
    answersTo: 'planning',
    alsoNeeds: ['agriculture', 'township'],
    conditions: [
      condition(
        'farmland-taken-digging',
        { zh: '正在挖土、取沙、倾倒渣土', en: 'Soil or sand being dug, or rubble tipped now' },
        urgentHours(8),
        { zh: '停下，机械撤出，现场测量留证', en: 'Stopped, machines off, measured and recorded' },
        proposal,
      ),
      condition(
        'farmland-taken-building',
        { zh: '未取土倾倒，正在耕地上建房、硬化', en: 'No digging, house or concrete going up on farmland' },
        naturalDays(2),
        { zh: '停工，书面告知送达', en: 'Stopped, notice delivered' },
        likeBuilding,
      ),
      condition(
        'farmland-taken-done',
        { zh: '已建成或已堆放，当时无人施工', en: 'Already built or piled, nobody at work' },
        workingDays(30),
        { zh: '调查认定完成，复耕期限或决定送达', en: 'Investigated, date of restoring or decision delivered' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'farm-waste',
    name: { zh: '农药瓶与废膜', en: 'Pesticide bottles and old film' },
    answersTo: 'agriculture',
    alsoNeeds: ['ecology', 'township'],
    conditions: [
      condition(
        'farm-waste-water',
        { zh: '农药瓶在水源、水井、沟渠里', en: 'Pesticide bottles in a source, well or ditch' },
        urgentHours(8),
        { zh: '捞净，取水人知晓，必要时取样', en: 'Out, those who draw water told, sampled if needed' },
        proposal,
      ),
      condition(
        'farm-waste-field',
        { zh: '不在水里，散落田头', en: 'Not in water, lying about the fields' },
        workingDays(5),
        { zh: '回收到站点，有登记', en: 'Handed in and listed' },
        proposal,
      ),
    ],
  },
  {
    code: 'crop-pest',
    name: { zh: '农作物病虫冻害', en: 'Crop pest, disease or frost' },
    answersTo: 'agriculture',
    alsoNeeds: ['township'],
    conditions: [
      condition(
        'crop-pest-spreading',
        { zh: '成片 10 亩及以上，一两天内在扩大', en: '10 mu or more, growing within a day or two' },
        naturalDays(2),
        { zh: '农技员到田，防治开始', en: 'An agronomist has been in the field, treatment has begun' },
        proposal,
        'words',
      ),
      condition(
        'crop-pest-local',
        { zh: '不足 10 亩或未见扩大', en: 'Less than 10 mu, or not growing' },
        workingDays(5),
        { zh: '农技员答复，农户知道怎么做', en: 'Advice given, the farmer knows what to do' },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'sick-livestock',
    name: { zh: '畜禽异常死亡', en: 'Livestock dying' },
    answersTo: 'animal-health',
    alsoNeeds: ['agriculture', 'health', 'township'],
    conditions: [
      condition(
        'sick-livestock-people',
        { zh: '接触病死畜禽的人发热或皮肤溃烂', en: 'Someone who touched them has fever or sores' },
        urgentHours(1),
        {
          zh: '人已就医并说明接触，动物防疫与疾控接手',
          en: 'At a doctor who knows of it, animal and human health offices in charge',
        },
        proposal,
        'words',
      ),
      condition(
        'sick-livestock-many',
        {
          zh: '无人发病，两天内同场死亡三头（十只）及以上',
          en: 'Nobody ill, three beasts or ten birds dead in one farm in two days',
        },
        urgentHours(4),
        { zh: '禁止移动，取样，防疫部门接手', en: 'No movement, sampled, animal health in charge' },
        proposal,
        'words',
      ),
      condition(
        'sick-livestock-few',
        { zh: '无人发病，死亡数少于上述', en: 'Nobody ill, fewer than that' },
        workingDays(1),
        { zh: '兽医看过，尸体无害化处理', en: 'Seen by a vet, carcasses safely disposed of' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'wild-animal',
    name: { zh: '野生动物致害', en: 'Wild animals doing harm' },
    answersTo: 'forestry',
    alsoNeeds: ['police', 'fire', 'township'],
    conditions: [
      condition(
        'wild-animal-people',
        {
          zh: '进村入户，人有危险（野猪、毒蛇、蜂群）',
          en: 'In a village or house, people in danger (boar, snake, wasps)',
        },
        urgentHours(1),
        {
          zh: '人员已避开，专业人员接手，动物驱离或捕走',
          en: 'People away, experts in charge, animal driven off or caught',
        },
        proposal,
        'words',
      ),
      condition(
        'wild-animal-crops',
        { zh: '人无危险，毁坏庄稼畜禽', en: 'Nobody in danger, crops or livestock damaged' },
        workingDays(5),
        { zh: '损失登记，补偿告知，防护措施落实', en: 'Loss recorded, compensation explained, protection in place' },
        proposal,
        'document',
      ),
      condition(
        'wild-animal-injured',
        { zh: '不伤人、不毁物，受伤或被困的野生动物', en: 'No harm done, a wild animal hurt or trapped' },
        workingHours(8),
        { zh: '救护单位接走或放归', en: 'Taken by a rescue centre or set free' },
        proposal,
      ),
    ],
  },
]);
