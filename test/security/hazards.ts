import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { idOf } from '../../seeds/small/plan.ts';
import type { Id } from '../../src/kernel/id.ts';
import { type Caller, type County, logins } from '../harness.ts';
import { aPhoto, formOf } from './belongings.ts';
import { readsAt } from './oracle.ts';
import { openToken, type Viewer } from './viewers.ts';

/** A hazard of a grid, with words that nobody meets by accident, and the body that must put it right. */
export interface PlantedHazard {
  readonly id: Id;
  readonly realm: number;
  readonly place: string;
  readonly body: Id;
  readonly words: readonly string[];
}

/** An inspection with one place; one that is not announced is for those who go. */
export interface PlantedInspection {
  readonly id: Id;
  readonly target: Id;
  readonly realm: number;
  readonly place: string;
  readonly confidential: boolean;
  readonly members: readonly Id[];
  readonly words: readonly string[];
}

export interface Hazards {
  readonly found: readonly PlantedHazard[];
  readonly inspections: readonly PlantedInspection[];
  readonly checklistId: Id;
}

export const seesHazard = (viewer: Viewer, { realm, place, body }: PlantedHazard): boolean =>
  readsAt(viewer, realm, place) || (viewer.realm === realm && viewer.names.has(body));

export const seesInspection = (viewer: Viewer, inspection: PlantedInspection): boolean => {
  const { realm, place, confidential, members } = inspection;
  if (viewer.realm === realm && members.some((id) => viewer.names.has(id))) return true;
  return !confidential && readsAt(viewer, realm, place);
};

const places = [
  ['王秀兰', 'station-1', 'works', '曹路'],
  ['罗河', 'ferry-1', 'water', '周工'],
] as const;

export async function plantHazards(county: County, app: FastifyInstance): Promise<Hazards> {
  const found: PlantedHazard[] = [];
  for (const [by, place, to, desk] of places) {
    const [what, where, plan] = [`暗语〔隐患·${place}〕`, `暗语〔隐患地点·${place}〕`, `暗语〔整改·${place}〕`];
    const body = idOf(1, 'body', to);
    const form = { areaId: idOf(1, 'area', place), what, where, grade: 'general', sector: 'fire', source: 'patrol' };
    const { hazardId: id } = await done(await county.as(by), '/api/hazards', {
      ...{ ...form, bodyId: body, limit: { amount: 90, unit: 'natural_days' } },
    });
    await done(await county.as(desk), `/api/hazards/${id}/accept`, { words: plan });
    await showIt(county, app, by, id);
    found.push({ id, realm: 1, place, body, words: [what, where, plan] });
  }
  const { checklistId } = await done(await county.as('蒋涛'), '/api/checklists', list);
  const inspections = [
    await inspect(county, checklistId, { by: '孙丽', login: 'sunli', place: 'station', announced: true }),
    await inspect(county, checklistId, { by: '蒋涛', login: 'jiangtao', place: 'east', announced: false }),
    await inspect(county, checklistId, { by: '罗河', login: 'luohe', place: 'ferry', announced: true }),
  ];
  await county.settle();
  return { found, inspections, checklistId };
}

/** As it was found: whoever reads the hazard sees it, and nobody else. */
async function showIt(county: County, app: FastifyInstance, by: string, id: Id): Promise<void> {
  const files = [aPhoto(`hazard ${id}`)];
  const { payload, headers } = await formOf({ stage: 'before', commandId: randomUUID() }, files);
  const authorization = `Bearer ${await openToken(county, 1, idOf(1, 'account', logins[by] ?? ''))}`;
  const url = `/api/hazards/${id}/photos`;
  const sent = await app.inject({ method: 'POST', url, payload, headers: { ...headers, authorization } });
  if (sent.json().photos?.[0]?.outcome !== 'saved') throw new Error(sent.body);
}

const item = { code: 'i1', text: '消防通道', counts: '', grade: 'general', limit: null, basis: '' };
const list = { sector: 'fire', title: '测试', items: [item] };

interface Wish {
  readonly by: string;
  readonly login: string;
  readonly place: string;
  readonly announced: boolean;
}

async function inspect(county: County, checklistId: Id, { by, login, place, announced }: Wish) {
  const leads = await county.as(by);
  const name = `暗语〔检查·${place}〕`;
  const { inspectionId: id } = await done(leads, '/api/inspections', {
    ...{
      title: '测试检查',
      areaId: idOf(1, 'area', place),
      checklistId,
      announced,
      onDay: '2026-03-01',
      places: [name],
    },
  });
  const { body } = await leads.get(`/api/inspections/${id}/targets`);
  const members = [idOf(1, 'person', login)];
  return { id, target: body[0].id as Id, realm: 1, place, confidential: !announced, members, words: [name] };
}

async function done(by: Caller, path: string, form: object) {
  const reply = await by.post(path, form);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return reply.body;
}
