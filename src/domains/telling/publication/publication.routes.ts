import { type Endpoint, read } from '../../../kernel/endpoint.ts';
import { publicAreaQuery, publicAreaView } from './public_area.model.ts';
import { publicAreaOf } from './public_area.views.ts';

export const publicationRoutes: readonly Endpoint[] = [
  read({
    name: 'public.area',
    path: '/api/public/area',
    summary: { zh: '一个网格、社区的公开情况', en: 'What is public of a grid or community' },
    access: ['anyone'],
    lane: 'read',
    // Behind the router of a village everybody has one address.
    triesPerMinute: 120,
    query: publicAreaQuery,
    output: publicAreaView,
    handle: (ctx, { query }) => publicAreaOf(ctx, query),
  }),
];
