import { minutes, naturalDays, urgentHours, workingDays } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { dangerFirst, hotlineLife, proposal, stopWork } from '../sources.ts';

export const unsafeHouses = under(majors.homeSafety, [
  {
    code: 'self-built-house',
    name: { zh: '自建房安全', en: 'Self-built house in danger' },
    answersTo: 'housing',
    alsoNeeds: ['township', 'emergency', 'urban-enforcement', 'market-supervision', 'fire'],
    urgent: true,
    conditions: [
      condition(
        'self-built-house-moving',
        { zh: '异响、掉块，或裂缝、倾斜在加大', en: 'Cracking noises, falling pieces, cracks or tilt growing' },
        minutes(30),
        {
          zh: '屋内和相邻的人全部撤出，拉线看守，镇街已到场',
          en: 'Everyone in it and beside it out, roped off and watched, township on site',
        },
        dangerFirst,
        'words',
      ),
      condition(
        'self-built-house-altering',
        {
          zh: '无上述迹象，正在加层、拆承重墙或挖地下室',
          en: 'None of these, but a storey being added, a wall removed or a cellar dug',
        },
        urgentHours(2),
        { zh: '停工，人员撤出，鉴定前不复工', en: 'Stopped, people out, no work before an appraisal' },
        stopWork,
      ),
      condition(
        'self-built-house-business',
        {
          zh: '无人施工，有裂缝或加层，用作经营、出租',
          en: 'No work going on, cracked or with added floors, and let or used for business',
        },
        naturalDays(5),
        { zh: '停止经营出租，鉴定报告出具', en: 'Business or letting stopped, appraisal issued' },
        proposal,
        'document',
      ),
      condition(
        'self-built-house-cracked',
        { zh: '无人施工，自住，有裂缝但不变化', en: 'No work going on, owner lives there, cracks do not change' },
        workingDays(15),
        { zh: '鉴定等级已定，住户知道怎么办', en: 'Grade settled, the household knows what to do' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'grade-d-house',
    name: { zh: 'D 级危房', en: 'Grade D house' },
    answersTo: 'housing',
    alsoNeeds: ['township', 'community', 'civil-affairs', 'emergency'],
    urgent: true,
    conditions: [
      condition(
        'grade-d-house-warning',
        { zh: '有人住，暴雨、大风、暴雪预警生效', en: 'Lived in, rain, wind or snow warning in force' },
        urgentHours(2),
        {
          zh: '住户转移到安全处，清点到人，有人看守不返回',
          en: 'Household moved to safety, counted, nobody goes back',
        },
        hotlineLife,
        'words',
      ),
      condition(
        'grade-d-house-lived-in',
        { zh: '有人住，无预警', en: 'Lived in, no warning' },
        urgentHours(24),
        { zh: '住户搬出，临时住处落实', en: 'Household out, a place to stay found' },
        proposal,
        'words',
      ),
      condition(
        'grade-d-house-open',
        { zh: '无人住，未封门、未设警示', en: 'Empty, not sealed and without warning' },
        naturalDays(3),
        {
          zh: '封门拉线，警示牌设好，拆除或修缮日期已定',
          en: 'Sealed, warning sign stands, date of demolition or repair settled',
        },
        proposal,
      ),
    ],
  },
  {
    code: 'grade-c-house',
    name: { zh: 'C 级危房', en: 'Grade C house' },
    answersTo: 'housing',
    alsoNeeds: ['township', 'community', 'civil-affairs'],
    conditions: [
      condition(
        'grade-c-house-warning',
        { zh: '危险部位有人住，预警生效', en: 'Dangerous part lived in, warning in force' },
        urgentHours(4),
        { zh: '住户离开危险部位或转移', en: 'Household out of that part or moved' },
        proposal,
        'words',
      ),
      condition(
        'grade-c-house-in-use',
        { zh: '危险部位有人住，无预警', en: 'Dangerous part lived in, no warning' },
        naturalDays(2),
        { zh: '危险部位停用、支撑到位', en: 'That part out of use and propped' },
        proposal,
      ),
      condition(
        'grade-c-house-no-plan',
        { zh: '危险部位已停用，无维修计划', en: 'Dangerous part out of use, no plan of repair' },
        naturalDays(30),
        { zh: '维修计划、资金、日期落实', en: 'Plan, money and date of repair settled' },
        proposal,
        'document',
      ),
    ],
  },
]);
