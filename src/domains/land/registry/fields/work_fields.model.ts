import { type Field, field } from './field.model.ts';

/** Schooling, work, and what somebody does for others. */
export const workFields: readonly Field[] = [
  field('person.school', '就读学校', 'School', 'text', '在读学校 就学学校 所在学校 现就读学校 就读学校名称 就读院校'),
  field('person.school_class', '就读年级', 'Class', 'text', '就读班级 年级班级 年级 所在年级 所在班级 就读年级班级'),
  field('person.graduated_from', '毕业院校', 'Graduated from', 'text', '毕业学校 毕业院校名称 毕业学校名称'),
  field('person.graduated_on', '毕业时间', 'Graduated on', 'date', '毕业日期 毕业年月'),
  field('person.major', '所学专业', 'Field of study', 'text', '毕业专业 就读专业'),
  field('person.title', '职称', 'Professional title', 'text', '专业技术职称 技术职称 职称等级 职业资格 职业技能等级'),
  field('person.skill', '技能特长', 'Skills', 'text', '特长 专长 技能 个人特长 专业特长 职业技能'),
  field(
    'person.employment',
    '就业状况',
    'Employment',
    'text',
    '就业情况 就业状态 就业失业状况 从业状况 从业状态 就业类型',
  ),
  field('person.employment_wish', '就业意向', 'Kind of work sought', 'text', '求职意向 就业意愿 就业需求 意向岗位'),
  field(
    'person.former_employer',
    '原工作单位',
    'Former employer',
    'text',
    '原单位 退休前单位 退休单位 退休前工作单位 原就业单位',
  ),
  field('person.retired_on', '退休时间', 'Retired on', 'date', '退休日期 退休年月'),
  field(
    'person.income',
    '个人年收入',
    'Income of the year, of the person',
    'money',
    '本人年收入 个人收入 本人收入 个人年收入元',
  ),

  // Members, volunteers, those who served.
  field('person.is_party_member', '是否党员', 'Member of the Party', 'yes_no', '是否中共党员 是否为党员'),
  field(
    'person.party_branch',
    '所在党支部',
    'Party branch',
    'text',
    '党支部 所属党支部 组织关系所在支部 所在支部 党组织关系所在地 组织关系所在地 所属支部 所在党组织',
  ),
  field('person.volunteer', '是否志愿者', 'Volunteer', 'yes_no', '是否注册志愿者 是否为志愿者'),
  field('person.veteran', '是否退役军人', 'Veteran', 'yes_no', '退役军人 退伍军人 是否退伍军人 复退军人 是否复退军人'),
  field('person.served_from', '入伍时间', 'Served since', 'date', '入伍日期 参军时间 入伍年月'),
  field('person.served_to', '退役时间', 'Served until', 'date', '退伍时间 退役日期 退伍日期 退役年月'),
  field('person.honoured', '优抚对象类别', 'Entitled as', 'text', '优抚对象类型 优抚类别 优抚类型 优抚对象'),
];
