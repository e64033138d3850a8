import { declineOutcomes, importOutcomes, outcomes } from '../../domains/work/casefiles/casefile.model.ts';
import { asked, askedWords, modes, modeWords } from '../../domains/work/checkpoints/kind.model.ts';
import type { Language, Words } from '../../kernel/words.ts';

/** What the fields of our forms and the choices in them are called, wherever a person reads of them. */
export const fieldWords: Readonly<Record<string, Words>> = {
  words: { zh: '说明', en: 'Words' },
  publicText: { zh: '给报事人和公众看的话', en: 'What the reporter and the public read' },
  releasedWords: { zh: '公众看到的话（去掉姓名、电话、门牌）', en: 'What the public reads (no names, phones, doors)' },
  photoIds: {
    zh: '公开哪些照片（先看清有没有人脸、车牌）',
    en: 'Photos to release (look for faces and number plates)',
  },
  conditionCode: { zh: '立案条件', en: 'Filing condition' },
  outcome: { zh: '结果', en: 'Outcome' },
  bodyId: { zh: '承办单位', en: 'Body' },
  bodyIds: { zh: '单位', en: 'Bodies' },
  leadBodyId: { zh: '牵头单位', en: 'Lead' },
  personId: { zh: '人员', en: 'Person' },
  granteeId: { zh: '谁', en: 'Who' },
  intoId: { zh: '并入哪个案卷（编号，如 20261122-000001）', en: 'Into which case (number, such as 20261122-000001)' },
  place: { zh: '区域', en: 'Area' },
  reason: { zh: '原因', en: 'Reason' },
  found: { zh: '核实结果', en: 'Found' },
  answer: { zh: '评价', en: 'Answer' },
  urgent: { zh: '是否紧急', en: 'Urgent or not' },
};

/** What is wrong in one of the two rules of a checkpoint says in which. */
const gateRuleWords: Readonly<Record<string, Words>> = Object.fromEntries(
  modes.flatMap((mode) => {
    const { zh, en } = modeWords[mode];
    const said = (path: string, words: Words): [string, Words] => [
      `rules.${mode}.${path}`,
      { zh: `${zh}规则的“${words.zh}”`, en: `${words.en} of the ${en} rule` },
    ];
    return [
      said('pass.zh', { zh: '谁能过', en: 'Who may pass' }),
      said('pass.en', { zh: '谁能过，英文', en: 'Who may pass, English' }),
      said('purpose', { zh: '为什么登记', en: 'What for' }),
      said('keepDays', { zh: '登记的内容存几天', en: 'Days kept' }),
      said('disinfectMin', { zh: '每隔多少分钟消杀一次', en: 'Minutes between disinfections' }),
    ];
  }),
);
const askedPaths = Object.fromEntries(asked.map((one) => [`values.${one}`, askedWords[one]]));

/** Of fields that no form draws by itself; a path that is not here is called by its last part. */
const pathWords: Readonly<Record<string, Words>> = {
  ...gateRuleWords,
  ...askedPaths,
  wanted: { zh: '要什么', en: 'What they ask for' },
  asker: { zh: '来的人姓名', en: 'Who came' },
  askedBy: { zh: '谁来的', en: 'Who came' },
  document: { zh: '看了什么证件', en: 'Document' },
  told: { zh: '怎么告知的', en: 'How they were told' },
  point: { zh: '位置', en: 'Position' },
  fromDay: { zh: '从哪天', en: 'From day' },
  toDay: { zh: '到哪天', en: 'To day' },
  unit: { zh: '哪个村、公司或单位', en: 'Which village, company or body' },
  count: { zh: '几个', en: 'How many' },
  sender: { zh: '谁送来的', en: 'From whom' },
  receiver: { zh: '交给谁', en: 'To whom' },
  door: { zh: '给哪一户', en: 'For which door' },
  what: { zh: '什么东西', en: 'What' },
  'place.words': { zh: '在哪里', en: 'Where' },
  'contact.name': { zh: '姓名', en: 'Name' },
  fromId: { zh: '谁移交', en: 'From whom' },
  toId: { zh: '谁接手', en: 'To whom' },
  from: { zh: '从第几条', en: 'From which line' },
  purpose: { zh: '为什么成立', en: 'Purpose' },
  until: { zh: '期限到哪一天', en: 'Last day' },
  calendarId: { zh: '作息', en: 'Hours' },
  areaIds: { zh: '负责的区域', en: 'Areas' },
  members: { zh: '成员', en: 'Members' },
  postId: { zh: '岗位', en: 'Post' },
  title: { zh: '标题', en: 'Title' },
  'rule.everyMin': { zh: '隔多久一轮', en: 'How often' },
  'rule.windows': { zh: '一天里的时段', en: 'Times of the day' },
  'rule.windows.from': { zh: '时段的开头', en: 'Beginning of a time' },
  'rule.windows.to': { zh: '时段的结尾', en: 'End of a time' },
  'rule.weekdays': { zh: '星期几', en: 'Weekdays' },
  'rule.season': { zh: '一年里的日子', en: 'Days of the year' },
  'rule.season.from': { zh: '一年里从哪天', en: 'First day in the year' },
  'rule.season.to': { zh: '一年里到哪天', en: 'Last day in the year' },
  places: { zh: '点位', en: 'Places' },
  'places.name': { zh: '点位的名字', en: 'Name of a place' },
  radiusM: { zh: '几米以内', en: 'Within how many metres' },
  walkers: { zh: '谁去', en: 'Who' },
  positionDays: { zh: '位置存几天', en: 'Days positions are kept' },
  pledgedOn: { zh: '签承诺书的日子', en: 'Day of the pledge' },
  lon: { zh: '经度', en: 'Longitude' },
  lat: { zh: '纬度', en: 'Latitude' },
  accuracyM: { zh: '位置误差', en: 'Accuracy of the place' },
  areaId: { zh: '区域', en: 'Area' },
  phone: { zh: '电话', en: 'Phone' },
  name: { zh: '名称', en: 'Name' },
  typeCode: { zh: '小类', en: 'Type' },
  status: { zh: '状态', en: 'Status' },
  number: { zh: '编号', en: 'Number' },
  stage: { zh: '哪一步', en: 'Of which step' },
  login: { zh: '账号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  old: { zh: '现在的密码', en: 'Present password' },
  token: { zh: '启用码', en: 'Activation code' },
  fresh: { zh: '新密码', en: 'New password' },
  code: { zh: '数字或查询码', en: 'Code' },
  id: { zh: '地址里的编号', en: 'The number in the address' },
  commandId: { zh: '操作编号', en: 'Command id' },
  occurredAt: { zh: '发生时间', en: 'When it happened' },
  sentAt: { zh: '发出时间', en: 'When it was sent' },
};

/** `contact.phone` is 电话, `bodyIds.1` is 单位（第 2 个）; `more` are names that only a server need know. */
export function fieldName(path: string, language: Language, more: Readonly<Record<string, Words>> = {}): string {
  const parts = path.split('.');
  const at = Number(parts.at(-1));
  const plain = parts.filter((part) => !/^\d+$/.test(part)).join('.');
  const last = plain.split('.').at(-1) ?? '';
  const words = pathWords[plain] ?? fieldWords[plain] ?? pathWords[last] ?? fieldWords[last] ?? more[last];
  const name = words?.[language].replace(/[（(].*$/, '').trim() ?? plain;
  if (parts.length === 1 || !Number.isInteger(at)) return name;
  return language === 'zh' ? `${name}（第 ${at + 1} 个）` : `${name} (no. ${at + 1})`;
}

export const optionWords: Readonly<Record<string, Words>> = {
  ...outcomes,
  ...declineOutcomes,
  ...importOutcomes,
  not_ours: { zh: '不归我们办', en: 'not ours' },
  wrong_place: { zh: '位置不对', en: 'wrong place' },
  needs_others: { zh: '要别的单位一起', en: 'needs others' },
  unclear: { zh: '情况不清', en: 'unclear' },
  other: { zh: '其他', en: 'other' },
  as_reported: { zh: '与上报一致', en: 'as reported' },
  different: { zh: '与上报不同', en: 'different' },
  not_found: { zh: '未发现', en: 'not found' },
  satisfied: { zh: '满意', en: 'satisfied' },
  mostly_satisfied: { zh: '基本满意', en: 'mostly satisfied' },
  unsatisfied: { zh: '不满意', en: 'not satisfied' },
};
