import { idOf } from '../../seeds/small/plan.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { County } from '../harness.ts';
import { readsAt } from './oracle.ts';
import type { Viewer } from './viewers.ts';

/** Notices cut into items, with a draft of one, and pledges: of a township each, owed by bodies that lie in no area of theirs. */
export interface Task {
  readonly id: Id;
  readonly table: 'directive' | 'directive_draft' | 'directive_item' | 'pledge' | 'pledge_signature';
  readonly realm: number;
  readonly place: string;
  /** Whoever leads, helps or signs. */
  readonly named: readonly Id[];
  readonly words: string;
  /** Of a draft: nobody else reads it. */
  readonly by?: Id;
}

const body = (key: string) => ({ kind: 'body', id: idOf(1, 'body', key) });

export async function plantTasks(county: County): Promise<Task[]> {
  const tasks = [
    ...(await plantNotice(county, '陈敏', 'east', [body('works'), body('justice')], body('clean'))),
    ...(await plantNotice(county, '丁一', 'river', [body('water')], body('power'))),
    ...(await plantDraft(county, '陈敏', 'chenmin', 'east')),
    ...(await plantDraft(county, '丁一', 'dingyi', 'river')),
    ...(await plantPledge(county, '陈敏', 'east', [body('justice'), body('property')])),
    ...(await plantPledge(county, '丁一', 'river', [body('water')])),
  ];
  await county.settle();
  return tasks;
}

type Seen = Pick<Task, 'realm' | 'place' | 'named' | 'by'>;

export const seesTask = (viewer: Viewer, { realm, place, named, by }: Seen): boolean =>
  by === undefined
    ? readsAt(viewer, realm, place) || (viewer.realm === realm && named.some((id) => viewer.names.has(id)))
    : viewer.realm === realm && viewer.names.has(by);

type Unit = ReturnType<typeof body>;

async function plantNotice(
  county: County,
  by: string,
  place: string,
  leads: readonly Unit[],
  helper: Unit,
): Promise<Task[]> {
  const who = await county.as(by);
  const words = `暗语〔文件·${place}〕`;
  const items = leads.map((lead) => ({ content: words, lead, supports: [helper], dueOn: null }));
  const form = { title: words, issuer: '测试', datedOn: '2026-01-05', areaId: idOf(1, 'area', place), words, items };
  const { body: sent, status } = await who.post('/api/directives', form);
  if (status !== 200) throw new Error(JSON.stringify(sent));
  const { rows } = (await who.get(`/api/directive-items?directiveId=${sent.directiveId}`)).body;
  const common = { realm: 1, place, words };
  return [
    { ...common, id: sent.directiveId, table: 'directive', named: [...leads, helper].map(({ id }) => id) },
    ...rows.map(
      (row: { id: Id; lead: { id: Id } }): Task => ({
        ...{ ...common, id: row.id, table: 'directive_item', named: [row.lead.id, helper.id] },
      }),
    ),
  ];
}

async function plantDraft(county: County, name: string, login: string, place: string): Promise<Task[]> {
  const who = await county.as(name);
  const words = `暗语〔草稿·${place}〕`;
  const { body: kept, status } = await who.post('/api/directive-drafts', { title: words, typed: { words } });
  if (status !== 200) throw new Error(JSON.stringify(kept));
  const by = idOf(1, 'person', login);
  return [{ id: kept.draftId, table: 'directive_draft', realm: 1, place, named: [by], words, by }];
}

async function plantPledge(county: County, by: string, place: string, signers: readonly Unit[]): Promise<Task[]> {
  const who = await county.as(by);
  const words = `暗语〔承诺·${place}〕`;
  const form = { title: words, articles: [words], areaId: idOf(1, 'area', place), signers };
  const { body: sent, status } = await who.post('/api/pledges', form);
  if (status !== 200) throw new Error(JSON.stringify(sent));
  const { body: rows } = await who.get(`/api/pledges/${sent.pledgeId}/signatures`);
  const common = { realm: 1, place, words };
  return [
    { ...common, id: sent.pledgeId, table: 'pledge', named: signers.map(({ id }) => id) },
    ...rows.map(
      (row: { id: Id; signer: { id: Id } }): Task => ({
        ...{ ...common, id: row.id, table: 'pledge_signature', named: [row.signer.id] },
      }),
    ),
  ];
}
