import { z } from 'zod';
import { type Endpoint, idParam, read } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { areaOf } from './area.views.ts';
import { dutiesOf } from './duties.views.ts';
import {
  areaQuery,
  areaView,
  bodiesQuery,
  bodiesView,
  bodyView,
  calledQuery,
  dutiesQuery,
  dutiesView,
  foundView,
  peopleQuery,
  peopleRoles,
  personView,
  postView,
} from './people.model.ts';
import { bodiesOf, bodyOf, peopleFound, personCalled, personOf, postOf } from './person.views.ts';

const looking = { access: [{ roles: peopleRoles }], lane: 'read' } as const;

export const peopleRoutes: readonly Endpoint[] = [
  read({
    ...looking,
    name: 'people.area',
    path: '/api/people/areas',
    summary: {
      zh: '一个区域和下一级：谁负责、有多少待办',
      en: 'An area and the next level: who answers, what is open',
    },
    query: areaQuery,
    output: areaView,
    handle: (ctx, { query }) => areaOf(ctx, query),
  }),
  read({
    ...looking,
    name: 'people.duties',
    path: '/api/people/duties',
    summary: {
      zh: '打开一个数：区域、人或单位的待办',
      en: 'The duties behind a number: of an area, a person or a body',
    },
    query: dutiesQuery,
    output: dutiesView,
    handle: (ctx, { query }) => dutiesOf(ctx, query),
  }),
  read({
    ...looking,
    name: 'people.find',
    path: '/api/people',
    summary: { zh: '按姓名找人', en: 'People by name' },
    query: peopleQuery,
    output: foundView,
    handle: (ctx, { query }) => peopleFound(ctx, query.words),
  }),
  read({
    access: [{ roles: ['admin'] }],
    lane: 'read',
    name: 'people.called',
    path: '/api/people/called',
    summary: { zh: '按账号或姓名认出一个人', en: 'The one person of an account or name' },
    query: calledQuery,
    output: z.object({ personId: idSchema }),
    handle: (ctx, { query }) => personCalled(ctx, query.typed),
  }),
  read({
    ...looking,
    name: 'people.person',
    path: '/api/people/:id',
    summary: { zh: '一个人：岗位、负责什么、待办', en: 'One person: posts, what they answer for, duties' },
    params: idParam,
    output: personView,
    handle: (ctx, { params }) => personOf(ctx, params.id),
  }),
  read({
    ...looking,
    name: 'post.read',
    path: '/api/posts/:id',
    summary: { zh: '一个岗位和担任的人', en: 'One post and who holds it' },
    params: idParam,
    output: postView,
    handle: (ctx, { params }) => postOf(ctx, params.id),
  }),
  read({
    ...looking,
    name: 'organisation.list',
    path: '/api/organisations',
    summary: { zh: '单位和临时组织：作息、岗位、待办', en: 'Bodies and temporary ones: hours, posts, duties' },
    query: bodiesQuery,
    output: bodiesView,
    handle: (ctx, { query }) => bodiesOf(ctx, query),
  }),
  read({
    ...looking,
    name: 'organisation.read',
    path: '/api/organisations/:id',
    summary: { zh: '一个单位', en: 'One body' },
    params: idParam,
    output: bodyView,
    handle: (ctx, { params }) => bodyOf(ctx, params.id),
  }),
];
