import { naturalDays, urgentHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { dangerFirst, hotlineLife, proposal } from '../sources.ts';

export const homeSafety = under(majors.homeSafety, [
  {
    code: 'blocked-fire-passage',
    name: { zh: '堵塞消防通道', en: 'Blocked fire passage' },
    answersTo: 'property-company',
    alsoNeeds: ['fire', 'traffic-police', 'urban-enforcement'],
    conditions: [
      condition(
        'blocked-fire-passage-vehicle',
        {
          zh: '未封死，车辆停在消防车道、登高场地上',
          en: 'Not closed off, a vehicle in a fire lane or on a ladder site',
        },
        urgentHours(2),
        { zh: '车辆移开，消防车能进', en: 'Moved, an engine can get in' },
        hotlineLife,
      ),
      condition(
        'blocked-fire-passage-goods',
        { zh: '未封死、无车，杂物、摊位占住', en: 'Not closed off, no vehicle, goods or a stall in the way' },
        urgentHours(4),
        { zh: '清空，标线看得见', en: 'Cleared, marking visible' },
        proposal,
      ),
      condition(
        'blocked-fire-passage-fixed',
        { zh: '通道被砌墙、打桩、焊门封死', en: 'Walled up, posts set or gate welded shut' },
        naturalDays(3),
        { zh: '固定障碍拆除，消防车能进', en: 'Fixed obstacle gone, an engine can get in' },
        proposal,
      ),
    ],
  },
  {
    code: 'stairwell-clutter',
    name: { zh: '楼道堆物', en: 'Clutter in the stairwell' },
    answersTo: 'property-company',
    alsoNeeds: ['community', 'fire'],
    conditions: [
      condition(
        'stairwell-clutter-blocks',
        { zh: '堵住楼梯或安全出口，人须侧身', en: 'Blocks stairs or exit: one must turn sideways' },
        urgentHours(24),
        { zh: '楼梯、出口畅通', en: 'Stairs and exit free' },
        proposal,
      ),
      condition(
        'stairwell-clutter-flammable',
        { zh: '能通行，堆有纸板、油漆、气瓶等易燃物', en: 'Passable, but card, paint, bottles or the like' },
        naturalDays(2),
        { zh: '易燃物搬离楼内公共部位', en: 'Flammables out of the shared parts' },
        proposal,
      ),
      condition(
        'stairwell-clutter-plain',
        { zh: '能通行，无易燃物，堆放一般杂物', en: 'Passable, nothing flammable, ordinary things' },
        naturalDays(7),
        {
          zh: '告知期满后物主或物业清走，独居者有人帮',
          en: 'After notice cleared by owner or company, those living alone helped',
        },
        proposal,
      ),
    ],
  },
  {
    code: 'e-bike-indoors',
    name: { zh: '电动自行车进楼充电', en: 'E-bike charging indoors' },
    answersTo: 'property-company',
    alsoNeeds: ['fire', 'community'],
    conditions: [
      condition(
        'e-bike-indoors-charging',
        { zh: '正在楼道、门厅或户内充电', en: 'Charging now in stairs, hall or flat' },
        urgentHours(1),
        { zh: '断电，车和电池移到室外', en: 'Unplugged, bike and battery outside' },
        dangerFirst,
      ),
      condition(
        'e-bike-indoors-wire',
        { zh: '未进楼，从窗户飞线充电', en: 'Outside, on a cable thrown from a window' },
        urgentHours(4),
        { zh: '飞线收起，告知就近充电处', en: 'Cable in, shown the nearest charging place' },
        dangerFirst,
      ),
      condition(
        'e-bike-indoors-parked',
        { zh: '停在楼内，未充电', en: 'Parked indoors, not charging' },
        naturalDays(1),
        { zh: '移到室外停放处', en: 'Moved to a place outside' },
        proposal,
      ),
    ],
  },
  {
    code: 'private-wiring',
    name: { zh: '私拉电线', en: 'Makeshift wiring' },
    answersTo: 'property-company',
    alsoNeeds: ['power', 'fire', 'housing'],
    conditions: [
      condition(
        'private-wiring-bare',
        { zh: '线头裸露、发烫或泡在水里', en: 'Bare, hot or lying in water' },
        urgentHours(2),
        { zh: '断电，线路拆除或由电工改好', en: 'Power off, removed or put right by an electrician' },
        hotlineLife,
      ),
      condition(
        'private-wiring-messy',
        { zh: '绝缘完好，公共部位乱拉乱接', en: 'Insulated, but strung through shared parts' },
        naturalDays(5),
        { zh: '拆除或改为固定线路', en: 'Removed or made a fixed line' },
        proposal,
      ),
    ],
  },
  {
    code: 'home-gas',
    name: { zh: '居民用气隐患', en: 'Unsafe gas at home' },
    answersTo: 'gas',
    alsoNeeds: ['fire', 'community', 'market-supervision'],
    conditions: [
      condition(
        'home-gas-heater',
        {
          zh: '直排热水器，或热水器装在浴室、烟道没伸出室外',
          en: 'Flueless heater, or heater in the bathroom or flue ending indoors',
        },
        urgentHours(4),
        { zh: '停用关阀，改装合格后再用', en: 'Out of use with valve shut until refitted properly' },
        dangerFirst,
      ),
      condition(
        'home-gas-bottle',
        {
          zh: '无热水器问题，气瓶放在地下室、卧室或过期',
          en: 'Heater fine, bottle in a cellar or bedroom or out of date',
        },
        naturalDays(1),
        { zh: '气瓶移走或换成合格瓶', en: 'Bottle removed or replaced' },
        proposal,
      ),
      condition(
        'home-gas-hose',
        {
          zh: '以上正常，胶管老化超长或灶具无熄火保护',
          en: 'Those in order, hose old or too long, or cooker without flame guard',
        },
        naturalDays(7),
        { zh: '胶管、灶具更换，漏气检测合格', en: 'Hose or cooker replaced, tested for leaks' },
        proposal,
      ),
    ],
  },
  {
    code: 'coal-stove',
    name: { zh: '燃煤炭火取暖', en: 'Coal or charcoal heating' },
    answersTo: 'community',
    alsoNeeds: ['township', 'fire', 'health', 'civil-affairs'],
    conditions: [
      condition(
        'coal-stove-no-flue',
        { zh: '关窗烧炭、煤炉没有烟囱', en: 'Charcoal behind closed windows, or a stove without chimney' },
        urgentHours(1),
        { zh: '火移出室外，开窗，有替代取暖', en: 'Fire outside, windows open, another way to keep warm' },
        dangerFirst,
      ),
      condition(
        'coal-stove-leaking',
        { zh: '有烟囱，接口漏烟、堵塞或风斗缺失', en: 'Chimney, but joints leak, blocked or no cowl' },
        urgentHours(24),
        { zh: '烟囱修好，点火不漏烟', en: 'Repaired, no smoke when lit' },
        proposal,
      ),
      condition(
        'coal-stove-no-alarm',
        { zh: '烟囱完好，无一氧化碳报警器', en: 'Chimney sound, no carbon monoxide alarm' },
        naturalDays(5),
        { zh: '报警器装好试响，住户会用', en: 'Alarm fitted and tested, household knows it' },
        proposal,
      ),
    ],
  },
  {
    code: 'crowded-letting',
    name: { zh: '群租与地下室住人', en: 'Overcrowded or cellar letting' },
    answersTo: 'housing',
    alsoNeeds: ['police', 'fire', 'community', 'civil-defence'],
    conditions: [
      condition(
        'crowded-letting-no-exit',
        { zh: '只有一个出口且被锁，或窗户焊死', en: 'Only exit locked, or windows welded shut' },
        urgentHours(4),
        { zh: '出口、逃生窗打开，钥匙在屋内', en: 'Exit and escape window open, key inside' },
        dangerFirst,
      ),
      condition(
        'crowded-letting-split',
        { zh: '出口畅通，隔间出租或地下室住人', en: 'Exit free, partitioned rooms let or cellar lived in' },
        naturalDays(15),
        { zh: '隔断拆除，租客有时间搬离', en: 'Partitions gone, tenants had time to move' },
        proposal,
      ),
    ],
  },
]);
