import { defineProblems } from '../../kernel/problem.ts';

/** OpenRosa 1.0 (docs.getodk.org/openrosa): the interface that ODK Collect and its kin speak. */
export const VERSION = '1.0';
/** Of one submission. Longer ones a client may split; ours have no files, and so no need. */
export const LARGEST = 1024 * 1024;

/** Those who go from door to door; a whole community is too much for a telephone. */
export const openrosaVisitors = ['grid_worker', 'grid_leader'] as const;

const kept = { zh: '没有保存。', en: 'Nothing was saved.' };

export const openrosaProblems = defineProblems({
  'openrosa.no_version': {
    status: 400,
    title: { zh: '请求没有写 OpenRosa 版本', en: 'The request names no OpenRosa version' },
    hint: { zh: '每个请求都要带 X-OpenRosa-Version: 1.0。', en: 'Send X-OpenRosa-Version: 1.0 with each request.' },
  },
  'openrosa.not_read': {
    status: 400,
    title: { zh: '交来的表读不了', en: 'The submission cannot be read' },
    hint: { zh: `${kept.zh}要有表的编号和 instanceID。`, en: `${kept.en} It needs the form’s id and an instanceID.` },
  },
  'openrosa.encrypted': {
    status: 400,
    title: { zh: '不收加密的表', en: 'Encrypted submissions are not taken' },
    hint: { zh: `${kept.zh}请在手机上用未加密的表。`, en: `${kept.en} Use the form as it was downloaded.` },
  },
  'openrosa.with_files': {
    status: 400,
    title: { zh: '走访的表还收不了照片和文件', en: 'Forms of visits take no files yet' },
    hint: {
      zh: `${kept.zh}请去掉附件再交；回答还在手机上。`,
      en: `${kept.en} Take them out; the answers are still there.`,
    },
  },
  'openrosa.other_form': {
    status: 400,
    title: { zh: '表里没有“{element}”这一项', en: 'The form has no “{element}”' },
    hint: { zh: `${kept.zh}请重新下载空白表。`, en: `${kept.en} Get the blank form again.` },
  },
  'openrosa.no_form': {
    status: 404,
    title: { zh: '没有这张表，或不由您走访', en: 'There is no such form, or it is not yours' },
    hint: { zh: `${kept.zh}请重新下载空白表。`, en: `${kept.en} Get the blank form again.` },
  },
  'openrosa.no_such_version': {
    status: 404,
    title: { zh: '这张表没有“{version}”这一版', en: 'The form has no version “{version}”' },
    hint: { zh: `${kept.zh}请重新下载空白表。`, en: `${kept.en} Get the blank form again.` },
  },
  'openrosa.wrong_answers': {
    status: 422,
    title: { zh: '有的回答不对', en: 'An answer is not right' },
    hint: { zh: `${kept.zh}请在手机上改好再交。`, en: `${kept.en} Mend it on the phone and send it again.` },
  },
  'openrosa.no_person': {
    status: 400,
    title: { zh: '走访的人或结果不在名单里', en: 'The person or the result is not on the list' },
    hint: {
      zh: `${kept.zh}请更新空白表，再选人和结果。`,
      en: `${kept.en} Get the form again and choose from its lists.`,
    },
  },
  'openrosa.not_corrected': {
    status: 409,
    title: { zh: '要更正的不是最后交的那份', en: 'What it corrects is not the last one sent' },
    hint: { zh: `${kept.zh}请更正最后交的那份。`, en: `${kept.en} Correct the last one sent.` },
  },
  'openrosa.key_shown': {
    status: 409,
    title: { zh: '这个密钥已经给出过', en: 'This key was shown already' },
    hint: {
      zh: '密钥只显示一次。没记下就再做一个，旧的请停用。',
      en: 'It is shown once. Make another, and end this one.',
    },
  },
});
