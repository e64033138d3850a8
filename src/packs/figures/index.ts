import type { PackGiven } from '../../domains/telling/figures/definition.model.ts';
import { handling } from './handling.ts';
import { composite, respondedByAnswer, respondedByReceipt, solvedAndContent } from './three-rates.ts';

/** Two cities' ways to count the same records. Neither is a model: where we are unsure of a parameter, that is shown. */
const oneDistrict = {
  zh: '一个区的做法，见于第三方程序，未见原文件',
  en: 'The practice of one district as seen in a third party’s program; the original was not seen',
};
const plainer = { zh: '较简单的做法，供对照', en: 'A plainer practice, for comparison' };
const share = (value: number, zh: string, en: string, source: typeof plainer) =>
  ({ value, words: { zh, en }, source, confidence: 'unsure' }) as const;

const validAnswers = {
  value: ['satisfied', 'mostly_satisfied', 'unsatisfied'],
  words: { zh: '有效评价：进入分母的', en: 'Valid answers: those in the denominator' },
  source: { zh: '无效回访一般不进分母', en: 'Calls without an answer are usually left out' },
  confidence: 'common',
} as const;

const weighted: PackGiven = {
  code: 'weighted',
  name: { zh: '折算口径', en: 'Weighted' },
  about: {
    zh: '基本满意打折计，只有真正解决才算解决；一天从前一天中午算起',
    en: 'Mostly content counts in part, only what is resolved is solved; a day begins at noon of the day before',
  },
  day: { startsAt: '12:00', of: 'before' },
  smallestCell: 5,
  parameters: {
    valid_answers: { ...validAnswers, value: [...validAnswers.value] },
    solved_outcomes: {
      ...{ value: ['resolved', 'self_handled'], confidence: 'unsure', source: oneDistrict },
      words: { zh: '算解决的办理结果', en: 'Outcomes that count as solved' },
    },
    solved_answers: {
      ...{ value: ['satisfied', 'mostly_satisfied'], confidence: 'unsure', source: oneDistrict },
      words: { zh: '不否定“已解决”的评价', en: 'Answers that do not deny it' },
    },
    mostly_weight: share(0.9, '基本满意折算', 'Weight of mostly content', oneDistrict),
    responded_share: share(0.1, '响应率比重', 'Share of responded', oneDistrict),
    solved_share: share(0.5, '解决率比重', 'Share of solved', oneDistrict),
    content_share: share(0.4, '满意率比重', 'Share of content', oneDistrict),
  },
  figures: [...handling, respondedByReceipt, ...solvedAndContent, composite],
};

const plain: PackGiven = {
  code: 'plain',
  name: { zh: '直算口径', en: 'Plain' },
  about: {
    zh: '基本满意按满意计，说明清楚的也算解决；一天从零点算起',
    en: 'Mostly content counts as content, what was explained counts as solved; a day begins at midnight',
  },
  day: { startsAt: '00:00', of: 'same' },
  smallestCell: 5,
  parameters: {
    valid_answers: { ...validAnswers, value: [...validAnswers.value] },
    solved_outcomes: {
      ...{ value: ['resolved', 'self_handled', 'relieved', 'explained'], confidence: 'unsure', source: plainer },
      words: { zh: '算解决的办理结果', en: 'Outcomes that count as solved' },
    },
    solved_answers: {
      ...{ value: ['satisfied', 'mostly_satisfied', 'unsatisfied'], confidence: 'unsure', source: plainer },
      words: { zh: '不否定“已解决”的评价', en: 'Answers that do not deny it' },
    },
    mostly_weight: share(1, '基本满意折算', 'Weight of mostly content', plainer),
    responded_share: share(0.3, '响应率比重', 'Share of responded', plainer),
    solved_share: share(0.35, '解决率比重', 'Share of solved', plainer),
    content_share: share(0.35, '满意率比重', 'Share of content', plainer),
  },
  figures: [...handling, respondedByAnswer, ...solvedAndContent, composite],
};

export const figurePacks: readonly PackGiven[] = [plain, weighted];
