import { minutes, naturalDays, urgentHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, dangerFirst, hotlineLife, likeMissingCover, proposal } from '../sources.ts';

// Everyone near goes first; the slope and the dam are looked at by people who know them.
export const nature = under(majors.farmAndNature, [
  {
    code: 'landslide-sign',
    name: { zh: '滑坡崩塌迹象', en: 'Sign of a landslide' },
    answersTo: 'planning',
    alsoNeeds: ['emergency', 'township', 'community', 'transport'],
    urgent: true,
    conditions: [
      condition(
        'landslide-sign-moving',
        {
          zh: '正在掉石滑土、地有响声，或裂缝当天变宽',
          en: 'Stones or soil moving, rumbling, or cracks wider since morning',
        },
        minutes(30),
        {
          zh: '坡上坡下的人全部撤到安全处并清点，路口封住，镇街到场',
          en: 'All above and below are safe and counted, roads closed, township on site',
        },
        dangerFirst,
        'words',
      ),
      condition(
        'landslide-sign-new',
        {
          zh: '未在滑动，新裂缝、歪树、房墙新裂或泉水变浑',
          en: 'Not moving, new cracks, leaning trees, cracked walls or a muddy spring',
        },
        urgentHours(4),
        {
          zh: '专业人员到场判定，住户知道何时往哪撤，有人夜间看守',
          en: 'Judged by an expert, residents know when and where to go, watched at night',
        },
        proposal,
      ),
      condition(
        'landslide-sign-known',
        {
          zh: '已登记隐患点，无新变化，警示牌或监测缺失',
          en: 'Registered point, nothing new, sign or monitoring missing',
        },
        naturalDays(3),
        { zh: '警示牌、监测、责任人补齐', en: 'Sign, monitoring and responsible person in place' },
        proposal,
      ),
    ],
  },
  {
    code: 'flash-flood-sign',
    name: { zh: '山洪迹象', en: 'Sign of a flash flood' },
    answersTo: 'water-affairs',
    alsoNeeds: ['emergency', 'township', 'community'],
    urgent: true,
    conditions: [
      condition(
        'flash-flood-sign-coming',
        {
          zh: '溪水陡涨、突然断流或变浑夹树枝，山谷轰响',
          en: 'Stream rises suddenly, stops, or turns muddy with branches; the valley roars',
        },
        minutes(15),
        {
          zh: '沿沟住户、游人上到高处并清点，上下游已喊到',
          en: 'People along it on high ground and counted, up- and downstream called',
        },
        dangerFirst,
        'words',
      ),
      condition(
        'flash-flood-sign-rising',
        { zh: '溪水上涨但不急，预警生效，仍有人在沟边', en: 'Rising slowly, warning in force, people still beside it' },
        urgentHours(1),
        { zh: '沟边无人，有人看水位，撤离路线告知', en: 'Nobody beside it, level watched, way out known' },
        dangerFirst,
        'words',
      ),
      condition(
        'flash-flood-sign-obstacle',
        { zh: '水不涨，河道被堆石、建筑、倒树卡窄', en: 'Not rising, bed narrowed by stones, buildings or trees' },
        naturalDays(5),
        { zh: '障碍清除，行洪通畅', en: 'Cleared, a flood can pass' },
        proposal,
      ),
    ],
  },
  {
    code: 'levee-danger',
    name: { zh: '堤坝险情', en: 'Levee or dam in danger' },
    answersTo: 'water-affairs',
    alsoNeeds: ['emergency', 'township', 'police'],
    urgent: true,
    conditions: [
      condition(
        'levee-danger-failing',
        { zh: '水漫顶、坝体塌滑，或漏浑水', en: 'Overtopped, slipping, or leaking muddy water' },
        minutes(15),
        {
          zh: '已报防汛指挥机构，下游开始转移，抢险队出动',
          en: 'Flood command told, people below are moving, crew on its way',
        },
        callFirst,
        'words',
      ),
      condition(
        'levee-danger-clear-leak',
        { zh: '未漫顶塌滑，漏清水成股或出现裂缝', en: 'None of these, but clear water runs out or a crack shows' },
        urgentHours(2),
        {
          zh: '技术人员到场判定，专人昼夜看守，物料到位',
          en: 'Judged by an engineer, watched day and night, material there',
        },
        hotlineLife,
      ),
      condition(
        'levee-danger-damp',
        { zh: '无水流、无裂缝，背水坡大片潮湿发软', en: 'No flow or crack, dry side widely damp and soft' },
        urgentHours(24),
        { zh: '技术人员看过，观测点和巡查间隔已定', en: 'Seen by an engineer, marks and patrol interval set' },
        proposal,
      ),
    ],
  },
  {
    code: 'road-slope',
    name: { zh: '公路边坡落石塌方', en: 'Rockfall or slide on a road' },
    answersTo: 'transport',
    alsoNeeds: ['traffic-police', 'planning', 'township'],
    conditions: [
      condition(
        'road-slope-blocked',
        { zh: '塌方断路', en: 'Road cut by a slide' },
        urgentHours(24),
        {
          zh: '抢通一条车道；抢通前断路处有人守、绕行已告知',
          en: 'One lane open; until then the cut was guarded and the detour announced',
        },
        dangerFirst,
      ),
      condition(
        'road-slope-stones',
        { zh: '路未断，石块落在路上', en: 'Not cut, stones on the road' },
        urgentHours(2),
        { zh: '落石清走，看过坡面再放行', en: 'Cleared, slope looked at before traffic passes' },
        hotlineLife,
      ),
      condition(
        'road-slope-loose',
        { zh: '路上无石，坡面松动或防护网破损', en: 'Road clear, slope loose or net torn' },
        naturalDays(5),
        { zh: '危石清除，防护网修好', en: 'Loose stones off, net mended' },
        proposal,
      ),
    ],
  },
  {
    code: 'ground-sinking',
    name: { zh: '地面塌陷与河岸崩塌', en: 'Sinking ground or caving bank' },
    answersTo: 'planning',
    alsoNeeds: ['emergency', 'water-affairs', 'township', 'housing'],
    conditions: [
      condition(
        'ground-sinking-houses',
        { zh: '离房屋、道路不足 20 米', en: 'Within 20 m of a house or road' },
        urgentHours(2),
        { zh: '近处的人撤离，围挡看守，专业人员到场', en: 'People near it out, fenced and watched, expert on site' },
        hotlineLife,
      ),
      condition(
        'ground-sinking-fields',
        { zh: '20 米内无房屋道路，在田地、荒地', en: 'In fields or waste land, nothing within 20 m' },
        naturalDays(3),
        { zh: '围挡警示到位，成因判定', en: 'Fenced with a sign, cause judged' },
        proposal,
      ),
    ],
  },
  {
    code: 'open-water',
    name: { zh: '危险水域', en: 'Dangerous water' },
    answersTo: 'township',
    alsoNeeds: ['police', 'fire', 'education', 'water-affairs'],
    urgent: true,
    conditions: [
      condition(
        'open-water-drowning',
        { zh: '有人落水', en: 'Someone has fallen in' },
        minutes(5),
        {
          zh: '已报 119、120，抛救生物，不手拉手下水；救援接手',
          en: 'Fire brigade and ambulance called, buoy thrown, no human chain; rescue in charge',
        },
        callFirst,
        'words',
      ),
      condition(
        'open-water-children',
        { zh: '无人落水，孩子独自戏水或上薄冰', en: 'Nobody in trouble, children alone in water or on thin ice' },
        minutes(30),
        { zh: '孩子上岸，交到家长手上', en: 'Children ashore and with their parents' },
        dangerFirst,
        'words',
      ),
      condition(
        'open-water-unguarded',
        {
          zh: '当时无人，常有人下水处缺警示和救生物',
          en: 'Nobody there now, sign and rescue gear missing where people bathe',
        },
        naturalDays(3),
        { zh: '警示牌、救生圈到位，巡查排班', en: 'Sign and lifebuoy there, patrol arranged' },
        proposal,
      ),
    ],
  },
  {
    code: 'open-well',
    name: { zh: '废弃井坑', en: 'Abandoned well or pit' },
    answersTo: 'township',
    alsoNeeds: ['water-affairs', 'community'],
    conditions: [
      condition(
        'open-well-uncovered',
        { zh: '井口敞开，人能掉进去', en: 'Open: a person can fall in' },
        urgentHours(2),
        { zh: '井口盖牢或填实', en: 'Firmly covered or filled' },
        likeMissingCover,
      ),
      condition(
        'open-well-weak-cover',
        { zh: '有盖，盖板腐朽或未固定', en: 'Covered, cover rotten or loose' },
        naturalDays(3),
        { zh: '盖板换牢，或填实', en: 'A strong cover, or filled' },
        proposal,
      ),
    ],
  },
]);
