import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { atlasOf, requireArea } from '../areas/index.ts';
import { addBody, addPerson, addPost, appoint, directoryOf, putInCharge, relieve } from './staff.commands.ts';
import { bodyForm, holdingForm, personForm, postForm, responsibilityForm, roleNames, roles } from './staff.model.ts';
import { holdersOf, responsibleFor } from './staff.queries.ts';

const admin = { access: [{ roles: ['admin'] }], lane: 'work' } as const;

export const staffRoutes: readonly Endpoint[] = [
  read({
    name: 'body.list',
    path: '/api/bodies',
    summary: { zh: '部门、单位、企业', en: 'Departments, companies, utilities' },
    access: ['account'],
    lane: 'read',
    output: z.array(
      z.object({ id: idSchema, name: z.string(), kind: z.string(), areaId: idSchema, calendarId: idSchema }),
    ),
    handle: async (ctx) => (await directoryOf(ctx)).bodies,
  }),
  read({
    name: 'post.list',
    path: '/api/areas/:id/posts',
    summary: { zh: '这里的岗位和担任的人', en: 'Posts at an area and who holds them' },
    access: ['account'],
    lane: 'read',
    params: idParam,
    output: z.array(
      z.object({
        id: idSchema,
        role: z.enum(roleNames),
        roleWords: z.object({ zh: z.string(), en: z.string() }),
        holders: z.array(z.object({ personId: idSchema, name: z.string() })),
      }),
    ),
    handle: (ctx, { params }) => postsAt(ctx, params.id),
  }),
  read({
    name: 'area.responsible',
    path: '/api/areas/:id/responsible',
    summary: { zh: '谁负责：从网格到县一级一级', en: 'Who answers for an area, from the grid up to the county' },
    access: ['account'],
    lane: 'read',
    params: idParam,
    output: z.array(
      z.object({
        areaId: idSchema,
        area: z.string(),
        people: z.array(
          z.object({ personId: idSchema, name: z.string(), rank: z.string(), mode: z.string(), charge: z.string() }),
        ),
      }),
    ),
    handle: (ctx, { params }) => chainOf(ctx, params.id),
  }),
  write({
    ...admin,
    name: 'body.add',
    method: 'POST',
    path: '/api/bodies',
    summary: { zh: '登记单位', en: 'Add a body' },
    body: bodyForm,
    output: z.object({ bodyId: idSchema }),
    handle: (ctx, { body }) => addBody(ctx, body),
  }),
  write({
    ...admin,
    name: 'post.add',
    method: 'POST',
    path: '/api/posts',
    summary: { zh: '设岗位', en: 'Add a post' },
    body: postForm,
    output: z.object({ postId: idSchema }),
    handle: (ctx, { body }) => addPost(ctx, body),
  }),
  write({
    ...admin,
    name: 'person.add',
    method: 'POST',
    path: '/api/people',
    summary: { zh: '登记人员', en: 'Add a person' },
    body: personForm,
    output: z.object({ personId: idSchema }),
    handle: (ctx, { body }) => addPerson(ctx, body),
  }),
  write({
    ...admin,
    name: 'post.appoint',
    method: 'POST',
    path: '/api/holdings',
    summary: { zh: '任命', en: 'Appoint somebody to a post' },
    body: holdingForm,
    output: z.object({ holdingId: idSchema }),
    handle: (ctx, { body }) => appoint(ctx, body),
  }),
  write({
    ...admin,
    name: 'post.relieve',
    method: 'POST',
    path: '/api/holdings/end',
    summary: { zh: '免去', en: 'Relieve somebody of a post' },
    body: holdingForm.omit({ id: true }),
    output: z.object({ ended: z.number() }),
    handle: (ctx, { body }) => relieve(ctx, body),
  }),
  write({
    ...admin,
    name: 'area.put_in_charge',
    method: 'POST',
    path: '/api/responsibilities',
    summary: { zh: '落实包保责任', en: 'Put somebody in charge of an area' },
    body: responsibilityForm,
    output: z.object({ responsibilityId: idSchema }),
    handle: (ctx, { body }) => putInCharge(ctx, body),
  }),
];

async function postsAt(ctx: Ctx, areaId: Id) {
  await requireArea(ctx, areaId);
  const posts = (await directoryOf(ctx)).posts.filter((post) => post.areaId === areaId);
  const holders = await holdersOf(
    ctx,
    posts.map((post) => post.id),
  );
  return posts.map(({ id, role }) => ({
    id,
    role,
    roleWords: roles[role].words,
    holders: holders.filter((holder) => holder.postId === id),
  }));
}

async function chainOf(ctx: Ctx, areaId: Id) {
  await requireArea(ctx, areaId);
  const upwards = (await atlasOf(ctx)).upwards(areaId);
  const people = await responsibleFor(
    ctx,
    upwards.map((area) => area.id),
  );
  return upwards.map(({ id, name }) => ({
    areaId: id,
    area: name,
    people: people.filter((person) => person.areaId === id),
  }));
}
