import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { type Endpoint, procedure, read, write } from '../../kernel/endpoint.ts';
import { byCode } from '../../kernel/entrance.ts';
import { idSchema } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import { transact } from '../../kernel/transaction.ts';
import type { Words } from '../../kernel/words.ts';
import type { Format } from './forms.ts';
import { definition, discovery, requireJurisdiction, services } from './offer.views.ts';
import {
  createdView,
  definitionView,
  discoveryView,
  jurisdictionOnly,
  open311Problems,
  requestForm,
  requestQuery,
  requestView,
  serviceView,
  tokenView,
  updatedView,
  updateForm,
  updateQuery,
  updateView,
} from './open311.model.ts';
import { duplicateOf, granteeOfToken, type Taken, takeRequest } from './request.commands.ts';
import { created, request, requests, tokenOf } from './request.views.ts';
import { takeUpdate } from './update.commands.ts';
import { updates } from './update.views.ts';

/** Open311 GeoReport v2 with the updates extension: every call in both forms, the same handler behind the two. */
export const open311Routes = (publicUrl: string): readonly Endpoint[] =>
  (['xml', 'json'] as const).flatMap((format) => [
    discoveryRoute(publicUrl, format),
    ...serviceRoutes(format),
    ...requestRoutes(publicUrl, format),
    ...updateRoutes(format),
  ]);

/** For everybody; with a key one sees one's own words besides. */
const open = { access: ['anyone', { apiKey: 'open311' }], lane: 'read' } as const;
const withKey = { access: [{ apiKey: 'open311' }], method: 'POST' } as const;
const base = '/open311/v2';
const one = z.strictObject({ id: z.string().min(1).max(100) });
const of = (call: string, format: Format, summary: Words) => ({ name: `open311.${call}_${format}`, summary });

const discoveryRoute = (publicUrl: string, format: Format): Endpoint =>
  read({
    ...open,
    ...of('discovery', format, { zh: 'Open311：从哪里开始', en: 'Open311: where it is' }),
    path: `/open311/discovery.${format}`,
    query: jurisdictionOnly,
    output: discoveryView,
    handle: async () => discovery(publicUrl),
  });

const serviceRoutes = (format: Format): Endpoint[] => [
  read({
    ...open,
    ...of('services', format, { zh: 'Open311：可以报什么', en: 'Open311: what can be reported' }),
    path: `${base}/services.${format}`,
    query: jurisdictionOnly,
    output: z.array(serviceView),
    handle: (ctx, { query }) => services(ctx, query.jurisdiction_id),
  }),
  read({
    ...open,
    ...of('service', format, { zh: 'Open311：报这一类要答什么', en: 'Open311: what is asked about one kind' }),
    path: `${base}/services/:id.${format}`,
    params: one,
    query: jurisdictionOnly,
    output: definitionView,
    handle: (ctx, { params, query }) => definition(ctx, params.id, query.jurisdiction_id),
  }),
];

const requestRoutes = (publicUrl: string, format: Format): Endpoint[] => [
  write({
    ...withKey,
    ...of('create', format, { zh: 'Open311：程序代人报事', en: 'Open311: a program reports for somebody' }),
    path: `${base}/requests.${format}`,
    lane: 'urgent',
    // Wide: behind one key stand all who use that program.
    triesPerMinute: 120,
    body: requestForm,
    output: createdView,
    handle: (ctx, { body }) => takeRequest(ctx, body),
    recheck: async (_ctx, _call, earlier) => {
      throw duplicateOf(earlier as unknown as Taken);
    },
    show: async (ctx: Ctx, _call, answer) => created(ctx, answer as unknown as Taken),
  }),
  read({
    ...open,
    ...of('requests', format, { zh: 'Open311：公开的案件', en: 'Open311: public requests' }),
    path: `${base}/requests.${format}`,
    triesPerMinute: 120,
    query: requestQuery,
    output: z.array(requestView),
    handle: (ctx, { query }) => requests(ctx, query, publicUrl),
  }),
  read({
    ...open,
    ...of('request', format, { zh: 'Open311：一件', en: 'Open311: one request' }),
    path: `${base}/requests/:id.${format}`,
    triesPerMinute: 120,
    params: one,
    query: jurisdictionOnly,
    output: z.array(requestView),
    handle: (ctx, { params, query }) => request(ctx, params.id, query.jurisdiction_id, publicUrl),
  }),
  procedure({
    ...open,
    ...of('token', format, { zh: 'Open311：凭 token 查编号', en: 'Open311: the number of a token' }),
    method: 'GET',
    path: `${base}/tokens/:id.${format}`,
    triesPerMinute: 120,
    params: one,
    query: jurisdictionOnly,
    output: tokenView,
    handle: async (runtime, { params, query, realm }) => {
      // What is no id would not even be asked for.
      if (!idSchema.safeParse(params.id).success) throw new Problem(open311Problems['open311.no_such_token']);
      return transact(runtime, byCode(realm, granteeOfToken(runtime.keys, params.id)), async (ctx) => {
        await requireJurisdiction(ctx, query.jurisdiction_id);
        return tokenOf(ctx, params.id);
      });
    },
  }),
];

const updateRoutes = (format: Format): Endpoint[] => [
  read({
    ...open,
    ...of('updates', format, { zh: 'Open311：进展', en: 'Open311: updates of requests' }),
    path: `${base}/servicerequestupdates.${format}`,
    triesPerMinute: 120,
    query: updateQuery,
    output: z.array(updateView),
    handle: (ctx, { query }) => updates(ctx, query),
  }),
  procedure({
    ...withKey,
    ...of('update', format, { zh: 'Open311：补充情况', en: 'Open311: add to a request' }),
    path: `${base}/servicerequestupdates.${format}`,
    lane: 'work',
    triesPerMinute: 120,
    body: updateForm,
    output: updatedView,
    handle: takeUpdate,
  }),
];
