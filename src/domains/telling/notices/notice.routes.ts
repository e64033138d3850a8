import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, procedure, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { transact } from '../../../kernel/transaction.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf, requireArea } from '../../land/areas/index.ts';
import {
  issueNotice,
  mayWithdraw,
  previewNotice,
  readNotice,
  requireNotice,
  withdrawNotice,
} from './notice.commands.ts';
import {
  coveringView,
  earlierView,
  issuers,
  noticeForm,
  noticeView,
  previewForm,
  previewView,
  toldView,
} from './notice.model.ts';
import {
  coveringNotices,
  earlierNotices,
  type NoticeRow,
  noticesFor,
  toldOf,
  unreadNotices,
} from './notice.queries.ts';

const MONTH_MS = 30 * 86_400_000;

const byIssuers = { access: [{ roles: issuers }] } as const;

export const noticeRoutes: readonly Endpoint[] = [
  read({
    name: 'notice.list',
    path: '/api/notices',
    summary: { zh: '正在生效的公开通知', en: 'Public notices in force' },
    access: ['anyone'],
    lane: 'read',
    query: z.strictObject({ areaId: idSchema.optional() }),
    output: z.array(noticeView),
    handle: async (ctx, { query }) => {
      const area = query.areaId === undefined ? null : await requireArea(ctx, query.areaId);
      return withNames(ctx, await noticesFor(ctx, area, true));
    },
  }),
  read({
    name: 'notice.earlier',
    path: '/api/notices/earlier',
    summary: { zh: '三个月内发过、已结束或撤下的公开通知', en: 'Public notices of three months that are over' },
    access: ['anyone'],
    lane: 'read',
    query: z.strictObject({ areaId: idSchema.optional() }),
    output: z.array(earlierView),
    handle: async (ctx, { query }) => {
      const since = new Date(ctx.now.getTime() - 3 * MONTH_MS);
      const area = query.areaId === undefined ? null : await requireArea(ctx, query.areaId);
      return withNames(ctx, await earlierNotices(ctx, area, since));
    },
  }),
  read({
    name: 'notice.mine',
    path: '/api/notices/unread',
    summary: { zh: '通知我、我还没读的', en: 'Notices told to me that I have not read' },
    access: ['account'],
    lane: 'work',
    output: z.array(noticeView),
    handle: async (ctx) => withNames(ctx, await unreadNotices(ctx, me(ctx).personId)),
  }),
  read({
    ...byIssuers,
    name: 'notice.told',
    path: '/api/notices/:id/told',
    summary: { zh: '通知了谁、谁读了', en: 'Who was told and who has read it' },
    lane: 'read',
    params: idParam,
    output: z.array(toldView),
    handle: async (ctx, { params }) => {
      await requireNotice(ctx, params.id);
      const [atlas, told] = await Promise.all([atlasOf(ctx), toldOf(ctx, params.id)]);
      return told.map((row) => ({ ...row, area: atlas.get(row.areaId)?.name ?? '' }));
    },
  }),
  read({
    ...byIssuers,
    name: 'notice.covering',
    path: '/api/notices/covering',
    summary: {
      zh: '我管的地方的通知：在发的和一个月内结束的',
      en: 'Notices on my areas, in force or ended within a month',
    },
    lane: 'read',
    output: z.array(coveringView),
    handle: async (ctx) => {
      const [atlas, rows] = await Promise.all([
        atlasOf(ctx),
        coveringNotices(ctx, new Date(ctx.now.getTime() - MONTH_MS)),
      ]);
      const areasOf = (row: NoticeRow) => row.areaIds.flatMap((id) => atlas.get(id) ?? []);
      const named = await withNames(ctx, rows);
      return named.map((row) => ({ ...row, mayWithdraw: mayWithdraw(ctx, row, areasOf(row)) }));
    },
  }),
  procedure({
    ...byIssuers,
    name: 'notice.preview',
    method: 'POST',
    path: '/api/notices/preview',
    summary: { zh: '按区域发通知：先看会通知多少人', en: 'Issue a notice: whom it would tell' },
    lane: 'read',
    body: previewForm,
    output: previewView,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => previewNotice(ctx, body.areaIds)),
  }),
  write({
    ...byIssuers,
    name: 'notice.issue',
    method: 'POST',
    path: '/api/notices',
    summary: { zh: '按区域发通知', en: 'Issue a notice to areas' },
    lane: 'urgent',
    body: noticeForm,
    output: z.object({ noticeId: idSchema, told: z.number() }),
    handle: (ctx, { body }) => issueNotice(ctx, body),
  }),
  write({
    ...byIssuers,
    name: 'notice.withdraw',
    method: 'POST',
    path: '/api/notices/:id/withdraw',
    summary: { zh: '撤下通知', en: 'Withdraw a notice' },
    lane: 'work',
    params: idParam,
    output: z.object({ withdrawn: z.number() }),
    handle: (ctx, { params }) => withdrawNotice(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireNotice(ctx, params.id)),
  }),
  write({
    name: 'notice.read',
    method: 'POST',
    path: '/api/notices/:id/read',
    summary: { zh: '已读', en: 'I have read it' },
    access: ['account'],
    lane: 'work',
    params: idParam,
    output: z.object({ read: z.number() }),
    handle: (ctx, { params }) => readNotice(ctx, params.id),
  }),
];

async function withNames<N extends NoticeRow>(ctx: Ctx, notices: readonly N[]) {
  const atlas = await atlasOf(ctx);
  return notices.map((notice) => ({
    ...notice,
    areas: notice.areaIds.map((id) => ({ id, name: atlas.get(id)?.name ?? '' })),
  }));
}
