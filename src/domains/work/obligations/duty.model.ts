import type { Words } from '../../../kernel/words.ts';

/** The names of all duties; a test holds them against those that are opened anywhere. */
const duties: Readonly<Record<string, Words>> = {
  'casefile.register': { zh: '受理立案', en: 'register' },
  'casefile.precheck': { zh: '核实', en: 'field check' },
  'casefile.dispatch': { zh: '派遣', en: 'dispatch' },
  'casefile.acknowledge': { zh: '签收', en: 'acknowledge' },
  'casefile.handle': { zh: '处置', en: 'handle' },
  'casefile.verify': { zh: '核查', en: 'check the result' },
  'casefile.close': { zh: '结案', en: 'close' },
  'casefile.answer': { zh: '评价', en: 'answer whether it is solved' },
  'casefile.report_in': { zh: '报到', en: 'report in' },
  'area_message.answer': { zh: '答复留言', en: 'answer a message' },
  'person_request.answer': { zh: '答复个人信息请求', en: 'answer a request of a person' },
  'person_request.confirm': { zh: '确认删除个人信息', en: 'confirm a deletion for a person' },
  'directive.carry_out': { zh: '办理任务', en: 'carry out an item' },
  'directive.accept': { zh: '验收任务', en: 'accept an item' },
  'pledge.sign': { zh: '签承诺书', en: 'sign a pledge' },
  'inspection.go': { zh: '去检查', en: 'go on an inspection' },
  'hazard.rectify': { zh: '整改隐患', en: 'put a hazard right' },
  'hazard.answer': { zh: '答复整改单位', en: 'answer the body about a hazard' },
  'hazard.recheck': { zh: '复查隐患', en: 'look at a hazard again' },
  'checkpoint.man': { zh: '安排人到卡口', en: 'put somebody at a checkpoint' },
  'obligation.decide': { zh: '审批', en: 'decide a request' },
};

export const dutyWords = (duty: string): Words => duties[duty] ?? { zh: duty, en: duty };
export const dutyNames: readonly string[] = Object.keys(duties);
