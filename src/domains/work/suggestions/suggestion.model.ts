import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** What past dispatches suggest for a case that nobody has classified yet. A person decides. */
const words = z.object({ zh: z.string(), en: z.string() });

const confidences = ['strong', 'fair', 'weak'] as const;
type Confidence = (typeof confidences)[number];

const sure = {
  confidence: z.enum(confidences),
  share: z.number().describe('0 to 1, as far as the model can tell'),
};

export const suggestionView = z.object({
  typeCode: z.string(),
  type: words,
  major: words,
  ...sure,
  body: z
    .object({ id: idSchema, name: z.string(), ...sure })
    .nullable()
    .describe('Who got such cases here before'),
  rule: z
    .object({ bodyId: idSchema, name: z.string() })
    .nullable()
    .describe('Who answers by the rules of the county; they win'),
});

export const suggestionsView = z.object({
  learned: z
    .object({
      version: z.number(),
      at: z.date(),
      lessons: z.number(),
      top3: z.number().describe('Share of the newest cases, not learned from, whose kind was among three'),
    })
    .nullable()
    .describe('Null: nothing has been learned yet'),
  suggestions: z.array(suggestionView).max(3),
});

export const confidenceWords: Readonly<Record<Confidence, Words>> = {
  strong: { zh: '很可能', en: 'very likely' },
  fair: { zh: '可能', en: 'likely' },
  weak: { zh: '把握不大', en: 'a guess' },
};

const STRONG = 0.6;
const FAIR = 0.3;
export const confidenceOf = (share: number): Confidence =>
  share >= STRONG ? 'strong' : share >= FAIR ? 'fair' : 'weak';

export const suggestionProblems = defineProblems({
  'suggestion.learning_now': {
    status: 409,
    title: { zh: '正在学，这次没有再开始', en: 'It is learning right now; nothing was begun beside it' },
    hint: {
      zh: '程序每晚自己学一次，或者别人刚运行了这个命令。几分钟后在管理员的运行状况页看结果；中途被杀掉的，半小时后可以再运行。',
      en: 'It learns every night by itself, or somebody has just run this. See what came of it in a few minutes on the administrator’s page of health; what was killed midway can be run again after half an hour.',
    },
  },
  'suggestion.too_few': {
    status: 409,
    title: {
      zh: '已派遣的案卷只有 {count} 件，还学不出规律',
      en: 'Only {count} cases were dispatched: too few to learn from',
    },
    hint: {
      zh: '至少要 {least} 件、两类以上，分类在现行标准里有立案条件，保密的不算。等办得多了再运行；也可以先导入历史案卷。',
      en: 'It takes {least} of at least two kinds that have filing conditions today, none confidential. Run it again later, or import past cases first.',
    },
  },
});
