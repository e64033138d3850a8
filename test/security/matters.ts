import { randomUUID } from 'node:crypto';
import { idOf, inside } from '../../seeds/small/plan.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { Caller, County } from '../harness.ts';
import { HOUR } from '../telling.ts';

/**
 * The matters of the test, each with words of its own that nobody outside may ever read. What is known of a matter is
 * what was done to it here: where it lies, whether it is confidential, who was told of it by name.
 */
export interface Matter {
  readonly key: string;
  readonly realm: number;
  readonly id: Id;
  readonly reportId: Id;
  readonly number: string;
  readonly code: string;
  /** Where it lies now. */
  readonly place: string;
  readonly confidential: boolean;
  /** Named in its circle, or its author. */
  readonly named: readonly Id[];
  /** The key of the matter it was merged into. */
  readonly mergedInto: string | null;
  /** Where it lay before: what was written then may be read there. */
  readonly formerly: string | null;
  /** Filed by a desk, open to all, and no copy of another: the public sees that there is such a case. */
  readonly published: boolean;
  /** Physically removed. */
  readonly gone: boolean;
}

/** Open311 knows no sessions: it shows the county of the site to everybody. */
export const isOnPublicList = ({ published, realm }: Matter): boolean => published && realm === 1;

const places = ['station-1', 'station-2', 'park-1', 'tower-1', 'ferry-1', 'station', 'east', 'county'] as const;

/** Unmistakable words of a matter: in the text, the place, the contact, and in what is said about it later. */
export const canaryOf = (key: string, what: 'words' | 'place' | 'contact' | 'work'): string => `暗语〔${key}·${what}〕`;
export const phoneOf = (key: string): string =>
  `1700${[...key]
    .reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1e7, 7)
    .toString()
    .padStart(7, '0')}`;

const columns: Readonly<Record<string, readonly [number, number]>> = {
  'station-1': [0, 0],
  'station-2': [1, 0],
  'station-3': [2, 0],
  'park-1': [0, 1],
  'park-2': [1, 1],
  'ferry-1': [0, 3],
  'ferry-2': [1, 3],
};

function formOf(realm: number, key: string, place: string, confidential: boolean) {
  const point = columns[place];
  const where = point ? inside(...point) : { areaId: idOf(realm, 'area', place) };
  return {
    casefileId: randomUUID(),
    reportId: randomUUID(),
    words: canaryOf(key, 'words'),
    place: { ...where, words: canaryOf(key, 'place') },
    contact: { name: canaryOf(key, 'contact'), phone: phoneOf(key) },
    channel: 'portal',
    ...(confidential && { typeCode: 'neighbour-leak' }),
  };
}

interface Said extends Partial<Matter> {
  readonly realm?: number;
}

export async function plantMatters(county: County): Promise<Matter[]> {
  const matters: Matter[] = [];
  const as = (name: string, realm = 1): Promise<Caller> => county.as(name, realm);
  const by: Record<string, Caller> = {};
  for (const name of ['何静', '陈敏', '丁一', '沈月', '卢法', '周工', '宋洁', '孙丽', '王秀兰', '高明', '曹路'])
    by[name] = await as(name);
  const caller = (name: string): Caller => by[name] ?? county.anyone;
  const say = async (key: string, place: string, confidential: boolean, more: Said = {}, author?: Caller) => {
    const realm = more.realm ?? 1;
    const form = { ...formOf(realm, key, place, confidential), ...(author && { channel: 'visit' }) };
    const { body } = await (author ?? county.anyone).post(author ? '/api/casefiles' : '/api/reports', form);
    if (body.casefileId !== form.casefileId) throw new Error(`${key} was not taken: ${JSON.stringify(body)}`);
    const { casefileId: id, reportId } = form;
    const said = { key, realm, id, reportId, number: body.number, code: body.trackingCode, place, confidential };
    matters.push({ named: [], mergedInto: null, formerly: null, published: false, gone: false, ...said, ...more });
    return id;
  };
  const step = async (name: string, id: Id, command: string, form: object = {}) => {
    const done = await caller(name).post(`/api/casefiles/${id}/${command}`, form);
    if (done.status !== 200) throw new Error(`${command}: ${JSON.stringify(done.body)}`);
  };
  const work = (key: string) => ({ words: canaryOf(key, 'work') });

  // Left lying until it climbs to those above.
  await say('late-open', 'station-1', false);
  await say('late-secret', 'park-1', true);
  county.clock.advance(1.5 * HOUR);
  await county.settle();

  for (const place of places)
    for (const secret of [false, true]) await say(`${place}-${secret ? 'secret' : 'open'}`, place, secret);
  const elsewhere = await as('王秀兰', 2);
  for (const secret of [false, true])
    await say(
      `foreign-${secret ? 'secret' : 'open'}`,
      'station-1',
      secret,
      { realm: 2, named: [idOf(2, 'person', 'wangxiulan')] },
      elsewhere,
    );

  const water = await say('owed-water', 'ferry-1', false, { published: true });
  await step('丁一', water, 'register', { conditionCode: 'road-sunken-cut-off', ...work('owed-water') });
  await step('丁一', water, 'dispatch', { bodyId: idOf(1, 'body', 'water') });
  await step('周工', water, 'acknowledge');
  await step('周工', water, 'assign', { personId: idOf(1, 'person', 'xushifu') });

  const justice = await say('owed-justice', 'park-2', true, { named: [idOf(1, 'person', 'songjie')] });
  await step('何静', justice, 'register', { conditionCode: 'neighbour-leak-cause-disputed' });
  await step('陈敏', justice, 'dispatch', { bodyId: idOf(1, 'body', 'justice') });
  await step('卢法', justice, 'acknowledge');
  await step('卢法', justice, 'admit', { granteeId: idOf(1, 'person', 'songjie') });
  await step('宋洁', justice, 'measure', work('owed-justice'));
  await step('卢法', justice, 'say', work('owed-justice'));

  const joint = await say('joint', 'ferry-2', false, { published: true });
  await step('丁一', joint, 'register', { conditionCode: 'road-sunken-passable' });
  await step('丁一', joint, 'summon', {
    bodyIds: ['water', 'power'].map((key) => idOf(1, 'body', key)),
    ...work('joint'),
  });

  const turned = await say('turned-secret', 'station-2', false, { confidential: true });
  const moved = await say('moved', 'station-1', false, { place: 'ferry-2', formerly: 'station-1' });
  await say('authored-secret', 'ferry-1', true, { named: [idOf(1, 'person', 'wangxiulan')] }, caller('王秀兰'));
  await say('dismissed-secret', 'park-2', true);
  const into = await say('merged-into', 'park-2', false);
  const copy = await say('merged-copy', 'station-3', false, { mergedInto: 'merged-into' });
  const gone = await say('gone', 'station-1', false, { gone: true });
  await step('王秀兰', gone, 'measure', work('gone'));
  await county.settle();
  await step('何静', turned, 'register', { conditionCode: 'neighbour-leak-cause-disputed', ...work('turned-secret') });
  await step('沈月', moved, 'relocate', { place: { ...inside(1, 3), words: canaryOf('moved', 'place') } });
  await step('何静', copy, 'merge', { intoId: into, ...work('merged-copy') });
  const dismissed = matters.find(({ key }) => key === 'dismissed-secret')?.id ?? '';
  await step('何静', dismissed, 'admit', { granteeId: idOf(1, 'person', 'songjie') });
  await step('何静', dismissed, 'dismiss', { granteeId: idOf(1, 'person', 'songjie') });

  await county.settle();
  await county.settle(2);
  return matters;
}
