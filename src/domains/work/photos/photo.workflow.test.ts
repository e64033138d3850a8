import { describe, expect, test } from 'vitest';
import { consider, isVerdict, type WorkflowActor } from '../../../kernel/workflow.ts';
import { type Status, statusNames } from '../casefiles/casefile.model.ts';
import { casefileTable } from '../casefiles/casefile.workflow.ts';
import { type CameraNotes, kindOf, pointOf, takenAtOf } from './photo.model.ts';
import { type PhotoFacts, photoTable, wayFor } from './photo.workflow.ts';
import { type Stage, stageNames } from './stage.model.ts';

const seat = (role: string, more: object = {}) => ({
  id: `post of ${role}`,
  role,
  bodyId: null,
  from: null,
  to: null,
  ...more,
});
const who = (role: string, more: object = {}): WorkflowActor => ({
  kind: 'account',
  personId: role,
  grantee: null,
  posts: [seat(role, more)],
});
const actors: Readonly<Record<string, WorkflowActor>> = {
  gridWorker: who('grid_worker', { from: 1, to: 9 }),
  otherGridWorker: who('grid_worker', { id: 'elsewhere', from: 50, to: 59 }),
  handler: who('body_worker', { bodyId: 'works' }),
  otherBody: who('body_worker', { bodyId: 'water' }),
  registrar: who('registrar', { from: 1, to: 99 }),
  leader: who('leader', { from: 1, to: 99 }),
  reporter: { kind: 'reporter', personId: null, grantee: 'code', posts: [] },
  system: { kind: 'system', personId: null, grantee: null, posts: [] },
};
const factsAt = (status: Status, more: Partial<PhotoFacts> = {}): PhotoFacts => ({
  status,
  flags: new Set(),
  scopeNo: 5,
  confidential: false,
  duties: [],
  circle: [],
  round: 1,
  mostRounds: 3,
  handledBy: null,
  foundBy: [],
  finderCodes: [],
  hasCopies: false,
  evidence: null,
  photosAfter: 0,
  objectionOpen: false,
  hasCondition: true,
  wroteReport: false,
  ...more,
});
const owed = (duty: string, owedBy: string) => [{ duty, owedByKind: 'post', owedBy, assigneeId: null }];

function may(stage: Stage, facts: PhotoFacts, actor: WorkflowActor | undefined): boolean {
  if (!actor) throw new Error('no such actor');
  return isVerdict(consider(photoTable, facts, wayFor(stage, facts, actor), actor));
}
const whoMay = (stage: Stage, facts: PhotoFacts): string[] =>
  Object.keys(actors).filter((name) => may(stage, facts, actors[name]));

describe('who may add a photo when', () => {
  test.each(statusNames)('%s, every stage, everybody', (status) => {
    const isOpen = casefileTable.rows.measure.from.includes(status);
    const duties = [...owed('casefile.handle', 'works'), ...owed('casefile.verify', 'post of grid_worker')];
    const measuring = isOpen ? ['gridWorker', 'handler'] : [];
    const isInWork = casefileTable.rows.visit.from.includes(status);
    const expected: Readonly<Record<Stage, string[]>> = {
      report: [...measuring, 'reporter'],
      measure: measuring,
      visit: isInWork ? ['gridWorker', 'handler', 'leader'] : [],
      before: measuring,
      after: ['dispatched', 'handling'].includes(status) ? ['handler'] : [],
      check: status === 'handled' ? ['gridWorker'] : [],
    };
    for (const stage of stageNames) expect(whoMay(stage, factsAt(status, { duties })), stage).toEqual(expected[stage]);
  });

  test('whoever handled it does not photograph its check', () => {
    const facts = factsAt('handled', {
      duties: owed('casefile.verify', 'post of grid_worker'),
      handledBy: 'grid_worker',
    });
    expect(whoMay('check', facts)).toEqual([]);
  });

  test('the finder shows what was settled on the spot, until it is checked', () => {
    const spot = { flags: new Set(['self_handled'] as const), foundBy: ['grid_worker'] };
    for (const stage of ['report', 'before', 'after'] as const) {
      expect(
        whoMay(stage, factsAt('handled', spot)).filter((name) => name !== 'reporter'),
        stage,
      ).toEqual(['gridWorker', 'otherGridWorker']);
      expect(
        whoMay(stage, factsAt('verified', spot)).filter((name) => name !== 'reporter'),
        stage,
      ).toEqual([]);
      expect(may(stage, factsAt('handled', spot), who('grid_leader'))).toBe(false);
    }
  });

  test('what was said aloud comes from whoever wrote the report, at any time', () => {
    const hears = (facts: PhotoFacts) =>
      Object.keys(actors).filter((name) =>
        isVerdict(consider(photoTable, facts, 'voice', actors[name] as WorkflowActor)),
      );
    for (const status of statusNames) {
      expect(hears(factsAt(status, { wroteReport: true })), status).toEqual(
        expect.arrayContaining(['gridWorker', 'registrar']),
      );
      expect(hears(factsAt(status)), status).toEqual([]);
    }
    expect(hears(factsAt('reported', { wroteReport: true }))).not.toContain('reporter');
  });

  test('whoever wrote a report down adds to it; nobody adds to a merged case but its reporter', () => {
    expect(whoMay('report', factsAt('reported', { wroteReport: true }))).toContain('registrar');
    expect(whoMay('report', factsAt('reported', { flags: new Set(['merged'] as const) }))).toEqual(['reporter']);
    expect(whoMay('measure', factsAt('reported', { confidential: true }))).toEqual([]);
  });
});

describe('what a camera notes', () => {
  const notes = (more: Partial<CameraNotes>): CameraNotes => ({
    at: null,
    offset: null,
    lon: null,
    lat: null,
    ...more,
  });

  test('time: by its own offset, else in the zone of the realm; nonsense is no time', () => {
    const at = '2026:03:04 15:20:30';
    expect(takenAtOf(notes({ at }), 'Asia/Shanghai')).toEqual(new Date('2026-03-04T07:20:30Z'));
    expect(takenAtOf(notes({ at, offset: '+06:30' }), 'Asia/Shanghai')).toEqual(new Date('2026-03-04T08:50:30Z'));
    expect(takenAtOf(notes({ at, offset: 'here' }), 'Asia/Shanghai')).toEqual(new Date('2026-03-04T07:20:30Z'));
    for (const wrong of ['0000:00:00 00:00:00', '2026:02:30 10:00:00', 'yesterday', '', null])
      expect(takenAtOf(notes({ at: wrong }), 'Asia/Shanghai'), String(wrong)).toBeNull();
  });

  test('place: degrees that exist', () => {
    expect(pointOf(notes({ lon: 112.9, lat: 28.1 }))).toEqual({ lon: 112.9, lat: 28.1 });
    for (const wrong of [{ lon: 0, lat: 0 }, { lon: 181, lat: 1 }, { lon: 1, lat: -91 }, { lon: 1 }])
      expect(pointOf(notes(wrong))).toBeNull();
  });

  test('kind: by the first bytes', () => {
    expect(kindOf(Buffer.of(0xff, 0xd8))).toBeNull();
    expect(kindOf(Buffer.from('RIFF....WEBPVP8 '))).toBe('webp');
    expect(kindOf(Buffer.from('RIFF....WAVEfmt '))).toBeNull();
    expect(kindOf(Buffer.from('....ftypheic'))).toBe('heic');
  });
});
