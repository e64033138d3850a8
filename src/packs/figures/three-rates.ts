import type { PackGiven } from '../../domains/telling/figures/definition.model.ts';

/** What the three rates of a hotline (响应、解决、满意) have in common; who is content with what, a pack's parameters say. */
const merged = {
  id: 'merged',
  reason: { zh: '已并入另一案卷，随那一件计', en: 'merged into another case and counted with it' },
  where: { is: 'merged' },
} as const;
const uncounted = {
  id: 'no_valid_answer',
  reason: {
    zh: '没有回应，或还没有评价：不算满意，也不进分母',
    en: 'no answer, or none yet: neither content nor in the denominator',
  },
  where: { not: { fact: 'answer', in: { parameter: 'valid_answers' } } },
} as const;
const closed = { not: { fact: 'status', in: ['declined'] } } as const;
const common = { version: 1, unit: 'rate', of: 'casefile', when: 'closed' } as const;

export const solvedAndContent: PackGiven['figures'] = [
  {
    ...{ ...common, id: 'solved', confidence: 'unsure', base: closed, exclusions: [merged, uncounted] },
    name: { zh: '解决率', en: 'Solved' },
    counts: {
      zh: '期内结案、评价有效的案卷里，办理结果和评价都算解决的占多少',
      en: 'Of the cases closed in the period with a valid answer, the share solved by both outcome and answer',
    },
    source: {
      zh: '各地回访单独问“是否解决”；这里由办理结果和评价一起推出',
      en: 'Cities ask “is it solved” by itself; here it follows from outcome and answer together',
    },
    numerator: [
      {
        weight: 1,
        where: {
          all: [
            { fact: 'outcome', in: { parameter: 'solved_outcomes' } },
            { fact: 'answer', in: { parameter: 'solved_answers' } },
          ],
        },
      },
    ],
  },
  {
    ...{ ...common, id: 'content', confidence: 'common', base: closed, exclusions: [merged, uncounted] },
    name: { zh: '满意率', en: 'Content' },
    counts: {
      zh: '期内结案、评价有效的案卷里，满意的占多少，基本满意的按比例折算',
      en: 'Of the cases closed in the period with a valid answer, the share content, the mostly content by a weight',
    },
    source: {
      zh: '满意加折算后的基本满意，除以有效回访；折算比例各地不同',
      en: 'Content plus weighted mostly content by valid answers; the weight differs by city',
    },
    numerator: [
      { where: { fact: 'answer', in: ['satisfied'] }, weight: 1 },
      { where: { fact: 'answer', in: ['mostly_satisfied'] }, weight: { parameter: 'mostly_weight' } },
    ],
  },
];

/** How fast somebody took it on, for want of the question whether anybody got in touch. */
export const respondedByReceipt: PackGiven['figures'][number] = {
  ...{ id: 'responded', version: 1, unit: 'rate', of: 'duty', when: 'due', confidence: 'unsure' },
  name: { zh: '响应率', en: 'Responded' },
  counts: {
    zh: '签收期限落在期内的签收任务里，单位按期签收的占多少',
    en: 'Of the receipts due in the period, the share that bodies gave in time',
  },
  source: {
    zh: '各地按回访时“有没有人联系您”计；这一问没有记录，用按期签收代替',
    en: 'Cities ask “did anybody contact you”; that is not recorded, receipt in time stands for it',
  },
  base: { fact: 'duty', in: ['casefile.acknowledge'] },
  exclusions: [
    merged,
    {
      id: 'withdrawn',
      reason: { zh: '签收前收回，改由别处办理', en: 'taken back before receipt and given elsewhere' },
      where: { fact: 'clock', in: ['withdrawn'] },
    },
    {
      id: 'not_due',
      reason: { zh: '还没签收，期限也还没到', en: 'not taken yet, and not due yet' },
      where: { all: [{ fact: 'clock', in: ['running', 'paused', 'suspended'] }, { not: { is: 'due_reached' } }] },
    },
  ],
  numerator: [{ weight: 1, where: { all: [{ fact: 'clock', in: ['settled'] }, { not: { is: 'late' } }] } }],
};

/** How many of those asked could be reached and said something. */
export const respondedByAnswer: PackGiven['figures'][number] = {
  ...{ ...common, id: 'responded', confidence: 'unsure', base: closed },
  name: { zh: '响应率', en: 'Responded' },
  counts: {
    zh: '期内结案、评价期已过或已评价的案卷里，报事人给出有效评价的占多少',
    en: 'Of the cases closed in the period whose answer came or whose time is over, the share with a valid answer',
  },
  source: {
    zh: '以回访成功数除以应回访数；各地对“响应”的定义不同',
    en: 'Answers that came by answers asked for; cities mean different things by it',
  },
  exclusions: [
    merged,
    {
      id: 'waiting',
      reason: { zh: '还在等评价', en: 'the answer is still awaited' },
      where: { not: { fact: 'answer', in: ['satisfied', 'mostly_satisfied', 'unsatisfied', 'unanswered'] } },
    },
  ],
  numerator: [{ weight: 1, where: { fact: 'answer', in: { parameter: 'valid_answers' } } }],
};

export const composite: PackGiven['figures'][number] = {
  ...{ id: 'three_rates', version: 1, unit: 'composite', confidence: 'unsure' },
  name: { zh: '三率综合', en: 'The three together' },
  counts: { zh: '响应率、解决率、满意率按比重合成', en: 'Responded, solved and content by their weights' },
  source: { zh: '比重各地不同，见参数', en: 'Weights differ by city, see the parameters' },
  parts: [
    { figure: 'responded', weight: { parameter: 'responded_share' } },
    { figure: 'solved', weight: { parameter: 'solved_share' } },
    { figure: 'content', weight: { parameter: 'content_share' } },
  ],
};
