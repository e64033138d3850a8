import type { Operation, Parameter, Schema, Tongue } from './document.ts';

/** What has an address and does not stand in the document: pages, Open311, and what is for whoever runs the program. */
const text: Schema = { type: 'string', maxLength: 200 };
const id: Schema = { type: 'string', format: 'uuid' };
const whole = (maximum: number): Schema => ({ type: 'integer', minimum: 1, maximum });
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });

type Fields = Readonly<Record<string, Schema>>;
interface Extra {
  readonly access?: string;
  readonly query?: Fields;
  readonly form?: Fields;
  readonly required?: readonly string[];
  readonly encoding?: Operation['encoding'];
}

const namesIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');

function at(tongue: Tongue, method: 'GET' | 'POST', path: string, extra: Extra = {}): Operation {
  const { access = 'anyone', query = {}, form, required = Object.keys(form ?? {}), encoding = 'form' } = extra;
  const parameters: Parameter[] = [
    ...namesIn(path).map((name): Parameter => ({ name, in: 'path', required: true, schema: text })),
    ...Object.entries(query).map(([name, schema]): Parameter => ({ name, in: 'query', required: false, schema })),
  ];
  return {
    ...{ name: `${method} ${path}`, method, path, tongue, access: [access], parameters, encoding, output: null },
    body: form === undefined ? null : { type: 'object', properties: form, required },
  };
}

const page = (method: 'GET' | 'POST', path: string, extra?: Extra) => at('page', method, path, extra);
const figures: Fields = {
  ...{ area: id, from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } },
  ...{ vintage: oneOf('today', 'filed', ''), pack: text },
};
const records: Fields = { ...figures, part: oneOf('all', 'numerator', ''), most: whole(200) };
const report: Fields = {
  ...{ commandId: id, casefileId: id, reportId: id, words: text, place: text, areaId: id },
  ...{
    lon: { type: 'number' },
    lat: { type: 'number' },
    accuracyM: whole(100),
    phone: text,
    urgent: oneOf('true', ''),
  },
};
const acts: Fields = { commandId: id, words: text, answer: oneOf('satisfied', 'mostly_satisfied', 'unsatisfied') };
const desk: Fields = {
  ...{
    commandId: id,
    words: text,
    reason: text,
    conditionCode: text,
    bodyId: id,
    bodyIds: id,
    personId: id,
    intoId: id,
  },
  ...{
    outcome: oneOf('resolved', 'relieved', 'not_found'),
    publicText: text,
    found: oneOf('as_reported', 'different'),
  },
};

const pages: readonly Operation[] = [
  page('GET', '/', { query: { area: id } }),
  // The place of the page is a text, not the group of fields it is elsewhere.
  page('POST', '/', { form: report, required: ['commandId', 'words', 'areaId'] }),
  page('POST', '/', {
    form: { ...report, files: text },
    required: ['commandId', 'words', 'files'],
    encoding: 'multipart',
  }),
  page('GET', '/track', { query: { code: text } }),
  page('GET', '/track/{code}', { query: { sent: oneOf('1', ''), photo: text } }),
  ...['answer', 'object', 'contest', 'reply'].map((act) => page('POST', `/track/{code}/${act}`, { form: acts })),
  page('GET', '/notices'),
  ...['/console', '/console/account', '/console/cases', '/console/figures'].map((path) =>
    page('GET', path, {
      access: 'account',
      query: path.endsWith('figures')
        ? figures
        : path.endsWith('cases')
          ? { status: oneOf('reported', 'closed', '') }
          : { done: text },
    }),
  ),
  page('GET', '/console/cases/{id}', { access: 'account', query: { done: text } }),
  page('GET', '/console/figures/{figure}', { access: 'account', query: records }),
  page('POST', '/console/sign-in', { form: { login: text, password: text, code: text, stay: oneOf('yes') } }),
  page('POST', '/console/sign-out', { access: 'account', form: {} }),
  page('POST', '/console/account/password', { access: 'account', form: { old: text, fresh: text } }),
  page('POST', '/console/account/sessions/{id}/end', { access: 'account', form: {} }),
  ...[
    'measure',
    'register',
    'dispatch',
    'verify',
    'close',
    'merge',
    'summon',
    'read_contact',
    'say',
    'nothing',
    'lapse',
    'constructor',
  ].map((command) =>
    page('POST', `/console/cases/{id}/${command}`, { access: 'account', form: desk, required: ['commandId', 'words'] }),
  ),
  page('POST', '/console/cases/{id}/photos', {
    ...{
      access: 'account',
      form: { commandId: id, stage: oneOf('report', 'measure'), files: text },
      encoding: 'multipart',
    },
  }),
];

const open311 = (method: 'GET' | 'POST', path: string, extra?: Extra): Operation[] =>
  (['xml', 'json'] as const).map((format) => at('open311', method, `${path}.${format}`, extra));
const key = 'api key with scope open311';
const jurisdiction: Fields = { jurisdiction_id: text };
const instant: Schema = { type: 'string', format: 'date-time' };
const requests: Fields = {
  ...{ ...jurisdiction, service_request_id: text, service_code: text, start_date: instant, end_date: instant },
  ...{ status: oneOf('open', 'closed', 'open,closed'), page: whole(5), page_size: whole(100) },
};
const gateways: readonly Operation[] = [
  ...open311('GET', '/open311/discovery', { query: jurisdiction }),
  ...open311('GET', '/open311/v2/services', { query: jurisdiction }),
  ...open311('GET', '/open311/v2/services/{service_code}', { query: jurisdiction }),
  ...open311('GET', '/open311/v2/requests', { query: requests }),
  ...open311('GET', '/open311/v2/requests/{service_request_id}', { query: jurisdiction }),
  ...open311('GET', '/open311/v2/tokens/{token}', { query: jurisdiction }),
  ...open311('GET', '/open311/v2/servicerequestupdates', { query: requests }),
  ...open311('POST', '/open311/v2/requests', {
    access: key,
    form: {
      ...{ ...jurisdiction, service_code: text, lat: { type: 'number' }, long: { type: 'number' }, description: text },
      ...{ address_string: text, address_id: text, first_name: text, email: text, phone: text, media_url: text },
      'attribute[condition]': oneOf('unsure', 'nothing'),
    },
    required: ['service_code', 'lat', 'long', 'description', 'attribute[condition]'],
  }),
  ...open311('POST', '/open311/v2/servicerequestupdates', {
    access: key,
    form: {
      ...jurisdiction,
      service_request_id: text,
      description: text,
      status: oneOf('OPEN', 'FIXED'),
      updated_datetime: instant,
    },
    required: ['service_request_id', 'description'],
  }),
];

const program: readonly Operation[] = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/assets/site.css',
  '/api/openapi.json',
  '/nowhere',
  '/api/nowhere',
].map((path) => at('program', 'GET', path));

export const undescribed: readonly Operation[] = [...pages, ...gateways, ...program];
