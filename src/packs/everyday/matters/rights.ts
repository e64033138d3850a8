import { minutes, naturalDays, urgentHours, workingDays } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, dangerFirst, hotlineLife, labourRules, legalAidLaw, proposal } from '../sources.ts';

/** People who need protection or their due. Police or ambulance come first; the case looks after what follows. */
export const rights = under(majors.disputes, [
  {
    code: 'family-violence',
    name: { zh: '家庭暴力风险', en: 'Risk of family violence' },
    answersTo: 'police',
    alsoNeeds: ['women-children', 'civil-affairs', 'justice', 'health', 'community'],
    confidential: true,
    urgent: true,
    conditions: [
      condition(
        'family-violence-now',
        { zh: '正在打人，或听见求救', en: 'Someone is being beaten, or calls for help' },
        minutes(5),
        {
          zh: '已报 110 并记下接警号，不独自进门；警察接手',
          en: 'Police called, number noted, nobody goes in alone; police in charge',
        },
        callFirst,
        'words',
      ),
      condition(
        'family-violence-after',
        { zh: '当时未打，有伤或受害人说害怕回家', en: 'Not now, injured or afraid to go home' },
        urgentHours(2),
        {
          zh: '受害人在安全处，伤情已看过，知道告诫书、保护令、庇护所',
          en: 'Safe, injuries seen to, told of warning, protection order and shelter',
        },
        hotlineLife,
        'words',
      ),
      condition(
        'family-violence-signs',
        { zh: '无伤无求助，邻居多次听见打骂哭喊', en: 'No injury or call, neighbours often hear blows and crying' },
        urgentHours(24),
        {
          zh: '两人上门单独问过本人，留下求助办法，按其安全需要决定是否报警',
          en: 'Two people spoke with the person alone, a way to call is agreed, police called as the person’s safety requires',
        },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'minor-at-risk',
    name: { zh: '未成年人受侵害或失管', en: 'Minor harmed or uncared for' },
    answersTo: 'police',
    alsoNeeds: ['women-children', 'civil-affairs', 'education', 'health'],
    confidential: true,
    urgent: true,
    conditions: [
      condition(
        'minor-at-risk-harmed',
        { zh: '有伤、受侵害迹象，或孩子说有人伤害', en: 'Injury or signs of abuse, or the child says so' },
        minutes(15),
        {
          zh: '已报 110，孩子由可信的人陪着，不反复追问；警察接手',
          en: 'Police called, someone trusted with the child, no repeated questioning; police in charge',
        },
        callFirst,
        'words',
      ),
      condition(
        'minor-at-risk-alone',
        { zh: '未见侵害，监护人不在，无人照料', en: 'No abuse seen, no guardian, nobody cares for the child' },
        urgentHours(4),
        {
          zh: '联系上监护人，或民政临时照料，当晚有人',
          en: 'Guardian reached or civil affairs takes care, someone there tonight',
        },
        dangerFirst,
        'words',
      ),
      condition(
        'minor-at-risk-neglected',
        { zh: '有人照料，长期吃不饱、带伤病不就医', en: 'Someone is there, but long hungry or ill without a doctor' },
        urgentHours(24),
        { zh: '入户看过，就医和帮扶开始，有人定期看', en: 'Visited, doctor and help have begun, someone looks in' },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'school-dropout',
    name: { zh: '适龄儿童失学', en: 'Child out of school' },
    answersTo: 'education',
    alsoNeeds: ['women-children', 'civil-affairs', 'township'],
    confidential: true,
    conditions: [
      condition(
        'school-dropout-working',
        { zh: '未满十六岁，正在打工', en: 'Under sixteen and at work' },
        workingDays(1),
        { zh: '离岗，交到监护人，劳动部门接手', en: 'Out of the job, with the guardian, labour office in charge' },
        proposal,
        'words',
      ),
      condition(
        'school-dropout-absent',
        { zh: '未打工，无故缺课五天以上或未入学', en: 'Not at work, absent over five days or never enrolled' },
        workingDays(5),
        {
          zh: '回到学校，或送教上门开始，家庭困难已有人帮扶',
          en: 'Back at school or taught at home, the family is getting help',
        },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'self-harm-risk',
    name: { zh: '轻生风险', en: 'Risk of self-harm' },
    answersTo: 'police',
    alsoNeeds: ['health', 'fire', 'community', 'women-children'],
    confidential: true,
    urgent: true,
    conditions: [
      condition(
        'self-harm-risk-now',
        { zh: '正在高处、水边、服药等危险中', en: 'On a ledge, at the water, or has taken something' },
        minutes(5),
        {
          zh: '已报 110、120，有人陪着说话，不围观不拍摄；救援接手',
          en: 'Police and ambulance called, someone keeps talking, no crowd, no filming; rescue in charge',
        },
        callFirst,
        'words',
      ),
      condition(
        'self-harm-risk-said',
        { zh: '当时安全，说过或写过不想活', en: 'Safe now, has said or written of ending life' },
        urgentHours(2),
        {
          zh: '家人或可信的人陪着，危险物收走，心理援助接上',
          en: 'Someone with the person, dangerous things away, counsellor reached',
        },
        hotlineLife,
        'words',
      ),
    ],
  },
  {
    code: 'disturbed-person',
    name: { zh: '精神异常求助', en: 'Mental-health crisis' },
    answersTo: 'health',
    alsoNeeds: ['police', 'community', 'civil-affairs'],
    confidential: true,
    urgent: true,
    conditions: [
      condition(
        'disturbed-person-violent',
        { zh: '正在伤人毁物或持械', en: 'Hurting people, smashing things or armed' },
        minutes(5),
        {
          zh: '已报 110，旁人避开；警察与医护接手',
          en: 'Police called, people away; police and medical staff in charge',
        },
        callFirst,
        'words',
      ),
      condition(
        'disturbed-person-lost',
        { zh: '不伤人，神志不清、流落在外', en: 'Harms nobody, confused and out in the open' },
        urgentHours(4),
        { zh: '家人接回或送医，有人陪', en: 'Fetched by the family or taken to hospital, not alone' },
        proposal,
        'words',
      ),
      condition(
        'disturbed-person-family-asks',
        { zh: '在家，家属求助断药、看护困难', en: 'At home, the family asks for help with medicine or care' },
        workingDays(2),
        { zh: '医生联系过，用药和看护补助说清', en: 'A doctor is in touch, medicine and care allowance explained' },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'wage-arrears',
    name: { zh: '拖欠工资', en: 'Wage arrears' },
    answersTo: 'labour',
    alsoNeeds: ['housing', 'police', 'justice', 'township'],
    confidential: true,
    conditions: [
      condition(
        'wage-arrears-danger',
        {
          zh: '有人上高处、堵路，或老板正在转移财产',
          en: 'Someone on a ledge, a road blocked, or the owner moving assets away',
        },
        urgentHours(2),
        {
          zh: '人员安全，劳动部门到场约谈，财产线索交警方',
          en: 'People safe, labour office on site, traces of assets with the police',
        },
        hotlineLife,
        'words',
      ),
      condition(
        'wage-arrears-many',
        { zh: '无以上情形，十人及以上', en: 'None of these, ten people or more' },
        workingDays(5),
        {
          zh: '名单金额核清，付款日期书面约定，或已立案查处',
          en: 'List and sums checked, payment dated in writing, or proceedings opened',
        },
        proposal,
        'document',
      ),
      condition(
        'wage-arrears-few',
        { zh: '无以上情形，不足十人', en: 'None of these, fewer than ten' },
        workingDays(60),
        {
          zh: '工资付清，或查处决定作出，仲裁和法律援助已告知',
          en: 'Paid, or decision made, arbitration and legal aid explained',
        },
        labourRules,
        'document',
      ),
    ],
  },
  {
    code: 'legal-aid',
    name: { zh: '法律援助与咨询', en: 'Legal aid and advice' },
    answersTo: 'justice',
    alsoNeeds: ['community', 'women-children', 'labour'],
    confidential: true,
    conditions: [
      condition(
        'legal-aid-deadline',
        { zh: '七天内开庭，或时效将过', en: 'Hearing within seven days, or a time limit about to pass' },
        workingDays(1),
        { zh: '律师已指派并联系本人', en: 'A lawyer is named and in touch' },
        proposal,
        'words',
      ),
      condition(
        'legal-aid-application',
        { zh: '不紧迫，申请法律援助', en: 'Not pressing, legal aid applied for' },
        naturalDays(7),
        {
          zh: '是否援助已书面告知，不予援助说明理由和异议办法',
          en: 'Told in writing; a refusal gives reasons and how to object',
        },
        legalAidLaw,
        'document',
      ),
      condition(
        'legal-aid-advice',
        { zh: '不紧迫，只是咨询', en: 'Not pressing, advice only' },
        workingDays(3),
        { zh: '律师或调解员答复，本人听明白', en: 'Answered by a lawyer or mediator and understood' },
        proposal,
        'words',
      ),
    ],
  },
]);
