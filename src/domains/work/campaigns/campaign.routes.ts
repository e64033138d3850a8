import { z } from 'zod';
import { type Endpoint, idParam, procedure, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { transact } from '../../../kernel/transaction.ts';
import { answersQuery, answersView, tallyView, visitView } from './answer.model.ts';
import { answersPage, readVisits, tallyAnswers } from './answers.views.ts';
import { closeCampaign, nextRound, openCampaign, requireOwn } from './campaign.commands.ts';
import {
  campaignDetail,
  campaignForm,
  campaignOpeners,
  campaignReaders,
  campaignView,
  campaignVisitors,
  previewForm,
  previewView,
  roundForm,
  targetLine,
  targetView,
  visitForm,
} from './campaign.model.ts';
import { campaignList, readCampaign, readTarget, targetPage } from './campaign.views.ts';
import { previewCampaign } from './preview.views.ts';
import { parts } from './result.model.ts';
import { makeVisit, requireTarget } from './visit.commands.ts';

const byReaders = { access: [{ roles: campaignReaders }], lane: 'work' } as const;
const byOpeners = { access: [{ roles: campaignOpeners }], lane: 'work' } as const;
const ofCampaign = z.object({ campaignId: idSchema });

export const campaignRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'campaign.list',
    path: '/api/campaigns',
    summary: { zh: '走访：正在进行的和结束的', en: 'Campaigns, going on and over' },
    output: z.array(campaignView),
    handle: (ctx) => campaignList(ctx),
  }),
  read({
    ...byReaders,
    name: 'campaign.read',
    path: '/api/campaigns/:id',
    summary: { zh: '一次走访：各处走到哪里了', en: 'A campaign: how far each area is' },
    params: idParam,
    output: campaignDetail,
    handle: (ctx, { params }) => readCampaign(ctx, params.id),
  }),
  read({
    ...byReaders,
    name: 'campaign.targets',
    path: '/api/campaigns/:id/targets',
    summary: { zh: '名单，或还没走到的', en: 'Who is on the list, or is left' },
    params: idParam,
    query: z.strictObject({
      areaId: idSchema.optional(),
      only: z.enum(parts).default('left'),
      after: idSchema.optional().describe('The last of the page before'),
      most: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(targetLine), next: idSchema.nullable() }),
    handle: (ctx, { params, query }) =>
      targetPage(ctx, params.id, {
        ...{ areaId: query.areaId ?? null, only: query.only },
        ...{ after: query.after ?? null, most: query.most },
      }),
  }),
  procedure({
    ...byOpeners,
    name: 'campaign.preview',
    method: 'POST',
    path: '/api/campaigns/preview',
    summary: { zh: '发起走访：先看会问多少人、哪些已经知道', en: 'Before a campaign: how many, and what is known' },
    lane: 'bulk',
    body: previewForm,
    output: previewView,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => previewCampaign(ctx, body)),
  }),
  write({
    ...byOpeners,
    name: 'campaign.open',
    method: 'POST',
    path: '/api/campaigns',
    summary: { zh: '发起走访', en: 'Open a campaign' },
    body: campaignForm,
    output: ofCampaign,
    handle: (ctx, { body }) => openCampaign(ctx, body),
    recheck: async (ctx, _, { campaignId }) => void (await requireOwn(ctx, campaignId)),
  }),
  write({
    ...byOpeners,
    name: 'campaign.next_round',
    method: 'POST',
    path: '/api/campaigns/:id/rounds',
    summary: { zh: '开始下一轮', en: 'Begin the next round' },
    params: idParam,
    body: roundForm,
    output: ofCampaign,
    handle: (ctx, { params, body }) => nextRound(ctx, params.id, body.dueOn),
    recheck: async (ctx, { params }) => void (await requireOwn(ctx, params.id)),
  }),
  write({
    ...byOpeners,
    name: 'campaign.close',
    method: 'POST',
    path: '/api/campaigns/:id/close',
    summary: { zh: '结束走访', en: 'Close a campaign' },
    params: idParam,
    output: ofCampaign,
    handle: (ctx, { params }) => closeCampaign(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireOwn(ctx, params.id)),
  }),
  read({
    ...byReaders,
    name: 'campaign.target',
    path: '/api/campaign-targets/:id',
    summary: {
      zh: '名单上的一个人：要问什么、已经知道什么',
      en: 'Somebody on the list: what to ask and what is known',
    },
    params: idParam,
    output: targetView,
    handle: (ctx, { params }) => readTarget(ctx, params.id),
  }),
  read({
    ...byReaders,
    name: 'campaign.visits',
    path: '/api/campaign-targets/:id/visits',
    summary: { zh: '去过几次、每次怎么样、答了什么', en: 'Each visit: what came of it and what was said' },
    params: idParam,
    output: z.array(visitView),
    handle: (ctx, { params }) => readVisits(ctx, params.id),
  }),
  read({
    ...byReaders,
    name: 'campaign.answers',
    path: '/api/campaigns/:id/answers',
    summary: { zh: '各人答了什么', en: 'Who answered what' },
    lane: 'bulk',
    params: idParam,
    query: answersQuery,
    output: answersView,
    handle: (ctx, { params, query }) => answersPage(ctx, params.id, query),
  }),
  read({
    ...byReaders,
    name: 'campaign.tally',
    path: '/api/campaigns/:id/tally',
    summary: { zh: '每个问题的回答各有多少', en: 'How often each answer was given' },
    lane: 'bulk',
    params: idParam,
    query: z.strictObject({ areaId: idSchema.optional() }),
    output: tallyView,
    handle: (ctx, { params, query }) => tallyAnswers(ctx, params.id, query.areaId),
  }),
  write({
    access: [{ roles: campaignVisitors }],
    lane: 'work',
    name: 'campaign.visit',
    method: 'POST',
    path: '/api/campaign-targets/:id/visits',
    summary: { zh: '走访了一个人', en: 'Somebody was visited' },
    params: idParam,
    body: visitForm,
    fromDevice: true,
    output: z.object({ visitId: idSchema, targetId: idSchema }),
    handle: (ctx, { params, body }) => makeVisit(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireTarget(ctx, params.id)),
  }),
];
