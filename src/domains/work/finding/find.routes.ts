import { type Endpoint, read } from '../../../kernel/endpoint.ts';
import { staffRoles } from '../../land/staff/staff.model.ts';
import { boxQuery, boxView, searchQuery, searchView } from './find.model.ts';
import { lookInBox, search } from './find.views.ts';

const staff = { access: [{ roles: staffRoles }], lane: 'read' } as const;

export const findRoutes: readonly Endpoint[] = [
  read({
    ...staff,
    name: 'casefile.search',
    path: '/api/casefiles/search',
    summary: { zh: '按字词、地点、类别、编号找案卷', en: 'Find cases by words, place, kind or number' },
    query: searchQuery,
    output: searchView,
    handle: (ctx, { query }) => search(ctx, query),
  }),
  read({
    ...staff,
    name: 'casefile.box',
    path: '/api/casefiles/box',
    summary: { zh: '地图方框里的案卷', en: 'Cases in a box on the map' },
    query: boxQuery,
    output: boxView,
    handle: (ctx, { query }) => lookInBox(ctx, query),
  }),
];
