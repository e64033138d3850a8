import { type Endpoint, read } from '../../../kernel/endpoint.ts';
import { auditQuery, auditView } from './audit.model.ts';
import { auditPage } from './audit.views.ts';

export const auditRoutes: readonly Endpoint[] = [
  read({
    name: 'audit.read',
    path: '/api/audit',
    summary: { zh: '审计：谁看了什么、办了什么', en: 'Audit: who read and did what' },
    access: [{ roles: ['auditor'] }],
    lane: 'bulk',
    query: auditQuery,
    output: auditView,
    handle: (ctx, { query }) => auditPage(ctx, query),
  }),
];
