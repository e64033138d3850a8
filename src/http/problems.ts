import type { z } from 'zod';
import { defineProblems, type FieldFault, Problem } from '../kernel/problem.ts';
import type { Language } from '../kernel/words.ts';
import { faultWords } from './fault_words.ts';

export const httpProblems = defineProblems({
  'input.malformed': {
    status: 400,
    title: { zh: '内容读不出来', en: 'The content cannot be read' },
    hint: {
      zh: '请求的格式不对（应为 JSON）。没有保存任何内容。',
      en: 'It is not well-formed JSON. Nothing was saved.',
    },
  },
  'input.form_broken': {
    status: 400,
    title: { zh: '表单没有传完整', en: 'The form did not arrive whole' },
    hint: {
      zh: '没有保存任何内容。请刷新页面再提交；程序请检查 multipart/form-data 的 boundary。',
      en: 'Nothing was saved. Reload the page and submit again; programs: check the boundary of multipart/form-data.',
    },
  },
  'input.not_a_form': {
    status: 400,
    title: { zh: '请用 application/x-www-form-urlencoded 提交', en: 'Post it as application/x-www-form-urlencoded' },
    hint: {
      zh: '没有保存任何内容。照片请用 media_url 给出网址。',
      en: 'Nothing was saved. Give the address of a picture in media_url.',
    },
  },
  'input.invalid': {
    status: 422,
    title: { zh: '有几处填写不对', en: 'Some of what you entered is not valid' },
    hint: {
      zh: '请改正标出的地方再提交；其余内容都还在。',
      en: 'Correct the places marked and submit again; the rest is kept.',
    },
  },
  'input.too_large': {
    status: 413,
    title: { zh: '内容太大', en: 'This is too large' },
    hint: { zh: '请减少内容或照片再提交。', en: 'Send less, or fewer photos.' },
  },
  'input.command_id_missing': {
    status: 400,
    title: { zh: '缺少操作编号', en: 'The command id is missing' },
    hint: { zh: '每次提交要带一个新的 commandId(UUID)。', en: 'Every write carries a commandId (UUID) of its own.' },
  },
  'http.not_found': {
    status: 404,
    title: { zh: '没有这个地址', en: 'There is no such address' },
    hint: { zh: '请从首页重新进入。', en: 'Start again from the first page.' },
  },
  'http.unreadable': {
    status: 400,
    title: { zh: '请求读不出来', en: 'The request cannot be read' },
    hint: {
      zh: '没有保存任何内容。这不是完整的 HTTP 请求。',
      en: 'Nothing was saved. It is no complete HTTP request.',
    },
  },
  'http.too_slow': {
    status: 408,
    title: { zh: '请求没有按时传完', en: 'The request did not arrive in time' },
    hint: {
      zh: '没有保存任何内容。请在网络好的时候再提交一次。',
      en: 'Nothing was saved. Send it once more when the network is better.',
    },
  },
  'http.headers_too_large': {
    status: 431,
    title: { zh: '地址或请求头太长', en: 'The address or the headers are too long' },
    hint: {
      zh: '没有保存任何内容。请清除本站的 Cookie，或者缩短地址后再试。',
      en: 'Nothing was saved. Clear the cookies of this site, or shorten the address, and try again.',
    },
  },
  'http.overloaded': {
    status: 503,
    title: { zh: '现在访问的人太多', en: 'Too many requests at the moment' },
    hint: {
      zh: '紧急上报优先处理。请过几秒再试，已提交的内容不会丢。',
      en: 'Urgent reports come first. Try again in a few seconds; nothing already accepted is lost.',
    },
  },
  'http.too_many_tries': {
    status: 429,
    title: { zh: '试得太快了', en: 'Too many tries' },
    hint: { zh: '请过一分钟再试。', en: 'Try again in a minute.' },
  },
  'http.too_many_sent': {
    status: 429,
    title: { zh: '一分钟里交得太多了，这一次没有收下', en: 'Too much was sent within a minute; this was not taken' },
    hint: {
      zh: '请过一分钟再提交；在网页上按“返回”，填写的内容还在。有生命危险请先打 110、119 或 120。',
      en: 'Send it again in a minute; go back in the browser and what you wrote is still there. In danger of life call 110, 119 or 120 first.',
    },
  },
  'http.foreign_origin': {
    status: 403,
    title: { zh: '请求来自另一个网站，没有执行', en: 'The request came from another site and was not carried out' },
    hint: { zh: '请从本系统的页面操作。', en: 'Use the pages of this system.' },
  },
  'http.shutting_down': {
    status: 503,
    title: { zh: '服务器正在重启', en: 'The server is restarting' },
    hint: {
      zh: '请过半分钟再试；没有收到回执的，再提交一次不会重复。',
      en: 'Try again in half a minute; what was not acknowledged may be sent again and is recorded once.',
    },
  },
});

/** RFC 9457, with our stable code, the fields at fault and a trace id. */
export function problemBody(problem: Problem, language: Language, traceId: string) {
  return {
    type: `urn:jingwei:problem:${problem.code}`,
    title: problem.title[language],
    status: problem.kind.status,
    detail: problem.hint[language],
    code: problem.code,
    errors: problem.faults.map(({ path, says }) => ({ path, says: says[language] })),
    traceId,
  };
}

/** A bug: the user learns that nothing was saved and a number to name it by, not what went wrong inside. */
export function bugBody(language: Language, traceId: string) {
  const { title, hint } = bugWords(traceId);
  const inLanguage = { title: title[language], status: 500, detail: hint[language] };
  return { type: 'urn:jingwei:problem:internal', ...inLanguage, code: 'internal', errors: [], traceId };
}

export const bugWords = (traceId: string) => ({
  status: 500,
  title: { zh: '程序出错了', en: 'Something went wrong in the program' },
  hint: {
    zh: `没有保存这次操作。请稍后再试；还不行请把编号 ${traceId} 告诉管理员。`,
    en: `This action was not saved. Try again later; if it persists, tell the administrator the number ${traceId}.`,
  },
  faults: [],
});

/** What was wrong, where, in plain words. */
export function invalidInput(error: z.ZodError): Problem {
  const faults = error.issues
    .slice(0, 50)
    .map((issue): FieldFault => ({ path: issue.path.join('.'), says: faultWords(issue) }));
  return new Problem(httpProblems['input.invalid'], {}, faults);
}
