import { defineProblems } from '../../../kernel/problem.ts';

export const actProblems = defineProblems({
  'area.gone': {
    status: 409,
    title: { zh: '“{name}”已经不在了', en: '“{name}” is gone' },
    hint: {
      zh: '它在 {on} 撤销、合并或者拆分了。没有改动任何内容，请从现在的区域里选。',
      en: 'It was closed, merged or split on {on}. Nothing was changed; choose among the areas of today.',
    },
  },
  'area.wrong_receiver': {
    status: 422,
    title: { zh: '任务只能移交给同一种岗位的另一个岗位', en: 'Duties can only go to another post of the same role' },
    hint: {
      zh: '每个岗位只写一次，接收的岗位要还在。没有改动任何内容，请看预览里的岗位。',
      en: 'Name each post once, and a receiving post that still stands. Nothing was changed; see the posts in the preview.',
    },
  },
  'area.act_in_future': {
    status: 422,
    title: { zh: '{on} 还没有到', en: '{on} is still to come' },
    hint: {
      zh: '区域变更只能当天或者补办以前的日期；到了那一天再办，没有改动任何内容。',
      en: 'An act on the tree is for today or an earlier day. Do it when the day has come; nothing was changed.',
    },
  },
  'area.act_too_early': {
    status: 422,
    title: {
      zh: '“{name}”在 {last} 还有过变动，日期不能更早',
      en: '“{name}” was changed on {last}; no earlier day can be given',
    },
    hint: {
      zh: '请用 {last} 或者以后的日期，没有改动任何内容。',
      en: 'Give {last} or a later day. Nothing was changed.',
    },
  },
  'area.name_taken': {
    status: 409,
    title: { zh: '同一上级下面已经有“{name}”', en: 'There is a “{name}” already under the same area' },
    hint: { zh: '请换一个名称，没有改动任何内容。', en: 'Choose another name; nothing was changed.' },
  },
  'area.below_itself': {
    status: 422,
    title: { zh: '“{name}”不能放到自己或者自己的下级下面', en: '“{name}” cannot go below itself' },
    hint: { zh: '请选另一个上级，没有改动任何内容。', en: 'Choose another parent; nothing was changed.' },
  },
  'area.there_already': {
    status: 409,
    title: { zh: '已经是这样了', en: 'It is so already' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'area.root_stays': {
    status: 422,
    title: { zh: '最上面的区域不能移动、拆分或者合并', en: 'The topmost area cannot be moved, split or merged' },
    hint: { zh: '它可以改名称和编码。', en: 'Its name and code can be changed.' },
  },
  'area.levels_differ': {
    status: 422,
    title: { zh: '只有同一层级的区域才能合并', en: 'Only areas of one level can be merged' },
    hint: {
      zh: '“{name}”和其他的不在一层。没有改动任何内容。',
      en: '“{name}” is not of the level of the others. Nothing was changed.',
    },
  },
  'area.parents_differ': {
    status: 422,
    title: {
      zh: '合并成新的区域，原来的要在同一上级下面',
      en: 'Areas that become a new one must lie under one parent',
    },
    hint: {
      zh: '请先把它们移到同一上级，或者并入其中一个。没有改动任何内容。',
      en: 'Move them under one parent first, or merge into one of them. Nothing was changed.',
    },
  },
  'area.merge_unclear': {
    status: 422,
    title: {
      zh: '请说明并入哪一个：现有的一个，或者一个新的',
      en: 'Say what they become: one that exists, or a new one',
    },
    hint: {
      zh: '两样里写一样；并成新的至少要有两个，并入的不能同时撤销。没有改动任何内容。',
      en: 'Give one of the two. A new one takes at least two; the one that stays is not among those that go. Nothing was changed.',
    },
  },
  'area.no_such_part': {
    status: 422,
    title: { zh: '这个编号不是拆出来的任何一块', en: 'This is none of the parts' },
    hint: {
      zh: '接收其余部分的、下级要去的、岗位要去的，都要写拆分（合并）以后的区域。没有改动任何内容。',
      en: 'What takes the rest, the areas below and the posts must name an area that there is after the act. Nothing was changed.',
    },
  },
  'area.border_crosses': {
    status: 422,
    title: { zh: '边界自己交叉', en: 'The border crosses itself' },
    hint: {
      zh: '请核对点的次序，或者把交叉的一段重画。没有改动任何内容，画的还在。',
      en: 'Check the order of the points, or draw that stretch again. Nothing was changed; the drawing is kept.',
    },
  },
  'area.border_overlaps': {
    status: 409,
    title: { zh: '和{names}重叠 {m2} 平方米', en: 'It overlaps {names} by {m2} m²' },
    hint: {
      zh: '如果这块地应当归这里，请勾选由它让出；否则把边界退回来。没有改动任何内容，画的还在。',
      en: 'If the land is to be here, say that the other gives way; or draw the border back. Nothing was changed; the drawing is kept.',
    },
  },
  'area.border_outside': {
    status: 422,
    title: { zh: '边界只有 {share}% 在上级“{parent}”里面', en: 'Only {share} % of the border lies within “{parent}”' },
    hint: {
      zh: '请核对坐标系，或者先改上级的边界。没有改动任何内容，画的还在。',
      en: 'Check the datum, or correct the border above first. Nothing was changed; the drawing is kept.',
    },
  },
  'area.swallowed': {
    status: 422,
    title: { zh: '“{name}”就什么也不剩了', en: 'Nothing would be left of “{name}”' },
    hint: { zh: '整个归过来请用合并。没有改动任何内容。', en: 'To take all of it, merge. Nothing was changed.' },
  },
  'area.not_beside': {
    status: 422,
    title: { zh: '“{name}”接不了这块地', en: '“{name}” cannot take or give this land' },
    hint: {
      zh: '只能是同一层级、有边界的另一个区域。没有改动任何内容。',
      en: 'It must be another area of the same level that has a border. Nothing was changed.',
    },
  },
  'area.undecided': {
    status: 422,
    title: { zh: '还没有说明下级归哪一块：{names}', en: 'It is not said to which part these go: {names}' },
    hint: {
      zh: '它们没有边界，或者边界不在任何一块里。请在 children 里逐个写明。没有改动任何内容。',
      en: 'They have no border, or one in no part. Name each under “children”. Nothing was changed.',
    },
  },
  'zone.not_found': {
    status: 404,
    title: { zh: '没有这个临时区划', en: 'There is no such zone' },
    hint: { zh: '请从列表里重新选择。', en: 'Choose again from the list.' },
  },
  'zone.name_taken': {
    status: 409,
    title: { zh: '这段时间里已经有同名的临时区划', en: 'A zone of this name exists in that time' },
    hint: { zh: '请换一个名称，没有改动任何内容。', en: 'Choose another name; nothing was changed.' },
  },
  'zone.ended': {
    status: 409,
    title: { zh: '这个临时区划已经结束', en: 'This zone has ended' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'zone.empty': {
    status: 422,
    title: { zh: '临时区划里一个区域也没有', en: 'There is no area in this zone' },
    hint: {
      zh: '请选区域，或者画一个至少包住一个网格中心的范围。没有保存。',
      en: 'Choose areas, or draw a border around the middle of at least one grid. Nothing was kept.',
    },
  },
});
