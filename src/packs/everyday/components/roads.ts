import { minutes, urgentHours, workingDays, workingHours } from '../../../domains/work/calendars/limit.model.ts';
import { atOnce, condition, inNoHurry, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { brokenRoad, dangerFirst, likeBrokenCover, likeBrokenRoad, likeMissingCover, proposal } from '../sources.ts';

export const roads = under(majors.roads, [
  {
    code: 'road-surface',
    name: { zh: '车行道路面', en: 'Road surface' },
    answersTo: 'municipal-works',
    conditions: [
      condition(
        'road-surface-deep',
        { zh: '坑槽深度超过 5 厘米', en: 'A pothole deeper than 5 cm' },
        workingDays(1),
        { zh: '坑槽填实压平，行车不颠', en: 'Filled and rolled flat, cars pass without a jolt' },
        proposal,
      ),
      condition(
        'road-surface-broken',
        { zh: '深度不超过 5 厘米，破损 0.5 平方米及以上', en: 'Not deeper than 5 cm, 0.5 m² or more broken' },
        workingDays(5),
        { zh: '破损处铣补平整，与原路面齐平', en: 'Patched level with the old surface' },
        brokenRoad,
      ),
      condition(
        'road-surface-small',
        { zh: '深度不超过 5 厘米，破损不足 0.5 平方米', en: 'Not deeper than 5 cm, less than 0.5 m² broken' },
        workingDays(7),
        { zh: '破损处补平', en: 'Patched level' },
        proposal,
      ),
    ],
  },
  {
    code: 'road-sunken',
    name: { zh: '路面塌陷', en: 'Sunken road' },
    answersTo: 'municipal-works',
    // Whose pipe or cellar lies beneath is decided on site, by all who may own it.
    alsoNeeds: ['drainage', 'water', 'gas', 'heating', 'traffic-police', 'township'],
    urgent: true,
    conditions: [
      condition(
        'road-sunken-cut-off',
        { zh: '街道断行，或塌坑正在扩大', en: 'The street is cut off, or the hole is still growing' },
        urgentHours(24),
        {
          zh: '责任单位已定，空洞停止扩大，至少一条车道安全通行，绕行已告知',
          en: 'Responsible body settled, hole no longer growing, one lane safe, detour announced',
        },
        dangerFirst,
      ),
      inNoHurry(
        condition(
          'road-sunken-passable',
          {
            zh: '路面下沉，人车仍能从旁安全通过，塌坑未扩大',
            en: 'The road has sunk, people and cars still pass safely beside it, it is not growing',
          },
          workingDays(5),
          {
            zh: '原因查明，空洞填实，路面恢复平整，附近住户知晓',
            en: 'Cause found, cavity filled, surface level, neighbours told',
          },
          likeBrokenRoad,
        ),
      ),
    ],
  },
  {
    code: 'sidewalk',
    name: { zh: '人行道', en: 'Pavement' },
    answersTo: 'municipal-works',
    conditions: [
      condition(
        'sidewalk-hole',
        { zh: '出现能崴脚的坑洞，或高差超过 3 厘米', en: 'A hole that turns an ankle, or a step over 3 cm' },
        workingDays(1),
        { zh: '坑洞填平，走过不绊脚', en: 'Filled, nobody trips' },
        proposal,
      ),
      condition(
        'sidewalk-loose',
        { zh: '砖块松动、缺失，高差不超过 3 厘米', en: 'Slabs loose or missing, step not over 3 cm' },
        workingDays(5),
        { zh: '砖块补齐压实，雨天不溅水', en: 'Slabs replaced and firm, no splashing in rain' },
        likeBrokenRoad,
      ),
      condition(
        'sidewalk-kerb',
        { zh: '砖面完好，路缘石歪倒或缺失', en: 'Slabs sound, kerbstone tipped or missing' },
        workingDays(5),
        { zh: '路缘石补齐，线形顺直', en: 'Kerb complete and in line' },
        likeBrokenRoad,
      ),
    ],
  },
  {
    code: 'tactile-paving',
    name: { zh: '盲道与缘石坡道', en: 'Tactile paving and kerb ramp' },
    answersTo: 'municipal-works',
    conditions: [
      condition(
        'tactile-paving-blocked',
        { zh: '被杆件、堆物等挡住，盲杖走不通', en: 'Blocked by a post or goods: no way for a white cane' },
        workingHours(4),
        { zh: '障碍移走，盲道连续', en: 'Obstacle gone, the path is continuous' },
        likeBrokenCover,
      ),
      condition(
        'tactile-paving-broken',
        { zh: '无障碍物，砖缺失、断开或坡道有台阶', en: 'Free, but slabs are missing or the ramp has a step' },
        workingDays(5),
        { zh: '盲道接通，坡道与路面平接', en: 'Path joined, ramp flush with the road' },
        likeBrokenRoad,
      ),
    ],
  },
  {
    code: 'bridge',
    name: { zh: '桥梁', en: 'Bridge' },
    answersTo: 'municipal-works',
    alsoNeeds: ['transport', 'traffic-police', 'water-affairs'],
    conditions: [
      atOnce(
        condition(
          'bridge-unsafe',
          { zh: '桥面塌陷、桥墩歪斜或基础被冲空', en: 'Deck sunken, pier tilted or footing washed out' },
          urgentHours(1),
          {
            zh: '桥已封闭有人看守，绕行已告知，检测单位到场',
            en: 'Bridge closed and watched, detour announced, experts on site',
          },
          dangerFirst,
        ),
      ),
      condition(
        'bridge-rail',
        { zh: '桥身稳固，护栏缺口能坠人', en: 'Bridge firm, gap in the rail a person can fall through' },
        urgentHours(2),
        { zh: '护栏修复，或缺口临时封牢', en: 'Rail repaired or the gap firmly closed' },
        likeMissingCover,
      ),
      condition(
        'bridge-wear',
        { zh: '桥身稳固、护栏完整，伸缩缝或桥面破损', en: 'Firm, rail whole, joint or deck surface broken' },
        workingDays(5),
        { zh: '伸缩缝、桥面修平', en: 'Joint and deck repaired level' },
        likeBrokenRoad,
      ),
    ],
  },
  {
    code: 'footbridge',
    name: { zh: '人行天桥与地道', en: 'Footbridge and foot tunnel' },
    answersTo: 'municipal-works',
    conditions: [
      condition(
        'footbridge-hazard',
        { zh: '台阶断裂、扶手脱落或顶面掉块', en: 'Broken step, handrail off or pieces falling from above' },
        urgentHours(4),
        { zh: '修好或该段封闭并指明绕行', en: 'Repaired, or that part closed with the way round shown' },
        proposal,
      ),
      condition(
        'footbridge-dark',
        { zh: '结构完好，夜间照明全灭或地道积水', en: 'Sound, but no light at night or water on the floor' },
        workingDays(1),
        { zh: '照明恢复，积水排净', en: 'Lights on, water gone' },
        proposal,
      ),
    ],
  },
  {
    code: 'guardrail',
    name: { zh: '道路护栏', en: 'Road guardrail' },
    answersTo: 'traffic-police',
    alsoNeeds: ['municipal-works', 'transport'],
    conditions: [
      condition(
        'guardrail-in-road',
        { zh: '护栏倒在或伸入行车道', en: 'Rail lying on or reaching into the roadway' },
        urgentHours(2),
        { zh: '车道清空，缺口有警示', en: 'Roadway free, gap marked' },
        likeMissingCover,
      ),
      condition(
        'guardrail-gap',
        { zh: '未入车道，临水、临崖处护栏缺失', en: 'Roadway free, rail missing beside water or a drop' },
        urgentHours(2),
        { zh: '护栏补齐，或设牢固临时防护', en: 'Rail complete or firm temporary guard in place' },
        likeMissingCover,
      ),
      condition(
        'guardrail-bent',
        { zh: '未入车道、不临水临崖，护栏缺失或变形', en: 'Roadway free, no drop beside it, rail missing or bent' },
        workingDays(5),
        { zh: '护栏补齐扶正', en: 'Rail complete and straight' },
        likeBrokenRoad,
      ),
    ],
  },
  {
    code: 'traffic-light',
    name: { zh: '交通信号灯', en: 'Traffic light' },
    answersTo: 'traffic-police',
    alsoNeeds: ['power', 'greening'],
    conditions: [
      condition(
        'traffic-light-conflict',
        { zh: '相交方向同时放行', en: 'Crossing directions have green at the same time' },
        minutes(30),
        { zh: '信号关闭有人指挥，或已恢复正常', en: 'Switched off with someone directing traffic, or working again' },
        dangerFirst,
      ),
      condition(
        'traffic-light-out',
        { zh: '整个路口信号灯不亮或不变', en: 'All lights of the crossing dark or stuck' },
        urgentHours(2),
        { zh: '信号恢复；修好前有人指挥', en: 'Lights work; until then someone directed traffic' },
        likeMissingCover,
      ),
      condition(
        'traffic-light-partial',
        { zh: '部分灯不亮，其余方向正常', en: 'Some lamps dark, the others work' },
        workingDays(1),
        { zh: '全部灯组正常', en: 'All lamps work' },
        proposal,
      ),
      condition(
        'traffic-light-hidden',
        { zh: '灯亮，被树枝、广告牌等遮住看不清', en: 'Lit, but hidden by branches or a board' },
        workingDays(3),
        { zh: '停止线处能看清信号', en: 'Clearly seen from the stop line' },
        proposal,
      ),
    ],
  },
  {
    code: 'traffic-sign',
    name: { zh: '交通标志标线', en: 'Traffic sign and marking' },
    answersTo: 'traffic-police',
    conditions: [
      condition(
        'traffic-sign-falling',
        { zh: '标志牌倒在路上或将要坠落', en: 'Sign lying on the road or about to fall' },
        urgentHours(2),
        { zh: '标志牌移走或加固', en: 'Sign removed or fixed' },
        likeMissingCover,
      ),
      condition(
        'traffic-sign-missing',
        { zh: '无坠落危险，标志缺失、朝向错误或被遮挡', en: 'Nothing falling, sign missing, turned or hidden' },
        workingDays(3),
        { zh: '标志补齐，驾驶人能看清', en: 'Sign in place and seen by drivers' },
        proposal,
      ),
      condition(
        'traffic-sign-worn',
        { zh: '标志完好，人行横道等标线磨损看不清', en: 'Signs sound, crossing or lane marking worn away' },
        workingDays(10),
        { zh: '标线重新施划', en: 'Marking repainted' },
        proposal,
      ),
    ],
  },
]);
