import { idOf } from '../../seeds/small/plan.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { County } from '../harness.ts';
import { readsAt } from './oracle.ts';
import type { Viewer } from './viewers.ts';

/** A hazard of a grid, with words that nobody meets by accident, and the body that must put it right. */
export interface PlantedHazard {
  readonly id: Id;
  readonly realm: number;
  readonly place: string;
  readonly body: Id;
  readonly words: readonly string[];
}

const places = [
  ['王秀兰', 'station-1', 'works', '曹路'],
  ['罗河', 'ferry-1', 'water', '周工'],
] as const;

export const seesHazard = (viewer: Viewer, { realm, place, body }: PlantedHazard): boolean =>
  readsAt(viewer, realm, place) || (viewer.realm === realm && viewer.names.has(body));

export async function plantHazards(county: County): Promise<PlantedHazard[]> {
  const planted: PlantedHazard[] = [];
  for (const [by, place, to, desk] of places) {
    const [what, where, plan] = [`暗语〔隐患·${place}〕`, `暗语〔隐患地点·${place}〕`, `暗语〔整改·${place}〕`];
    const body = idOf(1, 'body', to);
    const form = { areaId: idOf(1, 'area', place), what, where, grade: 'general', sector: 'fire', source: 'patrol' };
    const found = await (await county.as(by)).post('/api/hazards', {
      ...{ ...form, bodyId: body, limit: { amount: 90, unit: 'natural_days' } },
    });
    const id: Id = found.body.hazardId;
    const taken = await (await county.as(desk)).post(`/api/hazards/${id}/accept`, { words: plan });
    if (taken.status !== 200) throw new Error(JSON.stringify([found.body, taken.body]));
    planted.push({ id, realm: 1, place, body, words: [what, where, plan] });
  }
  await county.settle();
  return planted;
}
