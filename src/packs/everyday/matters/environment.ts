import {
  minutes,
  naturalDays,
  urgentHours,
  workingDays,
  workingHours,
} from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, hotlineLife, likeBrokenCover, proposal } from '../sources.ts';

export const environment = under(majors.cleanliness, [
  {
    code: 'water-pollution',
    name: { zh: '水体污染', en: 'Polluted water' },
    answersTo: 'ecology',
    alsoNeeds: ['water-affairs', 'township', 'water'],
    conditions: [
      condition(
        'water-pollution-source',
        {
          zh: '饮用水取水口附近变色、死鱼或有油膜',
          en: 'Discoloured water, dead fish or oil film near a drinking-water intake',
        },
        urgentHours(1),
        { zh: '水厂已通知停取，生态环境部门到场取样', en: 'Waterworks told to stop intake, ecology office sampling' },
        callFirst,
      ),
      condition(
        'water-pollution-discharge',
        { zh: '不在取水口，正在排污水、倒废液', en: 'Not at an intake, waste water being let in now' },
        urgentHours(4),
        { zh: '排放停止，取样留证，来源已明', en: 'Stopped, sampled, source known' },
        proposal,
      ),
      condition(
        'water-pollution-foul',
        { zh: '无人排放，水体黑臭或长满浮萍', en: 'Nobody discharging, water black, foul or overgrown' },
        workingDays(15),
        { zh: '来源截断，水面清理，复看无异味', en: 'Inflow cut, surface cleared, no smell on second look' },
        proposal,
      ),
    ],
  },
  {
    code: 'living-noise',
    name: { zh: '社会生活噪声', en: 'Noise of daily life' },
    answersTo: 'police',
    alsoNeeds: ['community', 'culture', 'urban-enforcement'],
    conditions: [
      condition(
        'living-noise-night',
        { zh: '夜间 22 时至 6 时，正在喧闹', en: 'Between 22:00 and 6:00, going on now' },
        urgentHours(1),
        { zh: '声音降下，楼上楼下听不到', en: 'Turned down, not heard in the flats' },
        proposal,
        'words',
      ),
      condition(
        'living-noise-day',
        { zh: '白天正在喧闹，关窗仍盖过说话声', en: 'By day, drowning speech behind closed windows' },
        workingHours(2),
        { zh: '音量降下，当事人知道约定时段', en: 'Turned down, they know the agreed hours' },
        proposal,
        'words',
      ),
      condition(
        'living-noise-recurrent',
        { zh: '当时无声，同一处一周反复三次及以上', en: 'Silent now, three times or more in a week' },
        naturalDays(10),
        { zh: '各方约定时段音量并遵守一周', en: 'Hours and volume agreed and kept for a week' },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'cooking-fumes',
    name: { zh: '餐饮油烟', en: 'Cooking fumes' },
    answersTo: 'urban-enforcement',
    alsoNeeds: ['ecology'],
    conditions: [
      condition(
        'cooking-fumes-unfiltered',
        { zh: '无净化器或净化器未开', en: 'No filter, or the filter is off' },
        workingDays(3),
        { zh: '净化器装好并开启，有清洗记录', en: 'Filter fitted and running, cleaning on record' },
        proposal,
      ),
      condition(
        'cooking-fumes-outlet',
        { zh: '净化器开着，排口正对住户门窗', en: 'Filter running, outlet faces doors or windows' },
        workingDays(15),
        { zh: '排口改向，住户认可', en: 'Outlet turned away, residents agree' },
        proposal,
      ),
      condition(
        'cooking-fumes-barbecue',
        { zh: '露天烧烤冒烟', en: 'Smoke from an open-air barbecue' },
        urgentHours(2),
        { zh: '熄火收摊，或进入允许的区域', en: 'Out and packed up, or moved to where it is allowed' },
        proposal,
      ),
    ],
  },
  {
    code: 'industrial-odour',
    name: { zh: '废气异味', en: 'Fumes and bad smells' },
    answersTo: 'ecology',
    alsoNeeds: ['emergency', 'health'],
    conditions: [
      condition(
        'industrial-odour-ill',
        { zh: '有人头晕、流泪、呕吐', en: 'People dizzy, with running eyes or vomiting' },
        minutes(30),
        {
          zh: '人员撤到上风处，病者送医，已报 119 与生态环境部门',
          en: 'People upwind, the ill taken to hospital, 119 and ecology called',
        },
        callFirst,
      ),
      condition(
        'industrial-odour-now',
        { zh: '无人不适，异味明显，能指出来处', en: 'Nobody ill, obvious smell whose source can be pointed out' },
        urgentHours(4),
        { zh: '部门到场检查取样，超标的停下', en: 'Inspected and sampled, stopped if over the limit' },
        proposal,
      ),
      condition(
        'industrial-odour-often',
        { zh: '当时无味或说不清来处，时常出现', en: 'No smell now or source unclear, but it comes often' },
        workingDays(10),
        { zh: '来源查明，整改有期限，反映人知晓', en: 'Source found, repair dated, reporter told' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'livestock-manure',
    name: { zh: '畜禽粪污', en: 'Manure' },
    answersTo: 'agriculture',
    alsoNeeds: ['ecology', 'township'],
    conditions: [
      condition(
        'livestock-manure-into-water',
        { zh: '粪水正流入河沟、水塘', en: 'Slurry running into a stream or pond' },
        urgentHours(8),
        { zh: '流出堵住，粪水抽走', en: 'Flow stopped, slurry pumped off' },
        proposal,
      ),
      condition(
        'livestock-manure-street',
        { zh: '未入水，堆在路边屋旁或随雨外流', en: 'Not in water, heaped by road or house or washed out by rain' },
        workingDays(5),
        { zh: '清运还田，堆放处有遮盖', en: 'Carted to fields, the heap covered' },
        proposal,
      ),
      condition(
        'livestock-manure-no-pit',
        { zh: '无外流外堆，存栏而没有粪污池', en: 'Nothing runs or lies outside, animals but no pit' },
        workingDays(30),
        { zh: '粪污池建好能用', en: 'Pit built and in use' },
        proposal,
      ),
    ],
  },
  {
    code: 'yard-dust',
    name: { zh: '堆场裸土扬尘', en: 'Dust from yards and bare ground' },
    answersTo: 'ecology',
    alsoNeeds: ['urban-enforcement', 'housing'],
    conditions: [
      condition(
        'yard-dust-wind',
        { zh: '正在大风扬尘，或物料装卸无喷淋', en: 'Dust flying in wind, or loading without spray' },
        workingHours(4),
        { zh: '装卸停下或喷淋打开，料堆盖住', en: 'Loading stopped or spray on, heaps covered' },
        likeBrokenCover,
      ),
      condition(
        'yard-dust-uncovered',
        { zh: '当时未扬尘，料堆、裸土 50 平方米及以上未盖', en: 'No dust now, 50 m² or more uncovered' },
        workingDays(3),
        { zh: '覆盖或绿化完毕', en: 'Covered or planted' },
        proposal,
      ),
    ],
  },
  {
    code: 'sewage-outlet',
    name: { zh: '污水直排口', en: 'Untreated outlet' },
    answersTo: 'drainage',
    alsoNeeds: ['ecology', 'township'],
    conditions: [
      condition(
        'sewage-outlet-well',
        { zh: '污水流到水井、菜地旁', en: 'Sewage reaches a well or vegetable plot' },
        urgentHours(2),
        { zh: '流出堵住，水井暂停饮用并告知', en: 'Stopped, well out of use and people told' },
        hotlineLife,
      ),
      condition(
        'sewage-outlet-river',
        { zh: '不近水井菜地，晴天向河沟排污水', en: 'No well or plot near, sewage into a stream in dry weather' },
        workingDays(10),
        { zh: '接入污水管，或错接改正', en: 'Joined to the sewer, or the wrong connection corrected' },
        proposal,
      ),
    ],
  },
]);
