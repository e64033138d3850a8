import { minutes, naturalDays, urgentHours, workingDays } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, dangerFirst, hotlineLife, proposal } from '../sources.ts';

/**
 * A search that many must join (an old person unseen, a missing child) is open to the desks of the area. What tells of
 * illness and poverty is confidential.
 */
export const peopleInNeed = under(majors.peopleInNeed, [
  {
    code: 'elder-unseen',
    name: { zh: '独居老人失联', en: 'Person living alone not seen' },
    answersTo: 'community',
    alsoNeeds: ['police', 'health', 'fire', 'civil-affairs'],
    urgent: true,
    conditions: [
      condition(
        'elder-unseen-signs',
        {
          zh: '敲门无应，屋内有异声、异味或灯电视常开',
          en: 'No answer, with sounds, smell, or light and television on',
        },
        minutes(30),
        {
          zh: '见到本人；或警察、家属在场开门，120 接手',
          en: 'Seen in person; or door opened with police or family, ambulance in charge',
        },
        dangerFirst,
        'words',
      ),
      condition(
        'elder-unseen-overdue',
        {
          zh: '无异常迹象，超过约定时间未见面、电话不通',
          en: 'No such signs, not seen at the agreed time, phone unanswered',
        },
        urgentHours(2),
        { zh: '见到本人或通上话，家属知晓', en: 'Seen or spoken to, family told' },
        hotlineLife,
        'words',
      ),
    ],
  },
  {
    code: 'missing-child',
    name: { zh: '儿童走失', en: 'Missing child' },
    answersTo: 'police',
    alsoNeeds: ['community', 'education', 'transport', 'fire'],
    urgent: true,
    conditions: [
      condition(
        'missing-child-young',
        { zh: '未满 14 岁', en: 'Under 14' },
        minutes(5),
        {
          zh: '已报 110 并记下接警号，最后见到的地点衣着说清；搜寻听警方安排',
          en: 'Police called, number noted, last place and clothing told; search as police direct',
        },
        callFirst,
        'words',
      ),
      condition(
        'missing-child-teen',
        { zh: '14 岁至未满 18 岁', en: 'From 14 to under 18' },
        minutes(30),
        { zh: '已报 110 并记下接警号，同学亲友问过', en: 'Police called, number noted, friends and relatives asked' },
        callFirst,
        'words',
      ),
    ],
  },
  {
    code: 'missing-elder',
    name: { zh: '老人走失', en: 'Missing old person' },
    answersTo: 'police',
    alsoNeeds: ['community', 'civil-affairs', 'transport', 'fire'],
    urgent: true,
    conditions: [
      condition(
        'missing-elder-danger',
        { zh: '失智、带病，或天寒酷热、近山近水', en: 'Dementia or illness, or cold, heat, hills or water' },
        minutes(15),
        {
          zh: '已报 110，搜寻点分到人，车站和水边有人',
          en: 'Police called, places to search given out, stations and water covered',
        },
        callFirst,
        'words',
      ),
      condition(
        'missing-elder-ordinary',
        { zh: '无以上危险，超过平时回家时间两小时', en: 'None of these, two hours later than usual' },
        urgentHours(1),
        { zh: '找到本人，或已报 110 由警方接手', en: 'Found, or police called and in charge' },
        callFirst,
        'words',
      ),
    ],
  },
  {
    code: 'person-collapsed',
    name: { zh: '路人晕倒受伤', en: 'Person collapsed or hurt' },
    answersTo: 'health',
    alsoNeeds: ['police', 'community'],
    urgent: true,
    conditions: [
      condition(
        'person-collapsed-unresponsive',
        { zh: '呼叫无应答、大出血或呼吸困难', en: 'Does not answer, bleeds heavily or cannot breathe' },
        minutes(5),
        {
          zh: '已报 120，会急救的人已施救，就近急救设备取来；医护接手',
          en: 'Ambulance called, first aid by someone trained, defibrillator fetched; medical staff in charge',
        },
        callFirst,
        'words',
      ),
      condition(
        'person-collapsed-conscious',
        { zh: '清醒，走不了路', en: 'Awake, cannot walk' },
        minutes(30),
        { zh: '120 或家人接走，等候时有人陪', en: 'Taken by ambulance or family, not alone until then' },
        dangerFirst,
        'words',
      ),
    ],
  },
  {
    code: 'homeless-person',
    name: { zh: '流浪露宿人员', en: 'Homeless person' },
    answersTo: 'civil-affairs',
    alsoNeeds: ['police', 'health', 'urban-enforcement', 'community'],
    urgent: true,
    conditions: [
      condition(
        'homeless-person-unwell',
        { zh: '有病有伤、醉倒或意识不清', en: 'Ill, hurt, drunk or confused' },
        minutes(30),
        { zh: '120 接走，或医护看过', en: 'Taken by ambulance or seen by medical staff' },
        callFirst,
        'words',
      ),
      condition(
        'homeless-person-cold',
        { zh: '无病伤，气温 5 °C 以下、35 °C 以上或雨雪中', en: 'Not ill, below 5 °C, above 35 °C or in rain or snow' },
        urgentHours(2),
        {
          zh: '本人愿意的已到救助站；不愿的给了衣被食物，夜里有人再看',
          en: 'At the shelter if willing; if not, clothes and food given and checked on again at night',
        },
        hotlineLife,
        'words',
      ),
      condition(
        'homeless-person-mild',
        { zh: '无病伤，天气平常', en: 'Not ill, ordinary weather' },
        urgentHours(24),
        {
          zh: '救助办法当面告知，愿意的已送到，儿童已由警方民政接手',
          en: 'Told of help, taken there if willing, a child is handed to police and civil affairs',
        },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'blocked-treatment',
    name: { zh: '急需就医出行受阻', en: 'Cannot get to treatment' },
    answersTo: 'health',
    alsoNeeds: ['community', 'transport', 'traffic-police', 'fire'],
    confidential: true,
    urgent: true,
    conditions: [
      condition(
        'blocked-treatment-acute',
        { zh: '急症、临产，路断或叫不到车', en: 'Acute illness or labour, road cut or no vehicle' },
        minutes(15),
        {
          zh: '已报 120，车和路线落实，有人陪到医院',
          en: 'Ambulance called, vehicle and route settled, someone goes along',
        },
        callFirst,
        'words',
      ),
      condition(
        'blocked-treatment-due',
        {
          zh: '不是急症，透析、化疗等 24 小时内必须去',
          en: 'Not acute, dialysis, chemotherapy or the like due within 24 hours',
        },
        urgentHours(4),
        { zh: '车和时间落实，本人知晓', en: 'Vehicle and hour settled, the patient knows' },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'needed-medicine',
    name: { zh: '急需药品', en: 'Medicine running out' },
    answersTo: 'health',
    alsoNeeds: ['community'],
    confidential: true,
    conditions: [
      condition(
        'needed-medicine-vital',
        { zh: '断药有生命危险，余量不足一天', en: 'Life depends on it, less than one day left' },
        urgentHours(4),
        { zh: '药送到本人手上，核对药名', en: 'In the hands of the patient, name checked' },
        proposal,
        'words',
      ),
      condition(
        'needed-medicine-regular',
        { zh: '余量一天及以上，自己买不到、取不了', en: 'A day or more left, cannot buy or fetch it' },
        naturalDays(1),
        { zh: '药送到，或已约好取药', en: 'Delivered, or fetching is arranged' },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'sudden-hardship',
    name: { zh: '家庭突发困难', en: 'Household in sudden hardship' },
    answersTo: 'civil-affairs',
    alsoNeeds: ['township', 'community', 'agriculture', 'health'],
    confidential: true,
    conditions: [
      condition(
        'sudden-hardship-today',
        { zh: '今天没饭吃、没取暖或没地方住', en: 'No food, no heating or no roof today' },
        urgentHours(4),
        { zh: '当天有饭、有暖、有住处，后续帮扶人已定', en: 'Fed, warm and housed today, a helper is named' },
        dangerFirst,
        'words',
      ),
      condition(
        'sudden-hardship-week',
        {
          zh: '今天过得去，因大病、火灾、失业难以维持',
          en: 'Managing today, but illness, fire or job loss threatens the household',
        },
        workingDays(5),
        {
          zh: '临时救助是否给予已告知，不给的说明理由',
          en: 'Told whether temporary aid is given, a refusal with reasons',
        },
        proposal,
        'document',
      ),
      condition(
        'sudden-hardship-early-sign',
        {
          zh: '能维持，收入骤减或支出骤增，有返贫迹象',
          en: 'Managing, income falling or costs rising: an early sign of poverty',
        },
        workingDays(10),
        { zh: '入户核过，是否纳入监测帮扶已告知', en: 'Visited, told whether help and follow-up begin' },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'care-gap',
    name: { zh: '失能残疾人照护中断', en: 'Care interrupted' },
    answersTo: 'civil-affairs',
    alsoNeeds: ['community', 'health', 'women-children'],
    confidential: true,
    conditions: [
      condition(
        'care-gap-alone',
        { zh: '不能自理，照护的人突然不在', en: 'Cannot manage alone, the carer is suddenly gone' },
        urgentHours(4),
        { zh: '临时照护到位，当晚有人', en: 'Stopgap care there, someone stays tonight' },
        dangerFirst,
        'words',
      ),
      condition(
        'care-gap-exhausted',
        { zh: '有人照护，照护者病倒或撑不住', en: 'Cared for, but the carer is ill or worn out' },
        workingDays(3),
        { zh: '喘息服务或轮替的人落实', en: 'Respite or someone to take turns is settled' },
        proposal,
        'words',
      ),
      condition(
        'care-gap-aids',
        {
          zh: '照护不缺，轮椅、护理床等辅具坏了或没有',
          en: 'Care goes on, wheelchair, bed or other aid broken or lacking',
        },
        workingDays(7),
        { zh: '辅具修好、借到或申请已批', en: 'Mended, lent, or the application approved' },
        proposal,
        'words',
      ),
    ],
  },
]);
