/** What is said on the way: by desks, bodies, checkers and, at the end, by whoever raised it. {done}: as the standard has it. */
export const declined = {
  not_found: [
    '网格员到现场看过，没有发现您说的情况。再次出现请拍照上报，我们马上来看。',
    '现场核实时问题已不存在，如再发生请告诉我们具体时间。',
  ],
  out_of_scope: [
    '您反映的事项属于正在审理的案件，请向县法院诉讼服务中心咨询。',
    '此事属市级管理范围，已告知您拨打市政务热线，并留存记录。',
  ],
  unclear: ['没有具体位置，两次拨打您留的电话没有接通。请补充地点后再报，我们优先办理。'],
  already_settled: ['上报时该问题已由责任单位处理完毕，感谢您的提醒。'],
} as const;

export const checkOrders = ['请到现场看看是否属实', '位置不太清楚，请核实', '请核实现场情况和影响范围'];
export const checkAnswers = {
  as_reported: ['现场情况属实', '属实，与群众反映一致，已拍照', '到场看过，确有此事'],
  different: ['情况比反映的轻，仍需处理', '位置在旁边约三十米，已说明'],
  not_found: ['现场未发现，问了附近住户也说没有', '到场时已恢复正常'],
} as const;

export const dispatched = ['请按时限办理', '请先到现场，再反馈办理情况', '群众催得急，请尽快', '请与社区联系后办理'];
export const notOurs = [
  '该设施不属我单位管养，请改派',
  '现场看过，产权不在我们，请派产权单位',
  '该路段已移交，不在我单位范围',
  '属小区内部设施，请派物业',
];

export const measures = {
  grid: [
    '已摆放锥桶提醒绕行',
    '已劝导，并告知附近住户',
    '已在群里提醒大家注意安全',
    '已用木板临时遮盖',
    '到场查看，拍照留存',
  ],
  body: [
    '已到现场查看，准备材料',
    '人员已到场，先做临时处置',
    '已开始施工，预计按时完成',
    '备件已订，到货即换',
    '已联系当事人上门处理',
  ],
  mediator: [
    '分别听了双方意见，约好再坐下来谈',
    '上门了解情况，双方情绪已平稳',
    '组织双方见面，基本谈拢，还差费用分担',
  ],
} as const;

export const feedbacks = [
  '已处理完毕：{done}',
  '{done}，现场已清理',
  '当日安排人员处理，{done}',
  '已完成，{done}，请核查',
];
export const documents = ['已办结，材料已归档：{done}', '已依法处理并出具文书，{done}'];
export const mediated = ['双方达成一致并签了协议：{done}', '经调解双方和好，{done}'];

export const verified = ['到场看过，已处理好', '属实，附近住户认可', '现场整洁，问题解决', '已恢复正常'];
export const notDone = ['还有一半没弄完', '只清了表面，下面还是老样子', '修过的地方又松了', '现场没有变化'];

export const publicTexts = [
  '{body}已办理完毕，感谢您的反映。',
  '您反映的{type}问题已由{body}处理，现场核查通过。',
  '{body}已到场处理并经网格员核查，如再出现请随时告诉我们。',
  '问题已解决。承办单位：{body}。',
];
export const relieved = '{body}已先消除危险，彻底改造列入下一批计划，开工前会在社区公示。';
export const explained = '经{body}核实，按现行规定暂不能按您的要求办理，理由已当面说明。';
export const settledOnTheSpot = '网格员发现后当场处理，社区已看过。';
export const didOnTheSpot = [
  '当场劝离，已恢复通行',
  '联系车主，十分钟内挪走',
  '现场清理干净',
  '扶正摆齐，占道部分已清',
  '当场撕除清洗',
  '与住户沟通后当场搬走',
];

export const praise = [
  '很快就弄好了，谢谢',
  '说到做到，点赞',
  '比我想的快',
  '网格员还专门打电话来问，很贴心',
  '终于解决了',
];
export const soSo = ['弄是弄了，就是慢了点', '还可以', '希望不要再出现'];
export const blame = ['等太久了', '打了三次电话才来人', '处理得马马虎虎'];
export const objections = [
  '根本没修好，第二天又坏了',
  '只是来拍了张照，东西还在',
  '好了一天又成老样子',
  '你们说处理完了，我现在去看还是堵着',
];
export const byPhone = ['电话回访，群众表示已解决', '回访时群众说处理得可以', '电话回访：已恢复正常'];

export const extensionReasons = [
  '材料要到后天才到货',
  '连日下雨无法铺沥青',
  '需要等停水审批',
  '当事人出差，约了下周见面',
  '要与产权单位会签',
];
export const extensionRefused = ['还有时间，请先按原时限办', '理由不充分，请抓紧'];
export const suspensionReasons = [
  '列入下月管网改造，一并实施',
  '需等绿化种植季节',
  '等设计方案批复后实施',
  '产权纠纷在诉讼中，待判决',
];
export const appealReasons = [
  '现场被车辆占压两天，有照片',
  '同期抢修台风倒树，人手全部抽调',
  '当事人多次不在家，有通话记录',
];

export const supervised = ['群众多次反映，请盯到办结', '影响面大，纳入督办', '已临近时限，请每天报进展'];
export const released = ['已办结，解除督办', '进展正常，解除督办'];
export const toReporter = [
  '您好，已安排人员到场，预计两天内处理好',
  '正在等配件，到货后马上处理，请您理解',
  '请问是几单元？方便的话补充一下',
  '今天下午施工，请大家把车挪一挪',
];
export const fromReporter = [
  '补充一下，就在小卖部对面',
  '今天又有人差点摔了，麻烦快一点',
  '晚上七点以后最严重',
  '我在家，随时可以来看',
];
export const contactReasons = ['电话核对具体位置', '约上门时间', '回访办理情况'];
export const called = ['牵涉几家管线，请各单位到现场会商', '责任不清，请到现场一起看', '需要几家配合，请今天到场'];
export const visited = [
  '现场会商：由{body}牵头处置，其余单位配合',
  '查明原因，由{body}负责，社区做好解释',
  '确定{body}为责任单位，三天内完成',
];
export const merged = '同一处同一件事';
export const corrected = '电话核对后更正位置';
export const contested = ['我就在旁边住，天天都有，请再来看看', '你们来的时候不巧，晚上才出现'];
