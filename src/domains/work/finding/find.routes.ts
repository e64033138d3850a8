import { z } from 'zod';
import { type Endpoint, file, procedure, read } from '../../../kernel/endpoint.ts';
import { TILE_TYPE, tileParam } from '../../../kernel/tile.ts';
import { transact } from '../../../kernel/transaction.ts';
import { staffRoles } from '../../land/staff/staff.model.ts';
import { casefileLine } from '../casefiles/page.model.ts';
import { findByCode, searchEverywhere } from './everywhere.views.ts';
import { boxQuery, boxView, codeForm, everywhereView, searchQuery, searchView } from './find.model.ts';
import { lookInBox, search } from './find.views.ts';
import { mapArea, mapAreaQuery, mapCase, mapCasesQuery } from './map.model.ts';
import { caseTile, lookAtArea, mapCases } from './map.views.ts';

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
    name: 'everything.search',
    path: '/api/search',
    summary: { zh: '一个框查案卷、区域、人员、单位', en: 'Cases, areas, people and bodies from one box' },
    query: searchQuery.pick({ words: true }),
    output: everywhereView,
    handle: (ctx, { query }) => searchEverywhere(ctx, query.words),
  }),
  procedure({
    ...staff,
    method: 'POST',
    name: 'casefile.by_code',
    path: '/api/casefiles/by-code',
    summary: { zh: '凭报事人的查询码找到案卷', en: 'The case behind a reporter’s tracking code' },
    body: codeForm,
    output: casefileLine,
    triesPerMinute: 30,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => findByCode(ctx, body.code)),
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
  file({
    ...staff,
    name: 'map.tile',
    path: '/api/tiles/cases/:tile',
    summary: { zh: '地图方块：未了结的案卷', en: 'A square of the map: open cases' },
    params: tileParam,
    type: TILE_TYPE,
    find: (ctx, { params }) => caseTile(ctx, params.tile),
  }),
  read({
    ...staff,
    name: 'map.area',
    path: '/api/map/area',
    summary: { zh: '地图上的一个区域：下级、件数、案卷', en: 'An area on the map: what is below, numbers, cases' },
    query: mapAreaQuery,
    output: mapArea,
    handle: (ctx, { query }) => lookAtArea(ctx, query),
  }),
  read({
    ...staff,
    name: 'map.cases',
    path: '/api/map/cases',
    summary: { zh: '地图上点到的案卷', en: 'Cases as the map tells them, by their ids' },
    query: mapCasesQuery,
    output: z.array(mapCase),
    handle: (ctx, { query }) => mapCases(ctx, query.ids),
  }),
];
