import { minutes, naturalDays, urgentHours } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, dangerFirst, hotlineComplex, mediationRules, oneMediation, proposal } from '../sources.ts';

/**
 * Quarrels that neighbours, families and owners cannot settle. Only a named circle reads them; what proves the end is a
 * paper or a note of what both sides said, never a photograph of people.
 */
export const disputes = under(majors.disputes, [
  {
    code: 'neighbour-leak',
    name: { zh: '邻里漏水纠纷', en: 'Neighbours: a leak' },
    answersTo: 'community',
    alsoNeeds: ['justice', 'property-company', 'housing'],
    confidential: true,
    conditions: [
      condition(
        'neighbour-leak-running',
        { zh: '水正在漏，危及电路或吊顶', en: 'Water running now, wiring or ceiling at risk' },
        urgentHours(4),
        { zh: '水源关掉，用电安全，双方约定调解时间', en: 'Water off, power safe, a day for mediation agreed' },
        dangerFirst,
        'words',
      ),
      condition(
        'neighbour-leak-cause-known',
        { zh: '未危及电路吊顶，漏因双方认可，争赔偿', en: 'No such risk, cause agreed, quarrel about the cost' },
        naturalDays(7),
        {
          zh: '签调解协议，或书面写明未成并告知诉讼、法律援助',
          en: 'Agreement signed, or failure noted with the way to court and legal aid',
        },
        oneMediation,
        'document',
      ),
      condition(
        'neighbour-leak-cause-disputed',
        { zh: '未危及电路吊顶，漏因有争议', en: 'No such risk, cause disputed' },
        naturalDays(15),
        {
          zh: '漏点查明，签调解协议或写明未成并告知去处',
          en: 'Leak found, agreement signed or failure noted with where to turn next',
        },
        hotlineComplex,
        'document',
      ),
    ],
  },
  {
    code: 'neighbour-quarrel',
    name: { zh: '邻里其他纠纷', en: 'Neighbours: other quarrels' },
    answersTo: 'community',
    alsoNeeds: ['justice', 'police'],
    confidential: true,
    conditions: [
      condition(
        'neighbour-quarrel-violent',
        { zh: '正在打斗，或扬言伤人', en: 'Fighting, or threatening to hurt' },
        minutes(10),
        {
          zh: '已报 110，双方分开，无人受伤或伤者已送医',
          en: 'Police called, the two sides apart, nobody hurt or the injured at hospital',
        },
        callFirst,
        'words',
      ),
      condition(
        'neighbour-quarrel-recurrent',
        { zh: '无打斗威胁，一个月内吵过三次及以上', en: 'No fight or threat, three times or more in a month' },
        naturalDays(15),
        {
          zh: '签调解协议，或写明未成并告知去处，回访日期已定',
          en: 'Agreement signed, or failure noted with where to turn next; day of a later call set',
        },
        hotlineComplex,
        'document',
      ),
      condition(
        'neighbour-quarrel-first',
        {
          zh: '无打斗威胁，噪声、通道、采光、宠物等首次纠纷',
          en: 'No fight or threat, first quarrel over noise, way, light or pets',
        },
        naturalDays(30),
        {
          zh: '双方认可解决，或签协议，或写明未成并告知去处',
          en: 'Both agree it is settled, or signed, or failure noted with where to turn next',
        },
        mediationRules,
        'words',
      ),
    ],
  },
  {
    code: 'property-fee',
    name: { zh: '物业费纠纷', en: 'Property-fee dispute' },
    answersTo: 'community',
    alsoNeeds: ['housing', 'justice', 'property-company'],
    confidential: true,
    conditions: [
      condition(
        'property-fee-cut-off',
        { zh: '用断水断电、锁门禁催费', en: 'Water, power or door cut off to force payment' },
        urgentHours(4),
        { zh: '水电门禁恢复，物业公司书面保证', en: 'Restored, the company has promised in writing' },
        dangerFirst,
        'words',
      ),
      condition(
        'property-fee-many',
        {
          zh: '未断供，十户及以上为同一服务问题拒交',
          en: 'Nothing cut off, ten households or more refuse for one reason',
        },
        naturalDays(15),
        { zh: '服务问题有整改日期，收费办法双方议定', en: 'A date for the service, the fee agreed by both sides' },
        hotlineComplex,
        'document',
      ),
      condition(
        'property-fee-few',
        { zh: '未断供，不足十户', en: 'Nothing cut off, fewer than ten households' },
        naturalDays(30),
        { zh: '签调解协议，或写明未成并告知去处', en: 'Agreement signed, or failure noted with where to turn next' },
        mediationRules,
        'document',
      ),
    ],
  },
  {
    code: 'owners-committee',
    name: { zh: '业委会与物业交接纠纷', en: 'Owners’ committee and handover' },
    answersTo: 'housing',
    alsoNeeds: ['community', 'police', 'justice', 'township'],
    confidential: true,
    conditions: [
      condition(
        'owners-committee-standoff',
        {
          zh: '新旧物业对峙，或抢占门岗、机房',
          en: 'Old and new company face each other, or seize gate or plant rooms',
        },
        urgentHours(2),
        { zh: '双方分开，水电电梯照常，镇街主持', en: 'Sides apart, services running, the township in charge' },
        dangerFirst,
        'words',
      ),
      condition(
        'owners-committee-no-service',
        { zh: '无对峙，物业撤走无人保洁值守', en: 'No standoff, company gone, nobody cleans or guards' },
        naturalDays(3),
        { zh: '应急服务到位，选聘日程公布', en: 'Stopgap service there, timetable for choosing a company published' },
        proposal,
        'document',
      ),
      condition(
        'owners-committee-election',
        {
          zh: '服务正常，选举、账目、维修资金有争议',
          en: 'Service goes on, election, accounts or repair fund disputed',
        },
        naturalDays(30),
        { zh: '争议事项书面答复，账目可查', en: 'Answered in writing, accounts open' },
        mediationRules,
        'document',
      ),
    ],
  },
  {
    code: 'family-quarrel',
    name: { zh: '婚姻家庭纠纷', en: 'Marriage and family dispute' },
    answersTo: 'justice',
    alsoNeeds: ['women-children', 'community'],
    confidential: true,
    conditions: [
      condition(
        'family-quarrel-care',
        { zh: '无暴力，老人孩子无人管', en: 'No violence, an old person or child left without care' },
        urgentHours(24),
        { zh: '照料的人已定，当晚有人在', en: 'A carer is settled, someone is there tonight' },
        dangerFirst,
        'words',
      ),
      condition(
        'family-quarrel-maintenance',
        { zh: '无暴力、有人照料，争赡养、抚养、财产', en: 'No violence, cared for, quarrel about support or property' },
        naturalDays(30),
        {
          zh: '签调解协议，或写明未成并告知诉讼、法律援助',
          en: 'Agreement signed, or failure noted with the way to court and legal aid',
        },
        mediationRules,
        'document',
      ),
    ],
  },
  {
    code: 'land-quarrel',
    name: { zh: '土地林地宅基地纠纷', en: 'Dispute over land or house plot' },
    answersTo: 'township',
    alsoNeeds: ['planning', 'agriculture', 'forestry', 'justice', 'police'],
    confidential: true,
    conditions: [
      condition(
        'land-quarrel-violent',
        { zh: '正在打斗或持械对峙', en: 'Fighting, or facing each other with tools' },
        minutes(10),
        { zh: '已报 110，双方分开', en: 'Police called, the two sides apart' },
        callFirst,
        'words',
      ),
      condition(
        'land-quarrel-work',
        { zh: '无打斗，一方正在施工、砍伐、拆除', en: 'No fight, one side is building, felling or tearing down' },
        urgentHours(4),
        { zh: '停下保持原状，界线照片留存', en: 'Stopped and left as it is, boundary recorded' },
        dangerFirst,
        'words',
      ),
      condition(
        'land-quarrel-boundary',
        { zh: '无打斗、无施工，争界线、承包、通行', en: 'Neither, boundary, contract or right of way disputed' },
        naturalDays(30),
        {
          zh: '现场指界，签协议或书面告知确权、仲裁、诉讼途径',
          en: 'Boundary walked, signed, or told in writing of title, arbitration and court',
        },
        mediationRules,
        'document',
      ),
    ],
  },
  {
    code: 'water-quarrel',
    name: { zh: '用水纠纷', en: 'Dispute over irrigation water' },
    answersTo: 'township',
    alsoNeeds: ['water-affairs', 'community', 'police'],
    confidential: true,
    conditions: [
      condition(
        'water-quarrel-gate',
        { zh: '抢闸堵渠，或聚了十人以上', en: 'Gate seized, canal blocked, or more than ten gathered' },
        urgentHours(2),
        {
          zh: '人群散开，闸口有人管，放水次序当场说定',
          en: 'Crowd gone, someone in charge of the gate, turns settled on the spot',
        },
        dangerFirst,
        'words',
      ),
      condition(
        'water-quarrel-turns',
        { zh: '未抢闸、不足十人，争先后、争水费', en: 'Nothing seized, fewer people, turns or fees disputed' },
        naturalDays(5),
        { zh: '轮灌表和水费公布，各方认可', en: 'Turns and fees posted and accepted' },
        proposal,
        'document',
      ),
    ],
  },
]);
