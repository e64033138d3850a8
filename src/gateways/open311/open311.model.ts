import { z } from 'zod';
import { defineProblems } from '../../kernel/problem.ts';

/** GeoReport v2: the shapes of its answers and its arguments, and what it refuses. */
export const REPEATED_WITHIN_MS = 10 * 60_000;

export const open311Problems = defineProblems({
  'open311.key_missing': {
    status: 403,
    title: { zh: '缺少 api_key', en: 'The api_key is missing' },
    hint: {
      zh: '没有保存任何内容。请把密钥放在表单的 api_key 里；没有密钥请向管理员申请。',
      en: 'Nothing was saved. Put the key into the argument api_key; ask the administrator if you have none.',
    },
  },
  'open311.no_such_jurisdiction': {
    status: 404,
    title: { zh: '这里没有这个 jurisdiction_id', en: 'This jurisdiction_id is not served here' },
    hint: {
      zh: '可以不写，或者写本县的行政区划代码。',
      en: 'Leave it out, or give the official code of this county.',
    },
  },
  'open311.no_such_service': {
    status: 404,
    title: { zh: '没有这个 service_code', en: 'This service_code was not found' },
    hint: { zh: '请从 services 列表里选择。', en: 'Choose one from the list of services.' },
  },
  'open311.no_such_request': {
    status: 404,
    title: { zh: '没有这个 service_request_id', en: 'This service_request_id was not found' },
    hint: {
      zh: '可能写错了，或者还没有公开。',
      en: 'It may be misspelt, or is not public.',
    },
  },
  'open311.not_your_request': {
    status: 404,
    title: {
      zh: '这个 service_request_id 不是用这把密钥提交的',
      en: 'This service_request_id was not sent with this key',
    },
    hint: {
      zh: '没有保存任何内容。只能给自己提交的案件补充情况。',
      en: 'Nothing was saved. You can add only to what you sent yourself.',
    },
  },
  'open311.no_such_token': {
    status: 404,
    title: { zh: '没有这个 token', en: 'This token was not found' },
    hint: { zh: '请用提交时收到的 token。', en: 'Use the token that was given when the request was posted.' },
  },
  'open311.no_place': {
    status: 422,
    title: { zh: '缺少位置', en: 'The place is missing' },
    hint: {
      zh: '没有保存任何内容。请写 lat 和 long，或者 address_string，或者 address_id（区域代码）。',
      en: 'Nothing was saved. Give lat and long, or address_string, or address_id (the code of an area).',
    },
  },
  'open311.half_a_point': {
    status: 422,
    title: { zh: 'lat 和 long 要一起写', en: 'lat and long come together' },
    hint: { zh: '没有保存任何内容。', en: 'Nothing was saved.' },
  },
  'open311.attributes': {
    status: 422,
    title: { zh: '有的 attribute 填写不对', en: 'Some attributes are not valid' },
    hint: { zh: '没有保存任何内容。请对照服务定义。', en: 'Nothing was saved. Compare the service definition.' },
  },
  'open311.duplicate': {
    status: 409,
    title: { zh: '这一件已经收到过，编号 {id}', en: 'This is a duplicate of {id}, received already' },
    hint: {
      zh: '没有再记一件。内容不同，或者过十分钟再发，就是新的一件。',
      en: 'It was not recorded again. Other content, or the same after ten minutes, is a new request.',
    },
  },
  'open311.dates': {
    status: 422,
    title: {
      zh: 'start_date 要在 end_date 之前，相隔不超过 90 天',
      en: 'start_date comes before end_date, by at most 90 days',
    },
    hint: { zh: '请缩小范围，分几次查。', en: 'Ask for less at a time.' },
  },
});

const codeText = z.string().min(1).max(100);
const list = <T extends z.ZodType<unknown, string>>(each: T) =>
  z
    .string()
    .max(5000)
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(each).max(200));
/** Before and after these nothing was reported, and days that are counted back from them are still days. */
const [FIRST, LAST] = [Date.UTC(1000, 0), Date.UTC(9000, 0)];
const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(Math.min(LAST, Math.max(FIRST, new Date(text).getTime()))));
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

export const jurisdictionOnly = z.strictObject({ jurisdiction_id: codeText.optional() });

export const MOST_REQUESTS = 1000;
export const requestQuery = jurisdictionOnly.extend({
  service_request_id: list(codeText).optional(),
  service_code: list(codeText).optional(),
  start_date: instant.optional(),
  end_date: instant.optional(),
  status: list(z.enum(['open', 'closed'])).optional(),
  page: wholeNumber(1, 10_000).default(1),
  page_size: wholeNumber(1, MOST_REQUESTS).default(MOST_REQUESTS),
});
export type RequestQuery = z.infer<typeof requestQuery>;

const characters = (most: number) =>
  z.string().refine((text) => [...text].length <= most, `at most ${most} characters`);
const plain = (most: number) =>
  characters(most).refine((text) => !/<\/?[a-z!][^>]*>/i.test(text), 'no HTML: plain text only');
/** A phone writes a point with fourteen digits; a spreadsheet may write it with an exponent. */
const degrees = (most: number) => z.coerce.number().min(-most).max(most);

export const requestForm = jurisdictionOnly.extend({
  service_code: codeText,
  lat: degrees(90).optional(),
  long: degrees(180).optional(),
  address_string: plain(200).optional(),
  address_id: characters(100).optional(),
  description: plain(4000).optional(),
  media_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  first_name: plain(30).optional(),
  last_name: plain(30).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d -]{5,20}$/, '5–20 digits')
    .optional(),
  email: z.email().max(200).optional(),
  attributes: z.record(z.string(), z.array(characters(4000))).default({}),
});
export type RequestForm = z.infer<typeof requestForm>;

const updateStates = [
  ...['OPEN', 'INVESTIGATING', 'IN_PROGRESS', 'ACTION_SCHEDULED', 'DUPLICATE', 'NOT_COUNCILS_RESPONSIBILITY'],
  ...['NO_FURTHER_ACTION', 'INTERNAL_REFERRAL', 'FOR_TRIAGE', 'REOPEN', 'FIXED', 'CLOSED', 'CANCELLED'],
] as const;

export const updateQuery = jurisdictionOnly.extend({
  service_request_id: list(codeText).optional(),
  start_date: instant.optional(),
  end_date: instant.optional(),
});
export const updateForm = jurisdictionOnly.extend({
  service_request_id: codeText,
  update_id: characters(100).optional(),
  updated_datetime: instant.optional(),
  status: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(updateStates))
    .optional(),
  description: plain(2000).pipe(z.string().trim().min(1)),
});
export type UpdateForm = z.infer<typeof updateForm>;

// ---------------------------------------------------------------------------------------------------------- answers

const text = z.string();
const maybe = z.string().nullable();

export const discoveryView = z.object({
  changeset: text,
  contact: text,
  key_service: text,
  endpoints: z.array(
    z.object({
      specification: text,
      url: text,
      changeset: text,
      type: z.enum(['production', 'test']),
      formats: z.array(text),
    }),
  ),
});

export const serviceView = z.object({
  service_code: text,
  service_name: text,
  description: text,
  metadata: z.boolean(),
  type: z.enum(['realtime', 'batch']),
  keywords: text,
  group: text,
});
export type ServiceView = z.infer<typeof serviceView>;

export const attributeView = z.object({
  variable: z.boolean(),
  code: text,
  datatype: z.enum(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']),
  required: z.boolean(),
  datatype_description: text,
  order: z.number(),
  description: text,
  values: z.array(z.object({ key: text, name: text })),
});
export type Attribute = z.infer<typeof attributeView>;
export const definitionView = z.object({ service_code: text, attributes: z.array(attributeView) });

export const requestView = z.object({
  service_request_id: text,
  status: z.enum(['open', 'closed']),
  status_notes: maybe,
  service_name: text,
  service_code: text,
  description: text,
  agency_responsible: maybe,
  service_notice: maybe,
  requested_datetime: text,
  updated_datetime: text,
  expected_datetime: maybe,
  address: text,
  address_id: maybe,
  zipcode: maybe,
  lat: z.number().nullable(),
  long: z.number().nullable(),
  media_url: maybe,
});
export type RequestView = z.infer<typeof requestView>;

/** A request id or a token, never both. */
export const createdView = z.object({
  service_request_id: text.optional(),
  token: text.optional(),
  service_notice: text,
  account_id: maybe,
});
export const tokenView = z.object({ service_request_id: maybe, token: text });

export const updateView = z.object({
  update_id: text,
  service_request_id: text,
  status: z.enum(updateStates),
  external_status_code: text,
  updated_datetime: text,
  description: text,
  media_url: maybe,
});
export type UpdateView = z.infer<typeof updateView>;
export const updatedView = z.object({ update_id: text });
