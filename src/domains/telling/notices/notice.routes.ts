import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf, requireArea } from '../../land/areas/index.ts';
import { issueNotice, readNotice, requireNotice, withdrawNotice } from './notice.commands.ts';
import { noticeForm, noticeView, toldView } from './notice.model.ts';
import { type NoticeRow, noticesFor, toldOf, unreadNotices } from './notice.queries.ts';

const issuers = {
  access: [{ roles: ['grid_leader', 'community_head', 'registrar', 'dispatcher', 'leader'] }],
} as const;

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
    name: 'notice.mine',
    path: '/api/notices/unread',
    summary: { zh: '通知我、我还没读的', en: 'Notices told to me that I have not read' },
    access: ['account'],
    lane: 'work',
    output: z.array(noticeView),
    handle: async (ctx) => withNames(ctx, await unreadNotices(ctx, me(ctx).personId)),
  }),
  read({
    ...issuers,
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
  write({
    ...issuers,
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
    ...issuers,
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

async function withNames(ctx: Ctx, notices: readonly NoticeRow[]) {
  const atlas = await atlasOf(ctx);
  return notices.map((notice) => ({
    ...notice,
    areas: notice.areaIds.map((id) => ({ id, name: atlas.get(id)?.name ?? '' })),
  }));
}
