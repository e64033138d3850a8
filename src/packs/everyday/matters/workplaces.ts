import { minutes, naturalDays, urgentHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, dangerFirst, proposal, stopWork } from '../sources.ts';

export const workplaces = under(majors.enterprises, [
  {
    code: 'hot-work',
    name: { zh: '违规动火', en: 'Welding without permission' },
    answersTo: 'emergency',
    alsoNeeds: ['fire', 'property-company'],
    conditions: [
      condition(
        'hot-work-combustibles',
        {
          zh: '正在焊割，旁边或下方有可燃物、有人营业',
          en: 'Welding now, with combustibles or an open business beside or below',
        },
        minutes(30),
        { zh: '停下，可燃物移开，无阴燃', en: 'Stopped, combustibles away, nothing smouldering' },
        stopWork,
      ),
      condition(
        'hot-work-no-permit',
        { zh: '周围清净，无动火手续、操作证或看火人', en: 'Clear around, no permit, licence or fire watch' },
        urgentHours(1),
        { zh: '停下，手续和看火人齐全后再干', en: 'Stopped until permit and fire watch are there' },
        stopWork,
      ),
    ],
  },
  {
    code: 'locked-exit',
    name: { zh: '场所安全出口', en: 'Exits of a workplace or venue' },
    answersTo: 'fire',
    alsoNeeds: ['emergency', 'culture', 'education'],
    conditions: [
      condition(
        'locked-exit-people-inside',
        { zh: '里面有人，安全出口上锁或焊死', en: 'People inside, exit locked or welded' },
        urgentHours(1),
        { zh: '锁打开拆除，一推就开', en: 'Unlocked for good, opens at a push' },
        dangerFirst,
      ),
      condition(
        'locked-exit-blocked',
        { zh: '出口未锁，被货物挡住或窗上装死栏', en: 'Not locked, goods in front or fixed bars on windows' },
        urgentHours(4),
        { zh: '货物移走，栏杆能从内打开', en: 'Goods away, bars open from inside' },
        proposal,
      ),
      condition(
        'locked-exit-signs',
        { zh: '出口畅通，疏散指示、应急灯不亮', en: 'Free, signs or emergency lamps dark' },
        naturalDays(3),
        { zh: '断电试验，指示和应急灯亮', en: 'Lit when tested with mains off' },
        proposal,
      ),
    ],
  },
  {
    code: 'live-in-workshop',
    name: { zh: '厂店住人', en: 'Sleeping in workshop, store or shop' },
    answersTo: 'fire',
    alsoNeeds: ['emergency', 'township', 'community'],
    conditions: [
      condition(
        'live-in-workshop-flammable',
        { zh: '夜间住人，与易燃货物、充电电池同屋', en: 'People sleep beside flammable goods or charging batteries' },
        urgentHours(24),
        { zh: '人员当晚搬出，有处可住', en: 'Out the same night, with a place to sleep' },
        proposal,
        'words',
      ),
      condition(
        'live-in-workshop-unseparated',
        { zh: '无易燃货物，住处与店面未分隔', en: 'Nothing flammable, not separated from the shop' },
        naturalDays(7),
        { zh: '搬出，或分隔、逃生窗、烟感到位', en: 'Out, or partition, escape window and smoke alarm fitted' },
        proposal,
      ),
    ],
  },
  {
    code: 'enterprise-wiring',
    name: { zh: '企业用电', en: 'Wiring at a firm' },
    answersTo: 'emergency',
    alsoNeeds: ['power', 'fire'],
    conditions: [
      condition(
        'enterprise-wiring-hot',
        { zh: '冒烟、烧焦味或裸线带电', en: 'Smoke, burnt smell or bare live wires' },
        urgentHours(1),
        { zh: '断电，修好检测后送电', en: 'Power off until repaired and tested' },
        stopWork,
      ),
      condition(
        'enterprise-wiring-makeshift',
        { zh: '无发热裸露，乱接、无漏电保护', en: 'Not hot or bare, makeshift, no leakage breaker' },
        naturalDays(7),
        { zh: '电工整改，保护器试跳正常', en: 'Put right by an electrician, breaker trips in a test' },
        proposal,
      ),
    ],
  },
  {
    code: 'contractor',
    name: { zh: '外包与高处作业', en: 'Contractors and work at height' },
    answersTo: 'emergency',
    alsoNeeds: ['housing', 'labour'],
    conditions: [
      condition(
        'contractor-height',
        {
          zh: '正在高处、吊装作业，无安全绳或无人监护',
          en: 'Working at height or lifting, no rope or nobody watching',
        },
        minutes(30),
        { zh: '作业停下，人员下到地面', en: 'Stopped, people down' },
        stopWork,
      ),
      condition(
        'contractor-unqualified',
        { zh: '防护到位，拿不出资质、操作证或交底', en: 'Protected, no licence or briefing shown' },
        naturalDays(1),
        { zh: '停下，证件、交底齐全后复工', en: 'Stopped until licence and briefing are there' },
        proposal,
        'document',
      ),
      condition(
        'contractor-no-agreement',
        { zh: '有资质交底，无安全协议或以包代管', en: 'Licensed and briefed, no safety agreement or nobody in charge' },
        naturalDays(7),
        { zh: '协议签好，企业管理人在场', en: 'Agreement signed, the firm has a person there' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'crowd',
    name: { zh: '人员聚集安全', en: 'Too many people in one place' },
    answersTo: 'police',
    alsoNeeds: ['culture', 'emergency', 'health', 'township'],
    urgent: true,
    conditions: [
      condition(
        'crowd-pressing',
        { zh: '人挨人走不动，或有人跌倒', en: 'People pressed so that nobody moves, or someone fell' },
        minutes(10),
        { zh: '已报 110，入口停止放行，人流松开', en: 'Police called, entrance closed, the press has eased' },
        callFirst,
        'words',
      ),
      condition(
        'crowd-unplanned',
        { zh: '尚能走动，临时聚集，无出入口管理', en: 'Still moving, gathered by chance, no one at entrances' },
        urgentHours(1),
        { zh: '单向通行、分流到位，有人盯守', en: 'One-way and side routes in place, watched' },
        dangerFirst,
      ),
      condition(
        'crowd-no-plan',
        { zh: '活动尚未开始，无安全方案', en: 'Event not begun, no safety plan' },
        naturalDays(3),
        { zh: '方案审定，或活动取消', en: 'Plan approved, or event cancelled' },
        proposal,
        'document',
      ),
    ],
  },
]);
