import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** What goes from one person to another, as it is shown before and told afterwards. */
export interface Handover {
  readonly from: string;
  readonly to: string;
  readonly posts: readonly { readonly postId: string; readonly name: string; readonly waiting: number }[];
  readonly charges: readonly { readonly id: string; readonly area: string; readonly charge: string }[];
  readonly duties: readonly OpenDuty[];
  /** Circles of confidential cases the giver stands in by name: they stay, whoever admits people decides. */
  readonly circles: number;
}

/** An open duty as a list names it. */
export interface OpenDuty {
  readonly id: string;
  readonly duty: Words;
  readonly recordId: string;
  readonly owedBy: string;
  readonly confidential: boolean;
}

export const handoverProblems = defineProblems({
  'handover.same_person': {
    status: 422,
    title: { zh: '移交给了同一个人', en: 'Both are the same person' },
    hint: { zh: '请写接手的人。没有改动任何内容。', en: 'Name who takes over. Nothing was changed.' },
  },
  'handover.no_person': {
    status: 404,
    title: { zh: '没有这个人', en: 'There is no such person' },
    hint: { zh: '请按姓名重新选择。没有改动任何内容。', en: 'Choose again by name. Nothing was changed.' },
  },
  'handover.not_found': {
    status: 404,
    title: { zh: '没有等您确认的这份交接', en: 'There is no such hand-over for you to confirm' },
    hint: { zh: '只有接手的人本人能确认。', en: 'Only whoever took over confirms it.' },
  },
  'handover.confirmed_already': {
    status: 409,
    title: { zh: '这份交接已经确认过', en: 'This hand-over is confirmed already' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'handover.nothing': {
    status: 409,
    title: { zh: '{from} 没有要移交的', en: '{from} has nothing to hand over' },
    hint: { zh: '可能已经移交过了。没有改动任何内容。', en: 'It may be done already. Nothing was changed.' },
  },
  'handover.not_theirs': {
    status: 404,
    title: { zh: '{from} 不在“{post}”这个岗位上', en: '{from} does not hold the post “{post}”' },
    hint: {
      zh: '可能刚移交过。请先看预览，看有哪些岗位。没有改动任何内容。',
      en: 'It may just have been handed over. See the posts in the preview. Nothing was changed.',
    },
  },
  'organisation.unknown': {
    status: 404,
    title: { zh: '没有正在运行的临时组织“{name}”', en: 'No temporary organisation “{name}” stands' },
    hint: {
      zh: '用 jingwei organisation list 看有哪些。没有改动任何内容。',
      en: 'See jingwei organisation list. Nothing was changed.',
    },
  },
  'organisation.term': {
    status: 422,
    title: { zh: '期限 {until} 已经过了', en: 'The term {until} is over already' },
    hint: { zh: '请写今天或以后的日期。没有改动任何内容。', en: 'Write today or a later day. Nothing was changed.' },
  },
  'organisation.no_head': {
    status: 422,
    title: { zh: '临时组织没有负责人', en: 'The organisation has no head' },
    hint: {
      zh: '至少一个人担任部门负责人。没有改动任何内容。',
      en: 'At least one person must be its body head. Nothing was changed.',
    },
  },
  'organisation.left_with_nobody': {
    status: 409,
    title: { zh: '撤了以后有 {count} 样没有人接', en: '{count} things would be left with nobody' },
    hint: {
      zh: '请给下面每一样写接手的单位（--to，或 --duty 编号=单位）。没有改动任何内容。',
      en: 'Name a receiver for each of these (--to, or --duty ID=BODY). Nothing was changed.',
    },
  },
});
