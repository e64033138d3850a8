import { z } from 'zod';
import {
  consider,
  isVerdict,
  type Process,
  type Row,
  type Table,
  type WorkflowActor,
} from '../../../kernel/workflow.ts';
import { type Role, roleNames } from '../../land/staff/staff.model.ts';
import {
  type CasefileFacts,
  type Flag,
  flags,
  type Status,
  statuses,
  statusNames,
} from '../casefiles/casefile.model.ts';
import { casefileTable, duties } from '../casefiles/casefile.workflow.ts';
import type { Stage } from './stage.model.ts';

/** Who may add a photo when: one table more over the casefile's statuses. Adding one never moves the case. */
export interface PhotoFacts extends CasefileFacts {
  /** The report is the actor's own, or they wrote it down for somebody. */
  readonly wroteReport: boolean;
}

export type Way = Stage | 'own_report' | 'from_reporter' | 'on_the_spot' | 'voice';

export interface PhotoProcess extends Process {
  readonly command: Way;
  readonly status: Status;
  readonly flag: Flag;
  readonly role: Role;
  readonly facts: PhotoFacts;
}

type PhotoRow = Row<PhotoProcess>;
const { measure, visit, verify } = casefileTable.rows;
const unfinished = measure.from;
const anyone = { roles: roleNames, ground: 'any' } as const;
const handlers = { roles: ['body_desk', 'body_worker', 'body_head'], ground: 'duty', duty: duties.handle } as const;
const grid = { roles: ['grid_worker', 'grid_leader', 'community_head'], ground: 'any' } as const;

const reporterOfIt = {
  name: 'reporter_of_it',
  says: {
    zh: '上报照片和录音由上报的人补充',
    en: 'photos and recordings of a report are added by whoever reported it',
  },
  allows: (facts: PhotoFacts) => facts.wroteReport,
};
const finderOfIt = {
  name: 'finder_of_it',
  says: {
    zh: '自行处置的照片由处置的人上传',
    en: 'photos of what was settled on the spot come from whoever settled it',
  },
  allows: (facts: PhotoFacts, actor: WorkflowActor) =>
    actor.personId !== null && facts.foundBy.includes(actor.personId),
};

/** Whoever says it is done does not photograph the proof that it is. */
const sameGuards = (verify.guards ?? []).map((guard) => ({ ...guard }));

const common = { to: 'same', unless: ['merged'], form: z.strictObject({}), entry: 'casefile.photo_added' } as const;
const named = (zh: string, en: string): PhotoRow['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  report: { ...common, words: named('补充上报照片', 'add photos of the report'), from: unfinished, by: measure.by },
  own_report: { ...common, words: named('补充上报照片', 'add photos of the report'), from: unfinished, by: [anyone], guards: [reporterOfIt] },
  from_reporter: { ...common, words: named('补充照片', 'add photos'), from: statusNames, by: ['reporter'], unless: [] },
  measure: { ...common, words: named('上传措施照片', 'add photos of a measure'), from: unfinished, by: measure.by },
  visit: { ...common, words: named('上传踏勘照片', 'add photos of the joint visit'), from: visit.from, by: [...measure.by, ...visit.by] },
  before: { ...common, words: named('上传处置前照片', 'add photos from before the work'), from: unfinished, by: measure.by },
  after: { ...common, words: named('上传处置后照片', 'add photos of the result'), from: ['dispatched', 'handling'], by: [handlers] },
  check: { ...common, words: named('上传核查照片', 'add photos of the check'), from: verify.from, by: verify.by, guards: sameGuards },
  // What was said at the time comes in whenever it comes, also when the case is done.
  voice: { ...common, words: named('补充上报录音', 'add a recording to the report'), from: statusNames, by: [anyone], unless: [], guards: [reporterOfIt], entry: 'casefile.voice_added' },
  on_the_spot: { ...common, words: named('上传自行处置照片', 'add photos of what was settled on the spot'), from: ['handled'], needs: ['self_handled'], by: [grid], guards: [finderOfIt] },
} as const satisfies Record<Way, PhotoRow>;

export const photoTable: Table<PhotoProcess> = {
  name: 'photo',
  subject: casefileTable.subject,
  statuses,
  flags,
  rows,
};

/** The first way that is open is taken; when none is, the reason told is that of the first. */
const ways: Readonly<Record<Stage, readonly [Way, ...Way[]]>> = {
  report: ['report', 'own_report', 'on_the_spot', 'from_reporter'],
  measure: ['measure'],
  visit: ['visit'],
  before: ['before', 'on_the_spot'],
  after: ['after', 'on_the_spot'],
  check: ['check'],
};

export function wayFor(stage: Stage, facts: PhotoFacts, actor: WorkflowActor): Way {
  const [first] = ways[stage];
  return ways[stage].find((way) => isVerdict(consider(photoTable, facts, way, actor))) ?? first;
}
