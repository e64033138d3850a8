import { z } from 'zod';
import { type Endpoint, idParam, procedure, read } from '../../../kernel/endpoint.ts';
import { transact } from '../../../kernel/transaction.ts';
import { staffRoles } from '../../land/staff/staff.model.ts';
import { requireCasefile } from '../casefiles/index.ts';
import { alikeView } from './alike.model.ts';
import { alikeTo } from './alike.views.ts';
import { draftForm, hintsView } from './draft.model.ts';
import { hintsFor } from './draft.views.ts';

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
  procedure({
    name: 'casefile.hints',
    method: 'POST',
    path: '/api/casefiles/hints',
    summary: {
      zh: '登记时的提示：可能重复的案卷、可能的责任单位',
      en: 'While writing down: cases it may repeat, bodies that may answer',
    },
    access: [{ roles: staffRoles }],
    lane: 'read',
    body: draftForm,
    output: hintsView,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => hintsFor(ctx, body)),
  }),
];
