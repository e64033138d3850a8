import type { PackGiven } from '../../domains/telling/figures/definition.model.ts';

/** How matters come in and are dealt with: the same in every pack, whatever a city's formula for content is. */
const usual = {
  zh: '城市管理案卷统计的通行口径，分母在这里写明',
  en: 'Usual in city management; the denominator is said here',
};
const ours = { zh: '本系统的定义', en: 'Our own definition' };
const merged = {
  id: 'merged',
  reason: { zh: '已并入另一案卷，随那一件计', en: 'merged into another case and counted with it' },
  where: { is: 'merged' },
} as const;
const retracted = {
  id: 'import_withdrawn',
  reason: { zh: '导入的批次已撤回', en: 'the batch that brought it in was withdrawn' },
  where: { fact: 'outcome', in: ['import_withdrawn'] },
} as const;
const excused = {
  id: 'exempt',
  reason: { zh: '超期但申诉成立，免责', en: 'late, and excused on appeal' },
  where: { all: [{ is: 'late' }, { is: 'exempt' }] },
} as const;
const passedOn = {
  id: 'withdrawn',
  reason: { zh: '中途收回，改由别处办理', en: 'taken back on the way and given elsewhere' },
  where: { fact: 'clock', in: ['withdrawn'] },
} as const;
const notDue = {
  id: 'not_due',
  reason: { zh: '还没办完，期限也还没到', en: 'not done yet, and not due yet' },
  where: { all: [{ fact: 'clock', in: ['running', 'paused', 'suspended'] }, { not: { is: 'due_reached' } }] },
} as const;
const inTime = { all: [{ fact: 'clock', in: ['settled'] }, { not: { is: 'late' } }] } as const;

const every = { is: 'every' } as const;
const not = <const W>(where: W) => ({ not: where });
const once = <const W>(where: W) => [{ where, weight: 1 }];

export const handling: PackGiven['figures'] = [
  {
    ...{
      id: 'intake',
      version: 1,
      unit: 'count',
      of: 'casefile',
      when: 'reported',
      confidence: 'common',
      source: usual,
    },
    name: { zh: '受理数', en: 'Intake' },
    counts: {
      zh: '期内上报的案卷；一事多报、并案后只计一件',
      en: 'Cases reported in the period; a matter said several times and merged counts once',
    },
    base: every,
    exclusions: [merged, retracted],
    numerator: once(every),
  },
  {
    ...{
      id: 'filed',
      version: 1,
      unit: 'count',
      of: 'casefile',
      when: 'registered',
      confidence: 'common',
      source: usual,
    },
    name: { zh: '立案数', en: 'Filed' },
    counts: {
      zh: '期内立案的案卷，以最后一次立案的时间为准',
      en: 'Cases put on file in the period, by the last time they were',
    },
    base: every,
    exclusions: [merged, retracted],
    numerator: once(every),
  },
  {
    ...{
      id: 'dispatched_in_time',
      version: 1,
      unit: 'rate',
      of: 'duty',
      when: 'due',
      confidence: 'common',
      source: usual,
    },
    name: { zh: '按期派遣率', en: 'Dispatched in time' },
    counts: {
      zh: '派遣期限落在期内的派遣任务里，按期派遣的占多少；一件案卷派了几次，就计几次',
      en: 'Of the dispatches due in the period, the share done in time; a case dispatched several times counts each time',
    },
    base: { fact: 'duty', in: ['casefile.dispatch'] },
    exclusions: [merged, retracted, passedOn, excused, notDue],
    numerator: once(inTime),
  },
  {
    ...{
      id: 'handled_in_time',
      version: 1,
      unit: 'rate',
      of: 'duty',
      when: 'due',
      confidence: 'common',
      source: usual,
    },
    name: { zh: '按期处置率', en: 'Handled in time' },
    counts: {
      zh: '处置期限落在期内的处置任务里，按期办完的占多少；挂账、暂停着的没有期限，不在其内',
      en: 'Of the work due in the period, the share done in time; what is suspended or paused has no deadline and is not among it',
    },
    base: { fact: 'duty', in: ['casefile.handle'] },
    exclusions: [merged, retracted, passedOn, excused, notDue],
    numerator: once(inTime),
  },
  {
    ...{ id: 'rework', version: 1, unit: 'rate', of: 'casefile', when: 'closed', confidence: 'unsure' },
    source: {
      zh: '多地以应结案数为分母；本口径以期内实际结案数为分母',
      en: 'Many divide by what should be closed; here by what was closed in the period',
    },
    name: { zh: '返工率', en: 'Rework' },
    counts: {
      zh: '期内结案的案卷里，办过不止一轮的占多少',
      en: 'Of the cases closed in the period, the share that took more than one round',
    },
    base: not({ fact: 'status', in: ['declined'] }),
    exclusions: [merged, retracted],
    numerator: once({ is: 'several_rounds' }),
  },
  {
    ...{
      id: 'returned',
      version: 1,
      unit: 'rate',
      of: 'casefile',
      when: 'dispatched',
      confidence: 'unsure',
      source: ours,
    },
    name: { zh: '退回率', en: 'Sent back' },
    counts: {
      zh: '期内派遣（以最后一次为准）的案卷里，被退回过的占多少',
      en: 'Of the cases dispatched in the period, by the last time, the share that was sent back at least once',
    },
    base: every,
    exclusions: [
      merged,
      {
        id: 'self_handled',
        reason: { zh: '自行处置，没有派遣', en: 'settled on the spot, never dispatched' },
        where: { is: 'self_handled' },
      },
    ],
    numerator: once({ is: 'returned' }),
  },
  {
    ...{ id: 'suspended', version: 1, unit: 'count', of: 'casefile', when: 'now', confidence: 'common', source: usual },
    name: { zh: '挂账数', en: 'Suspended' },
    counts: { zh: '统计时刻挂着账的案卷', en: 'Cases that are suspended at the instant of counting' },
    base: { is: 'suspended' },
    exclusions: [merged, retracted],
    numerator: once(every),
  },
  {
    ...{ id: 'overdue', version: 1, unit: 'count', of: 'duty', when: 'now', confidence: 'common', source: ours },
    name: { zh: '超期未办数', en: 'Overdue now' },
    counts: {
      zh: '统计时刻已过期限、还没办的时限任务；等报事人评价的不算',
      en: 'Duties past their deadline and not done at the instant of counting; waiting for a reporter is none',
    },
    base: {
      all: [
        { fact: 'clock', in: ['running', 'paused', 'suspended'] },
        { is: 'late' },
        not({ fact: 'duty', in: ['casefile.answer'] }),
      ],
    },
    exclusions: [
      merged,
      { id: 'exempt', reason: { zh: '申诉成立，免责', en: 'excused on appeal' }, where: { is: 'exempt' } },
    ],
    numerator: once(every),
  },
];
