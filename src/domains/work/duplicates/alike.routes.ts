import { z } from 'zod';
import { type Endpoint, idParam, read } from '../../../kernel/endpoint.ts';
import { staffRoles } from '../../land/staff/staff.model.ts';
import { requireCasefile } from '../casefiles/index.ts';
import { alikeView } from './alike.model.ts';
import { alikeTo } from './alike.views.ts';

export const alikeRoutes: readonly Endpoint[] = [
  read({
    name: 'casefile.alike',
    path: '/api/casefiles/:id/alike',
    summary: { zh: '可能是同一件事的案卷', en: 'Earlier cases it may repeat' },
    access: [{ roles: staffRoles }],
    lane: 'read',
    params: idParam,
    output: z.array(alikeView),
    handle: async (ctx, { params }) => alikeTo(ctx, await requireCasefile(ctx, params.id)),
  }),
];
